internal import Conversation
internal import Gateways
internal import Platform
internal import Storage
internal import Synchronization

/// One answer job while it runs: the text so far, its preview, and the ways to end it early.
///
/// The job's own task writes the text; the worker's ticker shows previews and watches deadlines.
final class AnswerRun: Sendable {
  /// Why a request to the model is cut off.
  enum Cut: Equatable, Sendable {
    case interrupted(Interruption)
    /// No sign of life for too long, at the beginning or in the middle.
    case silent
  }

  private struct State {
    var text = ""
    var shown = ""
    var lastSign: Instant
    var firstTextAt: Instant?
    var pace: PreviewPace
    var cut: Cut?
    var interruption: Interruption?
    var inFlight = false
    var waiter: CheckedContinuation<Void, Never>?
    var typingAt: Instant?
    var announced = false
  }

  let work: AnswerWork
  let started: Instant
  private let state: Mutex<State>
  private let bell = Wakeup()

  init(_ work: AnswerWork, now: Instant) {
    self.work = work
    started = now
    state = Mutex(State(lastSign: now, pace: PreviewPace(start: now)))
    if work.stopRequested { interrupt(.stop) }
  }

  // MARK: The job's side

  /// Begins a request; the text starts again under the same preview.
  func beginAttempt(now: Instant) {
    state.withLock {
      $0.text = ""
      $0.lastSign = now
      $0.cut = $0.interruption.map(Cut.interrupted)
    }
  }

  /// Takes in more of the answer.
  func append(_ delta: ModelDelta, now: Instant) {
    state.withLock {
      $0.lastSign = now
      $0.text += delta.text
      if $0.firstTextAt == nil, !delta.text.isEmpty { $0.firstTextAt = now }
    }
  }

  /// Waits until the request is to be cut off; returns at once when it already is.
  func waitForCut() async {
    while state.withLock({ $0.cut }) == nil, !Task.isCancelled { await bell.rung() }
  }

  /// Waits until the job is ordered to stop or to vanish.
  func waitForInterruption() async {
    while interruption == nil, !Task.isCancelled { await bell.rung() }
  }

  /// How long a finished answer waits for its last preview.
  private static let previewPatience = Duration.seconds(5)

  /// Ends previews and waits for the one in flight, so that nothing overtakes the final message; but
  /// not for one that hangs.
  func finishPreviews(_ clock: Clock) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.lastPreview() }
      group.addTask {
        try? await clock.sleep(Self.previewPatience)
        self.previewDone(nil, .end)
      }
      await group.next()
      group.cancelAll()
    }
  }

  private func lastPreview() async {
    await withCheckedContinuation { continuation in
      let now = state.withLock { state in
        state.pace.end()
        if state.inFlight { state.waiter = continuation }
        return !state.inFlight
      }
      if now { continuation.resume() }
    }
  }

  var text: String { state.withLock { $0.text } }
  /// What the person has seen.
  var shown: String { state.withLock { $0.shown } }
  var cut: Cut? { state.withLock { $0.cut } }
  var interruption: Interruption? { state.withLock { $0.interruption } }
  var firstTextAt: Instant? { state.withLock { $0.firstTextAt } }

  // MARK: The worker's side

  /// Orders the job to stop or to vanish.
  func interrupt(_ interruption: Interruption) {
    state.withLock {
      guard $0.interruption != .drop else { return }
      $0.interruption = interruption
      $0.cut = .interrupted(interruption)
    }
    bell.ring()
  }

  /// Cuts the request off when nothing has come from the model for `limit`, neither since it began
  /// nor since the last piece: a stream that stalls is begun again while there is time.
  func checkSilence(limit: Duration, now: Instant) {
    let silent = state.withLock { state in
      guard state.cut == nil, now.since(state.lastSign) >= limit else {
        return false
      }
      state.cut = .silent
      return true
    }
    if silent { bell.ring() }
  }

  /// A preview to show.
  struct DuePreview: Sendable {
    /// The text so far; nil shows that the answer is being thought about.
    var text: String?
    /// Whether these are the first words that are shown.
    var isFirst: Bool
  }

  /// The preview that is due now; the caller must show it and tell with `previewDone`.
  func takePreview(now: Instant) -> DuePreview? {
    state.withLock { state in
      guard !state.inFlight, state.interruption == nil,
        let showing = state.pace.due(length: state.text.utf8.count, now: now)
      else { return nil }
      state.inFlight = true
      state.pace.sent(length: state.text.utf8.count, now: now)
      switch showing {
      case .thinking:
        return DuePreview(text: nil, isFirst: false)
      case .text:
        defer { state.announced = true }
        return DuePreview(text: state.text, isFirst: !state.announced)
      }
    }
  }

  /// Takes in what became of the preview.
  func previewDone(_ text: String?, _ outcome: PreviewOutcome) {
    let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
      state.inFlight = false
      switch outcome {
      case .shown: if let text { state.shown = text }
      case .failed: break
      case .end: state.pace.end()
      }
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  /// Whether the typing sign is due; Telegram shows it for five seconds. The caller must tell with
  /// `typingDone`.
  func takeTyping(now: Instant) -> Bool {
    state.withLock { state in
      if state.inFlight { return false }
      if let last = state.typingAt, now.since(last) < .milliseconds(4500) { return false }
      state.typingAt = now
      state.inFlight = true
      return true
    }
  }

  /// Takes in that the typing sign was sent.
  func typingDone() { previewDone(nil, .shown) }
}
