internal import Foundation
internal import Glibc
internal import Platform
internal import Synchronization

/// Writes log records to the standard error, and to a file when one is named.
///
/// Each record is one `write` of a whole line, so lines of several programs in one file do not mix.
/// A write that fails is dropped: the log never stops the program.
final class LogOutput: Sendable {
  /// Why the log file cannot be written.
  struct CannotOpen: Error, CustomStringConvertible {
    /// What the system says.
    let reason: String
    var description: String { "LOG_FILE cannot be opened: \(reason)" }
  }

  private struct Destinations {
    var console: FileHandle
    var file: FileHandle?
  }

  private let format: LogFormat
  private let colored: Bool
  private let destinations: Mutex<Destinations>

  /// Makes an output.
  ///
  /// - Parameters:
  ///   - format: The shape of the lines.
  ///   - console: Where every line goes; levels are coloured when it is a terminal.
  ///   - file: A path to which lines are appended; it is created with its directories, readable by
  ///     its owner only, when it is not there.
  /// - Throws: `CannotOpen` when the file cannot be opened for writing.
  init(
    format: LogFormat, console: FileHandle = .standardError, file: String? = nil
  ) throws(CannotOpen) {
    self.format = format
    colored = format == .text && isatty(console.fileDescriptor) == 1
    destinations = Mutex(
      Destinations(console: console, file: try file.map(Self.open)))
  }

  /// Writes one record.
  func write(_ record: LogRecord) {
    let plain = Data(format.line(record).utf8)
    let shown = colored ? Data(format.line(record, colored: true).utf8) : plain
    destinations.withLock { destinations in
      try? destinations.console.write(contentsOf: shown)
      try? destinations.file?.write(contentsOf: plain)
    }
  }

  /// A log that writes records of at least `level` here.
  func log(_ level: LogLevel, clock: Clock) -> Log {
    Log(minimum: level, clock: clock) { self.write($0) }
  }

  private static func open(_ path: String) throws(CannotOpen) -> FileHandle {
    let url = URL(fileURLWithPath: path)
    do {
      if !FileManager.default.fileExists(atPath: path) {
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        guard
          FileManager.default.createFile(
            atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        else { throw CocoaError(.fileWriteUnknown) }
      }
      let handle = try FileHandle(forWritingTo: url)
      // Appending is asked of the system, so that a file that is cut by its keeper goes on at 0.
      let flags = fcntl(handle.fileDescriptor, F_GETFL)
      guard flags >= 0, fcntl(handle.fileDescriptor, F_SETFL, flags | O_APPEND) == 0 else {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
      return handle
    } catch {
      throw CannotOpen(reason: error.localizedDescription)
    }
  }
}
