package import Conversation
package import Storage

extension SQLiteStore {
  package func claimSends(
    limit: Int, lease: Lease, now: Instant
  ) async throws(StoreError) -> [SendWork] {
    let claimed = try await writer.perform(.write) { database throws(StoreError) in
      try database.claimSends(limit: limit, lease: lease, now: now)
    }
    var works: [SendWork] = []
    works.reserveCapacity(claimed.count)
    for send in claimed {
      guard let message = send.message.decoded, message.parts.indices.contains(send.part) else {
        // The others are claimed already, whatever becomes of this one.
        try? await settleSend(
          send.id, part: send.part,
          .undelivered(reason: "the stored message can't be read", unreachable: false), now: now)
        continue
      }
      works.append(
        SendWork(
          id: send.id, address: send.address, message: message, part: send.part,
          edits: send.edits,
          replyTo: send.part == message.firstShown ? message.replyTo ?? send.replyTo : nil,
          failures: send.failures,
          unknowns: send.unknowns,
          interrupted: send.isInterrupted))
    }
    return works
  }

  package func settleSend(
    _ id: OutboxID, part: Int, _ settlement: SendSettlement, now: Instant
  ) async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.settleSend(id, part: part, settlement, now: now)
    }
  }
}
