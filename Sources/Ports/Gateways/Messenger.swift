package import Conversation

/// The way to people: what Delivery and Assist ask of Telegram. One messenger serves one bot.
package struct Messenger: Sendable {
  /// Sends one message, once: it is never repeated inside, whatever happens.
  package var send: @Sendable (OutboundMessage) async -> SendOutcome
  /// Shows or refreshes the preview of an answer in a private chat.
  package var preview: @Sendable (AnswerPreview) async -> PreviewOutcome
  /// Shows that the bot is writing, for about five seconds. Failing is not worth telling.
  package var showTyping: @Sendable (ChatID, TopicID?) async -> Void
  /// Fetches a file that somebody sent, at most `limit` bytes of it (Telegram gives out 20 MiB).
  package var download:
    @Sendable (_ fileID: String, _ limit: Int) async throws(DownloadError) -> [UInt8]

  /// Makes a messenger from its operations.
  package init(
    send: @escaping @Sendable (OutboundMessage) async -> SendOutcome,
    preview: @escaping @Sendable (AnswerPreview) async -> PreviewOutcome,
    showTyping: @escaping @Sendable (ChatID, TopicID?) async -> Void,
    download:
      @escaping @Sendable (_ fileID: String, _ limit: Int)
      async throws(DownloadError) -> [UInt8]
  ) {
    self.send = send
    self.preview = preview
    self.showTyping = showTyping
    self.download = download
  }
}

/// Why a file could not be fetched.
package enum DownloadError: Error, Equatable, Sendable {
  /// It is larger than the limit, or than Telegram gives out.
  case tooLarge
  /// It is gone, or was never there.
  case missing
  /// Another try may succeed.
  case unavailable(reason: String)
}

/// A message on its way out.
package struct OutboundMessage: Equatable, Sendable {
  /// The chat.
  package var chat: ChatID
  /// The topic, if any.
  package var topic: TopicID?
  /// What it shows.
  package var content: MessageContent
  /// The message it answers. It is sent even when that one was deleted.
  package var replyTo: MessageID?
  /// The message of ours whose content this replaces; nil sends a new one.
  package var edits: MessageID?
  /// The labels of the keyboard to show below the input field, by rows; nil leaves it as it is.
  package var keyboard: [[String]]?
  /// The buttons under the message, by rows; nil for none. They exclude a keyboard.
  package var buttons: [[InlineButton]]?

  /// Makes a message.
  package init(
    chat: ChatID, topic: TopicID?, content: MessageContent, replyTo: MessageID?,
    keyboard: [[String]]?, edits: MessageID? = nil, buttons: [[InlineButton]]? = nil
  ) {
    self.buttons = buttons
    self.chat = chat
    self.topic = topic
    self.content = content
    self.replyTo = replyTo
    self.keyboard = keyboard
    self.edits = edits
  }
}

/// What became of a message.
package enum SendOutcome: Equatable, Sendable {
  /// Telegram has it. A topic that got its name gives the id 0.
  case sent(MessageID)
  /// Telegram wants us to wait; nothing was sent.
  case rateLimited(retryAfter: Duration)
  /// Telegram does not take this content (formatting, length); nothing was sent.
  case contentRefused(reason: String)
  /// This server does not know rich messages; nothing was sent. Remembered until restart.
  case richUnsupported
  /// The person blocked the bot, or the bot is no longer in the chat; nothing was sent.
  case unreachable(reason: String)
  /// The chat or topic does not take messages for another reason; nothing was sent.
  case targetRefused(reason: String)
  /// The topic was deleted or closed; nothing was sent.
  case topicLost
  /// The chat has no topics, or the bot may not make them; nothing was sent.
  case topicsRefused(reason: String)
  /// The message to edit can't be edited (gone, too old); nothing was changed.
  case editRefused(reason: String)
  /// The group became the supergroup `to`; nothing was sent.
  case migrated(to: ChatID)
  /// Nothing was sent, and another try may succeed: no connection, a fault at Telegram.
  case notSent(reason: String)
  /// It was written, but whether Telegram took it is not known.
  case unknown(reason: String)
  /// The token is refused; nothing was sent.
  case unauthorized
}

/// A preview of an answer that is being written.
package struct AnswerPreview: Equatable, Sendable {
  /// The private chat.
  package var chat: ChatID
  /// The topic, if any.
  package var topic: TopicID?
  /// The preview's id; the same for all previews of one job.
  package var draftID: Int64
  /// What it shows; nil shows that the answer is being thought about.
  package var content: MessageContent?

  /// Makes a preview.
  package init(chat: ChatID, topic: TopicID?, draftID: Int64, content: MessageContent?) {
    self.chat = chat
    self.topic = topic
    self.draftID = draftID
    self.content = content
  }
}

/// What became of a preview.
package enum PreviewOutcome: Equatable, Sendable {
  case shown
  /// It failed in a way that the next one may not.
  case failed
  /// No more previews of this answer: Telegram limits us, or does not offer them here.
  case end
}

/// The bot's own account, and how updates come from it.
package struct BotAccount: Sendable {
  /// Asks who the bot is.
  package var identity: @Sendable () async throws(BotAccountError) -> BotIdentity
  /// Asks for updates from `offset` on, waiting up to about 50 s for the first; each is raw JSON.
  package var updates: @Sendable (_ offset: Int64?) async throws(BotAccountError) -> [RawUpdate]
  /// Directs updates to a webhook, or with nil to polling. Never drops those that wait.
  package var setWebhook: @Sendable (WebhookTarget?) async throws(BotAccountError) -> Void
  /// Asks where updates go.
  package var webhook: @Sendable () async throws(BotAccountError) -> WebhookState
  /// Registers the commands that clients offer, for one language or for all others (nil), everywhere
  /// or in one chat only.
  package var setCommands:
    @Sendable (_ commands: [BotCommand], _ language: Language?, _ chat: ChatID?)
      async throws(BotAccountError) -> Void
  /// Asks what kind of chat one is; throws `.refused` when the bot has no access to it.
  package var chat: @Sendable (ChatID) async throws(BotAccountError) -> ChatDescription

  /// Makes an account from its operations.
  package init(
    identity: @escaping @Sendable () async throws(BotAccountError) -> BotIdentity,
    updates: @escaping @Sendable (_ offset: Int64?) async throws(BotAccountError) -> [RawUpdate],
    setWebhook: @escaping @Sendable (WebhookTarget?) async throws(BotAccountError) -> Void,
    webhook: @escaping @Sendable () async throws(BotAccountError) -> WebhookState,
    setCommands:
      @escaping @Sendable (_ commands: [BotCommand], _ language: Language?, _ chat: ChatID?)
      async throws(BotAccountError) -> Void,
    chat: @escaping @Sendable (ChatID) async throws(BotAccountError) -> ChatDescription
  ) {
    self.chat = chat
    self.identity = identity
    self.updates = updates
    self.setWebhook = setWebhook
    self.webhook = webhook
    self.setCommands = setCommands
  }
}

/// Reads updates for one bot. Pure.
package struct UpdateDecoder: Sendable {
  /// Reads the JSON of one update. Unknown kinds and fields are no error; throws `UnusableUpdate`
  /// when it is not an update at all.
  package var decode: @Sendable ([UInt8]) throws(UnusableUpdate) -> InboundUpdate

  /// Makes a decoder.
  package init(decode: @escaping @Sendable ([UInt8]) throws(UnusableUpdate) -> InboundUpdate) {
    self.decode = decode
  }
}

/// A body that cannot be read as an update.
package struct UnusableUpdate: Error, Equatable, Sendable {
  /// Its `update_id`, if that much could be read.
  package let id: Int64?
  /// What is wrong, without any of its content.
  package let reason: String

  /// Makes an error.
  package init(id: Int64?, reason: String) {
    self.id = id
    self.reason = reason
  }
}

/// One update as it came.
package struct RawUpdate: Equatable, Sendable {
  /// Telegram's `update_id`.
  package var id: Int64
  /// The update's JSON.
  package var json: [UInt8]

  /// Makes a raw update.
  package init(id: Int64, json: [UInt8]) {
    self.id = id
    self.json = json
  }
}

/// Who the bot is.
package struct BotIdentity: Equatable, Sendable {
  /// Its id.
  package var id: BotID
  /// Its username, without `@`.
  package var username: String
  /// Whether it sees every message of a group, or only those addressed to it (privacy mode).
  package var readsAllGroupMessages: Bool

  /// Makes an identity.
  package init(id: BotID, username: String, readsAllGroupMessages: Bool) {
    self.id = id
    self.username = username
    self.readsAllGroupMessages = readsAllGroupMessages
  }
}

/// Where a webhook leads.
package struct WebhookTarget: Equatable, Sendable {
  /// The public address.
  package var url: String
  /// What Telegram sends along with every update.
  package var secret: String

  /// Makes a target.
  package init(url: String, secret: String) {
    self.url = url
    self.secret = secret
  }
}

/// What Telegram says of the webhook.
package struct WebhookState: Equatable, Sendable {
  /// The address; empty under polling.
  package var url: String
  /// How many updates wait.
  package var pending: Int
  /// What went wrong last.
  package var lastError: String?

  /// Makes a state.
  package init(url: String, pending: Int, lastError: String?) {
    self.url = url
    self.pending = pending
    self.lastError = lastError
  }
}

/// What Telegram says of a chat.
package struct ChatDescription: Equatable, Sendable {
  /// Whether it is a private chat.
  package var isPrivate: Bool
  /// Whether it is a supergroup with topics.
  package var isForum: Bool

  /// Makes a description.
  package init(isPrivate: Bool, isForum: Bool) {
    self.isPrivate = isPrivate
    self.isForum = isForum
  }
}

/// A command that clients offer in their menu.
package struct BotCommand: Equatable, Sendable {
  /// The name, without slash.
  package var name: String
  /// What it does.
  package var description: String

  /// Makes a command.
  package init(name: String, description: String) {
    self.name = name
    self.description = description
  }
}

/// Why the account could not be used.
package enum BotAccountError: Error, Equatable, Sendable {
  /// The token is refused.
  case unauthorized
  /// Somebody else takes the updates: another poller, or a webhook.
  case conflict(reason: String)
  /// Telegram wants us to wait.
  case rateLimited(retryAfter: Duration)
  /// The group that was asked about became the supergroup `to`.
  case migrated(to: ChatID)
  /// Telegram refused the request.
  case refused(reason: String)
  /// Telegram could not be reached, or has a fault.
  case unavailable(reason: String)
}
