import Conversation
import Platform
import Testing

@testable import App

/// The configuration that the variables give; the test fails when they are refused.
func configuration(_ environment: [String: String]) throws -> Configuration {
  try Configuration.read(environment: environment).configuration
}

/// The names of the variables that are refused, in the order of the report.
func refused(_ environment: [String: String]) -> [String] {
  do throws(ConfigurationErrors) {
    _ = try Configuration.read(environment: environment)
    return []
  } catch {
    return error.problems.compactMap(\.variable)
  }
}

@Suite("Configuration: defaults and names")
struct ConfigurationTests {
  @Test("nothing set gives the defaults of the contract")
  func defaults() throws {
    let made = try Configuration.read(environment: [:])
    #expect(made.configuration == Configuration())
    #expect(made.warnings.isEmpty)
    let all = made.configuration
    #expect(all.telegram.apiURL == "https://api.telegram.org")
    #expect(all.telegram.timeout == .seconds(30))
    #expect(all.model.baseURL == "https://api.openai.com/v1")
    #expect(all.model.names == ["gpt-5.4-mini"])
    #expect(all.model.timeout == .seconds(120))
    #expect(all.model.maxTokens == 16000)
    #expect(all.dialogue.groupMemory == .shared)
    #expect(all.dialogue.messagesPerMinute == 20)
    #expect(all.dialogue.retentionDays == nil)
    #expect(all.dialogue.inboxAttempts == 5)
    #expect(all.store.database == .file("data/switchboard.db"))
    #expect(all.web == .init(host: "127.0.0.1", port: 8080, webhookPath: "/webhook/", webhook: nil))
    #expect(all.operators.timeout == .seconds(7200))
    #expect(all.operators.waitingReminder == .seconds(300))
    #expect(all.operators.handoff == .atOnce)
    #expect(all.operators.handoffOnFailure == .offer)
    #expect(all.operators.timeZone == "Europe/Moscow")
    #expect(all.logging == .init(level: .info, format: .text, file: nil))
  }

  @Test("unknown names are ignored, empty values count as unset")
  func unknownAndEmpty() throws {
    let made = try configuration([
      "PATH": "/bin", "POSTGRES_DB": "x", "MAX_TOKENS": "", "LOG_LEVEL": "  ", "WEBHOOK_SECRET": "",
    ])
    #expect(made == Configuration())
  }

  @Test(
    "each alias stands for its variable",
    arguments: [
      ("BOT_TOKEN", "7:a"), ("TG_BOT_TOKEN", "7:a"), ("TELEGRAM_TOKEN", "7:a"),
      ("TELEGRAM_BOT_TOKEN", " 7:a "),
    ])
  func tokenNames(name: String, value: String) throws {
    #expect(try configuration([name: value]).telegram.token == Secret("7:a"))
  }

  @Test(
    "each alias of the model's key stands for it",
    arguments: ["OPENAI_API_KEY", "OPENAI_TOKEN", "OPEN_AI_KEY", "CHAT_GPT_TOKEN"])
  func keyNames(name: String) throws {
    let model = try configuration([name: "sk-1"]).model
    #expect(model.key == Secret("sk-1"))
    #expect(model.baseURL == Configuration.Model.openAI)
  }

  @Test("each alias of the model's name stands for it")
  func modelNames() throws {
    for name in ["OPENAI_MODEL", "MODEL_NAME", "CHATGPT_MODEL", "GROK_MODEL"] {
      #expect(try configuration([name: "a, b ,a,"]).model.names == ["a", "b"])
    }
  }

  @Test("the aliases of the time limits stand for them")
  func timeoutNames() throws {
    let made = try configuration(["BOT_REQUEST_TIMEOUT": "12.5", "GROK_REQUEST_TIMEOUT": "180"])
    #expect(made.telegram.timeout == .milliseconds(12500))
    #expect(made.model.timeout == .seconds(180))
  }

  @Test("an alias that says something else is warned about and not used, and no value is told")
  func differingAlias() throws {
    let made = try Configuration.read(environment: [
      "BOT_TOKEN": "8:second", "TELEGRAM_BOT_TOKEN": "7:first", "TG_BOT_TOKEN": "7:first",
    ])
    #expect(made.configuration.telegram.token == Secret("7:first"))
    #expect(made.warnings.map(\.variable) == ["BOT_TOKEN"])
    #expect(!made.warnings.description.contains("second"))
    #expect(!made.warnings.description.contains("first"))
  }

  @Test("everything malformed is told at once, by the name that was used, without its value")
  func allAtOnce() throws {
    let environment = [
      "BOT_TOKEN": "hunter2", "OPENAI_TIMEOUT": "hunter2", "MAX_TOKENS": "-hunter2",
      "DATABASE_URL": "mysql://hunter2", "WEB_SERVER_PORT": "99999", "WEBHOOK_SECRET": "hunter2!",
      "ADMIN_TOKEN": "hunter2 hunter2", "LOG_LEVEL": "hunter2", "WORKING_HOURS": "hunter2",
    ]
    let error = #expect(throws: ConfigurationErrors.self) {
      try Configuration.read(environment: environment)
    }
    #expect(Set(error?.problems.compactMap(\.variable) ?? []) == Set(environment.keys))
    #expect(error?.problems.count == environment.count)
    #expect(error?.description.contains("hunter2") == false)
    #expect(error?.problems.allSatisfy { !$0.cause.isEmpty && !$0.remedy.isEmpty } == true)
  }

  @Test("a problem tells its line of the file, unless the environment won")
  func lines() throws {
    let file = "# first\nMAX_TOKENS=many\nLOG_LEVEL=loud\nBROKEN='\n"
    let error = #expect(throws: ConfigurationErrors.self) {
      try Configuration.read(environment: ["LOG_LEVEL": "quiet"], dotEnv: file)
    }
    #expect(error?.problems.map(\.line) == [4, 2, nil])
    #expect(error?.description.contains(".env:2: MAX_TOKENS: is not a whole number") == true)
  }

  @Test("the environment wins over the file, even with an empty value")
  func environmentWins() throws {
    let made = try Configuration.read(
      environment: ["MAX_TOKENS": "1000", "LOG_LEVEL": ""],
      dotEnv: "MAX_TOKENS=2000\nLOG_LEVEL=error\nINBOX_ATTEMPTS=9")
    #expect(made.configuration.model.maxTokens == 1000)
    #expect(made.configuration.logging.level == .info)
    #expect(made.configuration.dialogue.inboxAttempts == 9)
  }

  @Test("serving needs a token, a key of a hosted model, and SQLite")
  func serving() throws {
    func missing(_ environment: [String: String]) throws -> [String] {
      try configuration(environment).problemsForServing.compactMap(\.variable)
    }
    #expect(try missing([:]) == ["TELEGRAM_BOT_TOKEN", "OPENAI_API_KEY"])
    #expect(try missing(["BOT_TOKEN": "7:a", "GROK_API_KEY": "k"]) == [])
    let local = [
      "BOT_TOKEN": "7:a", "OPENAI_BASE_URL": "http://localhost:11434", "MODEL_NAME": "m",
    ]
    #expect(try missing(local) == [])
    let postgres = try configuration(
      local.merging(["DATABASE_URL": "postgres://u:hunter2@h/d"]) { $1 }
    ).problemsForServing
    #expect(postgres.compactMap(\.variable) == ["DATABASE_URL"])
    #expect(postgres.description.contains("SQLite"))
    #expect(!postgres.description.contains("hunter2"))
  }

  @Test("no secret shows when the configuration is printed")
  func printing() throws {
    let made = try configuration([
      "BOT_TOKEN": "7:hunter2", "OPENAI_API_KEY": "hunter2", "WEBHOOK_SECRET": "hunter2",
      "BASE_WEBHOOK_URL": "https://h", "ADMIN_TOKEN": "hunter2hunter2hunter2",
      "TELEGRAM_PROXY": "socks5://u:hunter2@h:1", "OPENAI_PROXY": "http://u:hunter2@h:1",
      "OPENAI_HEADERS": "X-Key: hunter2", "DATABASE_URL": "postgres://u:hunter2@h/d",
      "REDIS_URL": "redis://:hunter2@h",
    ])
    var dumped = ""
    dump(made, to: &dumped)
    #expect(!dumped.contains("hunter2"))
    #expect(!"\(made)\(String(reflecting: made))".contains("hunter2"))
    #expect(dumped.contains("***"))
  }
}
