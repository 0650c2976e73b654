// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "Lantern",
    platforms: [.macOS(.v15), .iOS(.v18)],
    products: [
        .library(name: "Lantern", targets: ["Lantern"])
    ],
    dependencies: [
        .package(path: "../FetchKit")
    ],
    targets: [
        .target(name: "Lantern", dependencies: [.product(name: "FetchCore", package: "FetchKit")]),
        .testTarget(
            name: "LanternTests",
            dependencies: [
                "Lantern",
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchTesting", package: "FetchKit"),
            ]
        ),
    ]
)
