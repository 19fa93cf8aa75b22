import Conversation
import Gateways
import Platform
import Synchronization
import Testing

@testable import Assist

/// How long reading the files of questions may take.
@Suite struct MediaReaderTests {
  private static let voice = Question(
    position: Position(1), messageID: MessageID(5), person: PersonID(7), language: .russian,
    at: Instant(seconds: 0), isPrivate: true,
    attachments: [Conversation.Attachment(.voice, fileID: "v")])

  /// Reads a voice message; each try to hear it takes all the time that it is given and fails.
  private func read(
    within limit: Duration
  ) async -> (result: MediaReader.Result?, tries: [Duration]) {
    let left = Mutex(limit)
    let tries = Mutex<[Duration]>([])
    let reader = MediaReader(
      messenger: Messenger(
        send: { _ in .unauthorized }, preview: { _ in .end }, showTyping: { _, _ in },
        download: { _, _ throws(DownloadError) in [1] }),
      model: LanguageModel(
        stream: { _ throws(ModelError) in throw ModelError(.unavailable) },
        transcribe: { speech throws(ModelError) in
          left.withLock { $0 -= speech.timeout }
          tries.withLock { $0.append(speech.timeout) }
          throw ModelError(.timedOut)
        }),
      clock: Clock(now: { Instant(seconds: 0) }, sleep: { _ in }), log: .silent)
    let result = await reader.read([Self.voice]) { left.withLock { $0 } }
    return (result, tries.withLock { $0 })
  }

  @Test func eachTryLeavesHalfOfTheTimeForWhatFollows() async {
    let (result, tries) = await read(within: .seconds(120))
    #expect(tries == [.seconds(60), .seconds(30), .seconds(15)])
    #expect(result == .failed(.tookTooLong))
  }

  @Test func withoutTimeNothingIsAsked() async {
    let (result, tries) = await read(within: .seconds(1))
    #expect(tries == [])
    #expect(result == .failed(.tookTooLong))
  }
}
