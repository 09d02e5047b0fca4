// SPDX-License-Identifier: Apache-2.0

public import Texts

/// What an office is to do on one day: its windows, their hours and services, and the rules in force.
///
/// A day's first event holds its plan, so that the day's events alone tell all there is to know: a
/// roster, a standard or a calendar that changes later changes no day behind anybody's back.
///
/// All times are seconds since the day's midnight as the wall clock of the office counts them, a change
/// of the clocks included (``ClockChange``); they are negative for what happened on earlier days.
///
/// A class, as it never changes and every copy of a day shares it.
public final class DayPlan: Sendable {
    /// A stretch of the day, up to but not including its end.
    public struct Span: Hashable, Sendable {
        public let start: Int32
        public let end: Int32

        public init(start: Int32, end: Int32) {
            self.start = start
            self.end = end
        }

        public func contains(_ time: Int32) -> Bool { start <= time && time < end }
    }

    /// The timestamp of midnight, in seconds since the epoch.
    public let midnight: Int64
    public let policy: OfficeTerms.Policy
    public let policyRule: String
    /// When the office receives; empty on a day on which it does not.
    public let hours: [Span]
    /// When it would receive without closures of hours: from the start of each stretch slots are counted.
    ///
    /// So a closure takes the slots away that it touches, and those behind it stay where they are.
    public let slotHours: [Span]
    /// Why it receives nobody, such as the holiday's name; nil on a working day.
    public let closedBecause: LocalizedText?
    public let services: [Service]
    public let windows: [Window]
    public let rules: QueueRules
    /// The longest permitted wait and service in seconds (R3.5, R3.6); 0 where there is none.
    public let waitLimit: Int32
    public let serviceLimit: Int32
    /// The version of the calendar by which it was made.
    public let calendarVersion: String
    /// How the clocks are changed on the day; nil if they go on as they are.
    public let clockChange: ClockChange?
    /// What the office adds of its own to how people are received.
    public let reception: Reception
    /// A bit for each service that no window renders.
    let unrendered: UInt8

    public init(
        midnight: Int64, policy: OfficeTerms.Policy, policyRule: String, hours: [Span],
        closedBecause: LocalizedText?, services: [Service], windows: [Window], rules: QueueRules,
        waitLimit: Int32, serviceLimit: Int32, calendarVersion: String,
        clockChange: ClockChange? = nil, slotHours: [Span]? = nil, reception: Reception? = nil
    ) {
        self.midnight = midnight
        self.policy = policy
        self.policyRule = policyRule
        self.hours = hours
        self.slotHours = slotHours ?? hours
        self.closedBecause = closedBecause
        self.services = services
        self.windows = windows
        self.rules = rules
        self.waitLimit = waitLimit
        self.serviceLimit = serviceLimit
        self.calendarVersion = calendarVersion
        self.clockChange = clockChange
        self.reception = reception ?? .standard
        let rendered = windows.reduce(UInt8(0)) { $0 | $1.services }
        unrendered = services.indices.reduce(UInt8(0)) { $0 | 1 << $1 } & ~rendered
    }

    public func service(_ id: ServiceID) -> Int? { services.firstIndex { $0.id == id } }
    public func window(_ id: WindowID) -> Int? { windows.firstIndex { $0.id == id } }

    /// How many slots in a row one applicant takes for the service.
    public func cells(of service: Int) -> Int {
        let length = rules.slotMinutes * 60
        return Int((services[service].seconds + length - 1) / length)
    }

    /// Whether the window may call who waits for the service.
    ///
    /// A service that no window renders any more is every window's: whoever waits for it still is
    /// called, and served, sent on or told why not.
    @inline(__always)
    func mayCall(_ service: UInt8, at window: Int) -> Bool {
        (windows[window].services | unrendered) & 1 << service != 0
    }

    /// Whether any window of the day renders the service, whoever sits at it and when.
    public func renders(_ service: Int) -> Bool { unrendered & 1 << UInt8(service) == 0 }

    /// Whether the window renders the service.
    @inline(__always)
    func renders(_ service: UInt8, at window: Int) -> Bool {
        windows[window].services & 1 << service != 0
    }
}

extension DayPlan {
    /// The same plan, with the storage of an equal roster.
    func sharing(_ other: DayPlan) -> DayPlan {
        DayPlan(
            midnight: midnight, policy: policy, policyRule: policyRule, hours: other.hours,
            closedBecause: closedBecause, services: other.services, windows: other.windows,
            rules: rules, waitLimit: waitLimit, serviceLimit: serviceLimit,
            calendarVersion: calendarVersion, clockChange: clockChange, slotHours: other.slotHours,
            reception: reception)
    }

    /// The same plan with a grace of so many seconds.
    func with(grace: Int32) -> DayPlan {
        var rules = rules
        rules.graceSeconds = grace
        return DayPlan(
            midnight: midnight, policy: policy, policyRule: policyRule, hours: hours,
            closedBecause: closedBecause, services: services, windows: windows, rules: rules,
            waitLimit: waitLimit, serviceLimit: serviceLimit, calendarVersion: calendarVersion,
            clockChange: clockChange, slotHours: slotHours, reception: reception)
    }
}

extension DayPlan: Hashable {
    public static func == (a: DayPlan, b: DayPlan) -> Bool {
        a === b || a.isSameDay(as: b) && a.calendarVersion == b.calendarVersion
    }

    /// Whether the day is the same, whatever version of the calendar it was made by.
    public func isSameDay(as other: DayPlan) -> Bool {
        midnight == other.midnight && policy == other.policy && policyRule == other.policyRule
            && hours == other.hours && slotHours == other.slotHours
            && closedBecause == other.closedBecause
            && services == other.services && windows == other.windows && rules == other.rules
            && waitLimit == other.waitLimit && serviceLimit == other.serviceLimit
            && clockChange == other.clockChange && reception == other.reception
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(midnight)
        hasher.combine(windows)
    }
}
