import Conversation
import Gateways
import Storage

/// Random values of everything that is stored as JSON, the same for the same seed.
struct RandomValues {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele and others, 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }
  mutating func bool() -> Bool { below(2) == 0 }
  mutating func int() -> Int { Int(truncatingIfNeeded: next() >> UInt64(below(60))) }
  mutating func id<ID: Identifier>() -> ID { ID(Int64(bitPattern: next())) }
  mutating func time() -> Instant { Instant(milliseconds: Int64(below(1 << 42))) }

  mutating func one<T>(of values: [T]) -> T { values[below(values.count)] }

  mutating func maybe<T>(_ make: (inout RandomValues) -> T) -> T? {
    bool() ? make(&self) : nil
  }

  mutating func some<T>(
    from least: Int = 0, _ make: (inout RandomValues) -> T
  ) -> [T] {
    (0..<least + below(3)).map { _ in make(&self) }
  }

  mutating func text() -> String {
    let pieces = [
      "a", "слово ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "👩‍👩‍👧", "é",
      "\u{2028}", "{}", "plain words without anything special ",
    ]
    return some { random in random.one(of: pieces) }.joined() + (bool() ? "end" : "")
  }

  // MARK: Dialogues

  mutating func dialogue() -> Dialogue {
    var dialogue = Dialogue(id: id())
    dialogue.state = dialogueState()
    dialogue.queue = some { $0.question() }
    dialogue.nextPosition = id()
    dialogue.contextStart = id()
    dialogue.jobs = Int64(bitPattern: next())
    dialogue.introduced = bool()
    dialogue.warnedOfFullContext = bool()
    dialogue.recent = some { RecentQuestion(person: $0.id(), at: $0.time(), refused: $0.bool()) }
    dialogue.reachable = bool()
    dialogue.lastAnswered = maybe { random in
      Answered(
        questions: random.some { $0.question() }, answer: random.maybe { $0.id() },
        at: random.time())
    }
    dialogue.topicIsUnnamed = bool()
    dialogue.desk = maybe { $0.deskMemory() }
    return dialogue
  }

  mutating func job() -> AnswerJob {
    AnswerJob(
      id: id(), questions: some(from: 1) { $0.question() }, contextStart: id(),
      replaces: maybe { $0.id() },
      assistance: maybe { $0.one(of: AnswerJob.Assistance.allCases) })
  }

  mutating func question() -> Question {
    Question(
      position: id(), messageID: id(), person: id(), language: one(of: Language.allCases),
      at: time(), isPrivate: bool(), attachments: some { $0.attachment() }, fingerprint: next(),
      gist: maybe { $0.next() })
  }

  private mutating func attachment() -> Attachment {
    Attachment(
      one(of: AttachmentKind.allCases), fileID: maybe { $0.text() }, mediaType: maybe { $0.text() })
  }

  // MARK: Messages

  mutating func outboxMessage() -> OutboxMessage {
    OutboxMessage(
      parts: some(from: 1) { $0.content() }, replyTo: maybe { $0.id() },
      keyboard: maybe { random in random.some { row in row.some { $0.text() } } },
      position: maybe { $0.id() }, replaces: maybe { $0.id() }, askedAt: maybe { $0.time() },
      buttons: maybe { random in random.some { row in row.some { $0.button() } } },
      staff: maybe { $0.destination() }, relay: maybe { $0.relay() },
      refersTo: maybe { $0.reference() }, slot: maybe { $0.slot() }, merges: maybe { $0.bool() },
      isMinor: maybe { $0.bool() })
  }

  private mutating func content() -> MessageContent {
    switch below(8) {
    case 0: .text(formatted())
    case 1: .rich(Document(some { $0.block(depth: 2) }))
    case 2: .topicName(text())
    case 3: .newTopic(name: text())
    case 4:
      .copy(
        MessageCopy(
          from: id(), messages: some(from: 1) { $0.id() }, caption: maybe { $0.formatted() },
          fallback: formatted()))
    case 5: .document(name: text(), text: text(), caption: text())
    case 6: .reaction(id(), emoji: text())
    default: .pressAnswer(id: text(), text: maybe { $0.text() })
    }
  }

  private mutating func formatted() -> FormattedText {
    FormattedText(text(), entities: some { $0.entity() })
  }

  private mutating func entity() -> FormattedText.Entity {
    let kinds: [FormattedText.Entity.Kind] = [
      .bold, .italic, .underline, .strikethrough, .spoiler, .code, .blockquote,
      .pre(language: nil), .pre(language: text()), .link(url: text()),
    ]
    return FormattedText.Entity(one(of: kinds), offset: int(), length: int())
  }

  private mutating func block(depth: Int) -> Document.Block {
    switch below(depth > 0 ? 8 : 5) {
    case 0: .paragraph(inlines(depth))
    case 1: .heading(level: int(), inlines(depth))
    case 2: .code(language: maybe { $0.text() }, text())
    case 3: .math(text())
    case 4: .divider
    case 5: .quote(some { $0.block(depth: depth - 1) })
    case 6:
      .list(
        Document.List(
          start: maybe { $0.int() },
          items: some { random in
            Document.Item(
              checked: random.maybe { $0.bool() },
              blocks: random.some { $0.block(depth: depth - 1) })
          }))
    default:
      .table(
        Document.Table(
          alignments: some { $0.one(of: [.left, .center, .right]) },
          header: some { $0.inlines(depth - 1) },
          rows: some { row in row.some { $0.inlines(depth - 1) } }))
    }
  }

  private mutating func inlines(_ depth: Int) -> [Document.Inline] {
    some { $0.inline(depth) }
  }

  private mutating func inline(_ depth: Int) -> Document.Inline {
    let styles: [Document.Style] = [.bold, .italic, .underline, .strikethrough, .spoiler]
    return switch below(depth > 0 ? 6 : 4) {
    case 0: .text(text())
    case 1: .code(text())
    case 2: .math(text())
    case 3: .lineBreak
    case 4: .styled(one(of: styles), inlines(depth - 1))
    default: .link(url: text(), inlines(depth - 1))
    }
  }

  // MARK: Events

  mutating func event() -> InboxEvent {
    switch below(13) {
    case 0: .update(InboundUpdate(id: Int64(bitPattern: next()), kind: updateKind()))
    case 1: .answer(outcome())
    case 2: .answerAppeared(id())
    case 3: .unreachable
    case 4: .announcement(notice())
    case 5: .timer
    case 6: .place(int())
    case 7: .relaySettled(id(), one(of: [.delivered, .blocked, .undelivered]))
    case 8: .staffChatLost(id(), topicOnly: bool())
    case 9: .staffTopicMade(id())
    case 10: .operatorLost(id())
    case 11: .answersWithdrawn([id(), id()])
    default: .unusable(body: text(), reason: text())
    }
  }

  private mutating func outcome() -> AnswerOutcome {
    switch below(4) {
    case 0:
      .ready(job: id(), text: text(), use: maybe { $0.use() }, heard: heard())
    case 1:
      .handedOver(
        job: id(), text: text(), summary: text(), reason: one(of: HandoffReason.allCases),
        heard: heard())
    case 2: .failed(job: id(), one(of: AnswerFailure.allCases))
    default: .stopped(job: id(), text: text())
    }
  }

  private mutating func heard() -> [MessageID: String] {
    Dictionary(some { ($0.id(), $0.text()) }) { first, _ in first }
  }

  private mutating func use() -> ContextUse {
    ContextUse(tokens: int(), budget: int(), isNearlyFull: bool())
  }

  private mutating func updateKind() -> InboundUpdate.Kind {
    switch below(9) {
    case 0: .message(inboundMessage())
    case 1: .editedMessage(inboundMessage())
    case 2: .generationStopped(chat: id(), topic: maybe { $0.id() }, draftID: Int64(int()))
    case 3: .membershipChanged(chat: id(), isPrivate: bool(), reachable: bool())
    case 4: .topicCreated(chat: id(), topic: id(), isPrivate: bool(), nameIsImplicit: bool())
    case 5: .migrated(from: id(), to: id())
    case 6:
      .pressed(
        ButtonPress(
          id: text(), chat: id(), isPrivate: bool(), topic: maybe { $0.id() }, message: id(),
          speaker: speaker(), data: text()))
    case 7: .memberChanged(chat: id(), person: id(), isMember: bool())
    default: .ignored(kind: text())
    }
  }

  private mutating func inboundMessage() -> InboundMessage {
    let command = maybe { InboundMessage.Command(name: $0.text(), argument: $0.text()) }
    return InboundMessage(
      chat: id(), isPrivate: bool(), topic: maybe { $0.id() }, id: id(),
      ephemeralID: maybe { Int64($0.int()) },
      speaker: speaker(),
      date: time(), editDate: maybe { $0.time() }, text: maybe { $0.text() }, command: command,
      addressee: one(of: [.bot, .nobody, .other]), quoted: maybe { $0.text() },
      attachment: maybe { $0.attachment() }, album: maybe { $0.text() },
      entities: maybe { random in random.some { $0.entity() } }, repliesTo: maybe { $0.id() })
  }

  mutating func speaker() -> Speaker {
    Speaker(id: id(), name: text(), language: one(of: Language.allCases))
  }

  private mutating func notice() -> Notice {
    let place = CustomerMessage.Place(chat: id(), topic: maybe { $0.id() }, isPrivate: bool())
    let notices: [Notice] = [
      .greeting(name: text()), .help, .newDialogue, .forgotten, .erased,
      .privacy(retentionDays: maybe { $0.int() }),
      .whoami(person: id(), place: place), .unknownCommand,
      .unsupported(one(of: AttachmentKind.allCases)), .tooManyMessages, .stopped,
      .failure(one(of: AnswerFailure.allCases)), .contextNearlyFull(use()), .couldNotProcess,
      .operatorRequested, .operatorsAway(until: time()), .queuePlace(int(), isFirst: bool()),
      .queueLeft,
      .operatorsBusy,
      .noOperators,
      .operatorOffered(after: maybe { $0.one(of: AnswerFailure.allCases) }, tooMany: bool()),
      .offerDeclined, .operatorConnected(name: text()),
      .operatorDisconnected(one(of: ReturnCause.allCases)),
      .requestEnded(one(of: ReturnCause.allCases)), .dialogueClosed,
      .newDialogueWithOperator, .ratingAsked, .ratingThanks, .commentAsked, .commentThanks,
      .banned, .groupNotHeard(id()), .started(version: text()), .trouble(one(of: Trouble.allCases)),
    ]
    return one(of: notices)
  }
}
