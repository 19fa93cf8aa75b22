internal import Conversation
internal import Gateways
internal import Platform
internal import Storage

extension Document.Style: StoredJSON {}
extension Document.Table.Alignment: StoredJSON {}

extension OutboxMessage: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("parts", parts)
      json.member("replyTo", replyTo)
      json.member("keyboard", keyboard)
      json.member("position", position)
      json.member("replaces", replaces)
      json.member("askedAt", askedAt)
      json.member("buttons", buttons)
      json.member("staff", staff)
      json.member("relay", relay)
      json.member("refersTo", refersTo)
      json.member("slot", slot)
      json.member("merges", merges)
      json.member("isMinor", isMinor)
    }
  }
}

extension MessageContent: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .text(let text): json.case("text") { $0.member("_0", text) }
    case .rich(let document): json.case("rich") { $0.member("_0", document) }
    case .topicName(let name): json.case("topicName") { $0.member("_0", name) }
    case .newTopic(let name): json.case("newTopic") { $0.member("name", name) }
    case .copy(let copy): json.case("copy") { $0.member("_0", copy) }
    case .document(let name, let text, let caption):
      json.case("document") { json in
        json.member("name", name)
        json.member("text", text)
        json.member("caption", caption)
      }
    case .reaction(let message, let emoji):
      json.case("reaction") { json in
        json.member("_0", message)
        json.member("emoji", emoji)
      }
    case .pressAnswer(let id, let text):
      json.case("pressAnswer") { json in
        json.member("id", id)
        json.member("text", text)
      }
    }
  }
}

extension FormattedText: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("text", text)
      json.member("entities", entities)
    }
  }
}

extension FormattedText.Entity: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("kind", kind)
      json.member("offset", offset)
      json.member("length", length)
    }
  }
}

extension FormattedText.Entity.Kind: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .bold: json.case("bold")
    case .italic: json.case("italic")
    case .underline: json.case("underline")
    case .strikethrough: json.case("strikethrough")
    case .spoiler: json.case("spoiler")
    case .code: json.case("code")
    case .blockquote: json.case("blockquote")
    case .pre(let language): json.case("pre") { $0.member("language", language) }
    case .link(let url): json.case("link") { $0.member("url", url) }
    }
  }
}

extension Document: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { $0.member("blocks", blocks) }
  }
}

extension Document.Block: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .paragraph(let inlines): json.case("paragraph") { $0.member("_0", inlines) }
    case .heading(let level, let inlines):
      json.case("heading") { json in
        json.member("level", level)
        json.member("_1", inlines)
      }
    case .code(let language, let text):
      json.case("code") { json in
        json.member("language", language)
        json.member("_1", text)
      }
    case .quote(let blocks): json.case("quote") { $0.member("_0", blocks) }
    case .list(let list): json.case("list") { $0.member("_0", list) }
    case .table(let table): json.case("table") { $0.member("_0", table) }
    case .math(let formula): json.case("math") { $0.member("_0", formula) }
    case .divider: json.case("divider")
    }
  }
}

extension Document.Inline: StoredJSON {
  func write(to json: inout JSONWriter) {
    switch self {
    case .text(let text): json.case("text") { $0.member("_0", text) }
    case .styled(let style, let inlines):
      json.case("styled") { json in
        json.member("_0", style)
        json.member("_1", inlines)
      }
    case .code(let text): json.case("code") { $0.member("_0", text) }
    case .math(let formula): json.case("math") { $0.member("_0", formula) }
    case .link(let url, let inlines):
      json.case("link") { json in
        json.member("url", url)
        json.member("_1", inlines)
      }
    case .lineBreak: json.case("lineBreak")
    }
  }
}

extension Document.List: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("start", start)
      json.member("items", items)
    }
  }
}

extension Document.Item: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("checked", checked)
      json.member("blocks", blocks)
    }
  }
}

extension Document.Table: StoredJSON {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("alignments", alignments)
      json.member("header", header)
      json.member("rows", rows)
    }
  }
}
