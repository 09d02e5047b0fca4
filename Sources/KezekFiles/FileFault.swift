// SPDX-License-Identifier: Apache-2.0

public import Foundation
public import Texts
import Yams

/// One thing that is wrong with a data file, and where.
public struct FileFault: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// 1-based; nil where the fault has no line, as for a file that is missing.
    public let line: Int?
    /// The path of the field, such as `holidays[3].versions[0].known`; empty for the whole file.
    public let field: String
    public let problem: Phrase

    /// In English.
    public var description: String { text(in: .en) }

    /// `file:line: field: problem`, in a language.
    public func text(in language: Language) -> String { phrase[language] }

    /// The same in every language.
    public var phrase: Phrase {
        let place = line.map { "\(file):\($0)" } ?? file
        return field.isEmpty ? "\(place): \(problem)" : "\(place): \(field): \(problem)"
    }
}

/// Everything that is wrong with the data files, in the order found.
public struct FileFaults: Error, Hashable, Sendable, CustomStringConvertible {
    public let list: [FileFault]

    public init(list: [FileFault]) { self.list = list }

    /// In English.
    public var description: String { text(in: .en) }

    /// A line for each, in a language.
    public func text(in language: Language) -> String {
        list.map { $0.text(in: language) }.joined(separator: "\n")
    }
}

extension FileFault {
    /// A name at the top of a file that is none of those that there are.
    public static func misnamed(
        in url: URL, _ field: String, _ found: String, choices: [String]
    ) -> FileFault {
        let root = try? YAMLFile.root(of: url, named: url.relativePath)
        let line = (try? root?.entries())?.first { $0.key == field }?.value.node.mark?.line
        return FileFault(
            file: url.relativePath, line: line, field: field,
            problem: "expected one of \(choices.joined(separator: ", ")), found '\(found)'")
    }

    /// What somebody who knows more than the file refuses of it, in the language that it is told in; `path` are
    /// the keys of the field from the top.
    public static func refused(in url: URL, _ path: [String], _ why: String) -> FileFault {
        var field = try? YAMLFile.root(of: url, named: url.relativePath)
        for key in path { field = (try? field?.entries())?.first { $0.key == key }?.value }
        return FileFault(
            file: url.relativePath, line: field?.node.mark?.line,
            field: path.joined(separator: "."), problem: "\(why)")
    }
}
