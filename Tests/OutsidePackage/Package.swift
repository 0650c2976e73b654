// swift-tools-version: 6.2

// A package that isn't part of FetchKit: it adds an endpoint without touching the core. `.ci/run` copies it out of the
// repository, beside a link named FetchKit, and builds and tests it there.

import PackageDescription

let package = Package(
    name: "OutsidePackage",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Interior", targets: ["Interior"])
    ],
    dependencies: [
        .package(path: "../FetchKit")
    ],
    targets: [
        .target(
            name: "Interior",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
            ]
        ),
        .testTarget(
            name: "InteriorTests",
            dependencies: [
                "Interior",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
            ]
        ),
        // What the README tells to add.
        .executableTarget(
            name: "App",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
            ]
        ),
        // Everything but transport and test kit, to see what that links.
        .executableTarget(
            name: "Linkage",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchManifest", package: "FetchKit"),
                .product(name: "ModelsLabFaceSwap", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "ModelsLabDeepfake", package: "FetchKit"),
                .product(name: "ModelsLabFaceGen", package: "FetchKit"),
            ]
        ),
    ]
)
