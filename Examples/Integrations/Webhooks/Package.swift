// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "FetchWebhooks",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FetchWebhooks", targets: ["FetchWebhooks"]),
        .library(name: "FetchHummingbird", targets: ["FetchHummingbird"]),
    ],
    dependencies: [
        .package(name: "FetchKit", path: "../../.."),
        .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "FetchWebhooks",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FetchCore", package: "FetchKit"),
            ]
        ),
        .target(
            name: "FetchHummingbird",
            dependencies: [
                "FetchWebhooks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "webhook-load",
            dependencies: [
                "FetchHummingbird", "FetchWebhooks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "FetchWebhooksTests",
            dependencies: [
                "FetchWebhooks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
            ]
        ),
        .testTarget(
            name: "FetchHummingbirdTests",
            dependencies: [
                "FetchHummingbird", "FetchWebhooks",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
    ]
)

// The same settings as in FetchKit's package manifest, which explains each of them.
for target in package.targets {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
