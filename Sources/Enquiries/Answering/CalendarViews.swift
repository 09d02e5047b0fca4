// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Texts
public import WorkingDays

/// One calendar book, compiled for every state of knowledge that differs from the one before.
public struct CalendarViews: Sendable {
    /// The calendars of all weeks in one state of knowledge.
    public final class View: Sendable {
        /// The first day on which this was known.
        public let from: CivilDate
        /// The content hash of everything below.
        public let version: String
        public let weeks: [WorkingCalendar]
        /// What its estimates leave open, compiled at the start for the latest knowledge alone, as most
        /// questions ask for that; nil for the others.
        fileprivate let doubts: [Doubt]?
        /// The weeks with the years after the last that is published, for the latest knowledge alone.
        fileprivate let ahead: [WorkingCalendar]?

        fileprivate init(
            from: CivilDate, version: String, weeks: [WorkingCalendar], doubts: [Doubt]?,
            ahead: [WorkingCalendar]?
        ) {
            self.from = from
            self.version = version
            self.weeks = weeks
            self.doubts = doubts
            self.ahead = ahead
        }

        public func week(_ id: String) throws(CalendarError) -> WorkingCalendar {
            guard let found = weeks.first(where: { $0.week.id == id }) else {
                throw .unknownWeek(id, known: weeks.map(\.week.id))
            }
            return found
        }
    }

    public let book: CalendarBook
    /// The content hash of the file that it was read from; empty where it was not.
    public let source: String
    let zone: TimeZoneRules
    /// The days on which more becomes known: of the calendar, and of the hours of offices that go by it.
    private let knownDates: [CivilDate]
    /// In rising order of `from`.
    ///
    /// Of the days before the first, no year is published.
    let views: [View]

    /// Compiles every state of knowledge of a book.
    ///
    /// `source` is the content hash of the file; `digest` turns the canonical text of a view into a
    /// short one.
    public init(
        book: CalendarBook, zone: TimeZoneRules, source: String = "", digest: (String) -> String
    ) {
        self.book = book
        self.source = source
        self.zone = zone
        let knownDates = book.knownDates
        self.knownDates = knownDates
        views = knownDates.compactMap { known in
            // A state of knowledge without a single whole year answers nothing.
            guard let weeks = try? book.compileAll(asKnownOn: known) else { return nil }
            let text = weeks.map(\.canonicalText).joined()
            let isLast = known == knownDates.last
            return View(
                from: known, version: "\(book.id)-\(digest(text))", weeks: weeks,
                doubts: isLast ? book.doubts(of: weeks) { _ in true } : nil,
                ahead: isLast ? try? book.compileAll(asKnownOn: known, ahead: Self.yearsAhead) : nil
            )
        }
    }

    /// The same, with a view for each of these days too, on which the hours of some office become known.
    func divided(at days: [CivilDate]) -> CalendarViews { CalendarViews(self, dividedAt: days) }

    private init(_ whole: CalendarViews, dividedAt days: [CivilDate]) {
        book = whole.book
        source = whole.source
        zone = whole.zone
        knownDates = Set(whole.knownDates + days).sorted()
        var views = whole.views
        for day in Set(days).sorted() {
            guard let place = views.lastIndex(where: { $0.from <= day }), views[place].from < day
            else { continue }
            let view = views[place]
            views.insert(
                View(
                    from: day, version: view.version, weeks: view.weeks, doubts: view.doubts,
                    ahead: view.ahead), at: place + 1)
        }
        self.views = views
    }

    /// The days after a day on which more becomes known, in rising order.
    public func knownDates(after day: CivilDate) -> [CivilDate] { knownDates.filter { day < $0 } }

    /// How far beyond the last published year a provisional end may lie.
    ///
    /// A term that was suspended for as long as may be ends within it.
    static let yearsAhead = 2

    /// The week of a view, going on for some years that nobody has published; nil if there is none.
    func ahead(_ week: String, of view: View) -> WorkingCalendar? {
        let weeks =
            view.ahead ?? (try? book.compileAll(asKnownOn: view.from, ahead: Self.yearsAhead))
        return weeks?.first { $0.week.id == week }
    }

    /// The place of the view that holds as known on a day.
    func index(asKnownOn day: CivilDate) throws(CalendarError) -> Int {
        var (low, high) = (0, views.count)
        while low < high {
            let middle = (low + high) / 2
            if views[middle].from <= day { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else {
            // Compiling says which year lacks what, as nothing was known that early.
            if let week = book.weeks.first { _ = try book.compile(week: week.id, asKnownOn: day) }
            throw .yearNotPublished(
                year: book.years.lowerBound, calendar: book.id, missing: .yearOutside(book.years))
        }
        return low - 1
    }

    /// The calendars as known on a day.
    /// - Throws: `yearNotPublished` for a day before anything was known.
    public func view(asKnownOn day: CivilDate) throws(CalendarError) -> View {
        views[try index(asKnownOn: day)]
    }

    /// The doubts of a view about days of a range.
    func doubts(of view: View, about range: ClosedRange<CivilDate>) -> [Doubt] {
        let doubts =
            view.doubts
            ?? book.doubts(of: view.weeks) { estimate in
                book.reach(of: estimate).contains { $0.overlaps(range) }
            }
        return doubts.filter { $0.changed.overlaps(range) }
    }

    /// Today's date where the calendar is in force.
    public func today(_ now: Timestamp) -> CivilDate { zone.civil(at: now).date }

    /// When a day is over where the calendar is in force; nil only at the end of all years.
    public func end(of day: CivilDate) -> Timestamp? {
        day.adding(days: 1).flatMap { zone.timestamp(CivilDateTime($0, .midnight)) }
    }
}

extension CalendarBook {
    /// The days of which some may be others were an estimate announced for another day: those that it
    /// leaves open, the substitutes after them, and what is moved to or from one of these.
    fileprivate func reach(of estimate: EstimatedDay) -> [ClosedRange<CivilDate>] {
        let first = estimate.span.lowerBound
        let own = first...estimate.span.widened(by: Desk.reach).upperBound
        let moved = transfers.compactMap { transfer -> CivilDate? in
            if own.contains(transfer.becomesRest) { return transfer.becomesWorking }
            return own.contains(transfer.becomesWorking) ? transfer.becomesRest : nil
        }
        return [own] + moved.map { $0...$0 }
    }

    /// What some of the estimates in the calendars of one state of knowledge leave open.
    fileprivate func doubts(
        of weeks: [WorkingCalendar], about isMeant: (EstimatedDay) -> Bool
    ) -> [Doubt] {
        guard let week = weeks.first else { return [] }
        return week.estimates.filter(isMeant).flatMap(\.suppositions).compactMap { supposition in
            (try? compileAll(asKnownOn: week.asKnownOn, supposing: supposition)).flatMap {
                Doubt(supposition.estimate, weeks: $0, insteadOf: weeks)
            }
        }
    }
}

extension WorkingCalendar {
    /// Everything that an answer can depend on, as lines of text: the input of the content hash.
    ///
    /// Ordinary days follow from the weekdays that rest, so only the others have a line.
    var canonicalText: String {
        let rest = week.restDays.map(\.name).sorted().joined(separator: ",")
        let hours = week.base.balanceMinutes.map { "\($0.key.name)=\($0.value)" }.sorted()
        var text = "\(calendar) \(week.id) \(covered.lowerBound)…\(covered.upperBound) rest=\(rest)"
        text += " \(hours.joined(separator: ","))\n"
        for (from, rule) in weekRuleChanges {
            let rest = rule.restDays.map(\.name).sorted().joined(separator: ",")
            let hours = rule.balanceMinutes.map { "\($0.key.name)=\($0.value)" }.sorted()
            text +=
                "from \(from) rest=\(rest) \(hours.joined(separator: ",")) \(rule.act.title.en)\n"
        }
        for (date, status) in exceptionalDays {
            let counterpart = status.counterpart.map { "\($0.dayNumber)" } ?? "-"
            text += "\(date.dayNumber) \(status.kind.rawValue) \(counterpart) "
            text += "\(status.act.title.en)|\(status.name?.en ?? "-")"
            if let shortened = status.shortened {
                text += " -\(shortened.minutes) \(shortened.act.title.en)"
            }
            if let calendar = status.closedBy { text += " by \(calendar.en)" }
            text += "\n"
        }
        for estimate in estimates {
            text += "estimate \(estimate.date) within \(estimate.withinDays)\n"
        }
        return text
    }
}
