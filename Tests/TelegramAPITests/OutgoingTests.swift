import Conversation
import Foundation
import Gateways
import TelegramTypes
import Testing

@testable import TelegramAPI

/// What is written must be what the wire's types say, with no field more or less.
@Suite struct OutgoingTests {
  private func canonical(_ json: some Sequence<UInt8>) throws -> String {
    let value = try JSONSerialization.jsonObject(with: Data(json))
    let sorted = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys])
    return String(decoding: sorted, as: UTF8.self)
  }

  private func check<Method: TelegramMethod>(_ call: BotAPICall, _ method: Method) throws {
    #expect(call.method == Method.name)
    guard case .bytes(let json) = call.body else {
      Issue.record("not JSON")
      return
    }
    #expect(try JSONDecoder().decode(Method.self, from: Data(json)) == method)
    #expect(try canonical(json) == canonical(JSONEncoder().encode(method)))
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func writesWhatTheTypesSay(seed: UInt64) throws {
    var random = RandomMessages(seed: seed)
    for _ in 0..<100 {
      let message = random.message()
      let preview = AnswerPreview(
        chat: message.chat, topic: message.topic, draftID: random.id(), content: message.content)
      let edited = MessageID(random.id())
      switch message.content {
      case .text(let text):
        try check(.send(message, text), SendMessage(message, text))
        try check(.edit(message, edited, text), EditMessageText(message.chat, edited, text))
        try check(.draft(preview, text), SendMessageDraft(preview, text))
      case .rich(let document):
        try check(.send(message, document), SendRichMessage(message, document))
        try check(
          .edit(message, edited, document), EditMessageText(message.chat, edited, document))
        try check(.draft(preview, document), SendRichMessageDraft(preview, document))
      case .topicName(let name):
        let chat = message.chat.rawValue
        try check(
          .name(7, of: message.chat, name),
          EditForumTopic(chatID: chat, messageThreadID: 7, name: name))
        try check(
          .typing(message.chat, message.topic),
          SendChatAction(
            chatID: chat, messageThreadID: message.topic?.threadID, action: "typing"))
      case .newTopic, .copy, .document, .reaction, .pressAnswer:
        Issue.record("looked at in SendingTests")
      }
    }
  }
}

/// Makes messages of every shape.
private struct RandomMessages {
  private var numbers: SeededNumbers

  init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  mutating func id() -> Int64 { Int64.random(in: Int64.min...Int64.max, using: &numbers) }

  mutating func message() -> OutboundMessage {
    let content: MessageContent =
      switch number(5) {
      case 0: .topicName(text())
      case 1, 2: .text(formatted())
      default: .rich(Document(blocks(3)))
      }
    let rows = (0..<number(3)).map { _ in (0..<number(3)).map { _ in text() } }
    return OutboundMessage(
      chat: ChatID(id()), topic: chance(0.5) ? TopicID(Int64(1 + number(3))) : nil,
      content: content, replyTo: chance(0.5) ? MessageID(id()) : nil,
      keyboard: chance(0.3) ? rows : nil)
  }

  private mutating func formatted() -> FormattedText {
    let kinds: [FormattedText.Entity.Kind] = [
      .bold, .italic, .underline, .strikethrough, .spoiler, .code, .blockquote,
      .pre(language: nil), .pre(language: text()), .link(url: text()),
    ]
    let entities = (0..<number(4)).map { _ in
      FormattedText.Entity(pick(kinds), offset: number(5000), length: number(5000))
    }
    return FormattedText(text(), entities: entities)
  }

  private mutating func blocks(_ depth: Int) -> [Document.Block] {
    (0..<number(4)).map { _ in block(depth) }
  }

  private mutating func block(_ depth: Int) -> Document.Block {
    switch number(depth > 0 ? 8 : 5) {
    case 0: return .paragraph(inlines(2))
    case 1: return .heading(level: number(9) - 1, inlines(2))
    case 2: return .code(language: chance(0.5) ? text() : nil, text())
    case 3: return .math(text())
    case 4: return .divider
    case 5: return .quote(blocks(depth - 1))
    case 6:
      let items = (0..<number(3)).map { _ in
        Document.Item(checked: pick([nil, true, false]), blocks: blocks(depth - 1))
      }
      return .list(Document.List(start: chance(0.5) ? number(100) - 50 : nil, items: items))
    default:
      let rows = (0..<number(3)).map { _ in (0..<3).map { _ in inlines(1) } }
      return .table(
        Document.Table(
          alignments: [.right, .center], header: (0..<3).map { _ in inlines(1) }, rows: rows))
    }
  }

  private mutating func inlines(_ depth: Int) -> [Document.Inline] {
    (0..<number(4)).map { _ in inline(depth) }
  }

  private mutating func inline(_ depth: Int) -> Document.Inline {
    switch number(depth > 0 ? 6 : 4) {
    case 0: .text(text())
    case 1: .code(text())
    case 2: .math(text())
    case 3: .lineBreak
    case 4:
      .styled(pick([.bold, .italic, .underline, .strikethrough, .spoiler]), inlines(depth - 1))
    default: .link(url: text(), inlines(depth - 1))
    }
  }

  private mutating func text() -> String {
    let pieces = [
      "a", "the ", "Привет", "\n", "\"", "\\", "/", "\u{0}", "\u{1B}", "\t", "\r\n", "\u{8}", "😀",
      "👨‍👩‍👧", "\u{2028}", "\u{7F}", "{[,:", "e\u{301}",
    ]
    return (0..<number(8)).map { _ in pick(pieces) }.joined()
  }

  private mutating func number(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &numbers) }
  private mutating func chance(_ share: Double) -> Bool {
    Double.random(in: 0..<1, using: &numbers) < share
  }
  private mutating func pick<Value>(_ values: [Value]) -> Value { values[number(values.count)] }
}
