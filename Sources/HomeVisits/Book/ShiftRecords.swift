// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Visits

/// What is recorded of a crew's day.
public struct ShiftRecord: Hashable, Sendable {
    /// What the crew does, what is behind it first; empty if it pays no visits.
    public internal(set) var stops: [Stop] = []
    /// The revision at which the day changed last: its route, its times, or whether the crew is there.
    public internal(set) var changed: UInt32 = 0
    /// How it went so far, where it was told.
    public internal(set) var told: [DoneStop] = []
    public internal(set) var isAbsent = false
    /// The second until which the crew was told to be delayed.
    private var delayed: Int?
    /// When its route changed, rising: what is new in it cannot have begun before.
    ///
    /// Of moments that lie on the shift's day, whatever the zone, or all after it, only the last is kept.
    private var routed: [Int] = []

    /// The second before which the crew does not go on; nil if it may at any time.
    public var notBefore: Int? {
        delayed.map { max($0, routed.last ?? $0) } ?? routed.last
    }

    mutating func delay(until second: Int) { delayed = max(delayed ?? second, second) }

    /// The route changes, on the shift's day, by its number, or on another one.
    mutating func changeRoute(at second: Int, day: Int) {
        guard second > routed.last ?? .min else { return }
        // The day ends first fourteen hours ahead of UTC, and last twelve hours behind it.
        let (first, last) = (day * 86_400 + 36_000, (day + 1) * 86_400 + 43_200)
        if second < first { routed = [] }
        if let before = routed.last, before >= last { routed.removeLast() }
        routed.append(second)
    }

    /// Whoever tells that it drives, is there or is done goes on, whatever delay was expected.
    mutating func goOn() { (delayed, routed) = (nil, []) }

    /// The second before which the crew did not go on on the day of its shift; nil if it might at any time.
    ///
    /// What happened to its route on a later day held it up no more.
    func notBefore(on date: CivilDate, _ terms: AreaTerms) -> Int? {
        let moment = routed.last { terms.date($0) == date }
        return delayed.map { max($0, moment ?? $0) } ?? moment
    }
}

/// The crews' days of an area, by date: what is looked at are a few days of years.
struct ShiftRecords: Hashable, Sendable {
    private var days: [Int: [ShiftID: ShiftRecord]] = [:]

    subscript(shift: ShiftID) -> ShiftRecord {
        get { days[PlanNumbers.dayNumber(of: shift)]?[shift] ?? ShiftRecord() }
        set { days[PlanNumbers.dayNumber(of: shift), default: [:]][shift] = newValue }
    }

    /// What is recorded of a date, in the order of the shifts.
    func on(_ date: CivilDate) -> [(shift: ShiftID, record: ShiftRecord)] {
        (days[Int(date.dayNumber)] ?? [:]).sorted { $0.key < $1.key }
            .map { (shift: $0.key, record: $0.value) }
    }

    /// The dates from one on with something recorded, rising; all of them for nil.
    func dates(from first: CivilDate?) -> [CivilDate] {
        let first = first.map { Int($0.dayNumber) } ?? .min
        return days.keys.filter { $0 >= first }.sorted()
            .compactMap { CivilDate(dayNumber: Int32(clamping: $0)) }
    }
}
