internal import Foundation
internal import Platform

/// The last event that was nothing but text: the next one usually differs from it in the text
/// alone, and need not be read as JSON again where it is the same.
struct ChunkTemplate {
  private var bytes: [UInt8] = []
  /// Where the text stands, with its quotation marks.
  private var content = 0..<0

  /// Keeps an event that `ChunkScanner` has read, and that says nothing but the text there.
  mutating func keep(_ event: Span<UInt8>, content: Range<Int>) {
    bytes.removeAll(keepingCapacity: true)
    unsafe event.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    self.content = content
  }

  /// Reads an event that differs in the text alone, and appends the text. False, with `text` as it
  /// was, when it is another one.
  func read(_ event: Span<UInt8>, appendingTo text: inout [UInt8]) -> Bool {
    guard !content.isEmpty, matches(event, ..<content.lowerBound, shift: 0) else { return false }
    let count = text.count
    var json = JSONCursor(at: content.lowerBound)
    let isText = (try? json.string(event, appendingTo: &text)) != nil
    let shift = json.position - content.upperBound
    if isText, event.count == bytes.count + shift,
      matches(event, content.upperBound..., shift: shift)
    {
      return true
    }
    text.removeSubrange(count...)
    return false
  }

  /// Whether the event holds, `shift` bytes later, what the template holds there.
  private func matches(
    _ event: Span<UInt8>, _ range: some RangeExpression<Int>, shift: Int
  ) -> Bool {
    let range = range.relative(to: bytes)
    guard range.upperBound + shift <= event.count else { return false }
    return unsafe event.withUnsafeBytes { event in
      unsafe bytes.withUnsafeBytes { bytes in
        guard let ours = bytes.baseAddress, let theirs = event.baseAddress else { return false }
        return unsafe memcmp(
          ours + range.lowerBound, theirs + range.lowerBound + shift, range.count) == 0
      }
    }
  }
}
