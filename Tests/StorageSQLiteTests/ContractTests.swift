import Foundation
import Storage
import StorageContract
import StorageSQLite
import Testing

@Suite("The contract of storage, on SQLite")
struct ContractTests {
  @Test("in a file", arguments: StorageContract.cases)
  func file(_ demand: StorageContract.Case) async throws {
    let folder = try TemporaryFolder()
    let store = try await SQLiteStore.open(path: folder.database)
    try await demand.run(store)
    await store.close()
  }

  @Test("in memory", arguments: StorageContract.cases)
  func memory(_ demand: StorageContract.Case) async throws {
    let store = try await SQLiteStore.open(path: SQLiteStore.inMemory)
    try await demand.run(store)
    await store.close()
  }

  /// With nothing remembered everything is decoded from what is stored.
  @Test("with a memory for one value", arguments: StorageContract.cases)
  func withoutMemory(_ demand: StorageContract.Case) async throws {
    let store = try await SQLiteStore.open(
      path: SQLiteStore.inMemory, options: .init(recentLimit: 0))
    try await demand.run(store)
    await store.close()
  }
}

/// A folder that ends with its test.
final class TemporaryFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var database: String { url.appending(path: "data/switchboard.db").path }
}
