internal import Foundation

/// `openssl s_server` with a certificate of its own making for `localhost`.
final class TLSServer: Sendable {
  /// The PEM file of the certificate.
  let certificate: String
  let port: Int
  private let process: Process
  private let folder: URL

  /// Blocks until the server listens.
  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "sb-tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    certificate = folder.appending(path: "cert.pem").path
    let key = folder.appending(path: "key.pem").path
    let make = try Self.openssl([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
      "-keyout", key, "-out", certificate,
    ])
    make.process.waitUntilExit()
    let serve = try Self.openssl([
      "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", certificate, "-key", key,
    ])
    process = serve.process
    port = Self.port(from: serve.output)
  }

  deinit {
    // The child inherits the signal mask of the thread that made it, which may hold back SIGTERM.
    kill(process.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  private static func openssl(_ arguments: [String]) throws -> (process: Process, output: Pipe) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return (process, output)
  }

  /// The port in the line `ACCEPT 127.0.0.1:port` that the server prints; 0 when it ends first.
  private static func port(from output: Pipe) -> Int {
    var text = ""
    while true {
      let data = output.fileHandleForReading.availableData
      if data.isEmpty { return 0 }
      text += String(decoding: data, as: UTF8.self)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      if let line = lines.first(where: { $0.hasPrefix("ACCEPT") }) {
        return line.split(separator: ":").last.flatMap { Int($0) } ?? 0
      }
    }
  }
}
