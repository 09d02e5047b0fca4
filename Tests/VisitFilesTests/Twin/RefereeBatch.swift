// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit

/// Plans that the referee in Python judges all at once.
struct RefereeBatch {
    private var lines: [String] = []

    /// Remembers a plan with the seconds on the way that it is said to have.
    mutating func add(_ problem: Data, _ plan: Data, travel: Int) {
        lines.append(
            "{\"problem\": \(String(decoding: problem, as: UTF8.self)), "
                + "\"plan\": \(String(decoding: plan, as: UTF8.self)), \"travel\": \(travel)}")
    }

    /// What the referee says of them: a line for each that is wrong, and how many it has judged.
    func verdict() async throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent("twins-\(UUID().uuidString).jsonl")
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try await Run.of("python3", "Tests/Referee/check_plan.py", "--many", file.path)
            .output
    }
}
