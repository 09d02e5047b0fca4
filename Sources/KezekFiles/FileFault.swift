// SPDX-License-Identifier: Apache-2.0

/// One thing that is wrong with a data file, and where.
public struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// 1-based; nil where the fault has no line, as for a file that is missing.
    public let line: Int?
    /// The path of the field, such as `holidays[3].versions[0].known`; empty for the whole file.
    public let field: String
    public let problem: String

    /// `file:line: field: problem`.
    public var description: String {
        let place = line.map { "\(file):\($0)" } ?? file
        return field.isEmpty ? "\(place): \(problem)" : "\(place): \(field): \(problem)"
    }
}

/// Everything that is wrong with the data files, in the order found.
public struct FileFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public let list: [FileFault]

    public var description: String { list.map(\.description).joined(separator: "\n") }
}
