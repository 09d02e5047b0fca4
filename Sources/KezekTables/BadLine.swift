// SPDX-License-Identifier: Apache-2.0

/// A line of an input that cannot be taken, and why.
public struct BadLine: Error, Hashable, Sendable {
    /// From 1.
    public let line: Int
    public let problem: String

    public init(line: Int, problem: String) {
        self.line = line
        self.problem = problem
    }
}
