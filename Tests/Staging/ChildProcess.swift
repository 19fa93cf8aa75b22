internal import CLinux
internal import Foundation

/// The system's calls for a child process.
enum ChildProcess {
  /// Starts a program by its path, without input, its output and its errors in a new file. Throws
  /// `CannotStart`.
  static func start(
    _ command: [String], environment: [String: String], directory: String, output: String
  ) throws -> pid_t {
    var files = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&files)
    defer { unsafe posix_spawn_file_actions_destroy(&files) }
    unsafe posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0)
    unsafe posix_spawn_file_actions_addopen(&files, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    unsafe posix_spawn_file_actions_adddup2(&files, 1, 2)
    unsafe posix_spawn_file_actions_addchdir_np(&files, directory)
    // Files that this process has not marked to be closed are nothing to the child.
    unsafe posix_spawn_file_actions_addclosefrom_np(&files, 3)

    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // The thread that happens to run this may hold signals back; the child must not.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

    var arguments = unsafe command.map { unsafe strdup($0) } + [nil]
    var variables = unsafe environment.map { unsafe strdup("\($0)=\($1)") } + [nil]
    defer { unsafe (arguments + variables).forEach { unsafe free($0) } }
    var process = pid_t()
    let trouble = unsafe posix_spawn(
      &process, command[0], &files, &attributes, &arguments, &variables)
    guard trouble == 0 else { throw CannotStart(program: command[0], errno: trouble) }
    return process
  }

  /// How a child ended: its exit status, for a signal its negative; nil while it runs. To be asked
  /// no more after it has told.
  static func status(of process: pid_t) -> Int32? { wait(for: process, WNOHANG) }

  /// Waits until a child has ended; gives how.
  static func waitForEnd(of process: pid_t) -> Int32? { wait(for: process, 0) }

  private static func wait(for process: pid_t, _ options: Int32) -> Int32? {
    var status: Int32 = 0
    let ended = unsafe waitpid(process, &status, options)
    precondition(ended >= 0, "no child of ours")
    guard ended > 0 else { return nil }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : -signal
  }
}

/// A program could not be started.
struct CannotStart: Error, CustomStringConvertible {
  let program: String
  let errno: Int32

  var description: String { "cannot start \(program): \(unsafe String(cString: strerror(errno)))" }
}
