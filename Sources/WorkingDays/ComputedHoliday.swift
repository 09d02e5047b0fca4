// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// A holiday whose day of each year follows from a rule, such as the second day of Orthodox Easter.
public struct ComputedHoliday: Hashable, Sendable {
    /// So many days after Easter Sunday, or before it.
    public struct Rule: Hashable, Sendable {
        /// By which tables Easter is reckoned.
        public enum Easter: String, CaseIterable, Hashable, Sendable {
            /// The Julian calendar, as most Orthodox churches.
            case orthodox
            /// The Gregorian calendar, as Catholic and Protestant churches.
            case western
        }

        public let easter: Easter
        /// Days after Easter Sunday, −70…70; so the day lies in Easter's year.
        public let offset: Int

        public init(easter: Easter, offset: Int) {
            self.easter = easter
            self.offset = offset
        }
    }

    public let id: String
    public let name: LocalizedText
    /// Whether the next working day rests when the holiday falls on a rest day.
    public let substituted: Bool
    public let rule: Rule
    public let versions: [Observance]

    public init(
        id: String, name: LocalizedText, substituted: Bool, rule: Rule, versions: [Observance]
    ) {
        self.id = id
        self.name = name
        self.substituted = substituted
        self.rule = rule
        self.versions = versions
    }

    /// The day that the rule has in a year (1583…9999), whether it is observed or not; nil for a year
    /// before the Gregorian calendar, and beyond the dates that there are.
    ///
    ///     // Orthodox Easter 2026 is Sunday 12 April, so with the offset 1 the day is Monday the 13th.
    public func day(of year: Int) -> CivilDate? {
        guard year >= 1583 else { return nil }
        return rule.easter.sunday(of: year)?.adding(days: rule.offset)
    }

    func days(of years: ClosedRange<Int>, asKnownOn known: CivilDate) -> [ObservedHoliday] {
        guard let version = versions.standing(asKnownOn: known) else { return [] }
        return years.compactMap { year in
            guard version.holds(in: year), let date = day(of: year) else { return nil }
            return ObservedHoliday(
                date: date, name: name, substituted: substituted,
                act: versions.act(making: year, observedBy: version), withinDays: nil)
        }
    }
}

extension ComputedHoliday.Rule.Easter {
    /// Easter Sunday of a year by the Gregorian calendar.
    ///
    /// Both are the Sunday after the full moon of the church's own tables: the nineteen years of Meton
    /// alone for the Julian calendar, corrected by the century for the Gregorian one (J. Meeus,
    /// Astronomical Algorithms, chapter 8).
    func sunday(of year: Int) -> CivilDate? {
        switch self {
        case .orthodox:
            let (a, b, c) = (year % 4, year % 7, year % 19)
            let d = (19 * c + 15) % 30
            let e = (2 * a + 4 * b - d + 34) % 7
            let day = d + e + 114
            // The Julian day of this name lies so many days later in the Gregorian calendar.
            let late = year / 100 - year / 400 - 2
            return CivilDate(year: year, month: day / 31, day: day % 31 + 1)?.adding(days: late)
        case .western:
            let (a, b, c) = (year % 19, year / 100, year % 100)
            let d = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
            let e = (32 + 2 * (b % 4) + 2 * (c / 4) - d - c % 4) % 7
            let day = d + e - 7 * ((a + 11 * d + 22 * e) / 451) + 114
            return CivilDate(year: year, month: day / 31, day: day % 31 + 1)
        }
    }
}
