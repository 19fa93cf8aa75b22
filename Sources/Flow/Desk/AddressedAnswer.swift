internal import Conversation
internal import Gateways

/// An operator's message of the form `chat_id: answer`. Spaces around the id do not matter.
struct AddressedAnswer: Equatable {
  /// Whom it names. Whether that is a customer is not known yet.
  var chat: ChatID
  /// The words after the colon.
  var text: String
  /// How much of the message stands before them, in UTF-16 code units.
  var offset: Int
  /// Whether the number may be a time or a quantity: Telegram's own ids are longer.
  var mayBeTime: Bool

  /// Reads a message; nil when it does not have the form.
  init?(_ message: String) {
    guard let colon = message.firstIndex(of: ":") else { return nil }
    let head = message[..<colon].filter { !$0.isWhitespace }
    let digits = head.hasPrefix("-") ? head.dropFirst() : head[...]
    guard (1...16).contains(digits.count), digits.allSatisfy({ $0.isASCII && $0.isNumber }),
      let number = Int64(head)
    else { return nil }
    let after = message[message.index(after: colon)...]
    let words = after.drop(while: \.isWhitespace)
    guard !words.isEmpty else { return nil }
    chat = ChatID(number)
    mayBeTime = digits.count < 5
    text = String(words)
    offset = message.utf16.count - words.utf16.count
  }

  /// The message as if only the words had been written.
  func applied(to message: InboundMessage) -> InboundMessage {
    var message = message
    message.text = text
    message.entities = message.entities?.compactMap { entity in
      // What spans the id as well is cut down to the words.
      let start = max(entity.offset, offset)
      let length = entity.offset + entity.length - start
      return length > 0 ? .init(entity.kind, offset: start - offset, length: length) : nil
    }
    return message
  }
}
