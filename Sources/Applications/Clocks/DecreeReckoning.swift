// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Enquiries
public import Parties
import ServiceStandards
public import Texts

/// Works the clocks of registers out anew, by other calendars than those by which they were.
public struct DecreeReckoning {
    private let old: Library
    private let new: Library
    private let now: Timestamp
    private let language: Language
    private let tellsCauses: Bool
    /// The calendar of the office whose register is reckoned; empty for the standard's.
    private var calendar = ""
    /// Changed days by the clock and the version that it was worked out by: their place in `changes`.
    private var known: [Key: Range<Int>] = [:]

    private struct Key: Hashable {
        let clock: ClockName
        /// That of the office, where it has one of its own.
        let calendar: String
        let version: String
    }

    /// Days that are no longer what they were; in date order for each week and earlier version, then those
    /// that move nothing.
    public private(set) var changes: [CalendarChangesAnswer.Change] = []

    /// What comes of one register.
    public struct Outcome: Sendable {
        /// An event for each clock that moves, and for each term that is judged.
        public fileprivate(set) var events: [ApplicationEvent] = []
        public fileprivate(set) var moved: [MovedClock] = []
        /// How many clocks run in it, and how many terms are judged.
        public fileprivate(set) var running = 0
        /// Clocks that have no answer by the new calendars.
        public fileprivate(set) var unanswered = 0
        /// Clocks whose end lies in a year that nobody has published, and is provisional until then.
        public fileprivate(set) var withoutYear = 0
    }

    /// Without `tellsCauses` it is not told which days have moved a clock.
    public init(
        old: Library, new: Library, now: Timestamp, language: Language, tellsCauses: Bool = true
    ) {
        self.tellsCauses = tellsCauses
        self.old = old
        self.new = new
        self.now = now
        self.language = language
    }

    /// Tells every day that changes for a clock of any standard, also where nothing runs that it moves.
    public mutating func tellAllChanges() {
        for standard in new.standards.values.sorted(by: { $0.id < $1.id }) {
            let today = new.zone(standard.zone)?.civil(at: now).date ?? .earliest
            for clock in standard.channels.map(\.id) + standard.eventTerms.map(\.id) {
                let found = new.changedDays(
                    of: ClockName(standard: standard.id, channel: clock), since: old,
                    asKnownOn: today, in: language, now: now)
                let told = Set(changes.map { ChangedDay(date: $0.date, week: $0.week) })
                changes += found.filter {
                    !told.contains(ChangedDay(date: $0.date, week: $0.week))
                }
            }
        }
    }

    private struct ChangedDay: Hashable {
        let date: CivilDate
        let week: String
    }

    /// What moving the clocks of a register would record, at a moment on its office's wall clock.
    ///
    /// `calendar` is that of the office; empty for the standard's.
    public mutating func reckon(
        _ register: ApplicationRegister, _ office: OfficeID, _ date: CivilDate,
        by calendar: String = "", at local: CivilDateTime
    ) -> Outcome {
        self.calendar = calendar
        var outcome = Outcome()
        outcome.running = register.open
        var clocks: ServiceClocks?
        for application in register.applications
        where application.phase.hasClock || application.isUnjudged {
            if clocks?.standard.id != application.standard || clocks?.kind.id != application.kind {
                clocks = ServiceClocks(
                    new.working(by: calendar), standard: application.standard,
                    kind: application.kind, now: now, language: language)
            }
            guard let clocks else {
                outcome.unanswered += 1
                continue
            }
            let id = ApplicationID(office: office, date: date, number: application.number)
            reckon(application, id, register.terms, clocks, local, &outcome)
            judge(application, id, register.terms, clocks, &outcome)
        }
        return outcome
    }

    private mutating func reckon(
        _ application: Application, _ id: ApplicationID, _ terms: RegisterTerms,
        _ clocks: ServiceClocks, _ local: CivilDateTime, _ outcome: inout Outcome
    ) {
        guard let before = application.clock, let kind = application.phase.clock else { return }
        do throws(Refusal) {
            guard let after = try clocks.deadlineAnew(application, terms, at: local) else {
                return
            }
            if after.isAwaitingYear { outcome.withoutYear += 1 }
            guard after.at != before.at || after.isProvisional != before.isProvisional else {
                return
            }
            outcome.events.append(.clockMoved(application.number, to: after))
            // An estimate that came true moves nothing, but it is no estimate any more.
            guard after.at != before.at, let name = clocks.clock(of: kind, application, terms)
            else { return }
            let clock = ClockName(standard: application.standard, channel: name)
            outcome.moved.append(
                MovedClock(
                    id: id, kind: kind, from: before.at, to: after.at,
                    changes: cause(clock, application.clockStart, before, after)))
        } catch { outcome.unanswered += 1 }
    }

    /// Lets the year that has come decide over what was done while no calendar had its end.
    private mutating func judge(
        _ application: Application, _ id: ApplicationID, _ terms: RegisterTerms,
        _ clocks: ServiceClocks, _ outcome: inout Outcome
    ) {
        guard application.isUnjudged, let before = application.due,
            let end = clocks.judgement(application, terms, from: before)
        else { return }
        outcome.running += 1
        outcome.events.append(.termJudged(application.number, by: end))
        guard end.at != before.at else { return }
        let channel = terms.channels[Int(application.handIn.channel)]
        let clock = ClockName(standard: application.standard, channel: channel)
        outcome.moved.append(
            MovedClock(
                id: id, kind: .term, from: before.at, to: end.at,
                changes: cause(clock, application.handIn.at, before, end)))
    }

    /// The changed days between the start of a clock and the later of its two ends.
    private mutating func cause(
        _ clock: ClockName, _ start: CivilDateTime, _ before: Deadline, _ after: Deadline
    ) -> Range<Int> {
        guard tellsCauses else { return 0..<0 }
        let key = Key(clock: clock, calendar: calendar, version: before.calendarVersion)
        let all = known[key] ?? find(key, before)
        let last = max(before.at, after.at).date
        let first = changes[all].firstIndex { $0.date >= start.date } ?? all.upperBound
        let end = changes[first..<all.upperBound].firstIndex { $0.date > last } ?? all.upperBound
        return first..<end
    }

    private mutating func find(_ key: Key, _ before: Deadline) -> Range<Int> {
        let found = new.working(by: calendar).changedDays(
            of: key.clock, since: old.working(by: calendar), asKnownOn: before.asKnownOn,
            in: language, now: now)
        // Clocks of one week see the same days.
        let same = known.values.first { Array(changes[$0]) == found }
        let range = same ?? changes.count..<changes.count + found.count
        if same == nil { changes += found }
        known[key] = range
        return range
    }
}
