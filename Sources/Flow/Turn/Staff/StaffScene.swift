internal import Conversation
internal import Gateways

/// What is known of a dialogue when operators are told of it.
struct StaffScene: Sendable {
  /// Where the dialogue takes place.
  var address: ConversationAddress
  /// The dialogue as it is after the event.
  var dialogue: Dialogue
  /// The last messages of the transcript, oldest first, those of the event included.
  var recent: [Message]
  /// The messages that the event is about: a customer's or an operator's, the parts of an album.
  var source: [InboundMessage]
  /// When the event happened.
  var now: Instant

  /// Who wrote last on the customer's side.
  var customer: Speaker? {
    for message in recent.reversed() {
      if case .customer(let speaker) = message.role { return speaker }
    }
    return dialogue.desk?.customer
  }

  /// The customer's name, or their id where no name is known.
  var customerName: String {
    let name = customer?.name ?? ""
    return name.isEmpty ? address.chat.description : name
  }

  /// Where the words stand that an operator wrote in a message, if they are among the last.
  func position(of source: StaffMessage) -> Position? {
    recent.last { $0.source == source }?.position
  }

  /// The message at a position, if it is among the last.
  func message(at position: Position) -> Message? {
    recent.last { $0.position == position }
  }
}
