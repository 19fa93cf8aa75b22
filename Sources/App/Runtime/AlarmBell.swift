internal import Conversation
internal import Gateways
internal import Platform
internal import Storage
internal import Turn

/// Tells the administrator what needs a person, the same trouble not more than once an hour.
struct AlarmBell: Service {
  let name = "alarm"

  /// Where and how the administrator is told.
  struct Administrator: Sendable {
    /// Their conversation with the bot.
    var address: ConversationAddress
    var store: any Store
    var messenger: Messenger
    var wording: NoticeWording
    /// Rung when something was put into the inbox.
    var inbox: Wakeup
  }

  private let administrator: Administrator?
  private let clock: Clock
  private let log: Log
  private let raised: AsyncStream<Trouble>
  private let bell: AsyncStream<Trouble>.Continuation

  /// Makes the bell; without an administrator trouble is only logged where it is found.
  init(administrator: Administrator?, clock: Clock, log: Log) {
    self.administrator = administrator
    self.clock = clock
    self.log = log
    (raised, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(64))
  }

  /// What the parts of the program raise.
  var alarm: Alarm { Alarm { [bell] trouble in bell.yield(trouble) } }

  func run() async throws {
    var lastTold: [Trouble: Instant] = [:]
    for await trouble in raised {
      let now = clock.now()
      if let last = lastTold[trouble], now >= last, now.since(last) < .seconds(3_600) { continue }
      lastTold[trouble] = now
      await tell(.trouble(trouble), key: "trouble:\(trouble.rawValue):\(now.milliseconds)")
    }
  }

  /// Tells the administrator something, through the inbox like everything else; when the store is
  /// the trouble, straight away.
  func tell(_ notice: Notice, key: String) async {
    guard let administrator else { return }
    let now = clock.now()
    let entry = NewInboxEntry(
      sourceKeys: ["\(administrator.address.bot):\(key)"], address: administrator.address,
      event: .announcement(notice), notBefore: now)
    do throws(StoreError) {
      _ = try await administrator.store.admit([entry], now: now)
      administrator.inbox.ring()
    } catch {
      log.warning("the administrator is told without the store", [.reason: .text("\(error)")])
      let words = administrator.wording.words(notice, in: Language(tag: nil))
      _ = await administrator.messenger.send(
        OutboundMessage(
          chat: administrator.address.chat, topic: nil, content: .text(FormattedText(words)),
          replyTo: nil, keyboard: nil))
    }
  }
}
