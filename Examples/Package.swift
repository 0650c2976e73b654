// swift-tools-version: 6.2

import PackageDescription

let modelsLabFamilies: [Target.Dependency] = [
    .product(name: "ModelsLabDeepfake", package: "FetchKit"),
    .product(name: "ModelsLabFaceGen", package: "FetchKit"),
    .product(name: "ModelsLabFaceSwap", package: "FetchKit"),
    .product(name: "ModelsLabVideo", package: "FetchKit"),
]

let fetchKit: [Target.Dependency] = [
    .product(name: "FetchCore", package: "FetchKit"),
    "PlatformTransport",
    // Contains the simulated services. In your own application only tests need it.
    .product(name: "FetchTesting", package: "FetchKit"),
]

let package = Package(
    name: "Examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "FetchKit", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // libcurl on Linux, URLSession on Apple platforms. Your own application depends on one of them directly.
        .target(
            name: "PlatformTransport",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit", condition: .when(platforms: [.linux])),
                .product(
                    name: "FetchURLSession",
                    package: "FetchKit",
                    condition: .when(platforms: [.macOS, .iOS, .tvOS, .watchOS, .visionOS])
                ),
            ]
        ),
        .executableTarget(name: "quickstart", dependencies: fetchKit + modelsLabFamilies),
        // The command `fetchkit`, as a library that its unit tests can import.
        .target(
            name: "FetchKitCommand",
            dependencies: fetchKit + modelsLabFamilies + [
                .product(name: "FetchDownload", package: "FetchKit"),
                .product(name: "FetchManifest", package: "FetchKit"),
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchPostgres", package: "FetchKit"),
                .product(name: "FetchSQLite", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .executableTarget(name: "fetchkit", dependencies: ["FetchKitCommand"]),
        .target(name: "ProviderGallery", dependencies: [.product(name: "FetchCore", package: "FetchKit")]),
        .executableTarget(
            name: "custom-endpoint",
            dependencies: fetchKit + [.product(name: "ModelsLabVideo", package: "FetchKit")]
        ),
        .executableTarget(
            name: "generic-polling",
            dependencies: fetchKit + modelsLabFamilies,
            resources: [.copy("Resources/jobs.txt")]
        ),
        .executableTarget(
            name: "save-results",
            dependencies: fetchKit + modelsLabFamilies + [.product(name: "FetchDownload", package: "FetchKit")]
        ),
        .executableTarget(
            name: "durable-worker",
            dependencies: fetchKit + [
                .product(name: "FetchJobs", package: "FetchKit"),
                .product(name: "FetchSQLite", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // Runs the programs of this package as processes.
        .target(name: "ProgramTesting", path: "Tests/ProgramTesting"),
        .testTarget(
            name: "ExamplesTests",
            dependencies: fetchKit + [
                "ProgramTesting",
                "quickstart", "custom-endpoint", "generic-polling", "save-results", "durable-worker",
            ]
        ),
        .testTarget(
            name: "FetchKitCommandTests",
            dependencies: fetchKit + ["ProgramTesting", "fetchkit", "FetchKitCommand"]
        ),
        .testTarget(
            name: "ProviderGalleryTests",
            dependencies: fetchKit + modelsLabFamilies + [
                "ProviderGallery",
                .product(name: "FetchManifest", package: "FetchKit"),
                .product(name: "ModelsLabFineTune", package: "FetchKit"),
                .product(name: "ModelsLabWorkflow", package: "FetchKit"),
            ],
            resources: [.copy("Fixtures")]
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
