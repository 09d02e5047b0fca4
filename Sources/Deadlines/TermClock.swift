// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import WorkingDays

/// A term together with the calendars it runs on: all that is needed to say when something is due.
public final class TermClock: Sendable {
    /// What happens to an acceptance outside the hours of reception.
    ///
    /// The numbers are those of the messages and never change.
    public enum OutsideReception: UInt8, Hashable, Sendable {
        /// It is refused, with the next opening.
        case refuse = 0
        /// The term runs from the next opening.
        case countFromOpening = 1
        /// It was accepted all the same, and the term runs from that very moment: as by a calendar by
        /// which the office received then.
        case countFromMoment = 2
    }

    public let term: Term
    /// The week that defines a working day of the term.
    public let days: WorkingCalendar
    /// The working hours of the office where the term ends; they run the minutes, and the due day
    /// ends when they do.
    public let office: OfficeClock
    /// The hours in which the starting event can happen; nil if it can happen at any time.
    public let reception: OfficeClock?
    /// What happens outside those hours where a question does not say.
    public let outsideReception: OutsideReception

    public init(
        term: Term, days: WorkingCalendar, office: OfficeClock, reception: OfficeClock?,
        outsideReception: OutsideReception = .refuse
    ) {
        self.term = term
        self.days = days
        self.office = office
        self.reception = reception
        self.outsideReception = outsideReception
    }

    /// The moment from which the term runs for something handed in at `moment`.
    ///
    /// A channel that takes applications around the clock counts from the next opening even where `rule`
    /// is to refuse, which is what a question says that says nothing.
    ///
    /// - Throws: `outsideReception` if the office does not accept then and `rule` is to refuse.
    public func start(
        _ moment: CivilDateTime, _ rule: OutsideReception
    ) throws(DeadlineError) -> CivilDateTime {
        let rule = rule == .refuse ? outsideReception : rule
        guard let reception, rule != .countFromMoment else { return moment }
        return try DeadlineError.wrapping { () throws(CalendarError) in
            try reception.opening(atOrAfter: moment)
        }.refusing(moment, unless: rule)
    }

    /// When something is due whose term runs from `start`.
    ///
    /// - Throws: `calendar` where a year is not published; `clockStopped` if an open suspension
    ///   keeps the term from ending.
    public func due(
        from start: CivilDateTime, _ suspensions: Suspensions = .none
    ) throws(DeadlineError) -> DueDate {
        switch term.unit {
        case .workingMinutes, .workingHours: try dueInWorkingTime(from: start, suspensions)
        case .calendarHours: try dueInHours(from: start, suspensions)
        case .workingDays: try dueInDays(from: start, suspensions)
        case .calendarDays, .calendarWeeks, .calendarMonths, .calendarYears:
            try dueInCalendarDays(from: start, suspensions)
        }
    }

    /// The end of the day on which a term that ends with a day is due: closing time of the office
    /// (Civil Code, 172–176: an act in an organisation is done by its closing time).
    func endOfDay(_ date: CivilDate) -> CivilDateTime { office.endOfDay(date) }
}

extension CivilDateTime {
    fileprivate func refusing(
        _ moment: CivilDateTime, unless rule: TermClock.OutsideReception
    ) throws(DeadlineError) -> CivilDateTime {
        guard self == moment || rule == .countFromOpening else {
            throw .outsideReception(at: moment, nextOpening: self)
        }
        return self
    }
}

/// When something is due.
public struct DueDate: Hashable, Sendable {
    /// The moment from which the term ran.
    public let start: CivilDateTime
    /// The last moment in time.
    ///
    /// Its date is the due date.
    public let at: CivilDateTime
    /// The day on which the term ended before it was rolled off a non-working day.
    public let nominal: CivilDate

    public var date: CivilDate { at.date }
}
