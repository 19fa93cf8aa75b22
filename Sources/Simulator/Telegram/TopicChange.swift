/// What a person does to a topic.
package enum TopicChange: Sendable, Equatable {
  /// Gives it another name.
  case rename(String)
  /// Lets only administrators write there.
  case close
  /// Lets everybody write there again.
  case reopen
  /// Deletes it with all that was said in it; the bot is not told.
  case delete
}
