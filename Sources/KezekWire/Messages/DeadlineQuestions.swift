// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Deadlines
import Enquiries
import Texts

/// `DueDateRequest`, `DueDatesRequest`, `LatestStartRequest`, `TimeLeftRequest`,
/// `WorkingTimeRequest` and `OfficeHoursRequest`.
extension WireWriter {
    func dueDate(
        _ question: DueDateQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DueDateRequest> {
        try message(kezek__v1__due_date_request__init) { (message) throws(Full) in
            message.standard = try text(question.clock.standard)
            message.channel = try text(question.clock.channel)
            message.start = try moment(question.start)
            try list(question.suspensions.list, &message.n_suspensions, &message.suspensions) {
                (suspension) throws(Full) in
                try self.message(kezek__v1__suspension__init) { (inner) throws(Full) in
                    inner.from = try moment(suspension.from)
                    inner.until = try optional(suspension.until)
                }
            }
            message.outside_reception = outsideReception(question.outsideReception)
            message.as_known_on = try optional(question.asKnownOn)
            message.proof =
                question.proof
                ? KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_FULL
                : KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_NONE
        }
    }

    private func outsideReception(
        _ rule: TermClock.OutsideReception
    ) -> Kezek__V1__OutsideReception {
        switch rule {
        case .refuse: KEZEK__V1__OUTSIDE_RECEPTION__OUTSIDE_RECEPTION_REFUSE
        case .countFromMoment:
            KEZEK__V1__OUTSIDE_RECEPTION__OUTSIDE_RECEPTION_COUNT_FROM_MOMENT
        case .countFromOpening:
            KEZEK__V1__OUTSIDE_RECEPTION__OUTSIDE_RECEPTION_COUNT_FROM_OPENING
        }
    }

    func dueDates(
        _ question: DueDatesQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DueDatesRequest> {
        try message(kezek__v1__due_dates_request__init) { (message) throws(Full) in
            message.standard = try text(question.clock.standard)
            message.channel = try text(question.clock.channel)
            message.outside_reception = outsideReception(question.outsideReception)
            message.as_known_on = try optional(question.asKnownOn)
            try column(question.startDays, &message.n_start_day, &message.start_day)
            try column(question.startSeconds, &message.n_start_second, &message.start_second)
        }
    }

    func latestStart(
        _ question: LatestStartQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__LatestStartRequest> {
        try message(kezek__v1__latest_start_request__init) { (message) throws(Full) in
            message.standard = try text(question.clock.standard)
            message.channel = try text(question.clock.channel)
            message.due_by = try moment(question.dueBy)
            message.as_known_on = try optional(question.asKnownOn)
        }
    }

    func timeLeft(
        _ question: TimeLeftQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__TimeLeftRequest> {
        try message(kezek__v1__time_left_request__init) { (message) throws(Full) in
            message.due_date = try dueDate(question.due)
            message.at = try optional(question.at)
        }
    }

    func workingTime(
        _ question: WorkingTimeQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WorkingTimeRequest> {
        try message(kezek__v1__working_time_request__init) { (message) throws(Full) in
            message.standard = try text(question.office.standard)
            message.office = try text(question.office.office)
            message.from = try moment(question.from)
            message.to = try moment(question.to)
            message.as_known_on = try optional(question.asKnownOn)
        }
    }

    func officeHours(
        _ question: OfficeHoursQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__OfficeHoursRequest> {
        try message(kezek__v1__office_hours_request__init) { (message) throws(Full) in
            message.standard = try text(question.office.standard)
            message.office = try text(question.office.office)
            message.at = try optional(question.at)
            message.as_known_on = try optional(question.asKnownOn)
        }
    }
}

extension WireReader {
    @inline(__always)
    func dueDate(_ message: Kezek__V1__DueDateRequest) throws(Refusal) -> DueDateQuestion {
        DueDateQuestion(
            clock: ClockName(
                standard: try name(message.standard, "standard"),
                channel: try name(message.channel, "channel")),
            start: try moment(message.start, "start"),
            suspensions: message.n_suspensions == 0 ? .none : try suspensions(message),
            outsideReception: try outsideReception(message.outside_reception),
            asKnownOn: try optionalDate(message.as_known_on, "as_known_on"),
            proof: try wantsProof(message.proof))
    }

    private func suspensions(_ message: Kezek__V1__DueDateRequest) throws(Refusal) -> Suspensions {
        guard message.n_suspensions <= CallLimit.suspensions else {
            let limit = CallLimit.suspensions
            throw invalid(
                "suspensions",
                LocalizedText(
                    kk: "\(limit) аралықтан аспауы керек.", ru: "промежутков не больше \(limit).",
                    en: "at most \(limit) intervals."))
        }
        let list = try list(message.n_suspensions, message.suspensions, at: "suspensions") {
            (inner) throws(Refusal) in
            guard
                let suspension = Suspension(
                    from: try moment(inner.from, "from"),
                    until: try optionalMoment(inner.until, "until"))
            else {
                throw invalid(
                    "until",
                    LocalizedText(
                        kk: "жаңарту тоқтатудан кеш болуы керек.",
                        ru: "возобновление должно быть позже приостановления.",
                        en: "the resumption must be later than the suspension."))
            }
            return suspension
        }
        return Suspensions(merging: list)
    }

    private func outsideReception(
        _ rule: Kezek__V1__OutsideReception
    ) throws(Refusal) -> TermClock.OutsideReception {
        switch rule {
        case KEZEK__V1__OUTSIDE_RECEPTION__OUTSIDE_RECEPTION_REFUSE: .refuse
        case KEZEK__V1__OUTSIDE_RECEPTION__OUTSIDE_RECEPTION_COUNT_FROM_OPENING: .countFromOpening
        case KEZEK__V1__OUTSIDE_RECEPTION__OUTSIDE_RECEPTION_COUNT_FROM_MOMENT: .countFromMoment
        default: throw unknownValue("outside_reception")
        }
    }

    private func wantsProof(_ level: Kezek__V1__ProofLevel) throws(Refusal) -> Bool {
        switch level {
        case KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_FULL: true
        case KEZEK__V1__PROOF_LEVEL__PROOF_LEVEL_NONE: false
        default: throw unknownValue("proof")
        }
    }

    func dueDates(_ message: Kezek__V1__DueDatesRequest) throws(Refusal) -> DueDatesQuestion {
        DueDatesQuestion(
            clock: ClockName(
                standard: try name(message.standard, "standard"),
                channel: try name(message.channel, "channel")),
            outsideReception: try outsideReception(message.outside_reception),
            asKnownOn: try optionalDate(message.as_known_on, "as_known_on"),
            startDays: column(message.n_start_day, message.start_day),
            startSeconds: column(message.n_start_second, message.start_second))
    }

    func latestStart(
        _ message: Kezek__V1__LatestStartRequest
    ) throws(Refusal) -> LatestStartQuestion {
        LatestStartQuestion(
            clock: ClockName(
                standard: try name(message.standard, "standard"),
                channel: try name(message.channel, "channel")),
            dueBy: try moment(message.due_by, "due_by"),
            asKnownOn: try optionalDate(message.as_known_on, "as_known_on"))
    }

    func timeLeft(_ message: Kezek__V1__TimeLeftRequest) throws(Refusal) -> TimeLeftQuestion {
        guard let due = message.due_date else { throw missing("due_date") }
        return TimeLeftQuestion(
            due: try dueDate(due.pointee), at: try optionalMoment(message.at, "at"))
    }

    func workingTime(
        _ message: Kezek__V1__WorkingTimeRequest
    ) throws(Refusal) -> WorkingTimeQuestion {
        WorkingTimeQuestion(
            office: OfficeName(
                standard: try name(message.standard, "standard"),
                office: try name(message.office, "office")),
            from: try moment(message.from, "from"), to: try moment(message.to, "to"),
            asKnownOn: try optionalDate(message.as_known_on, "as_known_on"))
    }

    func officeHours(
        _ message: Kezek__V1__OfficeHoursRequest
    ) throws(Refusal) -> OfficeHoursQuestion {
        OfficeHoursQuestion(
            office: OfficeName(
                standard: try name(message.standard, "standard"),
                office: try name(message.office, "office")),
            at: try optionalMoment(message.at, "at"),
            asKnownOn: try optionalDate(message.as_known_on, "as_known_on"))
    }
}
