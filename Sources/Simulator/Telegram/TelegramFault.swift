extension TelegramSimulator {
  /// Trouble on demand for the calls of the bot.
  package struct Fault: Sendable, Equatable, Codable {
    /// What goes wrong.
    package enum Effect: String, Sendable, Equatable, Codable {
      /// 429 with `retry_after` (field `seconds`).
      case flood
      /// 403, the person has blocked the bot.
      case blocked
      /// 400 with the description of the field `description`.
      case refused
      /// 500 with a JSON error of the Bot API: not processed.
      case serverError = "server_error"
      /// 502 with a page of a proxy, before anything was processed.
      case badGateway = "bad_gateway"
      /// Processed, but the answer is lost: 502 with a page of a proxy.
      case lostAnswer = "lost_answer"
      /// 400 that names the chat of the field `chat_to`.
      case migrated
      /// 404, as servers answer that are older than the method.
      case methodNotFound = "method_not_found"
      /// Processed after `seconds`.
      case delay
    }

    /// What goes wrong.
    package var effect: Effect
    /// The method that is struck, whatever its case; nil for every method but `getUpdates`.
    package var method: String?
    /// The chat that is struck; nil for all.
    package var chat: Int64?
    /// How many calls are still struck; nil for all of them.
    package var count: Int?
    /// For how many seconds from now on it strikes every call; nil when `count` says how often. A
    /// flood then tells how long it still lasts.
    package var lasting: Int?
    /// Unix milliseconds at which one that lasts ends.
    var ends: Int64?
    /// The seconds of a flood or a delay.
    package var seconds: Int
    /// The text after `Bad Request: `.
    package var description: String
    /// Where a group has gone.
    package var chatTo: Int64?

    /// Makes a fault that strikes once unless told otherwise.
    package init(
      _ effect: Effect, method: String? = nil, chat: Int64? = nil, count: Int? = 1,
      seconds: Int = 1, lasting: Int? = nil, description: String = "scripted failure",
      chatTo: Int64? = nil
    ) {
      self.effect = effect
      self.method = method
      self.chat = chat
      self.count = count
      self.seconds = seconds
      self.lasting = lasting
      self.description = description
      self.chatTo = chatTo
    }

    private enum CodingKeys: String, CodingKey {
      case effect, method, chat = "chat_id", count, seconds, lasting, description, chatTo =
        "chat_to"
    }

    /// Reads `{"effect":"flood","method":"sendMessage","chat_id":1,"count":2,"seconds":3}`; a
    /// missing count means once, `"count":0` for ever; `"lasting":30` strikes for 30 seconds.
    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      let count = try container.decodeIfPresent(Int.self, forKey: .count) ?? 1
      self.init(
        try container.decode(Effect.self, forKey: .effect),
        method: try container.decodeIfPresent(String.self, forKey: .method),
        chat: try container.decodeIfPresent(Int64.self, forKey: .chat),
        count: count == 0 ? nil : count,
        seconds: try container.decodeIfPresent(Int.self, forKey: .seconds) ?? 1,
        lasting: try container.decodeIfPresent(Int.self, forKey: .lasting),
        description: try container.decodeIfPresent(String.self, forKey: .description)
          ?? "scripted failure",
        chatTo: try container.decodeIfPresent(Int64.self, forKey: .chatTo))
    }

    /// The error that the bot gets instead of a result; nil for the effects that still process.
    var failure: TelegramFailure? {
      switch effect {
      case .flood: .flood(seconds)
      case .blocked: TelegramFailure(403, "Forbidden: bot was blocked by the user")
      case .refused: .refused(description)
      case .serverError: TelegramFailure(500, "Internal Server Error: restart")
      case .migrated:
        TelegramFailure(
          400, "Bad Request: group chat was upgraded to a supergroup chat", migrateToChat: chatTo)
      case .methodNotFound: TelegramFailure(404, "Not Found: method not found")
      case .badGateway, .lostAnswer, .delay: nil
      }
    }

    func strikes(_ call: BotCall) -> Bool {
      if let chat, chat != call.chat { return false }
      guard let method else { return call.method != .getUpdates }
      return method.lowercased() == call.method.rawValue.lowercased()
    }
  }
}
