/// An unfinished Markdown text with its formatting closed, so that a preview of it shows no raw
/// marks that the next words would make disappear.
///
/// It looks only at the last paragraph; a wrong guess costs a flicker, never the final text.
func completed(_ markdown: [UInt8]) -> [UInt8] {
  var source = markdown
  let (fence, closesOnLastLine) = lastFence(source)
  if let fence {
    dropUnfinishedFence(&source, fence)
    return source
  }
  if closesOnLastLine { return source }
  dropUnfinishedMark(&source)
  let start = lastParagraph(source)
  if dropUnfinishedTable(&source, from: start) { return source }
  InlineCloser.close(&source, from: start)
  return source
}

/// The code fence that is open at the end, and whether the last line closes one.
private func lastFence(_ source: [UInt8]) -> (open: Fence?, closesOnLastLine: Bool) {
  var fence: Fence?
  var closing: Int?
  var start = 0
  while start < source.count {
    let end = source.lineEnd(from: start)
    if let open = fence {
      let (ends, isClosing) = open.ends(at: source, from: start, to: end)
      if ends { fence = nil }
      if isClosing { closing = end }
      if !ends || isClosing {
        start = end + 1
        continue
      }
    }
    fence = Fence(opening: source, LinePrefix(source, from: start, to: end), to: end)
    start = end + 1
  }
  return (fence, closing == source.count)
}

private func lineStart(_ source: [UInt8]) -> Int {
  (source.lastIndex(of: 0x0A) ?? -1) + 1
}

/// Drops a last line that may become the closing fence.
private func dropUnfinishedFence(_ source: inout [UInt8], _ fence: Fence) {
  let line = source[lineStart(source)...].trimmed()
  if !line.isEmpty, line.count < fence.length, line.allSatisfy({ $0 == fence.mark }) {
    source.removeSubrange(lineStart(source)...)
  }
}

/// Drops a last line of nothing but marks: `-` under a text would make it a heading, and next
/// comes a list.
private func dropUnfinishedMark(_ source: inout [UInt8]) {
  let start = lineStart(source)
  let line = source[start...]
  guard line.count <= 40, line.contains(where: { !$0.isBlank }) else { return }
  let isMarks = line.allSatisfy { $0.isBlank || "-*+#>=_.)`~|:!".utf8.contains($0) || $0.isDigit }
  let digits = line.trimmed().prefix(while: \.isDigit).count
  let isNumber = digits > 0 && digits <= 3 && line.trimmed().count <= digits + 1
  if isMarks, digits == 0 || isNumber { source.removeSubrange(start...) }
}

private func lastParagraph(_ source: [UInt8]) -> Int {
  var start = lineStart(source)
  while start > 0 {
    let previous = (source[..<(start - 1)].lastIndex(of: 0x0A) ?? -1) + 1
    if source[previous..<(start - 1)].allSatisfy(\.isBlank) { return start }
    start = previous
  }
  return 0
}

/// Drops a table of which the line under the header is not finished: until then it is a paragraph
/// full of bars.
private func dropUnfinishedTable(_ source: inout [UInt8], from start: Int) -> Bool {
  guard source[start...].first(where: { !$0.isBlank }) == UInt8(ascii: "|") else { return false }
  let header = source.lineEnd(from: start)
  if header < source.count, source.lineEnd(from: header + 1) < source.count { return false }
  source.removeSubrange(start...)
  return true
}

/// Closes the styles, code and links that are open at the end of a paragraph.
private struct InlineCloser {
  private struct Mark {
    var byte: UInt8
    var length: Int
    var position: Int
  }

  private let source: [UInt8]
  private var position: Int
  private var open: [Mark] = []
  private var brackets: [Int] = []
  /// Where an unfinished formula or link begins, which is not shown.
  private var hidden: Int?
  private var openCode: Int?

  /// More open marks than this are not closed; nobody nests so deep.
  private static let most = 16

  static func close(_ source: inout [UInt8], from start: Int) {
    var end = source.count
    // A run of marks at the very end may still grow; what it would close is closed below.
    while end > start, "*_~`[!\\$".utf8.contains(source[end - 1]) { end -= 1 }
    source.removeSubrange(end...)
    var closer = InlineCloser(source, from: start)
    closer.scan()
    closer.finish(&source)
  }

  private init(_ source: [UInt8], from start: Int) {
    self.source = source
    position = start
  }

  private mutating func scan() {
    while position < source.count, hidden == nil, openCode == nil {
      let byte = source[position]
      switch byte {
      case UInt8(ascii: "\\"): scanEscape()
      case UInt8(ascii: "`"): scanCode()
      case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): scanStyle(byte)
      case UInt8(ascii: "$"): scanFormula("$$", skipping: 2)
      case UInt8(ascii: "["):
        brackets.append(position)
        position += 1
      case UInt8(ascii: "]"): scanLink()
      default: position += 1
      }
    }
  }

  private mutating func scanEscape() {
    if source.has("\\(", at: position, before: source.count) {
      scanFormula("\\)", skipping: 2)
    } else if source.has("\\[", at: position, before: source.count) {
      scanFormula("\\]", skipping: 2)
    } else {
      position += 2
    }
  }

  private mutating func scanFormula(_ closing: StaticString, skipping: Int) {
    if source[position] == UInt8(ascii: "$"), !source.has("$$", at: position, before: source.count)
    {
      position += 1
      return
    }
    var next = position + skipping
    while next < source.count, !source.has(closing, at: next, before: source.count) { next += 1 }
    if next < source.count {
      position = next + 2
    } else {
      hidden = position
    }
  }

  private mutating func scanCode() {
    let run = source.run(of: UInt8(ascii: "`"), from: position, before: source.count)
    var next = position + run
    while next < source.count {
      let other = source.run(of: UInt8(ascii: "`"), from: next, before: source.count)
      if other == run {
        position = next + run
        return
      }
      next += max(other, 1)
    }
    openCode = run
  }

  private mutating func scanStyle(_ byte: UInt8) {
    let run = source.run(of: byte, from: position, before: source.count)
    let before = position > 0 ? source[position - 1] : 0x0A
    let after = position + run < source.count ? source[position + run] : 0x0A
    defer { position += run }
    guard run <= 3 else { return }
    let isWord = byte == UInt8(ascii: "_")
    if !before.isSpace, !(isWord && after.isWordlike),
      let match = open.lastIndex(where: { $0.byte == byte && $0.length == run })
    {
      open.removeSubrange(match...)
    } else if !after.isSpace, !(isWord && before.isWordlike), open.count < Self.most {
      open.append(Mark(byte: byte, length: run, position: position))
    }
  }

  private mutating func scanLink() {
    position += 1
    guard let start = brackets.popLast(), position < source.count,
      source[position] == UInt8(ascii: "(")
    else { return }
    var next = position
    var depth = 0
    while next < source.count, source[next] != 0x0A {
      if source[next] == UInt8(ascii: "(") { depth += 1 }
      if source[next] == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { break }
      }
      next += 1
    }
    if next == source.count {
      // The address is not complete: only the label is shown.
      hidden = position - 1
      brackets.append(start)
    } else {
      position = next
    }
  }

  private func finish(_ result: inout [UInt8]) {
    if let hidden { result.removeSubrange(hidden...) }
    if let openCode {
      result += [UInt8](repeating: UInt8(ascii: "`"), count: openCode)
    }
    while openCode == nil, let last = result.last, last.isSpace { result.removeLast() }
    for mark in open.reversed() where mark.position < result.count {
      if mark.position + mark.length >= result.count {
        result.removeSubrange(mark.position...)
      } else {
        result += [UInt8](repeating: mark.byte, count: mark.length)
      }
    }
    // The bracket of a label whose end or address is still to come, with the mark of an image.
    if let start = brackets.last, start < result.count, hidden != nil || isLastLine(start) {
      let isImage = start > 0 && result[start - 1] == UInt8(ascii: "!")
      result.removeSubrange((isImage ? start - 1 : start)...start)
    }
  }

  private func isLastLine(_ start: Int) -> Bool { source.lineEnd(from: start) == source.count }
}
