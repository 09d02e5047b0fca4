// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation

/// The form of bulk input and output.
enum BulkFormat: String, ExpressibleByArgument, CaseIterable {
    case csv, jsonl
}

/// One acceptance of a bulk input, with everything else that stood in its line.
struct BulkRow {
    let line: Int
    let accepted: CivilDateTime
    let standard: String?
    let channel: String?
    /// The line's fields in order, for the output.
    let fields: [(name: String, value: String)]
    /// The line's object, for JSON output.
    let object: [String: Any]
}

/// A line that is no acceptance.
struct BadLine: Error {
    let line: Int
    let problem: String
}

/// Reads lines as acceptances.
struct BulkParser {
    /// The longest line, in bytes.
    static let lineLimit = 64 << 10

    let format: BulkFormat
    private var head: [String]?

    init(format: BulkFormat) { self.format = format }

    /// The row in a line; nil for the head line of CSV and for empty lines.
    mutating func row(_ text: String, line: Int) -> Result<BulkRow, BadLine>? {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        guard text.utf8.count <= Self.lineLimit else {
            return .failure(BadLine(line: line, problem: "longer than \(Self.lineLimit) bytes"))
        }
        switch format {
        case .csv: return csvRow(text, line)
        case .jsonl: return jsonRow(text, line)
        }
    }

    private mutating func csvRow(_ text: String, _ line: Int) -> Result<BulkRow, BadLine>? {
        guard let values = Self.fields(ofCSV: text) else {
            return .failure(BadLine(line: line, problem: "a quote is opened and not closed"))
        }
        guard let head else {
            self.head = values
            guard values.contains("accepted") else {
                return .failure(
                    BadLine(
                        line: line,
                        problem:
                            "the head line names no column 'accepted': \(values.joined(separator: ","))"
                    ))
            }
            return nil
        }
        guard values.count == head.count else {
            return .failure(
                BadLine(
                    line: line, problem: "expected \(head.count) columns, found \(values.count)"))
        }
        let fields = zip(head, values).map { (name: $0, value: $1) }
        func value(_ name: String) -> String? { fields.first { $0.name == name }?.value }
        return make(
            line, accepted: value("accepted"), standard: value("standard"),
            channel: value("channel"), fields: fields, object: [:])
    }

    private func jsonRow(_ text: String, _ line: Int) -> Result<BulkRow, BadLine> {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
            let object = value as? [String: Any]
        else { return .failure(BadLine(line: line, problem: "not a JSON object")) }
        return make(
            line, accepted: object["accepted"] as? String,
            standard: object["standard"] as? String, channel: object["channel"] as? String,
            fields: [], object: object)
    }

    private func make(
        _ line: Int, accepted: String?, standard: String?, channel: String?,
        fields: [(name: String, value: String)], object: [String: Any]
    ) -> Result<BulkRow, BadLine> {
        guard let text = accepted, let moment = CivilDateTime(text) else {
            return .failure(
                BadLine(
                    line: line,
                    problem: "accepted: expected a date and time as 2026-03-19T16:05, "
                        + "found '\(accepted ?? "nothing")'"))
        }
        return .success(
            BulkRow(
                line: line, accepted: moment, standard: standard, channel: channel, fields: fields,
                object: object))
    }

    /// The fields of a CSV line (RFC 4180, without line breaks in fields); nil if a quote is left
    /// open.
    static func fields(ofCSV text: String) -> [String]? {
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var characters = text.makeIterator()
        var next = characters.next()
        while let character = next {
            next = characters.next()
            switch character {
            case "\"" where isQuoted && next == "\"":
                field.append("\"")
                next = characters.next()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                fields.append(field)
                field = ""
            default: field.append(character)
            }
        }
        fields.append(field)
        return isQuoted ? nil : fields
    }

    /// The field as it stands in a CSV line.
    static func csv(_ field: String) -> String {
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else {
            return field
        }
        return "\"" + field.replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
}
