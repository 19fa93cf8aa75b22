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
  @Test("with a memory for no value", arguments: StorageContract.cases)
  func withoutMemory(_ demand: StorageContract.Case) async throws {
    let store = try await SQLiteStore.open(
      path: SQLiteStore.inMemory, options: .init(recentLimit: 0))
    try await demand.run(store)
    await store.close()
  }
}
