package import Gateways
internal import Platform
internal import Synchronization

/// A messenger in the browser for the stand-in Telegram: what the simulated people see and do.
///
/// Routes: the page (`/`, its scripts and styles), `GET /api/state`, `GET /events`,
/// `POST /api/actions`, `POST /api/media` and `GET /media/…` for what people send,
/// `GET /api/commands`, and `GET /api/wire/…` for what was said in full.
package struct DemoPage: Sendable {
  /// What the page says about itself.
  private struct About: Encodable {
    var bot: String
    var username: String
    var model: String
    var isStandIn: Bool
    /// The chats of operators.
    var staff: [Int64]
  }

  /// The chats in which operators work.
  package struct Staff: Sendable, Equatable {
    /// The person who answers in their own chat with the bot.
    package var person: Int64
    /// The forum with a topic for each customer.
    package var forum: Int64
  }

  private struct State: Encodable {
    var about: About
    var chats: [Transcript]
    var wire: [WireEntry]
    var lastEvent: Int64
  }

  let telegram: TelegramSimulator
  /// Where operators work; nil when the page found people already there.
  package let staff: Staff?
  private let about: About

  /// Makes the page; when there is nobody yet, adds two people and a group, and operators: one with
  /// a chat of their own, and a staff forum in which the bot is an administrator.
  ///
  /// `isStandIn` makes the page say plainly that no real model answers.
  package init(telegram: TelegramSimulator, modelName: String, isStandIn: Bool) {
    self.telegram = telegram
    staff = telegram.snapshot.chats.isEmpty ? Self.people(telegram) : nil
    about = About(
      bot: telegram.settings.name, username: telegram.settings.username, model: modelName,
      isStandIn: isStandIn, staff: staff.map { [$0.person, $0.forum] } ?? [])
  }

  private static func people(_ telegram: TelegramSimulator) -> Staff {
    let first = telegram.addPerson("Анна", username: "anna_demo", language: "ru")
    let second = telegram.addPerson("Oliver", username: "oliver_demo", language: "en")
    telegram.addGroup("Книжный клуб · Book club", members: [first, second])
    let operators = ["Ольга", "Максим"].map {
      telegram.addPerson($0, language: "ru", hasStarted: true)
    }
    let forum = telegram.addGroup(
      "Поддержка · Support", members: operators, isForum: true, admins: operators,
      bot: .administrator)
    return Staff(person: operators[0], forum: forum)
  }

  /// The routes that a server serves.
  package var routes: [HTTPRoute] {
    PageFile.all.map { file in
      HTTPRoute(
        method: "GET", path: .exact(file.path),
        handle: { _ in
          HTTPServerResponse(
            status: 200, headers: Self.guards + [HTTPHeader("Content-Type", file.type)],
            body: .bytes(file.bytes))
        })
    } + mediaRoutes + [
      HTTPRoute(
        method: "GET", path: .exact("/api/commands"),
        handle: { request in
          let commands = telegram.commands(
            language: request.query("language") ?? "",
            person: request.query("person").flatMap { Int64($0) },
            chat: request.query("chat").flatMap { Int64($0) })
          return .json(200, JSONValue.array(commands).bytes, headers: Self.guards)
        }),
      HTTPRoute(method: "GET", path: .prefix("/api/wire/"), handle: { wire($0) }),
      HTTPRoute(method: "GET", path: .exact("/api/state"), handle: { _ in state() }),
      HTTPRoute(method: "GET", path: .exact("/events"), handle: { events($0) }),
      HTTPRoute(
        method: "POST", path: .exact("/api/actions"), bodyLimit: 64 << 10,
        admit: SameOrigin.admit, handle: { perform($0) }),
    ]
  }

  /// No script but the page's own, nothing from elsewhere, in nobody's frame.
  static let guards = [
    HTTPHeader(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self' data: blob:; media-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    HTTPHeader("X-Content-Type-Options", "nosniff"),
    HTTPHeader("Referrer-Policy", "no-referrer"),
    HTTPHeader("Cache-Control", "no-cache"),
  ]

  private func state() -> HTTPServerResponse {
    let snapshot = telegram.snapshot
    let state = State(
      about: about, chats: snapshot.chats, wire: telegram.wire.entries,
      lastEvent: snapshot.lastEvent)
    return .json(200, JSONText.encode(state), headers: Self.guards)
  }

  /// Events after `Last-Event-ID` (or the query's `after`); a page that has missed too much is told
  /// to read the state anew.
  private func events(_ request: HTTPServerRequest) -> HTTPServerResponse {
    let given = request.headers["Last-Event-ID"] ?? request.query("after")
    let reader = EventReader(
      telegram.core.feed, after: given.flatMap { Int64($0) } ?? telegram.core.feed.lastID,
      clock: telegram.clock)
    let greeted = Mutex(false)
    let stream = AsyncStream<[UInt8]> {
      // The first bytes go out at once, so that the browser knows the connection stands.
      let isFirst = greeted.withLock { greeted in
        defer { greeted = true }
        return !greeted
      }
      if isFirst { return Array("retry: 1000\n\n".utf8) }
      switch await reader.next(atMost: .seconds(15)) {
      case nil: return nil
      case .lost: return ServerSentEvent.frame(data: Array("{\"reload\":true}".utf8))
      case .events(let events) where events.isEmpty: return ServerSentEvent.keepAlive
      case .events(let events):
        return events.flatMap { ServerSentEvent.frame(id: $0.id, data: JSONText.encode($0)) }
      }
    }
    return HTTPServerResponse(
      status: 200, headers: Self.guards + [HTTPHeader("Content-Type", "text/event-stream")],
      body: .stream(stream))
  }

  /// What was said in full under the number at the end of the path.
  private func wire(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let id = Int64(request.path.dropFirst("/api/wire/".count)),
      let detail = telegram.wire.detail(of: id)
    else { return .text(404, "no longer kept", headers: Self.guards) }
    return .json(200, JSONText.encode(detail), headers: Self.guards)
  }

  private func perform(_ request: HTTPServerRequest) -> HTTPServerResponse {
    guard let action = JSONText.decode(TelegramSimulator.Action.self, from: request.body) else {
      return .text(400, "not an action")
    }
    do throws(ActionRefused) {
      let result = try telegram.perform(action)
      return .json(200, (["result": result] as JSONValue).bytes, headers: Self.guards)
    } catch {
      return .json(
        409, (["error": .string(error.reason)] as JSONValue).bytes, headers: Self.guards)
    }
  }
}
