// SPDX-License-Identifier: Apache-2.0

public import Texts

/// What is wrong with a file, and where.
public struct VisitFileFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The line, from 1; nil if the fault has none.
    public let line: Int?
    /// The path of a field, such as `jobs[3].service`; nil if the fault has none.
    public let field: String?
    public let reason: Phrase

    init(line: Int, _ reason: Phrase) {
        self.line = line
        field = nil
        self.reason = reason
    }

    init(field: String, _ reason: Phrase) {
        line = nil
        self.field = field
        self.reason = reason
    }

    /// A key that is there twice, at its second place.
    init(_ key: RepeatedKey) {
        line = key.line
        field = key.path
        reason = "is there twice"
    }

    init(_ reason: Phrase) {
        line = nil
        field = nil
        self.reason = reason
    }

    /// Where it is and what is wrong, in the language of whoever reads it.
    public var words: Phrase {
        switch (line, field) {
        case (let line?, let field?): "line \(line): \(field): \(reason)"
        case (let line?, nil): "line \(line): \(reason)"
        case (nil, let field?): "\(field): \(reason)"
        case (nil, nil): reason
        }
    }

    /// In English.
    public var description: String { words.description }
}

/// How large a file may be.
public enum VisitFileLimits {
    public static let bytes = 512 << 20
    /// The greatest coordinate, demand or time in a text instance.
    public static let number = 1e9
    public static let customers = 10_000
    /// The most nodes whose distances a text may state.
    public static let statedNodes = 3_000
}
