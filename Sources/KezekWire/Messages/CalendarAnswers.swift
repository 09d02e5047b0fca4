// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Texts
import WorkingDays

/// `Basis`, `DayReason` and the replies about the calendar itself.
extension WireWriter {
    @inline(__always)
    func basis(_ basis: Basis) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Basis> {
        try message(kezek__v1__basis__init) { (message) throws(Full) in
            message.calendar = try text(basis.calendar)
            message.version = try text(basis.version)
            message.as_known_on_day = basis.asKnownOn.dayNumber
            try list(basis.estimates, &message.n_estimates, &message.estimates) {
                (estimate) throws(Full) in
                try self.message(kezek__v1__estimate__init) { (inner) throws(Full) in
                    inner.day = estimate.date.dayNumber
                    inner.within_days = UInt32(estimate.withinDays)
                    inner.name = try text(estimate.name)
                    inner.act = try text(estimate.act)
                }
            }
        }
    }

    func reason(_ reason: Proof.Reason) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DayReason> {
        try message(kezek__v1__day_reason__init) { (message) throws(Full) in
            message.kind = Kezek__V1__ReasonKind(UInt32(reason.kind.rawValue))
            message.text = try text(reason.text)
            message.act = try text(reason.act)
            message.estimated = reason.isEstimate ? 1 : 0
            message.within_days = UInt32(reason.withinDays ?? 0)
        }
    }

    func add(
        _ answer: AddWorkingDaysAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__AddWorkingDaysReply> {
        try message(kezek__v1__add_working_days_reply__init) { (message) throws(Full) in
            message.day = answer.date.dayNumber
            message.basis = try basis(answer.basis)
        }
    }

    func count(
        _ answer: CountWorkingDaysAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CountWorkingDaysReply> {
        try message(kezek__v1__count_working_days_reply__init) { (message) throws(Full) in
            message.working_days = Int32(answer.workingDays)
            message.basis = try basis(answer.basis)
        }
    }

    func days(
        _ answer: CalendarDaysAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CalendarDaysReply> {
        try message(kezek__v1__calendar_days_reply__init) { (message) throws(Full) in
            message.from_day = answer.first.dayNumber
            try column(answer.days.map { UInt32($0) }, &message.n_reason, &message.reason)
            try list(answer.reasons, &message.n_reasons, &message.reasons) {
                (value) throws(Full) in try reason(value)
            }
            message.basis = try basis(answer.basis)
            message.known_since = try optional(answer.knownSince)
        }
    }

    func balance(
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

    func changes(
        _ answer: CalendarChangesAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CalendarChangesReply> {
        try message(kezek__v1__calendar_changes_reply__init) { (message) throws(Full) in
            try list(answer.changes, &message.n_changes, &message.changes) {
                (change) throws(Full) in try self.change(change)
            }
            message.before = try basis(answer.before)
            message.after = try basis(answer.after)
        }
    }

    func change(
        _ change: CalendarChangesAnswer.Change
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CalendarChangesReply__Change> {
        try message(kezek__v1__calendar_changes_reply__change__init) { (message) throws(Full) in
            message.day = change.date.dayNumber
            message.week = try text(change.week)
            message.before = try reason(change.before)
            message.after = try reason(change.after)
            message.act = try text(change.act)
        }
    }
}

extension WireReader {
    func basis(_ message: UnsafeMutablePointer<Kezek__V1__Basis>?) throws(Refusal) -> Basis {
        guard let message = message?.pointee else { throw missing("basis") }
        return Basis(
            calendar: try text(message.calendar, "basis.calendar"),
            version: try text(message.version, "basis.version"),
            asKnownOn: try date(message.as_known_on_day, "basis.as_known_on_day"),
            estimates: try list(message.n_estimates, message.estimates) {
                (inner) throws(Refusal) in
                Basis.Estimate(
                    date: try date(inner.day, "basis.estimates.day"),
                    withinDays: Int(inner.within_days),
                    name: try text(inner.name, "basis.estimates.name"),
                    act: try text(inner.act, "basis.estimates.act"))
            })
    }

    func reason(_ message: Kezek__V1__DayReason) throws(Refusal) -> Proof.Reason {
        guard let raw = UInt8(exactly: message.kind.rawValue), let kind = Proof.Kind(rawValue: raw)
        else { throw unknownValue("reasons.kind") }
        return Proof.Reason(
            kind: kind, text: try text(message.text, "reasons.text"),
            act: try text(message.act, "reasons.act"),
            withinDays: message.estimated != 0 ? Int(message.within_days) : nil)
    }

    private func reason(
        _ message: UnsafeMutablePointer<Kezek__V1__DayReason>?
    ) throws(Refusal) -> Proof.Reason {
        guard let message else { throw missing("changes.before") }
        return try reason(message.pointee)
    }

    /// A column of places in a table of so many reasons.
    func places(_ places: [UInt32], below count: Int) throws(Refusal) -> [Int] {
        guard places.allSatisfy({ Int($0) < count }) else { throw unknownValue("reason") }
        return places.map { Int($0) }
    }

    func add(_ message: Kezek__V1__AddWorkingDaysReply) throws(Refusal) -> AddWorkingDaysAnswer {
        AddWorkingDaysAnswer(
            date: try date(message.day, "day"), basis: try basis(message.basis))
    }

    func count(
        _ message: Kezek__V1__CountWorkingDaysReply
    ) throws(Refusal) -> CountWorkingDaysAnswer {
        CountWorkingDaysAnswer(
            workingDays: Int(message.working_days), basis: try basis(message.basis))
    }

    func days(_ message: Kezek__V1__CalendarDaysReply) throws(Refusal) -> CalendarDaysAnswer {
        let table = try list(message.n_reasons, message.reasons) { (inner) throws(Refusal) in
            try reason(inner)
        }
        return CalendarDaysAnswer(
            first: try date(message.from_day, "from_day"),
            days: try places(column(message.n_reason, message.reason), below: table.count),
            reasons: table, basis: try basis(message.basis),
            knownSince: try optionalDate(message.known_since, "known_since"))
    }

    func balance(_ message: Kezek__V1__BalanceReply) throws(Refusal) -> BalanceAnswer {
        let days = column(message.n_working_days, message.working_days)
        let minutes = column(message.n_working_minutes, message.working_minutes)
        guard days.count == 12, minutes.count == 12 else { throw missing("working_days") }
        return BalanceAnswer(
            year: Int(message.year),
            months: zip(days, minutes).enumerated().map { month, balance in
                MonthBalance(
                    month: month + 1, workingDays: Int(balance.0),
                    workingMinutes: Int(balance.1))
            }, basis: try basis(message.basis))
    }

    func changes(
        _ message: Kezek__V1__CalendarChangesReply
    ) throws(Refusal) -> CalendarChangesAnswer {
        CalendarChangesAnswer(
            changes: try list(message.n_changes, message.changes) { (inner) throws(Refusal) in
                try change(inner)
            }, before: try basis(message.before), after: try basis(message.after))
    }

    func change(
        _ message: Kezek__V1__CalendarChangesReply__Change
    ) throws(Refusal) -> CalendarChangesAnswer.Change {
        CalendarChangesAnswer.Change(
            date: try date(message.day, "changes.day"),
            week: try text(message.week, "changes.week"), before: try reason(message.before),
            after: try reason(message.after), act: try text(message.act, "changes.act"))
    }
}
