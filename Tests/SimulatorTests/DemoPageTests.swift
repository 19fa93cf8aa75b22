import Gateways
import Simulator
import Testing

/// The page's routes: what it serves, what it refuses, and how events resume.
struct DemoPageTests {
  private let fixture: TelegramFixture
  private let page: DemoPage

  init() throws {
    fixture = try TelegramFixture()
    page = DemoPage(telegram: fixture.telegram, modelName: "stand-in", isStandIn: true)
  }

  @Test(arguments: [
    "/", "/app.js", "/composer.js", "/dom.js", "/early.js", "/format.js", "/list.js", "/math.js",
    "/mathwords.js", "/media.js", "/message.js", "/pane.js", "/rooms.js", "/store.js", "/topics.js",
    "/wire.js", "/words.js",
    "/style.css", "/chat.css", "/content.css", "/topics.css", "/wire.css",
  ])
  func filesAreServedUnderAStrictPolicy(path: String) async throws {
    let response = try await page.routes.call("GET", path)
    #expect(response.status == 200)
    let policy = response.headers["Content-Security-Policy"] ?? ""
    #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
    guard case .bytes(let bytes) = response.body else {
      Issue.record("no bytes")
      return
    }
    let text = String(decoding: bytes, as: UTF8.self)
    for forbidden in ["innerHTML", "insertAdjacentHTML", "document.write", "eval(", " style=\""] {
      #expect(!text.contains(forbidden))
    }
  }

  @Test func emptyWorldIsPeopled() async throws {
    let empty = TelegramSimulator(clock: .instantaneous)
    let page = DemoPage(telegram: empty, modelName: "m", isStandIn: false)
    let state = try await page.routes.call("GET", "/api/state").value()
    let kinds = state["chats"]?.array?.map { $0["kind"]?.string }
    #expect(kinds == ["private", "private", "private", "private", "group", "supergroup"])
    let staff = try #require(page.staff)
    #expect(state["about"]?["staff"] == [.integer(staff.person), .integer(staff.forum)])
    let forum = try #require(empty.transcript(of: staff.forum))
    #expect(forum.isForum && forum.botStatus == "administrator")
    #expect(forum.people.allSatisfy { $0.isAdmin == true })
    // The bot can write to the operator at once.
    let greeting = try await empty.routes.call(
      "POST", "/bot4242:simulated-token/sendMessage",
      json: #"{"chat_id":\#(staff.person),"text":"x"}"#)
    #expect(greeting.status == 200)
    #expect(state["about"]?["isStandIn"] == false)
  }

  @Test func personWritesThroughThePage() async throws {
    let action = #"{"action":"post","from":1001,"chat":1001,"text":"from the page"}"#
    let response = try await page.routes.call("POST", "/api/actions", json: action)
    #expect(response.status == 200)
    #expect(try fixture.chat.messages.last?.text == "from the page")
    let refused = #"{"action":"stop","chat":1001,"draft":5}"#
    #expect(try await page.routes.call("POST", "/api/actions", json: refused).status == 409)
  }

  @Test func otherSitesCannotAct() async throws {
    let action = #"{"action":"post","from":1001,"text":"x"}"#
    let headers = [
      HTTPHeader("Origin", "https://evil.example"), HTTPHeader("Host", "127.0.0.1:8080"),
    ]
    let foreign = try await page.routes.call(
      "POST", "/api/actions", json: action, headers: headers)
    #expect(foreign.status == 403)
    let own = [HTTPHeader("Origin", "http://127.0.0.1:8080"), headers[1]]
    #expect(
      try await page.routes.call("POST", "/api/actions", json: action, headers: own).status == 200)
    #expect(
      try await fixture.telegram.routes.call(
        "POST", "/_simulator/actions", json: action, headers: headers
      ).status == 403)
  }

  @Test func eventsResumeAfterTheLastOneSeen() async throws {
    let last = try #require(
      try await page.routes.call("GET", "/api/state").value()["lastEvent"]?.integer)
    try fixture.telegram.post("missed", from: fixture.anna)
    let response = try await page.routes.call(
      "GET", "/events", headers: [HTTPHeader("Last-Event-ID", String(last))])
    let pieces = try await first(2, of: response)
    #expect(pieces[0] == "retry: 1000\n\n")
    #expect(pieces[1].hasPrefix("id: \(last + 1)\ndata: {"))
    #expect(pieces[1].contains(#""text":"missed""#))
  }

  @Test func pageThatMissedTooMuchIsToldToReload() async throws {
    let small = try TelegramFixture { $0.rememberedEvents = 2 }
    let page = DemoPage(telegram: small.telegram, modelName: "m", isStandIn: true)
    for _ in 0..<5 { try small.telegram.post("x", from: small.anna) }
    let response = try await page.routes.call(
      "GET", "/events", headers: [HTTPHeader("Last-Event-ID", "1")])
    #expect(try await first(2, of: response)[1] == "data: {\"reload\":true}\n\n")
  }

  @Test func pictureComesBackAndReachesTheBot() async throws {
    let query = [
      (name: "media", value: "photo"), ("from", "1001"), ("chat", "1001"), ("text", "look"),
      ("facts", #"{"width":96,"height":64,"file_id":"not mine"}"#),
    ]
    let sent = try await page.routes.call(
      "POST", "/api/media", json: "bytes", query: query,
      headers: [HTTPHeader("Content-Type", "image/png")])
    #expect(sent.status == 200)
    let message = try #require(try fixture.chat.messages.last)
    #expect(message.media == "photo" && message.text == "look" && message.hasFile)
    let id = try #require(message.fileID)
    let shown = try await page.routes.call("GET", "/media/\(id)")
    #expect(shown.headers["Content-Type"] == "image/png")
    let update = try #require(fixture.telegram.updates.last)
    let size = try #require(update["message"]?["photo"]?.array?.last)
    #expect(size["width"] == 96 && size["file_size"] == 5)
    #expect(size["file_id"] == .string(id))
    let file = try await fixture.result("getFile", #"{"file_id":"\#(id)"}"#)
    let path = try #require(file["file_path"]?.string)
    let bytes = try await fixture.telegram.routes.call(
      "GET", "/file/bot4242:simulated-token/\(path)")
    guard case .bytes(let content) = bytes.body else {
      Issue.record("no bytes")
      return
    }
    #expect(content == Array("bytes".utf8))
  }

  @Test func fileThatIsNoMediumIsOnlyEverSaved() async throws {
    let query = [(name: "media", value: "document"), ("from", "1001"), ("chat", "1001")]
    let sent = try await page.routes.call(
      "POST", "/api/media", json: "<script>alert(1)</script>", query: query,
      headers: [HTTPHeader("Content-Type", "text/html")])
    #expect(sent.status == 200)
    let id = try #require(try fixture.chat.messages.last?.fileID)
    let shown = try await page.routes.call("GET", "/media/\(id)")
    #expect(shown.headers["Content-Type"] == "application/octet-stream")
    #expect(shown.headers["Content-Disposition"] == "attachment")
    #expect(shown.headers["X-Content-Type-Options"] == "nosniff")
  }

  @Test func commandsAreThoseOfThePersonsLanguage() async throws {
    _ = try await fixture.result(
      "setMyCommands", #"{"commands":[{"command":"help","description":"Help"}]}"#)
    _ = try await fixture.result(
      "setMyCommands",
      #"{"commands":[{"command":"help","description":"Помощь"}],"language_code":"ru"}"#)
    for (language, description) in [("ru", "Помощь"), ("de", "Help")] {
      let answer = try await page.routes.call(
        "GET", "/api/commands", query: [(name: "language", value: language)])
      #expect(try answer.value().array?.first?["description"] == .string(description))
    }
  }

  @Test func eventStreamTellsChangesInOrder() async throws {
    let events = fixture.telegram.events()
    try fixture.telegram.post("one", from: fixture.anna)
    try fixture.telegram.post("two", from: fixture.anna)
    var texts: [String?] = []
    for await event in events {
      if case .message(let message) = event.change { texts.append(message.text) }
      if texts.count == 2 { break }
    }
    #expect(texts == ["one", "two"])
  }

  private func first(_ count: Int, of response: HTTPServerResponse) async throws -> [String] {
    guard case .stream(let stream) = response.body else { return [] }
    var pieces: [String] = []
    for await piece in stream {
      pieces.append(String(decoding: piece, as: UTF8.self))
      if pieces.count == count { break }
    }
    return pieces
  }
}
