// SPDX-License-Identifier: Apache-2.0

/// One crew on one day.
public struct Shift: Hashable, Sendable {
    public let id: ShiftID
    /// The crew's label; with the day it is unique among the shifts that a plan uses.
    public var crew: String?
    public var day: Int?
    /// Where the crew sets out; nil if it begins at its first visit.
    public var start: Place?
    /// Where it must return to; nil if it ends at its last visit.
    public var end: Place?
    /// From when on it may leave, and when it must be back.
    public var hours: TimeWindow
    /// How much of each kind it can take; a kind without a number is not limited.
    public var capacity: [Int]
    public var skills: Set<Skill>
    public var lunches: [LunchBreak]
    /// The most visits; nil for any number.
    public var visitLimit: Int?
    /// By which of the problem's matrices it travels, from 0: by car, on foot, by bus.
    public var profile = 0
    /// Whether the crew is out already, and so goes to its end even if it pays nobody a visit.
    var isOut = false
    /// Seconds that the crew could drive before `hours` on its way from `start`, which count.
    var driven = 0
    /// When its hours began, if `hours` are what is left of them; nil if they are whole.
    var opened: Int?

    public init(
        id: ShiftID, crew: String? = nil, day: Int? = nil, start: Place?, end: Place?,
        hours: TimeWindow, capacity: [Int] = [], skills: Set<Skill> = [],
        lunches: [LunchBreak] = [], visitLimit: Int? = nil
    ) {
        self.id = id
        self.crew = crew
        self.day = day
        self.start = start
        self.end = end
        self.hours = hours
        self.capacity = capacity
        self.skills = skills
        self.lunches = lunches
        self.visitLimit = visitLimit
    }

    /// When the crew is on its shift, with what is behind it.
    var onShift: TimeWindow {
        TimeWindow(min(opened ?? hours.start, hours.start), hours.end)!
    }
}

/// A break that a crew takes wherever it is, on the way too.
///
/// A journey may be broken off for it: what was driven before counts.
public struct LunchBreak: Hashable, Sendable {
    /// Unique within its shift.
    public let number: Int
    /// Seconds.
    public var length: Int
    /// Where its start may fall; anywhere in the shift if there are none.
    public var windows: [TimeWindow]

    public init(number: Int, length: Int, windows: [TimeWindow]) {
        self.number = number
        self.length = length
        self.windows = windows
    }
}
