// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "FetchObservability",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FetchObservability", targets: ["FetchObservability"]),
        .library(name: "FetchJobsObservability", targets: ["FetchJobsObservability"]),
        .library(name: "FetchDownloadObservability", targets: ["FetchDownloadObservability"]),
    ],
    dependencies: [
        .package(name: "FetchKit", path: "../../.."),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.0"),
    ],
    targets: [
        // The bounded labels and the kept metric objects, which the three modules share.
        .target(
            name: "FetchMetrics",
            dependencies: [
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(
            name: "FetchObservability",
            dependencies: [
                "FetchMetrics",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        // Modules of their own, so that a client without jobs in a store, or without downloads, doesn't link them.
        .target(
            name: "FetchJobsObservability",
            dependencies: [
                "FetchMetrics",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
            ]
        ),
        .target(
            name: "FetchDownloadObservability",
            dependencies: [
                "FetchMetrics",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchDownload", package: "FetchKit"),
                .product(name: "Metrics", package: "swift-metrics"),
            ]
        ),
        .testTarget(
            name: "FetchObservabilityTests",
            dependencies: [
                "FetchDownloadObservability", "FetchJobsObservability", "FetchMetrics", "FetchObservability",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchDownload", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "InMemoryTracing", package: "swift-distributed-tracing"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "Tracing", package: "swift-distributed-tracing"),
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
