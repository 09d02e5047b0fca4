// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Deadlines
public import Texts
public import WorkingDays

/// Answers about years that nobody has published yet.
///
/// The week and the holidays on fixed days stand there, and nothing else is known, so whatever is
/// reckoned is provisional: an office needs an end for what it accepts on the last days of a year.
extension Library {
    /// When something is due whose term reaches into such a year; nil if it reaches beyond the years
    /// that can be reckoned.
    ///
    /// - Throws: why there is no answer for another reason, such as outside the hours of reception.
    public func provisionalEnd(
        _ question: DueDateQuestion, in language: Language, now: Timestamp
    ) throws(Refusal) -> CivilDateTime? {
        let desk = Desk(library: self, language: language, now: now)
        let chosen = try desk.clock(
            question.clock, by: question.calendar, asKnownOn: question.asKnownOn)
        guard let term = chosen.ahead else { return nil }
        do throws(DeadlineError) { return try term.due(question).at } catch {
            if case .calendar = error { return nil }
            throw desk.refuse(error)
        }
    }

    /// The first closing time, at a moment or after it, of a working day by which a clock runs; nil for
    /// an unknown clock, and beyond the years that can be reckoned.
    public func closing(
        of clock: ClockName, atOrAfter moment: CivilDateTime, now: Timestamp
    ) -> CivilDateTime? {
        let desk = Desk(library: self, language: .en, now: now)
        guard let chosen = try? desk.clock(clock, asKnownOn: nil) else { return nil }
        return chosen.term.closing(atOrAfter: moment)
            ?? chosen.ahead?.closing(atOrAfter: moment)
    }

    /// The calendar that a kind of office works by, as known today, going on into years that nobody has
    /// published; nil for an unknown office.
    public func officeCalendarAhead(_ name: OfficeName, now: Timestamp) -> WorkingCalendar? {
        compiled[name.standard].flatMap {
            officeCalendarAhead(name, asKnownOn: $0.zone.civil(at: now).date)
        }
    }

    /// The same, as known on a day.
    public func officeCalendarAhead(
        _ name: OfficeName, asKnownOn day: CivilDate
    ) -> WorkingCalendar? {
        guard let standard = compiled[name.standard], let office = standard.offices[name.office],
            let index = try? standard.views.index(asKnownOn: day)
        else { return nil }
        return standard.views.ahead(
            office[index].work.calendar.week.id, of: standard.views.views[index])
    }

    /// A calendar of which a year is taken away that an earlier library had.
    public struct LostYears: Hashable, Sendable {
        public let calendar: String
        /// The years that were published.
        public let had: ClosedRange<Int>
        /// Those that are left.
        public let has: ClosedRange<Int>?
    }

    /// The first calendar that has lost a year, by what is known now or by all that will be.
    public func lostYears(since earlier: Library, now: Timestamp) -> LostYears? {
        for (id, old) in earlier.calendars.sorted(by: { $0.key < $1.key }) {
            guard let new = calendars[id] else { continue }
            for day in [old.today(now), CivilDate.latest] {
                guard let had = old.years(asKnownOn: day) else { continue }
                let has = new.years(asKnownOn: day)
                if let has, has.lowerBound <= had.lowerBound, had.upperBound <= has.upperBound {
                    continue
                }
                return LostYears(calendar: id, had: had, has: has)
            }
        }
        return nil
    }
}

extension CalendarViews {
    /// The years that every week covers; nil if there are none.
    fileprivate func years(asKnownOn day: CivilDate) -> ClosedRange<Int>? {
        guard let weeks = (try? view(asKnownOn: day))?.weeks,
            let first = weeks.map(\.covered.lowerBound).max(),
            let last = weeks.map(\.covered.upperBound).min(), first <= last
        else { return nil }
        return first.year...last.year
    }
}

extension Desk.ChosenClock {
    /// The same, going on into years that nobody has published.
    fileprivate var ahead: StagedClock? {
        clock.term(asKnownOn: view.from) { standard.views.ahead($0, of: view) }
    }
}

extension StagedClock {
    /// By the last stage, which ends the term.
    fileprivate func closing(atOrAfter moment: CivilDateTime) -> CivilDateTime? {
        stages[stages.count - 1].clocks[0].closing(atOrAfter: moment)
    }
}

extension TermClock {
    fileprivate func closing(atOrAfter moment: CivilDateTime) -> CivilDateTime? {
        let isOpen = moment <= office.endOfDay(moment.date)
        let day = isOpen ? try? days.nextOrSame(moment.date) : try? days.next(moment.date)
        return day.map(office.endOfDay)
    }
}
