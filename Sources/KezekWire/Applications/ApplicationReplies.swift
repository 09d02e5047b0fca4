// SPDX-License-Identifier: Apache-2.0

import Applications
import CKezekWire
import CivilTime
import Enquiries
import Parties

/// The answers about applications.
extension WireWriter {
    func fill(_ message: inout Kezek__V1__Response, _ answer: ApplicationAnswer) throws(Full) {
        switch answer {
        case .intakeCheck(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_INTAKE_CHECK
            message.intake_check = try intake(answer)
        case .application(let view):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_APPLICATION
            message.application = try application(view)
        case .paper(let content):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_PAPER
            message.paper = try self.message(kezek__v1__paper_reply__init) {
                (inner) throws(Full) in inner.content = try text(content)
            }
        case .status(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_APPLICATION_STATUS
            message.application_status = try status(answer)
        case .workingList(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_WORKING_LIST
            message.working_list = try workingList(answer)
        case .punctuality(let answer):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_PUNCTUALITY
            message.punctuality = try punctuality(answer)
        case .decrees(let decrees):
            message.reply_case = KEZEK__V1__RESPONSE__REPLY_DECREES
            message.decrees = try self.decrees(decrees)
        }
    }

    private func intake(
        _ answer: IntakeAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__IntakeCheckReply> {
        try message(kezek__v1__intake_check_reply__init) { (message) throws(Full) in
            message.complete = answer.isComplete ? 1 : 0
            message.ground = try text(answer.ground)
            try list(answer.lines, &message.n_lines, &message.lines) { (line) throws(Full) in
                try self.message(kezek__v1__intake_check_reply__line__init) {
                    (inner) throws(Full) in
                    inner.document = try text(line.document)
                    inner.rule = try text(line.rule)
                    inner.title = try text(line.title)
                    inner.asked_for = line.isAskedFor ? 1 : 0
                    inner.needs_copy = line.needsCopy ? 1 : 0
                    inner.given_back = line.isGivenBack ? 1 : 0
                    if let presented = line.presented { inner.presented = try document(presented) }
                    try column(
                        line.problems.map { Kezek__V1__IntakeProblem(UInt32($0.rawValue)) },
                        &inner.n_problems, &inner.problems)
                }
            }
        }
    }

    private func application(
        _ view: ApplicationView
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ApplicationReply> {
        try message(kezek__v1__application_reply__init) { (message) throws(Full) in
            message.application = try name(view.id)
            message.revision = view.revision
            message.standard = try text(view.standard)
            message.channel = try text(view.channel)
            message.papers = try papers(view.profile, view.documents)
            message.consent = Kezek__V1__Consent(UInt32(view.consent?.rawValue ?? 0))
            message.ticket = try text(view.ticket)
            message.handed_in_at = try moment(view.handedInAt)
            message.phase = Kezek__V1__Phase(UInt32(view.phase.rawValue))
            message.changed_at = try moment(view.changedAt)
            message.due = try optional(view.due)
            if let clock = view.clock {
                message.clock = try self.message(kezek__v1__application_reply__clock__init) {
                    (inner) throws(Full) in
                    inner.kind = Kezek__V1__ClockKind(UInt32(clock.kind.rawValue))
                    inner.start = try moment(clock.start)
                    inner.end = try optional(clock.end)
                }
            }
            try list(view.suspended, &message.n_suspensions, &message.suspensions) {
                (time) throws(Full) in
                try self.message(kezek__v1__application_reply__suspension__init) {
                    (inner) throws(Full) in
                    inner.from = try moment(time.from)
                    inner.until = try optional(time.until)
                    inner.reason = try text(time.reason)
                    try list(time.reviews, &inner.n_reviews, &inner.reviews) {
                        (review) throws(Full) in
                        try self.message(kezek__v1__application_reply__review__init) {
                            (message) throws(Full) in
                            message.at = try moment(review.at)
                            message.by = try moment(review.by)
                            message.reason = try text(review.reason)
                        }
                    }
                }
            }
            if let result = view.result {
                message.result = try self.message(kezek__v1__application_reply__result__init) {
                    (inner) throws(Full) in
                    inner.at = try moment(result.at)
                    inner.ground = try text(result.ground ?? "")
                    inner.note = try text(result.note)
                }
            }
            message.recipient = Kezek__V1__Recipient(UInt32(view.recipient?.rawValue ?? 0))
            message.withdrawal_reason = try text(view.withdrawal)
            try list(view.failing, &message.n_failing, &message.failing) {
                (failing) throws(Full) in
                try self.message(kezek__v1__application_reply__failing__init) {
                    (inner) throws(Full) in
                    inner.document = try text(failing.id)
                    try column(
                        failing.problems.map { Kezek__V1__IntakeProblem(UInt32($0.rawValue)) },
                        &inner.n_problems, &inner.problems)
                }
            }
        }
    }

    private func status(
        _ answer: StatusAnswer
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__StatusReply> {
        try message(kezek__v1__status_reply__init) { (message) throws(Full) in
            message.application = try name(answer.id)
            message.phase = Kezek__V1__Phase(UInt32(answer.phase.rawValue))
            message.handed_in_at = try moment(answer.handedInAt)
            message.until = try optional(answer.until)
            message.provisional = answer.isProvisional ? 1 : 0
            message.sentence = try text(answer.sentence)
        }
    }

    private func punctuality(
        _ answer: Punctuality
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__PunctualityReply> {
        try message(kezek__v1__punctuality_reply__init) { (message) throws(Full) in
            try list(answer.rows, &message.n_rows, &message.rows) { (row) throws(Full) in
                try self.message(kezek__v1__punctuality_reply__row__init) {
                    (inner) throws(Full) in
                    inner.office = try text(row.office.description)
                    inner.channel = try text(row.channel)
                    inner.from_day = row.from.dayNumber
                    inner.accepted = UInt32(clamping: row.accepted)
                    inner.in_time = UInt32(clamping: row.inTime)
                    inner.late = UInt32(clamping: row.late)
                    inner.running = UInt32(clamping: row.running)
                    inner.overdue = UInt32(clamping: row.overdue)
                    inner.withdrawn = UInt32(clamping: row.withdrawn)
                }
            }
        }
    }

    private func decrees(
        _ decrees: [DecreeSummary]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DecreesReply> {
        try message(kezek__v1__decrees_reply__init) { (message) throws(Full) in
            try list(decrees, &message.n_decrees, &message.decrees) { (decree) throws(Full) in
                try self.message(kezek__v1__decrees_reply__decree__init) {
                    (inner) throws(Full) in
                    inner.number = decree.number
                    inner.at = decree.at.second
                    inner.calendar = try text(decree.calendar)
                    inner.version = try text(decree.version)
                    inner.clocks = UInt32(clamping: decree.clocks)
                    inner.bookings = UInt32(clamping: decree.bookings)
                }
            }
        }
    }
}

extension WireReader {
    /// The answer, if it is one about applications; nil for any other.
    func applicationAnswer(
        _ message: Kezek__V1__Response
    ) throws(Refusal) -> ApplicationAnswer? {
        switch message.reply_case {
        case KEZEK__V1__RESPONSE__REPLY_INTAKE_CHECK:
            .intakeCheck(try intake(message.intake_check.pointee))
        case KEZEK__V1__RESPONSE__REPLY_APPLICATION:
            .application(try application(message.application.pointee))
        case KEZEK__V1__RESPONSE__REPLY_PAPER:
            .paper(try text(message.paper.pointee.content, "paper.content"))
        case KEZEK__V1__RESPONSE__REPLY_APPLICATION_STATUS:
            .status(try status(message.application_status.pointee))
        case KEZEK__V1__RESPONSE__REPLY_WORKING_LIST:
            .workingList(try workingList(message.working_list.pointee))
        case KEZEK__V1__RESPONSE__REPLY_PUNCTUALITY:
            .punctuality(try punctuality(message.punctuality.pointee))
        case KEZEK__V1__RESPONSE__REPLY_DECREES:
            .decrees(try decrees(message.decrees.pointee))
        default: nil
        }
    }

    private func intake(_ message: Kezek__V1__IntakeCheckReply) throws(Refusal) -> IntakeAnswer {
        IntakeAnswer(
            lines: try list(message.n_lines, message.lines) { (line) throws(Refusal) in
                let problems = try problems(line.n_problems, line.problems)
                return IntakeAnswer.Line(
                    document: try text(line.document, "lines.document"),
                    rule: try text(line.rule, "lines.rule"),
                    title: try text(line.title, "lines.title"), isAskedFor: line.asked_for != 0,
                    needsCopy: line.needs_copy != 0, isGivenBack: line.given_back != 0,
                    presented: try line.presented.map { (inner) throws(Refusal) in
                        try document(inner.pointee)
                    }, problems: problems)
            }, isComplete: message.complete != 0, ground: try text(message.ground, "ground"))
    }

    private func application(
        _ message: Kezek__V1__ApplicationReply
    ) throws(Refusal) -> ApplicationView {
        let (profile, documents) = try papers(message.papers)
        return ApplicationView(
            id: try application(message.application), revision: message.revision,
            standard: try text(message.standard, "standard"),
            channel: try text(message.channel, "channel"), profile: profile,
            consent: try consent(message.consent.rawValue), documents: documents,
            ticket: try text(message.ticket, "ticket"),
            handedInAt: try moment(message.handed_in_at, "handed_in_at"),
            phase: try choice(message.phase.rawValue, "phase"),
            changedAt: try moment(message.changed_at, "changed_at"),
            due: try optionalClockEnd(message.due, "due"),
            clock: try message.clock.map { (clock) throws(Refusal) in
                ApplicationView.Clock(
                    kind: try choice(clock.pointee.kind.rawValue, "clock.kind"),
                    start: try moment(clock.pointee.start, "clock.start"),
                    end: try optionalClockEnd(clock.pointee.end, "clock.end"))
            },
            suspended: try list(message.n_suspensions, message.suspensions) {
                (inner) throws(Refusal) in
                SuspendedTime(
                    from: try moment(inner.from, "suspensions.from"),
                    until: try optionalMoment(inner.until, "suspensions.until"),
                    reason: try text(inner.reason, "suspensions.reason"),
                    reviews: try list(inner.n_reviews, inner.reviews) {
                        (review) throws(Refusal) in
                        SuspendedTime.Review(
                            at: try moment(review.at, "reviews.at"),
                            by: try moment(review.by, "reviews.by"),
                            reason: try text(review.reason, "reviews.reason"))
                    })
            },
            result: try message.result.map { (result) throws(Refusal) in
                let ground = try text(result.pointee.ground, "result.ground")
                return ApplicationView.Result(
                    at: try moment(result.pointee.at, "result.at"),
                    ground: ground.isEmpty ? nil : ground,
                    note: try text(result.pointee.note, "result.note"))
            },
            recipient: message.recipient.rawValue == 0
                ? nil : try choice(message.recipient.rawValue, "recipient"),
            failing: try list(message.n_failing, message.failing) { (inner) throws(Refusal) in
                ApplicationRefusal.FailingDocument(
                    id: try text(inner.document, "failing.document"),
                    problems: try problems(inner.n_problems, inner.problems))
            }, withdrawal: try text(message.withdrawal_reason, "withdrawal_reason"))
    }

    private func problems(
        _ count: Int, _ values: UnsafeMutablePointer<Kezek__V1__IntakeProblem>?
    ) throws(Refusal) -> [IntakeProblem] {
        var problems: [IntakeProblem] = []
        for problem in column(count, values) {
            problems.append(try choice(problem.rawValue, "problems"))
        }
        return problems
    }

    private func status(_ message: Kezek__V1__StatusReply) throws(Refusal) -> StatusAnswer {
        StatusAnswer(
            id: try application(message.application),
            phase: try choice(message.phase.rawValue, "phase"),
            handedInAt: try moment(message.handed_in_at, "handed_in_at"),
            until: try optionalMoment(message.until, "until"),
            isProvisional: message.provisional != 0,
            sentence: try text(message.sentence, "sentence"))
    }

    private func punctuality(
        _ message: Kezek__V1__PunctualityReply
    ) throws(Refusal) -> Punctuality {
        Punctuality(
            rows: try list(message.n_rows, message.rows) { (row) throws(Refusal) in
                Punctuality.Row(
                    office: try office(row.office, "rows.office"),
                    channel: try text(row.channel, "rows.channel"),
                    from: try date(row.from_day, "rows.from_day"), accepted: Int(row.accepted),
                    inTime: Int(row.in_time), late: Int(row.late), running: Int(row.running),
                    overdue: Int(row.overdue), withdrawn: Int(row.withdrawn))
            })
    }

    private func decrees(_ message: Kezek__V1__DecreesReply) throws(Refusal) -> [DecreeSummary] {
        try list(message.n_decrees, message.decrees) { (decree) throws(Refusal) in
            guard let at = Timestamp(second: decree.at) else { throw unknownValue("decrees.at") }
            return DecreeSummary(
                number: decree.number, at: at, calendar: try text(decree.calendar, "calendar"),
                version: try text(decree.version, "version"), clocks: Int(decree.clocks),
                bookings: Int(decree.bookings))
        }
    }
}
