/// The way out to other services over HTTP.
///
/// One transport serves one side (Telegram, or the model), with its own proxy, certificates and
/// bound on connections.
package struct HTTPTransport: Sendable {
  /// Sends a request and reads the whole answer, at most `request.responseLimit` bytes.
  ///
  /// Any status is an answer, not an error. Cancelling the task stops the transfer.
  package var send: @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse

  /// Sends a request and returns as soon as the head of the answer has come; the body follows as
  /// it arrives and is read no faster than it is consumed.
  package var stream: @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPStreamingResponse

  /// Makes a transport from its two operations.
  package init(
    send: @escaping @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPResponse,
    stream: @escaping @Sendable (HTTPRequest) async throws(HTTPError) -> HTTPStreamingResponse
  ) {
    self.send = send
    self.stream = stream
  }
}

/// A header field; names are compared without regard to case.
package struct HTTPHeader: Sendable, Equatable {
  /// The name as it is written.
  package var name: String
  /// The value.
  package var value: String

  /// Makes a header field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension [HTTPHeader] {
  /// The first value under the name, whatever its case.
  package subscript(name: String) -> String? {
    first { $0.name.count == name.count && $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// A request to another service.
package struct HTTPRequest: Sendable {
  /// What the request carries.
  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    case multipart([Part])
  }

  /// One part of a multipart form.
  package struct Part: Sendable {
    /// The form field's name.
    package var name: String
    /// The file name, for files.
    package var fileName: String?
    /// The media type, when the field is not plain text.
    package var contentType: String?
    /// The content.
    package var bytes: [UInt8]

    /// Makes a part.
    package init(name: String, fileName: String? = nil, contentType: String? = nil, bytes: [UInt8])
    {
      self.name = name
      self.fileName = fileName
      self.contentType = contentType
      self.bytes = bytes
    }
  }

  /// `GET`, `POST` …
  package var method: String
  /// The absolute address. It may hold a token and is never logged.
  package var url: String
  /// The header fields.
  package var headers: [HTTPHeader]
  /// The body.
  package var body: Body
  /// The time for everything, connecting and the whole body included.
  package var timeout: Duration
  /// The greatest size of an answer read as a whole, in bytes.
  package var responseLimit: Int

  /// Makes a request.
  package init(
    method: String, url: String, headers: [HTTPHeader] = [], body: Body = .none,
    timeout: Duration, responseLimit: Int = 8 << 20
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.timeout = timeout
    self.responseLimit = responseLimit
  }
}

/// A whole answer.
package struct HTTPResponse: Sendable {
  /// The status code.
  package var status: Int
  /// The header fields.
  package var headers: [HTTPHeader]
  /// The body.
  package var body: [UInt8]

  /// Makes an answer.
  package init(status: Int, headers: [HTTPHeader] = [], body: [UInt8] = []) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// The head of an answer whose body is still coming.
package struct HTTPStreamingResponse: Sendable {
  /// The status code.
  package var status: Int
  /// The header fields.
  package var headers: [HTTPHeader]
  /// The body.
  package var body: HTTPBody

  /// Makes an answer.
  package init(status: Int, headers: [HTTPHeader], body: HTTPBody) {
    self.status = status
    self.headers = headers
    self.body = body
  }
}

/// A body that arrives in pieces. It can be read once; letting go of it stops the transfer.
package struct HTTPBody: AsyncSequence, AsyncIteratorProtocol, Sendable {
  package typealias Element = [UInt8]
  package typealias Failure = HTTPError

  private let pull: @Sendable () async throws(HTTPError) -> [UInt8]?

  /// Makes a body from the operation that waits for the next piece; nil ends it.
  package init(next: @escaping @Sendable () async throws(HTTPError) -> [UInt8]?) { pull = next }

  package func makeAsyncIterator() -> HTTPBody { self }
  package func next() async throws(HTTPError) -> [UInt8]? { try await pull() }

  package func next(
    isolation actor: isolated (any Actor)?
  ) async throws(HTTPError) -> [UInt8]? {
    try await pull()
  }
}

/// Why there is no (whole) answer.
package struct HTTPError: Error, Sendable, Equatable {
  /// The kinds of trouble.
  package enum Code: String, Sendable {
    /// The name could not be resolved, or no connection was made.
    case notConnected
    /// The certificate or the TLS handshake was refused.
    case insecure
    /// The proxy refused.
    case proxy
    /// The connection broke after the request, or a part of it, was written.
    case broken
    /// The time was up.
    case timedOut
    /// The answer was larger than allowed.
    case tooLarge
    /// The task was cancelled.
    case cancelled
    /// The address could not be understood.
    case badURL
  }

  /// What went wrong.
  package let code: Code
  /// Whether any byte of the request may have reached the other side. When false, the request can
  /// be sent again without doing anything twice.
  package let requestWritten: Bool
  /// The library's own words, for the log; never holds the address.
  package let detail: String

  /// Makes an error.
  package init(_ code: Code, requestWritten: Bool, detail: String = "") {
    self.code = code
    self.requestWritten = requestWritten
    self.detail = detail
  }
}
