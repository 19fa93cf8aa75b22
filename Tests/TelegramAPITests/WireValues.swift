import Conversation
import Gateways
import TelegramTypes

@testable import TelegramAPI

/// The ports' messages as values of the wire's types: what the written bytes must mean.

extension SendMessage {
  init(_ message: OutboundMessage, _ text: FormattedText) {
    self.init(
      chatID: message.chat.rawValue, messageThreadID: message.topic?.threadID, text: text.text,
      entities: text.wireEntities, linkPreviewOptions: TelegramLinkPreviewOptions(isDisabled: true),
      replyParameters: message.wireReply, replyMarkup: message.wireKeyboard)
  }
}

extension SendRichMessage {
  init(_ message: OutboundMessage, _ document: Document) {
    self.init(
      chatID: message.chat.rawValue, messageThreadID: message.topic?.threadID,
      richMessage: document.wire, replyParameters: message.wireReply,
      replyMarkup: message.wireKeyboard)
  }
}

extension EditMessageText {
  init(_ chat: ChatID, _ message: MessageID, _ text: FormattedText) {
    self.init(
      chatID: chat.rawValue, messageID: message.rawValue, text: text.text,
      entities: text.wireEntities, linkPreviewOptions: TelegramLinkPreviewOptions(isDisabled: true))
  }

  init(_ chat: ChatID, _ message: MessageID, _ document: Document) {
    self.init(
      chatID: chat.rawValue, messageID: message.rawValue, richMessage: document.wire)
  }
}

extension SendMessageDraft {
  init(_ preview: AnswerPreview, _ text: FormattedText) {
    self.init(
      chatID: preview.chat.rawValue, messageThreadID: preview.topic?.threadID,
      draftID: preview.draftID, text: text.text, entities: text.wireEntities, canStop: true)
  }
}

extension SendRichMessageDraft {
  init(_ preview: AnswerPreview, _ document: Document) {
    self.init(
      chatID: preview.chat.rawValue, messageThreadID: preview.topic?.threadID,
      draftID: preview.draftID, richMessage: document.wire, canStop: true)
  }
}

extension OutboundMessage {
  fileprivate var wireReply: TelegramReplyParameters? {
    replyTo.map { TelegramReplyParameters(messageID: $0.rawValue, allowSendingWithoutReply: true) }
  }

  fileprivate var wireKeyboard: TelegramReplyKeyboardMarkup? {
    keyboard.map { rows in
      TelegramReplyKeyboardMarkup(
        keyboard: rows.map { $0.map(TelegramKeyboardButton.init(text:)) }, isPersistent: true,
        resizeKeyboard: true)
    }
  }
}

extension FormattedText {
  fileprivate var wireEntities: [TelegramMessageEntity]? {
    entities.isEmpty ? nil : entities.map(\.wire)
  }
}

extension FormattedText.Entity {
  fileprivate var wire: TelegramMessageEntity {
    var url: String?
    var language: String?
    let type: String
    switch kind {
    case .bold: type = "bold"
    case .italic: type = "italic"
    case .underline: type = "underline"
    case .strikethrough: type = "strikethrough"
    case .spoiler: type = "spoiler"
    case .code: type = "code"
    case .blockquote: type = "blockquote"
    case .pre(let name):
      type = "pre"
      language = name
    case .link(let address):
      type = "text_link"
      url = address
    }
    return TelegramMessageEntity(
      type: type, offset: offset, length: length, url: url, language: language)
  }
}

extension Document {
  fileprivate var wire: TelegramInputRichMessage {
    TelegramInputRichMessage(blocks: blocks.map(\.wire), skipEntityDetection: true)
  }
}

extension Document.Block {
  fileprivate var wire: TelegramRichBlock {
    switch self {
    case .paragraph(let inlines): .paragraph(TelegramRichText(inlines))
    case .heading(let level, let inlines):
      .heading(size: min(max(level, 1), 6), TelegramRichText(inlines))
    case .code(let language, let text): .pre(language: language, .plain(text))
    case .quote(let blocks): .blockquote(blocks.map(\.wire))
    case .list(let list): .list(list.wireItems)
    case .table(let table): .table(table.wire)
    case .math(let expression): .mathematicalExpression(expression)
    case .divider: .divider
    }
  }
}

extension Document.List {
  fileprivate var wireItems: [TelegramRichBlock.Item] {
    items.enumerated().map { index, item in
      TelegramRichBlock.Item(
        blocks: item.blocks.map(\.wire), hasCheckbox: item.checked == nil ? nil : true,
        isChecked: item.checked == true ? true : nil, value: start.map { $0 + index },
        type: start == nil ? nil : "1")
    }
  }
}

extension Document.Table {
  fileprivate var wire: TelegramRichBlock.Table {
    func row(_ cells: [[Document.Inline]], isHeader: Bool?) -> [TelegramRichBlock.Table.Cell] {
      cells.enumerated().map { column, inlines in
        TelegramRichBlock.Table.Cell(
          text: TelegramRichText(inlines), isHeader: isHeader,
          align: column < alignments.count ? alignments[column].rawValue : "left",
          valign: "middle")
      }
    }
    return TelegramRichBlock.Table(
      cells: [row(header, isHeader: true)] + rows.map { row($0, isHeader: nil) }, isBordered: true)
  }
}

extension TelegramRichText {
  /// One text for a run of inlines, without wrapping a single one.
  fileprivate init(_ inlines: [Document.Inline]) {
    let parts = inlines.map(TelegramRichText.init)
    switch parts.count {
    case 0: self = .plain("")
    case 1: self = parts[0]
    default: self = .sequence(parts)
    }
  }

  private init(_ inline: Document.Inline) {
    switch inline {
    case .text(let text): self = .plain(text)
    case .styled(let style, let inlines): self = .styled(Style(style), TelegramRichText(inlines))
    case .code(let text): self = .styled(.code, .plain(text))
    case .math(let expression): self = .mathematicalExpression(expression)
    case .link(let url, let inlines): self = .url(url, TelegramRichText(inlines))
    case .lineBreak: self = .plain("\n")
    }
  }
}

extension TelegramRichText.Style {
  fileprivate init(_ style: Document.Style) {
    switch style {
    case .bold: self = .bold
    case .italic: self = .italic
    case .underline: self = .underline
    case .strikethrough: self = .strikethrough
    case .spoiler: self = .spoiler
    }
  }
}
