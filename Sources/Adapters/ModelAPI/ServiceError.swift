internal import Conversation
internal import Gateways

/// What a service says about its refusal, in whichever of the many shapes.
///
/// Its free text is read here, to learn what kind of refusal it is, and goes nowhere else.
struct ServiceError {
  /// The status of the answer, or the one that the error itself names.
  let status: Int?
  private let headers: [HTTPHeader]
  private var codes: [String] = []
  private(set) var parameter = ""
  private var words = ""
  private var isFlagged = false
  /// What the model wrote in place of a call that could be read.
  private(set) var failedGeneration: String?

  /// The refusal of a request.
  init(status: Int, headers: [HTTPHeader], body: [UInt8]) {
    if let value = JSONValue(body) {
      self.init(status: status, headers: headers, error: value)
    } else {
      self.init(status: status, headers: headers, error: .string(""))
      words = Self.isMarkup(body) ? "" : Self.folded(String(decoding: body, as: UTF8.self))
    }
  }

  /// An error that came as JSON, in an answer of the status or, when that is nil, in the middle of
  /// an answer.
  init(status: Int?, headers: [HTTPHeader], error value: JSONValue) {
    self.headers = headers
    var value = value
    if let first = value.elements?.first { value = first }
    if let inner = value["error"] { value = inner }
    var texts = [value.string, value["message"]?.string, value["metadata"]?["raw"]?.string]
    if let detail = value["detail"] {
      texts.append(detail.string)
      // FastAPI names the field and what is wrong with it.
      for item in detail.elements ?? [] {
        texts.append(item["msg"]?.string)
        texts += (item["loc"]?.elements ?? []).map(\.string)
      }
    }
    words = Self.folded(texts.compactMap(\.self).joined(separator: " "))
    codes = [value["code"]?.word, value["type"]?.word, value["status"]?.word]
      .compactMap(\.self).filter(Self.isCode).map { $0.lowercased() }
    parameter = value["param"]?.string?.lowercased() ?? ""
    isFlagged = value["metadata"]?["flagged_input"] != nil
    failedGeneration = value["failed_generation"]?.string
    self.status = status ?? codes.lazy.compactMap { Int($0) }.first { (400..<600).contains($0) }
  }

  /// Whether the service says that it does not know, or want, the parameter.
  func rejects(_ name: String) -> Bool {
    guard parameter == name || words.contains("'\(name)'") || mentions(name) else { return false }
    return has("unsupported_parameter") || has("unknown_parameter") || says(Self.unknownPhrases)
  }

  /// The error as the rest of the program knows it.
  func modelError(now: Instant) -> ModelError {
    let kind = self.kind
    let isLimit = kind == .rateLimited
    let retry = isLimit || kind == .unavailable || kind == .timedOut
    return ModelError(
      kind, retryAfter: retry ? retryAfter(headers, isLimit: isLimit, now: now) : nil,
      detail: detail)
  }

  /// Status and code, never the service's words.
  var detail: String {
    let words = [status.map { String($0) }] + codes.map { Int($0) == nil ? $0 : nil }
    return words.compactMap(\.self).joined(separator: " ")
  }

  /// What kind of refusal it is.
  var kind: ModelError.Kind {
    if refusesTools { return .toolsUnsupported }
    if let kind = kindByCode ?? kindByWords { return kind }
    switch status {
    case nil: return has("invalid_request_error") ? .refused : .unavailable
    case 401, 403: return .keyRefused
    case 402: return .outOfMoney
    // A wrong address answers 404 too; then the model has nothing to do with it.
    case 404: return mentions("model") || mentions("endpoints") ? .modelUnknown : .refused
    case 408: return .timedOut
    case 413: return .contextTooLong
    case 429: return .rateLimited
    // 498 is Groq's word for a lack of capacity, 499 for a request that it cancelled.
    case 409, 425, 498, 499: return .unavailable
    case .some(let status): return status >= 500 ? .unavailable : .refused
    }
  }

  private var kindByCode: ModelError.Kind? {
    let table: [(ModelError.Kind, [String])] = [
      (
        .outOfMoney,
        [
          "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
          "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "billing_error",
          "billing_hard_limit_reached", "insufficient_balance",
        ]
      ),
      (
        .contextTooLong,
        ["context_length_exceeded", "string_above_max_length", "exceed_context_size_error"]
      ),
      (
        .filtered,
        [
          "content_policy_violation", "content_filter", "responsibleaipolicyviolation",
          "data_inspection_failed", "invalid_prompt",
        ]
      ),
      (.modelUnknown, ["model_not_found", "model_decommissioned", "invalid_model"]),
      (.keyRefused, ["invalid_api_key", "authentication_error", "permission_error"]),
      (.unavailable, ["overloaded_error", "server_is_overloaded", "server_error", "slow_down"]),
      (.rateLimited, ["rate_limit_exceeded", "rate_limit_error"]),
      // Groq could not read what the model wrote; the next time it may.
      (.malformed, ["tool_use_failed"]),
    ]
    // 413 of a service that calls it a limit of its rate is still about the length.
    return table.first { kind, names in
      names.contains(where: has) && !(kind == .rateLimited && status == 413)
    }?.0
  }

  private var kindByWords: ModelError.Kind? {
    if isFlagged { return .filtered }
    if says(["insufficient_quota", "insufficient balance", "credit balance is too low"]) {
      return .outOfMoney
    }
    if ![401, 402, 403, 404].contains(status), says(Self.overflowPhrases) {
      return .contextTooLong
    }
    if status == 400, says(["incorrect api key", "api key not valid"]) { return .keyRefused }
    if status == 400, says(["not a valid model", "invalid model"]) { return .modelUnknown }
    return nil
  }

  func has(_ code: String) -> Bool { codes.contains(code) }
  func says(_ phrases: [String]) -> Bool { phrases.contains { words.contains($0) } }

  /// Whether the word stands by itself somewhere, so that `max_tokens` is not found in
  /// `max_tokens_total`.
  func mentions(_ word: String) -> Bool {
    words.split { !($0.isLetter || $0.isNumber || $0 == "_") }.contains { $0 == word }
  }

  private static let unknownPhrases = [
    "unsupported", "not supported", "unknown", "unrecognized", "unexpected", "not permitted",
    "not allowed", "extra inputs", "extra fields", "additional properties",
  ]

  /// How services say that the question is too long: OpenAI, vLLM, llama.cpp, Anthropic, the proxy of
  /// LiteLLM (by the name of its error, whatever the service behind it said), and limits
  /// of tokens a minute that a single request goes beyond (OpenAI, Groq).
  private static let overflowPhrases = [
    "context_length_exceeded", "maximum context length", "longer than the model's context length",
    "exceeds the available context size", "input tokens exceed the configured limit",
    "prompt is too long", "string too long. expected a string with maximum length",
    "request too large for model", "request too large for gpt", "contextwindowexceedederror",
  ]

  /// Whether it is a code and not free text.
  private static func isCode(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 64
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-.".contains($0)) }
  }

  private static func isMarkup(_ body: [UInt8]) -> Bool {
    body.first { !(9...13).contains($0) && $0 != 0x20 } == UInt8(ascii: "<")
  }

  private static func folded(_ text: String) -> String { String(text.prefix(4096)).lowercased() }
}
