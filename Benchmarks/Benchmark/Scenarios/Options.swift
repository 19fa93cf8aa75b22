/// What is measured, and how hard; each has a name on the command line.
struct Options {
  /// The program, with its arguments.
  var program: [String] = []
  /// Another program for the same load, to compare with.
  var peer: [String] = []
  /// What is measured, in this order.
  var scenarios = ["start", "full", "half", "paced", "webhook", "stored", "many"]
  /// How many wait for an answer at all times under full load.
  var conversations = 64
  /// The pieces of one answer.
  var chunks = 60
  /// How many questions a person asks.
  var questions = 10
  /// How long one measurement lasts, in seconds.
  var seconds = 5.0
  /// How often the load is measured that the goals name.
  var repeats = 3
  /// The connections over which updates come.
  var connections = 100
  /// Messages a second, and milliseconds between two pieces, when answers come at a model's pace.
  var pacedRate = 150.0
  var pacedInterval = 20.0
  /// Updates a second for the time of the acknowledgement.
  var webhookRate = 500.0
  /// The numbers of stored dialogues.
  var stored = [10, 1_000, 100_000]
  /// Answers under way at once when the model is slow.
  var many = 5_000
  /// A folder for files; one that is removed afterwards when empty.
  var folder = ""
  /// The id of the program's process is written here, for a profiler.
  var pidFile = ""

  /// What to say when the command line is not understood.
  static let usage = """
    usage: Benchmark --program PATH [OPTION VALUE]...

      --program COMMAND     the program and its arguments, separated by blanks
      --peer COMMAND        another program to compare with, under the same load
      --scenarios LIST      of start,full,half,paced,webhook,stored,many
      --conversations N     waiting for an answer at all times under full load (64)
      --chunks N            pieces of an answer (60)
      --questions N         that a person asks, one after another (10)
      --seconds N           of one measurement (5)
      --repeats N           of the full load (3)
      --connections N       over which updates come (100)
      --paced-rate N        messages a second when answers take their time (150)
      --paced-interval N    milliseconds between two pieces of such an answer (20)
      --webhook-rate N      updates a second for the acknowledgement (500)
      --stored LIST         numbers of stored dialogues (10,1000,100000)
      --many N              answers under way at once (5000)
      --folder PATH         where databases and logs are kept (a temporary one)
      --pid-file PATH       where the measured process's id is written
    """

  /// Reads a command line.
  init(_ arguments: [String]) throws(BenchmarkError) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      guard let value = rest.popFirst() else { throw BenchmarkError("\(name) needs a value") }
      try set(name, value)
    }
    guard !program.isEmpty else { throw BenchmarkError("--program is missing") }
  }

  private mutating func set(_ name: String, _ value: String) throws(BenchmarkError) {
    let words = value.split(separator: " ").map(String.init)
    let list = value.split(separator: ",").map(String.init)
    switch name {
    case "--program": program = words
    case "--peer": peer = words
    case "--scenarios": scenarios = list
    case "--conversations": conversations = try Self.number(name, value)
    case "--chunks": chunks = try Self.number(name, value)
    case "--questions": questions = try Self.number(name, value)
    case "--seconds": seconds = try Self.number(name, value)
    case "--repeats": repeats = try Self.number(name, value)
    case "--connections": connections = try Self.number(name, value)
    case "--paced-rate": pacedRate = try Self.number(name, value)
    case "--paced-interval": pacedInterval = try Self.number(name, value)
    case "--webhook-rate": webhookRate = try Self.number(name, value)
    case "--stored":
      stored = []
      for item in list { stored.append(try Self.number(name, item)) }
    case "--many": many = try Self.number(name, value)
    case "--folder": folder = value
    case "--pid-file": pidFile = value
    default: throw BenchmarkError("\(name) is not known")
    }
  }

  private static func number<T: LosslessStringConvertible & Comparable & Numeric>(
    _ name: String, _ value: String
  ) throws(BenchmarkError) -> T {
    guard let number = T(value), number > 0 else {
      throw BenchmarkError("\(name) needs a number above 0, not \(value)")
    }
    return number
  }
}
