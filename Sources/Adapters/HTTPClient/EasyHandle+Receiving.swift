internal import CCurl
internal import Gateways

// While the transfer runs: what libcurl calls, on the client's thread.
extension EasyHandle {
  /// How much of a streamed body is gathered at most.
  private static let gatheredLimit = 16 << 10

  /// Lets a paused transfer go on.
  func resume() {
    handOver()
    unsafe curl_easy_pause(easy, CURLPAUSE_CONT)
  }

  /// Hands over what has been gathered of a streamed body. False when the reader has to catch up
  /// first, which does not matter to the `last` pieces.
  @discardableResult
  func handOver(last: Bool = false) -> Bool {
    guard let transfer, case .streamed(let bufferBytes) = transfer.delivery, !body.isEmpty else {
      return true
    }
    guard transfer.arrived(body, bufferBytes: last ? .max : bufferBytes) else { return false }
    body = []
    return true
  }

  /// Whether the request may be written now. libcurl asks each time, also when it is about to
  /// repeat a request because a kept connection died before the answer; only the caller can know
  /// whether doing a thing twice is harmless.
  fileprivate func mayWrite() -> Bool {
    attempts += 1
    lastSign = .now
    if attempts == 1 || mayRepeat { return true }
    verdict = .broken
    return false
  }

  fileprivate func fill(_ space: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(space.count, upload.bytes.count - upload.offset)
    unsafe upload.bytes.withUnsafeBytes { bytes in
      unsafe space.copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[upload.offset..<upload.offset + count]))
    }
    upload.offset += count
    if upload.offset == upload.bytes.count { upload = ([], 0) }
    return count
  }

  /// Takes a line of the head; false stops the transfer.
  fileprivate func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    lastSign = .now
    guard unsafe head.take(line) else {
      verdict = .tooLarge
      return false
    }
    if head.isComplete, !head.isReported {
      head.isReported = true
      if case .streamed = transfer?.delivery {
        transfer?.arrived(Transfer.Head(status: head.status, headers: head.headers))
      }
    }
    return true
  }

  /// Takes a piece of the body and says what libcurl is to do.
  fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard let transfer else { return 0 }
    lastSign = .now
    switch transfer.delivery {
    case .whole:
      guard bytes.count <= limit - body.count else {
        verdict = .tooLarge
        return 0
      }
      unsafe body.append(contentsOf: bytes)
      return bytes.count
    case .streamed:
      if body.count + bytes.count > Self.gatheredLimit, !handOver() {
        return Int(CURL_WRITEFUNC_PAUSE)
      }
      unsafe body.append(contentsOf: bytes)
      if !isGathering {
        isGathering = true
        reactor.hasPieces(transfer)
      }
      return bytes.count
    }
  }
}

// After the transfer.
extension EasyHandle {
  /// How long a transfer that we stop, or whose answer has begun, must have been silent for its
  /// connection to be thought dead.
  private static let longSilence = Duration.seconds(5)

  /// Since when nothing came although an answer was due; nil unless that may be why it ends.
  func silentSince(_ ending: Ending) -> ContinuousClock.Instant? {
    let long = lastSign.flatMap { .now - $0 >= Self.longSilence ? $0 : nil }
    return switch ending {
    case .finished(CURLE_OPERATION_TIMEDOUT): head.isComplete ? long : lastSign
    case .finished: nil
    case .stopped: long
    }
  }

  /// What the waiting task is told.
  func outcome(_ ending: Ending) -> Result<HTTPResponse, HTTPError> {
    let written = attempts > 0
    switch ending {
    case .stopped: return .failure(.stopped(requestWritten: written))
    case .finished(CURLE_OK):
      return .success(HTTPResponse(status: head.status, headers: head.headers, body: body))
    case .finished(let result):
      // Only libcurl's fixed words: its longer messages may hold the address.
      let detail = unsafe String(cString: curl_easy_strerror(result))
      let code = verdict ?? code(for: result, written: written)
      return .failure(HTTPError(code, requestWritten: written, detail: detail))
    }
  }

  private func code(for result: CURLcode, written: Bool) -> HTTPError.Code {
    switch result {
    case CURLE_OPERATION_TIMEDOUT: .timedOut
    case CURLE_FILESIZE_EXCEEDED: .tooLarge
    case _ where written: .broken
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: .badURL
    case CURLE_PROXY, CURLE_COULDNT_RESOLVE_PROXY: .proxy
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
      CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_ENGINE_INITFAILED:
      .insecure
    default: connectCode() == 0 ? .notConnected : .proxy
    }
  }

  /// The status of the proxy's answer to CONNECT, 0 when there was none.
  private func connectCode() -> Int {
    var status = 0
    unsafe sb_easy_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &status)
    return status
  }
}

extension HTTPError {
  /// The caller, or the end of the client, stopped the transfer.
  static func stopped(requestWritten: Bool) -> HTTPError {
    HTTPError(.cancelled, requestWritten: requestWritten, detail: "stopped")
  }
}

// The functions that libcurl calls.

private func handle(_ user: UnsafeMutableRawPointer?) -> EasyHandle? {
  guard let user = unsafe user else { return nil }
  return unsafe Unmanaged<EasyHandle>.fromOpaque(user).takeUnretainedValue()
}

func onHeader(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  let line = unsafe UnsafeRawBufferPointer(start: data, count: size * count)
  return unsafe handle(user)?.takeHeader(line) == true ? line.count : 0
}

func onBody(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  unsafe handle(user)?.takeBody(UnsafeRawBufferPointer(start: data, count: size * count)) ?? 0
}

func onUpload(
  _ data: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ user: UnsafeMutableRawPointer?
) -> Int {
  let space = unsafe UnsafeMutableRawBufferPointer(start: data, count: size * count)
  return unsafe handle(user)?.fill(space) ?? Int(CURL_READFUNC_ABORT)
}

func onRequest(
  _ user: UnsafeMutableRawPointer?, _: UnsafeMutablePointer<CChar>?,
  _: UnsafeMutablePointer<CChar>?, _: Int32, _: Int32
) -> Int32 {
  unsafe handle(user)?.mayWrite() == true ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
}
