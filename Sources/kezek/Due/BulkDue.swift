// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekClient
import KezekTables

/// `kezek due --bulk`: reads acceptances in batches, asks for their due dates, and writes a line
/// for each good one in the order of the input.
struct BulkDue {
    /// Lines that are asked for at a time.
    static let batch = 20_000

    let command: DueCommand

    func run() async throws {
        let source = try command.source.source()
        var state = Progress()
        var parser: BulkParser?
        var rows: [BulkRow] = []
        var lines = LineReader(.standardInput)
        while let read = try lines.next() {
            guard case .success(let (line, text)) = read else {
                if case .failure(let bad) = read { state.tell(bad) }
                continue
            }
            guard !text.allSatisfy(\.isWhitespace) else { continue }
            if parser == nil {
                let isJSON = text.drop(while: \.isWhitespace).hasPrefix("{")
                parser = BulkParser(format: isJSON ? .jsonl : .csv)
            }
            switch parser?.row(text, line: line) {
            case .success(let row)?: rows.append(row)
            case .failure(let bad)?:
                state.tell(bad)
                // Without its head no line of a table can be read.
                if parser?.lacksHead == true { throw ExitCode(2) }
            case nil: break
            }
            if rows.count >= Self.batch {
                try await answer(rows, source, outputFormat(parser), &state)
                rows.removeAll(keepingCapacity: true)
            }
        }
        try await answer(rows, source, outputFormat(parser), &state)
        await source.close()
        state.finish()
        if state.bad > 0 { throw ExitCode(2) }
    }

    /// The form asked for, or that of the input.
    private func outputFormat(_ parser: BulkParser?) -> BulkFormat {
        command.format ?? (command.source.json ? .jsonl : parser?.format ?? .csv)
    }

    /// Asks clock by clock, and writes in the order of the input.
    private func answer(
        _ rows: [BulkRow], _ source: AnswerSource, _ format: BulkFormat, _ state: inout Progress
    ) async throws {
        var results: [Int: Result<Due, BadLine>] = [:]
        var groups: [ClockName: [BulkRow]] = [:]
        for row in rows {
            guard let channel = row.channel ?? command.channel else {
                results[row.line] = .failure(
                    BadLine(
                        line: row.line, problem: "channel: missing here and on the command line"))
                continue
            }
            let name = ClockName(standard: row.standard ?? command.standard, channel: channel)
            groups[name, default: []].append(row)
        }
        for (clock, rows) in groups { try await ask(clock, rows, source, &results) }
        var output = ""
        for row in rows {
            switch results[row.line] {
            case .success(let due)?:
                if !state.headIsWritten, format == .csv { output += head(row) }
                state.headIsWritten = true
                output += try text(row, due, format)
                state.good += 1
            case .failure(let bad)?: state.tell(bad)
            case nil: break
            }
        }
        try Terminal.write(output)
        state.show()
    }

    private struct Due {
        let at: CivilDateTime
        let isProvisional: Bool
        let version: String
    }

    private func ask(
        _ clock: ClockName, _ rows: [BulkRow], _ source: AnswerSource,
        _ results: inout [Int: Result<Due, BadLine>]
    ) async throws {
        let question = DueDatesQuestion(
            clock: clock, outsideReception: command.rules.outsideReception,
            asKnownOn: command.asKnownOn, startDays: rows.map(\.accepted.date.dayNumber),
            startSeconds: rows.map(\.accepted.time.second))
        let language = command.source.chosenLanguage
        let answer: DueDatesAnswer
        do {
            guard
                case .dueDates(let found) = try await source.ask(.dueDates(question), in: language)
            else { return }
            answer = found
        } catch let error as Refusal {
            // A clock that there is not spoils its own lines alone.
            for row in rows {
                results[row.line] = .failure(BadLine(line: row.line, problem: error.message))
            }
            return
        } catch ClientError.refused(let refusal) {
            for row in rows {
                results[row.line] = .failure(BadLine(line: row.line, problem: refusal.message))
            }
            return
        }
        guard answer.dueDays.count == rows.count else {
            throw CommandFailure(
                "the server answered \(answer.dueDays.count) of \(rows.count) rows")
        }
        var refused: [Int: Refusal.Reason] = [:]
        for row in answer.refused { refused[row.row] = row.reason }
        let provisional = Set(answer.provisionalRows)
        for (index, row) in rows.enumerated() {
            if let reason = refused[index] {
                results[row.line] = .failure(
                    BadLine(line: row.line, problem: Self.problem(reason, row)))
                continue
            }
            let second =
                answer.dueSeconds.count == 1 ? answer.dueSeconds[0] : answer.dueSeconds[index]
            guard let date = CivilDate(dayNumber: answer.dueDays[index]),
                let time = TimeOfDay(second: second)
            else { continue }
            results[row.line] = .success(
                Due(
                    at: CivilDateTime(date, time), isProvisional: provisional.contains(index),
                    version: answer.basis.version))
        }
    }

    /// What is wrong with one row; the single form of the command says it in full.
    private static func problem(_ reason: Refusal.Reason, _ row: BulkRow) -> String {
        switch reason {
        case .outsideReception:
            "accepted: \(row.accepted) is outside the hours of reception; see --count-from-opening"
        case .yearNotPublished:
            "accepted: the term of \(row.accepted) needs a year without a published calendar"
        default: "accepted: \(row.accepted): \(reason)"
        }
    }

    private func head(_ row: BulkRow) -> String {
        (row.fields.map { CSVLine.text(of: $0.name) }
            + ["dueDate", "dueAt", "provisional", "calendarVersion"]).joined(separator: ",") + "\n"
    }

    private func text(_ row: BulkRow, _ due: Due, _ format: BulkFormat) throws -> String {
        switch format {
        case .csv:
            let added = [
                due.at.date.description, due.at.description, "\(due.isProvisional)", due.version,
            ]
            return (row.fields.map { CSVLine.text(of: $0.value) } + added).joined(separator: ",")
                + "\n"
        case .jsonl:
            var object = row.object
            if object.isEmpty { for field in row.fields { object[field.name] = field.value } }
            object["dueDate"] = due.at.date.description
            object["dueAt"] = due.at.description
            object["provisional"] = due.isProvisional
            object["calendarVersion"] = due.version
            let data = try JSONSerialization.data(
                withJSONObject: object, options: [.sortedKeys, .withoutEscapingSlashes])
            return String(decoding: data, as: UTF8.self) + "\n"
        }
    }

    /// What was done so far, shown on a terminal while it goes on.
    private struct Progress {
        var good = 0
        var bad = 0
        var headIsWritten = false

        mutating func tell(_ bad: BadLine) {
            self.bad += 1
            Terminal.writeError(
                "\(Terminal.showsProgress ? "\r" : "")line \(bad.line): \(bad.problem)\n")
        }

        func show() {
            if Terminal.showsProgress {
                Terminal.writeError("\r\(good) due dates, \(bad) bad lines")
            }
        }

        func finish() {
            if Terminal.showsProgress { Terminal.writeError("\n") }
        }
    }
}
