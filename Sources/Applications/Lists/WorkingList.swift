// SPDX-License-Identifier: Apache-2.0

public import CivilTime

extension Urgency: Comparable {
    public static func < (a: Urgency, b: Urgency) -> Bool { a.rawValue < b.rawValue }
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

extension WorkingList {
    /// The same list, of which these are told to be gone.
    public func telling(gone: [ApplicationID]) -> WorkingList {
        WorkingList(
            office: office, date: date, run: run, revision: revision, isWhole: isWhole,
            items: items, gone: gone)
    }
}

/// Sorts applications into a working list.
public struct WorkingListRule {
    public let now: CivilDateTime
    public let within: Int
    public let all: Bool
    /// The working days in `(today, date]` on the office's week; nil where the calendar has no answer.
    private let count: (CivilDate) -> Int?
    /// How much of the term of an application is used when the day begins, with the warning that is due.
    private let share: (Application, String) -> (usedPercent: Int, warningPercent: Int?)?

    /// A rule for a moment on the office's wall clock.
    ///
    /// `count` gives the working days after today up to and with a date, negative for days before; nil
    /// if a year has no calendar. `share` tells how much of the term of an application through a channel is
    /// used when the day begins, and the highest share of which the standard warns; nil if nobody can
    /// tell.
    public init(
        now: CivilDateTime, within: Int, all: Bool, count: @escaping (CivilDate) -> Int?,
        share: @escaping (Application, String) -> (usedPercent: Int, warningPercent: Int?)? = {
            _, _ in nil
        }
    ) {
        self.now = now
        self.within = within
        self.all = all
        self.count = count
        self.share = share
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
        let channel = terms.channels[Int(application.handIn.channel)]
        let share = application.phase.clock == .term ? share(application, channel) : nil
        return WorkingItem(
            id: id, urgency: urgency, phase: application.phase, channel: channel,
            deadline: deadline?.at, workingDays: days,
            isProvisional: deadline?.isProvisional ?? false, usedPercent: share?.usedPercent,
            warningPercent: share?.warningPercent)
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
