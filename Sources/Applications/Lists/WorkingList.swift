// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties

/// What is to be done about an application, most urgent first.
///
/// The numbers are those of the wire.
public enum Urgency: UInt8, CaseIterable, Hashable, Comparable, Sendable {
    /// The clock has run out and nothing was done.
    case overdue = 1
    /// It runs out today.
    case dueToday = 2
    /// It runs out within the working days asked for.
    case dueSoon = 3
    /// The time of storage is over: back to the provider (R5.4).
    case toBeReturned = 4
    /// It is kept until the applicant comes (R5.3).
    case waiting = 5
    /// It runs out later.
    case later = 6

    public static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
}

/// One line of an office's working list.
public struct WorkingItem: Hashable, Sendable {
    public let id: ApplicationID
    public let urgency: Urgency
    public let phase: Phase
    public let channel: String
    /// The end of the clock that runs; nil if the standard sets none.
    public let deadline: CivilDateTime?
    /// Working days after today up to and with that day, on the office's week; negative when it has
    /// passed; nil if there is no end, or a year of the calendar is missing.
    public let workingDays: Int?
    public let isProvisional: Bool

    public init(
        id: ApplicationID, urgency: Urgency, phase: Phase, channel: String,
        deadline: CivilDateTime?, workingDays: Int?, isProvisional: Bool
    ) {
        self.id = id
        self.urgency = urgency
        self.phase = phase
        self.channel = channel
        self.deadline = deadline
        self.workingDays = workingDays
        self.isProvisional = isProvisional
    }
}

extension WorkingItem: Comparable {
    /// By urgency, then by deadline, then by number.
    public static func < (a: WorkingItem, b: WorkingItem) -> Bool {
        if a.urgency != b.urgency { return a.urgency < b.urgency }
        if a.deadline != b.deadline {
            // What has no end comes last.
            guard let first = a.deadline else { return false }
            guard let second = b.deadline else { return true }
            return first < second
        }
        return a.id < b.id
    }
}

/// What an office has to do, or what changed of it since a revision.
public struct WorkingList: Hashable, Sendable {
    /// The most lines of one answer.
    public static let lineLimit = CallLimit.workingListLines

    public let office: OfficeID
    /// The day that urgencies are reckoned from.
    public let date: CivilDate
    /// The run of the server to which revisions belong.
    public let run: UInt64
    public let revision: UInt64
    /// Whether these are all lines, and not only those that changed.
    public let isWhole: Bool
    /// In order.
    public let items: [WorkingItem]
    /// What is on the list no more; empty for a whole list.
    public let gone: [ApplicationID]

    public init(
        office: OfficeID, date: CivilDate, run: UInt64, revision: UInt64, isWhole: Bool,
        items: [WorkingItem], gone: [ApplicationID]
    ) {
        self.office = office
        self.date = date
        self.run = run
        self.revision = revision
        self.isWhole = isWhole
        self.items = items
        self.gone = gone
    }

    /// The same list, of which these are told to be gone.
    public func telling(gone: [ApplicationID]) -> WorkingList {
        WorkingList(
            office: office, date: date, run: run, revision: revision, isWhole: isWhole,
            items: items, gone: gone)
    }
}

/// Asks for an office's working list.
public struct WorkingListQuestion: Hashable, Sendable {
    /// How far ahead `dueSoon` may look, in working days.
    public static let withinLimit = CallLimit.workingListWithin

    public let office: OfficeID
    /// So many working days ahead count as soon.
    public let within: Int
    /// Whether what is due later is on the list too.
    public let all: Bool
    /// The run and revision that the caller has seen; nil for the whole list.
    public let since: Seen?

    /// What a caller has seen of a list.
    public struct Seen: Hashable, Sendable {
        public let run: UInt64
        public let revision: UInt64

        public init(run: UInt64, revision: UInt64) {
            self.run = run
            self.revision = revision
        }
    }

    public init(office: OfficeID, within: Int = 2, all: Bool = false, since: Seen? = nil) {
        self.office = office
        self.within = within
        self.all = all
        self.since = since
    }
}

/// Sorts applications into a working list.
public struct WorkingListRule {
    public let now: CivilDateTime
    public let within: Int
    public let all: Bool
    /// The working days in `(today, date]` on the office's week; nil where the calendar has no answer.
    private let count: (CivilDate) -> Int?

    /// A rule for a moment on the office's wall clock.
    ///
    /// `count` gives the working days after today up to and with a date, negative for days before; nil
    /// if a year has no calendar.
    public init(
        now: CivilDateTime, within: Int, all: Bool, count: @escaping (CivilDate) -> Int?
    ) {
        self.now = now
        self.within = within
        self.all = all
        self.count = count
    }

    /// The line of an application; nil if it is not on the list.
    public func item(
        _ application: Application, _ id: ApplicationID, _ terms: RegisterTerms
    ) -> WorkingItem? {
        guard application.phase.hasClock else { return nil }
        let deadline = application.clock
        let days = deadline.flatMap { count($0.at.date) }
        let urgency = urgency(application.phase, deadline?.at, days)
        guard all || urgency != .later else { return nil }
        return WorkingItem(
            id: id, urgency: urgency, phase: application.phase,
            channel: terms.channels[Int(application.handIn.channel)], deadline: deadline?.at,
            workingDays: days, isProvisional: deadline?.isProvisional ?? false)
    }

    private func urgency(_ phase: Phase, _ end: CivilDateTime?, _ days: Int?) -> Urgency {
        guard let end else { return phase == .ready ? .waiting : .later }
        if phase == .ready { return now > end ? .toBeReturned : .waiting }
        if now > end { return .overdue }
        if end.date == now.date { return .dueToday }
        guard let days else { return .later }
        return days <= within ? .dueSoon : .later
    }
}
