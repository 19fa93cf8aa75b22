internal import Conversation
internal import Gateways
internal import TelegramTypes

/// The words of a message, seen by one bot: whether they are for it, and which command they hold.
struct AddressedText {
  /// The words without the mentions of the bot and without the addressee of a command.
  private(set) var text: String
  /// The formatting of `text`; nil when there is none.
  private(set) var entities: [FormattedText.Entity]?
  /// The command that they begin with.
  private(set) var command: InboundMessage.Command?
  /// Whether the bot is mentioned, or given a command by its name.
  private(set) var isForBot = false
  /// Whether the command names another bot.
  private(set) var commandIsForAnother = false

  init(_ words: String, entities: [TelegramMessageEntity], bot: BotIdentity) {
    let relevant = entities.contains {
      $0.type == "mention" || $0.type == "text_mention" || $0.type == "bot_command"
    }
    guard relevant else {
      text = words
      if !entities.isEmpty { self.entities = Self.formatting(entities, words.utf16.count) { $0 } }
      return
    }
    let units = Array(words.utf16)
    let username = Self.folded(bot.username.utf16)
    var cuts: [Range<Int>] = []
    // The end of what stands before the words proper: mentions of the bot and the space after them.
    var head = Self.skipSpace(units, 0)
    var found: (name: String, end: Int)?
    for entity in entities.sorted(by: { $0.offset < $1.offset }) {
      guard let range = Self.range(of: entity, in: units.count) else { continue }
      switch entity.type {
      case "mention" where !username.isEmpty && Self.folded(units[range].dropFirst()) == username,
        "text_mention" where entity.user?.id == bot.id.rawValue:
        isForBot = true
        cuts.append(range)
        if range.lowerBound == head {
          head = Self.skipSpace(units, range.upperBound, andCommas: true)
        }
      case "bot_command" where range.lowerBound == head && found == nil:
        let part = units[range].dropFirst()
        let name = part.prefix { $0 != UInt16(UInt8(ascii: "@")) }
        let addressee = part.dropFirst(name.count).dropFirst()
        if !addressee.isEmpty {
          if Self.folded(addressee) == username {
            isForBot = true
          } else {
            commandIsForAnother = true
          }
          cuts.append(name.endIndex..<range.upperBound)
        }
        found = (String(decoding: name, as: UTF16.self).lowercased(), range.upperBound)
      default: continue
      }
    }
    let rest = found.map { $0.end..<units.count }
    command = found.flatMap { found in
      rest.map {
        let argument = Self.without(cuts, units, $0)
        return InboundMessage.Command(name: found.name, argument: Self.text(of: argument, units))
      }
    }
    guard !cuts.isEmpty else {
      text = words
      self.entities = Self.formatting(entities, units.count) { $0 }
      return
    }
    let kept = Self.without(cuts, units, 0..<units.count)
    text = Self.text(of: kept, units)
    self.entities = Self.formatting(entities, units.count) { offset in
      // How many of the units before it were kept.
      kept.partition(before: offset)
    }
  }

  /// The entities that somebody chose, where they stand after `moved`; what nothing is left of, and
  /// what does not fit a text of so many units, is dropped.
  private static func formatting(
    _ entities: [TelegramMessageEntity], _ count: Int, moved: (Int) -> Int
  ) -> [FormattedText.Entity]? {
    let kept = entities.compactMap { entity -> FormattedText.Entity? in
      guard
        let kind = FormattedText.Entity.Kind(entity), let range = range(of: entity, in: count)
      else { return nil }
      let start = moved(range.lowerBound)
      let end = moved(range.upperBound)
      return start < end ? FormattedText.Entity(kind, offset: start, length: end - start) : nil
    }
    // Outer ones first.
    return kept.isEmpty
      ? nil : kept.sorted { ($0.offset, $1.length) < ($1.offset, $0.length) }
  }

  private static func text(of kept: ArraySlice<Int>, _ units: [UInt16]) -> String {
    String(decoding: kept.map { units[$0] }, as: UTF16.self)
  }

  /// Which units of `range` are left without the cuts: one space where there were two, no space or
  /// comma at the ends.
  private static func without(_ cuts: [Range<Int>], _ units: [UInt16], _ range: Range<Int>)
    -> ArraySlice<Int>
  {
    var kept: [Int] = []
    var at = range.lowerBound
    for cut in cuts where cut.upperBound > range.lowerBound {
      kept += at..<max(at, cut.lowerBound)
      at = max(at, cut.upperBound)
      // What belonged to the mention goes with it: the comma of an address, one of two spaces.
      if kept.allSatisfy({ isSpace(units[$0]) }) {
        at = skipSpace(units, at, andCommas: true)
      } else if at < units.count, !isSpace(units[at]) {
        while let last = kept.last, isSpace(units[last]), isPunctuation(units[at]) {
          kept.removeLast()
        }
      } else if let last = kept.last, isSpace(units[last]) {
        at = skipSpace(units, at)
      }
    }
    kept += at..<max(at, range.upperBound)
    let start = kept.firstIndex { !isSpace(units[$0]) } ?? kept.endIndex
    let end = (kept.lastIndex { !isSpace(units[$0]) }).map { $0 + 1 } ?? start
    return kept[start..<end]
  }

  private static func range(of entity: TelegramMessageEntity, in count: Int) -> Range<Int>? {
    guard
      entity.offset >= 0, entity.length > 0, entity.offset < count,
      entity.length <= count - entity.offset
    else { return nil }
    return entity.offset..<entity.offset + entity.length
  }

  /// Usernames are ASCII and compared without regard to case.
  private static func folded(_ units: some Sequence<UInt16>) -> [UInt16] {
    units.map { (65...90).contains($0) ? $0 + 32 : $0 }
  }

  private static func skipSpace(_ units: [UInt16], _ from: Int, andCommas: Bool = false) -> Int {
    var at = from
    while at < units.count, isSpace(units[at]) || andCommas && isComma(units[at]) { at += 1 }
    return at
  }

  private static func isSpace(_ unit: UInt16) -> Bool { unit == 32 || (9...13).contains(unit) }
  /// A comma or a colon, which set an address apart from what follows.
  private static func isComma(_ unit: UInt16) -> Bool { unit == 0x2C || unit == 0x3A }
  /// What stands at the end of a word: `!,.:;?`.
  private static func isPunctuation(_ unit: UInt16) -> Bool {
    [0x21, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F].contains(unit)
  }
}

extension ArraySlice<Int> {
  /// How many elements of an ascending slice are less than `bound`.
  fileprivate func partition(before bound: Int) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low - startIndex
  }
}

extension FormattedText.Entity.Kind {
  /// What a writer chose; nil for what Telegram finds by itself in every text (mentions, hashtags,
  /// addresses …), and for what only Telegram's own clients may send.
  fileprivate init?(_ entity: TelegramMessageEntity) {
    switch entity.type {
    case "bold": self = .bold
    case "italic": self = .italic
    case "underline": self = .underline
    case "strikethrough": self = .strikethrough
    case "spoiler": self = .spoiler
    case "code": self = .code
    case "blockquote", "expandable_blockquote": self = .blockquote
    case "pre": self = .pre(language: entity.language)
    case "text_link":
      guard let url = entity.url, Self.isOrdinary(url) else { return nil }
      self = .link(url: url)
    default: return nil
    }
  }

  /// Whether an address does no more than lead somewhere.
  private static func isOrdinary(_ url: String) -> Bool {
    guard let colon = url.firstIndex(of: ":") else { return false }
    return ["http", "https", "tg", "mailto", "tel"].contains(url[..<colon].lowercased())
  }
}
