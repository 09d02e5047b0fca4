// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// The seven verbs.
///
/// Each throws `yearNotPublished` if a date that it is given, or that it would return, lies outside
/// the covered years. Each is O(1).
extension WorkingCalendar {
    /// Whether the date is a working day.
    @inlinable
    public func isWorkingDay(_ date: CivilDate) throws(CalendarError) -> Bool {
        let index = try index(of: date)
        return rank[index + 1] != rank[index]
    }

    /// The date itself for 0; otherwise the N-th working day strictly after the date, or before it
    /// if N is negative.
    ///
    /// The date need not be a working day.
    ///
    ///     // Thursday 19 March 2026, five-day week: 21–23 March is Nauryz, 24 and 25 substitute.
    ///     try five.shift(CivilDate("2026-03-19")!, by: 7).description  // "2026-04-02"
    @inlinable @inline(__always)
    public func shift(_ date: CivilDate, by count: Int) throws(CalendarError) -> CivilDate {
        let index = try index(of: date)
        guard count != 0 else { return date }
        let place =
            count > 0 ? Int(rank[index + 1]) &+ (count &- 1) : Int(rank[index]) &+ count
        // A sum that wrapped around is not below the count either way.
        guard UInt(bitPattern: place) < UInt(bitPattern: select.count) else {
            throw uncoveredWorkingDay(after: count > 0)
        }
        return day(ofWorkingDay: place)
    }

    /// The number of working days in the half-open range from `start` to `end`; negative, with the
    /// roles exchanged, if `end` is earlier.
    ///
    /// `end` may be the day after the last covered one.
    @inlinable @inline(__always)
    public func count(from start: CivilDate, to end: CivilDate) throws(CalendarError) -> Int {
        try rank(before: end) - rank(before: start)
    }

    /// The k-th working day of the covered years, counted from 0.
    @inlinable
    func day(ofWorkingDay index: Int) -> CivilDate {
        CivilDate(unchecked: first + Int32(select[index]))
    }

    /// The number of working days before the date; the day after the last covered one will do.
    @inlinable
    func rank(before date: CivilDate) throws(CalendarError) -> Int {
        let index = Int(date.dayNumber) - Int(first)
        guard index >= 0, index < rank.count else { throw uncovered(date) }
        return Int(rank[index])
    }

    /// The next working day, never the date itself.
    @inlinable
    public func next(_ date: CivilDate) throws(CalendarError) -> CivilDate {
        try shift(date, by: 1)
    }

    /// The next working day, or the date itself if it is one.
    @inlinable
    public func nextOrSame(_ date: CivilDate) throws(CalendarError) -> CivilDate {
        try isWorkingDay(date) ? date : shift(date, by: 1)
    }

    /// The previous working day, never the date itself.
    @inlinable
    public func previous(_ date: CivilDate) throws(CalendarError) -> CivilDate {
        try shift(date, by: -1)
    }

    /// The previous working day, or the date itself if it is one.
    @inlinable
    public func previousOrSame(_ date: CivilDate) throws(CalendarError) -> CivilDate {
        try isWorkingDay(date) ? date : shift(date, by: -1)
    }
}
