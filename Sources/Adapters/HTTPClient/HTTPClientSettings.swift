/// How one HTTP client behaves. Every bound has its unit in its name or its type.
package struct HTTPClientSettings: Sendable {
  /// Connections to one host at a time, which is as many requests; those beyond it wait.
  package var maxConnectionsPerHost = 256
  /// Connections kept in all.
  package var maxConnections = 8192
  /// How long an unused connection may wait for its next request. Shorter than what servers
  /// commonly allow, so that a request seldom meets a connection that is just being closed.
  package var maxIdle: Duration = .seconds(50)
  /// The time for name resolution, connecting and the TLS handshake together.
  package var connectTimeout: Duration = .seconds(10)
  /// `http://`, `https://`, `socks5://` (names resolved here) or `socks5h://` (names resolved by
  /// the proxy); nil goes straight. The environment's proxy variables are not read.
  package var proxy: String?
  /// A PEM file with root certificates that are trusted beside the system's.
  package var caFile: String?
  /// The `User-Agent` of requests that bring none.
  package var userAgent = "switchboard"
  /// Whether `gzip`, `deflate` … are offered to the peer. Sizes are counted after unpacking.
  package var acceptsCompression = false
  /// How many bytes of a streamed answer may wait for their reader before the peer is made to wait.
  package var streamBufferBytes = 64 << 10
  /// How long pieces of a streamed answer are gathered before their reader is woken for them. The
  /// first piece after a pause as long, 16 KB and the end of the answer are handed over at once.
  package var streamGathering: Duration = .milliseconds(100)
  /// libcurl's receive buffer.
  package var receiveBytes = 16 << 10
  /// libcurl's receive buffer for a streamed answer. Pieces of such answers are a few hundred bytes,
  /// and with 5,000 of them open at once the size of the other would cost 80 MB.
  package var streamReceiveBytes = 4 << 10

  /// Makes the default settings.
  package init() {}
}

/// Why a client could not be made.
package struct HTTPClientError: Error, Sendable, Equatable {
  /// The kinds of trouble.
  package enum Code: String, Sendable {
    /// The system gave no descriptor or memory.
    case resources
    /// The file of root certificates could not be read or holds no certificate.
    case caFile
  }

  /// What went wrong.
  package let code: Code
  /// The system's error number, 0 when there is none.
  package let errno: Int32

  /// Makes an error.
  package init(_ code: Code, errno: Int32 = 0) {
    self.code = code
    self.errno = errno
  }
}
