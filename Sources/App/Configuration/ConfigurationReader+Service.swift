internal import Platform

extension SettingReader {
  mutating func web(official: Bool) -> Configuration.Web {
    var web = Configuration.Web()
    let base = find("BASE_WEBHOOK_URL", or: ["NGROK_URL"])
    let secret: Secret? = read("WEBHOOK_SECRET", default: nil, Self.webhookSecret)
    if let base {
      let address = read(base) { text throws(Malformed) -> Configuration.Web.Webhook.Base in
        text.lowercased() == "auto"
          ? .ngrok : .url(try WebAddress.webhook(text, official: official))
      }
      web.webhook = address.map { Configuration.Web.Webhook(base: $0, secret: secret) }
      if base.name == "NGROK_URL" { web.port = 8000 }
    }
    web.webhookPath = read("WEBHOOK_PATH", default: web.webhookPath, WebAddress.webhookPath)
    web.host = read("WEB_SERVER_HOST", default: web.host, WebAddress.listeningHost)
    web.port = read(
      "WEB_SERVER_PORT", default: web.port, SettingValue.integer(0...65535, "ports"))
    return web
  }

  mutating func operators() -> Configuration.Operators {
    var operators = Configuration.Operators()
    operators.chats = read("OPERATOR_CHAT_ID", default: [], SettingValue.chats)
    operators.handoff = read("HANDOFF_MODE", default: operators.handoff, SettingValue.choice)
    operators.handoffOnFailure = read(
      "HANDOFF_ON_FAILURE", default: operators.handoffOnFailure, SettingValue.choice)
    let minutes = SettingValue.duration(1...100_000, "minutes", seconds: 60)
    operators.timeout = read("OPERATOR_TIMEOUT", default: operators.timeout, minutes)
    operators.waitingReminder = read(
      "WAITING_REMINDER", default: operators.waitingReminder, minutes)
    operators.workingHours = read(
      "WORKING_HOURS", default: nil, { text throws(Malformed) in try WorkingHours(text) })
    operators.timeZone = read("TIME_ZONE", default: operators.timeZone, SettingValue.timeZone)
    operators.complaintLimit = read(
      "HANDOFF_AFTER_COMPLAINTS", default: operators.complaintLimit,
      SettingValue.integer(0...100, "times"))
    operators.language = read(
      "OPERATOR_LANGUAGE", default: operators.language, SettingValue.choice)
    operators.rating = read("RATING", default: operators.rating, SettingValue.flag)
    return operators
  }

  mutating func administration() -> Configuration.Administration {
    var administration = Configuration.Administration()
    if let found = find("ADMIN_TOKEN") {
      administration.token = read(found, SettingValue.key)
      if found.value.utf8.count < 16 {
        warn(
          "ADMIN_TOKEN", "is short enough to be guessed",
          "make a longer one with: openssl rand -hex 24")
      }
    }
    administration.chat = read("ADMIN_CHAT_ID", default: nil, SettingValue.chat)
    return administration
  }

  mutating func logging() -> Configuration.Logging {
    var logging = Configuration.Logging()
    logging.level = read("LOG_LEVEL", default: logging.level, SettingValue.logLevel)
    logging.format = read("LOG_FORMAT", default: logging.format, SettingValue.choice)
    logging.file = read("LOG_FILE", default: nil, SettingValue.path)
    return logging
  }
}

extension SettingReader {
  /// A bot's token: its id, a colon, and letters, digits, `_` and `-`; at most 80 characters.
  static func botToken(_ text: String) throws(Malformed) -> Secret {
    guard !text.contains(",") else {
      throw Malformed(
        "holds several tokens, and one program serves one bot for now",
        "set one token, and start Switchboard once for each bot")
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= 80, parts[0].utf8.first != UInt8(ascii: "0"),
      !parts[0].isEmpty, parts[0].utf8.allSatisfy({ isDigit($0) }), !parts[1].isEmpty,
      parts[1].utf8.allSatisfy({ isTokenByte($0) })
    else {
      throw Malformed(
        "is not a bot's token", "copy it from @BotFather: digits, a colon, 35 characters")
    }
    return Secret(text)
  }

  /// The secret that Telegram repeats with every update.
  /// Source: https://core.telegram.org/bots/api#setwebhook
  static func webhookSecret(_ text: String) throws(Malformed) -> Secret? {
    guard text.utf8.count <= 256, text.utf8.allSatisfy({ isTokenByte($0) }) else {
      throw Malformed(
        "is not made of 1 to 256 letters, digits, _ and -",
        "make one with: openssl rand -hex 32, or leave it unset")
    }
    return Secret(text)
  }

  static func proxy(_ text: String) throws(Malformed) -> Secret? {
    Secret(try WebAddress.proxy(text))
  }

  static func modelNames(_ text: String) throws(Malformed) -> [String] {
    var names: [String] = []
    for part in text.split(separator: ",") {
      let name = part.trimmed
      guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else {
        throw Malformed("holds a control character", "write names separated by commas")
      }
      if !name.isEmpty, !names.contains(name) { names.append(name) }
    }
    guard !names.isEmpty else {
      throw Malformed("names no model", "write names separated by commas")
    }
    return names
  }

  /// Header fields as lines, or separated by semicolons when there is only one line.
  static func headers(_ text: String) throws(Malformed) -> [Configuration.Model.Header] {
    let lines = text.split(whereSeparator: \.isNewline)
    let fields = lines.count > 1 ? lines : text.split(separator: ";")
    var headers: [Configuration.Model.Header] = []
    for field in fields where !field.trimmed.isEmpty {
      let parts = field.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, isFieldName(parts[0].trimmed), isFieldValue(parts[1].trimmed) else {
        throw Malformed(
          "holds a field that is not Name: value",
          "write one field a line, or several separated by ;")
      }
      let name = parts[0].trimmed
      guard
        !["host", "content-length", "content-type", "transfer-encoding", "connection"]
          .contains(name.lowercased())
      else {
        throw Malformed("sets a field that the request needs for itself", "remove that field")
      }
      headers.append(.init(name: name, value: Secret(parts[1].trimmed)))
    }
    return headers
  }

  private static func isFieldName(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { isTokenByte($0) || "!#$%&'*+.^`|~".utf8.contains($0) }
  }

  private static func isFieldValue(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: isDigit(byte)
    }
  }
}
