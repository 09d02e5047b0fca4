// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What a run of the program left behind.
struct Run {
    let status: Int32
    let output: String
    let errors: String

    /// The output as a JSON object.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(output.utf8))) as? [String: Any] ?? [:]
    }
}

/// What Tests/Sanitizers/run tells the sanitizers: it holds for the programs that tests start, too.
private let sanitizerOptions = ProcessInfo.processInfo.environment
    .filter { ["ASAN_OPTIONS", "TSAN_OPTIONS", "LD_PRELOAD"].contains($0.key) }

/// Runs the program, in the repository's folder.
func kezek(_ arguments: String..., input: String = "") throws -> Run {
    try kezek(arguments, input: input)
}

func kezek(
    _ arguments: [String], input: String = "", environment: [String: String] = [:]
) throws -> Run {
    try kezek(arguments, bytes: Array(input.utf8), environment: environment)
}

func kezek(
    _ arguments: [String], bytes: [UInt8], environment: [String: String] = [:]
) throws -> Run {
    let process = Process()
    process.executableURL = try Repository.program
    process.arguments = arguments
    process.currentDirectoryURL = Repository.root
    process.environment = ["LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        .merging(sanitizerOptions) { $1 }.merging(environment) { $1 }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    // Files rather than pipes: neither side can wait for the other.
    func file(_ name: String, _ text: String) throws -> URL {
        let url = folder.appendingPathComponent(name)
        try text.write(to: url, atomically: true, encoding: .utf8)
        return url
    }
    let (output, errors) = (try file("output", ""), try file("errors", ""))
    let input = try file("input", "")
    try Data(bytes).write(to: input)
    process.standardInput = try FileHandle(forReadingFrom: input)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Run(
        status: process.terminationStatus,
        output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
}

/// A server of the built program on a port of its own.
final class RunningServer {
    let address: String
    private let process = Process()
    private let log: URL

    init() throws {
        log = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data().write(to: log)
        process.executableURL = try Repository.program
        process.arguments = ["serve", "--listen", "127.0.0.1:0"]
        process.currentDirectoryURL = Repository.root
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        var found: String?
        for _ in 0..<500 where found == nil {
            let text = try String(contentsOf: log, encoding: .utf8)
            found = text.firstMatch(of: /address=(127\.0\.0\.1:\d+)/).map { String($0.1) }
            usleep(20_000)
        }
        address = try #require(found)
    }

    /// Asks it to stop, and tells its status.
    func stop() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    var lines: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    deinit {
        if process.isRunning { process.terminate() }
        try? FileManager.default.removeItem(at: log)
    }
}
