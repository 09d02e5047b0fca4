// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import KezekClient
import KezekTables
import KezekWire
import Texts

/// Rows that are asked one by one.
struct RowAsking {
    let source: AnswerSource
    let language: Language
    var moments: BulkMoments

    init(_ source: AnswerSource, _ options: SourceOptions) {
        self.source = source
        language = options.chosenLanguage
        moments = BulkMoments(source: source, options: options)
    }

    /// The answer, or the refusal, of one question.
    func found<Answer>(_ question: Question<Answer>) async throws -> Result<Answer, Refusal> {
        try await Self.found(question, source, language)
    }

    private static func found<Answer>(
        _ question: Question<Answer>, _ source: AnswerSource, _ language: Language
    ) async throws -> Result<Answer, Refusal> {
        do { return .success(try await source.ask(question, in: language)) } catch let refusal
            as Refusal
        {
            return .failure(refusal)
        } catch ClientError.refused(let refusal) {
            return .failure(refusal)
        }
    }

    /// Questions that are under way at a time.
    private static var together: Int { 128 }

    /// The answers, or the refusals, of questions in their order; a server is asked many at a time.
    func found<Answer>(
        _ questions: [Question<Answer>]
    ) async throws -> [Result<Answer, Refusal>] {
        let (source, language) = (source, language)
        var results = [Result<Answer, Refusal>?](repeating: nil, count: questions.count)
        try await withThrowingTaskGroup(of: (Int, Result<Answer, Refusal>).self) { group in
            for (place, question) in questions.enumerated() {
                if place >= Self.together, let (done, result) = try await group.next() {
                    results[done] = result
                }
                group.addTask { (place, try await Self.found(question, source, language)) }
            }
            while let (done, result) = try await group.next() { results[done] = result }
        }
        return results.map { $0! }
    }

    /// What a step finds in each row, or what is wrong with the row.
    mutating func each(
        _ rows: [BulkRow],
        _ step: (BulkRow, inout RowAsking) async throws -> Result<[String], Refusal>
    ) async throws -> [Result<[String], BadLine>] {
        var results: [Result<[String], BadLine>] = []
        results.reserveCapacity(rows.count)
        for row in rows {
            do {
                switch try await step(row, &self) {
                case .success(let values): results.append(.success(values))
                case .failure(let refusal):
                    let message = LocalizedText(
                        kk: refusal.message, ru: refusal.message, en: refusal.message)
                    results.append(.failure(BadLine(line: row.line, problem: message)))
                }
            } catch let problem as BulkMoments.Problem {
                results.append(.failure(BadLine(line: row.line, problem: problem.problem)))
            }
        }
        return results
    }

    /// The clock that a row names, or else the command line does.
    static func clock(
        _ row: BulkRow, standard: String, channel: String?
    ) throws(BulkMoments.Problem) -> ClockName {
        guard let channel = row.channel ?? channel else {
            throw BulkMoments.Problem(problem: noChannel)
        }
        return ClockName(standard: row.standard ?? standard, channel: channel)
    }

    static let noChannel = missing("channel")

    static func missing(_ name: String) -> LocalizedText {
        LocalizedText(
            kk: "\(name): мұнда да, пәрмен жолында да жоқ",
            ru: "\(name): нет ни здесь, ни в командной строке",
            en: "\(name): missing here and on the command line")
    }
}

/// `kezek time-left --bulk`.
struct TimeLeftAnswers: BulkAnswering {
    static let shape = BulkShape.timeLeft

    let clock: ClockOptions
    let rules: StartRules
    let at: CivilDateTime?
    var asking: RowAsking

    mutating func answer(_ rows: [BulkRow]) async throws -> [Result<[String], BadLine>] {
        let (clock, rules, at) = (clock, rules, at)
        return try await asking.each(rows) { row, asking in
            let name = try RowAsking.clock(row, standard: clock.standard, channel: clock.channel)
            let start = try await asking.moments.exact(
                row.accepted, of: name.standard, in: "accepted", alone: .midnight)
            var moment = at
            if let own = row.others["at"] {
                moment = try await asking.moments.exact(own, of: name.standard, in: "at")
            }
            let question = TimeLeftQuestion(
                due: DueDateQuestion(
                    clock: name, start: start,
                    suspensions: try await asking.moments.suspensions(row, of: name.standard),
                    // A date alone says nothing of the hours of reception.
                    outsideReception: row.accepted.time == nil
                        ? .countFromMoment : rules.outsideReception,
                    asKnownOn: clock.asKnownOn, proof: false, calendar: clock.calendar), at: moment)
            switch try await asking.found(.timeLeft(question)) {
            case .failure(let refusal): return .failure(refusal)
            case .success(let left):
                var (due, since) = ("", "")
                if let moment = left.dueAt {
                    due = await asking.moments.text(moment, row, of: name.standard)
                }
                if let moment = left.suspendedSince {
                    since = await asking.moments.text(moment, row, of: name.standard)
                }
                return .success([
                    due, "\(left.workingDays)", "\(left.workingSeconds / 60)",
                    "\(left.calendarDays)", "\(left.usedPercent)", "\(left.isOverdue)", since,
                    "\(left.basis.isProvisional)", left.basis.version,
                ])
            }
        }
    }
}

/// `kezek latest-start --bulk`.
struct LatestStartAnswers: BulkAnswering {
    static let shape = BulkShape.latestStart

    let clock: ClockOptions
    var asking: RowAsking

    mutating func answer(_ rows: [BulkRow]) async throws -> [Result<[String], BadLine>] {
        let clock = clock
        return try await asking.each(rows) { row, asking in
            let name = try RowAsking.clock(row, standard: clock.standard, channel: clock.channel)
            // A date alone means the end of that day.
            let due = try await asking.moments.exact(
                row.accepted, of: name.standard, in: "due", alone: TimeOfDay(second: 86_399))
            let question = LatestStartQuestion(
                clock: name, dueBy: due, asKnownOn: clock.asKnownOn, calendar: clock.calendar)
            switch try await asking.found(.latestStart(question)) {
            case .failure(let refusal): return .failure(refusal)
            case .success(let found):
                return .success([
                    await asking.moments.text(found.latestStart, row, of: name.standard),
                    await asking.moments.text(found.dueAt, row, of: name.standard),
                    "\(found.basis.isProvisional)", found.basis.version,
                ])
            }
        }
    }
}

/// `kezek working-time --bulk`.
struct WorkingTimeAnswers: BulkAnswering {
    static let shape = BulkShape.workingTime

    let office: OfficeOptions
    var asking: RowAsking

    mutating func answer(_ rows: [BulkRow]) async throws -> [Result<[String], BadLine>] {
        let options = office
        return try await asking.each(rows) { row, asking in
            guard let office = row.office ?? options.office else {
                throw BulkMoments.Problem(problem: RowAsking.missing("office"))
            }
            let standard = row.standard ?? options.standard
            let from = try await asking.moments.exact(
                row.accepted, of: standard, in: "from", alone: .midnight)
            guard let end = row.others["to"] else {
                throw BulkMoments.Problem(problem: RowAsking.missing("to"))
            }
            let to = try await asking.moments.exact(
                end, of: standard, in: "to", alone: .midnight)
            let question = WorkingTimeQuestion(
                office: OfficeName(standard: standard, office: office), from: from, to: to,
                asKnownOn: options.asKnownOn, calendar: options.calendar)
            switch try await asking.found(.workingTime(question)) {
            case .failure(let refusal): return .failure(refusal)
            case .success(let found):
                return .success([
                    "\(found.workingDays)", "\(found.workingSeconds / 60)",
                    "\(found.basis.isProvisional)", found.basis.version,
                ])
            }
        }
    }
}
