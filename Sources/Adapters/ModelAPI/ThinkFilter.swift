/// Takes reasoning out of an answer that begins with `<think>…</think>`, however it is cut.
///
/// Only the beginning of an answer is looked at, so that an answer may speak about such a tag.
struct ThinkFilter {
  private enum State {
    /// What was read may become the tag; it is held.
    case undecided([UInt8])
    /// Inside; the last bytes, which may become the closing tag.
    case thinking([UInt8])
    /// White space between reasoning and answer is dropped.
    case skippingSpace
    case passing
  }

  private var state = State.undecided([])

  /// Whether everything that is still to come passes unchanged.
  var isPassing: Bool { if case .passing = state { true } else { false } }

  /// Filters the bytes of `text` from `start` on, in place; whether any of them was reasoning.
  mutating func filter(_ text: inout [UInt8], from start: Int) -> Bool {
    guard !isPassing, start < text.count else { return false }
    let piece = text[start...]
    text.removeSubrange(start...)
    var isReasoning = false
    for byte in piece {
      switch state {
      case .passing: text.append(byte)
      case .undecided(var held):
        held.append(byte)
        state = .undecided(held)
        decide(held, &text)
      case .thinking(var tail):
        isReasoning = true
        tail.append(byte)
        if tail.count > Self.closing.count { tail.removeFirst() }
        state = tail == Self.closing ? .skippingSpace : .thinking(tail)
      case .skippingSpace:
        guard !Self.isSpace(byte) else { continue }
        text.append(byte)
        state = .passing
      }
    }
    return isReasoning
  }

  /// Gives out what is held at the end of the answer.
  mutating func end(_ text: inout [UInt8]) {
    if case .undecided(let held) = state { text += held }
    state = .passing
  }

  private mutating func decide(_ held: [UInt8], _ text: inout [UInt8]) {
    let tag = held.drop(while: Self.isSpace)
    if tag.elementsEqual(Self.opening) {
      state = .thinking([])
    } else if !Self.opening.starts(with: tag) || held.count > 64 {
      text += held
      state = .passing
    }
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }

  private static let opening = Array("<think>".utf8)
  private static let closing = Array("</think>".utf8)
}
