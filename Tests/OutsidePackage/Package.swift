// swift-tools-version: 6.2

// A package outside of FetchKit that adds an endpoint without a change to the core. `.ci/run` copies it out of the
// repository, next to a symbolic link named FetchKit, and builds and tests it there.

import PackageDescription

let package = Package(
    name: "OutsidePackage",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Interior", targets: ["Interior"])
    ],
    dependencies: [
        .package(path: "../FetchKit"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.0.0"),
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
        // Endpoints with a signature, long polls, a redirection and several files.
        .target(
            name: "Studio",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        .testTarget(
            name: "StudioTests",
            dependencies: [
                "Studio",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]
        ),
        // The products that the README adds to an application.
        .executableTarget(
            name: "App",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "ModelsLab", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
            ]
        ),
        // All products except the transports and the test kit, for the check of the linked libraries.
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
