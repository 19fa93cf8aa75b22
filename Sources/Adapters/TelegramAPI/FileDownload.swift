internal import Gateways
internal import TelegramTypes

/// Fetches files that people sent: asks where one is, then gets it from there.
struct FileDownload: Sendable {
  let client: BotAPIClient

  /// The bytes of a file, at most `limit`.
  func download(_ fileID: String, limit: Int) async throws(DownloadError) -> [UInt8] {
    let file: TelegramFile
    do { file = try await client.result(of: GetFile(fileID: fileID)) } catch {
      throw DownloadError(error)
    }
    if let size = file.fileSize, size > Int64(limit) { throw .tooLarge }
    guard let path = file.filePath, !path.isEmpty else {
      throw .unavailable(reason: "no path to the file")
    }
    // A server in its local mode names a place on its own disk, which is not ours to read.
    guard !path.hasPrefix("/") else {
      throw .unavailable(reason: "the server gives out files on its disk only")
    }
    let response: HTTPResponse
    do { response = try await client.file(at: path, limit: limit) } catch {
      throw DownloadError(error)
    }
    switch response.status {
    case 200: break
    case 404, 410: throw .missing
    default: throw .unavailable(reason: "HTTP \(response.status) for a file")
    }
    guard response.body.count <= limit else { throw .tooLarge }
    return response.body
  }
}

extension DownloadError {
  /// What `getFile` says. A refusal would be repeated; the texts are those of the open Bot API
  /// server, whose `wrong file_id or the file is temporarily unavailable` leaves open which it is.
  fileprivate init(_ failure: APIFailure) {
    switch failure {
    case .content(let reason), .target(let reason), .topic(let reason), .source(let reason),
      .edit(let reason), .captioned(let reason):
      self = reason.lowercased().contains("file is too big") ? .tooLarge : .missing
    case .unreachable, .migrated, .notModified: self = .missing
    case .rateLimited: self = .unavailable(reason: "limited by Telegram")
    case .unauthorized: self = .unavailable(reason: "the token is refused")
    case .methodNotFound: self = .unavailable(reason: "the server does not know the method")
    case .conflict(let reason), .notSent(let reason), .unknown(let reason):
      self = .unavailable(reason: reason)
    }
  }

  fileprivate init(_ error: HTTPError) {
    switch error.code {
    case .tooLarge: self = .tooLarge
    case .notConnected, .insecure, .proxy, .broken, .timedOut, .cancelled, .badURL:
      self = .unavailable(reason: APIFailure.safe("\(error.code.rawValue) \(error.detail)"))
    }
  }
}
