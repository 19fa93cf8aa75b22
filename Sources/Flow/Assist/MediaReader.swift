internal import Conversation
internal import Gateways
internal import Platform

/// Fetches the pictures and the speech of questions, and turns speech into words.
struct MediaReader: Sendable {
  /// What was found in the questions' files.
  struct Reading: Equatable, Sendable {
    /// The pictures, in order.
    var pictures: [ContextTurn.Picture] = []
    /// What was said, by message.
    var heard: [MessageID: String] = [:]

    /// A message with what was said in it.
    func applied(to message: Message) -> Message {
      guard let id = message.messageID, let words = heard[id] else { return message }
      var message = message
      message.text = words
      return message
    }
  }

  /// How reading ended.
  enum Result: Equatable, Sendable {
    case read(Reading)
    case failed(AnswerFailure)
  }

  /// The greatest file that is fetched, in bytes; more than Telegram gives out would be in vain.
  private static let fileLimit = 20 << 20
  /// How many pictures one answer looks at.
  private static let pictureLimit = 10
  /// How often a file is asked for, and speech is sent.
  private static let tries = 3
  /// With less time than this nothing is asked any more.
  private static let shortestTry = Duration.seconds(1)

  let messenger: Messenger
  let model: LanguageModel
  let clock: Clock
  let log: Log

  /// Reads the files of questions; `remaining` tells what is left of the answer's time. Nil when the
  /// task was cancelled.
  func read(
    _ questions: [Question], remaining: @Sendable () -> Duration
  ) async -> Result? {
    var reading = Reading()
    for question in questions {
      for attachment in question.attachments {
        guard let fileID = attachment.fileID else { continue }
        if attachment.isPicture, reading.pictures.count >= Self.pictureLimit { continue }
        guard let bytes = await fetch(fileID) else {
          if Task.isCancelled { return nil }
          return .failed(attachment.isPicture ? .cannotSee : .cannotHear)
        }
        if attachment.isPicture {
          reading.pictures.append(
            .init(mediaType: attachment.mediaType ?? "image/jpeg", bytes: bytes))
          continue
        }
        let speech = Speech(
          bytes: bytes, mediaType: attachment.mediaType ?? "audio/ogg",
          language: question.language, timeout: .zero)
        switch await transcribe(speech, remaining) {
        case .success(let words): reading.heard[question.messageID] = words
        case .failure(let error) where error.kind == .cancelled: return nil
        case .failure(let error): return .failed(Self.failure(error))
        }
      }
    }
    return .read(reading)
  }

  private func fetch(_ fileID: String) async -> [UInt8]? {
    for attempt in 1...Self.tries {
      do throws(DownloadError) {
        return try await messenger.download(fileID, Self.fileLimit)
      } catch {
        log.warning("a file could not be fetched", [.reason: .text("\(error)")])
        guard case .unavailable = error, attempt < Self.tries else { return nil }
        guard (try? await clock.sleep(.seconds(attempt))) != nil else { return nil }
      }
    }
    return nil
  }

  /// Each try may take half of the time that is left, so that some is left for the answer.
  private func transcribe(
    _ speech: Speech, _ remaining: () -> Duration
  ) async -> Swift.Result<String, ModelError> {
    var speech = speech
    var plan = AttemptPlan(models: 1, limits: .init(attemptsPerModel: Self.tries))
    while true {
      speech.timeout = remaining() / 2
      guard speech.timeout >= Self.shortestTry else { return .failure(ModelError(.timedOut)) }
      do throws(ModelError) {
        return .success(try await model.transcribe(speech))
      } catch {
        log.warning(
          "speech could not be turned into words",
          [.kind: .text(error.kind.rawValue), .detail: .text(error.detail)])
        guard error.kind != .mediaUnsupported,
          case .again(let pause) = plan.next(after: error, remaining: speech.timeout, jitter: 0),
          (try? await clock.sleep(pause)) != nil
        else { return .failure(error) }
      }
    }
  }

  private static func failure(_ error: ModelError) -> AnswerFailure {
    switch error.kind {
    case .timedOut: .tookTooLong
    case .rateLimited: .busy
    case .mediaUnsupported, .toolsUnsupported, .refused, .modelUnknown: .cannotHear
    case .filtered: .filtered
    case .contextTooLong: .questionTooLong
    case .unavailable, .unreachable, .interrupted, .malformed, .keyRefused, .outOfMoney,
      .cancelled:
      .couldNotAnswer
    }
  }
}
