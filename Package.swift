// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// The table of targets is the architecture: what a module may import stands here and nowhere else.
// `Tests/RepositoryTests` compares it with the imports in the sources, Foundation included.

let nio = "swift-nio"
/// What HTTP alone needs.
let web = TargetDependencyCondition.when(traits: ["Web"])

/// Pure modules: values and functions.
///
/// No Foundation, clock, I/O, randomness or `async`.
let domain: [Target] = [
    .target(name: "CivilTime"),
    .target(name: "Clocks"),
    // Generated from Protos.
    .target(name: "CallLimits"),
    .target(name: "Parties"),
    .target(name: "Access", dependencies: ["CivilTime", "CallLimits", "Parties"]),
    .target(name: "Texts", dependencies: ["CivilTime"]),
    .target(name: "WorkingDays", dependencies: ["CivilTime", "Texts"]),
    .target(name: "Deadlines", dependencies: ["CivilTime", "WorkingDays"]),
    .target(
        name: "ServiceStandards", dependencies: ["Texts", "WorkingDays", "Deadlines"]),
    .target(name: "Journal", dependencies: ["CivilTime", "Texts"]),
    .target(name: "Visits"),
    .target(name: "VisitChecking", dependencies: ["Visits"]),
    .target(
        name: "HomeVisits",
        dependencies: ["CallLimits", "CivilTime", "Parties", "Texts", "WorkingDays", "Visits"]),
    .target(
        name: "Queue", dependencies: ["CallLimits", "CivilTime", "Parties", "Texts", "WorkingDays"]),
    .target(
        name: "Enquiries",
        dependencies: [
            "CallLimits", "CivilTime", "Texts", "WorkingDays", "Deadlines", "ServiceStandards",
        ]),
    .target(
        name: "Applications",
        dependencies: [
            "CallLimits", "CivilTime", "Parties", "Texts", "WorkingDays", "Deadlines",
            "ServiceStandards",
            "Enquiries",
        ]),
]

/// Modules that touch files, bytes from outside, sockets or the clock.
let edge: [Target] = [
    .target(name: "KezekDisk"),
    .target(
        name: "KezekFiles",
        dependencies: [
            "KezekDisk", "Access",
            "CivilTime", "Texts", "WorkingDays", "Deadlines", "ServiceStandards", "Enquiries",
            "Journal", "Parties", "Queue", "HomeVisits",
            .product(name: "Yams", package: "Yams"),
            .product(name: "Crypto", package: "swift-crypto"),
        ]),
    .target(name: "KezekVisitFiles", dependencies: ["Texts", "Visits", "VisitChecking"]),
    .target(
        name: "KezekVisitPapers",
        dependencies: ["CivilTime", "Texts", "Visits", "VisitChecking", "KezekVisitFiles"]),
    .target(
        name: "KezekRoads",
        dependencies: [
            "Visits", "KezekVisitFiles",
            .product(name: "NIOCore", package: nio),
            .product(name: "NIOHTTP1", package: nio),
            .product(name: "NIOPosix", package: nio),
        ]),
    .target(name: "KezekTables", dependencies: ["CallLimits", "CivilTime", "Texts", "Queue"]),
    .systemLibrary(
        name: "CProtobufC", pkgConfig: "libprotobuf-c",
        providers: [.apt(["libprotobuf-c-dev"])]),
    .target(name: "CKezekWire", dependencies: ["CProtobufC"]),
    .target(
        name: "KezekWire",
        dependencies: [
            "CallLimits", "Access",
            "CivilTime", "Texts", "WorkingDays", "Deadlines", "Enquiries", "Applications",
            "HomeVisits", "Visits", "Journal", "Parties", "Queue", "CKezekWire",
        ]),
    .target(name: "KezekProtoJSON", dependencies: ["Texts"]),
    .target(
        name: "KezekJSON",
        dependencies: [
            "CivilTime", "Enquiries", "Journal", "KezekFiles", "KezekWire", "CallLimits", "Texts",
        ]),
    .target(
        name: "KezekConnect", dependencies: ["CallLimits", "KezekJSON", "KezekProtoJSON", "Texts"]),
    .target(
        name: "KezekSQLite",
        dependencies: [
            "KezekDisk", "CivilTime", "Journal", "Texts",
            .product(name: "GRDB", package: "GRDB.swift"),
            .product(name: "GRDBSQLite", package: "GRDB.swift"),
            .product(name: "Crypto", package: "swift-crypto"),
        ]),
    .target(
        name: "KezekEngine",
        dependencies: [
            "CallLimits", "CivilTime", "Clocks", "Texts", "WorkingDays", "ServiceStandards",
            "Enquiries",
            "Applications",
            "HomeVisits", "Journal", "Parties", "Queue", "KezekWire",
            .product(name: "Crypto", package: "swift-crypto"),
        ]),
    .target(
        name: "KezekSimulator",
        dependencies: [
            "CivilTime", "Texts", "WorkingDays", "ServiceStandards", "Enquiries", "Applications",
            "Journal", "Parties",
            "Queue", "KezekWire", "KezekEngine",
        ]),
    .target(
        name: "KezekServer",
        dependencies: [
            "CallLimits", "Access",
            "CivilTime", "Texts", "Enquiries", "Applications", "HomeVisits", "Journal", "Parties",
            "Queue", "KezekWire", "KezekEngine",
            .product(name: "NIOCore", package: nio),
            .product(name: "NIOHTTP1", package: nio),
            .product(name: "NIOPosix", package: nio),
            .product(name: "NIOTLS", package: nio),
            .product(name: "NIOConcurrencyHelpers", package: nio),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "Histogram", package: "hdrhistogram-swift"),
        ]),
    // HTTP: gRPC. Empty without the trait `Web`.
    .target(
        name: "KezekWeb",
        dependencies: [
            "CallLimits", "Enquiries", "KezekConnect", "KezekJSON", "KezekProtoJSON", "KezekServer",
            "KezekWire", "Texts",
            .product(name: "NIOCore", package: nio),
            .product(name: "NIOHTTP1", package: nio),
            .product(name: "NIOTLS", package: nio),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: web),
            .product(name: "NIOHPACK", package: "swift-nio-http2", condition: web),
        ]),
    .target(
        name: "KezekClient",
        dependencies: [
            "CallLimits", "Texts", "Enquiries", "Applications", "HomeVisits", "Journal", "Parties",
            "Queue",
            "KezekWire",
            .product(name: "NIOCore", package: nio),
            .product(name: "NIOPosix", package: nio),
            .product(name: "NIOConcurrencyHelpers", package: nio),
            .product(name: "NIOTLS", package: nio),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
        ]),
]

/// The command line: the only place that knows every name and reads the clock.
let program: [Target] = [
    .executableTarget(
        name: "kezek",
        dependencies: [
            "KezekJSON", "KezekDisk",
            "CallLimits", "Access",
            "CivilTime", "Clocks", "Texts", "WorkingDays", "Deadlines", "ServiceStandards",
            "Enquiries",
            "Applications", "Journal", "Parties", "Queue", "KezekFiles", "KezekWire", "KezekSQLite",
            "KezekEngine", "HomeVisits", "Visits", "VisitChecking", "KezekVisitFiles",
            "KezekVisitPapers", "KezekRoads", "KezekTables",
            "KezekSimulator", "KezekServer", "KezekClient", "KezekWeb",
            .product(name: "Crypto", package: "swift-crypto"),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "SwiftASN1", package: "swift-asn1"),
            .product(name: "X509", package: "swift-certificates"),
            .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            .product(name: "Logging", package: "swift-log"),
            .product(name: "Histogram", package: "hdrhistogram-swift"),
            .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ])
]

/// What others bring along and no target here names: whose version is pinned below must be somebody's,
/// so it is on a platform that nobody builds for.
let pinned: [Target.Dependency] = [
    ("Atomics", "swift-atomics"), ("Numerics", "swift-numerics"),
    ("SystemPackage", "swift-system"),
].map { .product(name: $0, package: $1, condition: .when(platforms: [.wasi])) }

/// Tests, a folder for each part, and what they share.
let tests: [Target] = [
    .target(name: "PretendedTime", path: "Tests/PretendedTime"),
    .target(name: "SuddenEnd", path: "Tests/SuddenEnd"),
    .target(
        name: "TestKit", dependencies: ["CivilTime", "Enquiries", "KezekFiles", "PretendedTime"],
        path: "Tests/TestKit"),
    .target(
        name: "LiveDay",
        dependencies: [
            "CivilTime", "Enquiries", "Parties", "Texts", "WorkingDays", "Visits", "HomeVisits",
            "TestKit",
        ], path: "Tests/LiveDay"),
    .target(
        name: "PretendedRoads",
        dependencies: [
            .product(name: "NIOCore", package: nio),
            .product(name: "NIOHTTP1", package: nio),
            .product(name: "NIOPosix", package: nio),
        ], path: "Tests/PretendedRoads"),
    .testTarget(name: "CivilTimeTests", dependencies: ["CivilTime"]),
    .testTarget(name: "ClocksTests", dependencies: ["Clocks"]),
    .testTarget(
        name: "WorkingDaysTests", dependencies: ["CivilTime", "Texts", "WorkingDays", "TestKit"]),
    .testTarget(
        name: "DeadlinesTests",
        dependencies: ["CivilTime", "Texts", "WorkingDays", "Deadlines", "TestKit"]),
    .testTarget(
        name: "KezekFilesTests",
        dependencies: [
            "CivilTime", "Texts", "WorkingDays", "Deadlines", "ServiceStandards", "Enquiries",
            "Parties", "Queue", "HomeVisits",
            "KezekFiles",
            "TestKit",
        ]),
    .testTarget(
        name: "ApplicationsTests",
        dependencies: [
            "CivilTime", "Parties", "Texts", "WorkingDays", "ServiceStandards", "Enquiries",
            "Applications", "KezekFiles", "TestKit",
        ]),
    .testTarget(
        name: "EnquiriesTests",
        dependencies: [
            "CivilTime", "Texts", "WorkingDays", "Deadlines", "ServiceStandards", "Enquiries",
            "TestKit",
        ]),
    .testTarget(
        name: "QueueTests",
        dependencies: ["CivilTime", "Texts", "WorkingDays", "Parties", "Queue", "TestKit"]),
    .testTarget(
        name: "KezekWireTests",
        dependencies: [
            "CallLimits", "CivilTime", "Texts", "WorkingDays", "Deadlines", "Access", "Enquiries",
            "Applications", "HomeVisits", "Visits",
            "Journal", "Parties", "Queue", "CKezekWire", "KezekWire", "TestKit",
        ]),
    .testTarget(
        name: "StoreTests",
        dependencies: [
            "KezekDisk", "CivilTime", "Journal", "Texts", "KezekSQLite", "KezekEngine", "TestKit",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]),
    .testTarget(
        name: "EngineTests",
        dependencies: [
            "CivilTime", "Texts", "WorkingDays", "ServiceStandards", "Enquiries", "Applications",
            "Journal", "HomeVisits", "Parties", "Queue",
            "KezekFiles", "KezekWire", "KezekSQLite", "KezekEngine", "KezekSimulator", "TestKit",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]),
    .testTarget(
        name: "ServerTests",
        dependencies: [
            "CallLimits", "CivilTime", "Clocks", "Texts", "WorkingDays", "Deadlines",
            "ServiceStandards",
            "Enquiries",
            "Applications", "Access", "HomeVisits",
            "Journal", "Parties", "Queue", "KezekFiles", "KezekJSON", "KezekWire", "KezekSQLite",
            "KezekEngine", "KezekSimulator", "KezekServer", "KezekClient", "KezekWeb", "TestKit",
            .product(name: "NIOConcurrencyHelpers", package: nio),
            .product(name: "NIOCore", package: nio),
            .product(name: "NIOHPACK", package: "swift-nio-http2", condition: web),
            .product(name: "NIOHTTP2", package: "swift-nio-http2", condition: web),
            .product(name: "NIOPosix", package: nio),
            .product(name: "NIOSSL", package: "swift-nio-ssl"),
            .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            .product(name: "Logging", package: "swift-log"),
        ]),
    .testTarget(
        name: "TablesTests",
        dependencies: ["CivilTime", "Texts", "Queue", "KezekTables", "TestKit"]),
    .testTarget(
        name: "JSONTests",
        dependencies: [
            "CKezekWire", "CProtobufC", "CivilTime", "Enquiries", "Journal", "KezekJSON",
            "KezekWire",
            "CallLimits", "Parties", "Queue", "TestKit", "Texts",
        ]),
    // Asked by Tests/ProtoJSON/run.
    .executableTarget(
        name: "ProtoJSON", dependencies: ["KezekProtoJSON"], path: "Tests/ProtoJSON/Tool"),
    .testTarget(
        name: "ProtoJSONTests", dependencies: ["KezekProtoJSON", "TestKit", "Texts"]),
    .testTarget(
        name: "ConnectTests",
        dependencies: ["KezekConnect", "KezekJSON", "KezekProtoJSON", "Texts"]),
    .testTarget(name: "TextsTests", dependencies: ["Texts"]),
    .testTarget(
        name: "HomeVisitsTests",
        dependencies: [
            "CivilTime", "Enquiries", "Parties", "ServiceStandards", "Texts", "WorkingDays",
            "Visits", "HomeVisits", "TestKit", "LiveDay",
        ]),
    .testTarget(name: "VisitsTests", dependencies: ["Visits"]),
    .testTarget(name: "VisitCheckingTests", dependencies: ["Visits", "VisitChecking"]),
    .testTarget(
        name: "VisitFilesTests",
        dependencies: ["Texts", "Visits", "VisitChecking", "KezekVisitFiles", "TestKit"]),
    .testTarget(
        name: "VisitPapersTests",
        dependencies: [
            "CivilTime", "Texts", "Visits", "VisitChecking", "KezekVisitFiles", "KezekVisitPapers",
        ]),
    .testTarget(
        name: "RoadsTests",
        dependencies: ["Visits", "KezekVisitFiles", "KezekRoads", "PretendedRoads", "TestKit"]),
    .testTarget(
        name: "CommandLineTests",
        dependencies: [
            "CivilTime", "Clocks", "Enquiries", "HomeVisits", "Journal", "KezekClient",
            "KezekFiles",
            "KezekJSON", "KezekSimulator", "KezekVisitFiles", "KezekVisitPapers", "KezekWire",
            "Parties",
            "ServiceStandards", "Texts", "VisitChecking", "Visits", "WorkingDays", "kezek",
            "TestKit", "PretendedRoads", "KezekRoads", "LiveDay", "SuddenEnd",
            .product(name: "GRDB", package: "GRDB.swift"),
        ]),
    .testTarget(name: "RepositoryTests", dependencies: ["TestKit"] + pinned),
]

let package = Package(
    name: "kezek",
    products: [
        .executable(name: "kezek", targets: ["kezek"]),
        .library(name: "KezekClient", targets: ["KezekClient"]),
        // What reads bytes from outside, for the fuzzer in `Fuzz`: a package of its own sees nothing
        // but products, and builds no more than one needs. Nobody else is to depend on it.
        .library(
            name: "KezekDecoders",
            targets: [
                "Access", "Enquiries", "HomeVisits", "Journal", "KezekFiles", "KezekProtoJSON",
                "KezekTables", "KezekVisitFiles",
                "KezekWire", "CallLimits", "ServiceStandards", "Visits", "WorkingDays",
            ]),
        // For programs that tests start at a time that is pretended: to be loaded before them.
        .library(name: "PretendedTime", type: .dynamic, targets: ["PretendedTime"]),
        // For programs that tests end before a step of theirs, in the same way.
        .library(name: "SuddenEnd", type: .dynamic, targets: ["SuddenEnd"]),
    ],
    traits: [
        .trait(name: "Web", description: "HTTP beside Kezek's own protocol: `serve --web`.")
    ],
    // Exact, as `Package.resolved` is not kept: what was tried is what everybody builds. The second part
    // is what the first brings along. Docs/Dependencies.md has a row for each; a test compares.
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-http2", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", exact: "0.2.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),

        .package(url: "https://github.com/apple/swift-async-algorithms.git", exact: "1.1.4"),
        .package(url: "https://github.com/apple/swift-atomics.git", exact: "1.3.0"),
        .package(url: "https://github.com/apple/swift-collections.git", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-numerics.git", exact: "1.1.1"),
        .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
    ],
    targets: domain + edge + program + tests
)

for target in package.targets where target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
        ]
}

// Where KEZEK_FAST_DOMAIN is 1, as the Makefile and the scripts have it, a debug build has its domain and its
// edge optimised: tests simulate and search, start programs that read the data, and take half the time; and so
// are the tests that walk through days. Not so by itself, as a package with such flags can be nobody's
// dependency.
if Context.environment["KEZEK_FAST_DOMAIN"] == "1" {
    let walking = ["CivilTimeTests", "WorkingDaysTests", "DeadlinesTests", "EnquiriesTests"]
    for target in domain + edge + tests.filter({ walking.contains($0.name) }) {
        target.swiftSettings?.append(.unsafeFlags(["-O"], .when(configuration: .debug)))
    }
}
