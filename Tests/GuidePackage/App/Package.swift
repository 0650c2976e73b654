// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "App",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(path: "../FetchKit"),
        .package(path: "../Lantern"),
    ],
    targets: [
        .executableTarget(
            name: "App",
            dependencies: [
                .product(name: "FetchCore", package: "FetchKit"),
                .product(name: "FetchCurl", package: "FetchKit"),
                .product(name: "ModelsLabVideo", package: "FetchKit"),
                .product(name: "Lantern", package: "Lantern"),
            ]
        )
    ]
)
