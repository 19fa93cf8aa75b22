// swift-tools-version: 6.2
import PackageDescription

/// One set of rules for every target: the upcoming language features, strict memory safety, and
/// warnings that stop the build.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

func library(_ name: String, in folder: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(folder)/\(name)",
    swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
    resources: resources, swiftSettings: settings)
}

func system(_ name: String, pkgConfig: String?, apt: String) -> Target {
  .systemLibrary(
    name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

let package = Package(
  name: "switchboard",
  products: [.executable(name: "switchboard", targets: ["App"])],
  targets: [
    // C: module maps and shims, nothing else.
    .systemLibrary(name: "CBuildInfo", path: "Sources/C/CBuildInfo"),
    .systemLibrary(name: "CLinux", path: "Sources/C/CLinux"),
    system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
    system("CMD4C", pkgConfig: "md4c", apt: "libmd4c-dev"),
    system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
    system("CSodium", pkgConfig: "libsodium", apt: "libsodium-dev"),
    system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),

    // Domain: values and decisions.
    library("Conversation", in: "Domain", []),
    library("Handoff", in: "Domain", []),

    // Ports: what the flow asks of the world.
    library("Platform", in: "Ports", ["Conversation"]),
    library("Gateways", in: "Ports", ["Conversation", "Platform"]),
    library("Storage", in: "Ports", ["Conversation", "Gateways"]),

    // Flow: the way a message takes.
    library("Intake", in: "Flow", ["Conversation", "Gateways", "Platform", "Storage"]),
    library("Turn", in: "Flow", ["Conversation", "Gateways", "Platform", "Storage"]),
    library("Assist", in: "Flow", ["Conversation", "Gateways", "Platform", "Storage"]),
    library("Delivery", in: "Flow", ["Conversation", "Gateways", "Platform", "Storage"]),
    library("Desk", in: "Flow", ["Conversation", "Gateways", "Platform", "Storage", "Turn"]),

    // Adapters: each knows one outside thing.
    library("HTTPClient", in: "Adapters", ["CCurl", "Gateways", "Platform"]),
    library("HTTPServer", in: "Adapters", ["CMicroHTTPD", "Gateways", "Platform"]),
    library("Markdown", in: "Adapters", ["CMD4C", "Gateways"]),
    library("ModelAPI", in: "Adapters", ["Conversation", "Gateways", "Platform"]),
    library(
      "StorageSQLite", in: "Adapters",
      ["CSQLite", "Conversation", "Gateways", "Platform", "Storage"]),
    library("TelegramTypes", in: "Adapters", []),
    library(
      "TelegramAPI", in: "Adapters",
      ["CSodium", "Conversation", "Gateways", "Platform", "TelegramTypes"]),

    // Simulator: a stand-in Telegram and a stand-in model.
    .target(
      name: "Simulator", dependencies: ["Conversation", "Gateways", "Platform"],
      path: "Sources/Simulator", resources: [.embedInCode("Page")], swiftSettings: settings),

    // App: the only place that knows concrete types.
    .executableTarget(
      name: "App",
      dependencies: [
        "Assist", "CBuildInfo", "Conversation", "Delivery", "Desk", "Gateways", "HTTPClient",
        "HTTPServer", "Handoff", "Intake", "Markdown", "ModelAPI", "Platform", "Simulator",
        "Storage", "StorageSQLite",
        "TelegramAPI", "Turn",
      ],
      path: "Sources/App", swiftSettings: settings),

    // Benchmarks.
    .executableTarget(
      name: "Benchmark",
      dependencies: ["CLinux", "Conversation", "Platform", "Storage", "StorageSQLite"],
      path: "Benchmarks/Benchmark", swiftSettings: settings),

    // Tests.
    tests("ConversationTests", ["Conversation"], resources: [.embedInCode("Fixtures")]),
    tests("HandoffTests", ["Conversation", "Handoff"], exclude: ["Fixtures"]),
    tests(
      "FlowTests",
      [
        "Assist", "Conversation", "Delivery", "Gateways", "Intake", "Markdown", "Platform",
        "Storage", "StorageSQLite", "Turn",
      ]),
    tests(
      "DeskTests",
      [
        "Conversation", "Desk", "Gateways", "Markdown", "Platform", "Storage", "StorageSQLite",
        "Turn",
      ]),
    tests("PlatformTests", ["Conversation", "Platform"]),
    tests("HTTPTests", ["Gateways", "HTTPClient", "HTTPServer", "Platform"]),
    tests("MarkdownTests", ["Gateways", "Markdown"]),
    tests("ModelAPITests", ["Conversation", "Gateways", "ModelAPI", "Platform"]),
    .target(
      name: "StorageContract", dependencies: ["Conversation", "Gateways", "Storage"],
      path: "Tests/StorageContract", swiftSettings: settings),
    tests(
      "StorageSQLiteTests",
      [
        "Conversation", "CSQLite", "Gateways", "Platform", "Storage", "StorageContract",
        "StorageSQLite",
      ]),
    tests(
      "TelegramAPITests", ["Conversation", "Gateways", "Platform", "TelegramAPI", "TelegramTypes"],
      resources: [.embedInCode("Fixtures")]),
    tests(
      "SimulatorTests", ["Conversation", "Gateways", "Platform", "Simulator", "TelegramTypes"]),
    tests("AppTests", ["App", "Conversation", "Gateways", "Platform", "Turn"]),
    tests(
      "Simulation",
      [
        "Assist", "Conversation", "Delivery", "Desk", "Gateways", "Intake", "Markdown",
        "Platform", "Storage", "StorageSQLite", "Turn",
      ]),
    .target(
      name: "Staging",
      dependencies: ["CLinux", "Gateways", "HTTPClient", "HTTPServer", "Platform", "Simulator"],
      path: "Tests/Staging", swiftSettings: settings),
    tests("EndToEnd", ["Gateways", "HTTPClient", "Platform", "Simulator", "Staging"]),
    .testTarget(
      name: "Conformance",
      dependencies: ["Gateways", "HTTPClient", "Platform", "Simulator", "Staging"],
      path: "Tests/Conformance", exclude: ["python"], swiftSettings: settings),
    tests("DemoPage", ["Staging"], exclude: ["python"]),
  ]
)
