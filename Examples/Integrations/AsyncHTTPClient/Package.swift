// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "FetchAsyncHTTPClient",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FetchAsyncHTTPClient", targets: ["FetchAsyncHTTPClient"])
    ],
    dependencies: [
        .package(name: "FetchKit", path: "../../.."),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // Dependencies of AsyncHTTPClient whose types appear in its API and its errors.
        .package(url: "https://github.com/apple/swift-nio", from: "2.100.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.26.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.30.0"),
    ],
    targets: [
        .target(
            name: "FetchAsyncHTTPClient",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ]
        ),
        // Symbolic links to sources in FetchKit's tests, since those targets aren't products.
        .target(name: "TestSupport", dependencies: [.product(name: "FetchCore", package: "FetchKit")]),
        .target(
            name: "FaultMatrix",
            dependencies: [
                "TestSupport",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
            ]
        ),
        .testTarget(
            name: "FetchAsyncHTTPClientTests",
            dependencies: [
                "FaultMatrix", "FetchAsyncHTTPClient",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
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
