package import Gateways
package import Platform

/// What is needed to speak with one OpenAI-compatible service.
package struct ModelAPISettings: Sendable {
  /// The address that `chat/completions` and `models` are appended to, e.g.
  /// `https://api.openai.com/v1`. A trailing slash or `/chat/completions` is tolerated.
  package var baseURL: String
  /// The key, sent as a bearer token; an empty one is not sent, as local services need none.
  package var key: Secret
  /// `OpenAI-Organization`, where the account has several.
  package var organization: String?
  /// `OpenAI-Project`, where the account has several.
  package var project: String?
  /// More header fields; one of them replaces a field of the same name that would be sent anyway,
  /// so that services with another scheme than a bearer token can be used.
  package var headers: [HTTPHeader]
  /// The name of the model that turns speech into words.
  package var transcriptionModel: String
  /// The greatest size of one line or event of a streamed answer, in bytes.
  package var eventLimit: Int = 1 << 20
  /// The greatest size of one answer's text, in bytes of UTF-8. A service that goes on beyond it
  /// ignores the number of tokens it was given; the answer ends there as one that became too long.
  package var answerLimit: Int = 1 << 20

  /// Makes settings with the default bounds. Without a model for speech it is the usual one of the
  /// service.
  package init(
    baseURL: String, key: Secret, organization: String? = nil, project: String? = nil,
    headers: [HTTPHeader] = [], transcriptionModel: String? = nil
  ) {
    self.baseURL = baseURL
    self.key = key
    self.organization = organization
    self.project = project
    self.headers = headers
    self.transcriptionModel = transcriptionModel ?? Self.transcriptionModel(at: baseURL)
  }

  /// OpenAI retires `whisper-1` in February 2027 and names `gpt-transcribe` in its place; servers that
  /// imitate it mostly go by the old name.
  private static func transcriptionModel(at baseURL: String) -> String {
    let address = baseURL.lowercased()
    if address.contains("://api.openai.com") { return "gpt-transcribe" }
    if address.contains("://api.groq.com") { return "whisper-large-v3-turbo" }
    return "whisper-1"
  }
}

extension ModelAPISettings {
  /// Whether this is OpenAI's own service, which is stricter than its imitations.
  var isOpenAI: Bool { baseURL.lowercased().contains("://api.openai.com") }

  /// The address of an endpoint.
  func url(_ path: String) -> String {
    var base = Substring(baseURL)
    func dropSlashes() { while base.hasSuffix("/") { base.removeLast() } }
    dropSlashes()
    if base.hasSuffix("/chat/completions") { base.removeLast("/chat/completions".count) }
    dropSlashes()
    return base + "/" + path
  }

  /// The header fields of every request.
  func requestHeaders() -> [HTTPHeader] {
    var fields: [HTTPHeader] = []
    if !key.reveal().isEmpty {
      fields.append(HTTPHeader("Authorization", "Bearer " + key.reveal()))
    }
    if let organization { fields.append(HTTPHeader("OpenAI-Organization", organization)) }
    if let project { fields.append(HTTPHeader("OpenAI-Project", project)) }
    return fields.filter { headers[$0.name] == nil } + headers
  }
}
