/// The description of the API by OpenAPI 3.1, made of the operations themselves.
enum OpenAPIDocument {
  static func of(_ operations: [Operation]) -> JSONValue {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Switchboard", "version": "1.0.0", "summary": "Dialogues, operators and the bot",
        "description": """
        Errors are problem details (RFC 9457). Unknown members, parameters and bodies are refused. \
        Methods that a path does not know are answered with 405 and `Allow`. Members without a \
        value are left out. Times are of RFC 3339; numbers of chats and people are Telegram's.
        """,
      ],
      "servers": [["url": .string(DeskAPI.prefix)]],
      "security": [["bearer": []]],
      "paths": paths(operations),
      "components": [
        "securitySchemes": ["bearer": ["type": "http", "scheme": "bearer"]],
        "schemas": Schemas.all,
        "responses": responses,
      ],
    ]
  }

  private static func paths(_ operations: [Operation]) -> JSONValue {
    var paths: [JSONValue.Member] = []
    for operation in operations {
      let method = JSONValue.Member(operation.method.lowercased(), described(operation))
      if let index = paths.firstIndex(where: { $0.name == operation.path }),
        case .object(let methods) = paths[index].value
      {
        paths[index].value = .object(methods + [method])
      } else {
        let ids: JSONValue = [
          [
            "name": "id", "in": "path", "required": true, "schema": Schemas.id,
            "description": "The dialogue's number.",
          ]
        ]
        let shared: [JSONValue.Member] =
          operation.path.contains("{id}") ? [.init("parameters", ids)] : []
        paths.append(.init(operation.path, .object(shared + [method])))
      }
    }
    return .object(paths)
  }

  private static func described(_ operation: Operation) -> JSONValue {
    let value: JSONValue = [
      "operationId": .string(operation.name), "summary": .string(operation.summary),
    ]
    let parameters = operation.parameters.map { parameter in
      [
        "name": .string(parameter.name), "in": .string(parameter.place.rawValue),
        "schema": parameter.schema, "description": .string(parameter.description),
      ] as JSONValue
    }
    return value.adding([
      "description": operation.description.map(JSONValue.string),
      "security": operation.isPublic ? [] : nil,
      "parameters": parameters.isEmpty ? nil : .array(parameters),
      "requestBody": operation.body.map { schema in
        ["required": true, "content": ["application/json": ["schema": schema]]]
      },
      "responses": outcomes(operation),
    ])
  }

  private static func outcomes(_ operation: Operation) -> JSONValue {
    var members = [JSONValue.Member(String(operation.success.status), success(operation.success))]
    func add(_ status: Int, _ description: String? = nil) {
      let reference: JSONValue = ["$ref": .string("#/components/responses/\(status)")]
      members.append(
        .init(
          String(status), reference.adding(["description": description.map(JSONValue.string)])))
    }
    add(400)
    if !operation.isPublic {
      add(401)
      if let missing = operation.missing { add(404, missing) }
      if operation.conflicts { add(409) }
      if operation.body != nil { for status in [413, 415, 422] { add(status) } }
      for status in [429, 500] { add(status) }
    }
    add(503)
    return .object(members)
  }

  private static func success(_ success: Operation.Success) -> JSONValue {
    let value: JSONValue = ["description": .string(success.description)]
    return value.adding([
      "headers": success.headers.isEmpty
        ? nil
        : .object(
          success.headers.map { .init($0.name, ["required": true, "schema": $0.value]) }),
      "content": success.content.map { type, schema in
        .object([.init(type, ["schema": schema])])
      },
    ])
  }

  private static let responses: JSONValue = .object([
    problem(400, "A parameter or the body can't be read."),
    problem(
      401, "The bearer token is missing or wrong.",
      header: ("WWW-Authenticate", ["type": "string"])),
    problem(404, "There is no such thing."),
    problem(409, "The dialogue's state forbids it; `dialogue` tells how it stands."),
    problem(413, "The body is larger than 64 KiB.", orText: true),
    problem(415, "The body is not `application/json`."),
    problem(422, "The body is JSON of another shape."),
    problem(429, "There were too many requests, or too many wrong tokens.", header: retryAfter),
    problem(500, "What is stored can't be read."),
    problem(
      503, "The database can't be used just now, or the program starts or stops.",
      header: retryAfter, orText: true),
  ])

  private static let retryAfter: (String, JSONValue) = (
    "Retry-After", ["type": "integer", "minimum": 1]
  )

  /// `orText`: the HTTP server itself answers so, too, before the API is asked.
  private static func problem(
    _ status: Int, _ description: String, header: (String, JSONValue)? = nil, orText: Bool = false
  ) -> JSONValue.Member {
    var content = [
      JSONValue.Member(Problem.mediaType, ["schema": Schemas.named("Problem")])
    ]
    if orText { content.append(.init("text/plain", ["schema": ["type": "string"]])) }
    let value: JSONValue = [
      "description": .string(description), "content": .object(content),
    ]
    return .init(
      String(status),
      value.adding([
        "headers": header.map { name, schema in
          .object([.init(name, ["required": true, "schema": schema])])
        }
      ]))
  }
}
