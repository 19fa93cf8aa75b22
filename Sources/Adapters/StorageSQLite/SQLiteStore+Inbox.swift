package import Conversation
internal import Foundation
package import Storage

extension SQLiteStore {
  package func admit(
    _ entries: [NewInboxEntry], now: Instant
  ) async throws(StoreError) -> [Bool] {
    guard !entries.isEmpty else { return [] }
    let admissions = entries.map { (entry: $0, json: Codec.encode($0.event)) }
    return try await writer.perform(.write) { database throws(StoreError) in
      var answers: [Bool] = []
      for (entry, json) in admissions {
        answers.append(try database.admit(entry, json: json, writer: entry.event.writer, now: now))
      }
      return answers
    }
  }

  package func claim(
    limit: Int, lease: Lease, now: Instant
  ) async throws(StoreError) -> [InboxWork] {
    let claimed = try await writer.perform(.claim) { database throws(StoreError) in
      try database.claim(limit: limit, lease: lease, now: now)
    }
    var works: [InboxWork] = []
    works.reserveCapacity(claimed.count)
    var unreadable: [InboxID] = []
    for work in claimed {
      var entries: [InboxEntry] = []
      for entry in work.entries {
        guard let event = entry.event.decoded else {
          unreadable.append(entry.id)
          continue
        }
        entries.append(
          InboxEntry(
            id: entry.id, event: event, receivedAt: entry.receivedAt, attempts: entry.attempts))
      }
      if !entries.isEmpty { works.append(InboxWork(address: work.address, entries: entries)) }
    }
    if !unreadable.isEmpty {
      // The others are claimed already, whatever becomes of these.
      try? await quarantine(
        unreadable, reason: "the stored event can't be read", telling: nil, now: now)
    }
    return works
  }

  package func release(
    _ entries: [InboxID], reason: String, retryAt: Instant, counted: Bool
  ) async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.release(entries, reason: reason, retryAt: retryAt, counted: counted)
    }
  }

  package func quarantine(
    _ entries: [InboxID], reason: String, telling: NewOutboxEntry?, now: Instant
  ) async throws(StoreError) {
    let telling = telling.map { EncodedOutboxEntry($0) }
    try await writer.perform(.write) { database throws(StoreError) in
      let origin = try database.quarantine(entries, reason: reason)
      guard let telling, let origin else { return }
      let conversation = try database.conversation(at: origin.lane)
      try database.enqueue(telling, conversation, origin.lane, for: origin.writer, now: now)
    }
  }

  package func quarantined(limit: Int) async throws(StoreError) -> [QuarantinedEntry] {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.quarantined(limit: limit)
    }
  }

  package func retryQuarantined(_ id: InboxID, now: Instant) async throws(StoreError) -> Bool {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.retryQuarantined(id, now: now)
    }
  }

  package func dropQuarantined(_ id: InboxID) async throws(StoreError) -> Bool {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.dropQuarantined(id)
    }
  }
}
