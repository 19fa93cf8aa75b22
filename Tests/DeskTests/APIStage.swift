import Conversation
import Desk
import Foundation
import Gateways
import Markdown
import Platform
import Storage
import StorageSQLite
import Synchronization
import Testing
import Turn

/// The API over a store in memory, asked as the HTTP server asks it.
final class APIStage: Sendable {
  static let token = "a token of the right length"
  static let bot = BotID(1)

  let store: any Store
  let door: Door
  let api: DeskAPI
  let ticker: Ticker

  /// An answer of the API.
  struct Answer {
    var status: Int
    var headers: [HTTPHeader]
    var bytes: [UInt8]

    /// The body as JSON.
    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any] ?? [:]
    }

    /// What went wrong.
    var detail: String { json["detail"] as? String ?? "" }
    /// The items of a page.
    var items: [[String: Any]] { json["items"] as? [[String: Any]] ?? [] }
  }

  private init(_ store: any Store, staff: [StaffChat], limits: DeskAPI.Limits) {
    let ticker = Ticker()
    self.store = store
    self.ticker = ticker
    let clock = Clock(
      now: { ticker.now },
      sleep: { duration in
        try Task.checkCancellation()
        ticker.pass(duration)
        await Task.yield()
      })
    let policy = DialoguePolicy(staff: staff.isEmpty ? nil : StaffPolicy(chats: staff))
    door = Door(
      store: store, policy: { _ in policy }, texts: Texts(),
      format: .markdown(), bells: Bells(), clock: clock, log: .silent)
    api = DeskAPI(
      store: store, door: door, isToken: { $0 == Self.token }, limits: limits,
      clock: clock, log: .silent)
  }

  /// A time that moves when it is told to, and when somebody sleeps.
  final class Ticker: Sendable {
    private let time = Mutex(Instant(seconds: 1_790_000_000))

    var now: Instant { time.withLock { $0 } }
    func pass(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
  }

  /// Makes a stage with one operator, whose chat is 77, unless others are named.
  static func open(
    staff: [StaffChat] = [StaffChat(chat: ChatID(77), kind: .person)],
    limits: DeskAPI.Limits = .init(requestsPerSecond: 1_000, burst: 100_000)
  ) async throws -> APIStage {
    APIStage(
      try await SQLiteStore.open(path: SQLiteStore.inMemory), staff: staff, limits: limits)
  }

  /// Asks as the HTTP server does: the first route that fits admits, then serves.
  func response(
    _ method: String, _ path: String, query: [(String, String)] = [],
    headers: [HTTPHeader] = [], body: String? = nil, token: String? = token
  ) async throws -> HTTPServerResponse {
    var request = HTTPServerRequest(
      method: method, path: "/api/v1" + path, query: query.map { (name: $0.0, value: $0.1) },
      headers: headers)
    if let token { request.headers.append(HTTPHeader("Authorization", "Bearer " + token)) }
    if let body {
      request.headers.append(HTTPHeader("Content-Length", String(body.utf8.count)))
      if request.headers["Content-Type"] == nil {
        request.headers.append(HTTPHeader("Content-Type", "application/json"))
      }
    }
    let served = method == "HEAD" ? "GET" : method
    let route = try #require(api.routes.first { $0.method == served })
    if let refused = route.admit(request) { return refused }
    request.body = Array((body ?? "").utf8)
    return await route.handle(request)
  }

  /// Asks, and reads the whole answer.
  @discardableResult
  func ask(
    _ method: String, _ path: String, query: [(String, String)] = [],
    headers: [HTTPHeader] = [], body: String? = nil, token: String? = token
  ) async throws -> Answer {
    let response = try await response(
      method, path, query: query, headers: headers, body: body, token: token)
    guard case .bytes(let bytes) = response.body else {
      Issue.record("a stream came")
      return Answer(status: response.status, headers: response.headers, bytes: [])
    }
    return Answer(status: response.status, headers: response.headers, bytes: bytes)
  }

  /// Somebody writes to the bot in a private chat of their own; gives the dialogue's number.
  @discardableResult
  func customerWrites(
    _ text: String = "Здравствуйте", chat: Int64, wish: CustomerMessage.Wish = .init()
  ) async throws -> Int64 {
    let message = CustomerMessage(
      content: .question(text: text, quoted: nil), messageID: MessageID(ticker.now.milliseconds),
      speaker: Speaker(id: PersonID(chat), name: "Анна", language: .english), at: ticker.now,
      place: .init(chat: ChatID(chat), topic: nil, isPrivate: true), wish: wish)
    let outcome = try await door.commit(
      .customerWrote(message),
      at: .address(ConversationAddress(bot: Self.bot, chat: ChatID(chat))))
    guard case .done(let dialogue) = outcome else {
      Issue.record("refused")
      return 0
    }
    ticker.pass(.seconds(1))
    return dialogue.id.rawValue
  }

  /// Something else happens to a dialogue.
  func happens(_ event: DialogueEvent, on dialogue: Int64) async throws {
    _ = try await door.commit(event, at: .conversation(ConversationID(dialogue)))
  }

  /// An operator does something in their chat.
  func operatorActs(
    _ action: OperatorAction, id: Int64 = 77, in chat: ChatID? = nil, on dialogue: Int64
  ) async throws {
    let person = Operator(id: OperatorID(id), name: "Олег")
    let chat = chat ?? ChatID(id)
    try await store.noteOperator(Self.bot, person, chat: chat, now: ticker.now)
    _ = try await door.commit(
      .operatorActed(
        action, by: person, in: chat,
        audience: Audience(language: .english, isPrivate: true), at: ticker.now),
      at: .conversation(ConversationID(dialogue)))
    ticker.pass(.seconds(1))
  }
}
