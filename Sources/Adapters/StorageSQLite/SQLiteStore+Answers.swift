package import Conversation
package import Storage

extension SQLiteStore {
  package func claimAnswers(
    limit: Int, lease: Lease, now: Instant
  ) async throws(StoreError) -> [AnswerWork] {
    let claimed = try await writer.perform(.claim) { database throws(StoreError) in
      try database.claimAnswers(limit: limit, lease: lease, now: now)
    }
    var works: [AnswerWork] = []
    works.reserveCapacity(claimed.count)
    for answer in claimed {
      guard let job = answer.job.decoded else {
        // The dialogue waits for this job: it must hear that it has failed. The others are claimed
        // already, whatever becomes of this one.
        _ = try? await finishAnswer(
          answer.id, outcome: .failed(job: answer.jobID, .couldNotAnswer), now: now)
        continue
      }
      works.append(
        AnswerWork(
          id: answer.id, conversation: answer.conversation, address: answer.address, job: job,
          attempts: answer.attempts, stopRequested: answer.stopRequested))
    }
    return works
  }

  package func interruptions(
    owner: String
  ) async throws(StoreError) -> [OutboxID: Interruption] {
    try await writer.perform(.read) { database throws(StoreError) in
      try database.interruptions(owner: owner)
    }
  }

  package func renewAnswers(_ jobs: [OutboxID], lease: Lease) async throws(StoreError) {
    try await writer.perform(.claim) { database throws(StoreError) in
      try database.renewAnswers(jobs, lease: lease)
    }
  }

  package func announceAnswer(_ job: OutboxID, now: Instant) async throws(StoreError) -> Bool {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.announceAnswer(job, now: now)
    }
  }

  package func finishAnswer(
    _ job: OutboxID, outcome: AnswerOutcome, now: Instant
  ) async throws(StoreError) -> Bool {
    let json = Codec.encode(InboxEvent.answer(outcome))
    return try await writer.perform(.write) { database throws(StoreError) in
      try database.finishAnswer(job, outcome: outcome, json: json, now: now)
    }
  }

  package func releaseAnswer(_ job: OutboxID) async throws(StoreError) {
    try await writer.perform(.write) { database throws(StoreError) in
      try database.releaseAnswer(job)
    }
  }
}
