internal import CCurl
internal import Foundation
internal import Gateways

/// One of libcurl's easy handles with what its running transfer has received so far; belongs to
/// the client's thread and is used for many transfers, one after another.
@safe final class EasyHandle {
  /// How a transfer ended.
  enum Ending {
    /// libcurl says so.
    case finished(CURLcode)
    /// We stopped it.
    case stopped
  }

  /// libcurl's handle.
  let easy: UnsafeMutableRawPointer
  private(set) var transfer: Transfer?
  unowned let reactor: Reactor
  private let settings: HTTPClientSettings
  private let trust: TrustStore
  private var headerList: UnsafeMutablePointer<curl_slist>?
  private var form: OpaquePointer?
  /// A body too large for libcurl's own copy, and how much of it has been read.
  var upload: (bytes: [UInt8], offset: Int) = ([], 0)
  var mayRepeat = false
  var attempts = 0
  /// When the request was written, or something of the answer came.
  var lastSign: ContinuousClock.Instant?
  var head = ResponseHead()
  /// What has come of the body; of a streamed one, what has not been handed over yet.
  var body: [UInt8] = []
  /// Whether the reactor knows that pieces of a streamed body are to be handed over.
  var isGathering = false
  var limit = Int.max
  /// Why one of our callbacks stopped the transfer.
  var verdict: HTTPError.Code?

  /// Bodies up to this size are given to libcurl, which sends them together with the head in one
  /// write; larger ones are read by it piece by piece and let go when they are sent.
  private static let copiedBodyLimit = 16 << 10

  init?(_ settings: HTTPClientSettings, _ trust: TrustStore, _ reactor: Reactor) {
    guard let easy = unsafe curl_easy_init() else { return nil }
    self.reactor = reactor
    unsafe self.easy = unsafe easy
    self.settings = settings
    self.trust = trust
  }

  deinit {
    reset()
    unsafe curl_easy_cleanup(easy)
  }
}

// Before the transfer.
extension EasyHandle {
  /// Sets everything for a transfer; an error means that it cannot be tried.
  func prepare(_ transfer: Transfer, _ request: HTTPRequest) -> HTTPError? {
    self.transfer = transfer
    mayRepeat = request.method == "GET" || request.method == "HEAD"
    set(CURLOPT_URL, request.url)
    // libcurl would guess a scheme that is missing.
    let scheme = request.url.prefix(while: { $0 != ":" }).lowercased()
    guard scheme == "http" || scheme == "https" else {
      return HTTPError(.badURL, requestWritten: false, detail: "neither http nor https")
    }
    setConnection(isPlain: scheme == "http")
    setAge()
    setTime(transfer.deadline)
    setDelivery(transfer.delivery, request)
    setCallbacks()
    guard setHeaders(request) else {
      return HTTPError(.badURL, requestWritten: false, detail: "a header field has a line break")
    }
    setBody(request)
    return nil
  }

  /// Forgets the transfer. The handle keeps its caches.
  func reset() {
    unsafe curl_easy_reset(easy)
    if let headerList = unsafe headerList { unsafe curl_slist_free_all(headerList) }
    unsafe headerList = nil
    if let form = unsafe form { unsafe curl_mime_free(form) }
    unsafe form = nil
    transfer = nil
    upload = ([], 0)
    attempts = 0
    lastSign = nil
    head = ResponseHead()
    body = []
    isGathering = false
    limit = .max
    verdict = nil
  }

  private func set(_ option: CURLoption, _ value: String?) {
    unsafe sb_easy_set_string(easy, option, value)
  }

  private func set(_ option: CURLoption, _ value: Int) {
    unsafe sb_easy_set_long(easy, option, value)
  }

  private func setConnection(isPlain: Bool) {
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_PROTOCOLS_STR, "http,https")
    // A lookup of a name that hangs is left behind; else the whole thread would wait for it.
    set(CURLOPT_QUICK_EXIT, 1)
    set(CURLOPT_TCP_KEEPALIVE, 1)
    // Empty texts keep libcurl from reading the environment's proxy variables.
    set(CURLOPT_PROXY, settings.proxy ?? "")
    set(CURLOPT_NOPROXY, "")
    set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
    if !isPlain { set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)) }
    if !isPlain || settings.proxy != nil, let certificates = trust.path {
      // libcurl parses the certificates once for all connections, but only without a CAPATH.
      set(CURLOPT_CAPATH, nil)
      set(CURLOPT_CAINFO, certificates)
      set(CURLOPT_PROXY_CAPATH, nil)
      set(CURLOPT_PROXY_CAINFO, certificates)
    }
  }

  /// Keeps the request off connections that were not used for too long, or not since a request was
  /// left without a sign of life: the way to the peer may have changed, and nobody told them.
  private func setAge() {
    let trusted = reactor.distrusted.map { ContinuousClock.now - $0 - .seconds(1) }
    let age = Int(min(settings.maxIdle, trusted ?? .seconds(3_600)).components.seconds)
    // To libcurl 0 means any age.
    if age > 0 { set(CURLOPT_MAXAGE_CONN, age) } else { set(CURLOPT_FRESH_CONNECT, 1) }
  }

  private func setTime(_ deadline: ContinuousClock.Instant) {
    // 0 would mean "no limit" to libcurl.
    let left = max(1, Int(ContinuousClock.now.duration(to: deadline) / .milliseconds(1)))
    set(CURLOPT_TIMEOUT_MS, left)
    set(CURLOPT_CONNECTTIMEOUT_MS, max(1, Int(settings.connectTimeout / .milliseconds(1))))
  }

  private func setDelivery(_ delivery: Transfer.Delivery, _ request: HTTPRequest) {
    switch delivery {
    case .whole:
      limit = request.responseLimit
      set(CURLOPT_BUFFERSIZE, settings.receiveBytes)
      unsafe sb_easy_set_size(easy, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(max(1, limit)))
    case .streamed:
      set(CURLOPT_BUFFERSIZE, settings.streamReceiveBytes)
    }
    if settings.acceptsCompression { set(CURLOPT_ACCEPT_ENCODING, "") }
  }

  private func setCallbacks() {
    let me = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sb_easy_set_pointer(easy, CURLOPT_PRIVATE, me)
    unsafe sb_easy_set_pointer(easy, CURLOPT_HEADERDATA, me)
    unsafe sb_easy_set_transfer_function(easy, CURLOPT_HEADERFUNCTION, onHeader)
    unsafe sb_easy_set_pointer(easy, CURLOPT_WRITEDATA, me)
    unsafe sb_easy_set_transfer_function(easy, CURLOPT_WRITEFUNCTION, onBody)
    unsafe sb_easy_set_pointer(easy, CURLOPT_PREREQDATA, me)
    unsafe sb_easy_set_prereq_function(easy, onRequest)
  }

  private func setHeaders(_ request: HTTPRequest) -> Bool {
    for header in request.headers {
      guard !header.name.utf8.contains(where: \.breaksLine),
        !header.value.utf8.contains(where: \.breaksLine)
      else { return false }
      // libcurl's notation: a semicolon for a field without value, a bare colon for "leave it out".
      append(header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)")
    }
    append("Expect:")
    if case .bytes = request.body, request.headers["Content-Type"] == nil {
      append("Content-Type:")
    }
    unsafe sb_easy_set_pointer(easy, CURLOPT_HTTPHEADER, headerList)
    if request.headers["User-Agent"] == nil { set(CURLOPT_USERAGENT, settings.userAgent) }
    return true
  }

  private func append(_ line: String) {
    unsafe headerList = unsafe curl_slist_append(headerList, line) ?? headerList
  }

  private func setBody(_ request: HTTPRequest) {
    switch request.body {
    case .none:
      switch request.method {
      case "GET": return
      case "HEAD": return set(CURLOPT_NOBODY, 1)
      case "POST", "PUT", "PATCH": setBytes([])
      default: break
      }
    case .bytes(let bytes): setBytes(bytes)
    case .multipart(let parts): setParts(parts)
    }
    if request.method != "POST" { set(CURLOPT_CUSTOMREQUEST, request.method) }
  }

  private func setBytes(_ bytes: [UInt8]) {
    set(CURLOPT_POST, 1)
    unsafe sb_easy_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count))
    if bytes.isEmpty {
      set(CURLOPT_COPYPOSTFIELDS, "")
    } else if bytes.count <= Self.copiedBodyLimit {
      _ = unsafe bytes.withUnsafeBytes { raw in
        unsafe sb_easy_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, raw.baseAddress)
      }
    } else {
      upload = (bytes, 0)
      set(CURLOPT_UPLOAD_BUFFERSIZE, 16 << 10)
      let me = unsafe Unmanaged.passUnretained(self).toOpaque()
      unsafe sb_easy_set_pointer(easy, CURLOPT_READDATA, me)
      unsafe sb_easy_set_transfer_function(easy, CURLOPT_READFUNCTION, onUpload)
    }
  }

  private func setParts(_ parts: [HTTPRequest.Part]) {
    unsafe form = unsafe curl_mime_init(easy)
    for part in parts {
      let field = unsafe curl_mime_addpart(form)
      unsafe curl_mime_name(field, part.name)
      if let fileName = part.fileName { unsafe curl_mime_filename(field, fileName) }
      if let contentType = part.contentType { unsafe curl_mime_type(field, contentType) }
      // A null pointer would take the content away; an empty part is an empty text.
      if part.bytes.isEmpty { unsafe curl_mime_data(field, "", 0) }
      unsafe part.bytes.withUnsafeBufferPointer { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { text in
          if let start = text.baseAddress {
            unsafe curl_mime_data(field, start, text.count)
          }
        }
      }
    }
    set(CURLOPT_UPLOAD_BUFFERSIZE, 16 << 10)
    unsafe sb_easy_set_pointer(easy, CURLOPT_MIMEPOST, UnsafeRawPointer(form))
  }
}
