package import Gateways
internal import Synchronization

/// The HTTP client: libcurl's multi interface, driven by one thread of its own.
///
/// Enters: an `HTTPRequest`. Leaves: the answer, whole or as a stream, or an `HTTPError`. It speaks
/// HTTP/1.1 (docs/decisions/0011), connections are kept, redirects are never followed and TLS is
/// always verified. A request that is not GET or HEAD is written at most once.
package final class HTTPClient: Sendable {
  private let loop: TransferLoop

  /// Makes a client and starts its thread.
  package init(settings: HTTPClientSettings = HTTPClientSettings()) throws(HTTPClientError) {
    loop = try TransferLoop.start(settings)
  }

  deinit { loop.stop() }

  /// The client as the port that other parts use. It keeps the client alive.
  package var transport: HTTPTransport {
    HTTPTransport(
      send: { (request) async throws(HTTPError) in try await self.send(request) },
      stream: { (request) async throws(HTTPError) in try await self.stream(request) })
  }

  /// Stops every transfer, each ending with `.cancelled`, and waits until the thread is gone.
  /// Requests made later end with `.cancelled` too.
  package func shutdown() async {
    loop.stop()
    await loop.ended()
  }

  private func send(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
    let transfer = Transfer(request, delivery: .whole)
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        transfer.expectResponse(continuation)
        loop.submit(.start(transfer))
      }
    } onCancel: {
      cancel(transfer)
    }
    return try outcome.get()
  }

  private func stream(_ request: HTTPRequest) async throws(HTTPError) -> HTTPStreamingResponse {
    let transfer = Transfer(
      request, delivery: .streamed(bufferBytes: loop.settings.streamBufferBytes))
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        transfer.expectHead(continuation)
        loop.submit(.start(transfer))
      }
    } onCancel: {
      cancel(transfer)
    }
    let head = try outcome.get()
    let reader = BodyReader(client: self, transfer: transfer)
    return HTTPStreamingResponse(
      status: head.status, headers: head.headers,
      body: HTTPBody(next: { () async throws(HTTPError) in try await reader.next() }))
  }

  fileprivate func nextChunk(of transfer: Transfer) async throws(HTTPError) -> [UInt8]? {
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if transfer.expectChunk(continuation) { loop.submit(.resume(transfer)) }
      }
    } onCancel: {
      cancel(transfer)
    }
    return try outcome.get()
  }

  fileprivate func cancel(_ transfer: Transfer) {
    if transfer.cancel() { loop.submit(.cancel(transfer)) }
  }
}

/// What an `HTTPBody` holds: when the last copy of the body goes, so does the transfer.
private final class BodyReader: Sendable {
  private let client: HTTPClient
  private let transfer: Transfer

  init(client: HTTPClient, transfer: Transfer) {
    self.client = client
    self.transfer = transfer
  }

  deinit { client.cancel(transfer) }

  func next() async throws(HTTPError) -> [UInt8]? { try await client.nextChunk(of: transfer) }
}
