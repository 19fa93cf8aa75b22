internal import Platform

extension Configuration {
  /// Reads the whole configuration from the environment and a `.env` file.
  ///
  /// - Parameters:
  ///   - environment: The variables of the process, which win over the file; unknown names are
  ///     ignored, empty values count as unset.
  ///   - dotEnv: The text of the `.env` file; nil when there is none.
  /// - Returns: The configuration, and what the owner should look at although it can be used.
  /// - Throws: `ConfigurationErrors` with everything that is malformed, lines of the file included.
  static func read(
    environment: [String: String], dotEnv: String? = nil
  ) throws(ConfigurationErrors) -> (configuration: Configuration, warnings: [ConfigurationProblem])
  {
    let file = DotEnv(dotEnv ?? "", environment: environment)
    var reader = SettingReader(
      environment: file.values.merging(environment) { _, process in process },
      lines: file.lines.filter { environment[$0.key] == nil }, problems: file.problems)
    var configuration = Configuration()
    configuration.telegram = reader.telegram()
    configuration.model = reader.model()
    configuration.dialogue = reader.dialogue()
    configuration.store = reader.store()
    configuration.web = reader.web(
      official: configuration.telegram.apiURL == Telegram.officialAPI)
    configuration.operators = reader.operators()
    configuration.administration = reader.administration()
    configuration.logging = reader.logging()
    guard reader.problems.isEmpty else {
      throw ConfigurationErrors(problems: reader.problems, warnings: reader.warnings)
    }
    return (configuration, reader.warnings)
  }

  /// What is missing, or not supported, when the configuration is to serve a real bot. The demo
  /// needs none of it.
  var problemsForServing: [ConfigurationProblem] {
    var problems: [ConfigurationProblem] = []
    if telegram.token == nil {
      problems.append(
        ConfigurationProblem(
          variable: "TELEGRAM_BOT_TOKEN", cause: "is not set",
          remedy: "ask @BotFather for a token and set it in .env or the environment"))
    }
    if model.key == nil, [Model.openAI, Model.groq].contains(model.baseURL) {
      problems.append(
        ConfigurationProblem(
          variable: "OPENAI_API_KEY", cause: "is not set",
          remedy: "set the service's key, or OPENAI_BASE_URL to a service that needs none"))
    }
    if case .postgres = store.database {
      problems.append(
        ConfigurationProblem(
          variable: "DATABASE_URL", cause: "names PostgreSQL, which is not supported yet",
          remedy: "use SQLite: set DATABASE_URL=sqlite:data/switchboard.db"))
    }
    return problems
  }
}

extension SettingReader {
  fileprivate mutating func telegram() -> Configuration.Telegram {
    var telegram = Configuration.Telegram()
    if let found = find(
      "TELEGRAM_BOT_TOKEN", or: ["BOT_TOKEN", "TG_BOT_TOKEN", "TELEGRAM_TOKEN"])
    {
      telegram.token = read(found, Self.botToken)
    }
    telegram.apiURL = read(
      "TELEGRAM_API_URL", default: telegram.apiURL, WebAddress.telegramAPI)
    telegram.timeout = read(
      "TELEGRAM_TIMEOUT", or: ["BOT_REQUEST_TIMEOUT"], default: telegram.timeout,
      SettingValue.duration(1...600, "seconds", seconds: 1))
    telegram.proxy = read("TELEGRAM_PROXY", default: nil, Self.proxy)
    return telegram
  }

  fileprivate mutating func model() -> Configuration.Model {
    var model = Configuration.Model()
    let key = find(
      "OPENAI_API_KEY", or: ["OPENAI_TOKEN", "OPEN_AI_KEY", "CHAT_GPT_TOKEN", "GROK_API_KEY"])
    if let key {
      model.key = read(key, SettingValue.key)
      if key.name == "GROK_API_KEY" { model.baseURL = Configuration.Model.groq }
    }
    model.baseURL = read("OPENAI_BASE_URL", default: model.baseURL, WebAddress.modelAPI)
    model.names = models(at: model.baseURL)
    model.organization = read("OPENAI_ORGANIZATION", default: nil, SettingValue.word)
    model.project = read("OPENAI_PROJECT", default: nil, SettingValue.word)
    model.headers = read("OPENAI_HEADERS", default: [], Self.headers)
    model.certificateFile = read("OPENAI_CA_FILE", default: nil, SettingValue.path)
    model.proxy = read("OPENAI_PROXY", default: nil, Self.proxy)
    model.timeout = read(
      "OPENAI_TIMEOUT", or: ["GROK_REQUEST_TIMEOUT"], default: model.timeout,
      SettingValue.duration(1...3600, "seconds", seconds: 1))
    model.maxTokens = read(
      "MAX_TOKENS", default: model.maxTokens, SettingValue.integer(256...10_000_000, "tokens"))
    model.systemPrompt = systemPrompt()
    return model
  }

  private mutating func models(at baseURL: String) -> [String] {
    if let found = find("OPENAI_MODEL", or: ["MODEL_NAME", "CHATGPT_MODEL", "GROK_MODEL"]) {
      return read(found, Self.modelNames) ?? []
    }
    switch baseURL {
    case Configuration.Model.openAI: return ["gpt-5.4-mini"]
    case Configuration.Model.groq: return ["llama-3.3-70b-versatile"]
    default:
      refuse(
        "OPENAI_MODEL", "is not set, and the service in OPENAI_BASE_URL has no default",
        "set the name of a model that the service knows")
      return []
    }
  }

  private mutating func systemPrompt() -> Configuration.Model.SystemPrompt {
    let text = find("SYSTEM_PROMPT")
    let file = read("SYSTEM_PROMPT_FILE", default: nil, SettingValue.path)
    if let text {
      if file != nil {
        warn(
          "SYSTEM_PROMPT_FILE", "is not used, because SYSTEM_PROMPT is set", "remove one of them")
      }
      return .text(text.value)
    }
    return file.map { .file($0) } ?? .standard
  }

  fileprivate mutating func dialogue() -> Configuration.Dialogue {
    var dialogue = Configuration.Dialogue()
    dialogue.groupMemory = read(
      "GROUP_MEMORY", default: dialogue.groupMemory, SettingValue.choice)
    dialogue.tokenWarning = read(
      "TOKEN_WARNING", default: dialogue.tokenWarning, SettingValue.flag)
    dialogue.messagesPerMinute = read(
      "USER_MESSAGES_PER_MINUTE", default: dialogue.messagesPerMinute,
      SettingValue.integer(1...100_000, "messages"))
    dialogue.textsFile = read("TEXTS_FILE", default: nil, SettingValue.path)
    let days = read("RETENTION_DAYS", default: 0, SettingValue.integer(0...36_500, "days"))
    dialogue.retentionDays = days == 0 ? nil : days
    dialogue.inboxAttempts = read(
      "INBOX_ATTEMPTS", default: dialogue.inboxAttempts, SettingValue.integer(1...100, "tries"))
    return dialogue
  }

  fileprivate mutating func store() -> Configuration.Store {
    var store = Configuration.Store()
    store.database = read("DATABASE_URL", default: store.database, Database.init)
    if let found = find("REDIS_URL") {
      store.redis = Secret(found.value)
      warn(
        "REDIS_URL", "is not used: Redis is not supported yet",
        "nothing is lost without it; everything is kept in the database")
    }
    return store
  }
}
