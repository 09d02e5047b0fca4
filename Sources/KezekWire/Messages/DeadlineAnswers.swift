// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Texts
import WorkingDays

/// The replies about terms and due dates.
extension WireWriter {
    @inline(__always)
    func dueDate(
        _ answer: DueDateAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DueDateReply> {
        try message(kezek__v1__due_date_reply__init) { (message) throws(Full) in
            message.start = try moment(answer.start)
            message.due = try moment(answer.dueAt)
            message.zone = try text(answer.zone)
            message.basis = try basis(answer.basis)
            if let proof = answer.proof { message.proof = try self.proof(proof) }
        }
    }

    private func proof(_ proof: Proof) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Proof> {
        try message(kezek__v1__proof__init) { (message) throws(Full) in
            message.rule = try text(proof.rule)
            let lines = proof.lines
            try column(lines.map(\.date.dayNumber), &message.n_day, &message.day)
            try column(
                lines.map { protobuf_c_boolean($0.counted ? 1 : 0) }, &message.n_counted,
                &message.counted)
            try column(lines.map { UInt32($0.reason) }, &message.n_reason, &message.reason)
            try list(proof.reasons, &message.n_reasons, &message.reasons) {
                (value) throws(Full) in try reason(value)
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
                (policy) throws(Full) in
                try self.message(kezek__v1__applied_policy__init) { (inner) throws(Full) in
                    inner.name = try text(policy.name)
                    inner.value = try text(policy.value)
                    inner.text = try text(policy.text)
                }
            }
            message.sentence = try text(proof.sentence)
        }
    }

    func dueDates(
        _ answer: DueDatesAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DueDatesReply> {
        try message(kezek__v1__due_dates_reply__init) { (message) throws(Full) in
            try column(answer.dueDays, &message.n_due_day, &message.due_day)
            try column(answer.dueSeconds, &message.n_due_second, &message.due_second)
            try column(
                answer.provisionalRows.map { UInt32($0) }, &message.n_provisional_row,
                &message.provisional_row)
            try column(
                answer.refused.map { UInt32($0.row) }, &message.n_refused_row,
                &message.refused_row)
            try column(
                answer.refused.map { UInt32($0.reason.rawValue) }, &message.n_refused_reason,
                &message.refused_reason)
            message.basis = try basis(answer.basis)
        }
    }

    func latestStart(
        _ answer: LatestStartAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__LatestStartReply> {
        try message(kezek__v1__latest_start_reply__init) { (message) throws(Full) in
            message.latest_start = try moment(answer.latestStart)
            message.due = try moment(answer.dueAt)
            message.basis = try basis(answer.basis)
        }
    }

    func timeLeft(
        _ answer: TimeLeftAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__TimeLeftReply> {
        try message(kezek__v1__time_left_reply__init) { (message) throws(Full) in
            message.at = try moment(answer.at)
            message.due = try optional(answer.dueAt)
            message.working_days = UInt32(clamping: answer.workingDays)
            message.working_seconds = UInt64(clamping: answer.workingSeconds)
            message.overdue = answer.isOverdue ? 1 : 0
            message.suspended_since = try optional(answer.suspendedSince)
            message.basis = try basis(answer.basis)
        }
    }

    func workingTime(
        _ answer: WorkingTimeAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WorkingTimeReply> {
        try message(kezek__v1__working_time_reply__init) { (message) throws(Full) in
            message.working_days = Int32(answer.workingDays)
            message.working_seconds = answer.workingSeconds
            message.basis = try basis(answer.basis)
        }
    }

    func officeHours(
        _ answer: OfficeHoursAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__OfficeHoursReply> {
        try message(kezek__v1__office_hours_reply__init) { (message) throws(Full) in
            message.at = try moment(answer.at)
            message.working = answer.isWorking ? 1 : 0
            message.receiving = answer.isReceiving ? 1 : 0
            message.next_opening = try optional(answer.nextOpening)
            message.next_closing = try optional(answer.nextClosing)
            message.next_reception = try optional(answer.nextReception)
            message.next_reception_end = try optional(answer.nextReceptionEnd)
            message.unknown = try text(answer.unknown ?? "")
            message.basis = try basis(answer.basis)
        }
    }

    func standards(
        _ standards: [StandardSummary]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__StandardsReply> {
        try message(kezek__v1__standards_reply__init) { (message) throws(Full) in
            try list(standards, &message.n_standards, &message.standards) {
                (standard) throws(Full) in try self.standard(standard)
            }
        }
    }

    private func standard(
        _ standard: StandardSummary
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__StandardsReply__Standard> {
        try message(kezek__v1__standards_reply__standard__init) { (message) throws(Full) in
            message.id = try text(standard.id)
            message.title = try text(standard.title)
            message.act = try text(standard.act)
            message.calendar = try text(standard.calendar)
            message.zone = try text(standard.zone)
            try texts(standard.offices, &message.n_offices, &message.offices)
            try list(standard.clocks, &message.n_clocks, &message.clocks) {
                (clock) throws(Full) in
                try self.message(kezek__v1__standards_reply__clock__init) {
                    (inner) throws(Full) in
                    inner.id = try text(clock.id)
                    inner.title = try text(clock.title)
                    inner.rule = try text(clock.rule)
                    inner.term = try text(clock.term)
                    inner.office = try text(clock.office)
                    inner.starts_at_reception = clock.startsAtReception ? 1 : 0
                }
            }
        }
    }
}

extension WireReader {
    func dueDate(_ message: Kezek__V1__DueDateReply) throws(Refusal) -> DueDateAnswer {
        DueDateAnswer(
            start: try moment(message.start, "start"), dueAt: try moment(message.due, "due"),
            zone: try text(message.zone, "zone"), basis: try basis(message.basis),
            proof: try message.proof.map { (proof) throws(Refusal) in
                try self.proof(proof.pointee)
            })
    }

    private func proof(_ message: Kezek__V1__Proof) throws(Refusal) -> Proof {
        let table = try list(message.n_reasons, message.reasons) { (inner) throws(Refusal) in
            try reason(inner)
        }
        let days = column(message.n_day, message.day)
        let counted = column(message.n_counted, message.counted)
        let reasons = try places(
            column(message.n_reason, message.reason), below: table.count)
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
                Proof.AppliedPolicy(
                    name: try text(inner.name, "proof.policies.name"),
                    value: try text(inner.value, "proof.policies.value"),
                    text: try text(inner.text, "proof.policies.text"))
            }, sentence: try text(message.sentence, "proof.sentence"))
    }

    private func part(_ start: UInt32, _ end: UInt32) throws(Refusal) -> DayInterval? {
        guard start != 0 || end != 0 else { return nil }
        guard let first = Int32(exactly: start).flatMap(TimeOfDay.init(second:)),
            let last = Int32(exactly: end).flatMap(TimeOfDay.init(second:)),
            let part = DayInterval(start: first, end: last)
        else { throw unknownValue("proof.part_start_second") }
        return part
    }

    func dueDates(_ message: Kezek__V1__DueDatesReply) throws(Refusal) -> DueDatesAnswer {
        let rows = column(message.n_refused_row, message.refused_row)
        let reasons = column(message.n_refused_reason, message.refused_reason)
        let dueDays = column(message.n_due_day, message.due_day)
        let dueSeconds = column(message.n_due_second, message.due_second)
        guard rows.count == reasons.count,
            dueSeconds.count == dueDays.count || dueSeconds.count == 1
        else { throw missing("due_second") }
        var refused: [DueDatesAnswer.RefusedRow] = []
        for (row, raw) in zip(rows, reasons) {
            guard let small = UInt8(exactly: raw), let reason = Refusal.Reason(rawValue: small)
            else { throw unknownValue("refused_reason") }
            refused.append(DueDatesAnswer.RefusedRow(row: Int(row), reason: reason))
        }
        return DueDatesAnswer(
            dueDays: dueDays, dueSeconds: dueSeconds,
            provisionalRows: column(message.n_provisional_row, message.provisional_row)
                .map { Int($0) },
            refused: refused, basis: try basis(message.basis))
    }

    func latestStart(
        _ message: Kezek__V1__LatestStartReply
    ) throws(Refusal) -> LatestStartAnswer {
        LatestStartAnswer(
            latestStart: try moment(message.latest_start, "latest_start"),
            dueAt: try moment(message.due, "due"), basis: try basis(message.basis))
    }

    func timeLeft(_ message: Kezek__V1__TimeLeftReply) throws(Refusal) -> TimeLeftAnswer {
        TimeLeftAnswer(
            at: try moment(message.at, "at"), dueAt: try optionalMoment(message.due, "due"),
            workingDays: Int(message.working_days),
            workingSeconds: Int64(clamping: message.working_seconds),
            isOverdue: message.overdue != 0,
            suspendedSince: try optionalMoment(message.suspended_since, "suspended_since"),
            basis: try basis(message.basis))
    }

    func workingTime(
        _ message: Kezek__V1__WorkingTimeReply
    ) throws(Refusal) -> WorkingTimeAnswer {
        WorkingTimeAnswer(
            workingDays: Int(message.working_days), workingSeconds: message.working_seconds,
            basis: try basis(message.basis))
    }

    func officeHours(
        _ message: Kezek__V1__OfficeHoursReply
    ) throws(Refusal) -> OfficeHoursAnswer {
        let unknown = try text(message.unknown, "unknown")
        return OfficeHoursAnswer(
            at: try moment(message.at, "at"), isWorking: message.working != 0,
            isReceiving: message.receiving != 0,
            nextOpening: try optionalMoment(message.next_opening, "next_opening"),
            nextClosing: try optionalMoment(message.next_closing, "next_closing"),
            nextReception: try optionalMoment(message.next_reception, "next_reception"),
            nextReceptionEnd: try optionalMoment(message.next_reception_end, "next_reception_end"),
            unknown: unknown.isEmpty ? nil : unknown,
            basis: try basis(message.basis))
    }

    func standards(_ message: Kezek__V1__StandardsReply) throws(Refusal) -> [StandardSummary] {
        try list(message.n_standards, message.standards) { (standard) throws(Refusal) in
            var offices: [String] = []
            for name in column(standard.n_offices, standard.offices) {
                offices.append(try text(name, "standards.offices"))
            }
            return StandardSummary(
                id: try text(standard.id, "standards.id"),
                title: try text(standard.title, "standards.title"),
                act: try text(standard.act, "standards.act"),
                calendar: try text(standard.calendar, "standards.calendar"),
                zone: try text(standard.zone, "standards.zone"), offices: offices,
                clocks: try list(standard.n_clocks, standard.clocks) { (clock) throws(Refusal) in
                    StandardSummary.Clock(
                        id: try text(clock.id, "clocks.id"),
                        title: try text(clock.title, "clocks.title"),
                        rule: try text(clock.rule, "clocks.rule"),
                        term: try text(clock.term, "clocks.term"),
                        office: try text(clock.office, "clocks.office"),
                        startsAtReception: clock.starts_at_reception != 0)
                })
        }
    }
}
