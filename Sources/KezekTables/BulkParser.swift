// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Foundation

/// The form of bulk input and output.
public enum BulkFormat: String, CaseIterable, Sendable {
    case csv, jsonl
}

/// One acceptance of a bulk input, with everything else that stood in its line.
public struct BulkRow {
    public let line: Int
    public let accepted: CivilDateTime
    public let standard: String?
    public let channel: String?
    /// The line's fields in order, for the output.
    public let fields: [(name: String, value: String)]
    /// The line's object, for JSON output.
    public let object: [String: Any]
}

extension String {
    /// The text, or nil if there is none.
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}

/// Reads lines as acceptances.
public struct BulkParser {
    public let format: BulkFormat
    private var head: [String]?

    public init(format: BulkFormat) { self.format = format }

    /// Whether a table's head line is still to come.
    public var lacksHead: Bool { format == .csv && head == nil }

    /// The row in a line; nil for the head line of CSV and for empty lines.
    public mutating func row(_ text: String, line: Int) -> Result<BulkRow, BadLine>? {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        switch format {
        case .csv: return csvRow(text, line)
        case .jsonl: return jsonRow(text, line)
        }
    }

    private mutating func csvRow(_ text: String, _ line: Int) -> Result<BulkRow, BadLine>? {
        guard let values = CSVLine.fields(of: text) else {
            return .failure(BadLine(line: line, problem: "a quote is opened and not closed"))
        }
        guard let head else {
            guard values.contains("accepted") else {
                return .failure(
                    BadLine(
                        line: line,
                        problem:
                            "the head line names no column 'accepted': \(values.joined(separator: ","))"
                    ))
            }
            self.head = values
            return nil
        }
        guard values.count == head.count else {
            return .failure(
                BadLine(
                    line: line, problem: "expected \(head.count) columns, found \(values.count)"))
        }
        let fields = zip(head, values).map { (name: $0, value: $1) }
        func value(_ name: String) -> String? {
            // An empty field is one that the command line may fill.
            fields.first { $0.name == name }?.value.nonEmpty
        }
        return make(
            line, accepted: value("accepted"), standard: value("standard"),
            channel: value("channel"), fields: fields, object: [:])
    }

    private func jsonRow(_ text: String, _ line: Int) -> Result<BulkRow, BadLine> {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)),
            let object = value as? [String: Any]
        else { return .failure(BadLine(line: line, problem: "not a JSON object")) }
        for name in ["accepted", "standard", "channel"] {
            // A value of another type must not pass for one that is absent.
            if let value = object[name], !(value is String), !(value is NSNull) {
                return .failure(BadLine(line: line, problem: "\(name): expected a text"))
            }
        }
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
}
