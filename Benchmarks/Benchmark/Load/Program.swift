internal import Foundation

/// The measured program: a process of its own, of which only the cost counts.
final class Program {
  static let webhookSecret = "bench-secret"
  private static let token = "4242:AAbenchmarkbenchmarkbenchmarkbenchm"

  /// The port of its web server.
  let port: Int
  /// How long it took from its start until it was ready.
  let startTime: Nanoseconds
  private let process: Process
  private let reactor: Reactor

  /// What it has used so far.
  struct Usage {
    /// Processor time of the process, in the kernel's too, in seconds.
    var processor = 0.0
    /// Memory in use, and its greatest extent, in MB of 1,000,000 bytes.
    var memory = 0.0
    var anonymousMemory = 0.0
    var peakMemory = 0.0
    var threads = 0
  }

  /// Starts a program in a directory and waits until it is ready.
  init(
    _ command: [String], directory: URL, standIns: StandIns, reactor: Reactor,
    environment more: [String: String] = [:]
  ) throws {
    self.reactor = reactor
    let port = try Socket.freePort()
    self.port = port
    process = Process()
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.currentDirectoryURL = directory
    process.environment = Self.environment(directory, port, standIns.port)
      .merging(more) { $1 }
    process.standardInput = FileHandle.nullDevice
    let log = directory.appending(path: "program.log")
    _ = FileManager.default.createFile(atPath: log.path(), contents: nil)
    let output = try FileHandle(forWritingTo: log)
    process.standardOutput = output
    process.standardError = output
    // Nothing of an earlier load may go on.
    reactor.everyRound = { _ in .now + .milliseconds(1) }
    let begin = Nanoseconds.now
    let process = self.process
    try process.run()
    var probe = Probe(reactor, port)
    // The stand-ins must go on while the program starts.
    let isReady = reactor.run(until: begin + .seconds(60)) {
      probe.tryAgain()
      return probe.isReady || !process.isRunning
    }
    startTime = .now - begin
    guard isReady, process.isRunning else {
      let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      throw BenchmarkError("\(command[0]) does not become ready:\n\(text)")
    }
  }

  deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

  /// The number of its process.
  var id: Int32 { process.processIdentifier }

  /// What it has used so far.
  var usage: Usage {
    var usage = Usage()
    let id = process.processIdentifier
    let stat = Self.read("/proc/\(id)/stat")
    // The second field, the name, may hold blanks; after it come the state and 49 numbers.
    let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
    if fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) {
      usage.processor = (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
    for line in Self.read("/proc/\(id)/status").split(separator: "\n") {
      let parts = line.split(whereSeparator: { $0 == ":" || $0 == "\t" || $0 == " " })
      guard parts.count > 1, let number = Double(parts[1]) else { continue }
      switch parts[0] {
      case "VmRSS": usage.memory = number * 1024 / 1e6
      case "RssAnon": usage.anonymousMemory = number * 1024 / 1e6
      case "VmHWM": usage.peakMemory = number * 1024 / 1e6
      case "Threads": usage.threads = Int(number)
      default: break
      }
    }
    return usage
  }

  /// Ends it in order, or by force after 30 seconds.
  func stop() {
    process.terminate()
    if !reactor.run(until: .now + .seconds(30), { !process.isRunning }) {
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }

  private static func environment(
    _ directory: URL, _ port: Int, _ standIns: Int
  ) -> [String: String] {
    [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "",
      "TELEGRAM_API_URL": "http://127.0.0.1:\(standIns)", "TELEGRAM_BOT_TOKEN": token,
      "OPENAI_BASE_URL": "http://127.0.0.1:\(standIns)/v1", "OPENAI_API_KEY": "bench",
      "OPENAI_MODEL": "bench-model", "OPENAI_TIMEOUT": "600",
      "BASE_WEBHOOK_URL": "http://127.0.0.1:\(port)", "WEBHOOK_SECRET": webhookSecret,
      "WEB_SERVER_PORT": "\(port)", "USER_MESSAGES_PER_MINUTE": "100000",
      "DATABASE_URL": "sqlite:\(directory.appending(path: "bench.db").path())",
    ]
  }

  private static func read(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}

/// Asks a program that starts whether it is ready, again and again.
private struct Probe {
  private final class Answer { var status: Int? }

  private let reactor: Reactor
  private let port: Int
  private var connection: ClientConnection?
  private var answer = Answer()
  private var nextTry: Nanoseconds = 0

  private static let request = Array(
    "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".utf8)

  init(_ reactor: Reactor, _ port: Int) {
    self.reactor = reactor
    self.port = port
  }

  var isReady: Bool { answer.status == 200 }

  mutating func tryAgain() {
    guard !isReady, Nanoseconds.now >= nextTry, connection == nil || answer.status != nil else {
      return
    }
    nextTry = .now + .milliseconds(1)
    connection?.shut()
    let answer = Answer()
    self.answer = answer
    let connection = ClientConnection(port: port, reactor)
    self.connection = connection
    connection.send(Self.request) { status, _ in answer.status = status }
  }
}
