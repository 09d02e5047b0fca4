// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import KezekClient
import KezekTables
import KezekWire
import Texts

/// Asks for the due dates of rows, clock by clock.
struct BulkAnswers {
    private let command: DueCommand
    private let source: AnswerSource
    private let language: Language
    private var zones: StandardZones

    init(command: DueCommand, source: AnswerSource) {
        self.command = command
        self.source = source
        language = command.source.chosenLanguage
        zones = StandardZones(source: source, options: command.source)
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

    /// The due date of each row, or what is wrong with it.
    ///
    /// - Throws: what keeps the source from answering at all.
    mutating func answer(_ rows: [BulkRow]) async throws -> [Result<BulkDueDate, BadLine>] {
        var results = [Result<BulkDueDate, BadLine>?](repeating: nil, count: rows.count)
        var groups: [Group: [Start]] = [:]
        for (place, row) in rows.enumerated() {
            guard let channel = row.channel ?? command.channel else {
                results[place] = .failure(BadLine(line: row.line, problem: Self.noChannel))
                continue
            }
            let clock = ClockName(standard: row.standard ?? command.standard, channel: channel)
            do {
                let start = try await start(row.accepted, of: clock.standard)
                groups[Group(clock: clock, isTimed: start.time != nil), default: []].append(
                    Start(place: place, date: start.date, time: start.time))
            } catch {
                results[place] = .failure(BadLine(line: row.line, problem: error.problem))
            }
        }
        for (group, starts) in groups { try await ask(group, starts, rows, &results) }
        return zip(rows, results).map { row, result in
            result ?? .failure(BadLine(line: row.line, problem: Self.outOfRange))
        }
    }

    private struct Problem: Error { let problem: LocalizedText }

    /// A moment as the wall clock of a standard's zone shows it.
    private mutating func start(
        _ written: WrittenMoment, of standard: String
    ) async throws(Problem) -> (date: CivilDate, time: TimeOfDay?) {
        guard let offset = written.offset, let time = written.time else {
            return (written.date, written.time)
        }
        guard let zone = await zones.zone(of: standard) else {
            // Of a standard that there is not, its own refusal tells more.
            guard await zones.knows(standard) else { return (written.date, time) }
            throw Problem(problem: Self.noZone)
        }
        let second =
            Int64(written.date.dayNumber) * 86_400 + Int64(time.second) - Int64(offset.seconds)
        guard let moment = Timestamp(second: second).map(zone.civil(at:)) else {
            throw Problem(problem: Self.outOfRange)
        }
        return (moment.date, moment.time)
    }

    private mutating func ask(
        _ group: Group, _ starts: [Start], _ rows: [BulkRow],
        _ results: inout [Result<BulkDueDate, BadLine>?]
    ) async throws {
        let question = DueDatesQuestion(
            clock: group.clock, outsideReception: command.rules.outsideReception,
            asKnownOn: command.asKnownOn, startDays: starts.map(\.date.dayNumber),
            startSeconds: group.isTimed ? starts.compactMap { $0.time?.second } : [])
        let answer: DueDatesAnswer
        switch try await found(question) {
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
            ? await zones.zone(of: group.clock.standard) : nil
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

    /// The answer, or the refusal of the question as a whole.
    private func found(
        _ question: DueDatesQuestion
    ) async throws -> Result<DueDatesAnswer, Refusal> {
        do {
            let found = try await source.ask(.dueDates(question), in: language)
            return .success(found)
        } catch let refusal as Refusal {
            return .failure(refusal)
        } catch ClientError.refused(let refusal) {
            return .failure(refusal)
        }
    }
}

// What is wrong with a row; the single form of the command says it in full.
extension BulkAnswers {
    private static let noChannel = LocalizedText(
        kk: "channel: мұнда да, пәрмен жолында да жоқ",
        ru: "channel: нет ни здесь, ни в командной строке",
        en: "channel: missing here and on the command line")
    private static let outOfRange = LocalizedText(
        kk: "accepted: 1 жылдан 9999 жылға дейінгі аралықтан тыс",
        ru: "accepted: вне лет с 1 по 9999", en: "accepted: outside the years 1 to 9999")
    private static let noZone = LocalizedText(
        kk: "accepted: ауытқуды түсінуге стандарт белдеуінің ережелері керек; --data арқылы "
            + "деректер қалтасын көрсетіңіз немесе ауытқусыз жергілікті уақытты жазыңыз",
        ru: "accepted: чтобы понять смещение, нужны правила пояса стандарта; укажите папку данных "
            + "в --data или запишите местное время без смещения",
        en: "accepted: an offset can be read only with the rules of the standard's zone; name the "
            + "data folder with --data, or write local time without an offset")

    /// A question of dates alone, of a term that runs in minutes, is refused for the column that it
    /// lacks.
    private static func problem(_ refusal: Refusal, _ start: Start) -> LocalizedText {
        guard start.time == nil, refusal.field == "start_second" else {
            return LocalizedText(kk: refusal.message, ru: refusal.message, en: refusal.message)
        }
        let date = start.date
        return LocalizedText(
            kk: "accepted: мерзім минутпен есептеледі, сондықтан уақыт та керек: \(date)T16:05",
            ru: "accepted: срок считается в минутах, поэтому нужно и время: \(date)T16:05",
            en: "accepted: the term runs in minutes, so the time is needed too, as \(date)T16:05")
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
        case .dateOutOfRange: return outOfRange
        default:
            return LocalizedText(
                kk: "accepted: \(moment): жауап жоқ (\(reason))",
                ru: "accepted: \(moment): ответа нет (\(reason))",
                en: "accepted: \(moment): no answer (\(reason))")
        }
    }
}
