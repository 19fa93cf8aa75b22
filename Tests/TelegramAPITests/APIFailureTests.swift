import Gateways
import TelegramAPI
import Testing

@Suite struct APIFailureTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var code: Int
    var words: String
    var expected: APIFailure
    var testDescription: String { "\(code) \(words)" }

    init(_ code: Int, _ words: String, _ expected: (String) -> APIFailure) {
      self.code = code
      self.words = words
      self.expected = expected(words)
    }
  }

  static let cases: [Case] =
    [
      "can't parse entities: Character '.' is reserved and must be escaped",
      "can't parse MessageEntity: no offset", "message text is empty", "text must be non-empty",
      "entity beginning at UTF-16 offset 3 ends in a middle of a UTF-16 symbol at byte offset 8",
      "entity begins in a middle of a UTF-16 symbol at byte offset 8", "text is too long",
      "message is too long", "message caption is too long", "unsupported parse_mode",
      "strings must be encoded in UTF-8", "RICH_MESSAGE_TEXT_TOO_LONG", "reply markup is too long",
      "RICH_MESSAGE_MEDIA_TOO_MANY", "wrong HTTP URL specified", "something nobody has seen",
    ].map { Case(400, "Bad Request: " + $0, APIFailure.content) }
    + [
      "chat not found", "private chat not found", "chat_id is empty",
      "message to be replied not found",
      "message can't be deleted for everyone", "business connection not found",
      "wrong parameter action in request", "CHAT_ADMIN_REQUIRED", "CHAT_WRITE_FORBIDDEN",
      "TEXTDRAFT_PEER_INVALID", "RANDOM_ID_INVALID",
      "not enough rights to send text messages to the chat",
      "have no rights to send a message", "group chat was upgraded to a supergroup chat",
      "query is too old and response timeout expired or query ID is invalid",
    ].map { Case(400, "Bad Request: " + $0, APIFailure.target) }
    + [
      "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID",
      "MESSAGE_EDIT_TIME_EXPIRED",
    ].map { Case(400, "Bad Request: " + $0, APIFailure.edit) }
    + [
      "message thread not found", "TOPIC_DELETED", "TOPIC_CLOSED", "TOPIC_ID_INVALID",
    ].map { Case(400, "Bad Request: " + $0, APIFailure.topic) }
    + [
      "message to copy not found", "message can't be copied", "CHAT_FORWARDS_RESTRICTED",
      "message has protected content and can't be copied",
    ].map { Case(400, "Bad Request: " + $0, APIFailure.source) }
    + [
      Case(
        400, "Bad Request: there is no text in the message to edit", APIFailure.captioned)
    ]
    + ["TOPIC_NOT_MODIFIED", "topic is not modified"].map {
      Case(400, "Bad Request: " + $0) { _ in .notModified }
    }
    + [
      "bot was blocked by the user", "user is deactivated",
      "bot can't initiate conversation with a user", "the bot can't send messages to the bot",
      "bot was kicked from the group chat", "bot was kicked from the supergroup chat",
      "bot is not a member of the channel chat", "the group chat was deleted",
    ].map { Case(403, "Forbidden: " + $0, APIFailure.unreachable) }
    + [
      Case(400, "Bad Request: INPUT_USER_DEACTIVATED", APIFailure.unreachable),
      Case(403, "Forbidden: something else", APIFailure.target),
      Case(400, "Bad Request: message is not modified: specified new…") { _ in .notModified },
      Case(401, "Unauthorized") { _ in .unauthorized },
      Case(401, "Unauthorized: invalid token specified") { _ in .unauthorized },
      Case(421, "Misdirected Request: unallowed token specified") { _ in .unauthorized },
      Case(404, "Not Found: method not found") { _ in .methodNotFound },
      Case(404, "Not Found") { _ in .methodNotFound },
      Case(409, "Conflict: terminated by other getUpdates request", APIFailure.conflict),
      Case(413, "Request Entity Too Large", APIFailure.content),
      Case(500, "Internal Server Error: restart", APIFailure.notSent),
      Case(502, "Bad Gateway", APIFailure.notSent),
      Case(
        500, "Internal Server Error: sent message was immediately deleted and can't be returned",
        APIFailure.target),
    ]

  @Test(arguments: cases)
  func errorsOfTheBotAPI(_ it: Case) {
    let body = #"{"ok":false,"error_code":\#(it.code),"description":"\#(it.words)"}"#
    #expect(APIFailure(status: it.code, headers: [], body: Array(body.utf8)) == it.expected)
  }

  @Test func numbersComeFromParametersOrHeader() {
    func failure(_ body: String, _ headers: [HTTPHeader] = []) -> APIFailure {
      APIFailure(status: 429, headers: headers, body: Array(body.utf8))
    }
    let both = #"{"ok":false,"error_code":429,"description":"x","parameters":{"retry_after":7}}"#
    let none = #"{"ok":false,"error_code":429,"description":"Too Many Requests"}"#
    let header = [HTTPHeader("retry-after", "9")]
    #expect(failure(both, header) == .rateLimited(retryAfter: .seconds(7)))
    #expect(failure(none, header) == .rateLimited(retryAfter: .seconds(9)))
    #expect(failure(none) == .rateLimited(retryAfter: .seconds(5)))
    #expect(failure("<html>slow down</html>", header) == .rateLimited(retryAfter: .seconds(9)))
    let absurd = #"{"ok":false,"error_code":429,"parameters":{"retry_after":9223372036854775807}}"#
    #expect(failure(absurd) == .rateLimited(retryAfter: .seconds(604_800)))
    let migrated =
      #"{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","#
      + #""parameters":{"migrate_to_chat_id":-1001234567890}}"#
    #expect(failure(migrated) == .migrated(to: -1_001_234_567_890))
  }

  @Test(arguments: [
    (502, false), (504, false), (500, false), (200, false), (503, true), (404, true), (407, true),
    (302, true),
  ])
  func answersOfSomethingElse(status: Int, nothingDone: Bool) {
    let failure = APIFailure(status: status, headers: [], body: Array("<html></html>".utf8))
    let reason = "HTTP \(status) without an answer of the Bot API"
    #expect(failure == (nothingDone ? .notSent(reason) : .unknown(reason)))
  }

  @Test(arguments: [
    (
      #"can't parse entities: Unsupported start tag \"my secret\" at byte offset 5"#,
      #"can't parse entities: Unsupported start tag "…" at byte offset 5"#
    ),
    (
      "wrong path /bot123456789:AAHsecret_token-xyz/sendMessage",
      "wrong path /bot***/sendMessage"
    ),
    ("two\\nlines", "two lines"),
  ])
  func reasonsAreSafeForLogs(words: String, safe: String) {
    let body = #"{"ok":false,"error_code":400,"description":"\#(words)"}"#
    #expect(APIFailure(status: 400, headers: [], body: Array(body.utf8)) == .content(safe))
  }
}
