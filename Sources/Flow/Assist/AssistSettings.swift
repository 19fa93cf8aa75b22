package import Conversation

/// The bounds and choices of answering.
package struct AssistSettings: Sendable {
  /// The models to ask, the first preferred; never empty.
  package var models: [String]
  /// The tokens of one request, prompt and answer together.
  package var maxTokens: Int
  /// The time for one answer, all tries together; no silence may last
  /// longer than half of it.
  package var timeout: Duration
  /// The assistant's instructions, by the reader's language.
  package var instructions: [Language: String]
  /// How many answers are written at once.
  package var concurrency: Int
  /// How long a job is held without renewal.
  package var lease: Duration
  /// How often previews, deadlines and orders to stop are looked at.
  package var tick: Duration
  /// How long to wait, at most, before looking for jobs again.
  package var idle: Duration
  /// How many previews and typing signs may be begun in one tick. With a tick of 250 ms, ten make
  /// forty a second, near what Telegram takes from one bot.
  package var signsPerTick: Int
  /// How often a job is begun before it counts as one that can't be answered.
  package var jobTries: Int
  /// How many messages of a transcript are looked at, at most.
  package var transcriptLimit: Int
  /// How long answers may go on when the program stops.
  package var grace: Duration
  /// The bounds of the retry loop.
  package var attempts: AttemptPlan.Limits
  /// How a model hands a dialogue to an operator; nil when there are none.
  package var handOver: HandOver?

  /// What is needed to hand a dialogue over.
  package struct HandOver: Sendable {
    /// Whether an answer promises to connect a person. Such an answer is never sent unless the model
    /// has called one; it is called for every whole answer, and once more for a stopped one.
    package var promises: @Sendable (String) -> Bool

    /// Makes settings.
    package init(promises: @escaping @Sendable (String) -> Bool) { self.promises = promises }
  }

  /// How the tokens are shared between prompt and answer.
  var budget: TokenBudget { TokenBudget(total: maxTokens) }

  /// Makes settings; the defaults are those of the program's settings.
  package init(
    models: [String], maxTokens: Int, timeout: Duration = .seconds(120),
    instructions: [Language: String], concurrency: Int = 5_000, lease: Duration = .seconds(30),
    tick: Duration = .milliseconds(250), idle: Duration = .milliseconds(500),
    signsPerTick: Int = 10, jobTries: Int = 5,
    transcriptLimit: Int = 400,
    grace: Duration = .seconds(15), attempts: AttemptPlan.Limits = .init(),
    handOver: HandOver? = nil
  ) {
    precondition(!models.isEmpty, "there must be a model to ask")
    self.models = models
    self.maxTokens = maxTokens
    self.timeout = timeout
    self.instructions = instructions
    self.concurrency = concurrency
    self.lease = lease
    self.tick = tick
    self.idle = idle
    self.signsPerTick = signsPerTick
    self.jobTries = jobTries
    self.transcriptLimit = transcriptLimit
    self.grace = grace
    self.attempts = attempts
    self.handOver = handOver
  }
}
