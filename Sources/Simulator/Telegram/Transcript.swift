/// What a chat shows: the view that the page and the tests read.
package struct Transcript: Sendable, Equatable, Codable {
  /// Somebody who writes.
  package struct Sender: Sendable, Equatable, Codable {
    /// The user's id.
    package var id: Int64
    /// The first name.
    package var name: String
    /// Whether it is the bot.
    package var isBot: Bool
    /// The language of the person's client; only in the list of people.
    package var language: String?
    /// Whether they are an administrator of the group; only in the list of people.
    package var isAdmin: Bool?
  }

  /// One message.
  package struct Message: Sendable, Equatable, Codable {
    /// The id in its chat.
    package var id: Int64
    /// Who sent it.
    package var from: Sender
    /// Unix seconds.
    package var date: Int64
    /// Unix seconds of the last edit.
    package var editDate: Int64?
    /// The topic it stands in.
    package var thread: Int64?
    /// The text, or the caption of a medium.
    package var text: String?
    /// The entities of the text, as the Bot API writes them.
    package var entities: [JSONValue] = []
    /// The blocks of a rich message, as the Bot API writes them.
    package var blocks: [JSONValue]?
    /// The message it replies to.
    package var replyTo: Int64?
    /// The part of that message that is quoted; nil when the reply means all of it.
    package var quote: String?
    /// The inline keyboard: rows of buttons, as the Bot API writes them.
    package var buttons: [[JSONValue]]?
    /// The kind of medium, as the Bot API names it: `photo`, `voice`, `document` …
    package var media: String?
    /// The file of the medium.
    package var fileID: String?
    /// What is known of the medium: `width`, `duration`, `emoji`, `latitude` …, as the Bot API
    /// names them.
    package var mediaFacts: [String: JSONValue]?
    /// Whether the file's bytes can be had from the page's server.
    package var hasFile = false
    /// The album it belongs to.
    package var album: String?
    /// What happened, when this is not something that was said: `group_created`, `topic_created` …
    package var service: String?
    /// What is known of that, as the Bot API writes it: a topic's `name`, the people who came …
    package var serviceFacts: JSONValue?
    /// The reactions below it: the emoji that the bot has set.
    package var reactions: [String] = []
    /// Whether it was deleted.
    package var isDeleted = false
    /// Whether it was sent on behalf of the group, by an anonymous administrator.
    package var isAnonymous = false
  }

  /// A preview that the bot shows while it writes.
  package struct Draft: Sendable, Equatable, Codable {
    /// The identifier that the bot chose.
    package var id: Int64
    /// The topic it stands in.
    package var thread: Int64?
    /// The text.
    package var text: String?
    /// The entities of the text.
    package var entities: [JSONValue] = []
    /// The blocks of a rich draft.
    package var blocks: [JSONValue]?
    /// Whether the person sees the stop button.
    package var canStop: Bool
    /// Whether it stays for a while when stopped.
    package var keepsOnStop: Bool
    /// Unix milliseconds at which it vanishes by itself.
    package var expires: Int64
  }

  /// A topic of a forum, or of a private chat.
  package struct Topic: Sendable, Equatable, Codable {
    /// The id that messages carry.
    package var id: Int64
    /// The name.
    package var name: String
    /// Whether nobody chose the name.
    package var isNameImplicit = false
    /// Whether only administrators can write there.
    package var isClosed = false
    /// The colour of the icon, as RGB.
    package var color: Int64 = TopicIcon.colors[0]
    /// The custom emoji that is the icon; nil for the usual one.
    package var icon: String?
    /// What that custom emoji looks like.
    package var emoji: String?
    /// Who made it.
    package var creator: Int64 = 0
  }

  /// The chat's id.
  package var id: Int64
  /// `private`, `group` or `supergroup`.
  package var kind: String
  /// What the chat list shows.
  package var title: String
  /// Whether it is a supergroup with topics.
  package var isForum: Bool
  /// What the bot is in it: `member`, `administrator`, `administrator_without_topics`; `kicked` when
  /// the person has blocked it or the group has removed it.
  package var botStatus: String
  /// The people in it.
  package var people: [Sender]
  /// The topics.
  package var topics: [Topic]
  /// The messages, oldest first.
  package var messages: [Message]
  /// The drafts that are shown now.
  package var drafts: [Draft]
  /// Unix milliseconds until which the bot is shown as typing; nil when it is not.
  package var typingUntil: Int64?
  /// The rows of the reply keyboard; nil when there is none.
  package var keyboard: [[String]]?
  /// Whether the person has blocked the bot, or the bot was removed from the group.
  package var isBlocked: Bool
  /// Where the group has gone.
  package var migratedTo: Int64?
}

/// A change of what a chat shows.
package struct TranscriptEvent: Sendable, Equatable, Codable {
  /// What changed.
  package enum Change: Sendable, Equatable, Codable {
    /// A chat is new, or its head changed; `messages` is empty.
    case chat(Transcript)
    case message(Transcript.Message)
    case edited(Transcript.Message)
    case deleted(message: Int64)
    case draft(Transcript.Draft)
    case draftGone(draft: Int64)
    case typing(until: Int64)
    case keyboard([[String]]?)
    /// The bot answered a press of an inline button; only the person who pressed sees it.
    case notice(text: String, isAlert: Bool, person: Int64)
    /// Something went over the wire, or something is known now about what did.
    case wire(WireEntry)
  }

  /// Increases by one with each event.
  package var id: Int64
  /// The chat; 0 when it is about none.
  package var chat: Int64
  /// What changed.
  package var change: Change
}
