import Platform
import Testing

@testable import App

/// A `.env` written for each of the systems that Switchboard replaces is read as it is.
@Suite("Settings of other programs")
struct PredecessorTests {
  private func read(
    _ file: String
  ) throws -> (configuration: Configuration, warnings: [ConfigurationProblem]) {
    try Configuration.read(environment: ["PATH": "/bin"], dotEnv: file)
  }

  @Test("a support bot with a tunnel, PostgreSQL and Redis")
  func supportBot() throws {
    let made = try read(
      """
      TG_BOT_TOKEN=1000000001:AAExampleExampleExampleExampleExam1
      NGROK_URL=https://1a2b-3c4d.ngrok-free.app
      POSTGRES_DB=dialogues
      POSTGRES_USER=bot
      POSTGRES_PASSWORD=pass
      POSTGRES_PORT=5432
      REDIS_PORT=6379
      DATABASE_URL=postgresql+asyncpg://${POSTGRES_USER}:${POSTGRES_PASSWORD}@postgres:${POSTGRES_PORT}/${POSTGRES_DB}
      REDIS_URL=redis://redis:${REDIS_PORT}
      OPENAI_TOKEN=sk-example
      CHATGPT_MODEL=gpt-3.5-turbo
      OPERATOR_CHAT_ID=123456789
      """)
    let all = made.configuration
    #expect(all.telegram.token?.reveal().hasPrefix("1000000001:") == true)
    #expect(all.web.webhook?.base == .url("https://1a2b-3c4d.ngrok-free.app"))
    #expect(all.web.webhookPath == "/webhook/")
    #expect(all.web.port == 8000)
    #expect(all.model.key == Secret("sk-example"))
    #expect(all.model.names == ["gpt-3.5-turbo"])
    #expect(all.operators.chats == [123_456_789])
    guard case .postgres(let address) = all.store.database else {
      Issue.record("not PostgreSQL")
      return
    }
    #expect(address.url.reveal() == "postgresql://bot:pass@postgres:5432/dialogues")
    #expect(made.warnings.map(\.variable) == ["REDIS_URL"])
    #expect(all.problemsForServing.map(\.variable) == ["DATABASE_URL"])
  }

  @Test("a group bot with a budget of tokens")
  func groupBot() throws {
    let made = try read(
      """
      # bot
      TELEGRAM_BOT_TOKEN="1000000002:AAExampleExampleExampleExampleExam2"
      # model
      OPENAI_API_KEY="sk-example"
      OPENAI_ORGANIZATION="org-example"
      MODEL_NAME="gpt-3.5-turbo-16k"
      MAX_TOKENS=16000
      """)
    let all = made.configuration
    #expect(all.model.organization == "org-example")
    #expect(all.model.names == ["gpt-3.5-turbo-16k"])
    #expect(all.model.maxTokens == 16000)
    #expect(all.web.webhook == nil)
    #expect(made.warnings.isEmpty)
    #expect(all.problemsForServing.isEmpty)
  }

  @Test("an assistant with scenarios and personas")
  func assistant() throws {
    let made = try read(
      """
      export TELEGRAM_TOKEN='1000000003:AAExampleExampleExampleExampleExam3'
      export OPEN_AI_KEY='sk-example'
      """)
    let all = made.configuration
    #expect(all.telegram.token?.reveal().hasPrefix("1000000003:") == true)
    #expect(all.model.key == Secret("sk-example"))
    #expect(made.warnings.isEmpty)
    #expect(all.problemsForServing.isEmpty)
  }

  @Test("a help desk behind a webhook")
  func helpDesk() throws {
    let made = try read(
      """
      BOT_TOKEN=1000000004:AAExampleExampleExampleExampleExam4
      CHAT_GPT_TOKEN=sk-example
      WEBHOOK_PATH=/webhook
      WEBHOOK_SECRET=my-secret
      BASE_WEBHOOK_URL=https://desk.example.org
      WEB_SERVER_HOST=127.0.0.1
      WEB_SERVER_PORT=8080
      OPERATOR_LIST=1,2,3
      MEMORY_TIME=3600
      """)
    let all = made.configuration
    #expect(
      all.web.webhook == .init(base: .url("https://desk.example.org"), secret: Secret("my-secret")))
    #expect(all.web.webhookPath == "/webhook/")
    #expect(all.web.host == "127.0.0.1")
    #expect(all.web.port == 8080)
    #expect(made.warnings.isEmpty)
    #expect(all.problemsForServing.isEmpty)
  }

  @Test("a personal helper at Groq")
  func groqHelper() throws {
    let made = try read(
      """
      BOT_TOKEN = 1000000005:AAExampleExampleExampleExampleExam5
      GROK_API_KEY = gsk_example
      GROK_MODEL = llama-3.3-70b-versatile
      GROK_REQUEST_TIMEOUT = 180
      BOT_REQUEST_TIMEOUT = 30
      REDIS_URL = redis://localhost:6379/0  # not used yet
      """)
    let all = made.configuration
    #expect(all.model.baseURL == "https://api.groq.com/openai/v1")
    #expect(all.model.names == ["llama-3.3-70b-versatile"])
    #expect(all.model.timeout == .seconds(180))
    #expect(all.telegram.timeout == .seconds(30))
    #expect(made.warnings.map(\.variable) == ["REDIS_URL"])
    #expect(all.problemsForServing.isEmpty)
  }
}
