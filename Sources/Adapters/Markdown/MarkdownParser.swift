internal import CMD4C
internal import Gateways

/// Parses Markdown, as UTF-8; nil when it is longer than the bound or the parser gives up.
func parseMarkdown(_ markdown: [UInt8], limits: MarkdownLimits) -> Document? {
  guard markdown.count <= limits.inputBytes else { return nil }
  return DocumentReader(ProtectedSource(markdown), limits: limits).read()
}

/// The owner of one md4c run: it alone sees the parser's pointers and turns them into values for
/// the ``DocumentBuilder``.
private final class DocumentReader {
  private let source: ProtectedSource
  private var builder: DocumentBuilder

  init(_ source: ProtectedSource, limits: MarkdownLimits) {
    self.source = source
    builder = DocumentBuilder(pieces: source.pieces, nesting: limits.richNesting)
  }

  /// GitHub's dialect without raw HTML. Not md4c's own addresses and formulas (see
  /// ``ProtectedSource``), and no indented code: in answers, indentation is mostly a broken list.
  private static let flags = UInt32(
    MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_NOHTMLBLOCKS
      | MD_FLAG_NOHTMLSPANS | MD_FLAG_NOINDENTEDCODEBLOCKS)

  func read() -> Document? {
    var parser = MD_PARSER()
    parser.flags = Self.flags
    unsafe parser.enter_block = { type, detail, owner in
      unsafe DocumentReader.of(owner).enterBlock(type, detail)
    }
    unsafe parser.leave_block = { type, _, owner in
      unsafe DocumentReader.of(owner).leaveBlock(type)
    }
    unsafe parser.enter_span = { type, detail, owner in
      unsafe DocumentReader.of(owner).enterSpan(type, detail)
    }
    unsafe parser.leave_span = { type, _, owner in
      unsafe DocumentReader.of(owner).leaveSpan(type)
    }
    unsafe parser.text = { type, text, size, owner in
      let bytes = unsafe UnsafeRawBufferPointer(start: text, count: Int(size))
      return unsafe DocumentReader.of(owner).text(type, bytes)
    }
    // md4c 0.4.8 reads a byte beyond its input here and there (found with AddressSanitizer), so
    // zeros follow it.
    let padded = source.bytes + [UInt8](repeating: 0, count: 8)
    let size = UInt32(source.bytes.count)
    let failed = unsafe padded.withUnsafeBytes { bytes in
      unsafe md_parse(
        bytes.baseAddress?.assumingMemoryBound(to: CChar.self), size, &parser,
        Unmanaged.passUnretained(self).toOpaque())
    }
    return failed == 0 ? Document(builder.finish()) : nil
  }

  private static func of(_ owner: UnsafeMutableRawPointer?) -> DocumentReader {
    guard let owner = unsafe owner else { preconditionFailure("md4c lost its user data") }
    return unsafe Unmanaged<DocumentReader>.fromOpaque(owner).takeUnretainedValue()
  }

  private func enterBlock(_ type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) -> Int32 {
    switch type {
    case MD_BLOCK_QUOTE: builder.openQuote()
    case MD_BLOCK_UL: builder.openList(start: nil)
    case MD_BLOCK_OL:
      let list = unsafe detail?.load(as: MD_BLOCK_OL_DETAIL.self)
      builder.openList(start: Int(list?.start ?? 1))
    case MD_BLOCK_LI:
      let item = unsafe detail?.load(as: MD_BLOCK_LI_DETAIL.self)
      let isTask = item?.is_task == 1
      builder.openItem(
        checked: isTask ? item?.task_mark != CChar(bitPattern: UInt8(ascii: " ")) : nil)
    case MD_BLOCK_HR: builder.addDivider()
    case MD_BLOCK_H:
      builder.openHeading(
        level: unsafe Int(detail?.load(as: MD_BLOCK_H_DETAIL.self).level ?? 1))
    case MD_BLOCK_CODE:
      let code = unsafe detail?.load(as: MD_BLOCK_CODE_DETAIL.self)
      builder.openCode(language: unsafe code.map { unsafe bytes(of: $0.lang) } ?? [])
    case MD_BLOCK_P: builder.openParagraph()
    case MD_BLOCK_TABLE:
      let table = unsafe detail?.load(as: MD_BLOCK_TABLE_DETAIL.self)
      // A short row still counts all columns, so a small input can make a huge table.
      let cells = Int(table?.col_count ?? 0) * Int((table?.body_row_count ?? 0) + 1)
      // Only a negative result ends md4c's work; after a positive one it goes on without the block.
      if cells > max(1000, source.bytes.count) { return -1 }
      builder.openTable()
    case MD_BLOCK_TR: builder.openRow()
    case MD_BLOCK_TH:
      builder.openCell(
        alignment: unsafe alignment(detail?.load(as: MD_BLOCK_TD_DETAIL.self).align))
    case MD_BLOCK_TD: builder.openCell(alignment: nil)
    default: break
    }
    return 0
  }

  private func leaveBlock(_ type: MD_BLOCKTYPE) -> Int32 {
    switch type {
    case MD_BLOCK_QUOTE, MD_BLOCK_UL, MD_BLOCK_OL, MD_BLOCK_LI: builder.closeContainer()
    case MD_BLOCK_H, MD_BLOCK_CODE, MD_BLOCK_P: builder.closeLeaf()
    case MD_BLOCK_TH, MD_BLOCK_TD: builder.closeCell()
    case MD_BLOCK_TABLE: builder.closeTable()
    default: break
    }
    return 0
  }

  private func enterSpan(_ type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) -> Int32 {
    switch type {
    case MD_SPAN_EM: builder.openStyle(.italic)
    case MD_SPAN_STRONG: builder.openStyle(.bold)
    case MD_SPAN_DEL: builder.openStyle(.strikethrough)
    case MD_SPAN_CODE: builder.openVerbatim()
    case MD_SPAN_A:
      let link = unsafe detail?.load(as: MD_SPAN_A_DETAIL.self)
      builder.openLink(unsafe link.map { unsafe bytes(of: $0.href) } ?? [])
    case MD_SPAN_IMG:
      let image = unsafe detail?.load(as: MD_SPAN_IMG_DETAIL.self)
      builder.openLink(unsafe image.map { unsafe bytes(of: $0.src) } ?? [])
    default: break
    }
    return 0
  }

  private func leaveSpan(_ type: MD_SPANTYPE) -> Int32 {
    switch type {
    case MD_SPAN_EM, MD_SPAN_STRONG, MD_SPAN_DEL, MD_SPAN_A, MD_SPAN_IMG: builder.closeSpan()
    case MD_SPAN_CODE: builder.closeVerbatim()
    default: break
    }
    return 0
  }

  private func text(_ type: MD_TEXTTYPE, _ bytes: UnsafeRawBufferPointer) -> Int32 {
    switch type {
    case MD_TEXT_BR, MD_TEXT_SOFTBR: builder.addLineBreak()
    case MD_TEXT_ENTITY: builder.addReference(unsafe Array(bytes))
    default: builder.addText(unsafe Array(bytes))
    }
    return 0
  }

  /// The bytes of an attribute; none when it is longer than any address or language.
  private func bytes(of attribute: MD_ATTRIBUTE) -> [UInt8] {
    guard unsafe attribute.size <= LinkAddress.longest else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: attribute.text, count: Int(attribute.size)))
  }

  private func alignment(_ align: MD_ALIGN?) -> Document.Table.Alignment {
    switch align {
    case MD_ALIGN_CENTER?: .center
    case MD_ALIGN_RIGHT?: .right
    default: .left
    }
  }
}
