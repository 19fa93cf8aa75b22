internal import Conversation
internal import Gateways
internal import TelegramTypes

/// The words of a message, seen by one bot: whether they are for it, and which command they hold.
struct AddressedText {
  /// The words without the mentions of the bot and without the addressee of a command.
  private(set) var text: String
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
      return
    }
    let units = Array(words.utf16)
    let username = Self.folded(bot.username.utf16)
    var cuts: [Range<Int>] = []
    // The end of what stands before the words proper: mentions of the bot and the space after them.
    var head = Self.skipSpace(units, 0)
    var found: (name: String, end: Int)?
    for entity in entities.sorted(by: { $0.offset < $1.offset }) {
      guard let range = Self.range(of: entity, in: units) else { continue }
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
        InboundMessage.Command(name: found.name, argument: Self.without(cuts, units, $0))
      }
    }
    text = cuts.isEmpty ? words : Self.without(cuts, units, 0..<units.count)
  }

  /// The text of `range` without the cuts: one space where there were two, no space or comma left at
  /// its ends.
  private static func without(_ cuts: [Range<Int>], _ units: [UInt16], _ range: Range<Int>)
    -> String
  {
    var kept: [UInt16] = []
    var at = range.lowerBound
    for cut in cuts where cut.upperBound > range.lowerBound {
      kept += units[at..<max(at, cut.lowerBound)]
      at = max(at, cut.upperBound)
      // What belonged to the mention goes with it: the comma of an address, one of two spaces.
      if kept.allSatisfy(isSpace) {
        at = skipSpace(units, at, andCommas: true)
      } else if at < units.count, !isSpace(units[at]) {
        while let last = kept.last, isSpace(last), isPunctuation(units[at]) { kept.removeLast() }
      } else if kept.last.map(isSpace) == true {
        at = skipSpace(units, at)
      }
    }
    kept += units[at..<max(at, range.upperBound)]
    let start = kept.firstIndex { !isSpace($0) } ?? kept.endIndex
    let end = (kept.lastIndex { !isSpace($0) }).map { $0 + 1 } ?? start
    return String(decoding: kept[start..<end], as: UTF16.self)
  }

  private static func range(of entity: TelegramMessageEntity, in units: [UInt16]) -> Range<Int>? {
    guard
      entity.offset >= 0, entity.length > 0, entity.offset < units.count,
      entity.length <= units.count - entity.offset
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
