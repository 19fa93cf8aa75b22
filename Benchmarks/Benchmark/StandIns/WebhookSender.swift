internal import CLinux
internal import Foundation

/// Posts updates to the measured program's webhook, as Telegram does: over a bounded number of kept
/// connections, and again when they are not accepted.
final class WebhookSender {
  /// What came of a post.
  typealias Told = (_ status: Int, Nanoseconds) -> Void

  private struct Post {
    var request: [UInt8]
    var told: Told
  }

  private let reactor: Reactor
  private let port: Int
  private let limit: Int
  private var idle: [ClientConnection] = []
  private var busy = 0
  private var waiting: [Post] = []
  private var firstWaiting = 0

  init(_ reactor: Reactor, port: Int, connections: Int) {
    self.reactor = reactor
    self.port = port
    limit = connections
  }

  /// The request that carries an update.
  static func request(_ update: String) -> [UInt8] {
    Array(
      """
      POST /webhook/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n\
      X-Telegram-Bot-Api-Secret-Token: \(Program.webhookSecret)\r\n\
      Content-Length: \(update.utf8.count)\r\n\r\n\(update)
      """.utf8)
  }

  /// Posts; `told` is called with the status of the answer, 0 when there was none.
  func post(_ request: [UInt8], told: @escaping Told) {
    waiting.append(Post(request: request, told: told))
    proceed()
  }

  private func proceed() {
    while firstWaiting < waiting.count, busy < limit {
      let post = waiting[firstWaiting]
      firstWaiting += 1
      busy += 1
      let connection = freeConnection()
      connection.send(post.request) { [unowned self] status, now in
        busy -= 1
        if connection.isOpen { idle.append(connection) }
        post.told(status, now)
        proceed()
      }
    }
    if firstWaiting == waiting.count || firstWaiting > 4_096 {
      waiting.removeFirst(firstWaiting)
      firstWaiting = 0
    }
  }

  private func freeConnection() -> ClientConnection {
    while let connection = idle.popLast() {
      if connection.isOpen { return connection }
    }
    return ClientConnection(port: port, reactor)
  }
}

/// A connection to the measured program, for one request at a time.
final class ClientConnection: Connection {
  private var told: WebhookSender.Told?
  private var request: [UInt8]?
  private var isConnected = false

  init(port: Int, _ reactor: Reactor) {
    super.init(Socket.connect(to: port), reactor)
    reactor.watch(self, forOutput: true)
  }

  /// Sends a request, as soon as the connection stands.
  func send(_ request: [UInt8], told: @escaping WebhookSender.Told) {
    self.told = told
    if isConnected { write(request) } else { self.request = request }
  }

  override func ready(_ events: UInt32) {
    if !isConnected, events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 { return shut() }
    if !isConnected, events & EPOLLOUT.rawValue != 0 {
      isConnected = true
      reactor.watch(self)
      if let request { write(request) }
      request = nil
      return
    }
    super.ready(events)
  }

  override func received(_ message: HTTPFrame, _ bytes: UnsafeRawBufferPointer) {
    tell(unsafe bytes.number(at: "HTTP/1.1".utf8.count))
  }

  override func closed() { tell(0) }

  private func tell(_ status: Int) {
    let told = self.told
    self.told = nil
    told?(status, .now)
  }
}
