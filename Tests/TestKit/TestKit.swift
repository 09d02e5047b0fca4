// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Enquiries
public import Foundation
import KezekFiles

/// The date written so; a test that misspells one fails at once.
public func date(_ text: String) -> CivilDate { CivilDate(text)! }

/// The moment written so.
public func moment(_ text: String) -> CivilDateTime { CivilDateTime(text)! }

/// SplitMix64: the same numbers from the same seed everywhere.
public struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The repository under test and its own data.
public enum Repository {
    public static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static let loaded = Result { try DataFolder(root: root).library() }

    /// The calendars and standards that ship, compiled once for all tests.
    public static func library() throws -> Library { try loaded.get() }

    /// The text of one file.
    public static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The paths of a folder's Swift files, in a fixed order.
    public static func swiftFiles(_ folder: String) throws -> [String] {
        let all = try FileManager.default.subpathsOfDirectory(
            atPath: root.appendingPathComponent(folder).path)
        return all.filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
    }

    /// The program, built with the tests.
    public static var program: URL {
        get throws {
            // The test bundle lies beside the products of the same build.
            let folder = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
                .deletingLastPathComponent()
            let here =
                folder
                ?? URL(fileURLWithPath: CommandLine.arguments[0])
                .deletingLastPathComponent()
            return here.appendingPathComponent("kezek")
        }
    }
}

private let heavyWork = DispatchQueue(label: "heavy tests", qos: .background)

/// Runs work of seconds on a thread of its own, one after the other, so that tests which wait for
/// servers and clients are not held up by it.
public func offThePool<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        heavyWork.async { continuation.resume(with: Result { try work() }) }
    }
}
