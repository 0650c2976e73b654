// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "FetchServiceLifecycle",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "FetchServiceLifecycle", targets: ["FetchServiceLifecycle"])
    ],
    dependencies: [
        .package(name: "FetchKit", path: "../../.."),
        // Only for the program, which has telemetry.
        .package(name: "FetchObservability", path: "../Observability"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    ],
    targets: [
        .target(
            name: "FetchServiceLifecycle",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]
        ),
        .executableTarget(
            name: "film-service",
            dependencies: [
                "FetchServiceLifecycle",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchJobsObservability", package: "FetchObservability"),
                .product(name: "FetchObservability", package: "FetchObservability"),
                .product(name: "FetchSQLite", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]
        ),
        .testTarget(
            name: "FetchServiceLifecycleTests",
            dependencies: [
                "FetchServiceLifecycle", "film-service",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchJobsObservability", package: "FetchObservability"),
                .product(name: "FetchObservability", package: "FetchObservability"),
                .product(name: "FetchSQLite", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "InMemoryLogging", package: "swift-log"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "MetricsTestKit", package: "swift-metrics"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
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
