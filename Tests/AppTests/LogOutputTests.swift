import Conversation
import Foundation
import Platform
import Testing

@testable import App

private let moment = Instant(milliseconds: 1_790_000_000_123)

private func record(
  _ fields: [(key: LogKey, value: LogValue)] = [], level: LogLevel = .info
) -> LogRecord {
  LogRecord(at: moment, level: level, message: "an answer was sent", fields: fields)
}

@Suite("Log: lines")
struct LogFormatTests {
  @Test("text: time, level, message and details in columns")
  func text() {
    #expect(
      LogFormat.text.line(record()) == "2026-09-21T14:13:20.123Z info    an answer was sent\n")
    let line = LogFormat.text.line(
      record(
        [(.chat, 7), (.reason, "no \"luck\""), (.seconds, 1.5), (.detail, ""), (.code, "a=b")],
        level: .warning))
    #expect(
      line == "2026-09-21T14:13:20.123Z warning an answer was sent                      "
        + " chat=7 reason=\"no \\\"luck\\\"\" seconds=1.5 detail=\"\" code=\"a=b\"\n")
  }

  @Test("text is coloured when asked, JSON never")
  func color() {
    #expect(LogFormat.text.line(record(level: .error), colored: true).contains("\u{1B}[31merror"))
    #expect(!LogFormat.json.line(record(), colored: true).contains("\u{1B}"))
  }

  @Test("JSON: one object a line that any parser reads back")
  func json() throws {
    let nasty = "a\"b\\c\nd\te\u{1B}[0m\u{2028}\u{202E}ж👍"
    let line = LogFormat.json.line(
      record([(.reason, .text(nasty)), (.count, 3), (.seconds, 0.25), (.percent, .number(.nan))]))
    #expect(line.hasSuffix("}\n"))
    #expect(line.dropLast().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    #expect(object["time"] as? String == "2026-09-21T14:13:20.123Z")
    #expect(object["level"] as? String == "info")
    #expect(object["message"] as? String == "an answer was sent")
    #expect(object["reason"] as? String == nasty)
    #expect(object["count"] as? Int == 3)
    #expect(object["seconds"] as? Double == 0.25)
    #expect(object["percent"] is NSNull)
  }

  @Test("a key that is given twice is written once, with its last value")
  func twice() {
    let line = LogFormat.json.line(record([(.chat, 1), (.count, 2), (.chat, 3)]))
    #expect(line.hasSuffix(",\"chat\":3,\"count\":2}\n"))
  }

  @Test("text stays on one line whatever the values hold", arguments: LogFormat.allCases)
  func oneLine(format: LogFormat) {
    let line = format.line(record([(.reason, "a\nb\r\u{85}\u{2029}c")]))
    #expect(line.filter(\.isNewline).count == 1)
  }
}

@Suite("Log: redaction")
struct RedactionTests {
  @Test(
    "what looks like a token is taken out",
    arguments: [
      ("https://api.telegram.org/bot123456:AAE-x_9/getMe", "https://api.telegram.org/***/getMe"),
      ("file/bot1:ab/x bot2:cd", "file/***/x ***"),
      ("token 123456789:AAExampleExampleExample_-Example!", "token ***!"),
      ("key sk-proj-abcdefghijkl_MNO is wrong", "key *** is wrong"),
      ("gsk_abcdefghijklmnop", "***"),
      ("Incorrect API key provided: sk-abc123456789.", "Incorrect API key provided: ***."),
    ])
  func tokens(text: String, clean: String) {
    #expect(Redaction.redact(text) == clean)
    #expect(LogFormat.json.line(record([(.detail, .text(text))])).contains(clean))
    #expect(LogFormat.text.line(record([(.detail, .text(text))])).contains(clean))
  }

  @Test(
    "what does not is left alone",
    arguments: [
      "", "robot: yes", "127.0.0.1:8080", "2026-09-21T14:13:20", "task-force-one-two-three",
      "http://[::1]:8080/v1/chat", "conversation 12:34 of a chatbot", "sk-short",
      "risk-assessment-is-low",
      "bot:abc and bot12 : x",
    ])
  func others(text: String) {
    #expect(Redaction.redact(text) == text)
  }
}

@Suite("Log: output")
struct LogOutputTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("switchboard-log-\(UUID().uuidString)")

  private func console() -> FileHandle { FileHandle(forWritingAtPath: "/dev/null") ?? .nullDevice }

  @Test("a file is made with its folders for its owner only, and appended to")
  func file() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("a/b/switchboard.log").path
    for _ in 0..<2 {
      let output = try LogOutput(format: .json, console: console(), file: path)
      output.write(record())
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text == LogFormat.json.line(record()) + LogFormat.json.line(record()))
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
  }

  @Test("a file that is cut while it is written goes on at its beginning")
  func cut() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("switchboard.log").path
    let output = try LogOutput(format: .text, console: console(), file: path)
    output.write(record())
    try FileHandle(forWritingTo: URL(fileURLWithPath: path)).truncate(atOffset: 0)
    output.write(record())
    #expect(try String(contentsOfFile: path, encoding: .utf8) == LogFormat.text.line(record()))
  }

  @Test("the console gets plain lines when it is no terminal, and those of its level only")
  func consoleLines() throws {
    let pipe = Pipe()
    let output = try LogOutput(format: .text, console: pipe.fileHandleForWriting)
    let log = output.log(.warning, clock: Clock(now: { moment }, sleep: { _ in }))
    log.info("not shown")
    log.with([.service: "intake"]).warning("an answer was sent", [.count: 2])
    try pipe.fileHandleForWriting.close()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(
      text == LogFormat.text.line(record([(.service, "intake"), (.count, 2)], level: .warning)))
  }

  @Test("a full disk stops neither the program nor the console")
  func fullDisk() throws {
    let pipe = Pipe()
    let output = try LogOutput(
      format: .text, console: pipe.fileHandleForWriting, file: "/dev/full")
    output.write(record())
    output.write(record())
    try pipe.fileHandleForWriting.close()
    let text = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    #expect(text == LogFormat.text.line(record()) + LogFormat.text.line(record()))
  }

  @Test("a path that cannot be written is told when the program starts")
  func cannotOpen() {
    let error = #expect(throws: LogOutput.CannotOpen.self) {
      try LogOutput(format: .text, console: console(), file: "/proc/none/x.log")
    }
    #expect(error?.description.hasPrefix("LOG_FILE cannot be opened") == true)
  }

  @Test("lines of many writers stay whole")
  func concurrent() async throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("switchboard.log").path
    let output = try LogOutput(format: .json, console: console(), file: path)
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<8 { group.addTask { for _ in 0..<50 { output.write(record()) } } }
    }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text == String(repeating: LogFormat.json.line(record()), count: 400))
  }
}
