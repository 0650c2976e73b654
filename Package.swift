// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "FetchKit",
    platforms: [.macOS(.v15), .iOS(.v18), .tvOS(.v18), .watchOS(.v11), .visionOS(.v2)],
    products: [
        .library(name: "FetchCore", targets: ["FetchCore"]),
        .library(name: "FetchURLSession", targets: ["FetchURLSession"]),
        .library(name: "FetchCurl", targets: ["FetchCurl"]),
        .library(name: "FetchDownload", targets: ["FetchDownload"]),
        .library(name: "FetchJobs", targets: ["FetchJobs"]),
        .library(name: "FetchManifest", targets: ["FetchManifest"]),
        .library(name: "FetchPostgres", targets: ["FetchPostgres"]),
        .library(name: "FetchSQLite", targets: ["FetchSQLite"]),
        .library(name: "FetchTesting", targets: ["FetchTesting"]),
        .library(name: "ModelsLab", targets: ["ModelsLab"]),
        .library(name: "ModelsLabFaceSwap", targets: ["ModelsLabFaceSwap"]),
        .library(name: "ModelsLabVideo", targets: ["ModelsLabVideo"]),
        .library(name: "ModelsLabDeepfake", targets: ["ModelsLabDeepfake"]),
        .library(name: "ModelsLabFaceGen", targets: ["ModelsLabFaceGen"]),
        .library(name: "ModelsLabFineTune", targets: ["ModelsLabFineTune"]),
        .library(name: "ModelsLabWorkflow", targets: ["ModelsLabWorkflow"]),
    ],
    dependencies: [],
    targets: [
        .target(name: "FetchCore", dependencies: ["FetchDataStructures"]),
        .target(name: "FetchURLSession", dependencies: ["FetchCore"]),
        .target(name: "FetchCurl", dependencies: ["FetchCore", "SystemLibrary", "CurlFunctions"]),
        .target(name: "FetchManifest", dependencies: ["FetchCore", "KeyDetection"]),
        .target(name: "FetchTesting", dependencies: ["FetchCore", "FetchJobs", "KeyDetection", "SystemLibrary"]),
        .target(name: "ModelsLab", dependencies: ["FetchCore"]),
        .target(name: "ModelsLabFaceSwap", dependencies: ["FetchCore", "ModelsLab"]),
        .target(name: "ModelsLabVideo", dependencies: ["FetchCore", "ModelsLab"]),
        .target(name: "ModelsLabDeepfake", dependencies: ["FetchCore", "ModelsLab"]),
        .target(name: "ModelsLabFaceGen", dependencies: ["FetchCore", "ModelsLab"]),
        .target(name: "ModelsLabFineTune", dependencies: ["FetchCore", "ModelsLab"]),
        .target(name: "ModelsLabWorkflow", dependencies: ["FetchCore", "ModelsLab"]),

        // Plain data structures of the core, generic and without a word of polling. No product.
        .target(name: "FetchDataStructures"),
        .testTarget(name: "FetchDataStructuresTests", dependencies: ["FetchDataStructures"]),

        // Recognises what looks like a key in a declaration, for manifests and for the conformance suite. No product.
        .target(name: "KeyDetection"),

        .target(name: "FetchDownload", dependencies: ["FetchCore", "FetchDataStructures", "SystemLibrary"]),
        .testTarget(
            name: "FetchDownloadTests",
            dependencies: [
                "FetchCore", "FetchCurl", "FetchDownload", "FetchTesting", "SystemLibrary", "TestSupport",
                "TransportPeers",
            ]
        ),

        .target(name: "FetchJobs", dependencies: ["FetchCore", "FetchDataStructures"]),
        .testTarget(name: "FetchJobsTests", dependencies: ["FetchCore", "FetchJobs", "FetchTesting", "TestSupport"]),

        .target(name: "FetchSQLite", dependencies: ["FetchCore", "FetchJobs", "SystemLibrary"]),
        .testTarget(
            name: "FetchSQLiteTests",
            dependencies: ["FetchCore", "FetchJobs", "FetchSQLite", "FetchTesting", "TestSupport"]
        ),

        .target(name: "FetchPostgres", dependencies: ["FetchCore", "FetchJobs", "SystemLibrary"]),
        .testTarget(
            name: "FetchPostgresTests",
            dependencies: ["FetchCore", "FetchJobs", "FetchPostgres", "FetchTesting", "TestSupport"]
        ),

        // Libraries of the system, found at run time, and its calls. No products.
        .target(name: "SystemLibrary"),
        .target(name: "CurlFunctions"),

        // Servers on loopback that do what no proper server does, TLS and HTTP/2 included: no product.
        .target(name: "TransportPeers", dependencies: ["FetchTesting", "SystemLibrary"], path: "Tests/TransportPeers"),

        // Helpers that several test targets share: no product. The packages of the benchmarks and of the
        // AsyncHTTPClient integration compile the same sources through links, so they use public interfaces only.
        .target(name: "TestSupport", dependencies: ["FetchCore"], path: "Tests/TestSupport"),
        .testTarget(name: "FetchCoreTests", dependencies: ["FetchCore", "FetchTesting", "TestSupport"]),
        .testTarget(name: "FetchManifestTests", dependencies: ["FetchCore", "FetchManifest", "FetchTesting"]),
        .testTarget(
            name: "FetchURLSessionTests",
            dependencies: ["FetchCore", "FetchURLSession", "FetchTesting", "TestSupport"]
        ),
        .testTarget(
            name: "FetchCurlTests",
            dependencies: ["FetchCore", "FetchCurl", "FetchTesting", "TestSupport", "TransportPeers"]
        ),
        .testTarget(name: "FetchTestingTests", dependencies: ["FetchCore", "FetchTesting", "TestSupport"]),
        .testTarget(
            name: "ModelsLabTests",
            dependencies: [
                "FetchCore", "FetchTesting", "ModelsLab",
                "ModelsLabFaceSwap", "ModelsLabVideo", "ModelsLabFaceGen", "ModelsLabFineTune", "TestSupport",
            ],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "ModelsLabFaceSwapTests",
            dependencies: ["FetchCore", "FetchTesting", "ModelsLab", "ModelsLabFaceSwap", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "ModelsLabVideoTests",
            dependencies: ["FetchCore", "FetchTesting", "ModelsLab", "ModelsLabVideo", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "ModelsLabDeepfakeTests",
            dependencies: ["FetchCore", "FetchTesting", "ModelsLab", "ModelsLabDeepfake", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "ModelsLabFaceGenTests",
            dependencies: ["FetchCore", "FetchTesting", "ModelsLab", "ModelsLabFaceGen", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "ModelsLabFineTuneTests",
            dependencies: ["FetchCore", "FetchTesting", "ModelsLab", "ModelsLabFineTune", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "ModelsLabWorkflowTests",
            dependencies: ["FetchCore", "FetchTesting", "ModelsLab", "ModelsLabWorkflow", "TestSupport"],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "FetchCore", "FetchURLSession", "FetchTesting", "ModelsLab",
                "ModelsLabFaceSwap", "ModelsLabVideo", "ModelsLabDeepfake", "ModelsLabFaceGen",
                "ModelsLabFineTune", "ModelsLabWorkflow",
            ]
        ),
        // Holds a client against a server that does wrong: the same sources as the benchmarks' target `Soaking`, which
        // is no product, so that neither package can use the other's.
        .target(
            name: "SoakingHere",
            dependencies: [
                "FetchCore", "FetchCurl", "FetchURLSession", "FetchTesting", "ModelsLab",
                "ModelsLabFaceSwap", "ModelsLabVideo", "ModelsLabDeepfake", "ModelsLabFaceGen",
                "ModelsLabFineTune", "ModelsLabWorkflow", "TestSupport",
            ],
            path: "Tests/Benchmarks/Sources/Soaking"
        ),
        .testTarget(name: "SoakTests", dependencies: ["FetchCore", "SoakingHere"]),
        // The matrix of faults: no product. The package of `Examples/Integrations/AsyncHTTPClient` compiles the same
        // sources, through a link, for its own transport.
        .target(
            name: "FaultMatrix",
            dependencies: ["FetchCore", "FetchTesting", "TestSupport"],
            path: "Tests/FaultMatrix"
        ),
        .testTarget(
            name: "FaultTests",
            dependencies: ["FaultMatrix", "FetchCore", "FetchCurl", "FetchURLSession", "FetchTesting", "TestSupport"]
        ),
        .testTarget(
            name: "SecretsTests",
            dependencies: [
                "FetchCore", "FetchCurl", "FetchDownload", "FetchJobs", "FetchManifest", "FetchPostgres",
                "FetchSQLite", "FetchURLSession", "FetchTesting",
                "ModelsLab",
                "ModelsLabFaceSwap", "ModelsLabVideo", "ModelsLabDeepfake", "ModelsLabFaceGen",
                "ModelsLabFineTune", "ModelsLabWorkflow", "TestSupport",
            ]
        ),
        .testTarget(
            name: "DocumentationTests",
            dependencies: [
                "FetchCore", "FetchCurl", "FetchDownload", "FetchJobs", "FetchManifest", "FetchPostgres",
                "FetchSQLite", "FetchURLSession", "FetchTesting",
                "ModelsLab",
                "ModelsLabFaceSwap", "ModelsLabVideo", "ModelsLabDeepfake", "ModelsLabFaceGen",
                "ModelsLabFineTune", "ModelsLabWorkflow",
            ]
        ),
    ]
)

for target in package.targets where target.name != "CurlFunctions" {
    target.swiftSettings = [
        // `any` in front of every existential: the reader sees where dispatch is dynamic.
        .enableUpcomingFeature("ExistentialAny"),
        // An import is visible to clients only where the interface says so.
        .enableUpcomingFeature("InternalImportsByDefault"),
        // A member is found only through a module that this file imports.
        .enableUpcomingFeature("MemberImportVisibility"),
        // An async function runs where its caller runs unless it says otherwise.
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .enableUpcomingFeature("InferIsolatedConformances"),
        .enableUpcomingFeature("ImmutableWeakCaptures"),
    ]
}
