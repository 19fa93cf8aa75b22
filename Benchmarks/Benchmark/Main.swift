internal import CLinux
internal import Foundation

/// Measures what a message costs: drives the real program, as a process of its own, with stand-ins
/// for Telegram and the model.
@main
struct Main {
  static func main() async {
    do {
      let options = try Options(Array(CommandLine.arguments.dropFirst()))
      try await run(options)
    } catch {
      FileHandle.standardError.write(Data("\(error)\n\n\(Options.usage)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ options: Options) async throws {
    raiseDescriptorLimit()
    let folder =
      options.folder.isEmpty
      ? FileManager.default.temporaryDirectory.appending(path: "bench-\(UUID().uuidString)")
      : URL(fileURLWithPath: options.folder)
    defer { if options.folder.isEmpty { try? FileManager.default.removeItem(at: folder) } }
    let ours = try await measure(options, options.program, folder)
    guard !options.peer.isEmpty else { return }
    print("\n=== \(options.peer.joined(separator: " "))")
    let theirs = try await measure(options, options.peer, folder)
    Report.title("Ratio, in messages per processor second")
    for (name, value) in ours.sorted(by: { $0.key < $1.key }) {
      guard let other = theirs[name] else { continue }
      Report.line(
        name, Report.number(value / other, 1) + " times",
        "\(Report.number(value)) to \(Report.number(other, 1))")
    }
  }

  /// Runs the scenarios; gives messages per processor second by scenario.
  private static func measure(
    _ options: Options, _ command: [String], _ folder: URL
  ) async throws -> [String: Double] {
    let bench = try Bench(options, command: command, folder: folder)
    var speeds: [String: Double] = [:]
    for scenario in options.scenarios {
      switch scenario {
      case "start": try bench.startAndRest()
      case "full": speeds["full load"] = try bench.fullAndHalf()
      case "half": break
      case "paced": speeds["a model's pace"] = try bench.paced()
      case "webhook": try bench.webhook()
      case "stored": try await bench.stored()
      case "many": try bench.many()
      default: throw BenchmarkError("there is no scenario \(scenario)")
      }
    }
    return speeds
  }

  /// Thousands of answers need as many descriptors on this side.
  private static func raiseDescriptorLimit() {
    var limit = rlimit()
    unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
