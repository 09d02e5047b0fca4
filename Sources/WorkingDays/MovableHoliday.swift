// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// A holiday whose day is announced each time anew, such as the first day of Kurban Ait.
public struct MovableHoliday: Hashable, Sendable {
    /// How sure a day is.
    public enum Certainty: Hashable, Sendable {
        case announced
        /// Computed before any announcement; the day announced may lie so many days away.
        case estimated(withinDays: Int)
        /// Taken back by an act: this time the holiday is not observed.
        case takenBack
    }

    /// The day of one occurrence, as it became known once.
    ///
    /// Of several for one occurrence the one known last holds.
    public struct Dated: Hashable, Sendable {
        public let date: CivilDate
        /// The number of the occurrence, such as its lunar year; nil where nearness tells.
        public let occurrence: Int?
        public let known: CivilDate
        public let certainty: Certainty
        public let act: Act

        public init(
            date: CivilDate, occurrence: Int? = nil, known: CivilDate, certainty: Certainty,
            act: Act
        ) {
            self.date = date
            self.occurrence = occurrence
            self.known = known
            self.certainty = certainty
            self.act = act
        }
    }

    /// The most days from one date to the next of the same occurrence, where no number tells them
    /// apart: half a lunar year.
    ///
    /// A lunar year has 354 or 355 days, so one Gregorian year can have two occurrences, and an
    /// announcement can move one into another Gregorian year.
    public static let reach = 177

    public let id: String
    public let name: LocalizedText
    public let substituted: Bool
    /// The years in which it is observed; none where it always is.
    public let versions: [Observance]
    public let dates: [Dated]
    /// The dates of each occurrence, in rising order of their days.
    ///
    /// Dates of one number belong together; so do dates without a number if none lies more than
    /// ``reach`` days after the one before it.
    public let occurrences: [[Dated]]

    public init(
        id: String, name: LocalizedText, substituted: Bool, versions: [Observance] = [],
        dates: [Dated]
    ) {
        self.id = id
        self.name = name
        self.substituted = substituted
        self.versions = versions
        self.dates = dates
        occurrences = Self.occurrences(of: dates)
    }

    private static func occurrences(of dates: [Dated]) -> [[Dated]] {
        var numbered: [Int: [Dated]] = [:]
        var near: [[Dated]] = []
        for dated in dates.sorted(by: { $0.date < $1.date }) {
            if let number = dated.occurrence {
                numbered[number, default: []].append(dated)
            } else if let last = near.last?.last, last.date.days(until: dated.date) <= reach {
                near[near.count - 1].append(dated)
            } else {
                near.append([dated])
            }
        }
        return (near + numbered.values).sorted { $0[0].date < $1[0].date }
    }

    /// The day of each occurrence of which something was known on a day.
    func days(asKnownOn day: CivilDate) -> [Dated] {
        occurrences.compactMap { $0.version(asKnownOn: day) }
    }

    /// Whether the holiday is observed in a year, as known on a day.
    public func isObserved(in year: Int, asKnownOn day: CivilDate) -> Bool {
        versions.isEmpty || versions.standing(asKnownOn: day)?.holds(in: year) == true
    }

    /// Whether the year's days were known on a day: one of them at least, and none is missing that
    /// became known later.
    ///
    /// Of a year in which it is not observed nothing is missing.
    func isKnown(in year: Int, asKnownOn day: CivilDate) -> Bool {
        guard isObserved(in: year, asKnownOn: day) else { return true }
        var hasDay = false
        for occurrence in occurrences {
            if let version = occurrence.version(asKnownOn: day) {
                if version.date.year == year { hasDay = true }
            } else if occurrence.contains(where: { $0.date.year == year }) {
                return false
            }
        }
        return hasDay
    }

    /// The first day on which those of the year's occurrences were known that were not known on a
    /// day; nil if none is missing.
    func firstKnown(in year: Int, missingOn day: CivilDate) -> CivilDate? {
        occurrences.filter { occurrence in
            occurrence.version(asKnownOn: day) == nil
                && occurrence.contains { $0.date.year == year }
        }.compactMap { $0.map(\.known).min() }.max()
    }
}

extension [MovableHoliday.Dated] {
    /// The one known last on that day; nil if none was known.
    fileprivate func version(asKnownOn day: CivilDate) -> Element? {
        filter { $0.known <= day }.max { $0.known < $1.known }
    }
}
