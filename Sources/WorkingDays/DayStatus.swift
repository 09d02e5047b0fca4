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

    /// What it says besides its kind.
    private struct Told: Hashable, Sendable {
        let name: LocalizedText?
        let act: Act
        let counterpart: CivilDate?
        let withinDays: Int?
        let shortened: Shortening?
        let closedBy: LocalizedText?
    }

    /// One place in memory for all days alike: a status is passed on for each line of a proof, and its texts
    /// are not copied with it.
    private final class Place: Sendable {
        let told: Told

        init(_ told: Told) { self.told = told }
    }

    public let kind: Kind
    private let place: Place

    /// The holiday's name, for a holiday and for its substitute.
    public var name: LocalizedText? { place.told.name }
    public var act: Act { place.told.act }
    /// The other day: the holiday that a substitute stands for, or the day moved in exchange.
    public var counterpart: CivilDate? { place.told.counterpart }
    /// How many days away the announced holiday may lie, for an estimated one and its substitute;
    /// nil for a day that no estimate made what it is.
    public var withinDays: Int? { place.told.withinDays }
    /// By how much an act makes a working day shorter; nil for one of full length.
    public var shortened: Shortening? { place.told.shortened }
    /// The title of the calendar of a region or an office that closes the day; nil where the country's
    /// calendar made it what it is.
    public var closedBy: LocalizedText? { place.told.closedBy }

    public init(
        kind: Kind, name: LocalizedText?, act: Act, counterpart: CivilDate?,
        withinDays: Int? = nil, shortened: Shortening? = nil, closedBy: LocalizedText? = nil
    ) {
        self.kind = kind
        place = Place(
            Told(
                name: name, act: act, counterpart: counterpart, withinDays: withinDays,
                shortened: shortened, closedBy: closedBy))
    }

    public static func == (a: DayStatus, b: DayStatus) -> Bool {
        a.kind == b.kind && (a.place === b.place || a.place.told == b.place.told)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(place.told)
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
