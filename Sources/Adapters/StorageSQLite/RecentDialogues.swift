internal import Conversation
internal import Storage
internal import Synchronization

/// The dialogues that were committed last, for every thread to load without asking the database.
///
/// Only the thread of the database puts something in, after the commit and before its caller is
/// answered; so whoever loads sees every commit that has returned. Should a dialogue be older than
/// the database's after all, a step on it meets a conflict, which takes it out.
final class RecentDialogues: Sendable {
  /// A dialogue that was committed, or nil where it must be read from the database.
  typealias Change = (address: ConversationAddress, stored: StoredDialogue?)

  private let known: Mutex<RecentValues<ConversationAddress, StoredDialogue>>

  /// Makes an empty memory for at most `limit` dialogues.
  init(limit: Int) { known = Mutex(RecentValues(limit: limit)) }

  subscript(address: ConversationAddress) -> StoredDialogue? {
    known.withLock { $0[address] }
  }

  /// Takes changes in, in their order.
  func apply(_ changes: [Change]) {
    known.withLock { known in
      for change in changes { known[change.address] = change.stored }
    }
  }

  /// Forgets everything.
  func removeAll() { known.withLock { $0.removeAll() } }
}
