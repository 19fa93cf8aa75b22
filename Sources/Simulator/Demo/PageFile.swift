/// The page's own files.
struct PageFile: Sendable {
  let path: String
  let type: String
  let bytes: [UInt8]

  private static func script(_ name: String, _ bytes: [UInt8]) -> PageFile {
    PageFile(path: "/\(name).js", type: "text/javascript; charset=utf-8", bytes: bytes)
  }

  private static func style(_ name: String, _ bytes: [UInt8]) -> PageFile {
    PageFile(path: "/\(name).css", type: "text/css; charset=utf-8", bytes: bytes)
  }

  static let all: [PageFile] = [
    PageFile(path: "/", type: "text/html; charset=utf-8", bytes: PackageResources.index_html),
    script("app", PackageResources.app_js),
    script("composer", PackageResources.composer_js),
    script("dom", PackageResources.dom_js),
    script("early", PackageResources.early_js),
    script("format", PackageResources.format_js),
    script("list", PackageResources.list_js),
    script("math", PackageResources.math_js),
    script("mathwords", PackageResources.mathwords_js),
    script("media", PackageResources.media_js),
    script("message", PackageResources.message_js),
    script("pane", PackageResources.pane_js),
    script("rooms", PackageResources.rooms_js),
    script("store", PackageResources.store_js),
    script("topics", PackageResources.topics_js),
    script("wire", PackageResources.wire_js),
    script("words", PackageResources.words_js),
    style("style", PackageResources.style_css),
    style("chat", PackageResources.chat_css),
    style("content", PackageResources.content_css),
    style("topics", PackageResources.topics_css),
    style("wire", PackageResources.wire_css),
  ]
}
