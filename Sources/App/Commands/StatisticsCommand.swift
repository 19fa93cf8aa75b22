internal import Conversation
internal import Desk
internal import Platform
internal import Storage
internal import StorageSQLite

/// `switchboard stats`: the figures of the operators' work today. It may run while the program
/// serves.
struct StatisticsCommand: Sendable {
  let setup: Setup

  func run() async -> ExitStatus {
    guard case .file(let path) = setup.configuration.store.database else {
      printError("switchboard: DATABASE_URL names no SQLite file; set it to sqlite:PATH")
      return .usage
    }
    let operators = setup.configuration.operators
    let time = WorkingTime(hours: operators.workingHours, zone: operators.timeZone)
    do {
      let store = try await SQLiteStore.open(path: path, role: .administration)
      let report = DeskReport(
        store: store, texts: setup.texts, language: operators.language,
        startOfDay: { time.startOfDay($0) })
      print(try await report.day(of: Clock.system.now()))
      await store.close()
      return .well
    } catch {
      printError("switchboard: the store cannot be used: \(error)")
      return .trouble
    }
  }
}
