internal import Conversation
internal import Foundation
internal import Storage

/// An outbox entry with its JSON.
struct EncodedOutboxEntry: Sendable {
  var entry: NewOutboxEntry
  var json: Data

  init(_ entry: NewOutboxEntry) {
    self.entry = entry
    json =
      switch entry {
      case .answer(let job): Codec.encode(job)
      case .send(let message): Codec.encode(message)
      }
  }
}

/// An answer job that was claimed, perhaps still to be decoded.
struct ClaimedAnswer: Sendable {
  var id: OutboxID
  var conversation: ConversationID
  var address: ConversationAddress
  var jobID: AnswerJobID
  var job: Stored<AnswerJob>
  var attempts: Int
  var stopRequested: Bool
}

extension Database {
  /// Puts an entry into the outbox, due at once. A message is for the person `asker`.
  func enqueue(
    _ encoded: EncodedOutboxEntry, _ conversation: ConversationID, _ address: ConversationAddress,
    for asker: PersonID?, now: Instant
  ) throws(StoreError) {
    switch encoded.entry {
    case .answer(let job):
      try connection.run(
        """
        INSERT INTO answers(conversation, bot, chat, topic, person, asked_at, due, job_id, asker,
          job)
        VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """, .id(conversation), address.botValue, address.chatValue, address.topicValue,
        address.personValue, .time(job.question.at), .time(now), .id(job.id),
        .id(job.question.person), .blob(encoded.json))
      jobs[OutboxID(connection.lastInsertedID)] = job
    case .send(let message):
      try enqueue(message, encoded.json, conversation, address, for: asker, now: now)
    }
  }

  /// Takes up to `limit` jobs that are due.
  func claimAnswers(
    limit: Int, lease: Lease, now: Instant
  ) throws(StoreError) -> [ClaimedAnswer] {
    let claimed = try connection.rows(
      """
      SELECT id, conversation, bot, chat, topic, person, job_id, attempts, interruption, job
      FROM answers WHERE due <= ? ORDER BY due, id LIMIT ?
      """, .time(now), .count(limit)
    ) { (row) throws(StoreError) in
      let id: OutboxID = row.id(0)
      return ClaimedAnswer(
        id: id, conversation: row.id(1), address: row.address(2), jobID: row.id(6),
        job: jobs[id].map { .value($0) } ?? .json(row.blob(9)), attempts: row.count(7) + 1,
        stopRequested: row.optionalText(8) == Interruption.stop.rawValue)
    }
    for answer in claimed {
      try connection.run(
        "UPDATE answers SET attempts = attempts + 1, owner = ?2, due = ?3 WHERE id = ?1",
        .id(answer.id), .text(lease.owner), .time(lease.until))
    }
    return claimed
  }

  /// Interrupts a job. One that nobody holds and that was dropped is gone at once; one that is
  /// held stays for its holder to learn of it.
  func interrupt(
    _ job: AnswerJobID, _ interruption: Interruption, now: Instant
  ) throws(StoreError) {
    switch interruption {
    case .stop:
      try connection.run(
        "UPDATE answers SET interruption = 'stop' WHERE job_id = ? AND interruption IS NULL",
        .id(job))
    case .drop:
      try connection.run("DELETE FROM answers WHERE job_id = ? AND owner IS NULL", .id(job))
      try connection.run(
        """
        UPDATE answers SET interruption = 'drop', due = NULL, dropped_at = coalesce(dropped_at, ?2)
        WHERE job_id = ?1
        """, .id(job), .time(now))
    }
  }

  /// Which of the jobs that `owner` holds are to stop or to be dropped.
  func interruptions(owner: String) throws(StoreError) -> [OutboxID: Interruption] {
    var interruptions: [OutboxID: Interruption] = [:]
    let rows = try connection.rows(
      "SELECT id, interruption FROM answers WHERE owner = ? AND interruption IS NOT NULL",
      .text(owner)
    ) { (row) throws(StoreError) in (row.id(0, OutboxID.self), Interruption(rawValue: row.text(1)))
    }
    for (id, interruption) in rows { interruptions[id] = interruption }
    return interruptions
  }

  /// Lengthens the leases on those of the jobs that the owner holds.
  func renewAnswers(_ jobs: [OutboxID], lease: Lease) throws(StoreError) {
    for job in jobs {
      try connection.run(
        "UPDATE answers SET due = ?3 WHERE id = ?1 AND owner = ?2 AND due IS NOT NULL", .id(job),
        .text(lease.owner), .time(lease.until))
    }
  }

  /// What a job's row tells while it is worked on.
  private typealias AnswerRow = (
    job: AnswerJobID, address: ConversationAddress, askedAt: Instant, asker: PersonID?,
    interruption: Interruption?
  )

  private func answer(_ id: OutboxID) throws(StoreError) -> AnswerRow? {
    try connection.first(
      """
      SELECT job_id, bot, chat, topic, person, asked_at, asker, interruption FROM answers
      WHERE id = ?
      """, .id(id)
    ) { (row) throws(StoreError) in
      let interruption = row.optionalText(7).flatMap { Interruption(rawValue: $0) }
      return (row.id(0), row.address(1), row.time(5), row.optionalID(6), interruption)
    }
  }

  /// Admits that a job's answer appears; false when it was interrupted or has ended. Saying it once
  /// more, after another has taken the job, changes nothing, so no key is remembered for it.
  func announceAnswer(_ id: OutboxID, now: Instant) throws(StoreError) -> Bool {
    guard let row = try answer(id), row.interruption == nil else { return false }
    let event = InboxEvent.answerAppeared(row.job)
    return try admit(
      NewInboxEntry(sourceKeys: [], address: row.address, event: event, notBefore: now),
      json: Codec.encode(event), writer: row.asker, now: now)
  }

  /// Ends a job and admits its outcome; false when it was dropped or has ended before. That its row
  /// ends with it keeps an outcome from coming twice, so no key is remembered for it.
  func finishAnswer(
    _ id: OutboxID, outcome: AnswerOutcome, json: Data, now: Instant
  ) throws(StoreError) -> Bool {
    guard let row = try answer(id) else { return false }
    try connection.run("DELETE FROM answers WHERE id = ?", .id(id))
    jobs[id] = nil
    guard row.interruption != .drop else { return false }
    return try admit(
      NewInboxEntry(
        sourceKeys: [], address: row.address, event: .answer(outcome), notBefore: now,
        askedAt: row.askedAt),
      json: json, writer: row.asker, now: now)
  }

  /// Gives a job back, this try not counted; one that was dropped meanwhile is gone.
  func releaseAnswer(_ id: OutboxID) throws(StoreError) {
    try connection.run("DELETE FROM answers WHERE id = ? AND interruption = 'drop'", .id(id))
    try connection.run(
      "UPDATE answers SET owner = NULL, due = 0, attempts = max(0, attempts - 1) WHERE id = ?",
      .id(id))
  }
}
