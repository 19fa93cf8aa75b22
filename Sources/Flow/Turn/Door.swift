package import Conversation
package import Gateways
package import Platform
package import Storage

/// The one way in which dialogues change: loads one, asks the state machine what follows from an
/// event, and commits that as one step. Turn and Desk go through it. It never talks to the network.
package struct Door: Sendable {
  /// Which dialogue.
  package enum Target: Equatable, Sendable {
    /// The one at an address; it is made when there is none.
    case address(ConversationAddress)
    /// One that exists.
    case conversation(ConversationID)
  }

  /// What came of an event.
  package enum Outcome: Equatable, Sendable {
    /// It was committed; the dialogue as it is now.
    case done(Dialogue)
    /// The state machine refused it; the dialogue as it is. Nothing was committed.
    case refused(Refusal, Dialogue)
    /// There is no such dialogue.
    case missing
  }

  /// How often a step is planned anew when its dialogue has changed meanwhile.
  private static let conflictLimit = 10
  /// How many of the last messages operators are shown.
  private static let recentLimit = 14
  /// How many dialogues of a person who is erased are looked at.
  private static let farewellLimit = 1_000
  /// How many of a transcript's last messages are searched for one that an operator changed.
  package static let changeable = 1_000

  let store: any Store
  let plan: StepPlan
  let bells: Bells
  let clock: Clock
  let log: Log
  private let policy: @Sendable (Instant) -> DialoguePolicy
  private let observe: @Sendable ([DeskLogEntry]) -> Void

  /// Makes the door. `policy` gives the settings as they hold at a time; `observe` is told what was
  /// added to the log of customers and operators.
  package init(
    store: any Store, policy: @escaping @Sendable (Instant) -> DialoguePolicy, texts: Texts,
    staffLanguage: Language = Language(tag: nil), format: AnswerFormat, bells: Bells,
    clockFace: @escaping @Sendable (Instant, Language) -> String = { _, _ in "" },
    clock: Clock, log: Log, observe: @escaping @Sendable ([DeskLogEntry]) -> Void = { _ in }
  ) {
    self.store = store
    self.policy = policy
    self.bells = bells
    self.clock = clock
    self.log = log
    self.observe = observe
    let staff = policy(clock.now()).staff
    plan = StepPlan(
      wording: NoticeWording(texts: texts, hasOperators: staff != nil, clockFace: clockFace),
      format: format,
      staff: StaffPlan(
        wording: StaffWording(
          texts: texts, language: staffLanguage,
          plain: { format.texts(ofMarkdown: $0).map(\.text).joined(separator: "\n") }),
        format: format,
        kinds: { policy(clock.now()).staff?.kind(of: $0) }))
  }

  /// The kind of a staff chat, as the settings are now; nil when it is none (any more).
  package func staffKind(_ chat: ChatID) -> StaffChat.Kind? { plan.staff.kinds(chat) }

  /// Commits what follows from an event. `source` are the messages that it is about; `adding` goes
  /// out with it. With `always` the entries are completed even when the event is refused or nil.
  package func commit(
    _ event: DialogueEvent?, at target: Target, source: [InboundMessage] = [],
    completing: [InboxID] = [], adding: [OutboxMessage] = [], always: Bool = false
  ) async throws(StoreError) -> Outcome {
    for _ in 0..<Self.conflictLimit {
      guard let found = try await load(target) else { return .missing }
      let now = clock.now()
      var dialogue = found.stored.dialogue
      var effects: [DialogueEffect] = []
      if let event {
        do throws(Refusal) {
          effects = try dialogue.apply(event, policy: policy(now))
        } catch {
          guard always else { return .refused(error, dialogue) }
          log.debug("an event came too late", [.reason: .text(error.rawValue)])
        }
      }
      let scene = try await scene(found, dialogue, effects, source, now)
      var step = plan.step(
        from: found.stored, to: dialogue, effects: effects, scene: scene, completing: completing)
      step.outbox += adding.map(NewOutboxEntry.send)
      if let person = step.erasing {
        step.outbox += try await farewells(of: person, besides: found, now)
      }
      do throws(StoreError) {
        try await store.commit(step, now: now)
      } catch .conflict {
        continue
      }
      ring(step)
      if !step.log.isEmpty { observe(step.log) }
      return .done(dialogue)
    }
    throw .conflict
  }

  private func load(_ target: Target) async throws(StoreError) -> FoundDialogue? {
    switch target {
    case .address(let address):
      FoundDialogue(address: address, stored: try await store.load(address))
    case .conversation(let id): try await store.find(.conversation(id))
    }
  }

  /// What operators are shown is read only when they are shown something.
  private func scene(
    _ found: FoundDialogue, _ dialogue: Dialogue, _ effects: [DialogueEffect],
    _ source: [InboundMessage], _ now: Instant
  ) async throws(StoreError) -> StaffScene? {
    guard effects.contains(where: \.concernsStaff) else { return nil }
    let last = Position(dialogue.nextPosition.rawValue - 1)
    var recent = try await store.transcript(
      dialogue.id, from: Position(1), through: last, limit: Self.recentLimit)
    for effect in effects {
      switch effect {
      case .record(let message): recent.append(message)
      case .confirmDelivery(let position), .reportUndelivered(let position, _):
        recent += try await store.transcript(
          dialogue.id, from: position, through: position, limit: 1)
      case .editRelayed(let source, _, _) where !recent.contains { $0.source == source }:
        recent += try await store.transcript(
          dialogue.id, from: Position(1), through: last, limit: Self.changeable
        ).filter { $0.source == source }
      default: break
      }
    }
    return StaffScene(
      address: found.address, dialogue: dialogue, recent: recent, source: source, now: now)
  }

  /// What operators are told of a person's other dialogues when they are erased: the store ends
  /// those, and has no words.
  private func farewells(
    of person: PersonID, besides found: FoundDialogue, _ now: Instant
  ) async throws(StoreError) -> [NewOutboxEntry] {
    guard person.rawValue > 0 else { return [] }
    let all = try await store.browse(
      DialogueQuery(chat: ChatID(person.rawValue), limit: Self.farewellLimit))
    let others = all.filter {
      $0.address.bot == found.address.bot && $0.dialogue.id != found.stored.dialogue.id
    }
    return others.flatMap { other in
      var dialogue = other.dialogue
      let effects = dialogue.forget(person, isPrivate: true, at: now)
      let scene = StaffScene(
        address: other.address, dialogue: dialogue, recent: [], source: [], now: now)
      return effects.flatMap { effect -> [NewOutboxEntry] in
        guard case .tellStaff(let notice, let chats) = effect else { return [] }
        return chats.flatMap { plan.staff.messages(notice, in: $0, scene) }.map { .send($0) }
      }
    }
  }

  func ring(_ step: Step) {
    var answers = !step.interruptions.isEmpty
    var sends = !step.resending.isEmpty
    for row in step.outbox {
      switch row {
      case .answer: answers = true
      case .send: sends = true
      }
    }
    if answers { bells.answers.ring() }
    if sends { bells.sends.ring() }
  }
}

/// The bells between the stages.
package struct Bells: Sendable {
  /// Rung when the inbox has something new.
  package var inbox: Wakeup
  /// Rung when there are new answer jobs, or some to stop or drop.
  package var answers: Wakeup
  /// Rung when there are new messages to send.
  package var sends: Wakeup

  /// Makes the bells.
  package init(inbox: Wakeup = Wakeup(), answers: Wakeup = Wakeup(), sends: Wakeup = Wakeup()) {
    self.inbox = inbox
    self.answers = answers
    self.sends = sends
  }
}

extension DialogueEffect {
  /// Whether operators are shown something.
  fileprivate var concernsStaff: Bool {
    switch self {
    case .tellStaff, .relayToStaff, .mirror, .relayToCustomer, .editRelayed, .showStatus,
      .confirmDelivery, .reportUndelivered:
      true
    case .record, .correct, .correctSource, .remove, .removeAll, .erase, .nameTopic, .startAnswer,
      .dropAnswer, .stopAnswer, .deliver, .say, .resend, .log:
      false
    }
  }
}
