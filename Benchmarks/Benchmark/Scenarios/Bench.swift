internal import Foundation

/// The scenarios, each with a program started for it.
struct Bench {
  let options: Options
  let command: [String]
  let folder: URL
  let reactor: Reactor
  let standIns: StandIns

  init(_ options: Options, command: [String], folder: URL) throws(BenchmarkError) {
    self.options = options
    self.command = command
    self.folder = folder
    reactor = try Reactor()
    standIns = try StandIns(reactor, chunks: options.chunks)
  }

  /// A program with an empty database, or the one at a path.
  func start(_ database: URL? = nil) throws -> Program {
    let directory = folder.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    if let database {
      try FileManager.default.copyItem(at: database, to: directory.appending(path: "bench.db"))
    }
    standIns.pieceInterval = 0
    standIns.counts = .init()
    let program = try Program(
      command, directory: directory, standIns: standIns, reactor: reactor)
    if !options.pidFile.isEmpty {
      try "\(program.id)\n".write(toFile: options.pidFile, atomically: true, encoding: .utf8)
    }
    return program
  }

  func load(_ program: Program, stored: Int? = nil) -> Load {
    Load(
      reactor, standIns, program,
      dialogues: Dialogues(questions: options.questions, stored: stored),
      connections: options.connections)
  }

  func measure(_ load: Load, _ program: Program, seconds: Double? = nil) -> Measurement {
    .take(seconds ?? options.seconds, load: load, program: program, standIns: standIns)
  }

  /// Ends a load and says what did not go well.
  func end(_ load: Load, _ program: Program) {
    let missing = load.end()
    program.stop()
    let wrong = standIns.counts.wrong
    if missing > 0 { Report.line("ANSWERS THAT DID NOT COME", "\(missing)") }
    if wrong > 0 { Report.line("MESSAGES NOBODY ASKED FOR", "\(wrong)") }
  }
}

extension Bench {
  /// The time to start, and the memory of a program at rest.
  func startAndRest() throws {
    Report.title("Start and rest")
    var times: [Double] = []
    for run in 0..<5 {
      let program = try start()
      times.append(program.startTime.inMilliseconds)
      if run == 4 {
        reactor.run(until: .now + .seconds(5)) { false }
        let usage = program.usage
        Report.line("ready after", Report.milliseconds(times.median), times.range() + ", goal 300")
        Report.line(
          "memory after 5 s at rest", Report.number(usage.memory, 1) + " MB",
          "\(Report.number(usage.anonymousMemory, 1)) MB of it anonymous, "
            + "\(usage.threads) threads, goal 40")
        let before = program.usage.processor
        reactor.run(until: .now + .seconds(2)) { false }
        Report.line(
          "processor at rest",
          Report.number((program.usage.processor - before) / 2 * 100, 1) + " %", "of one core")
      }
      program.stop()
    }
  }

  /// Full load, then half of it, with one program; gives the messages per processor second.
  func fullAndHalf() throws -> Double {
    let program = try start()
    let load = load(program)
    load.begin(.closed(options.conversations))
    load.run(1)
    let runs = (0..<options.repeats).map { _ in measure(load, program) }
    Report.title(
      "Full load: \(options.conversations) waiting for an answer, answers of "
        + "\(options.chunks) pieces without pause")
    report(runs)
    Report.line("peak memory", Report.number(program.usage.peakMemory, 1) + " MB")
    guard runs.allSatisfy({ $0.answers > 0 }) else {
      throw BenchmarkError("no answers come; see program.log with --folder")
    }
    let best = runs.map(\.perProcessorSecond).median
    if options.scenarios.contains("half") {
      let rate = runs.map(\.perSecond).median / 2
      load.begin(.open(rate))
      load.run(0.5)
      Report.title("Half load: \(Report.number(rate)) messages a second at random times")
      report([measure(load, program)])
    }
    end(load, program)
    return best
  }

  /// Answers that come at a model's pace.
  func paced() throws -> Double {
    let program = try start()
    let load = load(program)
    standIns.pieceInterval = .milliseconds(options.pacedInterval)
    load.begin(.open(options.pacedRate))
    load.run(Double(options.chunks) * options.pacedInterval / 1000 + 1)
    let result = measure(load, program)
    Report.title(
      "A model's pace: \(Report.number(options.pacedRate)) messages a second, "
        + "\(Report.number(options.pacedInterval)) ms between two pieces")
    report([result])
    end(load, program)
    return result.perProcessorSecond
  }

  /// The time of the acknowledgement.
  func webhook() throws {
    let program = try start()
    let load = load(program)
    load.begin(.open(options.webhookRate))
    load.run(1)
    let result = measure(load, program)
    Report.title("Webhook: \(Report.number(options.webhookRate)) updates a second at random times")
    Report.line(
      "acknowledged after, p50 / p99",
      "\(Report.milliseconds(result.acknowledgementMedian)) / "
        + Report.milliseconds(result.acknowledgement99),
      "\(result.acknowledged) updates, \(result.refused) refused, goal 20 ms")
    Report.line("processor", Report.number(result.processor / result.seconds * 100, 0) + " %")
    end(load, program)
  }

  /// The cost by the number of dialogues that are stored already. The sizes are measured in turn, so
  /// that a machine that is slower for a while is so for all of them.
  func stored() async throws {
    Report.title("Stored dialogues: 8 waiting for an answer, the memory cleared first")
    var sizes: [(count: Int, database: URL, costs: [Double], starts: [Double])] = []
    for count in options.stored {
      let database = folder.appending(path: "stored-\(count).db")
      try await Prefill.run(path: database.path(), dialogues: count)
      sizes.append((count, database, [], []))
    }
    for _ in 0..<max(options.repeats, 5) {
      for index in sizes.indices {
        let program = try start(sizes[index].database)
        let load = load(program, stored: sizes[index].count)
        load.begin(.closed(8))
        load.run(1)
        sizes[index].costs.append(measure(load, program, seconds: 2).microsecondsEach)
        sizes[index].starts.append(program.startTime.inMilliseconds)
        end(load, program)
      }
    }
    guard let first = sizes.first?.costs else { return }
    for (count, database, costs, starts) in sizes {
      let bytes = try FileManager.default.attributesOfItem(atPath: database.path())[.size] as? Int
      let ratios = zip(costs, first).map { $0 / $1 * 100 }
      Report.line(
        "\(Report.number(Double(count))) dialogues, \(Report.number(Double(bytes ?? 0) / 1e6, 1)) MB",
        Report.number(costs.median) + " µs",
        "a message; \(Report.number(ratios.median)) % of the first (\(ratios.range()) in "
          + "turn), goal 110; ready after \(Report.milliseconds(starts.median))")
    }
  }

  /// A great many answers under way.
  func many() throws {
    let program = try start()
    let load = load(program)
    let before = program.usage.memory
    standIns.pieceInterval = .seconds(1)
    load.begin(.open(1_000))
    let began = Nanoseconds.now
    load.run(atMost: 60) { load.inFlight >= options.many }
    load.begin(.closed(0))
    let reached = load.run(atMost: 30) { standIns.streaming >= options.many }
    let rampTime = (Nanoseconds.now - began).inSeconds
    let processor = program.usage.processor
    load.run(3)
    let usage = program.usage
    Report.title("\(Report.number(Double(options.many))) answers under way, a piece a second each")
    Report.line(
      "under way", Report.number(Double(standIns.streaming)),
      reached ? "reached after \(Report.number(rampTime, 1)) s" : "NOT REACHED")
    Report.line(
      "memory", Report.number(usage.memory, 1) + " MB",
      "\(Report.number(usage.anonymousMemory, 1)) MB anonymous, "
        + "\(Report.number(before, 1)) MB before, goal 250")
    Report.line("peak memory", Report.number(usage.peakMemory, 1) + " MB")
    Report.line("processor", Report.number((usage.processor - processor) / 3 * 100) + " %")
    standIns.pieceInterval = .milliseconds(1)
    load.run(atMost: 60) { load.inFlight == 0 }
    Report.line(
      "peak memory when all end at once", Report.number(program.usage.peakMemory, 1) + " MB")
    end(load, program)
  }

  private func report(_ runs: [Measurement]) {
    guard let last = runs.last else { return }
    Report.line(
      "messages per processor second", Report.number(runs.map(\.perProcessorSecond).median),
      runs.map(\.perProcessorSecond).range())
    Report.line(
      "processor time a message", Report.number(runs.map(\.microsecondsEach).median) + " µs")
    Report.line(
      "messages per second", Report.number(runs.map(\.perSecond).median),
      runs.map(\.perSecond).range())
    Report.line(
      "added to the model's time, p50 / p99",
      "\(Report.milliseconds(runs.map(\.addedMedian).median)) / "
        + Report.milliseconds(runs.map(\.added99).median))
    Report.line(
      "acknowledged after, p50 / p99",
      "\(Report.milliseconds(runs.map(\.acknowledgementMedian).median)) / "
        + Report.milliseconds(runs.map(\.acknowledgement99).median),
      last.refused > 0 ? "\(last.refused) refused" : "")
    Report.line("previews a message", Report.number(last.previewsEach, 2))
    Report.line(
      "the program uses", Report.number(last.processor / last.seconds, 2) + " cores",
      "the stand-ins \(Report.number(last.ownProcessor / last.seconds, 2)) of one: "
        + "\(Report.number(last.ownProcessor / Double(max(last.answers, 1)) * 1e6)) µs a message")
  }
}
