internal import Conversation
internal import Foundation
internal import Synchronization

/// When operators are there, by the clock of the place where they are.
final class WorkingTime: Sendable {
  /// The hours of a week; nil when somebody is always there.
  let hours: WorkingHours?
  private let calendar: Calendar
  /// The answer of the newest minute: calendars are slow, and hours change with the minute.
  private let newest = Mutex<(minute: Int64, opensAt: Instant?)?>(nil)

  /// Makes working time. `zone` is a name of the IANA database, which was verified before.
  init(hours: WorkingHours?, zone: String) {
    self.hours = hours
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: zone) ?? .gmt
    self.calendar = calendar
  }

  /// When operators are there again; nil when they are there at that time.
  func opensAt(_ now: Instant) -> Instant? {
    guard let hours else { return nil }
    let minute = now.milliseconds / 60_000
    if let known = newest.withLock({ $0 }), known.minute == minute { return known.opensAt }
    let opensAt = opensAt(Instant(seconds: minute * 60), hours)
    newest.withLock { $0 = (minute, opensAt) }
    return opensAt
  }

  private func opensAt(_ now: Instant, _ hours: WorkingHours) -> Instant? {
    let date = now.date
    var next: Date?
    // A shift of yesterday may still last; the next one begins within a week.
    for offset in -1...7 {
      guard let midnight = midnight(of: date, plus: offset) else { continue }
      let day = (calendar.component(.weekday, from: midnight) + 5) % 7 + 1
      for shift in hours.shifts where shift.day == day {
        guard let start = moment(shift.start, after: midnight),
          let end = moment(shift.end, after: midnight)
        else { continue }
        if start <= date, date < end { return nil }
        if start > date, next.map({ start < $0 }) ?? true { next = start }
      }
    }
    return next.map { Instant(milliseconds: Int64($0.timeIntervalSince1970 * 1_000)) }
  }

  /// When the day began to which a time belongs.
  func startOfDay(_ now: Instant) -> Instant {
    Instant(
      milliseconds: Int64(calendar.startOfDay(for: now.date).timeIntervalSince1970 * 1_000))
  }

  /// A time of the next days, as people say it.
  func face(_ at: Instant, _ language: Language) -> String {
    let parts = calendar.dateComponents([.weekday, .hour, .minute], from: at.date)
    let day = ((parts.weekday ?? 1) + 5) % 7
    let time = String(format: "%d:%02d", parts.hour ?? 0, parts.minute ?? 0)
    switch language {
    case .russian:
      let days = [
        "в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу",
        "в воскресенье",
      ]
      return "\(days[day]) в \(time)"
    case .english:
      let days = [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
      ]
      return "on \(days[day]) at \(time)"
    }
  }

  private func midnight(of date: Date, plus days: Int) -> Date? {
    calendar.date(byAdding: .day, value: days, to: calendar.startOfDay(for: date))
  }

  /// A time of day by the clock on the wall, which a change of summer time moves.
  private func moment(_ minutes: Int, after midnight: Date) -> Date? {
    guard let day = calendar.date(byAdding: .day, value: minutes / 1_440, to: midnight) else {
      return nil
    }
    return calendar.date(
      bySettingHour: minutes % 1_440 / 60, minute: minutes % 60, second: 0, of: day)
  }
}

extension Instant {
  fileprivate var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1_000) }
}
