import Assist
import Conversation
import Gateways
import Testing

@Suite struct AttemptPlanTests {
  private let plenty = Duration.seconds(100)

  @Test(arguments: [
    (ModelError.Kind.timedOut, AnswerFailure.tookTooLong), (.rateLimited, .busy),
    (.unavailable, .couldNotAnswer), (.unreachable, .couldNotAnswer),
    (.interrupted, .couldNotAnswer), (.malformed, .couldNotAnswer),
  ])
  func whatMayPassIsTriedThreeTimes(_ kind: ModelError.Kind, _ failure: AnswerFailure) {
    var plan = AttemptPlan(models: 1)
    let error = ModelError(kind)
    expectEqual(
      plan.next(after: error, remaining: plenty, jitter: 0), .again(after: .milliseconds(500)))
    expectEqual(plan.next(after: error, remaining: plenty, jitter: 0), .again(after: .seconds(1)))
    expectEqual(plan.next(after: error, remaining: plenty, jitter: 0), .giveUp(failure))
  }

  @Test(arguments: [
    ModelError.Kind.keyRefused, .outOfMoney, .modelUnknown, .toolsUnsupported, .refused,
  ])
  func whatWouldFailAgainGoesToTheNextModelAtOnce(_ kind: ModelError.Kind) {
    var plan = AttemptPlan(models: 2)
    expectEqual(plan.next(after: ModelError(kind), remaining: plenty, jitter: 0), .nextModel)
    expectEqual(
      plan.next(after: ModelError(kind), remaining: plenty, jitter: 0), .giveUp(.couldNotAnswer))
  }

  @Test func whoWasSilentOnceIsNotWaitedForAgainWhenThereIsAnother() {
    var plan = AttemptPlan(models: 2)
    let error = ModelError(.timedOut)
    expectEqual(plan.next(after: error, remaining: plenty, jitter: 0), .nextModel)
    expectEqual(plan.model, 1)
  }

  @Test func aModelThatIsPassedOverCountsAsAsked() {
    var plan = AttemptPlan(models: 2)
    expectTrue(plan.skipModel())
    expectEqual(
      plan.next(after: ModelError(.keyRefused), remaining: plenty, jitter: 0),
      .giveUp(.couldNotAnswer))
    expectTrue(!plan.skipModel())
    expectEqual(plan.model, 1)
  }

  @Test func theNextModelHasTriesOfItsOwn() {
    var plan = AttemptPlan(models: 2)
    let error = ModelError(.unavailable)
    let steps = (1...6).map { _ in plan.next(after: error, remaining: plenty, jitter: 0) }
    #expect(
      steps == [
        .again(after: .milliseconds(500)), .again(after: .seconds(1)), .nextModel,
        .again(after: .milliseconds(500)), .again(after: .seconds(1)), .giveUp(.couldNotAnswer),
      ])
  }

  @Test func theServicesOwnPauseIsObeyed() {
    var plan = AttemptPlan(models: 1)
    let error = ModelError(.rateLimited, retryAfter: .seconds(7))
    expectEqual(plan.next(after: error, remaining: plenty, jitter: 1), .again(after: .seconds(7)))
  }

  @Test func aPauseThatDoesNotFitEndsIt() {
    var plan = AttemptPlan(models: 1)
    let error = ModelError(.rateLimited, retryAfter: .seconds(7))
    expectEqual(plan.next(after: error, remaining: .seconds(7), jitter: 0), .giveUp(.busy))
  }

  @Test func jitterTakesAQuarterOffAtMost() {
    var plan = AttemptPlan(models: 1)
    expectEqual(
      plan.next(after: ModelError(.unavailable), remaining: plenty, jitter: 1),
      .again(after: .milliseconds(375)))
  }

  @Test func aTooLongContextIsCutThreeTimes() {
    var plan = AttemptPlan(models: 1)
    let error = ModelError(.contextTooLong)
    let steps = (1...4).map { _ in plan.next(after: error, remaining: plenty, jitter: 0) }
    #expect(steps == [.cutContext, .cutContext, .cutContext, .giveUp(.questionTooLong)])
  }

  @Test func aFilteredQuestionIsNotTakenElsewhere() {
    var plan = AttemptPlan(models: 2)
    expectEqual(
      plan.next(after: ModelError(.filtered), remaining: plenty, jitter: 0), .giveUp(.filtered))
  }
}

@Suite struct BreakerTests {
  private let start = Instant(seconds: 1_000)

  private func opened() -> Breaker {
    var breaker = Breaker(threshold: 3)
    for _ in 1...3 { breaker.failed(.unavailable, begun: start, now: start) }
    return breaker
  }

  @Test func itOpensAfterFailuresInARow() {
    var breaker = Breaker(threshold: 3)
    breaker.failed(.unavailable, begun: start, now: start)
    breaker.failed(.unavailable, begun: start, now: start)
    breaker.succeeded()
    breaker.failed(.unavailable, begun: start, now: start)
    expectTrue(breaker.admits(now: start))
    #expect(!breaker.isOpen)
    var open = opened()
    expectTrue(!open.admits(now: start))
  }

  @Test(arguments: [
    ModelError.Kind.rateLimited, .contextTooLong, .filtered, .keyRefused, .outOfMoney,
    .modelUnknown, .toolsUnsupported, .refused, .cancelled,
  ])
  func refusalsAreNoFaults(_ kind: ModelError.Kind) {
    var breaker = Breaker(threshold: 1)
    breaker.failed(kind, begun: start, now: start)
    expectTrue(breaker.admits(now: start))
  }

  @Test func oneProbeGoesThroughAndClosesIt() {
    var breaker = opened()
    let later = start + .seconds(5)
    expectTrue(breaker.admits(now: later))
    expectTrue(!breaker.admits(now: later), "only one probe")
    breaker.succeeded()
    expectTrue(breaker.admits(now: later))
  }

  @Test func aFailedProbeOpensItForTwiceAsLong() {
    var breaker = opened()
    expectTrue(breaker.admits(now: start + .seconds(5)))
    breaker.failed(.timedOut, begun: start + .seconds(5), now: start + .seconds(5))
    expectTrue(!breaker.admits(now: start + .seconds(14)))
    expectTrue(breaker.admits(now: start + .seconds(15)))
  }

  @Test func aProbeThatIsRefusedShowsThatTheServiceIsUp() {
    var breaker = opened()
    expectTrue(breaker.admits(now: start + .seconds(5)))
    breaker.failed(.rateLimited, begun: start + .seconds(5), now: start + .seconds(5))
    expectTrue(breaker.admits(now: start + .seconds(5)))
  }

  @Test func answersThatBreakOffTogetherCountOnce() {
    var breaker = Breaker(threshold: 2)
    for _ in 1...6 { breaker.failed(.interrupted, begun: start, now: start + .seconds(9)) }
    expectTrue(breaker.admits(now: start + .seconds(9)))
    breaker.failed(.interrupted, begun: start + .seconds(9), now: start + .seconds(10))
    expectTrue(!breaker.admits(now: start + .seconds(10)))
  }

  @Test func requestsThatTimeOutTogetherCountEach() {
    var breaker = Breaker(threshold: 2)
    for _ in 1...2 { breaker.failed(.timedOut, begun: start, now: start + .seconds(60)) }
    expectTrue(!breaker.admits(now: start + .seconds(60)))
  }

  @Test func aProbeThatBeginsToAnswerClosesIt() {
    var breaker = opened()
    breaker.answering()
    expectTrue(!breaker.admits(now: start + .seconds(4)), "that was not a probe")
    expectTrue(breaker.admits(now: start + .seconds(5)))
    breaker.answering()
    expectTrue(breaker.admits(now: start + .seconds(5)))
  }

  @Test func aCancelledProbeLeavesTheWayToTheNext() {
    var breaker = opened()
    expectTrue(breaker.admits(now: start + .seconds(5)))
    breaker.failed(.cancelled, begun: start + .seconds(4), now: start + .seconds(5))
    expectTrue(!breaker.admits(now: start + .seconds(5)), "that was not the probe")
    breaker.failed(.cancelled, begun: start + .seconds(5), now: start + .seconds(5))
    expectTrue(breaker.admits(now: start + .seconds(5)))
  }
}

@Suite struct PreviewPaceTests {
  private let start = Instant(seconds: 1_000)

  @Test func textIsShownAtOnceAndThenEverySecond() {
    var pace = PreviewPace(start: start)
    #expect(pace.due(length: 5, now: start) == .text)
    pace.sent(length: 5, now: start)
    #expect(pace.due(length: 9, now: start + .milliseconds(999)) == nil)
    #expect(pace.due(length: 9, now: start + .seconds(1)) == .text)
  }

  @Test func thinkingIsShownAfterASecondWithoutText() {
    var pace = PreviewPace(start: start)
    #expect(pace.due(length: 0, now: start + .milliseconds(999)) == nil)
    #expect(pace.due(length: 0, now: start + .seconds(1)) == .thinking)
    pace.sent(length: 0, now: start + .seconds(1))
    #expect(pace.due(length: 0, now: start + .seconds(20)) == nil)
    #expect(pace.due(length: 0, now: start + .seconds(21)) == .thinking)
  }

  @Test func anUnchangedTextIsRefreshedBeforeItDisappears() {
    var pace = PreviewPace(start: start)
    pace.sent(length: 5, now: start)
    #expect(pace.due(length: 5, now: start + .seconds(19)) == nil)
    #expect(pace.due(length: 5, now: start + .seconds(20)) == .text)
  }

  @Test func afterTheEndNothingIsShown() {
    var pace = PreviewPace(start: start)
    pace.end()
    #expect(pace.due(length: 5, now: start + .seconds(60)) == nil)
  }
}
