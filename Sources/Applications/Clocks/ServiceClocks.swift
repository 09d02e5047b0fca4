// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Deadlines
public import Enquiries
public import ServiceStandards
public import Texts
import WorkingDays

/// Why a clock has no answer, in the language that was asked for.
public typealias ClockRefusal = Refusal

/// The clocks of one standard at one kind of office, as known today.
public struct ServiceClocks: Sendable {
    public let library: Library
    public let standard: ServiceStandard
    public let kind: Office
    public let now: Timestamp
    public let language: Language

    /// Nil if the library has no such standard, or the standard no such kind of office.
    public init?(
        _ library: Library, standard: String, kind: String, now: Timestamp, language: Language
    ) {
        guard let found = library.standards[standard],
            let office = found.offices.first(where: { $0.id == kind })
        else { return nil }
        self.library = library
        self.standard = found
        self.kind = office
        self.now = now
        self.language = language
    }

    /// The end of a term, that of a channel (R3) or that which follows an event (R5.3, R5.5, R11.1).
    ///
    /// `isNew` says that something is accepted at its start, so that the office must receive then; what
    /// was accepted once stands, whatever the calendar says of that day later.
    public func deadline(
        _ clock: String, from start: CivilDateTime, _ suspensions: Suspensions = .none,
        isNew: Bool = false
    ) throws(Refusal) -> Deadline {
        let answer = try dueDate(
            clock, from: start, suspensions, isNew ? .refuse : .countFromMoment, asKnownOn: nil,
            proof: false)
        return Deadline(
            at: answer.dueAt, asKnownOn: answer.basis.asKnownOn,
            calendarVersion: answer.basis.version, isProvisional: answer.basis.isProvisional)
    }

    /// The end of a term with its proof, as known on a day; nil for today.
    func dueDate(
        _ clock: String, from start: CivilDateTime, _ suspensions: Suspensions,
        _ outsideReception: TermClock.OutsideReception, asKnownOn: CivilDate?, proof: Bool
    ) throws(Refusal) -> DueDateAnswer {
        let question = DueDateQuestion(
            clock: ClockName(standard: standard.id, channel: clock), start: start,
            suspensions: suspensions, outsideReception: outsideReception, asKnownOn: asKnownOn,
            proof: proof)
        guard
            case .dueDate(let answer) = try library.answer(
                .dueDate(question), in: language, now: now)
        else { preconditionFailure("a due date was asked for") }
        return answer
    }

    /// How this kind of office keeps results; nil if the standard does not say.
    var keeping: Keeping? { standard.keeping.first { $0.office == kind.id } }

    /// For how long a result is kept that was ready at a moment and due by another (R5.3).
    func storage(
        readyAt: CivilDateTime, due: CivilDateTime?
    ) throws(Refusal) -> ApplicationEvent.Storage? {
        guard let keeping else { return nil }
        let start =
            switch keeping.from {
            case .ready: readyAt
            case .dueOrReady: max(readyAt, due ?? readyAt)
            }
        return ApplicationEvent.Storage(from: start, until: try storage(keeping, from: start))
    }

    /// The end of a time of storage; where a term in months would end in a year that nobody has
    /// published, its last day as it stands, until a decree brings the year.
    private func storage(
        _ keeping: Keeping, from start: CivilDateTime
    ) throws(Refusal) -> Deadline {
        do throws(Refusal) { return try deadline(keeping.storage, from: start) } catch {
            let term = standard.eventTerms.first { $0.id == keeping.storage }?.termRule.term
            guard error.reason == .yearNotPublished, let term, term.unit == .calendarMonths,
                let last = start.date.adding(months: term.length)
            else { throw error }
            return Deadline(
                at: CivilDateTime(last, kind.work.open.closing), asKnownOn: start.date,
                calendarVersion: "", isProvisional: true)
        }
    }

    /// The end of the day on which a suspension is looked at again: when the office closes.
    func review(by date: CivilDate, today: CivilDate) -> Deadline {
        Deadline(
            at: CivilDateTime(date, kind.work.open.closing), asKnownOn: today,
            calendarVersion: "", isProvisional: false)
    }
}

extension ServiceClocks {
    /// The clock of an application that runs by the calendar, worked out anew by what is known now;
    /// nil if none runs, or a person chose its end.
    ///
    /// - Throws: why the clock has no answer by this calendar.
    public func deadlineAnew(
        _ application: Application, _ terms: RegisterTerms
    ) throws(Refusal) -> Deadline? {
        switch application.phase.clock {
        case .term:
            return try deadline(
                terms.channels[Int(application.handIn.channel)], from: application.handIn.at,
                application.suspensions)
        case .storage:
            guard let keeping, application.clock != nil else { return nil }
            // What was firm does not become provisional because a calendar has lost a year.
            return try deadline(keeping.storage, from: application.clockStart)
        case .redelivery:
            guard let redelivery = keeping?.redelivery else { return nil }
            return try deadline(redelivery, from: application.clockStart)
        case .review, nil: return nil
        }
    }
}
