import Conversation
import Gateways
import Testing

@testable import ModelAPI

/// The call of the one tool that a model is offered.
struct ToolCallTests {
  private static let call = HandOverCall(reason: "asked", summary: "Wants \"Лену\"\n€")
  /// The call's arguments, once as JSON and once as that JSON stands in a JSON string.
  private static let arguments = #"{"reason":"asked","summary":"Wants \"Лену\"\n€"}"#
  private static let quoted = #"{\"reason\":\"asked\",\"summary\":\"Wants \\\"Лену\\\"\\n€\"}"#
  private static let finish = event(
    #"{"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}"#)

  /// An event with elements of `tool_calls`.
  private static func pieces(_ json: String) -> String {
    event(#"{"choices":[{"index":0,"delta":{"tool_calls":[\#(json)]},"finish_reason":null}]}"#)
  }

  private static func first(_ index: Int, _ name: String, _ arguments: String = "") -> String {
    #"{"index":\#(index),"id":"call_\#(name)","type":"function","function":"#
      + #"{"name":"\#(name)","arguments":"\#(arguments)"}}"#
  }

  private static func more(_ index: Int, _ arguments: String) -> String {
    #"{"index":\#(index),"function":{"arguments":"\#(arguments)"}}"#
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var stream: String
    var call: HandOverCall? = ToolCallTests.call
    var text = ""
    var finish: ModelDelta.Finish? = .other
  }

  private static let name = HandOverTool.name
  private static let ends = String(quoted.dropFirst(40))
  private static let starts = String(quoted.prefix(40))

  private static let shapes: [Case] = [
    Case(
      testDescription: "in pieces, as OpenAI sends it",
      stream: join(
        event(#"{"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}"#),
        pieces(first(0, name)), pieces(more(0, starts)), pieces(more(0, ends)), finish, usage,
        done)),
    Case(
      testDescription: "after text",
      stream: join(chunk("One moment."), pieces(first(0, name, quoted)), finish, done),
      text: "One moment."),
    Case(
      testDescription: "the whole call in the event that ends the answer",
      stream: event(
        #"{"choices":[{"delta":{"tool_calls":[\#(first(0, name, quoted))]},"#
          + #""finish_reason":"stop"}]}"#), finish: .stop),
    Case(
      testDescription: "no reason for the end, only its mark",
      stream: join(pieces(first(0, name, quoted)), done), finish: nil),
    Case(
      testDescription: "without index and id, arguments as an object",
      stream: join(
        pieces(#"{"function":{"name":"\#(name)","arguments":\#(arguments)}}"#), finish)),
    Case(
      testDescription: "the old way",
      stream: join(
        event(
          #"{"choices":[{"delta":{"function_call":{"name":"\#(name)","arguments":"\#(starts)"}}}]}"#
        ),
        event(#"{"choices":[{"delta":{"function_call":{"arguments":"\#(ends)"}}}]}"#),
        event(#"{"choices":[{"delta":{"function_call":null},"finish_reason":"function_call"}]}"#))),
    Case(
      testDescription: "id and name with every piece",
      stream: join(
        pieces(first(0, name, starts)), pieces(first(0, name, ends)), finish)),
    Case(
      testDescription: "beside another call, each with its index",
      stream: join(
        pieces(first(0, "search", "{")), pieces(first(1, name, starts)),
        pieces(more(0, "}") + "," + more(1, ends)), finish)),
    Case(
      testDescription: "beside another call, all with index 0",
      stream: join(
        pieces(first(0, "search", "{}")), pieces(first(0, name, starts)), pieces(more(0, ends)),
        finish)),
    Case(
      testDescription: "a name with something around it",
      stream: join(pieces(first(0, "functions.\(name)<|channel|>", quoted)), finish)),
    Case(
      testDescription: "twice", stream: join(pieces(first(0, name, quoted + quoted)), finish)),
    Case(
      testDescription: "nothing known of it",
      stream: join(pieces(first(0, "get_weather", quoted)), finish), call: nil),
    Case(
      testDescription: "a piece of nothing",
      stream: join(
        pieces("{}"), pieces(#"{"index":0,"function":null}"#), pieces("7"), chunk("a"), stop),
      call: nil, text: "a", finish: .stop),
    Case(
      testDescription: "unreadable for Groq",
      stream: join(
        chunk("Hm."),
        event(
          #"{"error":{"message":"Failed to call a function.","code":"tool_use_failed","#
            + #""failed_generation":"<function=\#(name)>\#(quoted)</function>"}}"#)),
      text: "Hm."),
  ]

  @Test(arguments: shapes)
  func isFound(example: Case) throws {
    let answer = Answer(
      text: example.text, finish: example.finish, handOver: example.call)
    for pieces in [[Array(example.stream.utf8)], example.stream.utf8.map { [$0] }] {
      var read = try decode(pieces).saidOnly
      read.usage = nil
      #expect(read == answer)
    }
  }

  @Test func isGivenOnceAndWhole() throws {
    var decoder = AnswerDecoder(eventLimit: 1 << 20, answerLimit: 1 << 20, now: .init(seconds: 0))
    let begun = Self.pieces(Self.first(0, Self.name, Self.starts))
    #expect(try decoder.read(Array(begun.utf8)) == ModelDelta(isThinking: true))
    let ended = Self.pieces(Self.more(0, Self.ends)) + Self.finish
    #expect(
      try decoder.read(Array(ended.utf8))
        == ModelDelta(isThinking: true, finish: .other, handOver: Self.call))
    #expect(try decoder.read(Array(done.utf8)) == nil)
  }

  @Test func thatBreaksOffIsNoAnswer() {
    let stream = Self.pieces(Self.first(0, Self.name, Self.quoted))
    #expect(trouble { () throws(ModelError) in try decode(stream) } == .interrupted)
  }

  private static let wholes: [(String, HandOverCall?)] = [
    (
      #"{"choices":[{"message":{"content":null,"tool_calls":[\#(first(0, name, quoted))]},"#
        + #""finish_reason":"tool_calls"}]}"#, call
    ),
    (
      #"{"choices":[{"message":{"content":"","function_call":{"name":"\#(name)","#
        + #""arguments":"\#(quoted)"}}}]}"#, call
    ),
    (#"{"choices":[{"message":{"tool_calls":[\#(first(0, "x", "{}"))]}}]}"#, nil),
  ]

  @Test("in answers that come at once", arguments: wholes)
  func isFoundInWholes(json: String, call: HandOverCall?) throws {
    #expect(try decode(json).handOver == call)
  }

  private static let broken: [(String, HandOverCall)] = [
    (#"{"reason":"r","summary":"s"}"#, HandOverCall(reason: "r", summary: "s")),
    (#""{\"reason\":\"r\"}""#, HandOverCall(reason: "r", summary: "")),
    ("{}", HandOverCall(reason: "", summary: "")),
    ("", HandOverCall(reason: "", summary: "")),
    ("please", HandOverCall(reason: "", summary: "")),
    ("null", HandOverCall(reason: "", summary: "")),
    ("{{{", HandOverCall(reason: "", summary: "")),
    ("[1,2]", HandOverCall(reason: "", summary: "")),
    (#"{"reason":7,"summary":"s"}"#, HandOverCall(reason: "", summary: "s")),
    ("{\"reason\":\"a\nb\"}", HandOverCall(reason: "a b", summary: "")),
    (#"{"reason":"r","summary":"cut o"#, HandOverCall(reason: "r", summary: "cut o")),
    (#"{"reason":"r","summary":"cut \u04"#, HandOverCall(reason: "r", summary: "cut ")),
    (#"{"reason":"r","summary""#, HandOverCall(reason: "r", summary: "")),
    (#"{"reason":"r""#, HandOverCall(reason: "r", summary: "")),
    (#"{"reason":"r"}}"#, HandOverCall(reason: "r", summary: "")),
    (#"<x>{"reason":"r"}</x> {}"#, HandOverCall(reason: "r", summary: "")),
    ("```json\n{\"reason\": \"}\"}\n```", HandOverCall(reason: "}", summary: "")),
  ]

  @Test("Broken arguments still are the wish", arguments: broken)
  func readsArguments(text: String, call: HandOverCall) {
    #expect(HandOverCall(arguments: text) == call)
  }

  @Test func boundsArguments() throws {
    let long = #"{\"reason\":\""# + String(repeating: "я", count: 200_000)
    let stream = Self.pieces(Self.first(0, Self.name, long)) + Self.finish
    let call = try #require(try decode(stream).handOver)
    #expect(call.reason.utf8.count > HandOverCall.sizeLimit - 20)
    #expect(call.reason.utf8.count <= HandOverCall.sizeLimit)

    let many = (0..<1000).map { Self.pieces(Self.first($0, "x\($0)", "{")) }.joined()
    #expect(try decode(many + Self.finish).handOver == nil)
  }
}
