import Conversation
import Platform
import Testing

@testable import App

@Suite("Configuration: values")
struct SettingValueTests {
  @Test(
    "what cannot be meant is refused",
    arguments: [
      ("TELEGRAM_BOT_TOKEN", "7:a,8:b"), ("TELEGRAM_BOT_TOKEN", "abc"),
      ("TELEGRAM_BOT_TOKEN", "\"7:a\""), ("TELEGRAM_BOT_TOKEN", "07:a"),
      ("TELEGRAM_BOT_TOKEN", "7:"), ("TELEGRAM_BOT_TOKEN", "7:a b"),
      ("TELEGRAM_BOT_TOKEN", "7:" + String(repeating: "a", count: 79)),
      ("TELEGRAM_API_URL", "http://api.telegram.org"), ("TELEGRAM_API_URL", "api.telegram.org"),
      ("TELEGRAM_API_URL", "https://user:pw@host"), ("TELEGRAM_API_URL", "https://host?x"),
      ("TELEGRAM_TIMEOUT", "0"), ("TELEGRAM_TIMEOUT", "nan"), ("TELEGRAM_TIMEOUT", "30s"),
      ("TELEGRAM_PROXY", "ftp://host"), ("OPENAI_PROXY", "host:1080"),
      ("OPENAI_API_KEY", "sk 1"), ("OPENAI_API_KEY", "ключ"),
      ("OPENAI_BASE_URL", "ftp://host"), ("OPENAI_BASE_URL", "not an address"),
      ("OPENAI_MODEL", ","), ("OPENAI_TIMEOUT", "-1"), ("OPENAI_ORGANIZATION", "a b"),
      ("OPENAI_HEADERS", "no colon"), ("OPENAI_HEADERS", "Bad Name: x"),
      ("OPENAI_HEADERS", "Host: evil"), ("OPENAI_HEADERS", "X: "),
      ("MAX_TOKENS", "16k"), ("MAX_TOKENS", "10"), ("GROUP_MEMORY", "everybody"),
      ("TOKEN_WARNING", "maybe"), ("USER_MESSAGES_PER_MINUTE", "0"), ("RETENTION_DAYS", "-1"),
      ("INBOX_ATTEMPTS", "0"), ("BASE_WEBHOOK_URL", "http://host"),
      ("BASE_WEBHOOK_URL", "https://host:8080"), ("NGROK_URL", "abc.ngrok.app"),
      ("WEBHOOK_PATH", "/"), ("WEBHOOK_PATH", "/a b/"), ("WEBHOOK_PATH", "/metrics"),
      ("WEBHOOK_PATH", "/../x"), ("WEBHOOK_SECRET", "with space"),
      ("WEBHOOK_SECRET", String(repeating: "a", count: 257)),
      ("WEB_SERVER_HOST", "http://host"), ("WEB_SERVER_PORT", "65536"),
      ("OPERATOR_CHAT_ID", "me"), ("OPERATOR_CHAT_ID", "1,,x"), ("OPERATOR_CHAT_ID", "0"),
      ("HANDOFF_MODE", "never"), ("HANDOFF_ON_FAILURE", "1"), ("OPERATOR_TIMEOUT", "0"),
      ("WAITING_REMINDER", "x"), ("WORKING_HOURS", "Mon-Fri"), ("WORKING_HOURS", "Mon 9-18"),
      ("WORKING_HOURS", "Mon 09:00-09:00"), ("WORKING_HOURS", "Foo 09:00-18:00"),
      ("WORKING_HOURS", "Mon 24:30-25:00"), ("WORKING_HOURS", "Mon-Tue-Wed 09:00-10:00"),
      ("TIME_ZONE", "Mars/Olympus"), ("TIME_ZONE", "MSK"), ("RATING", "5"),
      ("ADMIN_CHAT_ID", "1,2"), ("LOG_LEVEL", "all"), ("LOG_FORMAT", "xml"),
      ("LOG_FILE", "a\nb"), ("DATABASE_URL", "mysql://h/d"), ("DATABASE_URL", "sqlite:"),
      ("DATABASE_URL", "sqlite://host/db"), ("DATABASE_URL", "sqlite:a?mode=ro"),
      ("DATABASE_URL", "postgres://"), ("DATABASE_URL", "data.db"),
    ])
  func refusedValues(name: String, value: String) {
    #expect(refused([name: value]) == [name])
  }

  @Test("several tokens are refused in plain words")
  func severalTokens() {
    let error = #expect(throws: ConfigurationErrors.self) {
      try Configuration.read(environment: ["TELEGRAM_BOT_TOKEN": "7:a,8:b"])
    }
    #expect(error?.description.contains("several tokens") == true)
  }

  @Test(
    "an address of a model is understood however much was pasted",
    arguments: [
      ("https://api.openai.com", "https://api.openai.com/v1"),
      ("https://api.openai.com/", "https://api.openai.com/v1"),
      ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
      ("https://API.openai.com/v1/chat/completions", "https://api.openai.com/v1"),
      ("https://api.openai.com/chat/completions/", "https://api.openai.com/v1"),
      ("http://localhost:11434", "http://localhost:11434/v1"),
      ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
      ("https://openrouter.ai/api", "https://openrouter.ai/api/v1"),
      (
        "https://generativelanguage.googleapis.com/v1beta/openai/",
        "https://generativelanguage.googleapis.com/v1beta/openai"
      ),
      ("https://open.bigmodel.cn/api/paas/v4", "https://open.bigmodel.cn/api/paas/v4"),
    ])
  func modelAddress(text: String, base: String) throws {
    let made = try configuration(["OPENAI_BASE_URL": text, "OPENAI_MODEL": "m"])
    #expect(made.model.baseURL == base)
  }

  @Test("a key of Groq brings Groq's address and model, unless others are set")
  func groq() throws {
    let alone = try configuration(["GROK_API_KEY": "gsk"]).model
    #expect(alone.baseURL == "https://api.groq.com/openai/v1")
    #expect(alone.names == ["llama-3.3-70b-versatile"])
    let both = try configuration(["GROK_API_KEY": "gsk", "OPENAI_API_KEY": "sk"]).model
    #expect(both.baseURL == "https://api.openai.com/v1")
    let elsewhere = try configuration([
      "GROK_API_KEY": "gsk", "OPENAI_BASE_URL": "https://h/v1", "GROK_MODEL": "m",
    ]).model
    #expect(elsewhere.baseURL == "https://h/v1")
    #expect(elsewhere.names == ["m"])
  }

  @Test("elsewhere a model has to be named")
  func modelElsewhere() {
    #expect(refused(["OPENAI_BASE_URL": "http://localhost:11434"]) == ["OPENAI_MODEL"])
  }

  @Test("headers come as lines or separated by semicolons")
  func headers() throws {
    let expected: [Configuration.Model.Header] = [
      .init(name: "HTTP-Referer", value: Secret("https://a.example")),
      .init(name: "X-Title", value: Secret("A bot")),
    ]
    for text in [
      "HTTP-Referer: https://a.example; X-Title: A bot",
      "HTTP-Referer:https://a.example\nX-Title: A bot\n",
    ] {
      #expect(try configuration(["OPENAI_HEADERS": text]).model.headers == expected)
    }
    let cookie = try configuration(["OPENAI_HEADERS": "Cookie: a=1; b=2\nX-Y: z"]).model.headers
    #expect(cookie.map { $0.value.reveal() } == ["a=1; b=2", "z"])
  }

  @Test("instructions come from the text, else from the file")
  func systemPrompt() throws {
    #expect(try configuration(["SYSTEM_PROMPT": "Hi"]).model.systemPrompt == .text("Hi"))
    #expect(try configuration(["SYSTEM_PROMPT_FILE": "a.txt"]).model.systemPrompt == .file("a.txt"))
    let both = try Configuration.read(environment: [
      "SYSTEM_PROMPT": "Hi", "SYSTEM_PROMPT_FILE": "a.txt",
    ])
    #expect(both.configuration.model.systemPrompt == .text("Hi"))
    #expect(both.warnings.map(\.variable) == ["SYSTEM_PROMPT_FILE"])
  }

  @Test(
    "addresses of databases",
    arguments: [
      ("sqlite:data/a.db", Database.file("data/a.db")), ("sqlite:/var/a.db", .file("/var/a.db")),
      ("sqlite:///a.db", .file("a.db")), ("sqlite:////var/a.db", .file("/var/a.db")),
      ("sqlite+aiosqlite:///a.db", .file("a.db")), ("sqlite::memory:", .memory),
      ("sqlite:///:memory:", .memory), ("sqlite://", .memory), ("sqlite://:memory:", .memory),
    ])
  func databases(text: String, database: Database) throws {
    #expect(try configuration(["DATABASE_URL": text]).store.database == database)
  }

  @Test(
    "every way to write PostgreSQL gives the address that libpq reads",
    arguments: ["postgres", "postgresql", "postgresql+asyncpg", "postgres+psycopg2"])
  func postgres(scheme: String) throws {
    let made = try configuration(["DATABASE_URL": "\(scheme)://u:p%40@db:5432/bot?sslmode=require"])
    guard case .postgres(let address) = made.store.database else {
      Issue.record("not PostgreSQL")
      return
    }
    #expect(address.url.reveal() == "postgresql://u:p%40@db:5432/bot?sslmode=require")
    #expect(address.host == "db")
    #expect(address.database == "bot")
  }

  @Test("Redis is warned about and nothing more")
  func redis() throws {
    let made = try Configuration.read(environment: ["REDIS_URL": "redis://:hunter2@h:6379/0"])
    #expect(made.warnings.map(\.variable) == ["REDIS_URL"])
    #expect(!made.warnings.description.contains("hunter2"))
  }

  @Test("switches, words and levels in the usual spellings")
  func words() throws {
    for (text, value) in [("on", true), ("TRUE", true), ("1", true), ("no", false), ("Off", false)]
    {
      #expect(try configuration(["TOKEN_WARNING": text]).dialogue.tokenWarning == value)
    }
    #expect(try configuration(["HANDOFF_MODE": "Offer"]).operators.handoff == .offer)
    #expect(
      try configuration(["HANDOFF_ON_FAILURE": "at-once"]).operators.handoffOnFailure == .atOnce)
    #expect(try configuration(["GROUP_MEMORY": "person"]).dialogue.groupMemory == .person)
    #expect(
      try configuration(["LOG_LEVEL": "WARN", "LOG_FORMAT": "JSON"]).logging.level == .warning)
    #expect(
      try configuration(["TELEGRAM_API_URL": "http://h:81/"]).telegram.apiURL == "http://h:81")
    #expect(try configuration(["RETENTION_DAYS": "30"]).dialogue.retentionDays == 30)
    #expect(
      try configuration(["OPERATOR_CHAT_ID": "7, -100123,7"]).operators.chats == [7, -100123])
  }

  @Test("a short token of the administrator is warned about")
  func adminToken() throws {
    let made = try Configuration.read(environment: ["ADMIN_TOKEN": "short"])
    #expect(made.warnings.map(\.variable) == ["ADMIN_TOKEN"])
    #expect(made.configuration.administration.token == Secret("short"))
  }
}

@Suite("Configuration: webhook and working hours")
struct ServiceValueTests {
  @Test("the webhook's address, path and secret")
  func webhook() throws {
    let web = try configuration([
      "BASE_WEBHOOK_URL": "https://bot.example:8443/", "WEBHOOK_PATH": "hook/a",
      "WEBHOOK_SECRET": "a_B-9", "WEB_SERVER_HOST": "0.0.0.0", "WEB_SERVER_PORT": "9000",
    ]).web
    #expect(web.webhook == .init(base: .url("https://bot.example:8443"), secret: Secret("a_B-9")))
    #expect(web.webhookPath == "/hook/a/")
    #expect(web.host == "0.0.0.0")
    #expect(web.port == 9000)
  }

  @Test("ngrok's name moves the port, unless the port or the left name is set")
  func ngrok() throws {
    let ngrok = ["NGROK_URL": "https://a.ngrok-free.app"]
    #expect(try configuration(ngrok).web.port == 8000)
    #expect(try configuration(ngrok).web.webhook?.base == .url("https://a.ngrok-free.app"))
    #expect(try configuration(ngrok.merging(["WEB_SERVER_PORT": "81"]) { $1 }).web.port == 81)
    let both = ngrok.merging(["BASE_WEBHOOK_URL": "https://b.example"]) { $1 }
    #expect(try configuration(both).web.port == 8080)
    #expect(try configuration(both).web.webhook?.base == .url("https://b.example"))
  }

  @Test("plain http and any port are a matter of another Bot API server")
  func ownServer() throws {
    let own = ["TELEGRAM_API_URL": "http://127.0.0.1:8081", "BASE_WEBHOOK_URL": "http://h:1234"]
    #expect(try configuration(own).web.webhook?.base == .url("http://h:1234"))
  }

  @Test("a secret without a webhook is no trouble, and none means a derived one")
  func secrets() throws {
    #expect(try configuration(["WEBHOOK_SECRET": "x"]).web.webhook == nil)
    let web = try configuration(["BASE_WEBHOOK_URL": "https://h"]).web
    #expect(web.webhook == .init(base: .url("https://h"), secret: nil))
  }

  private typealias Shift = WorkingHours.Shift

  private func shifts(_ text: String) throws -> [Shift]? {
    let made = try configuration(["WORKING_HOURS": text])
    return made.operators.workingHours?.shifts
  }

  @Test("hours of a week")
  func workingHours() throws {
    #expect(
      try shifts("Mon-Fri 09:00-18:00")
        == (1...5).map { Shift(day: $0, start: 540, end: 1080) })
    #expect(
      try shifts("пн–вт 9:00-18:00; Sun 00:00-24:00")
        == [
          Shift(day: 1, start: 540, end: 1080), Shift(day: 2, start: 540, end: 1080),
          Shift(day: 7, start: 0, end: 1440),
        ])
    #expect(
      try shifts("Sun, Tue 22:00-06:00")
        == [Shift(day: 2, start: 1320, end: 1800), Shift(day: 7, start: 1320, end: 1800)])
    #expect(try shifts("Sat-Mon 10:00-11:00")?.map(\.day) == [1, 6, 7])
    #expect(try shifts("Mon-Mon 10:00-11:00")?.map(\.day) == [1])
  }
}
