// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import KezekClient
import KezekTables
import KezekWire
import Texts

/// `kezek due --bulk`: asks for the due dates of rows, clock by clock.
struct DueAnswers: BulkAnswering {
    static let shape = BulkShape.due

    private let command: DueCommand
    private var asking: RowAsking

    init(command: DueCommand, source: AnswerSource) {
        self.command = command
        asking = RowAsking(source, command.source)
    }

    /// Rows that are asked for together.
    private struct Group: Hashable {
        let clock: ClockName
        /// Whether they have a time of day, or are dates alone.
        let isTimed: Bool
    }

    /// A row by its place, with its start on the wall clock of its standard.
    private struct Start {
        let place: Int
        let date: CivilDate
        let time: TimeOfDay?
    }

    mutating func answer(_ rows: [BulkRow]) async throws -> [Result<[String], BadLine>] {
        try await dueDates(rows).enumerated().map { place, found in
            found.map { due in
                let form = rows[place].accepted.form
                return [
                    form.text(due.at.date), form.text(due.at, offset: due.offset),
                    "\(due.isProvisional)", due.version,
                ]
            }
        }
    }

    /// The due date of each row, or what is wrong with it.
    private mutating func dueDates(
        _ rows: [BulkRow]
    ) async throws -> [Result<BulkDueDate, BadLine>] {
        var results = [Result<BulkDueDate, BadLine>?](repeating: nil, count: rows.count)
        var groups: [Group: [Start]] = [:]
        var suspended: [(start: Start, question: DueDateQuestion)] = []
        for (place, row) in rows.enumerated() {
            do {
                let clock = try RowAsking.clock(
                    row, standard: command.standard, channel: command.channel)
                let start = try await asking.moments.moment(
                    row.accepted, of: clock.standard, in: "accepted")
                guard row.suspensions.isEmpty else {
                    let start = Start(place: place, date: start.date, time: start.time)
                    suspended.append((start, try await question(row, clock, start)))
                    continue
                }
                groups[Group(clock: clock, isTimed: start.time != nil), default: []].append(
                    Start(place: place, date: start.date, time: start.time))
            } catch let problem as BulkMoments.Problem {
                results[place] = .failure(BadLine(line: row.line, problem: problem.problem))
            }
        }
        for (group, starts) in groups { try await ask(group, starts, rows, &results) }
        let found = try await asking.found(
            suspended.map { Question<DueDateAnswer>.dueDate($0.question) })
        for ((start, question), found) in zip(suspended, found) {
            let row = rows[start.place]
            switch found {
            case .failure(let refusal):
                results[start.place] = .failure(
                    BadLine(line: row.line, problem: Self.problem(refusal, start)))
            case .success(let answer):
                results[start.place] = .success(await due(answer, row, question))
            }
        }
        return zip(rows, results).map { row, result in
            result
                ?? .failure(
                    BadLine(line: row.line, problem: BulkMoments.outOfRange("accepted")))
        }
    }

    /// The question about a row whose term stood still; such rows are asked many at a time.
    private mutating func question(
        _ row: BulkRow, _ clock: ClockName, _ start: Start
    ) async throws -> DueDateQuestion {
        DueDateQuestion(
            clock: clock, start: CivilDateTime(start.date, start.time ?? .midnight),
            suspensions: try await asking.moments.suspensions(row, of: clock.standard),
            // A date alone says nothing of the hours of reception.
            outsideReception: start.time == nil
                ? .countFromMoment : command.rules.outsideReception,
            asKnownOn: command.asKnownOn, proof: false, calendar: command.calendar)
    }

    private mutating func due(
        _ answer: DueDateAnswer, _ row: BulkRow, _ question: DueDateQuestion
    ) async -> BulkDueDate {
        let zone =
            row.accepted.form.hasOffset
            ? await asking.moments.zone(of: question.clock.standard) : nil
        return BulkDueDate(
            at: answer.dueAt,
            offset: zone.flatMap { $0.timestamp(answer.dueAt).map($0.offset(at:)) },
            isProvisional: answer.basis.isProvisional, version: answer.basis.version)
    }

    private mutating func ask(
        _ group: Group, _ starts: [Start], _ rows: [BulkRow],
        _ results: inout [Result<BulkDueDate, BadLine>?]
    ) async throws {
        let question = DueDatesQuestion(
            clock: group.clock, outsideReception: command.rules.outsideReception,
            asKnownOn: command.asKnownOn, startDays: starts.map(\.date.dayNumber),
            startSeconds: group.isTimed ? starts.compactMap { $0.time?.second } : [],
            calendar: command.calendar)
        let answer: DueDatesAnswer
        switch try await asking.found(.dueDates(question)) {
        case .failure(let refusal):
            // A clock that there is not spoils its own rows alone.
            for start in starts {
                let row = rows[start.place]
                results[start.place] = .failure(
                    BadLine(line: row.line, problem: Self.problem(refusal, start)))
            }
            return
        case .success(let found): answer = found
        }
        guard answer.dueDays.count == starts.count else {
            throw CommandFailure(
                "the server answered \(answer.dueDays.count) of \(starts.count) rows")
        }
        var refused: [Int: Refusal.Reason] = [:]
        for row in answer.refused { refused[row.row] = row.reason }
        let provisional = Set(answer.provisionalRows)
        let zone =
            starts.contains { rows[$0.place].accepted.form.hasOffset }
            ? await asking.moments.zone(of: group.clock.standard) : nil
        for (index, start) in starts.enumerated() {
            let row = rows[start.place]
            if let reason = refused[index] {
                results[start.place] = .failure(
                    BadLine(line: row.line, problem: Self.problem(reason, start)))
                continue
            }
            let second =
                answer.dueSeconds.count == 1 ? answer.dueSeconds[0] : answer.dueSeconds[index]
            guard let date = CivilDate(dayNumber: answer.dueDays[index]),
                let time = TimeOfDay(second: second)
            else { continue }
            let at = CivilDateTime(date, time)
            results[start.place] = .success(
                BulkDueDate(
                    at: at, offset: zone.flatMap { $0.timestamp(at).map($0.offset(at:)) },
                    isProvisional: provisional.contains(index), version: answer.basis.version))
        }
    }
}

// What is wrong with a row; the single form of the command says it in full.
extension DueAnswers {
    /// A question of dates alone, of a term that ends to the second, is refused for the column that it
    /// lacks.
    private static func problem(_ refusal: Refusal, _ start: Start) -> LocalizedText {
        guard start.time == nil, refusal.field == "start_second" else {
            return LocalizedText(kk: refusal.message, ru: refusal.message, en: refusal.message)
        }
        let date = start.date
        return LocalizedText(
            kk:
                "accepted: мерзім минутпен немесе сағатпен есептеледі, уақыт та керек: \(date)T16:05",
            ru:
                "accepted: срок считается в минутах или часах, поэтому нужно и время: \(date)T16:05",
            en:
                "accepted: the term runs in minutes or hours, so the time is needed too, as \(date)T16:05"
        )
    }

    private static func problem(_ reason: Refusal.Reason, _ start: Start) -> LocalizedText {
        let moment = start.time.map { "\(CivilDateTime(start.date, $0))" } ?? "\(start.date)"
        switch reason {
        case .outsideReception:
            return LocalizedText(
                kk: "accepted: \(moment) — қабылдау уақытынан тыс; --count-from-opening туралы "
                    + "анықтаманы қараңыз",
                ru: "accepted: \(moment) — вне часов приёма; см. --count-from-opening",
                en: "accepted: \(moment) is outside the hours of reception; see "
                    + "--count-from-opening")
        case .yearNotPublished:
            return LocalizedText(
                kk: "accepted: \(moment) мерзіміне күнтізбесі жарияланбаған жыл керек",
                ru: "accepted: сроку от \(moment) нужен год, календарь которого не опубликован",
                en: "accepted: the term of \(moment) needs a year without a published calendar")
        case .dateOutOfRange: return BulkMoments.outOfRange("accepted")
        default:
            return LocalizedText(
                kk: "accepted: \(moment): жауап жоқ (\(reason))",
                ru: "accepted: \(moment): ответа нет (\(reason))",
                en: "accepted: \(moment): no answer (\(reason))")
        }
    }
}
