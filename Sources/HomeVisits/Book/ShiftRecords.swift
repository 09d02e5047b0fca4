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
    /// The second before which the crew does not go on; nil if it may at any time.
    public internal(set) var notBefore: Int?

    mutating func delay(until second: Int) { notBefore = max(notBefore ?? 0, second) }
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
