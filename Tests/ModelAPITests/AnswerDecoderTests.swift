import Conversation
import Gateways
import Testing

@testable import ModelAPI

struct AnswerDecoderTests {
  static let stream = join(
    ": OPENROUTER PROCESSING\n\n",
    event(#"{"choices":[{"index":0,"delta":{"role":"assistant","content":""}}],"usage":null}"#),
    chunk("Привет, "), chunk(#"\"мир\" \ud83d\ude00\n"#), ": keep-alive\n\n", chunk("👨‍👩‍👧 €"),
    stop, usage, done)
  static let answer = Answer(
    text: "Привет, \"мир\" 😀\n👨‍👩‍👧 €",
    usage: TokenUsage(prompt: 9, completion: 12), finish: .stop)

  @Test(arguments: ["\n", "\r\n", "\r"])
  func isTheSameWhereverItIsCut(lineEnd: String) throws {
    let bytes = Array(Self.stream.replacing("\n", with: lineEnd).utf8)
    for cut in 0...bytes.count {
      let answer = try decode([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(answer.saidOnly == Self.answer, "cut at \(cut)")
    }
    #expect(try decode(bytes.map { [$0] }).saidOnly == Self.answer)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func joinsLinesOfDataWhereverItIsCut(lineEnd: String) throws {
    let lines = [
      "data: {\"choices\":", "data: [{\"delta\":", "data: {\"content\":\"x\"}}]}", "", stop,
    ]
    let bytes = Array(lines.joined(separator: "\n").replacing("\n", with: lineEnd).utf8)
    for cut in 0...bytes.count {
      let answer = try decode([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(answer == Answer(text: "x", finish: .stop), "cut at \(cut)")
    }
  }

  @Test func isTheSameInRandomPieces() throws {
    var numbers = SeededNumbers(seed: 1)
    let bytes = Array(Self.stream.utf8)
    for _ in 0..<200 {
      var pieces: [[UInt8]] = []
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Int.random(in: 1...40, using: &numbers)
        pieces.append(Array(rest.prefix(count)))
        rest = rest.dropFirst(count)
      }
      #expect(try decode(pieces).saidOnly == Self.answer)
    }
  }

  @Test func makesOnePartOfOnePiece() throws {
    var decoder = AnswerDecoder(eventLimit: 1 << 20, answerLimit: 1 << 20, now: .init(seconds: 0))
    let first = try decoder.read(Array((chunk("a") + chunk("b") + chunk("c")).utf8))
    #expect(first == ModelDelta(text: "abc"))
    #expect(try decoder.read(Array(": still here\n".utf8)) == ModelDelta(isThinking: true))
    #expect(try decoder.read(Array("data: {\"choi".utf8)) == nil)
    let last = try decoder.read(Array(("ces\":[]}\n" + chunk("d") + stop + usage + done).utf8))
    #expect(
      last
        == ModelDelta(
          text: "d", usage: TokenUsage(prompt: 9, completion: 12), finish: .stop))
    #expect(decoder.isDone)
  }

  private static let shapes: [(String, String)] = [
    // No blank lines, no space, no end mark.
    (join(chunk("a"), chunk("b"), stop).replacing("\n\n", with: "\n"), "ab"),
    (join(chunk("a"), stop).replacing("data: ", with: "data:"), "a"),
    // An end mark without a reason, and without a line end.
    (join(chunk("a"), "data: [DONE]"), "a"),
    (join(chunk("a"), "data: [DONE]\n"), "a"),
    // Several lines of data in one event; other fields; blank data; a byte order mark.
    (join("data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"x\"}}]}\n\n", stop), "x"),
    (join("event: message\nid: 7\nretry: 3000\n", chunk("a"), "data:\n\ndata: \n\n", stop), "a"),
    (join("\u{FEFF}", chunk("a"), stop), "a"),
    // Azure's first event; events without choices or with a null; a second choice.
    (
      join(event(#"{"choices":[],"prompt_filter_results":[{"index":0}]}"#), chunk("a"), stop), "a"
    ),
    (join(event(#"{"choices":[{"delta":{"content":null}}]}"#), chunk("a"), stop), "a"),
    (join(event(#"{"id":"x"}"#), chunk("a"), stop), "a"),
    (join(event(#"{"choices":[{"index":1,"delta":{"content":"2"}}]}"#), chunk("a"), stop), "a"),
    // A refusal in words; content in parts; padding; tool calls.
    (join(event(#"{"choices":[{"delta":{"refusal":"No."}}]}"#), stop), "No."),
    (
      join(
        event(
          #"{"choices":[{"delta":{"content":[{"type":"thinking"},{"type":"text","text":"x"}]}}]}"#
        ), stop), "x"
    ),
    (join(event(#"{"choices":[{"delta":{"content":"a"}}],"obfuscation":"q\/w"}"#), stop), "a"),
    (join(event(#"{"choices":[{"delta":{"tool_calls":[{}]}}]}"#), chunk("a"), stop), "a"),
    // Halves of a surrogate pair.
    (join(chunk(#"a\ud83d"#), chunk(#"\ude00b"#), stop), "a\u{FFFD}\u{FFFD}b"),
  ]

  @Test("Shapes of streams that services send", arguments: shapes)
  func understands(stream: String, text: String) throws {
    let answer = try decode(stream)
    #expect(answer.text == text)
  }

  private static let reasoning: [String] = [
    join(event(#"{"choices":[{"delta":{"reasoning_content":"hm"}}]}"#), chunk("a")),
    join(event(#"{"choices":[{"delta":{"reasoning":"h\"m","content":""}}]}"#), chunk("a")),
    chunk(#"<think>hm</think>\n\na"#), chunk(#"\n<think>hm</think>a"#),
    join(
      chunk("<thi"), chunk("nk>h"), chunk("m < </thin"), chunk("k>"), chunk(#"\n"#), chunk("a")),
  ]

  @Test("Reasoning is never shown", arguments: reasoning)
  func hidesReasoning(stream: String) throws {
    let answer = Answer(text: "a", finish: .stop)
    #expect(try decode(stream + stop).saidOnly == answer)
    let slow = try decode((stream + stop).split(separator: "\n").map { Array("\($0)\n".utf8) })
    #expect(slow.saidOnly == answer)
  }

  @Test func reasoningIsASignOfLife() throws {
    for delta in [#"{"reasoning":"hm"}"#, #"{"content":"<think>hm"}"#, #"{"reasoning":"\n"}"#] {
      #expect(try decode(event(#"{"choices":[{"delta":\#(delta)}]}"#) + stop).wasThinking)
    }
  }

  @Test(
    "What only looks like reasoning is shown",
    arguments: ["<thi", "<thing>", "  x", "a <think>b</think>", "<", " "])
  func keepsOtherText(text: String) throws {
    #expect(try decode(chunk(text) + stop).text == text)
    #expect(try decode(chunk(text) + done).text == text)
    #expect(try decode(text.map { chunk(String($0)) }.joined() + stop).text == text)
  }

  @Test func unfinishedReasoningLeavesNothing() throws {
    let answer = try decode(
      chunk("<think>on and on")
        + event(#"{"choices":[{"delta":{},"finish_reason":"length"}]}"#) + done)
    #expect(answer == Answer(text: "", wasThinking: true, finish: .length))
  }

  @Test(
    "Words for the end of an answer",
    arguments: [
      ("stop", ModelDelta.Finish.stop), ("eos_token", .stop), ("length", .length),
      ("content_filter", .filtered), ("blacklist", .filtered), ("SAFETY", .filtered),
      ("tool_calls", .other), ("function_call", .other), ("anything", .other),
    ])
  func readsFinish(reason: String, finish: ModelDelta.Finish) throws {
    let stream = event(#"{"choices":[{"delta":{},"finish_reason":"\#(reason)"}]}"#)
    #expect(try decode(stream).finish == finish)
  }

  private static let figures: [String] = [
    #"{"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}}"#,
    join(
      #"{"choices":[{"index":0,"delta":{}}],"usage":{"prompt_tokens":9,"completion_tokens":12,"#,
      #""completion_tokens_details":{"reasoning_tokens":3,"x":[1.5e3,-0.1,true,null]}}}"#),
    #"{"choices":[],"x_groq":{"id":"r","usage":{"prompt_tokens":9,"completion_tokens":12}}}"#,
  ]

  @Test("Usage in any event; the last one counts", arguments: figures)
  func readsUsage(json: String) throws {
    let early = event(#"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#)
    for stream in [early + stop + event(json) + done, early + event(json) + stop] {
      #expect(try decode(stream).usage == TokenUsage(prompt: 9, completion: 12))
    }
  }

  private static let broken: [(String, ModelError.Kind)] = [
    ("", .interrupted),
    (chunk("a"), .interrupted),
    (join(chunk("a"), "data: {\"choices\":[{\"del"), .interrupted),
    (join(chunk("a"), ": bye\n"), .interrupted),
    (join(chunk("a"), event("{\"choices\":[{\"del"), stop), .malformed),
    (join(chunk("a"), event("nonsense"), stop), .malformed),
    (join(chunk("a"), event(#"{"error":{"message":"x","code":502}}"#)), .unavailable),
    (event(#"{"error":{"message":"x","code":"429"}}"#), .rateLimited),
    (event(#"{"error":"overloaded"}"#), .unavailable),
    (event(#"{"error":{"type":"insufficient_quota","message":"x"}}"#), .outOfMoney),
    (event(#"{"error":{"type":"invalid_request_error"}}"#), .refused),
    (event(#"{"error":{"code":"context_length_exceeded"}}"#), .contextTooLong),
    (event(#"{"object":"error","message":"x","code":503}"#), .unavailable),
    (event(#"[{"error":{"code":503,"status":"UNAVAILABLE"}}]"#), .unavailable),
    (event(#"{"choices":[{"delta":{"content":"a"},"finish_reason":"error"}]}"#), .unavailable),
    (
      event(
        #"{"error":{"code":429,"message":"x"},"choices":[{"delta":{},"finish_reason":"error"}]}"#),
      .rateLimited
    ),
  ]

  @Test("Streams that end in trouble", arguments: broken)
  func tellsTrouble(stream: String, kind: ModelError.Kind) {
    #expect(trouble { () throws(ModelError) in try decode(stream) } == kind)
    let bytes = stream.utf8.map { [$0] }
    #expect(trouble { () throws(ModelError) in try decode(bytes) } == kind)
  }

  private static let wholes: [String] = [
    join(
      #"{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Да","#,
      #""refusal":null,"tool_calls":[]},"finish_reason":"stop"}],"#,
      #""usage":{"prompt_tokens":9,"completion_tokens":12}}"#),
    join(
      "\n {\n\"choices\": [ {\"message\": {\"content\": \"<think>x</think> Да\"},",
      "\"finish_reason\": \"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":12}}"),
  ]

  @Test("Whole answers from services that ignore `stream`", arguments: wholes)
  func readsWholeAnswer(json: String) throws {
    let bytes = Array(json.utf8)
    for cut in [0, 1, 30, bytes.count] {
      let answer = try decode([Array(bytes[..<cut]), Array(bytes[cut...])])
      #expect(answer.text == "Да")
      #expect(answer.finish == .stop)
      #expect(answer.usage == TokenUsage(prompt: 9, completion: 12))
    }
    let half = [Array(bytes[..<40])]
    #expect(trouble { () throws(ModelError) in try decode(half) } == .interrupted)
  }

  @Test func boundsEventAndAnswer() throws {
    let line = chunk(String(repeating: "x", count: 500))
    for pieces in [[Array(line.utf8)], line.utf8.map { [$0] }] {
      let kind = trouble { () throws(ModelError) in try decode(pieces, eventLimit: 400) }
      // A line inside one piece needs no buffer, so that only a cut one is bounded.
      #expect(kind == (pieces.count == 1 ? .interrupted : .malformed))
    }
    let lines = String(repeating: "data: [\n", count: 100)
    let many = [Array(lines.utf8)]
    #expect(trouble { () throws(ModelError) in try decode(many, eventLimit: 100) } == .malformed)

    let text = String(repeating: "я", count: 30)
    let pieces = [Array(chunk(text).utf8), Array(chunk(text).utf8), Array(stop.utf8)]
    let answer = try decode(pieces, answerLimit: 101)
    #expect(answer == Answer(text: String(repeating: "я", count: 50), finish: .length))
  }

  @Test func anErrorPageIsNoAnswer() {
    let page = "<!DOCTYPE html><title>502</title>"
    #expect(trouble { () throws(ModelError) in try decode(page) } == .malformed)
  }
}
