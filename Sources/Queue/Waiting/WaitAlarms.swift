// SPDX-License-Identifier: Apache-2.0

extension OfficeDay {
    /// The most windows that a cure opens, and the kinds of windows tried for each of them.
    static let cureLimit = 4
    private static let kindLimit = 3
    /// The most and the least replications of an alarm's forecast and of one for its cure, and the
    /// calls that each may play in all.
    private static let alarmReplications = 9...39
    private static let cureReplications = 9...15
    private static let alarmCalls = 4_000

    /// The alarm that somebody in the line is likely to wait longer than permitted (R3.5), and what
    /// would prevent it; nil if nobody is, or nothing is permitted or forbidden.
    ///
    /// Late is a waiting ticket whose whole wait, from `waitsFrom` to the call by which it will
    /// have been called in half the cases, is beyond the limit; so is one that no window will call.
    /// The cure is to open windows that are closed or on break, up to four: at each step the one
    /// that leaves the fewest late, the plan's order deciding between equals. Who has already
    /// waited too long cannot be helped: the cure is for the others, and empty if there are none.
    public func alarm(at now: Int32) -> WaitAlarm? {
        guard mayWaitTooLong else { return nil }
        let seen = SeenTimes(self)
        let late = late(LineModel(self, at: now, seen: seen), OfficeDay.alarmReplications)
        guard !late.isEmpty else { return nil }
        return WaitAlarm(
            limit: plan.waitLimit, tickets: late.map { tickets[Int($0)].label },
            cure: cure(late, seen, now).map { plan.windows[$0].id })
    }

    /// How many of those who wait are likely to wait longer than permitted (R3.5), as `alarm` has it;
    /// 0 if nothing is permitted or forbidden.
    ///
    /// It looks for no cure, and so takes a fraction of the time.
    public func lateTickets(at now: Int32) -> Int {
        guard mayWaitTooLong else { return 0 }
        let model = LineModel(self, at: now, seen: SeenTimes(self))
        return late(model, OfficeDay.alarmReplications).count
    }

    private var mayWaitTooLong: Bool { plan.waitLimit > 0 && !line.isEmpty }

    /// The tickets that will have waited too long when they are called.
    private func late(_ model: LineModel, _ bounds: ClosedRange<Int>) -> [Int32] {
        let count = min(
            max(OfficeDay.alarmCalls / model.places.count, bounds.lowerBound), bounds.upperBound)
        var simulation = LineSimulation(model, seed: UInt64(revision))
        let calls = simulation.medianCalls(replications: count)
        return zip(model.places, calls).filter { place, call in
            Int64(call) - Int64(place.waitsFrom) > Int64(plan.waitLimit)
        }.map { $0.0.ticket }
    }

    private func cure(_ late: [Int32], _ seen: SeenTimes, _ now: Int32) -> [Int] {
        func canBeHelped(_ ticket: Int32) -> Bool {
            now - tickets[Int(ticket)].waitsFrom <= plan.waitLimit
        }
        var left = late.filter(canBeHelped)
        var opened: [Int] = []
        while !left.isEmpty {
            guard opened.count < OfficeDay.cureLimit else { return [] }
            let tries = candidates(left, opened).map { window in
                let model = LineModel(self, at: now, opened: opened + [window], seen: seen)
                let late = self.late(model, OfficeDay.cureReplications)
                return (window: window, late: late.filter(canBeHelped))
            }
            guard let best = tries.min(by: { $0.late.count < $1.late.count }) else { return [] }
            opened.append(best.window)
            left = best.late
        }
        return opened.sorted()
    }

    /// The windows that could be opened for some of the tickets, the first of each kind.
    private func candidates(_ late: [Int32], _ opened: [Int]) -> [Int] {
        var kinds: Set<LineModel.Group> = []
        var candidates: [Int] = []
        for (index, window) in plan.windows.enumerated()
        where windows[index].state != .open && !opened.contains(index) {
            let helped = late.map { tickets[Int($0)] }.filter { mayCall($0, window: index) }
            guard !helped.isEmpty else { continue }
            // Windows with the same services are of one kind, but for those who wait for one alone.
            let alone =
                helped.contains { direction(of: $0) != nil } ? UInt8(index) : Ticket.noWindow
            let kind = LineModel.Group(service: window.services, window: alone)
            if kinds.insert(kind).inserted { candidates.append(index) }
        }
        return Array(candidates.prefix(OfficeDay.kindLimit))
    }
}
