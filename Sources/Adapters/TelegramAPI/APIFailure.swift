package import Gateways
internal import Platform
internal import TelegramTypes

/// Why a call of the Bot API did not work, by what can be done about it.
///
/// The texts are those of the open Bot API server 10.0 (`Client.cpp`, `HttpConnection.cpp`). Reasons
/// are the API's own words, made safe for logs.
package enum APIFailure: Error, Equatable, Sendable {
  /// The token is refused.
  case unauthorized
  /// The server does not know the method, or nothing at this address.
  case methodNotFound
  /// Telegram wants us to wait.
  case rateLimited(retryAfter: Duration)
  /// The group became the supergroup with this id.
  case migrated(to: Int64)
  /// Nothing had to be changed; as good as success.
  case notModified
  /// The content is not taken: formatting, length.
  case content(String)
  /// The person blocked the bot or is gone, or the bot is no longer in the chat.
  case unreachable(String)
  /// The chat does not take it for another reason.
  case target(String)
  /// The topic is deleted or closed.
  case topic(String)
  /// The message to copy is gone, or can't be copied.
  case source(String)
  /// The message to edit is gone, or can't be edited.
  case edit(String)
  /// The message to edit has a caption where others have their text.
  case captioned(String)
  /// Somebody else takes the updates.
  case conflict(String)
  /// Nothing was done, and another try may succeed.
  case notSent(String)
  /// Whether it was done is not known.
  case unknown(String)
}

extension APIFailure {
  /// Classifies trouble of the transport: only what was written may have been done.
  init(_ error: HTTPError) {
    let reason = Self.safe("\(error.code.rawValue) \(error.detail)")
    self = error.requestWritten ? .unknown(reason) : .notSent(reason)
  }

  /// Classifies an answer that does not say `"ok":true`.
  ///
  /// An error that the Bot API itself tells, in JSON, means that nothing was done. An answer of
  /// something else says so only by its status: a gateway's 502 or 504 comes when the server behind
  /// it may have done the work.
  package init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    let header = headers["Retry-After"].flatMap { Int64($0) }
    guard let answer = Wire.errorAnswer(body) else {
      self = Self.foreign(status: status, retryAfter: header)
      return
    }
    let code = answer.errorCode ?? status
    let words = answer.description ?? ""
    let reason = Self.safe(words.isEmpty ? "error \(code)" : words)
    let text = words.lowercased()
    if let chat = answer.parameters?.migrateToChatID {
      self = .migrated(to: chat)
      return
    }
    switch code {
    case 400: self = Self.badRequest(text, reason: reason)
    case 401, 421: self = .unauthorized
    case 403: self = Self.means(Self.unreachable, text) ? .unreachable(reason) : .target(reason)
    case 404: self = .methodNotFound
    case 408, 425: self = .notSent(reason)
    case 409: self = .conflict(reason)
    case 413: self = .content(reason)
    case 429:
      self = .rateLimited(retryAfter: Self.wait(answer.parameters?.retryAfter ?? header))
    case 500... where text.contains("sent message was immediately deleted"):
      // It was sent and taken away by somebody; another try meets the same.
      self = .target(reason)
    case 500...: self = .notSent(reason)
    default: self = .target(reason)
    }
  }

  private static func badRequest(_ text: String, reason: String) -> APIFailure {
    if means(alreadySo, text) { return .notModified }
    if means(unreachable, text) { return .unreachable(reason) }
    if means(uneditable, text) { return .edit(reason) }
    if text.contains("there is no text in the message to edit") { return .captioned(reason) }
    if means(topicLost, text) { return .topic(reason) }
    if means(uncopyable, text) { return .source(reason) }
    // What is not known to be about the target is taken for the content: a plainer form of the
    // answer is then tried, so none is lost to an error text that nobody has seen before.
    return means(target, text) ? .target(reason) : .content(reason)
  }

  private static func foreign(status: Int, retryAfter: Int64?) -> APIFailure {
    let reason = "HTTP \(status) without an answer of the Bot API"
    switch status {
    case 429: return .rateLimited(retryAfter: wait(retryAfter))
    case 413: return .content(reason)
    case 503, 300..<500: return .notSent(reason)
    default: return .unknown(reason)
    }
  }

  /// Telegram names whole seconds; without a number five are as good as any, and no number stops a
  /// chat for more than a week.
  private static func wait(_ seconds: Int64?) -> Duration {
    .seconds(min(max(seconds ?? 5, 1), 7 * 86_400))
  }

  private static func means(_ phrases: [String], _ text: String) -> Bool {
    phrases.contains { text.contains($0) }
  }

  private static let alreadySo = [
    "message is not modified", "message_not_modified", "topic_not_modified", "topic not modified",
    "topic is not modified",
  ]

  private static let uneditable = [
    "message to edit not found", "message can't be edited", "message_id_invalid",
    "message identifier is not specified", "message_edit_time_expired", "message_author_required",
  ]

  /// Telegram's servers say it in capitals, the Bot API's own check in words.
  private static let topicLost = [
    "message thread not found", "topic_deleted", "topic_closed", "topic_id_invalid",
    "topic not found", "topic was deleted", "topic is deleted", "topic was closed",
    "topic is closed",
  ]

  private static let uncopyable = [
    "message to copy not found", "messages to copy not found", "no messages to copy",
    "message can't be copied", "messages can't be copied", "protected content",
    "chat_forwards_restricted",
  ]

  private static let unreachable = [
    "bot was blocked by the user", "user is deactivated", "input_user_deactivated",
    "user_is_blocked", "bot can't initiate conversation with a user",
    "bot can't send messages to bots", "the bot can't send messages to the bot",
    "bot was kicked from the", "bot is not a member of the", "the group chat was deleted",
  ]

  private static let target = [
    "chat not found", "chat_id is empty", "chat_id_invalid", "user not found", "peer_id_invalid",
    "message to be replied not found", "message to reply not found",
    "message to delete not found", "message to forward not found",
    "message to react not found", "message can't be", "group chat was upgraded",
    "chat was deactivated", "group is deactivated", "business connection not found",
    "not enough rights", "have no rights", "need administrator rights", "chat_admin_required",
    "chat_write_forbidden", "chat_restricted", "chat_forbidden", "chat_send_", "chat_guest_send_",
    "user_banned_in_channel", "channel_private", "channel_invalid", "channel_public_group_na",
    "textdraft_peer_invalid", "random_id_invalid", "wrong parameter action",
    "query is too old", "wrong file_id", "wrong file identifier", "file is too big",
  ]
}

extension APIFailure {
  /// A text of the other side made safe for logs: without what looks like a token, without quoted
  /// parts (they may repeat what people wrote), and short.
  static func safe(_ text: String) -> String {
    var safe = ""
    var quoted = false
    var digits = 0
    var inToken = false
    for scalar in text.unicodeScalars.prefix(300) {
      if scalar == "\"" {
        quoted.toggle()
        safe += quoted ? "\"…" : "\""
        continue
      }
      if quoted { continue }
      if inToken {
        if isTokenPart(scalar) { continue }
        inToken = false
      }
      // A token is a bot's id, a colon and some 35 characters.
      if scalar == ":" && digits >= 5 {
        safe.unicodeScalars.removeLast(digits)
        safe += "***"
        inToken = true
        digits = 0
        continue
      }
      digits = ("0"..."9").contains(scalar) ? digits + 1 : 0
      safe.unicodeScalars.append(scalar.value < 32 ? " " : scalar)
    }
    return safe
  }

  private static func isTokenPart(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}
