internal import Foundation

/// The stand-in Telegram and the stand-in model on one port, and who is told of what they see.
final class StandIns {
  /// Counts of what came in.
  struct Counts {
    var calls = 0
    var previews = 0
    var modelRequests = 0
    /// Messages to a chat in which nothing was asked, or that answer something else.
    var wrong = 0
  }

  /// The time between two pieces of an answer; zero streams as fast as the sockets take it, one
  /// piece of each answer in turn.
  var pieceInterval: Nanoseconds = 0
  /// Told when the model has read a request, and when it has written an answer's last piece.
  var modelBegan: (_ dialogue: Int, Nanoseconds) -> Void = { _, _ in }
  var modelEnded: (_ dialogue: Int, Nanoseconds) -> Void = { _, _ in }
  /// Told of a message to a chat, of its question when it is an answer and whole; true when it was
  /// expected.
  var messageSent: (_ chat: Int, _ question: Int?, Nanoseconds) -> Bool = { _, _, _ in true }
  var counts = Counts()
  /// Answers being written now.
  var streaming: Int { streams.count - firstStream }
  private(set) var port = 0

  private let reactor: Reactor
  private let answer: AnswerText
  private var listener: Listener?
  private var streams: [AnswerStream] = []
  private var firstStream = 0
  private var nextMessage = 1000

  init(_ reactor: Reactor, chunks: Int) throws(BenchmarkError) {
    self.reactor = reactor
    answer = AnswerText(chunks: chunks)
    let listener = try Listener(reactor) { [unowned self] in _ = ServedConnection($0, self, reactor)
    }
    self.listener = listener
    port = listener.port
  }

  /// Writes the pieces that are due; gives the time of the next ones.
  func advance(_ now: Nanoseconds) -> Nanoseconds? {
    // Each answer in the queue at most once, so that pieces of different answers alternate.
    let last = streams.count
    while firstStream < last, streams[firstStream].due <= now || pieceInterval == 0 {
      var stream = streams[firstStream]
      firstStream += 1
      guard stream.connection.isOpen else { continue }
      if stream.next == 0 {
        stream.connection.write(
          AnswerText.first(dialogue: stream.dialogue, question: stream.question))
      } else {
        stream.connection.write(answer.pieces[stream.next - 1])
      }
      stream.next += 1
      if stream.next <= answer.pieces.count {
        stream.due += pieceInterval
        streams.append(stream)
      } else {
        stream.connection.write(answer.end)
        modelEnded(stream.dialogue, .now)
      }
    }
    if firstStream == streams.count || firstStream > 4_096 {
      streams.removeFirst(firstStream)
      firstStream = 0
    }
    return streams.isEmpty ? nil : pieceInterval == 0 ? now : streams[firstStream].due
  }

  fileprivate func serve(
    _ request: HTTPFrame, _ bytes: UnsafeRawBufferPointer, on connection: Connection
  ) {
    let now = Nanoseconds.now
    let line = unsafe UnsafeRawBufferPointer(rebasing: bytes[request.line])
    let body = unsafe UnsafeRawBufferPointer(rebasing: bytes[request.body])
    if unsafe line.firstRange(of: "/chat/completions") != nil {
      unsafe beginAnswer(body, now, connection)
    } else {
      counts.calls += 1
      connection.write(Self.response(unsafe telegram(line, body, now)))
    }
  }

  private func beginAnswer(
    _ body: UnsafeRawBufferPointer, _ now: Nanoseconds, _ connection: Connection
  ) {
    counts.modelRequests += 1
    let (dialogue, question) = unsafe Self.reference(in: body, last: true) ?? (0, 0)
    modelBegan(dialogue, now)
    connection.write(AnswerText.head)
    streams.append(
      AnswerStream(
        connection: connection, dialogue: dialogue, question: question, due: now + pieceInterval))
  }

  /// The result of a call of the Bot API.
  private func telegram(
    _ line: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, _ now: Nanoseconds
  ) -> String {
    if unsafe line.firstRange(of: "/sendMessage ") != nil
      || line.firstRange(of: "/sendRichMessage ") != nil
    {
      guard let field = unsafe body.firstRange(of: "chat_id") else { return "false" }
      let chat = unsafe body.number(at: field.upperBound)
      let reference = unsafe Self.reference(in: body, last: false)
      let isWhole = unsafe body.firstRange(of: AnswerText.ending) != nil
      let question = reference.flatMap { $0.0 == chat && isWhole ? $0.1 : nil }
      if !messageSent(chat, question, now) { counts.wrong += 1 }
      nextMessage += 1
      return """
        {"message_id":\(nextMessage),"from":\(Self.bot),"chat":{"id":\(chat),"first_name":"Anna",\
        "type":"private"},"date":1767225600,"text":"answer"}
        """
    }
    if unsafe line.firstRange(of: "Draft ") != nil { counts.previews += 1 }
    if unsafe line.firstRange(of: "/getMe ") != nil { return Self.bot }
    if unsafe line.firstRange(of: "/getWebhookInfo ") != nil {
      return #"{"url":"","has_custom_certificate":false,"pending_update_count":0}"#
    }
    return "true"
  }

  /// Dialogue and number of the question that a body names, first or last.
  private static func reference(in body: UnsafeRawBufferPointer, last: Bool) -> (Int, Int)? {
    guard
      let mark = unsafe last
        ? body.lastRange(of: AnswerText.mark) : body.firstRange(of: AnswerText.mark)
    else { return nil }
    let dialogue = unsafe body.number(at: mark.upperBound)
    let digits = String(dialogue).utf8.count
    return (dialogue, unsafe body.number(at: mark.upperBound + digits))
  }

  private static let bot = """
    {"id":4242,"is_bot":true,"first_name":"Bench","username":"bench_bot","can_join_groups":true,\
    "can_read_all_group_messages":true,"supports_inline_queries":false}
    """

  private static func response(_ result: String) -> [UInt8] {
    let length = result.utf8.count + #"{"ok":true,"result":}"#.utf8.count
    return Array(
      """
      HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(length)\r\n\r\n\
      {"ok":true,"result":\(result)}
      """.utf8)
  }
}

/// An answer that is being written.
private struct AnswerStream {
  let connection: Connection
  let dialogue: Int
  let question: Int
  var due: Nanoseconds
  /// The piece that comes next.
  var next = 0
}

/// A connection that the measured program has made.
private final class ServedConnection: Connection {
  private unowned let owner: StandIns

  init(_ descriptor: Int32, _ owner: StandIns, _ reactor: Reactor) {
    self.owner = owner
    super.init(descriptor, reactor)
  }

  override func received(_ message: HTTPFrame, _ bytes: UnsafeRawBufferPointer) {
    unsafe owner.serve(message, bytes, on: self)
  }
}
