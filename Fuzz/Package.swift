// swift-tools-version: 6.1
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A package of its own, so that ordinary builds never see it: all of it, and the modules that it
// tries, are built for libFuzzer. `run` knows with which options.
let package = Package(
    name: "kezek-fuzz",
    dependencies: [.package(name: "kezek", path: "..")],
    targets: [
        .executableTarget(
            name: "KezekFuzz",
            dependencies: [.product(name: "KezekDecoders", package: "kezek")])
    ]
)
