internal import Conversation
package import Gateways
package import Platform
internal import Synchronization

/// A stand-in for an OpenAI-compatible service: strict about requests, deterministic in its
/// answers, and able to fail on demand.
///
/// Routes: `POST /v1/chat/completions`, `POST /v1/audio/transcriptions`, `GET /v1/models`, and for
/// the tests `GET`/`DELETE <control>/requests`, `POST`/`DELETE <control>/faults`,
/// `POST <control>/abilities`.
package struct ModelSimulator: Sendable {
  /// How the stand-in behaves.
  package struct Settings: Sendable {
    /// The key that clients must show; nil accepts any, but not none.
    package var apiKey: Secret?
    /// The names that `GET /v1/models` lists.
    package var models: [String] = ["stand-in", "stand-in-mini"]
    /// Whether a name that is not listed is served too.
    package var acceptsAnyModel = true
    /// Beginnings of the names of models that refuse `max_tokens`.
    package var reasoningModels: [String] = ["o1", "o3", "o4", "gpt-5", "gpt-6"]
    /// What it can do in the beginning.
    package var abilities = Abilities()
    /// What it hears in every speech.
    package var transcript = "Расскажи, что ты умеешь."
    /// How many tokens of prompt and answer together are accepted.
    package var contextTokens = 128_000
    /// The length of a streamed piece, in characters.
    package var chunkLength = 4
    /// How many pieces an answer has at most; those of longer answers are longer.
    package var maximumChunks = 400
    /// The time before the first chunk.
    package var firstChunkDelay = Duration.milliseconds(400)
    /// The time between two chunks.
    package var chunkDelay = Duration.milliseconds(40)
    /// How many bodies of requests are remembered.
    package var rememberedRequests = 100
    /// Where the tests' own routes are; another simulator on the same server needs another path.
    package var controlPath = "/_simulator"

    /// Makes the default settings.
    package init() {}
  }

  /// What it can do besides words; services differ in this.
  package struct Abilities: Sendable, Equatable, Codable {
    /// Whether models take pictures; else a request with one is refused as OpenAI does.
    package var pictures = true
    /// Whether speech is written down; else its address does not exist.
    package var speech = true
    /// Whether models call tools; else a request with tools is refused.
    package var tools = true

    /// Makes abilities.
    package init(pictures: Bool = true, speech: Bool = true, tools: Bool = true) {
      self.pictures = pictures
      self.speech = speech
      self.tools = tools
    }

    /// Reads `{"pictures":true,"speech":true,"tools":false}`; what is missing can be done.
    package init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      self.init(
        pictures: try container.decodeIfPresent(Bool.self, forKey: .pictures) ?? true,
        speech: try container.decodeIfPresent(Bool.self, forKey: .speech) ?? true,
        tools: try container.decodeIfPresent(Bool.self, forKey: .tools) ?? true)
    }
  }

  /// What came in, for tests.
  package struct Record: Sendable, Equatable, Codable {
    /// How many requests for an answer have come.
    package var count = 0
    /// How many speeches have come to be written down.
    package var transcriptions = 0
    /// How many requests were refused by the rules.
    package var refused = 0
    /// How many streams are being sent now.
    package var openStreams = 0
    /// How many streams ended because the client left.
    package var cancelledStreams = 0
    /// The newest bodies, oldest first.
    package var bodies: [JSONValue] = []
  }

  struct State {
    var record = Record()
    var abilities: Abilities
    var faults: [Fault] = []
  }

  final class Core: Sendable {
    let state: Mutex<State>

    init(_ settings: Settings) { state = Mutex(State(abilities: settings.abilities)) }
  }

  let settings: Settings
  let clock: Clock
  let core: Core

  /// Makes a stand-in model.
  package init(settings: Settings = Settings(), clock: Clock) {
    self.settings = settings
    self.clock = clock
    core = Core(settings)
  }

  /// The routes that a server serves.
  package var routes: [HTTPRoute] {
    let control = settings.controlPath
    return [
      HTTPRoute(
        method: "POST", path: .exact("/v1/chat/completions"), bodyLimit: 32 << 20,
        drainLimit: 48 << 20, handle: { await complete($0) }),
      HTTPRoute(
        method: "POST", path: .exact("/v1/audio/transcriptions"), bodyLimit: 26 << 20,
        drainLimit: 48 << 20, handle: { await transcribe($0) }),
      HTTPRoute(method: "GET", path: .exact("/v1/models"), handle: { models($0) }),
      HTTPRoute(
        method: "GET", path: .exact(control + "/requests"),
        handle: { _ in .json(200, JSONText.encode(record)) }),
      HTTPRoute(
        method: "DELETE", path: .exact(control + "/requests"),
        handle: { _ in
          forget()
          return .json(200, JSONValue.object([:]).bytes)
        }),
      HTTPRoute(
        method: "POST", path: .exact(control + "/abilities"), admit: SameOrigin.admit,
        handle: { request in
          guard let abilities = JSONText.decode(Abilities.self, from: request.body) else {
            return .text(400, "not abilities")
          }
          set(abilities)
          return .json(200, JSONText.encode(abilities))
        }),
      HTTPRoute(
        method: "POST", path: .exact(control + "/faults"), admit: SameOrigin.admit,
        handle: { request in
          guard let fault = JSONText.decode(Fault.self, from: request.body) else {
            return .text(400, "not a fault")
          }
          inject(fault)
          return .json(200, JSONText.encode(fault))
        }),
      HTTPRoute(
        method: "DELETE", path: .exact(control + "/faults"),
        handle: { _ in
          removeFaults()
          return .json(200, JSONValue.object([:]).bytes)
        }),
    ]
  }

  /// What came in until now.
  package var record: Record { core.state.withLock { $0.record } }

  /// Changes what it can do, from the next request on.
  package func set(_ abilities: Abilities) {
    core.state.withLock { $0.abilities = abilities }
  }

  /// Adds a fault behind those that wait.
  package func inject(_ fault: Fault) { core.state.withLock { $0.faults.append(fault) } }

  /// Removes all faults.
  package func removeFaults() { core.state.withLock { $0.faults.removeAll() } }

  /// Forgets the requests that came; streams that are open stay counted.
  package func forget() {
    core.state.withLock { state in
      state.record = Record(openStreams: state.record.openStreams)
    }
  }

  private func complete(_ request: HTTPServerRequest) async -> HTTPServerResponse {
    let number = remember(request.body)
    do throws(ModelFailure) {
      try authorize(request)
      let abilities = core.state.withLock { $0.abilities }
      let reader = ModelRequestReader(
        reasoningModels: settings.reasoningModels, contextTokens: settings.contextTokens,
        seesPictures: abilities.pictures, callsTools: abilities.tools)
      let read = try reader.read(request.body)
      guard settings.acceptsAnyModel || settings.models.contains(read.model) else {
        throw ModelFailure(
          status: 404,
          message: "The model `\(read.model)` does not exist or you do not have access to it.",
          code: "model_not_found")
      }
      let fault = takeFault(for: read.question)
      if case .status(let status, let message, let type, let code, let retryAfter) = fault {
        let failure = ModelFailure(status: status, message: message, type: type, code: code)
        return refusal(failure, retryAfterSeconds: retryAfter)
      }
      let script = ModelScript(
        id: "chatcmpl-\(number)", created: clock.now().milliseconds / 1000, request: read,
        fault: fault, settings: settings)
      return read.isStreamed ? stream(script) : await whole(script)
    } catch {
      core.state.withLock { $0.record.refused += 1 }
      return refusal(error, retryAfterSeconds: nil)
    }
  }

  private func remember(_ body: [UInt8]) -> Int {
    core.state.withLock { state in
      state.record.count += 1
      state.record.bodies.append(JSONValue(parsing: body) ?? .null)
      if state.record.bodies.count > settings.rememberedRequests {
        state.record.bodies.removeFirst()
      }
      return state.record.count
    }
  }

  func authorize(_ request: HTTPServerRequest) throws(ModelFailure) {
    let given = request.headers["Authorization"] ?? ""
    guard given.hasPrefix("Bearer "), given.count > "Bearer ".count else {
      throw ModelFailure(
        status: 401,
        message: "You didn't provide an API key. You need to provide your API key in an "
          + "Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).")
    }
    if let key = settings.apiKey, given != "Bearer " + key.reveal() {
      throw ModelFailure(
        status: 401, message: "Incorrect API key provided: ***.", code: "invalid_api_key")
    }
  }

  func takeFault(for question: String, isSpeech: Bool = false) -> Fault.Kind? {
    core.state.withLock { state in
      let found = state.faults.firstIndex { fault in
        guard fault.isForSpeech == isSpeech else { return false }
        return fault.matching.map { question.lowercased().contains($0.lowercased()) } ?? true
      }
      guard let found else { return nil }
      let kind = state.faults[found].kind
      if let count = state.faults[found].count {
        if count <= 1 {
          state.faults.remove(at: found)
        } else {
          state.faults[found].count = count - 1
        }
      }
      return kind
    }
  }

  func refusal(_ failure: ModelFailure, retryAfterSeconds: Int?) -> HTTPServerResponse {
    .json(
      failure.status, failure.json.bytes,
      headers: retryAfterSeconds.map { [HTTPHeader("Retry-After", String($0))] } ?? [])
  }

  private func whole(_ script: ModelScript) async -> HTTPServerResponse {
    do {
      try await clock.sleep(settings.firstChunkDelay)
      if case .stall(_, let milliseconds) = script.fault {
        try await clock.sleep(milliseconds.map { .milliseconds($0) } ?? Self.forever)
      }
    } catch {
      return HTTPServerResponse(status: 499)
    }
    if case .errorMidStream(_, let message) = script.fault {
      return refusal(
        ModelFailure(status: 500, message: message, type: "server_error"), retryAfterSeconds: nil)
    }
    return .json(200, script.body())
  }

  private func stream(_ script: ModelScript) -> HTTPServerResponse {
    let ticket = StreamTicket { [core] cancelled in
      core.state.withLock { state in
        state.record.openStreams -= 1
        if cancelled { state.record.cancelledStreams += 1 }
      }
    }
    core.state.withLock { $0.record.openStreams += 1 }
    let rest = StepQueue(script.steps())
    let body = AsyncStream<[UInt8]>(
      unfolding: { [clock] in
        while let step = rest.next() {
          switch step {
          case .send(let bytes): return bytes
          case .wait(let duration):
            if duration == .zero { continue }
            do {
              try await clock.sleep(duration ?? Self.forever)
            } catch {
              ticket.end(cancelled: true)
              return nil
            }
          }
        }
        ticket.end(cancelled: false)
        return nil
      }, onCancel: { ticket.end(cancelled: true) })
    return HTTPServerResponse(
      status: 200,
      headers: [
        HTTPHeader("Content-Type", "text/event-stream; charset=utf-8"),
        HTTPHeader("Cache-Control", "no-cache"),
      ], body: .stream(body))
  }

  private func models(_ request: HTTPServerRequest) -> HTTPServerResponse {
    do throws(ModelFailure) {
      try authorize(request)
    } catch {
      return refusal(error, retryAfterSeconds: nil)
    }
    let list = settings.models.map { name -> JSONValue in
      ["id": .string(name), "object": "model", "created": 1_700_000_000, "owned_by": "simulator"]
    }
    return .json(200, (["object": "list", "data": .array(list)] as JSONValue).bytes)
  }

  static let forever = Duration.seconds(86_400)
}
