/// The hours of a week in which people answer.
struct WorkingHours: Sendable, Equatable {
  typealias Malformed = SettingReader.Malformed

  /// A stretch of working time that begins on one day.
  struct Shift: Sendable, Equatable {
    /// The day on which it begins, 1 for Monday to 7 for Sunday.
    var day: Int
    /// When it begins, in minutes since midnight.
    var start: Int
    /// When it ends, in minutes since midnight of the same day; more than 1,440 when it ends after
    /// the next midnight.
    var end: Int
  }

  /// The shifts, by day and beginning.
  var shifts: [Shift]

  /// Reads hours such as `Mon-Fri 09:00-18:00, Sat 10:00-14:00` or `Mon, Wed 22:00-06:00`.
  ///
  /// Days may also be written in Russian; a range of days may run over the end of the week.
  init(_ text: String) throws(Malformed) {
    shifts = []
    var days: [Int] = []
    for entry in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }) {
      let words = entry.split(whereSeparator: \.isWhitespace)
      guard (1...2).contains(words.count) else { throw Self.malformed }
      days += try Self.days(words[0])
      guard words.count == 2 else { continue }
      let (start, end) = try Self.hours(words[1])
      shifts += days.map { Shift(day: $0, start: start, end: end) }
      days = []
    }
    guard days.isEmpty, !shifts.isEmpty else { throw Self.malformed }
    shifts.sort { ($0.day, $0.start) < ($1.day, $1.start) }
  }

  private static let malformed = Malformed(
    "is not a list of days with hours", "write them like Mon-Fri 09:00-18:00, Sat 10:00-14:00")

  private static let names = [
    ["mon", "пн"], ["tue", "вт"], ["wed", "ср"], ["thu", "чт"], ["fri", "пт"], ["sat", "сб"],
    ["sun", "вс"],
  ]

  private static func days(_ word: Substring) throws(Malformed) -> [Int] {
    let ends = range(word)
    guard let first = day(ends.first), let last = day(ends.last), ends.count <= 2 else {
      throw malformed
    }
    return (0...(last - first + 7) % 7).map { (first - 1 + $0) % 7 + 1 }
  }

  private static func day(_ word: Substring?) -> Int? {
    guard let word, let index = names.firstIndex(where: { $0.contains(word.lowercased()) }) else {
      return nil
    }
    return index + 1
  }

  private static func hours(_ word: Substring) throws(Malformed) -> (start: Int, end: Int) {
    let ends = range(word)
    guard ends.count == 2, let start = minutes(ends[0]), let end = minutes(ends[1]),
      start < 1440, start != end
    else { throw malformed }
    return (start, end > start ? end : end + 1440)
  }

  private static func minutes(_ word: Substring) -> Int? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].count == 2, let hour = Int(parts[0]),
      let minute = Int(parts[1]),
      (0...24).contains(hour), (0...59).contains(minute), hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }

  private static func range(_ word: Substring) -> [Substring] {
    word.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "–" || $0 == "—" }
  }
}
