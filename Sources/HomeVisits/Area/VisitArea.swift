// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties
public import Texts
public import WorkingDays

/// The area that an office of the Corporation pays home visits in (R10.1), as its administrator
/// describes it: its crews, what they can do, and the rules of the day.
///
/// Its hours and its week follow from the kind of office in the standard.
public struct VisitArea: Hashable, Sendable {
    /// The most of each in one area.
    public static let crewLimit = CallLimit.areaCrews
    public static let memberLimit = CallLimit.crewMembers
    public static let needLimit = CallLimit.areaNeeds
    public static let dutyLimit = CallLimit.areaDuties
    /// How far from its home a place may be, in kilometres as the crow flies.
    public static let reachKilometres = 500

    /// The office whose area it is; its crews set out there.
    public let id: OfficeID
    public let title: LocalizedText
    /// The standard and the kind of office in it, such as `std-7` and `corporation`.
    public let standard: String
    public let kind: String
    /// The IANA zone of its wall clocks; empty for the standard's.
    public let zone: String
    /// Where the office stands.
    public let home: HomePoint
    /// What a visit may need of a crew, such as a language, sign language or the mobile kit.
    public let needs: [Need]
    public let crews: [Crew]
    /// Days on which somebody serves a window in the office, so that the crew is not on a shift.
    public let duties: [OfficeDuty]
    public let rules: VisitRules

    public init(
        id: OfficeID, title: LocalizedText, standard: String, kind: String, zone: String,
        home: HomePoint, needs: [Need], crews: [Crew], duties: [OfficeDuty], rules: VisitRules
    ) {
        self.id = id
        self.title = title
        self.standard = standard
        self.kind = kind
        self.zone = zone
        self.home = home
        self.needs = needs
        self.crews = crews
        self.duties = duties
        self.rules = rules
    }

    /// Something that a visit may need of its crew.
    public struct Need: Hashable, Sendable {
        public let id: NeedID
        public let title: LocalizedText

        public init(id: NeedID, title: LocalizedText) {
            self.id = id
            self.title = title
        }
    }

    /// People who pay visits together.
    public struct Crew: Hashable, Sendable {
        public let id: CrewID
        public let members: [MemberID]
        public let needs: [NeedID]
        /// The weekdays of its shifts; every working day of the office if there are none.
        public let weekdays: Set<Weekday>
        /// Its hours within those of the office; all of them if there are none.
        public let hours: DayInterval?
        /// How it gets from place to place.
        public let profile: TravelProfile

        public init(
            id: CrewID, members: [MemberID], needs: [NeedID], weekdays: Set<Weekday>,
            hours: DayInterval?, profile: TravelProfile = .car
        ) {
            self.id = id
            self.members = members
            self.needs = needs
            self.weekdays = weekdays
            self.hours = hours
            self.profile = profile
        }
    }

    /// A day on which a member serves in the office.
    public struct OfficeDuty: Hashable, Sendable {
        public let member: MemberID
        public let date: CivilDate

        public init(member: MemberID, date: CivilDate) {
            self.member = member
            self.date = date
        }
    }
}

/// How visits are offered and planned in an area.
public struct VisitRules: Hashable, Sendable {
    /// How long a visit takes, and before it what is set up, in minutes.
    public var visitMinutes = 20
    public var setupMinutes = 0
    /// A visit is due by the end of the so-many-th working day after the call.
    public var dueDays = 5
    /// The working days for which windows are offered, the present one included.
    public var horizonDays = 6
    /// How long the windows are within which a crew comes.
    public var windowMinutes = 120
    /// How long from now a window of the present day begins at the earliest; what has begun by then is cut, as
    /// long as half an hour of it is left.
    public var leadMinutes = 90
    /// How long what is offered is held for a caller, and how many windows of it.
    public var holdMinutes = 5
    public var heldWindows = 4
    /// The break of a crew: how long, and within which hours it begins.
    public var lunchMinutes = 60
    public var lunch = DayInterval(
        start: TimeOfDay(hour: 12, minute: 0)!, end: TimeOfDay(hour: 15, minute: 0)!)!
    /// For how many days, the present one included, the order of a crew's visits stays as it is, and
    /// for how many each visit stays with its crew, whenever the plan is made anew.
    public var frozenOrderDays = 1
    public var frozenCrewDays = 2
    /// How many seconds on the way must be saved for moving one visit to another crew.
    public var movePrice = 600

    public init() {}

    /// A number of the rules, by the name that it has in files.
    public struct Bound: Sendable {
        public let name: String
        public let value: any WritableKeyPath<VisitRules, Int> & Sendable
        public let range: ClosedRange<Int>

        init(
            _ name: String, _ value: any WritableKeyPath<VisitRules, Int> & Sendable,
            _ range: ClosedRange<Int>
        ) {
            self.name = name
            self.value = value
            self.range = range
        }
    }

    /// What every number must lie within.
    public static let bounds: [Bound] = [
        Bound("visit-minutes", \.visitMinutes, CallLimit.visitMinutes),
        Bound("setup-minutes", \.setupMinutes, 0...120),
        Bound("due-days", \.dueDays, 1...60),
        Bound("horizon-days", \.horizonDays, 1...14),
        Bound("window-minutes", \.windowMinutes, 30...720),
        Bound("lead-minutes", \.leadMinutes, 0...1_440),
        Bound("hold-minutes", \.holdMinutes, 1...60),
        Bound("held-windows", \.heldWindows, 1...8),
        Bound("lunch-minutes", \.lunchMinutes, 0...120),
        Bound("frozen-order-days", \.frozenOrderDays, 0...14),
        Bound("frozen-crew-days", \.frozenCrewDays, 0...14),
        Bound("move-price-seconds", \.movePrice, 0...36_000),
    ]
}
