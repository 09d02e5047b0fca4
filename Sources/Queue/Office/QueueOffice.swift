// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties
public import Texts
public import WorkingDays

/// An office as its administrator describes it: what is served, at which windows, and when.
///
/// Its hours, its week and whether it takes bookings follow from the standard's kind of office.
public struct QueueOffice: Hashable, Sendable {
    /// The most services and windows of one office.
    ///
    /// Capacity is checked for every set of services, and a set of windows is 64 bits.
    public static let serviceLimit = CallLimit.officeServices
    public static let windowLimit = CallLimit.officeWindows

    public let id: OfficeID
    public let title: LocalizedText
    public let address: LocalizedText
    /// The standard and the kind of office in it, such as `std-7` and `corporation`.
    public let standard: String
    public let kind: String
    /// The IANA zone of its wall clocks; empty for the standard's.
    public let zone: String
    public let services: [QueueService]
    public let windows: [QueueWindow]
    public let exceptions: [RosterException]
    public let closures: [Closure]
    public let rules: QueueRules

    public init(
        id: OfficeID, title: LocalizedText, address: LocalizedText, standard: String,
        kind: String, zone: String, services: [QueueService], windows: [QueueWindow],
        exceptions: [RosterException], closures: [Closure], rules: QueueRules
    ) {
        self.id = id
        self.title = title
        self.address = address
        self.standard = standard
        self.kind = kind
        self.zone = zone
        self.services = services
        self.windows = windows
        self.exceptions = exceptions
        self.closures = closures
        self.rules = rules
    }

    /// The same office with these closures.
    public func with(closures: [Closure]) -> QueueOffice {
        QueueOffice(
            id: id, title: title, address: address, standard: standard, kind: kind, zone: zone,
            services: services, windows: windows, exceptions: exceptions, closures: closures,
            rules: rules)
    }
}

/// Something that an office renders to those who queue.
public struct QueueService: Hashable, Sendable {
    public let id: ServiceID
    /// The letter before the numbers of its tickets: services with one letter share one series.
    public let letter: UInt8
    public let title: LocalizedText
    /// How long one applicant takes; nil for the standard's longest time of serving one (R3.6).
    public let minutes: Int?

    public init(id: ServiceID, letter: UInt8, title: LocalizedText, minutes: Int?) {
        self.id = id
        self.letter = letter
        self.title = title
        self.minutes = minutes
    }
}

/// A window (counter) and the hours in which somebody sits there.
public struct QueueWindow: Hashable, Sendable {
    public let id: WindowID
    public let services: [ServiceID]
    /// The hours of each weekday; none for a weekday on which the window is closed.
    ///
    /// A window without any hours is open whenever the office receives.
    public let roster: [Weekday: [DayInterval]]
    /// Breaks of every day.
    public let breaks: [DayInterval]

    public init(
        id: WindowID, services: [ServiceID], roster: [Weekday: [DayInterval]],
        breaks: [DayInterval]
    ) {
        self.id = id
        self.services = services
        self.roster = roster
        self.breaks = breaks
    }
}

/// Other hours of a window on one date.
public struct RosterException: Hashable, Sendable {
    public let date: CivilDate
    public let window: WindowID
    /// Empty if the window stays closed.
    public let hours: [DayInterval]

    public init(date: CivilDate, window: WindowID, hours: [DayInterval]) {
        self.date = date
        self.window = window
        self.hours = hours
    }
}

/// A date, or some hours of it, on which an office receives nobody.
public struct Closure: Hashable, Sendable {
    public let date: CivilDate
    /// Nil for the whole day.
    public let hours: DayInterval?
    public let reason: LocalizedText

    public init(date: CivilDate, hours: DayInterval?, reason: LocalizedText) {
        self.date = date
        self.hours = hours
        self.reason = reason
    }
}

/// How an office runs its queue.
public struct QueueRules: Hashable, Sendable {
    /// Seconds for which a hold stands before it expires.
    public var holdSeconds: Int32 = 600
    /// Seconds after its time at which a booking whose applicant has not arrived is a no-show.
    public var graceSeconds: Int32 = 900
    /// Seconds before its time at which a slot can last be booked.
    public var leadSeconds: Int32 = 1_800
    /// Days ahead for which slots can be booked.
    public var horizonDays: Int32 = 14
    /// Seconds after which a cancelled slot can be booked again.
    public var rereleaseSeconds: Int32 = 0
    /// Minutes between the starts of slots.
    public var slotMinutes: Int32 = 20
    /// Per cent of a slot's places, whatever the service, that the portal may book, and the kiosks.
    ///
    /// Rounded up, so that a share above none gives at least one place.
    public var portalPercent: Int32 = 100
    public var kioskPercent: Int32 = 100
    /// How often one applicant is called before the ticket can only be skipped or finished.
    public var callLimit: Int32 = 3

    public init() {}
}
