import Gateways
import Synchronization
import TelegramAPI
import Testing

@Suite struct DownloadTests {
  private let telegram = ScriptedTelegram()

  private func file(_ fields: String) {
    telegram.answer(#"{"ok":true,"result":{"file_id":"f","file_unique_id":"u"\#(fields)}}"#)
  }

  private func fails(_ error: DownloadError, calls: Int) async {
    await #expect(throws: error) {
      try await telegram.api().messenger.download("f", 5)
    }
    #expect(telegram.calls.count == calls)
  }

  @Test func asksWhereTheFileIsAndGetsIt() async throws {
    file(#","file_size":5,"file_path":"voice/file 1.oga""#)
    telegram.answer("hello")
    let logged = Mutex(0)
    let messenger = telegram.api(log: { _ in logged.withLock { $0 += 1 } }).messenger
    #expect(try await messenger.download("f", 5) == Array("hello".utf8))
    #expect(telegram.calls.map(\.request.method) == ["POST", "GET"])
    #expect(telegram.calls.first?.method == "getFile")
    #expect(telegram.calls.first?.body == #"{"file_id":"f"}"#)
    let get = try #require(telegram.calls.last?.request)
    #expect(get.url == "http://telegram.test/file/bot123456:SECRET-token/voice/file%201.oga")
    #expect(get.responseLimit == 5)
    #expect(get.timeout == .seconds(60))
    #expect(logged.withLock { $0 } == 0)
  }

  @Test func whatIsTooLargeIsNotFetched() async {
    file(#","file_size":6,"file_path":"p""#)
    await fails(.tooLarge, calls: 1)
  }

  @Test func whatTurnsOutTooLargeIsDropped() async {
    file(#","file_path":"p""#)
    telegram.answer("hello!")
    await fails(.tooLarge, calls: 2)
    file(#","file_path":"p""#)
    telegram.fail(.tooLarge, written: true)
    await fails(.tooLarge, calls: 4)
  }

  @Test(arguments: [
    ("file is too big", DownloadError.tooLarge),
    ("wrong file_id or the file is temporarily unavailable", .missing),
    ("invalid file_id", .missing), ("FILE_REFERENCE_EXPIRED", .missing),
  ])
  func telegramRefuses(words: String, error: DownloadError) async {
    telegram.answer(
      400, #"{"ok":false,"error_code":400,"description":"Bad Request: \#(words)"}"#)
    await fails(error, calls: 1)
  }

  @Test func anotherTryMaySucceed() async {
    telegram.fail(.timedOut, written: true)
    await fails(.unavailable(reason: "timedOut "), calls: 1)
    telegram.answer(429, #"{"ok":false,"error_code":429,"parameters":{"retry_after":9}}"#)
    await fails(.unavailable(reason: "limited by Telegram"), calls: 2)
    file("")
    await fails(.unavailable(reason: "no path to the file"), calls: 3)
    file(#","file_path":"/var/lib/bot/file.oga""#)
    await fails(.unavailable(reason: "the server gives out files on its disk only"), calls: 4)
    file(#","file_path":"p""#)
    telegram.answer(502, "<html>")
    await fails(.unavailable(reason: "HTTP 502 for a file"), calls: 6)
  }

  @Test func aFileThatIsGone() async {
    file(#","file_path":"p""#)
    telegram.answer(404, "")
    await fails(.missing, calls: 2)
  }
}
