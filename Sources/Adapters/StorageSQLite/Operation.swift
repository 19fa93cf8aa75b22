internal import Storage
internal import Synchronization

/// What an operation does to the database.
enum Access: Equatable, Sendable {
  /// Only reads.
  case read
  /// Writes only what may be lost when the power fails: that somebody has taken something to work
  /// on. It would only be taken once more. Nothing of it is lost when the process ends.
  case claim
  /// Writes something that must last.
  case write
}

/// Something to be done on the thread of the database.
protocol Operation: Sendable {
  var access: Access { get }
  /// Does it, and keeps the result; true when it succeeded.
  func run(on database: Database) -> StoreError?
  /// Answers the one who waits: with the error, or with the result that was kept.
  func finish(_ error: StoreError?)
}

/// An operation with its result.
final class TypedOperation<T: Sendable>: Operation {
  let access: Access
  private let body: @Sendable (Database) throws(StoreError) -> T
  private let continuation: CheckedContinuation<Result<T, StoreError>, Never>
  private let result = Mutex<Result<T, StoreError>?>(nil)

  init(
    access: Access, body: @escaping @Sendable (Database) throws(StoreError) -> T,
    continuation: CheckedContinuation<Result<T, StoreError>, Never>
  ) {
    self.access = access
    self.body = body
    self.continuation = continuation
  }

  func run(on database: Database) -> StoreError? {
    do throws(StoreError) {
      let value = try body(database)
      result.withLock { $0 = .success(value) }
      return nil
    } catch {
      result.withLock { $0 = .failure(error) }
      return error
    }
  }

  func finish(_ error: StoreError?) {
    if let error {
      continuation.resume(returning: .failure(error))
    } else {
      continuation.resume(returning: result.withLock { $0 } ?? .failure(.closed))
    }
  }
}
