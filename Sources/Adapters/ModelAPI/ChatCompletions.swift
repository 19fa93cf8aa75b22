internal import Conversation
package import Gateways
package import Platform
internal import Synchronization

extension LanguageModel {
  /// A model at an OpenAI-compatible service, over Chat Completions, streamed.
  ///
  /// One attempt per call. The only thing that is repeated inside is a request that the service
  /// refused, before it generated anything, because it does not know the name of a parameter; what
  /// it knows is remembered for the model until the program ends. So is that a model takes no
  /// pictures: no second request with one is made.
  ///
  /// - Parameters:
  ///   - settings: The service.
  ///   - transport: The way to it.
  ///   - log: Where an adapted parameter is noted.
  ///   - clock: The time, for services that name the end of a limit as a date.
  /// - Returns: The model.
  package static func chatCompletions(
    settings: ModelAPISettings, transport: HTTPTransport, log: Log, clock: Clock = .system
  ) -> LanguageModel {
    let client = ChatCompletions(
      settings: settings, transport: transport, log: log, clock: clock)
    let transcription = Transcription(settings: settings, transport: transport, clock: clock)
    return LanguageModel(
      stream: { request async throws(ModelError) in try await client.stream(request) },
      transcribe: { speech async throws(ModelError) in try await transcription.words(of: speech) })
  }
}

/// The client behind `LanguageModel.chatCompletions`.
private final class ChatCompletions: Sendable {
  private let settings: ModelAPISettings
  private let transport: HTTPTransport
  private let log: Log
  private let clock: Clock
  private let dialects = Mutex<[String: RequestDialect]>([:])
  /// Models that take no pictures.
  private let blind = Mutex<Set<String>>([])

  init(settings: ModelAPISettings, transport: HTTPTransport, log: Log, clock: Clock) {
    self.settings = settings
    self.transport = transport
    self.log = log
    self.clock = clock
  }

  func stream(_ request: ModelRequest) async throws(ModelError) -> ModelStream {
    let hasPictures = request.turns.contains { !$0.pictures.isEmpty }
    if hasPictures, blind.withLock({ $0.contains(request.model) }) {
      throw ModelError(.mediaUnsupported, detail: "known to take no pictures")
    }
    let first = RequestDialect(model: request.model, isOpenAI: settings.isOpenAI)
    var dialect = dialects.withLock { $0[request.model] } ?? first
    while true {
      let response = try await send(request, in: dialect)
      if (200..<300).contains(response.status) {
        remember(dialect, instead: first, for: request.model)
        let reader = AnswerReader(
          response.body,
          AnswerDecoder(
            eventLimit: settings.eventLimit, answerLimit: settings.answerLimit,
            headers: response.headers, now: clock.now()))
        return ModelStream { () async throws(ModelError) in try await reader.next() }
      }
      let complaint = ServiceError(
        status: response.status, headers: response.headers, body: await prefix(of: response.body))
      if hasPictures, complaint.refusesPictures {
        rememberBlind(request.model)
        throw ModelError(.mediaUnsupported, detail: complaint.detail)
      }
      if request.offersHandOver, let call = complaint.failedHandOver { return .of(call) }
      if [400, 422].contains(response.status),
        let next = dialect.avoiding(complaint, first: first)
      {
        dialect = next
        continue
      }
      throw complaint.modelError(now: clock.now())
    }
  }

  private func send(
    _ request: ModelRequest, in dialect: RequestDialect
  ) async throws(ModelError) -> HTTPStreamingResponse {
    let body = ChatRequest(request, in: dialect).json()
    do {
      return try await transport.stream(
        HTTPRequest(
          method: "POST", url: settings.url("chat/completions"),
          headers: settings.requestHeaders() + [HTTPHeader("Content-Type", "application/json")],
          body: .bytes(body), timeout: request.timeout))
    } catch {
      throw ModelError(beforeHead: error)
    }
  }

  /// Keeps what the service accepted, once it has.
  private func remember(_ dialect: RequestDialect, instead first: RequestDialect, for model: String)
  {
    guard dialect != first else { return }
    let isNew = dialects.withLock { dialects in
      // The names come from the settings, so that there are few; the bound is for those who hand
      // names through.
      guard dialects[model] != dialect, dialects.count < 1000 else { return false }
      dialects[model] = dialect
      return true
    }
    if isNew {
      log.info(
        "The service refused a parameter and is asked without it from now on",
        [
          .model: .text(model),
          .kind: .text(dialect.limit == first.limit ? "stream_options" : "limit"),
        ]
      )
    }
  }

  private func rememberBlind(_ model: String) {
    let isNew = blind.withLock { $0.count < 1000 && $0.insert(model).inserted }
    if isNew { log.info("The model takes no pictures", [.model: .text(model)]) }
  }

  /// What a refusal says, as far as it is worth reading. A refusal whose body breaks off is still
  /// told by its status.
  private func prefix(of body: HTTPBody) async -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      while bytes.count < 1 << 16, let piece = try await body.next() { bytes += piece }
    } catch {
      return bytes
    }
    return bytes
  }
}

extension ModelStream {
  /// An answer that is nothing but the call of our tool.
  fileprivate static func of(_ call: HandOverCall) -> ModelStream {
    let rest = Mutex<ModelDelta?>(ModelDelta(finish: .other, handOver: call))
    return ModelStream { () throws(ModelError) in rest.withLock { $0.take() } }
  }
}

extension ModelError {
  /// The trouble of a request to which no head of an answer came.
  init(beforeHead error: HTTPError) {
    let kind: Kind =
      switch error.code {
      case .timedOut: .timedOut
      case .cancelled: .cancelled
      case .tooLarge: .malformed
      case .notConnected, .insecure, .proxy, .broken, .badURL: .unreachable
      }
    self.init(kind, detail: Self.detail(error))
  }

  /// The trouble of an answer that had begun.
  init(afterHead error: HTTPError) {
    let kind: Kind =
      switch error.code {
      case .timedOut: .timedOut
      case .cancelled: .cancelled
      case .tooLarge: .malformed
      case .notConnected, .insecure, .proxy, .broken, .badURL: .interrupted
      }
    self.init(kind, detail: Self.detail(error))
  }

  private static func detail(_ error: HTTPError) -> String {
    error.detail.isEmpty ? error.code.rawValue : "\(error.code.rawValue): \(error.detail)"
  }
}
