internal import Conversation
internal import Foundation
internal import Platform
internal import Storage
internal import StorageSQLite

/// `switchboard quarantine`: shows and handles updates that could not be processed. It may run
/// while the program serves.
struct QuarantineCommand: Sendable {
  let setup: Setup
  let action: Command.Quarantine

  /// How many entries are listed at most.
  private static let limit = 1_000

  func run() async -> ExitStatus {
    guard case .file(let path) = setup.configuration.store.database else {
      printError("switchboard: DATABASE_URL names no SQLite file; set it to sqlite:PATH")
      return .usage
    }
    do {
      let store = try await SQLiteStore.open(path: path, role: .administration)
      let status = try await perform(on: store)
      await store.close()
      return status
    } catch {
      printError("switchboard: the store cannot be used: \(error)")
      return .trouble
    }
  }

  private func perform(on store: any Store) async throws(StoreError) -> ExitStatus {
    switch action {
    case .list:
      let entries = try await store.quarantined(limit: Self.limit)
      print("id\tchat\treceived\tattempts\treason")
      for entry in entries { print(line(entry)) }
      return .well
    case .retry(let id):
      let now = Clock.system.now()
      return found(try await store.retryQuarantined(InboxID(id), now: now), id, "put back")
    case .drop(let id):
      return found(try await store.dropQuarantined(InboxID(id)), id, "dropped")
    }
  }

  private func line(_ entry: QuarantinedEntry) -> String {
    let received = Date(timeIntervalSince1970: Double(entry.receivedAt.milliseconds) / 1000)
    return [
      "\(entry.id)", "\(entry.address.chat)", received.formatted(.iso8601), "\(entry.attempts)",
      entry.reason,
    ].joined(separator: "\t")
  }

  private func found(_ found: Bool, _ id: Int64, _ what: String) -> ExitStatus {
    if found {
      print("\(id) \(what)")
      return .well
    }
    printError("switchboard: there is no entry \(id) in quarantine; see: quarantine list")
    return .trouble
  }
}
