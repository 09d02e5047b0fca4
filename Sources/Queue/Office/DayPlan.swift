// SPDX-License-Identifier: Apache-2.0

public import Texts

/// What an office is to do on one day: its windows, their hours and services, and the rules in force.
///
/// A day's first event holds its plan, so that the day's events alone tell all there is to know: a
/// roster, a standard or a calendar that changes later changes no day behind anybody's back.
///
/// All times are seconds since the day's midnight in the office's zone; they are negative for what
/// happened on earlier days.
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

    public struct Service: Hashable, Sendable {
        public let id: ServiceID
        public let letter: UInt8
        /// Seconds that one applicant takes.
        public let seconds: Int32

        public init(id: ServiceID, letter: UInt8, seconds: Int32) {
            self.id = id
            self.letter = letter
            self.seconds = seconds
        }
    }

    public struct Window: Hashable, Sendable {
        public let id: WindowID
        /// A bit for each service that it renders, the first service's the lowest.
        public let services: UInt8
        /// When somebody sits there, in rising order.
        public let spans: [Span]

        public init(id: WindowID, services: UInt8, spans: [Span]) {
            self.id = id
            self.services = services
            self.spans = spans
        }
    }

    /// The timestamp of midnight, in seconds since the epoch.
    public let midnight: Int64
    public let policy: OfficeTerms.Policy
    public let policyRule: String
    /// When the office receives; empty on a day on which it does not.
    public let hours: [Span]
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

    public init(
        midnight: Int64, policy: OfficeTerms.Policy, policyRule: String, hours: [Span],
        closedBecause: LocalizedText?, services: [Service], windows: [Window], rules: QueueRules,
        waitLimit: Int32, serviceLimit: Int32, calendarVersion: String
    ) {
        self.midnight = midnight
        self.policy = policy
        self.policyRule = policyRule
        self.hours = hours
        self.closedBecause = closedBecause
        self.services = services
        self.windows = windows
        self.rules = rules
        self.waitLimit = waitLimit
        self.serviceLimit = serviceLimit
        self.calendarVersion = calendarVersion
    }

    public func service(_ id: ServiceID) -> Int? { services.firstIndex { $0.id == id } }
    public func window(_ id: WindowID) -> Int? { windows.firstIndex { $0.id == id } }

    /// How many slots in a row one applicant takes for the service.
    public func cells(of service: Int) -> Int {
        let length = rules.slotMinutes * 60
        return Int((services[service].seconds + length - 1) / length)
    }

    /// This plan with the services and windows in the places that they have in an earlier plan of
    /// the same day, as bookings and tickets refer to them by place.
    ///
    /// What is no longer there stays as a service that no window renders, or a window without hours.
    public func keepingPlaces(of old: DayPlan) -> DayPlan {
        var services = old.services.map { service in
            self.services.first { $0.id == service.id } ?? service
        }
        services += self.services.filter { old.service($0.id) == nil }
        services = Array(services.prefix(QueueOffice.serviceLimit))
        func mask(_ window: Window) -> UInt8 {
            services.enumerated().reduce(UInt8(0)) { mask, service in
                guard let place = self.service(service.element.id),
                    window.services & 1 << UInt8(place) != 0
                else { return mask }
                return mask | 1 << UInt8(service.offset)
            }
        }
        var windows = old.windows.map { window in
            self.windows.first { $0.id == window.id }
                .map { Window(id: $0.id, services: mask($0), spans: $0.spans) }
                ?? Window(id: window.id, services: 0, spans: [])
        }
        windows += self.windows.filter { old.window($0.id) == nil }
            .map { Window(id: $0.id, services: mask($0), spans: $0.spans) }
        return DayPlan(
            midnight: midnight, policy: policy, policyRule: policyRule, hours: hours,
            closedBecause: closedBecause, services: services,
            windows: Array(windows.prefix(QueueOffice.windowLimit)), rules: rules,
            waitLimit: waitLimit, serviceLimit: serviceLimit, calendarVersion: calendarVersion)
    }
}

extension DayPlan {
    /// The same plan, with the storage of an equal roster.
    func sharing(_ other: DayPlan) -> DayPlan {
        DayPlan(
            midnight: midnight, policy: policy, policyRule: policyRule, hours: other.hours,
            closedBecause: closedBecause, services: other.services, windows: other.windows,
            rules: rules, waitLimit: waitLimit, serviceLimit: serviceLimit,
            calendarVersion: calendarVersion)
    }
}

extension DayPlan: Hashable {
    public static func == (a: DayPlan, b: DayPlan) -> Bool {
        a === b || a.isSameDay(as: b) && a.calendarVersion == b.calendarVersion
    }

    /// Whether the day is the same, whatever version of the calendar it was made by.
    public func isSameDay(as other: DayPlan) -> Bool {
        midnight == other.midnight && policy == other.policy && policyRule == other.policyRule
            && hours == other.hours && closedBecause == other.closedBecause
            && services == other.services && windows == other.windows && rules == other.rules
            && waitLimit == other.waitLimit && serviceLimit == other.serviceLimit
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(midnight)
        hasher.combine(windows)
    }
}
