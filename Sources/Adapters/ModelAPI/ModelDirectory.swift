package import Gateways
package import Platform

/// What a service says about its models, for checking a configuration.
package struct ModelDirectory: Sendable {
  /// What is known about one model.
  package enum Finding: Equatable, Sendable {
    /// The service has it.
    case known
    /// The service has a list of its models without this one; some names of it that are alike.
    case missing(alike: [String])
    /// The service has no list; nothing is said about key and model.
    case unverifiable
  }

  /// Asks the service about a model. The key is checked by the way, at services that want one for
  /// their list. Throws what stands in the way, above all `.keyRefused`.
  package var verify: @Sendable (_ model: String) async throws(ModelError) -> Finding

  /// Makes a directory from its operation.
  package init(verify: @escaping @Sendable (String) async throws(ModelError) -> Finding) {
    self.verify = verify
  }

  /// The directory of an OpenAI-compatible service, by `GET models`.
  package static func models(
    settings: ModelAPISettings, transport: HTTPTransport, clock: Clock = .system
  ) -> ModelDirectory {
    ModelDirectory { model async throws(ModelError) in
      let response: HTTPResponse
      do throws(HTTPError) {
        response = try await transport.send(
          HTTPRequest(
            method: "GET", url: settings.url("models"), headers: settings.requestHeaders(),
            timeout: .seconds(20)))
      } catch {
        throw ModelError(beforeHead: error)
      }
      switch response.status {
      case 200..<300: return finding(model, in: response.body)
      case 404, 405, 501: return .unverifiable
      default:
        throw ServiceError(
          status: response.status, headers: response.headers, body: response.body
        ).modelError(now: clock.now())
      }
    }
  }
}

/// What a list of models says. Most write `{"data":[{"id":…}]}`, some only the array.
private func finding(_ model: String, in body: [UInt8]) -> ModelDirectory.Finding {
  let value = JSONValue(body)
  guard let elements = (value?["data"] ?? value?["models"] ?? value)?.elements else {
    return .unverifiable
  }
  let names = elements.compactMap { ($0["id"] ?? $0["name"])?.string }
  guard !names.isEmpty else { return .unverifiable }
  // Ollama adds the tag, Gemini the kind.
  if names.contains(where: { [model, model + ":latest", "models/" + model].contains($0) }) {
    return .known
  }
  let stem = model.lowercased().prefix { $0.isLetter || $0.isNumber }
  return .missing(alike: Array(names.filter { $0.lowercased().contains(stem) }.sorted().prefix(5)))
}
