/// An update of the Bot API, version 10.3: its id and one event.
///
/// Kinds that Switchboard does not use, and those of later versions, are `.other` with their name;
/// what they hold is not read, and is written as an empty object.
package struct TelegramUpdate: Equatable, Sendable {
  /// What happened.
  package enum Kind: Equatable, Sendable {
    case message(TelegramMessage)
    case editedMessage(TelegramMessage)
    case callbackQuery(TelegramCallbackQuery)
    case myChatMember(TelegramChatMemberUpdated)
    case chatMember(TelegramChatMemberUpdated)
    case stoppedMessageGeneration(TelegramMessageGenerationStopped)
    /// Any other kind, by the name of its field; nil when there was none.
    case other(name: String?)
  }

  /// The update's id.
  package var updateID: Int64
  /// What happened.
  package var kind: Kind

  /// Makes an update.
  package init(updateID: Int64, kind: Kind) {
    self.updateID = updateID
    self.kind = kind
  }

  /// The name of the field that holds the event: `message`, `poll` …; nil when there was none.
  package var kindName: String? {
    switch kind {
    case .message: Field.message.rawValue
    case .editedMessage: Field.editedMessage.rawValue
    case .callbackQuery: Field.callbackQuery.rawValue
    case .myChatMember: Field.myChatMember.rawValue
    case .chatMember: Field.chatMember.rawValue
    case .stoppedMessageGeneration: Field.stoppedMessageGeneration.rawValue
    case .other(let name): name
    }
  }

  /// The kinds that Switchboard asks for, as `allowed_updates` names them.
  package static let usedKinds = Field.allCases.map(\.rawValue)

  private enum Field: String, CaseIterable {
    case message
    case editedMessage = "edited_message"
    case callbackQuery = "callback_query"
    case myChatMember = "my_chat_member"
    case chatMember = "chat_member"
    case stoppedMessageGeneration = "stopped_message_generation"
  }
}

extension TelegramUpdate: Codable {
  private static let idField = FieldName("update_id")

  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: FieldName.self)
    updateID = try fields.decode(Int64.self, forKey: Self.idField)
    kind = .other(name: nil)
    for name in fields.allKeys where name.stringValue != Self.idField.stringValue {
      switch Field(rawValue: name.stringValue) {
      case .message: kind = .message(try fields.decode(TelegramMessage.self, forKey: name))
      case .editedMessage:
        kind = .editedMessage(try fields.decode(TelegramMessage.self, forKey: name))
      case .callbackQuery:
        kind = .callbackQuery(try fields.decode(TelegramCallbackQuery.self, forKey: name))
      case .myChatMember:
        kind = .myChatMember(try fields.decode(TelegramChatMemberUpdated.self, forKey: name))
      case .chatMember:
        kind = .chatMember(try fields.decode(TelegramChatMemberUpdated.self, forKey: name))
      case .stoppedMessageGeneration:
        kind = .stoppedMessageGeneration(
          try fields.decode(TelegramMessageGenerationStopped.self, forKey: name))
      case nil:
        // A later version may add fields beside the event: one that we know wins, else the first by
        // name, for the order of fields means nothing.
        if case .other(let other) = kind, other.map({ name.stringValue < $0 }) ?? true {
          kind = .other(name: name.stringValue)
        }
        continue
      }
      return
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: FieldName.self)
    try fields.encode(updateID, forKey: Self.idField)
    guard let kindName else { return }
    let name = FieldName(kindName)
    switch kind {
    case .message(let message), .editedMessage(let message):
      try fields.encode(message, forKey: name)
    case .callbackQuery(let query): try fields.encode(query, forKey: name)
    case .myChatMember(let change), .chatMember(let change):
      try fields.encode(change, forKey: name)
    case .stoppedMessageGeneration(let stop): try fields.encode(stop, forKey: name)
    case .other: try fields.encode(EmptyObject(), forKey: name)
    }
  }
}

/// A press of a button under a message.
package struct TelegramCallbackQuery: Equatable, Sendable, Codable {
  /// The query's id.
  package var id: String
  /// Who pressed.
  package var from: TelegramUser
  /// The message with the button. Of one that can no longer be read there are only the id, the chat,
  /// and 0 for the date.
  package var message: TelegramMessage?
  /// What the button carries, at most 64 bytes.
  package var data: String?

  /// Makes a query.
  package init(
    id: String, from: TelegramUser, message: TelegramMessage? = nil, data: String? = nil
  ) {
    self.id = id
    self.from = from
    self.message = message
    self.data = data
  }
}

/// A change of somebody's membership of a chat, or of the bot's own.
package struct TelegramChatMemberUpdated: Equatable, Sendable, Codable {
  /// One state of the membership.
  package struct Member: Equatable, Sendable, Codable {
    /// `creator`, `administrator`, `member`, `restricted`, `left` or `kicked`; `kicked` in a private
    /// chat means that the person blocked the bot.
    package var status: String
    /// Whose membership it is.
    package var user: TelegramUser
    /// For `restricted`: whether they are in the chat.
    package var isMember: Bool?
    /// For `restricted`: whether they may write.
    package var canSendMessages: Bool?

    /// Makes a state.
    package init(
      status: String, user: TelegramUser, isMember: Bool? = nil, canSendMessages: Bool? = nil
    ) {
      self.status = status
      self.user = user
      self.isMember = isMember
      self.canSendMessages = canSendMessages
    }

    private enum CodingKeys: String, CodingKey {
      case status, user
      case isMember = "is_member"
      case canSendMessages = "can_send_messages"
    }
  }

  /// The chat.
  package var chat: TelegramChat
  /// Who changed it.
  package var from: TelegramUser
  /// When, in Unix seconds.
  package var date: Int64
  /// The membership before.
  package var oldChatMember: Member
  /// The membership now.
  package var newChatMember: Member

  /// Makes a change.
  package init(
    chat: TelegramChat, from: TelegramUser, date: Int64, oldChatMember: Member,
    newChatMember: Member
  ) {
    self.chat = chat
    self.from = from
    self.date = date
    self.oldChatMember = oldChatMember
    self.newChatMember = newChatMember
  }

  private enum CodingKeys: String, CodingKey {
    case chat, from, date
    case oldChatMember = "old_chat_member"
    case newChatMember = "new_chat_member"
  }
}

/// The stop button under a draft was pressed.
package struct TelegramMessageGenerationStopped: Equatable, Sendable, Codable {
  /// The private chat.
  package var chat: TelegramChat
  /// The topic.
  package var messageThreadID: Int64?
  /// The draft.
  package var draftID: Int64

  /// Makes an event.
  package init(chat: TelegramChat, messageThreadID: Int64? = nil, draftID: Int64) {
    self.chat = chat
    self.messageThreadID = messageThreadID
    self.draftID = draftID
  }

  private enum CodingKeys: String, CodingKey {
    case chat
    case messageThreadID = "message_thread_id"
    case draftID = "draft_id"
  }
}
