package import Conversation

/// What one message shows.
package enum MessageContent: Sendable, Equatable, Codable {
  /// Text with entities; at most 4,096 Unicode scalars.
  case text(FormattedText)
  /// A document that needs a rich message; within Telegram's limits for one.
  case rich(Document)
  /// Nothing to read: the topic itself gets this name, at most 128 Unicode scalars.
  case topicName(String)
  /// Nothing to read: a topic with this name is made; the id of what was sent is the topic's.
  case newTopic(name: String)
  /// A copy of somebody's message or album, without its author.
  case copy(MessageCopy)
  /// A text file.
  case document(name: String, text: String, caption: String)
  /// Nothing to read: a message of the chat is marked with an emoji that Telegram allows as a
  /// reaction.
  case reaction(MessageID, emoji: String)
  /// Nothing to read in the chat: the press of a button is answered, with a short text or silently.
  case pressAnswer(id: String, text: String?)
}

/// A copy of a message.
package struct MessageCopy: Sendable, Equatable, Codable {
  /// Where the message stands.
  package var from: ChatID
  /// The message, or the parts of an album; never empty.
  package var messages: [MessageID]
  /// What takes the place of its caption; nil keeps it. An album has captions of its own: it keeps
  /// them with nil, and has none with anything else.
  package var caption: FormattedText?
  /// What is sent when the message is gone or can't be copied.
  package var fallback: FormattedText

  /// Makes a copy.
  package init(
    from: ChatID, messages: [MessageID], caption: FormattedText? = nil, fallback: FormattedText
  ) {
    self.from = from
    self.messages = messages
    self.caption = caption
    self.fallback = fallback
  }
}

/// A button under a message.
package struct InlineButton: Sendable, Equatable, Codable {
  /// What it shows.
  package var label: String
  /// What comes back when it is pressed, at most 64 bytes of UTF-8.
  package var data: String

  /// Makes a button.
  package init(_ label: String, data: String) {
    self.label = label
    self.data = data
  }
}
