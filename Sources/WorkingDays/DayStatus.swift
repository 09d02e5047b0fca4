// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// What a day is in one kind of week, why, and by which act.
public struct DayStatus: Hashable, Sendable {
    /// The kinds of day.
    ///
    /// The numbers are part of the wire and never change.
    public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
        /// An ordinary working day.
        case working = 1
        /// A rest day that a transfer made working.
        case movedWorking = 2
        /// A rest day of every week.
        case weeklyRest = 3
        /// A holiday, or a day that the law makes non-working as it does a holiday, or that the calendar of a
        /// region or an office closes.
        case holiday = 4
        /// The rest day that stands for a holiday which fell on a rest day.
        case substitute = 5
        /// A working day that a transfer made a rest day.
        case movedRest = 6

        public var isWorking: Bool { self == .working || self == .movedWorking }
    }

    public let kind: Kind
    /// The holiday's name, for a holiday and for its substitute.
    public let name: LocalizedText?
    public let act: Act
    /// The other day: the holiday that a substitute stands for, or the day moved in exchange.
    public let counterpart: CivilDate?
    /// How many days away the announced holiday may lie, for an estimated one and its substitute;
    /// nil for a day that no estimate made what it is.
    public let withinDays: Int?
    /// By how much an act makes a working day shorter; nil for one of full length.
    public let shortened: Shortening?
    /// The title of the calendar of a region or an office that closes the day; nil where the country's
    /// calendar made it what it is.
    public let closedBy: LocalizedText?

    public init(
        kind: Kind, name: LocalizedText?, act: Act, counterpart: CivilDate?,
        withinDays: Int? = nil, shortened: Shortening? = nil, closedBy: LocalizedText? = nil
    ) {
        self.kind = kind
        self.name = name
        self.act = act
        self.counterpart = counterpart
        self.withinDays = withinDays
        self.shortened = shortened
        self.closedBy = closedBy
    }

    /// Whether the country's calendar makes it a holiday.
    var isHolidayOfTheCountry: Bool { kind == .holiday && closedBy == nil }

    @inlinable public var isWorking: Bool { kind.isWorking }
}

/// A day whose place in the calendar is an estimate that may still move.
public struct EstimatedDay: Hashable, Sendable {
    public let date: CivilDate
    /// How far the announced day may lie from `date`, in days either way.
    public let withinDays: Int
    public let name: LocalizedText
    public let act: Act

    /// The days that the estimate leaves open.
    public var span: ClosedRange<CivilDate> {
        (date.adding(days: -withinDays) ?? .earliest)...(date.adding(days: withinDays) ?? .latest)
    }
}
