internal import Conversation
package import Gateways
internal import Platform
internal import Synchronization

/// Serving the Bot API.
extension TelegramSimulator {
  /// The routes that a server serves: the Bot API, files, and the tests' own under `controlPath`.
  package var routes: [HTTPRoute] {
    ["GET", "POST"].map { method in
      HTTPRoute(
        method: method, path: .prefix("/bot"), bodyLimit: 8 << 20, drainLimit: 16 << 20,
        handle: { await serve($0) })
    } + [
      HTTPRoute(method: "GET", path: .prefix("/file/bot"), handle: { file($0) })
    ] + controlRoutes
  }

  private func serve(_ request: HTTPServerRequest) async -> HTTPServerResponse {
    let parts = request.path.dropFirst("/bot".count).split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return respond(TelegramFailure(404, "Not Found")) }
    guard parts[0].contains(":"), parts[0].count <= 80, !parts[0].hasPrefix("0") else {
      return respond(TelegramFailure(401, "Unauthorized: invalid token specified"))
    }
    guard parts[0] == settings.token.reveal() else {
      return respond(TelegramFailure(401, "Unauthorized"))
    }
    guard let method = BotMethod(path: parts[1]) else {
      return respond(TelegramFailure(404, "Not Found: method not found"))
    }
    let begun = clock.now()
    do throws(TelegramFailure) {
      let content = try RequestBody.content(of: request)
      let given = content.values
      let call: BotCall
      do throws(TelegramFailure) {
        call = try BotCall(
          method, given, files: content.files, strict: settings.isStrict)
      } catch {
        remember(method, given, .failure(error), since: begun)
        throw error
      }
      return try await answer(call, since: begun)
    } catch {
      return respond(error)
    }
  }

  private func answer(_ call: BotCall, since begun: Instant) async throws(TelegramFailure)
    -> HTTPServerResponse
  {
    let fault = takeFault(for: call)
    if let failure = fault?.failure {
      remember(call.method, call.values, .failure(failure), since: begun)
      throw failure
    }
    switch fault?.effect {
    case .badGateway: return Self.badGateway
    case .delay:
      do {
        try await clock.sleep(.seconds(fault?.seconds ?? 0))
      } catch {
        return Self.badGateway
      }
    case .flood, .blocked, .refused, .serverError, .lostAnswer, .migrated, .methodNotFound, nil:
      break
    }
    if call.method == .getUpdates { return Self.success(.array(try await poll(call))) }
    let now = clock.now()
    let answer: (result: JSONValue, description: String?)
    do throws(TelegramFailure) {
      answer = try core.change { state throws(TelegramFailure) in
        state.world.expire(now)
        let answer = try state.world.answer(call, now: now)
        if call.method == .setWebhook, state.world.webhook != nil { state.poll?.bell.ring() }
        return answer
      }
    } catch {
      remember(call.method, call.values, .failure(error), since: begun)
      throw error
    }
    remember(call.method, call.values, .success(answer.result), since: begun)
    if fault?.effect == .lostAnswer { return Self.badGateway }
    return Self.success(answer.result, description: answer.description)
  }

  /// Waits for updates as Telegram does: the newer of two pollers wins, and a webhook excludes both.
  private func poll(_ call: BotCall) async throws(TelegramFailure) -> [JSONValue] {
    let limit = min(max(Int(clamping: call.integer("limit") ?? 100), 1), 100)
    let seconds = min(max(call.integer("timeout") ?? 0, 0), 50)
    let offset = call.integer("offset") ?? 0
    let bell = Wakeup()
    var (updates, id) = try core.change { state throws(TelegramFailure) in
      guard state.world.webhook == nil else {
        throw TelegramFailure(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to "
            + "delete the webhook first")
      }
      let older = state.poll?.bell
      state.nextPoll += 1
      state.poll = Poll(id: state.nextPoll, bell: bell)
      older?.ring()
      state.world.expire(clock.now())
      state.world.allow(call.values["allowed_updates"])
      return (state.world.poll(offset: offset, limit: limit), state.nextPoll)
    }
    defer { core.state.withLock { if $0.poll?.id == id { $0.poll = nil } } }
    let deadline = clock.now() + .seconds(seconds)
    while updates.isEmpty {
      let left = deadline.since(clock.now())
      guard left > .zero else { return [] }
      do {
        try await bell.wait(atMost: left, clock: clock)
      } catch {
        return []
      }
      updates = try core.change { state throws(TelegramFailure) in
        if state.world.webhook != nil {
          throw TelegramFailure(409, "Conflict: terminated by setWebhook request")
        }
        guard state.poll?.id == id else {
          throw TelegramFailure(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot "
              + "instance is running")
        }
        return state.world.poll(offset: max(offset, 0), limit: limit)
      }
    }
    return updates
  }

  private func takeFault(for call: BotCall) -> Fault? {
    core.state.withLock { state in
      let now = clock.now().milliseconds
      state.faults.removeAll { $0.ends.map { $0 <= now } ?? false }
      guard let found = state.faults.firstIndex(where: { $0.strikes(call) }) else { return nil }
      var fault = state.faults[found]
      if let ends = fault.ends {
        fault.seconds = max(1, Int((ends - now + 999) / 1000))
        return fault
      }
      if let count = fault.count {
        if count <= 1 {
          state.faults.remove(at: found)
        } else {
          state.faults[found].count = count - 1
        }
      }
      return fault
    }
  }

  private func remember(
    _ method: BotMethod, _ parameters: [String: JSONValue],
    _ outcome: Result<JSONValue, TelegramFailure>, since begun: Instant
  ) {
    let (failure, answer): (TelegramFailure?, JSONValue) =
      switch outcome {
      case .success(let result): (nil, ["ok": true, "result": result])
      case .failure(let failure): (failure, failure.json)
      }
    let call = Call(
      method: method.rawValue, parameters: parameters, status: failure?.code ?? 200,
      description: failure?.description, at: clock.now().milliseconds)
    core.state.withLock { state in
      state.calls.append(call)
      state.calls.trim(to: settings.rememberedCalls)
    }
    core.wire.record(
      call: method.rawValue, parameters, since: begun, status: call.status, response: answer)
  }

  private func file(_ request: HTTPServerRequest) -> HTTPServerResponse {
    let prefix = "/file/bot" + settings.token.reveal() + "/"
    guard request.path.hasPrefix(prefix) else { return respond(TelegramFailure(404, "Not Found")) }
    let path = String(request.path.dropFirst(prefix.count))
    guard let file = core.state.withLock({ $0.world.files.values.first { $0.path == path } }) else {
      return respond(TelegramFailure(404, "Not Found"))
    }
    return HTTPServerResponse(
      status: 200, headers: [HTTPHeader("Content-Type", "application/octet-stream")],
      body: .bytes(file.bytes))
  }

  private func respond(_ failure: TelegramFailure) -> HTTPServerResponse {
    let headers = failure.retryAfterSeconds.map { [HTTPHeader("Retry-After", String($0))] } ?? []
    return .json(failure.code, failure.json.bytes, headers: headers)
  }

  private static func success(_ result: JSONValue, description: String? = nil)
    -> HTTPServerResponse
  {
    var body: [String: JSONValue] = ["ok": true, "result": result]
    if let description { body["description"] = .string(description) }
    return .json(200, JSONValue.object(body).bytes)
  }

  /// What a front-end proxy answers: a page, not the Bot API's JSON.
  private static let badGateway = HTTPServerResponse(
    status: 502, headers: [HTTPHeader("Content-Type", "text/html")],
    body: .bytes(Array("<html><head><title>502 Bad Gateway</title></head></html>".utf8)))
}
