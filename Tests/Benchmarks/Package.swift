// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "Benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "FetchKit", path: "../.."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        .executableTarget(
            name: "fetch-overhead",
            dependencies: [
                "Measuring",
                "TestSupport",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchURLSession", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "registry-lookup",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "manifest-load",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchManifest", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "poll-cost",
            dependencies: [
                "PollingCosts",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "eta-priors",
            dependencies: [
                "PollingCosts",
                "TestSupport",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "poll-scale",
            dependencies: [
                "Measuring",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "cancel-waits",
            dependencies: [
                "Measuring",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "accounts",
            dependencies: [
                "Measuring",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "fleet",
            dependencies: [
                "Measuring",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "soak",
            dependencies: [
                "Measuring",
                "Soaking",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "server-load",
            dependencies: [
                "LoadFunctions",
                "Measuring",
                "TestSupport",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchURLSession", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            // Clients in other languages, which the benchmark builds and runs itself.
            exclude: ["Clients"]
        ),
        // Functions of the system and of libcurl that aren't in Swift's platform modules.
        .target(name: "LoadFunctions"),
        .executableTarget(
            name: "transport-memory",
            dependencies: [
                "Measuring",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "downloads",
            dependencies: [
                "Measuring",
                "TestSupport",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchDownload", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "job-fleet",
            dependencies: [
                "JobStores",
                "Measuring",
                "Soaking",
                "TestSupport",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(
            name: "job-store",
            dependencies: [
                "JobStores",
                "Measuring",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // The stores that the benchmarks of durable jobs open.
        .target(
            name: "JobStores",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchPostgres", package: "FetchKit"),
                .product(name: "FetchSQLite", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .target(name: "Measuring"),
        // A symbolic link to the helpers of FetchKit's tests, since that target isn't a product.
        .target(name: "TestSupport", dependencies: [.product(name: "FetchCore", package: "FetchKit")]),
        // FetchKit's own package compiles the same sources for its tests.
        .target(
            name: "Soaking",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchURLSession", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabFaceSwap", package: "FetchKit"),
                .product(name: "ModelsLabDeepfake", package: "FetchKit"),
                .product(name: "ModelsLabFaceGen", package: "FetchKit"),
                .product(name: "ModelsLabFineTune", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ModelsLabWorkflow", package: "FetchKit"),
                "TestSupport",
            ]
        ),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Fuzzing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .target(
            name: "Fuzzing",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchDownload", package: "FetchKit"),
                .product(name: "FetchManifest", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabDeepfake", package: "FetchKit"),
                .product(name: "ModelsLabFaceGen", package: "FetchKit"),
                .product(name: "ModelsLabFaceSwap", package: "FetchKit"),
                .product(name: "ModelsLabFineTune", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ModelsLabWorkflow", package: "FetchKit"),
                "TestSupport",
            ]
        ),
        .target(
            name: "PollingCosts",
            dependencies: [
                "TestSupport",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
            ]
        ),
        .executableTarget(
            name: "pictures",
            dependencies: [
                "Drawing",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // The pictures in Documentation/Pictures.
        .target(
            name: "Drawing",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
            ]
        ),
        .testTarget(
            name: "DrawingTests",
            dependencies: ["Drawing"]
        ),
        .testTarget(
            name: "PollingCostsTests",
            dependencies: ["PollingCosts", "TestSupport", .product(name: "FetchCore", package: "FetchKit")]
        ),
        .testTarget(
            name: "FuzzingTests",
            dependencies: ["Fuzzing", .product(name: "FetchCore", package: "FetchKit")]
        ),
    ]
)

// The same settings as in FetchKit's own manifest, which states the reason for each.
for target in package.targets where target.name != "LoadFunctions" {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
