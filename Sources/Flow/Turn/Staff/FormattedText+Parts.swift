package import Gateways

extension FormattedText {
  /// The text with a shorter one before it; its formatting moves along.
  func prefixed(_ prefix: String) -> FormattedText {
    let shift = prefix.utf16.count
    return FormattedText(
      prefix + text,
      entities: entities.map { .init($0.kind, offset: $0.offset + shift, length: $0.length) })
  }
}

extension AnswerFormat {
  /// A text as messages within Telegram's limit, its formatting kept.
  func parts(_ text: FormattedText) -> [MessageContent] {
    flatten(.text(text)).map(MessageContent.text)
  }

  /// The model's Markdown as texts, each within Telegram's limit.
  package func texts(ofMarkdown markdown: String) -> [FormattedText] {
    let rendered = render(markdown).flatMap(flatten)
    return rendered.isEmpty ? [FormattedText(markdown)] : rendered
  }
}
