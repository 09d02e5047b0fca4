// SPDX-License-Identifier: Apache-2.0

/// A day of the proleptic Gregorian calendar, without a time or a zone.
///
/// Every value is a valid day of the years 1 to 9999. It is stored as the number of days since
/// 1970-01-01, so comparing and counting are integer operations.
///
///     CivilDate(year: 2026, month: 3, day: 19)!.description  // "2026-03-19"
///     CivilDate(year: 2026, month: 2, day: 29)               // nil
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01; negative before it.
    public let dayNumber: Int32

    /// 0001-01-01.
    public static let earliest = CivilDate(unchecked: -719_162)
    /// 9999-12-31.
    public static let latest = CivilDate(unchecked: 2_932_896)

    /// The date of a day number that is known to lie in the years 1 to 9999, as one that was a
    /// date's before.
    @inlinable
    public init(unchecked dayNumber: Int32) { self.dayNumber = dayNumber }

    /// The date that lies `dayNumber` days after 1970-01-01; nil outside the years 1 to 9999.
    @inlinable
    public init?(dayNumber: Int32) {
        guard dayNumber >= -719_162, dayNumber <= 2_932_896 else { return nil }
        self.init(unchecked: dayNumber)
    }

    /// The date with these numbers; nil if there is no such day, or the year is not 1 to 9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDate.daysIn(month: month, year: year)
        else { return nil }
        // Years are counted from March, so that the leap day is the last day of a year and every
        // month's start is a linear function of its number.
        let shiftedYear = month <= 2 ? year - 1 : year
        let shiftedMonth = month <= 2 ? month + 9 : month - 3
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear % 400
        let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(unchecked: Int32(era * 146_097 + dayOfEra - 719_468))
    }

    /// Year (1…9999), month (1…12) and day of the month (1…31).
    public var components: (year: Int, month: Int, day: Int) {
        let days = Int(dayNumber) + 719_468
        let era = days / 146_097
        let dayOfEra = days % 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    public var year: Int { components.year }
    public var month: Int { components.month }
    public var day: Int { components.day }

    /// The day of the week.
    public var weekday: Weekday {
        // 1970-01-01 was a Thursday; 719_163 days later than a Monday (0000-12-31 is a Sunday).
        Weekday(rawValue: (Int(dayNumber) + 719_162) % 7 + 1)!
    }

    /// The date this many days later (earlier if negative); nil outside the years 1 to 9999.
    @inlinable
    public func adding(days: Int) -> CivilDate? {
        let (sum, overflow) = Int(dayNumber).addingReportingOverflow(days)
        guard !overflow, let number = Int32(exactly: sum) else { return nil }
        return CivilDate(dayNumber: number)
    }

    /// The same day number so many months later, or that month's last day if it has no such day.
    ///
    /// This is how a term in months ends (Civil Code arts. 172–176). Nil outside the years 1 to
    /// 9999.
    ///
    ///     CivilDate("2026-01-31")!.adding(months: 1)!.description  // "2026-02-28"
    public func adding(months: Int) -> CivilDate? {
        guard (-120_000...120_000).contains(months) else { return nil }
        let (year, month, day) = components
        let total = year * 12 + (month - 1) + months
        guard total >= 12 else { return nil }
        let (newYear, newMonth) = (total / 12, total % 12 + 1)
        guard newYear <= 9999 else { return nil }
        let last = CivilDate.daysIn(month: newMonth, year: newYear)
        return CivilDate(year: newYear, month: newMonth, day: min(day, last))
    }

    /// Days from this date to the other; negative if the other is earlier.
    @inlinable
    public func days(until other: CivilDate) -> Int { Int(other.dayNumber) - Int(dayNumber) }

    /// The number of days in a month (1…12) of a year.
    public static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: isLeap(year: year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Whether the year has a 29 February.
    public static func isLeap(year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    @inlinable
    public static func < (a: CivilDate, b: CivilDate) -> Bool { a.dayNumber < b.dayNumber }
}

extension CivilDate: LosslessStringConvertible {
    /// The date written as `YYYY-MM-DD` (ISO 8601), and nothing else; nil for any other text.
    public init?(_ text: String) {
        var digits = DigitReader(text)
        guard let year = digits.number(4), digits.skip("-"), let month = digits.number(2),
            digits.skip("-"), let day = digits.number(2), digits.isAtEnd
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let (year, month, day) = components
        // Names of streams and bookings have it, so it is written without pieces.
        return String(unsafeUninitializedCapacity: 10) { text in
            text[0] = digit(year / 1_000)
            text[1] = digit(year / 100)
            text[2] = digit(year / 10)
            text[3] = digit(year)
            text[4] = UInt8(ascii: "-")
            text[5] = digit(month / 10)
            text[6] = digit(month)
            text[7] = UInt8(ascii: "-")
            text[8] = digit(day / 10)
            text[9] = digit(day)
            return 10
        }
    }
}

extension CivilDate: Strideable {
    /// Days until the other date.
    public func distance(to other: CivilDate) -> Int { days(until: other) }

    /// The date so many days later.
    /// - Precondition: the result lies in the years 1 to 9999.
    public func advanced(by days: Int) -> CivilDate { adding(days: days)! }
}
