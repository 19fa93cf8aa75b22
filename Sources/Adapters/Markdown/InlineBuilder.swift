internal import Gateways

/// Collects the inline content of one block.
struct InlineBuilder {
  typealias Inline = Document.Inline

  private enum Wrapper {
    case style(Document.Style)
    case link(String)
  }

  private struct Frame {
    /// Nil for the block itself.
    var wrapper: Wrapper?
    var content: [Inline] = []
  }

  private enum Span {
    /// It has a frame.
    case kept
    /// Only its content stays; for a web address that cannot be linked, the address after it.
    case left(address: String?)
  }

  private let pieces: [ProtectedSource.Piece]
  /// The block and its open spans that are kept; their number is bounded.
  private var frames = [Frame(wrapper: nil)]
  /// All open spans; their number is the writer's.
  private var spans: [Span] = []
  private var run: [UInt8] = []
  private var verbatim: [UInt8] = []
  private var isVerbatim = false
  private var levels = 0
  private var prefix: String?

  init(pieces: [ProtectedSource.Piece]) { self.pieces = pieces }

  /// Starts a block whose inlines may nest so many levels.
  mutating func begin(levels: Int) {
    self.levels = levels
    frames = [Frame(wrapper: nil)]
    spans.removeAll(keepingCapacity: true)
    run.removeAll(keepingCapacity: true)
    if let prefix { run.append(contentsOf: prefix.utf8) }
    prefix = nil
  }

  /// Sets a text to put in front of the next block.
  mutating func setPrefix(_ text: String?) { prefix = text }

  /// The content, without space at its ends.
  mutating func finish() -> [Inline] {
    while !spans.isEmpty { close() }
    return takeContent()
  }

  /// The content so far; what follows starts anew.
  mutating func takeContent() -> [Inline] {
    flush()
    let content = frames[0].content
    frames[0].content = []
    return content.trimmed()
  }

  // MARK: Spans

  mutating func open(_ style: Document.Style) {
    let repeats = frames.contains { frame in
      if case .style(style)? = frame.wrapper { return true }
      return false
    }
    open(repeats ? nil : .style(style), address: nil)
  }

  mutating func openLink(_ address: [UInt8]) {
    let url = String(decoding: CharacterReferences.decoded(restored(address)), as: UTF8.self)
    // Of a web address that cannot be linked, such as one of localhost, the text stays.
    open(
      LinkAddress.isAllowed(url) && !isInLink ? .link(url) : nil,
      address: LinkAddress.isWeb(url) && !isInLink ? url : nil)
  }

  private mutating func open(_ wrapper: Wrapper?, address: String?) {
    if let wrapper, frames.count <= levels {
      flush()
      frames.append(Frame(wrapper: wrapper))
      spans.append(.kept)
    } else {
      spans.append(.left(address: address))
    }
  }

  private var isInLink: Bool {
    frames.contains { frame in
      if case .link? = frame.wrapper { return true }
      return false
    }
  }

  mutating func close() {
    switch spans.popLast() {
    case nil, .left(nil)?: break
    case .left(let address?)?:
      let label = String(decoding: run.suffix(address.utf8.count), as: UTF8.self)
      if label != address { run.append(contentsOf: " (\(address))".utf8) }
    case .kept?: closeFrame()
    }
  }

  private mutating func closeFrame() {
    flush()
    let closed = frames.removeLast()
    switch closed.wrapper {
    case .style(let style)?:
      if !closed.content.isEmpty { append(.styled(style, closed.content)) }
    case .link(let url)?:
      append(.link(url: url, closed.content.isEmpty ? [.text(url)] : closed.content))
    case nil: break
    }
  }

  // MARK: Code

  mutating func openVerbatim() {
    flush()
    isVerbatim = true
    verbatim.removeAll(keepingCapacity: true)
  }

  /// Ends a code span.
  mutating func closeVerbatim() {
    let code = finishVerbatim()
    if !code.isEmpty { append(.code(code)) }
  }

  /// Ends a code block and returns its text; tabs become four spaces, since Telegram would make
  /// each a single one.
  mutating func finishVerbatim() -> String {
    isVerbatim = false
    guard verbatim.contains(0x09) else { return String(decoding: verbatim, as: UTF8.self) }
    return String(
      decoding: verbatim.flatMap { $0 == 0x09 ? [0x20, 0x20, 0x20, 0x20] : [$0] }, as: UTF8.self)
  }

  /// Resolves `\|`, which in a table's code stands for a bar.
  mutating func unescapeBars() {
    guard verbatim.contains(UInt8(ascii: "|")) else { return }
    verbatim = verbatim.indices.filter { index in
      verbatim[index] != UInt8(ascii: "\\") || index + 1 == verbatim.count
        || verbatim[index + 1] != UInt8(ascii: "|")
    }.map { verbatim[$0] }
  }

  // MARK: Text

  mutating func addLineBreak() {
    flush()
    append(.lineBreak)
  }

  mutating func addReference(_ reference: [UInt8]) {
    run.append(contentsOf: CharacterReferences.decoded(reference))
  }

  mutating func addMath(_ latex: String) {
    flush()
    append(.math(latex))
  }

  /// Adds text up to the first displayed formula outside all spans, and returns that formula.
  mutating func addText(_ rest: inout ArraySlice<UInt8>) -> String? {
    if isVerbatim {
      verbatim.append(contentsOf: restored(Array(rest)))
      rest = []
      return nil
    }
    while let start = rest.firstIndex(of: ProtectedSource.markStart) {
      run.append(contentsOf: rest[..<start])
      rest = rest[(start + 1)...]
      guard let piece = piece(at: &rest) else { continue }
      switch piece {
      case .address(let bytes):
        let url = String(decoding: bytes, as: UTF8.self)
        if isInLink || frames.count > levels {
          run.append(contentsOf: bytes)
        } else {
          flush()
          append(.link(url: url, [.text(url)]))
        }
      case .math(_, let latex, let isDisplay):
        if isDisplay, frames.count == 1 { return latex }
        addMath(latex)
      }
    }
    run.append(contentsOf: rest)
    rest = []
    return nil
  }

  /// Bytes with the marks in them turned back into what they replaced.
  func restored(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(ProtectedSource.markStart) else { return bytes }
    var result: [UInt8] = []
    var rest = bytes[...]
    while let start = rest.firstIndex(of: ProtectedSource.markStart) {
      result += rest[..<start]
      rest = rest[(start + 1)...]
      if let piece = piece(at: &rest) { result += piece.source }
    }
    return result + rest
  }

  /// The piece of the mark whose number comes next; moves past the mark.
  private func piece(at rest: inout ArraySlice<UInt8>) -> ProtectedSource.Piece? {
    guard let end = rest.firstIndex(of: ProtectedSource.markEnd),
      let number = Int(String(decoding: rest[..<end], as: UTF8.self)), number < pieces.count
    else { return nil }
    rest = rest[(end + 1)...]
    return pieces[number]
  }

  private mutating func flush() {
    guard !run.isEmpty else { return }
    if run.contains(0x09) { run = run.map { $0 == 0x09 ? 0x20 : $0 } }
    let text = String(decoding: run, as: UTF8.self)
    run.removeAll(keepingCapacity: true)
    append(.text(text))
  }

  private mutating func append(_ inline: Inline) {
    let top = frames.count - 1
    if case .text(let more) = inline, case .text(let text)? = frames[top].content.last {
      frames[top].content[frames[top].content.count - 1] = .text(text + more)
    } else {
      frames[top].content.append(inline)
    }
  }
}

extension Array where Element == Document.Inline {
  /// Without line breaks and blank text at both ends.
  fileprivate func trimmed() -> [Document.Inline] {
    func isBlank(_ inline: Document.Inline) -> Bool {
      switch inline {
      case .lineBreak: true
      case .text(let text): text.utf8.allSatisfy(\.isSpace)
      case .styled, .code, .math, .link: false
      }
    }
    var content = Array(drop(while: isBlank))
    while let last = content.last, isBlank(last) { content.removeLast() }
    if case .text(let text)? = content.last, text.utf8.last?.isSpace == true {
      let trimmed = String(decoding: [UInt8](text.utf8)[...].trimmedEnd(), as: UTF8.self)
      content[content.count - 1] = .text(trimmed)
    }
    if case .text(let text)? = content.first, text.utf8.first?.isSpace == true {
      content[0] = .text(String(text.drop { $0 == " " || $0 == "\n" }))
    }
    return content
  }
}

extension ArraySlice where Element == UInt8 {
  /// Without spaces at the end.
  fileprivate func trimmedEnd() -> ArraySlice<UInt8> {
    var slice = self
    while let last = slice.last, last.isSpace { slice.removeLast() }
    return slice
  }
}
