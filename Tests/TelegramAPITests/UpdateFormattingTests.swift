import Conversation
import Foundation
import Gateways
import TelegramTypes
import Testing

@testable import TelegramAPI

/// The formatting that comes with a message's words.
@Suite struct UpdateFormattingTests {
  typealias Entity = FormattedText.Entity

  private static let bot = BotIdentity(
    id: BotID(99), username: "Switch_Bot", readsAllGroupMessages: false)
  private let reader = UpdateReader(bot: bot)

  private func json(_ words: String, _ entities: String, inCaption: Bool = false) -> [UInt8] {
    let text = canonical([words]).dropFirst().dropLast()
    let fields =
      inCaption
      ? #""photo":[],"caption":\#(text),"caption_entities":[\#(entities)]"#
      : #""text":\#(text),"entities":[\#(entities)]"#
    let json =
      #"{"update_id":3,"message":{"message_id":7,"date":50,"#
      + #""from":{"id":5,"is_bot":false,"first_name":"Ann"},"#
      + #""chat":{"id":-100,"type":"supergroup","title":"G"},\#(fields)}}"#
    return Array(json.utf8)
  }

  private func read(
    _ words: String, _ entities: String, inCaption: Bool = false
  ) throws -> InboundMessage {
    let update = try reader.read(json(words, entities, inCaption: inCaption))
    guard case .message(let message) = update.kind else {
      throw UnusableUpdate(id: nil, reason: "no message")
    }
    return message
  }

  private static func entity(
    _ type: String, _ offset: Int, _ length: Int, _ more: String = ""
  ) -> String {
    #"{"type":"\#(type)","offset":\#(offset),"length":\#(length)\#(more)}"#
  }

  @Test(
    "Each kind that a writer can choose",
    arguments: [
      ("bold", "", .bold), ("italic", "", .italic), ("underline", "", .underline),
      ("strikethrough", "", .strikethrough), ("spoiler", "", .spoiler), ("code", "", .code),
      ("blockquote", "", .blockquote), ("expandable_blockquote", "", .blockquote),
      ("pre", "", .pre(language: nil)), ("pre", #","language":"swift""#, .pre(language: "swift")),
      ("text_link", #","url":"https://x.y/?a=b""#, .link(url: "https://x.y/?a=b")),
      ("text_link", #","url":"HTTP://x.y/""#, .link(url: "HTTP://x.y/")),
      ("text_link", #","url":"tg://user?id=5""#, .link(url: "tg://user?id=5")),
      ("text_link", #","url":"mailto:a@x.y""#, .link(url: "mailto:a@x.y")),
      ("text_link", #","url":"tel:+123""#, .link(url: "tel:+123")),
    ] as [(String, String, Entity.Kind)], [false, true])
  func kinds(_ it: (type: String, more: String, kind: Entity.Kind), inCaption: Bool) throws {
    let message = try read(
      "😀 word", Self.entity(it.type, 3, 4, it.more), inCaption: inCaption)
    #expect(message.entities == [Entity(it.kind, offset: 3, length: 4)])
    #expect(message.text == "😀 word")
  }

  @Test(
    "What Telegram finds by itself, and what is not for others",
    arguments: [
      ("mention", ""), ("hashtag", ""), ("cashtag", ""), ("bot_command", ""), ("url", ""),
      ("email", ""), ("phone_number", ""), ("custom_emoji", #","custom_emoji_id":"5""#),
      ("text_mention", #","user":{"id":7,"is_bot":false,"first_name":"Bob"}"#),
      ("date_time", #","unix_time":5"#), ("something_of_next_year", ""), ("text_link", ""),
      ("text_link", #","url":"javascript:alert(1)""#), ("text_link", #","url":"file:///etc""#),
      ("text_link", #","url":"x.y""#), ("text_link", #","url":"""#),
    ])
  func dropped(type: String, more: String) throws {
    #expect(try read("some words", Self.entity(type, 5, 5, more)).entities == nil)
  }

  @Test(arguments: [
    ("bold", -1, 2), ("bold", 0, 0), ("bold", 2, 9), ("bold", 5, 1), ("bold", .max, .max),
    ("bold", 0, .min), ("bold", .min, 1),
  ])
  func whatDoesNotFitTheTextIsDropped(type: String, offset: Int, length: Int) throws {
    #expect(try read("words", Self.entity(type, offset, length)).entities == nil)
  }

  @Test func outerOnesComeFirst() throws {
    let entities = [
      Self.entity("code", 8, 2), Self.entity("italic", 0, 4), Self.entity("bold", 0, 9),
    ]
    #expect(
      try read("some words", entities.joined(separator: ",")).entities == [
        Entity(.bold, offset: 0, length: 9), Entity(.italic, offset: 0, length: 4),
        Entity(.code, offset: 8, length: 2),
      ])
  }

  struct Shift: Sendable {
    var words: String
    /// Where the bot is mentioned, in UTF-16 code units.
    var mentions: [Int]
    var bold: Range<Int>
    var text: String?
    var expected: Range<Int>?

    init(
      _ words: String, mentions: Int..., bold: Range<Int>, _ text: String?, _ expected: Range<Int>?
    ) {
      self.words = words
      self.mentions = mentions
      self.bold = bold
      self.text = text
      self.expected = expected
    }
  }

  static let shifts: [Shift] = [
    Shift("@switch_bot hello", mentions: 0, bold: 12..<17, "hello", 0..<5),
    Shift("  @switch_bot, hello", mentions: 2, bold: 15..<20, "hello", 0..<5),
    Shift("hello @switch_bot", mentions: 6, bold: 0..<5, "hello", 0..<5),
    // What loses its end, its beginning, its middle, everything.
    Shift("hello @switch_bot", mentions: 6, bold: 0..<17, "hello", 0..<5),
    Shift("@switch_bot hello", mentions: 0, bold: 0..<17, "hello", 0..<5),
    Shift("say @switch_bot something", mentions: 4, bold: 0..<25, "say something", 0..<13),
    Shift("say @switch_bot something", mentions: 4, bold: 4..<15, "say something", nil),
    Shift("say @switch_bot something", mentions: 4, bold: 16..<20, "say something", 4..<8),
    Shift("hey @switch_bot, how are you", mentions: 4, bold: 17..<20, "hey, how are you", 5..<8),
    // Emoji take two units each.
    Shift("😀👍🏽 @switch_bot да", mentions: 7, bold: 19..<21, "😀👍🏽 да", 7..<9),
    Shift("@switch_bot и @switch_bot 😀", mentions: 0, 14, bold: 26..<28, "и 😀", 2..<4),
    Shift("@switch_bot", mentions: 0, bold: 0..<11, nil, nil),
    Shift(" a b ", bold: 3..<4, " a b ", 3..<4),
  ]

  @Test(arguments: shifts, [false, true])
  func formattingMovesWithItsWords(_ it: Shift, inCaption: Bool) throws {
    let entities =
      it.mentions.map { Self.entity("mention", $0, 11) }
      + [Self.entity("bold", it.bold.lowerBound, it.bold.count)]
    let message = try read(it.words, entities.joined(separator: ","), inCaption: inCaption)
    #expect(message.text == it.text)
    #expect(
      message.entities
        == it.expected.map { [Entity(.bold, offset: $0.lowerBound, length: $0.count)] })
  }

  @Test func theAddresseeOfACommandIsCutOutToo() throws {
    let message = try read(
      "/ask@Switch_bot what now",
      Self.entity("bot_command", 0, 15) + "," + Self.entity("italic", 16, 4))
    #expect(message.text == "/ask what now")
    #expect(message.command == .init(name: "ask", argument: "what now"))
    #expect(message.entities == [Entity(.italic, offset: 5, length: 4)])
  }

  /// A stretch of one letter that nothing else has must hold that letter afterwards too.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func formattingNeverSlipsOntoOtherWords(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let pieces = ["@switch_bot", " ", "  ", ", ", "a", "Я", "😀", "\n", ": ", "?"]
    for _ in 0..<300 {
      var words = ""
      var entities: [String] = []
      for index in 0..<Int.random(in: 1...8, using: &numbers) {
        if index == 3 {
          entities.append(Self.entity("bold", words.utf16.count, 3))
          words += "QQQ"
        }
        let piece = pieces[Int.random(in: 0..<pieces.count, using: &numbers)]
        if piece.hasPrefix("@") { entities.append(Self.entity("mention", words.utf16.count, 11)) }
        words += piece
      }
      let message = try read(words, entities.shuffled(using: &numbers).joined(separator: ","))
      guard words.contains("QQQ") else {
        #expect(message.entities == nil)
        continue
      }
      let entity = try #require(message.entities?.first, "\(words)")
      let units = Array(try #require(message.text).utf16)
      let stretch = units[entity.offset..<entity.offset + entity.length]
      #expect(String(decoding: stretch, as: UTF16.self) == "QQQ", "\(words)")
      #expect(message.entities?.count == 1)
    }
  }

  /// Formatted texts stay on the quick way, and both ways lead to the same.
  @Test(arguments: shifts)
  func bothWaysAgree(_ it: Shift) throws {
    let entities = Self.entity("bold", it.bold.lowerBound, it.bold.count)
    let quick = json(it.words, entities)
    #expect(UpdateScanner.scan(quick.span) != nil)
    // A field that the scanner does not know sends the same message by the other way.
    let tail = Array(#","has_protected_content":true}}"#.utf8)
    let slow = quick.dropLast(2) + tail
    #expect(UpdateScanner.scan(Array(slow).span) == nil)
    #expect(try reader.read(Array(slow)) == reader.read(quick))
  }
}
