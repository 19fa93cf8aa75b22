/// What the stand-in model says, already cut into the events of a stream.
///
/// The first piece names the question, so that the other end can be checked; the rest is always the
/// same and is made once. Shape and fields: OpenAI's chat completion chunks, one HTTP chunk each.
struct AnswerText {
  /// The mark that begins each question and each answer, followed by dialogue and number.
  static let mark: StaticString = "ref-"
  /// The word that ends each answer; like the mark, it looks the same in JSON and in a form.
  static let ending: StaticString = "end-of-answer"

  /// The pieces after the first one.
  let pieces: [[UInt8]]
  /// What follows the last piece: the reason of the end, the usage, the end of the body.
  let end: [UInt8]

  /// Makes an answer of so many pieces.
  init(chunks: Int) {
    var words = Self.words
    while words.count < chunks - 2 { words += Self.words }
    pieces = (words.prefix(max(0, chunks - 2)) + [" \(Self.ending)"]).map(Self.piece)
    let usage =
      #""choices":[],"usage":{"prompt_tokens":180,"completion_tokens":\#(chunks),"#
      + #""total_tokens":\#(180 + chunks),"prompt_tokens_details":{"cached_tokens":0,"#
      + #""audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"#
      + #""audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}"#
    end =
      Self.event(
        #""choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null"#)
      + Self.event(usage) + Self.chunk("data: [DONE]\n\n") + Array("0\r\n\r\n".utf8)
  }

  /// The head of the response and the event that names the role.
  static let head: [UInt8] =
    Array(
      ("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
        + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n").utf8)
    + event(
      #""choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"#
        + #""logprobs":null,"finish_reason":null}],"usage":null"#)

  /// The first piece of the answer to a question.
  static func first(dialogue: Int, question: Int) -> [UInt8] {
    piece("\(mark)\(dialogue)-\(question)-")
  }

  private static func piece(_ text: String) -> [UInt8] {
    let escaped = text.replacing("\n", with: "\\n")
    return event(
      #""choices":[{"index":0,"delta":{"content":"\#(escaped)"},"logprobs":null,"#
        + #""finish_reason":null}],"usage":null"#)
  }

  private static func event(_ fields: String) -> [UInt8] {
    chunk(
      #"data: {"id":"chatcmpl-CkQ7vJ3mWbTz0pXn5sYh2LdR8eAfU","object":"chat.completion.chunk","#
        + #""created":1767225600,"model":"bench-model","service_tier":"default","#
        + #""system_fingerprint":"fp_9b78b61c52","# + fields + "}\n\n")
  }

  private static func chunk(_ text: String) -> [UInt8] {
    Array((String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n").utf8)
  }

  /// About what an assistant says: short words, some of them formatted.
  private static let words: [String] = [
    " Here", " is", " what", " I", " would", " do", ":", "\n\n", "1", ".", " **", "Open", " the",
    " settings", "**", " and", " choose", " `", "Account", "`", ".", "\n", "2", ".", " Press", " *",
    "Change", " address", "*", ",", " then", " type", " the", " new", " one", ".", "\n", "3", ".",
    " Wait", " for", " the", " letter", " and", " follow", " its", " link", ".", "\n\n", "If",
    " nothing", " comes", ",", " look", " into", " the", " spam", " folder", ";",
  ]
}
