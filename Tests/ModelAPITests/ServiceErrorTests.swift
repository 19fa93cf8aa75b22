import Conversation
import Gateways
import Testing

@testable import ModelAPI

struct ServiceErrorTests {
  /// Sun, 06 Nov 1994 08:49:37 GMT.
  private static let now = Instant(seconds: 784_111_777)

  private static let refusals: [(Int, String, ModelError.Kind, String)] = [
    (
      401,
      #"{"error":{"message":"Incorrect API key provided: sk-1","type":"invalid_request_error","code":"invalid_api_key"}}"#,
      .keyRefused, "401 invalid_api_key invalid_request_error"
    ),
    (
      403, #"{"error":{"code":"unsupported_country_region_territory"}}"#, .keyRefused,
      "403 unsupported_country_region_territory"
    ),
    (
      400, #"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT"}}]"#,
      .keyRefused, "400 invalid_argument"
    ),
    (
      403,
      #"{"error":{"code":403,"message":"x","metadata":{"reasons":["x"],"flagged_input":"words"}}}"#,
      .filtered, "403"
    ),
    (402, "Insufficient Balance", .outOfMoney, "402"),
    (
      429, #"{"error":{"type":"insufficient_quota","code":"insufficient_quota"}}"#, .outOfMoney,
      "429 insufficient_quota insufficient_quota"
    ),
    (
      429, #"{"error":{"type":"insufficient_quota","code":"credit_balance_exhausted"}}"#,
      .outOfMoney, "429 credit_balance_exhausted insufficient_quota"
    ),
    (400, #"{"error":{"message":"Your credit balance is too low to …"}}"#, .outOfMoney, "400"),
    (
      429,
      #"{"error":{"message":"Rate limit reached","type":"requests","code":"rate_limit_exceeded"}}"#,
      .rateLimited, "429 rate_limit_exceeded requests"
    ),
    (
      429, #"{"error":{"message":"x","type":"throttling_error","param":null,"code":"429"}}"#,
      .rateLimited, "429 throttling_error"
    ),
    (429, #"{"error":"busy"}"#, .rateLimited, "429"),
    (429, "", .rateLimited, "429"),
    (
      429,
      #"{"error":{"message":"Request too large for gpt-5 in organization x on tokens per min"}}"#,
      .contextTooLong, "429"
    ),
    (
      413, #"{"error":{"message":"Request too large","code":"rate_limit_exceeded"}}"#,
      .contextTooLong, "413 rate_limit_exceeded"
    ),
    (
      400, #"{"error":{"code":"context_length_exceeded"}}"#, .contextTooLong,
      "400 context_length_exceeded"
    ),
    (
      400,
      #"{"error":{"message":"This model's maximum context length is 128000 tokens. However …"}}"#,
      .contextTooLong, "400"
    ),
    (
      400,
      #"{"object":"error","message":"maximum context length is 1 tokens","type":"BadRequestError","code":400}"#,
      .contextTooLong, "400 badrequesterror"
    ),
    (
      400,
      #"{"error":{"code":400,"message":"the request exceeds the available context size","type":"exceed_context_size_error"}}"#,
      .contextTooLong, "400 exceed_context_size_error"
    ),
    (
      400,
      #"{"error":{"message":"litellm.ContextWindowExceededError: too much","type":"invalid_request_error","code":"400"}}"#,
      .contextTooLong, "400 invalid_request_error"
    ),
    (
      422,
      #"{"detail":[{"loc":["body","messages"],"msg":"Prompt is too long","type":"value_error"}]}"#,
      .contextTooLong, "422"
    ),
    (422, #"{"detail":"bad"}"#, .refused, "422"),
    (
      400, #"{"error":{"code":"content_policy_violation"}}"#, .filtered,
      "400 content_policy_violation"
    ),
    (400, #"{"error":{"code":"content_filter","innererror":{}}}"#, .filtered, "400 content_filter"),
    (
      400, #"{"error":{"type":"invalid_request_error","code":null,"message":"words of a person"}}"#,
      .refused, "400 invalid_request_error"
    ),
    (
      404, #"{"error":{"code":"model_not_found","message":"The model `x` does not exist"}}"#,
      .modelUnknown, "404 model_not_found"
    ),
    (404, #"{"error":{"message":"model 'x' not found"}}"#, .modelUnknown, "404"),
    (404, #"{"error":{"message":"No endpoints found for x","code":404}}"#, .modelUnknown, "404"),
    (404, "<html>no model here</html>", .refused, "404"),
    (404, #"{"detail":"Not Found"}"#, .refused, "404"),
    (400, #"{"error":{"message":"x is not a valid model ID","code":400}}"#, .modelUnknown, "400"),
    (400, #"{"error":{"code":"model_decommissioned"}}"#, .modelUnknown, "400 model_decommissioned"),
    (408, "", .timedOut, "408"), (409, "", .unavailable, "409"), (498, "", .unavailable, "498"),
    (500, #"{"error":{"type":"server_error"}}"#, .unavailable, "500 server_error"),
    (502, "<html>Bad Gateway</html>", .unavailable, "502"),
    (503, #"{"error":{"code":"slow_down"}}"#, .unavailable, "503 slow_down"),
    (
      529, #"{"type":"error","error":{"type":"overloaded_error","message":"x"}}"#, .unavailable,
      "529 overloaded_error"
    ),
    (301, "", .refused, "301"), (418, "", .refused, "418"),
    (400, #"{"error":{"code":"free text, with words of a person","type":["x"]}}"#, .refused, "400"),
  ]

  @Test(arguments: refusals)
  func tellsKinds(status: Int, body: String, kind: ModelError.Kind, detail: String) {
    let error = ServiceError(status: status, headers: [], body: Array(body.utf8))
      .modelError(now: Self.now)
    #expect(error == ModelError(kind, detail: detail))
  }

  private static let waits: [([HTTPHeader], Duration?)] = [
    ([], nil),
    ([HTTPHeader("Retry-After", "7")], .seconds(7)),
    ([HTTPHeader("retry-after", " 1.5 ")], .milliseconds(1500)),
    ([HTTPHeader("Retry-After", "Sun, 06 Nov 1994 08:50:07 GMT")], .seconds(30)),
    ([HTTPHeader("Retry-After", "Sun, 06 Nov 1994 08:40:00 GMT")], .zero),
    ([HTTPHeader("Retry-After", "soon")], nil),
    ([HTTPHeader("Retry-After", "-5")], .zero),
    ([HTTPHeader("Retry-After", "nan")], nil),
    ([HTTPHeader("Retry-After", "1e30")], .seconds(30 * 86400)),
    ([HTTPHeader("Retry-After", "7"), HTTPHeader("Retry-After-Ms", "1200")], .milliseconds(1200)),
    ([HTTPHeader("x-ratelimit-reset-tokens", "6m0s")], .seconds(360)),
    ([HTTPHeader("x-ratelimit-reset-tokens", "120ms")], .milliseconds(120)),
    (
      [
        HTTPHeader("x-ratelimit-reset-requests", "2h0m59.56s"),
        HTTPHeader("x-ratelimit-remaining-requests", "14370"),
        HTTPHeader("x-ratelimit-reset-tokens", "7.66s"),
      ], .milliseconds(7660)
    ),
    (
      [
        HTTPHeader("x-ratelimit-reset-requests", "1m"),
        HTTPHeader("x-ratelimit-remaining-requests", "0"),
        HTTPHeader("x-ratelimit-reset-tokens", "1s"),
      ], .seconds(60)
    ),
    ([HTTPHeader("X-RateLimit-Reset", "784111787000")], .seconds(10)),
    ([HTTPHeader("X-RateLimit-Reset", "784111787")], .seconds(10)),
    ([HTTPHeader("X-RateLimit-Reset", "12")], .seconds(12)),
  ]

  @Test(arguments: waits)
  func tellsHowLongToWait(headers: [HTTPHeader], wait: Duration?) {
    #expect(
      ServiceError(status: 429, headers: headers, body: []).modelError(now: Self.now).retryAfter
        == wait)
  }

  @Test func limitsSayNothingAboutOtherTrouble() {
    let headers = [HTTPHeader("x-ratelimit-reset-tokens", "6m0s")]
    for status in [400, 401, 500, 503] {
      let error = ServiceError(status: status, headers: headers, body: [])
      #expect(error.modelError(now: Self.now).retryAfter == nil)
    }
    let busy = ServiceError(status: 503, headers: [HTTPHeader("retry-after", "3")], body: [])
    #expect(busy.modelError(now: Self.now).retryAfter == .seconds(3))
  }

  @Test(arguments: ["", "s", "1", "1x", "1s2", "m1", "1.2.3s"])
  func spelledDurationsAreStrict(text: String) {
    #expect(spelledDuration(text) == (text == "1" ? .seconds(1) : nil))
  }

  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 32 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 CET", "", "Sun, 06 Nov 99999 08:49:37 GMT",
  ])
  func datesAreStrict(text: String) {
    #expect(httpDate(text) == nil)
  }
}
