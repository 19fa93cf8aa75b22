internal import Conversation
internal import Platform

/// Everything that the owner of a bot can set, with the defaults that hold when nothing is set.
///
/// `Configuration.read` makes it from the environment. The parts are plain values, one per concern;
/// the wiring hands each service only the part it needs.
struct Configuration: Sendable, Equatable {
  /// The way to Telegram.
  var telegram = Telegram()
  /// The language model and what is asked of it.
  var model = Model()
  /// How dialogues behave.
  var dialogue = Dialogue()
  /// Where everything is kept.
  var store = Store()
  /// The HTTP server and the webhook.
  var web = Web()
  /// People who answer in the place of the bot.
  var operators = Operators()
  /// The owner's own way in.
  var administration = Administration()
  /// What the program writes about itself.
  var logging = Logging()
}

extension Configuration {
  /// The way to Telegram.
  struct Telegram: Sendable, Equatable {
    /// The Bot API server that Telegram itself runs.
    static let officialAPI = "https://api.telegram.org"

    /// `TELEGRAM_BOT_TOKEN`; nil when none is set, which is enough for the demo.
    var token: Secret?
    /// `TELEGRAM_API_URL`, without a slash at its end.
    var apiURL = officialAPI
    /// `TELEGRAM_TIMEOUT`, for one request; long polls have their own.
    var timeout = Duration.seconds(30)
    /// `TELEGRAM_PROXY`; a secret, because it may carry a password.
    var proxy: Secret?
  }

  /// The language model and what is asked of it.
  struct Model: Sendable, Equatable {
    /// A header field that goes with every request.
    struct Header: Sendable, Equatable {
      /// The field's name.
      var name: String
      /// The field's value; often a key of its own.
      var value: Secret
    }

    /// The assistant's instructions.
    enum SystemPrompt: Sendable, Equatable {
      /// Switchboard's own, in the reader's language.
      case standard
      /// `SYSTEM_PROMPT`.
      case text(String)
      /// The path in `SYSTEM_PROMPT_FILE`.
      case file(String)
    }

    /// OpenAI's own service.
    static let openAI = "https://api.openai.com/v1"
    /// Groq's service, the default for those who bring a `GROK_API_KEY`.
    static let groq = "https://api.groq.com/openai/v1"

    /// `OPENAI_API_KEY`; local services often need none.
    var key: Secret?
    /// `OPENAI_BASE_URL`, to which `/chat/completions` is added.
    var baseURL = openAI
    /// `OPENAI_MODEL`: the model, then those to try when it fails.
    var names = ["gpt-5.4-mini"]
    /// `OPENAI_ORGANIZATION`.
    var organization: String?
    /// `OPENAI_PROJECT`.
    var project: String?
    /// `OPENAI_HEADERS`.
    var headers: [Header] = []
    /// `OPENAI_CA_FILE`: a PEM file of root certificates that are trusted besides the system's.
    var certificateFile: String?
    /// `OPENAI_PROXY`; a secret, because it may carry a password.
    var proxy: Secret?
    /// `OPENAI_TIMEOUT`, for one answer with all its attempts.
    var timeout = Duration.seconds(120)
    /// `MAX_TOKENS`: what one request may use, prompt and answer together.
    var maxTokens = 16_000
    /// `SYSTEM_PROMPT` or `SYSTEM_PROMPT_FILE`.
    var systemPrompt = SystemPrompt.standard
  }

  /// How dialogues behave.
  struct Dialogue: Sendable, Equatable {
    /// Whose words a group's answer takes into account.
    enum GroupMemory: String, Sendable, CaseIterable {
      /// One memory for everybody in the group.
      case shared
      /// One memory for each person.
      case person
    }

    /// `GROUP_MEMORY`.
    var groupMemory = GroupMemory.shared
    /// `TOKEN_WARNING`: whether a person is told that the budget is nearly full.
    var tokenWarning = false
    /// `USER_MESSAGES_PER_MINUTE`.
    var messagesPerMinute = 20
    /// `TEXTS_FILE`: a file of texts that replace the built-in ones.
    var textsFile: String?
    /// `RETENTION_DAYS`; nil keeps transcripts for ever.
    var retentionDays: Int?
    /// `INBOX_ATTEMPTS`: tries before an update is put into quarantine.
    var inboxAttempts = 5
  }

  /// Where everything is kept.
  struct Store: Sendable, Equatable {
    /// `DATABASE_URL`.
    var database = Database.file("data/switchboard.db")
    /// `REDIS_URL`; a secret, because it may carry a password.
    var redis: Secret?
  }

  /// The HTTP server and the webhook.
  struct Web: Sendable, Equatable {
    /// The public address at which Telegram delivers updates.
    struct Webhook: Sendable, Equatable {
      /// Where `BASE_WEBHOOK_URL` leads.
      enum Base: Sendable, Equatable {
        /// An address, without a slash at its end.
        case url(String)
        /// `auto`: the tunnel of an ngrok agent on this machine.
        case ngrok
      }

      /// `BASE_WEBHOOK_URL`.
      var base: Base
      /// `WEBHOOK_SECRET`; nil when it is to be derived from the token.
      var secret: Secret?
    }

    /// `WEB_SERVER_HOST`.
    var host = "127.0.0.1"
    /// `WEB_SERVER_PORT`; 0 lets the system choose a free one.
    var port = 8080
    /// `WEBHOOK_PATH`, with a slash at both ends.
    var webhookPath = "/webhook/"
    /// How updates are delivered; nil means long polling.
    var webhook: Webhook?
  }

  /// People who answer in the place of the bot.
  struct Operators: Sendable, Equatable {
    /// `OPERATOR_CHAT_ID`.
    var chats: [Int64] = []
    /// `HANDOFF_MODE`.
    var handoff = StaffPolicy.Manner.atOnce
    /// `HANDOFF_ON_FAILURE`.
    var handoffOnFailure = StaffPolicy.Manner.offer
    /// `OPERATOR_TIMEOUT`: how long after the last human sign the bot takes over again.
    var timeout = Duration.seconds(120 * 60)
    /// `WAITING_REMINDER`: how long a dialogue waits before operators are reminded.
    var waitingReminder = Duration.seconds(5 * 60)
    /// `WORKING_HOURS`; nil means always.
    var workingHours: WorkingHours?
    /// `TIME_ZONE`, a name of the IANA database.
    var timeZone = "Europe/Moscow"
    /// `HANDOFF_AFTER_COMPLAINTS`: how many times in a row a person may say that it did not help, or
    /// ask the same again, before a human comes; 0 for never.
    var complaintLimit = 2
    /// `OPERATOR_LANGUAGE`: the language of what operators read.
    var language = Language.russian
    /// `RATING`: whether people are asked how good the help was.
    var rating = false
  }

  /// The owner's own way in.
  struct Administration: Sendable, Equatable {
    /// `ADMIN_TOKEN`; without it the HTTP API is off.
    var token: Secret?
    /// `ADMIN_CHAT_ID`: who is told of restarts and trouble.
    var chat: Int64?
  }

  /// What the program writes about itself.
  struct Logging: Sendable, Equatable {
    /// `LOG_LEVEL`.
    var level = LogLevel.info
    /// `LOG_FORMAT`.
    var format = LogFormat.text
    /// `LOG_FILE`.
    var file: String?
  }
}
