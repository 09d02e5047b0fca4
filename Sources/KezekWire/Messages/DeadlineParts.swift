// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Deadlines
import Enquiries
import Texts
import WorkingDays

/// What messages about days and terms have that no shape tells: tables in columns, suspensions that are merged,
/// levels that Swift has other words for.
extension WireWriter {
    func proof(_ proof: Proof) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Proof> {
        try message(kezek__v1__proof__init) { (message) throws(Full) in
            message.rule = try text(proof.rule)
            let lines = proof.lines
            try column(lines.map(\.date.dayNumber), &message.n_day, &message.day)
            try column(
                lines.map { protobuf_c_boolean($0.counted ? 1 : 0) }, &message.n_counted,
                &message.counted)
            try column(lines.map { UInt32($0.reason) }, &message.n_reason, &message.reason)
            try list(proof.reasons, &message.n_reasons, &message.reasons) {
                (value) throws(Full) in try dayReason(value)
            }
            if lines.contains(where: { $0.part != nil }) {
                try column(
                    lines.map { UInt32($0.part?.start.second ?? 0) }, &message.n_part_start_second,
                    &message.part_start_second)
                try column(
                    lines.map { UInt32($0.part?.end.second ?? 0) }, &message.n_part_end_second,
                    &message.part_end_second)
            }
            try list(proof.policies, &message.n_policies, &message.policies) {
                (policy) throws(Full) in try appliedPolicy(policy)
            }
            message.sentence = try text(proof.sentence)
            try list(proof.stages, &message.n_stages, &message.stages) { (stage) throws(Full) in
                try proofStage(stage)
            }
        }
    }

    func suspensions(
        _ suspensions: Suspensions, _ count: inout Int,
        _ target: inout UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__Suspension>?>?
    ) throws(Full) {
        try list(suspensions.list, &count, &target) { (suspension) throws(Full) in
            try self.message(kezek__v1__suspension__init) { (inner) throws(Full) in
                inner.from = try moment(suspension.from)
                if let until = suspension.until { inner.until = try moment(until) }
            }
        }
    }

    func wantsProof(_ isWanted: Bool) throws(Full) -> Kezek__V1__ProofLevel {
        isWanted
            ? KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_FULL : KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_NONE
    }

    func refusedRows(
        _ refused: [DueDatesAnswer.RefusedRow], _ count: inout Int,
        _ rows: inout UnsafeMutablePointer<UInt32>?, _ reasonCount: inout Int,
        _ reasons: inout UnsafeMutablePointer<UInt32>?
    ) throws(Full) {
        try column(refused.map { UInt32($0.row) }, &count, &rows)
        try column(refused.map { UInt32($0.reason.rawValue) }, &reasonCount, &reasons)
    }

    func balanceReply(
        _ answer: BalanceAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__BalanceReply> {
        try message(kezek__v1__balance_reply__init) { (message) throws(Full) in
            message.year = UInt32(answer.year)
            try column(
                answer.months.map { UInt32($0.workingDays) }, &message.n_working_days,
                &message.working_days)
            try column(
                answer.months.map { UInt32($0.workingMinutes) }, &message.n_working_minutes,
                &message.working_minutes)
            message.basis = try basis(answer.basis)
        }
    }
}

extension WireReader {
    func proof(_ message: Kezek__V1__Proof) throws(Refusal) -> Proof {
        let table = try list(message.n_reasons, message.reasons) { (inner) throws(Refusal) in
            try dayReason(inner)
        }
        let days = column(message.n_day, message.day)
        let counted = column(message.n_counted, message.counted)
        let reasons = column(message.n_reason, message.reason).map { Int($0) }
        try requireWithin(table.count, reasons)
        let starts = column(message.n_part_start_second, message.part_start_second)
        let ends = column(message.n_part_end_second, message.part_end_second)
        guard counted.count == days.count, reasons.count == days.count,
            starts.count == ends.count, starts.isEmpty || starts.count == days.count
        else { throw missing("proof.day") }
        var lines: [Proof.Line] = []
        for index in days.indices {
            let part = starts.isEmpty ? nil : try part(starts[index], ends[index])
            lines.append(
                Proof.Line(
                    date: try date(days[index], "proof.day"), part: part,
                    counted: counted[index] != 0, reason: reasons[index]))
        }
        return Proof(
            rule: try text(message.rule, "proof.rule"), lines: lines, reasons: table,
            policies: try list(message.n_policies, message.policies) { (inner) throws(Refusal) in
                try appliedPolicy(inner)
            }, sentence: try text(message.sentence, "proof.sentence"),
            stages: try stages(message, of: lines.count))
    }

    /// Stages whose lines are there, in their order.
    private func stages(
        _ message: Kezek__V1__Proof, of lines: Int
    ) throws(Refusal) -> [Proof.Stage] {
        let stages = try list(message.n_stages, message.stages) { (inner) throws(Refusal) in
            try proofStage(inner)
        }
        guard let last = stages.last, last.firstLine <= lines,
            zip(stages, stages.dropFirst()).allSatisfy({ $0.firstLine <= $1.firstLine })
        else {
            guard stages.isEmpty else { throw unknownValue("proof.stages.first_line") }
            return []
        }
        return stages
    }

    private func part(_ start: UInt32, _ end: UInt32) throws(Refusal) -> DayInterval? {
        guard start != 0 || end != 0 else { return nil }
        guard let first = Int32(exactly: start).flatMap(TimeOfDay.init(second:)),
            let last = Int32(exactly: end).flatMap(EndTime.init(second:)),
            let part = DayInterval(start: first, until: last)
        else { throw unknownValue("proof.part_start_second") }
        return part
    }

    /// Refuses places that a table of so many reasons does not have.
    private func requireWithin(_ count: Int, _ places: [Int]) throws(Refusal) {
        guard places.allSatisfy({ $0 < count }) else { throw unknownValue("reason") }
    }

    /// An answer of which each day has its reason.
    func sound(
        _ answer: CalendarDaysAnswer, _: Kezek__V1__CalendarDaysReply
    ) throws(Refusal) -> CalendarDaysAnswer {
        try requireWithin(answer.reasons.count, answer.days)
        return answer
    }

    @inline(__always)
    func suspensions(
        _ count: Int,
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__Suspension>?>?
    ) throws(Refusal) -> Suspensions {
        count == 0 ? .none : try merged(count, items)
    }

    private func merged(
        _ count: Int,
        _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__Suspension>?>?
    ) throws(Refusal) -> Suspensions {
        guard count <= CallLimit.suspensions else {
            let limit = CallLimit.suspensions
            throw invalid(
                "suspensions", kk: "\(limit) аралықтан аспауы керек.",
                ru: "промежутков не больше \(limit).", en: "at most \(limit) intervals.")
        }
        let list = try list(count, items, at: "suspensions") { (inner) throws(Refusal) in
            guard
                let suspension = Suspension(
                    from: try moment(inner.from, "from"),
                    until: inner.until == nil ? nil : try moment(inner.until, "until"))
            else {
                throw invalid(
                    "until", kk: "жаңарту тоқтатудан кеш болуы керек.",
                    ru: "возобновление должно быть позже приостановления.",
                    en: "the resumption must be later than the suspension.")
            }
            return suspension
        }
        return Suspensions(merging: list)
    }

    func wantsProof(
        _ level: Kezek__V1__ProofLevel, _ field: StaticString
    ) throws(Refusal) -> Bool {
        switch level {
        case KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_FULL: true
        case KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_NONE: false
        default: throw unknownValue("\(field)")
        }
    }

    /// There is a second for each day, or one for all of them.
    func oneSecondOrEach(_ seconds: Int, _ days: Int) throws(Refusal) {
        guard seconds == days || seconds == 1 else { throw missing("due_second") }
    }

    func refusedRows(
        _ count: Int, _ rows: UnsafeMutablePointer<UInt32>?, _ reasonCount: Int,
        _ reasons: UnsafeMutablePointer<UInt32>?
    ) throws(Refusal) -> [DueDatesAnswer.RefusedRow] {
        try same([reasonCount], as: count, "refused_reason")
        var refused: [DueDatesAnswer.RefusedRow] = []
        for (row, reason) in zip(column(count, rows), column(count, reasons)) {
            refused.append(
                DueDatesAnswer.RefusedRow(
                    row: Int(row), reason: try choice(reason, "refused_reason")))
        }
        return refused
    }

    func balanceReply(_ message: Kezek__V1__BalanceReply) throws(Refusal) -> BalanceAnswer {
        let days = column(message.n_working_days, message.working_days)
        let minutes = column(message.n_working_minutes, message.working_minutes)
        guard days.count == 12, minutes.count == 12 else { throw missing("working_days") }
        return BalanceAnswer(
            year: Int(message.year),
            months: zip(days, minutes).enumerated().map { month, balance in
                MonthBalance(
                    month: month + 1, workingDays: Int(balance.0),
                    workingMinutes: Int(balance.1))
            }, basis: try basis(given(message.basis, "basis")))
    }
}
