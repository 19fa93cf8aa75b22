internal import Conversation
internal import Foundation
internal import Gateways
internal import ModelAPI
internal import Platform
internal import Storage
internal import StorageSQLite
internal import TelegramAPI

/// `switchboard check`: verifies the configuration and everything that it names, and prints a table
/// that says what is wrong and how to mend it.
struct CheckCommand: Sendable {
  let setup: Setup

  /// One line of the table.
  struct Finding: Sendable, Equatable {
    enum Verdict: String, Sendable { case ok, warning, trouble }

    var subject: String
    var verdict: Verdict
    var text: String
  }

  func run() async -> ExitStatus {
    var findings = configurationFindings()
    do {
      let outside = try Outside(
        configuration: setup.configuration, clock: .system, metrics: Metrics(), log: .silent)
      if setup.configuration.telegram.token != nil {
        findings += await telegramFindings(outside.telegram.account)
      }
      for model in setup.configuration.model.names {
        findings.append(await modelFinding(model, outside))
      }
      await outside.shutdown()
    } catch {
      findings.append(Finding(subject: "network", verdict: .trouble, text: "\(error)"))
    }
    findings.append(await storeFinding())
    for line in Self.table(findings) { print(line) }
    return findings.contains { $0.verdict == .trouble } ? .trouble : .well
  }

  /// The table's lines.
  static func table(_ findings: [Finding]) -> [String] {
    let width = findings.map(\.subject.count).max() ?? 0
    return findings.map { finding in
      let subject = finding.subject.padded(to: width)
      return "\(subject)  \(finding.verdict.rawValue.padded(to: 7))  \(finding.text)"
    }
  }

  private func configurationFindings() -> [Finding] {
    let problems = setup.configuration.problemsForServing
    let all =
      problems.map { Finding(subject: "configuration", verdict: .trouble, text: "\($0)") }
      + setup.warnings.map { Finding(subject: "configuration", verdict: .warning, text: "\($0)") }
    return all.isEmpty
      ? [Finding(subject: "configuration", verdict: .ok, text: "all values are understood")] : all
  }

  private func telegramFindings(_ account: BotAccount) async -> [Finding] {
    do throws(BotAccountError) {
      let identity = try await account.identity()
      var findings = [
        Finding(subject: "token", verdict: .ok, text: "the bot is @\(identity.username)"),
        privacyFinding(identity), webhookFinding(try await account.webhook()),
      ]
      for chat in setup.configuration.operators.chats {
        findings.append(await staffFinding(ChatID(chat), account))
      }
      return findings
    } catch .unauthorized {
      return [
        Finding(
          subject: "token", verdict: .trouble,
          text: "Telegram refuses it; set TELEGRAM_BOT_TOKEN to the one that @BotFather shows")
      ]
    } catch {
      return [
        Finding(
          subject: "token", verdict: .trouble,
          text: "Telegram cannot be reached (\(error)); see TELEGRAM_API_URL and TELEGRAM_PROXY")
      ]
    }
  }

  private func privacyFinding(_ identity: BotIdentity) -> Finding {
    identity.readsAllGroupMessages
      ? Finding(
        subject: "privacy mode", verdict: .ok, text: "off: in groups the bot sees every message")
      : Finding(
        subject: "privacy mode", verdict: .ok,
        text: "on: in groups the bot sees mentions, replies and commands; to change that: "
          + "/setprivacy at @BotFather, then add the bot to the group again")
  }

  private func webhookFinding(_ state: WebhookState) -> Finding {
    let waiting = "\(state.pending) updates wait"
    if let error = state.lastError, !state.url.isEmpty {
      return Finding(
        subject: "webhook", verdict: .warning,
        text: "Telegram's last delivery failed: \(error); \(waiting)")
    }
    switch (setup.configuration.web.webhook, state.url.isEmpty) {
    case (nil, true):
      return Finding(subject: "webhook", verdict: .ok, text: "none, as for polling; \(waiting)")
    case (nil, false):
      return Finding(
        subject: "webhook", verdict: .warning,
        text: "one is set, and serve will remove it because BASE_WEBHOOK_URL is not set; \(waiting)"
      )
    case (.some, true):
      return Finding(
        subject: "webhook", verdict: .ok, text: "none yet, serve will set it; \(waiting)")
    case (.some(let webhook), false):
      let path = setup.configuration.web.webhookPath
      let ours =
        switch webhook.base {
        case .url(let base): state.url == base + path
        case .ngrok: state.url.hasSuffix(path)
        }
      return Finding(
        subject: "webhook", verdict: ours ? .ok : .warning,
        text: ours
          ? "set; \(waiting)"
          : "it leads elsewhere, and serve will direct it to BASE_WEBHOOK_URL; \(waiting)")
    }
  }

  private func modelFinding(_ model: String, _ outside: Outside) async -> Finding {
    let subject = "model \(model)"
    do throws(ModelError) {
      switch try await outside.directory.verify(model) {
      case .known:
        return Finding(subject: subject, verdict: .ok, text: "the service knows it")
      case .missing(let alike):
        let hint = alike.isEmpty ? "" : "; alike are: " + alike.joined(separator: ", ")
        return Finding(
          subject: subject, verdict: .warning,
          text: "the service's list does not name it; see OPENAI_MODEL\(hint)")
      case .unverifiable:
        return Finding(
          subject: subject, verdict: .ok, text: "the service answers, but has no list of models")
      }
    } catch {
      return Finding(subject: subject, verdict: .trouble, text: Self.remedy(error))
    }
  }

  private func staffFinding(_ chat: ChatID, _ account: BotAccount) async -> Finding {
    do throws(BotAccountError) {
      let kind = try await account.chat(chat)
      let text = kind.isPrivate ? "a person" : kind.isForum ? "a group with topics" : "a group"
      return Finding(subject: "operators \(chat)", verdict: .ok, text: text)
    } catch .migrated(let new) {
      return Finding(
        subject: "operators \(chat)", verdict: .trouble,
        text: "the group has the new id \(new); write it into OPERATOR_CHAT_ID")
    } catch {
      return Finding(
        subject: "operators \(chat)", verdict: .trouble,
        text:
          "the bot has no access (\(error)); add it to the group, or let the person write to it; "
          + "see OPERATOR_CHAT_ID")
    }
  }

  private static func remedy(_ error: ModelError) -> String {
    switch error.kind {
    case .keyRefused: "the service refuses the key; see OPENAI_API_KEY (\(error.detail))"
    case .outOfMoney: "the account has no money left; see the service's billing page"
    case .modelUnknown: "the service does not know it; see OPENAI_MODEL"
    case .unreachable, .timedOut, .interrupted:
      "the service cannot be reached; see OPENAI_BASE_URL and OPENAI_PROXY (\(error.detail))"
    case .rateLimited, .unavailable, .malformed, .contextTooLong, .filtered, .mediaUnsupported,
      .toolsUnsupported, .refused, .cancelled:
      "the service answers with an error (\(error.kind.rawValue) \(error.detail))"
    }
  }

  private func storeFinding() async -> Finding {
    switch setup.configuration.store.database {
    case .memory:
      return Finding(
        subject: "store", verdict: .warning, text: "in memory: everything is lost at the end")
    case .postgres:
      return Finding(
        subject: "store", verdict: .trouble,
        text: "PostgreSQL is not supported yet; set DATABASE_URL=sqlite:data/switchboard.db")
    case .file(let path) where !FileManager.default.fileExists(atPath: path):
      return newStoreFinding(path)
    case .file(let path):
      do throws(StoreError) {
        let store = try await SQLiteStore.open(path: path, role: .administration)
        try await store.probe()
        let figures = try await store.figures()
        await store.close()
        return Finding(
          subject: "store", verdict: figures.quarantined > 0 ? .warning : .ok,
          text: "\(path) can be written; in quarantine: \(figures.quarantined)")
      } catch {
        return Finding(subject: "store", verdict: .trouble, text: "\(path): \(error)")
      }
    }
  }

  private func newStoreFinding(_ path: String) -> Finding {
    var directory = URL(fileURLWithPath: path).deletingLastPathComponent()
    while !FileManager.default.fileExists(atPath: directory.path()), directory.path() != "/" {
      directory.deleteLastPathComponent()
    }
    return FileManager.default.isWritableFile(atPath: directory.path())
      ? Finding(
        subject: "store", verdict: .ok, text: "\(path) is not there yet, serve will make it")
      : Finding(
        subject: "store", verdict: .trouble,
        text: "\(path) cannot be made: no right to write in \(directory.path()); see DATABASE_URL")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
