import Conversation
import TelegramAPI
import Testing

@Suite struct PacerTests {
  private let ann = ChatID(1)
  private let bob = ChatID(2)

  private func seconds(_ value: Double) -> Duration { .milliseconds(Int64(value * 1000)) }

  @Test func withoutLimitsEverythingGoesAtOnce() {
    var pacer = Pacer(ceiling: nil)
    for chat in 1...10_000 {
      #expect(
        pacer.admit(ChatID(Int64(chat)), patience: .zero, at: seconds(1)) == .go(after: .zero))
    }
  }

  @Test func aLimitedChatWaitsExactlyAndAlone() {
    var pacer = Pacer(ceiling: nil)
    pacer.limited(ann, retryAfter: seconds(7), at: seconds(10))
    #expect(pacer.admit(ann, patience: seconds(1), at: seconds(10)) == .chatLimited(seconds(7)))
    #expect(pacer.admit(ann, patience: seconds(1), at: seconds(15.5)) == .chatLimited(seconds(1.5)))
    #expect(pacer.admit(ann, patience: seconds(1), at: seconds(16.5)) == .go(after: seconds(0.5)))
    #expect(pacer.admit(bob, patience: .zero, at: seconds(10)) == .go(after: .zero))
    #expect(pacer.admit(ann, patience: .zero, at: seconds(17)) == .go(after: .zero))
    #expect(pacer.remembered == 0)
  }

  @Test func aLaterShorterLimitDoesNotShortenTheFirst() {
    var pacer = Pacer(ceiling: nil)
    pacer.limited(ann, retryAfter: seconds(60), at: seconds(0))
    pacer.limited(ann, retryAfter: seconds(3), at: seconds(1))
    #expect(pacer.rest(ann, at: seconds(10)) == seconds(50))
  }

  @Test func oneChatLimitedManyTimesDoesNotSlowTheOthers() {
    var pacer = Pacer(ceiling: nil)
    for second in 0..<20 { pacer.limited(ann, retryAfter: seconds(1), at: seconds(Double(second))) }
    #expect(pacer.currentPace(at: seconds(20)) == nil)
  }

  @Test func chatsLimitedFarApartDoNotSlowTheOthers() {
    var pacer = Pacer(ceiling: nil)
    for chat in 1...20 {
      pacer.limited(ChatID(Int64(chat)), retryAfter: seconds(1), at: seconds(Double(chat) * 6))
    }
    #expect(pacer.currentPace(at: seconds(200)) == nil)
  }

  /// 40 calls a second, then three chats limited: 20 a second, evenly spaced.
  private func slowed() -> Pacer {
    var pacer = Pacer(ceiling: nil)
    for index in 0..<40 {
      _ = pacer.admit(
        ChatID(Int64(index)), patience: .zero, at: seconds(1 + Double(index) / 41))
    }
    for chat in 100...102 {
      pacer.limited(ChatID(Int64(chat)), retryAfter: seconds(3), at: seconds(2))
    }
    return pacer
  }

  @Test func severalChatsLimitedTogetherHalveThePace() {
    var pacer = slowed()
    #expect(pacer.currentPace(at: seconds(2)) == 20)
    #expect(pacer.admit(ann, patience: seconds(1), at: seconds(2)) == .go(after: .zero))
    #expect(pacer.admit(bob, patience: seconds(1), at: seconds(2)) == .go(after: seconds(0.05)))
    #expect(pacer.admit(bob, patience: .zero, at: seconds(2)) == .crowded(seconds(0.1)))
  }

  @Test func aPlaceThatIsNotWaitedForIsNotKept() {
    var pacer = slowed()
    var waits: [Duration] = []
    for _ in 0..<30 {
      if case .go(let wait) = pacer.admit(ann, patience: seconds(1), at: seconds(2)) {
        waits.append(wait)
      }
    }
    // At 0, 0.05 … 1 second: the 21 places of one second.
    #expect(waits.count == 21)
    #expect(waits.last == seconds(1))
    #expect(pacer.admit(bob, patience: seconds(2), at: seconds(2)) == .go(after: seconds(1.05)))
  }

  @Test func thePaceHalvesAgainAndGrowsAgain() {
    var pacer = slowed()
    for chat in 200...202 {
      pacer.limited(ChatID(Int64(chat)), retryAfter: seconds(3), at: seconds(2))
    }
    #expect(pacer.currentPace(at: seconds(2)) == 10)
    #expect(pacer.currentPace(at: seconds(12)) == 20)
    _ = pacer.admit(ann, patience: .zero, at: seconds(62))
    #expect(pacer.currentPace(at: seconds(62)) == nil)
  }

  @Test func thePaceNeverFallsBelowOneASecond() {
    var pacer = Pacer(ceiling: nil)
    for chat in 1...300 {
      pacer.limited(ChatID(Int64(chat)), retryAfter: seconds(3), at: seconds(2))
    }
    #expect(pacer.currentPace(at: seconds(2)) == 1)
  }

  @Test func theCeilingHoldsFromTheStartAndIsReachedAgain() {
    var pacer = Pacer(ceiling: 10)
    #expect(pacer.admit(ann, patience: seconds(1), at: seconds(5)) == .go(after: .zero))
    #expect(pacer.admit(bob, patience: seconds(1), at: seconds(5)) == .go(after: seconds(0.1)))
    for chat in 1...3 {
      pacer.limited(ChatID(Int64(chat)), retryAfter: seconds(1), at: seconds(5))
    }
    #expect(pacer.currentPace(at: seconds(5)) == 5)
    #expect(pacer.currentPace(at: seconds(1000)) == 10)
  }

  @Test func memoryIsBounded() {
    var pacer = Pacer(ceiling: nil)
    for chat in 1...20_000 {
      pacer.limited(ChatID(Int64(chat)), retryAfter: seconds(600), at: seconds(Double(chat) / 100))
    }
    #expect(pacer.remembered <= 4096)
    // The last to be limited is still known.
    #expect(pacer.rest(ChatID(20_000), at: seconds(200)) == seconds(600))
  }
}
