// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "FetchWebhooks",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FetchWebhooks", targets: ["FetchWebhooks"])
    ],
    dependencies: [
        .package(name: "FetchKit", path: "../../.."),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    ],
    targets: [
        .target(
            name: "FetchWebhooks",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "FetchCore", package: "FetchKit"),
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
