package import Storage

/// What every store must do, whatever it is built on.
///
/// Each case gets a store of its own, empty. The backends' test targets run
/// `StorageContract.cases` as arguments of one parameterised test.
package enum StorageContract {
  /// One demand on a store.
  package struct Case: Sendable, CustomStringConvertible {
    /// What the store must do, in words.
    package let description: String
    /// Tries it; throws `ContractViolation` when the store does something else.
    package let run: @Sendable (any Store) async throws -> Void

    init(_ description: String, run: @escaping @Sendable (any Store) async throws -> Void) {
      self.description = description
      self.run = run
    }
  }

  /// All demands.
  package static let cases: [Case] =
    inboxCases + quarantineCases + dialogueCases + transcriptCases + migrationCases + answerCases
    + sendCases + editCases + erasingCases + careCases + randomCases + deskCases + findCases
    + browseCases + staffCases + relayCases + slotCases + topicCases + mergeCases + resendCases
    + deskCareCases
}

/// What a store did instead of what it must do.
package struct ContractViolation: Error, CustomStringConvertible {
  /// What was demanded, what was found, and where.
  package let description: String
}

func expect(
  _ condition: Bool, _ demand: String, file: StaticString = #fileID, line: Int = #line
) throws {
  guard condition else { throw ContractViolation(description: "\(demand) (\(file):\(line))") }
}

func expectEqual<T: Equatable>(
  _ found: T, _ wanted: T, _ demand: String, file: StaticString = #fileID, line: Int = #line
) throws {
  try expect(
    found == wanted, "\(demand): wanted \(wanted), found \(found)", file: file, line: line)
}

/// Demands that an operation fails in one way.
func expectError(
  _ wanted: StoreError, _ demand: String, file: StaticString = #fileID, line: Int = #line,
  _ operation: () async throws -> Void
) async throws {
  do {
    try await operation()
  } catch let error as StoreError {
    return try expectEqual(error, wanted, demand, file: file, line: line)
  }
  throw ContractViolation(description: "\(demand): nothing was thrown (\(file):\(line))")
}
