internal import Conversation

/// Times as RFC 3339 writes them: `2026-01-31T12:00:00.000Z`.
enum Timestamp {
  /// The times whose UTC year has four digits: others can't be written.
  static let range =
    Instant(milliseconds: -62_167_219_200_000)...Instant(milliseconds: 253_402_300_799_999)

  /// The text of a time, in UTC, with milliseconds.
  static func text(_ instant: Instant) -> String {
    let (days, millisecond) = instant.milliseconds.flooredDivision(by: 86_400_000)
    let (year, month, day) = date(days)
    let second = millisecond / 1_000
    return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T"
      + padded(second / 3_600, 2) + ":" + padded(second / 60 % 60, 2) + ":"
      + padded(second % 60, 2) + "." + padded(millisecond % 1_000, 3) + "Z"
  }

  /// The time of a text; nil when it is none, or beyond `range`. Of a fraction the first three digits
  /// count; a leap second is the first one after it. Foundation's parser also takes the 30th of
  /// February, and whatever follows a time.
  static func instant(_ text: String) -> Instant? {
    let pattern =
      #/(\d{4})-(\d\d)-(\d\d)[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))/#
      .asciiOnlyDigits()
    guard let match = text.wholeMatch(of: pattern)?.output,
      let year = Int64(match.1), let month = Int64(match.2), let day = Int64(match.3),
      let hour = Int64(match.4), let minute = Int64(match.5), let second = Int64(match.6),
      (1...12).contains(month), (1...length(month, year)).contains(day),
      hour < 24, minute < 60, second <= 60
    else { return nil }
    let fraction = Int64(((match.7 ?? "") + "000").prefix(3)) ?? 0
    let offsetHours = match.9.flatMap { Int64($0) } ?? 0
    let offsetMinutes = match.10.flatMap { Int64($0) } ?? 0
    guard offsetHours < 24, offsetMinutes < 60 else { return nil }
    let offset = (offsetHours * 60 + offsetMinutes) * (match.8 == "-" ? -1 : 1)
    let minutes = days(year, month, day) * 1_440 + hour * 60 + minute - offset
    let instant = Instant(milliseconds: (minutes * 60 + second) * 1_000 + fraction)
    return range.contains(instant) ? instant : nil
  }

  // The proleptic Gregorian calendar, in years that begin with March, so that the leap day is last:
  // Richards, "Mapping Time", and Hinnant's "chrono-compatible low-level date algorithms".

  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let (era, yearOfEra) = shifted.flooredDivision(by: 400)
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  private static func date(_ days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
  }

  private static func length(_ month: Int64, _ year: Int64) -> Int64 {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  /// Quotient and remainder, the remainder never negative.
  fileprivate func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
