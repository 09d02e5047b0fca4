// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekFiles
import Parties
import Queue

/// `kezek day --import`: books what a file lists, line by line.
struct DayImport {
    let desk: QueueDesk
    let office: OfficeID
    let date: CivilDate
    let channel: BookingChannel
    let json: Bool

    private struct Line {
        let start: TimeOfDay
        let service: ServiceID
        let reference: String
    }

    private struct Report: Encodable {
        struct Bad: Encodable {
            let line: Int
            let problem: String
        }

        var booked: [BookingJSON] = []
        var bad: [Bad] = []
    }

    func run(_ file: String) async throws {
        var lines = LineReader(try QueueInput.open(file))
        var columns: [String]?
        var report = Report()
        func tell(_ bad: BadLine) {
            report.bad.append(Report.Bad(line: bad.line, problem: bad.problem))
            if !json { Terminal.writeError("line \(bad.line): \(bad.problem)\n") }
        }
        while let read = try lines.next() {
            var number = 0
            do {
                let text: String
                (number, text) = try read.get()
                guard !text.allSatisfy(\.isWhitespace) else { continue }
                guard let fields = BulkParser.fields(ofCSV: text) else {
                    throw BadLine(line: number, problem: "a quote is opened and not closed")
                }
                guard let head = columns else {
                    columns = try self.head(fields, number)
                    continue
                }
                let booking = try await book(line(fields, head, number))
                report.booked.append(BookingJSON(booking))
                if !json { try Terminal.write(BookingText(booking, desk.language).line + "\n") }
            } catch let bad as BadLine {
                tell(bad)
                // Without its head no line of a table can be read.
                if columns == nil { break }
            } catch ClientError.refused(let refusal) where !refusal.reason.mayBeRetried {
                let free = refusal.alternatives.map(\.description)
                tell(
                    BadLine(
                        line: number,
                        problem: refusal.message
                            + (free.isEmpty ? "" : " (\(free.joined(separator: ", ")))")))
            }
        }
        if json { try JSONText.print(report) }
        if !report.bad.isEmpty { throw ExitCode(2) }
    }

    private func head(_ fields: [String], _ number: Int) throws(BadLine) -> [String] {
        for column in ["start", "service", "reference"] where !fields.contains(column) {
            throw BadLine(
                line: number,
                problem: "the head line names no column '\(column)': "
                    + fields.joined(separator: ","))
        }
        return fields
    }

    private func line(
        _ fields: [String], _ head: [String], _ number: Int
    ) throws(BadLine) -> Line {
        func bad(_ problem: String) -> BadLine { BadLine(line: number, problem: problem) }
        guard fields.count == head.count else {
            throw bad("expected \(head.count) columns, found \(fields.count)")
        }
        // The head has each of them.
        func value(_ name: String) -> String { fields[head.firstIndex(of: name)!] }
        guard let start = TimeOfDay(value("start")) else {
            throw bad("start: expected a time as 10:00, found '\(value("start"))'")
        }
        guard let service = ServiceID(value("service")) else {
            throw bad("service: expected a service's name, found '\(value("service"))'")
        }
        let reference = value("reference")
        guard (1...ApplicantOptions.referenceLimit).contains(reference.utf8.count) else {
            throw bad("reference: expected 1 to \(ApplicantOptions.referenceLimit) bytes")
        }
        return Line(start: start, service: service, reference: reference)
    }

    /// Holds and confirms a line's slot, under ids that follow from its content.
    private func book(_ line: Line) async throws -> BookingView {
        // A line feed cannot stand in a field, so no two lines give the same text.
        let digest = TextDigest(
            of: [
                "day import", office.description, date.description, line.start.description,
                line.service.description, "\(channel)", line.reference,
            ].joined(separator: "\n"))
        let id = RequestID(high: digest.high, low: digest.low)
        let hold = HoldCommand(
            office: office, service: line.service, date: date, start: line.start,
            channel: channel, applicant: .reference(line.reference))
        guard let held = try await desk.send(.hold(hold), id).booking else {
            throw CommandFailure("the server did not say what it holds")
        }
        return try await desk.send(.booking(held.id, .confirm), id.following).booking ?? held
    }
}

extension RequestID {
    /// The id of a second command that belongs to the first.
    var following: RequestID { RequestID(high: high, low: low &+ 1) }
}
