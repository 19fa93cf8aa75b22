/// How one HTTP server behaves. Every bound has its unit in its name or its type.
package struct HTTPServerSettings: Sendable {
  /// The address to listen on: an IP address or a name of this machine.
  package var host: String
  /// The port; 0 takes a free one.
  package var port: Int
  /// Connections open at a time; more wait in the system's queue.
  package var connectionLimit = 2048
  /// Connections open at a time from one address; 0 is no limit, which behind a proxy is right.
  package var connectionLimitPerAddress = 0
  /// The greatest head of a request, in bytes.
  package var headerLimitBytes = 16 << 10
  /// How long a connection may be silent.
  package var idleTimeout: Duration = .seconds(75)
  /// The time for the whole head of a request, however steadily it drips.
  package var headerDeadline: Duration = .seconds(15)
  /// The time for the whole body of a request.
  package var bodyDeadline: Duration = .seconds(60)
  /// The time in which the peer has to take an answer that is not a stream.
  package var responseDeadline: Duration = .seconds(60)
  /// How many bytes of a streamed answer may wait for the peer before its source is made to wait.
  package var streamBufferBytes = 64 << 10
  /// How long running requests may go on after the order to stop.
  package var stopDeadline: Duration = .seconds(5)

  /// Makes settings with the default bounds.
  package init(host: String = "127.0.0.1", port: Int = 8080) {
    self.host = host
    self.port = port
  }
}

/// Why a server could not be started.
package struct HTTPServerError: Error, Sendable, Equatable {
  /// The kinds of trouble.
  package enum Code: String, Sendable {
    /// The host is no address of this machine, or the port no port.
    case address
    /// Another program has the port.
    case portTaken
    /// The port may not be used by this user.
    case forbidden
    /// The system gave no descriptor, thread or memory.
    case resources
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
