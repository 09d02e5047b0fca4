// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import ServiceStandards
import WorkingDays

/// A channel or an event's term with its offices: all but the calendars.
struct ClockPlan: Sendable {
    let channel: Channel
    /// The office that takes what is handed in.
    let office: Office
    /// The office of each stage.
    let stages: [Office]
    let startsAtReception: Bool

    /// The clock by the calendars of weeks, and by the hours as they were known on a day.
    ///
    /// - Throws: what finding a week throws.
    func clock<Failure: Error>(
        asKnownOn known: CivilDate, _ week: (String) throws(Failure) -> WorkingCalendar
    ) throws(Failure) -> StagedClock {
        let start = try start(known, week)
        var clocks: [StagedClock.Stage] = []
        for (place, stage) in channel.stages.enumerated() {
            let office = stages[place]
            let work = OfficeClock(
                calendar: try week(office.week), hours: office.work.open, asKnownOn: known)
            var terms: [TermClock] = []
            for rule in stage.rules {
                let days = if let name = rule.week { try week(name) } else { work.calendar }
                terms.append(
                    TermClock(
                        term: rule.term, days: days, office: work,
                        reception: place == 0 ? start : nil,
                        outsideReception: place == 0 ? outsideReception : .refuse))
            }
            clocks.append(StagedClock.Stage(stage.choice, terms))
        }
        return StagedClock(clocks)
    }

    /// The hours in which the term can start; nil if it can at any time.
    private func start<Failure: Error>(
        _ known: CivilDate, _ week: (String) throws(Failure) -> WorkingCalendar
    ) throws(Failure) -> OfficeClock? {
        guard startsAtReception else { return nil }
        let hours: HoursBook
        switch channel.intake {
        case .receptionHours: hours = office.reception.open
        // What comes outside the working hours waits for them; nobody has to be received.
        case .nextOpening: hours = office.work.open
        case .moment: return nil
        }
        return OfficeClock(calendar: try week(office.week), hours: hours, asKnownOn: known)
    }

    private var outsideReception: TermClock.OutsideReception {
        channel.intake == .nextOpening ? .countFromOpening : .refuse
    }
}

extension CompiledStandard {
    /// A channel or an event's term.
    final class Clock: Sendable {
        let plan: ClockPlan
        /// One per view of the calendar.
        let terms: [StagedClock]
        let words: ClockWords.InEach

        init(plan: ClockPlan, terms: [StagedClock], words: ClockWords.InEach) {
            self.plan = plan
            self.terms = terms
            self.words = words
        }

        var channel: Channel { plan.channel }
        var startsAtReception: Bool { plan.startsAtReception }

        /// The clock by the calendars that an estimate leaves possible.
        func term(_ doubt: Doubt, asKnownOn known: CivilDate) -> StagedClock? {
            term(asKnownOn: known) { doubt.week($0) }
        }

        /// The clock by other calendars; nil if one of its weeks is not among them.
        func term(
            asKnownOn known: CivilDate, _ week: (String) -> WorkingCalendar?
        ) -> StagedClock? {
            try? plan.clock(asKnownOn: known) { (name) throws(NoWeek) in
                guard let found = week(name) else { throw NoWeek() }
                return found
            }
        }
    }

    private struct NoWeek: Error {}
}
