// SPDX-License-Identifier: Apache-2.0

/// Why nobody pays a visit.
///
/// ```swift
/// PlanExplainer(rest, plan).cause(of: VisitID(7))  // .hurdle(.skill)
/// ```
public enum UnpaidCause: Hashable, Sendable {
    /// The first hurdle that no crew of the day takes.
    case hurdle(OfferHurdle)
    /// Whoever serves then cannot be driven even without visits, such as a crew whose breaks are out of its hours.
    case breaks
    /// Crews that could pay it, were nothing else begun, are busy until after their hours with what they have
    /// begun.
    case busy
}

extension PlanExplainer {
    /// Why the plan does not pay a visit; nil if it does, or has a place for it.
    ///
    /// Where a day has begun, a crew that is busy until after its hours, or whose hours are over, has no shift in
    /// what is left, and was at work all the same: it may have to avoid the visit, or lack a skill or the room, as
    /// a crew that is free may.
    public func cause(of id: VisitID) -> UnpaidCause? {
        guard let left = hurdle(of: id) else { return nil }
        switch left {
        case .noWay, .pastDue, .slack: return .hurdle(left)
        case .noShift, .avoided, .skill, .load: break
        }
        let busy = rest?.hurdlesOfBusy(id) ?? []
        if busy.contains(nil) { return .busy }
        if left == .noShift, meetsBrokenShift(id) { return .breaks }
        let gone = busy.compactMap(\.self) + (rest?.hurdlesOfEnded(id) ?? [])
        return .hurdle(gone.reduce(left, OfferHurdle.nearer))
    }
}

extension RestOfDay {
    /// What keeps each crew that is busy until after its hours from a visit, were nothing of its day begun; nil
    /// where nothing does.
    fileprivate func hurdlesOfBusy(_ id: VisitID) -> [OfferHurdle?] {
        guard let visit = whole.visit(id) else { return [] }
        return gone.filter(isBusy).map { hurdle(of: visit, alone: $0) }
    }

    /// The same for other crews whose hours are over.
    fileprivate func hurdlesOfEnded(_ id: VisitID) -> [OfferHurdle] {
        guard let visit = whole.visit(id), let now = soFar.now else { return [] }
        return gone.filter { !isBusy($0) && $0.hours.end < now }
            .map { hurdle(of: visit, alone: $0) ?? late(visit, $0, now) }
    }

    private var gone: [Shift] { whole.shifts.filter { problem.shift($0.id) == nil } }

    private func isBusy(_ shift: Shift) -> Bool {
        soFar.begun[shift.id]?.last.map { $0.done.end > shift.hours.end } ?? false
    }

    /// What keeps a crew from a visit but for the time and what it has begun; nil if nothing does.
    private func hurdle(of visit: Visit, alone shift: Shift) -> OfferHurdle? {
        let part = try? ProblemPart(whole, shifts: [roomLeft(shift)], visits: [visit])
        guard let part else { return .noShift }
        let plan = Plan(routes: [], unassigned: [visit.id])
        return PlanExplainer(part.problem, plan).hurdle(of: visit.id)
    }

    private func roomLeft(_ shift: Shift) -> Shift {
        var shift = shift
        let paid = soFar.route(of: shift.id).compactMap { $0.stop.visit.flatMap(whole.visit) }
        for (kind, limit) in shift.capacity.enumerated() {
            let used = paid.reduce(0) { $0 + ($1.demand.count > kind ? $1.demand[kind] : 0) }
            shift.capacity[kind] = max(0, limit - used)
        }
        shift.visitLimit = shift.visitLimit.map { max(0, $0 - paid.count) }
        return shift
    }

    /// By how much it is too late for a visit on a shift that is over.
    private func late(_ visit: Visit, _ shift: Shift, _ now: Int) -> OfferHurdle {
        let isFree = visit.windows.isEmpty && visit.promise == nil
        let starts =
            isFree ? [shift.hours] : visit.startWindows.compactMap(shift.hours.intersection)
        let latest = min(
            starts.map(\.end).max() ?? shift.hours.end, shift.hours.end - visit.service)
        return .slack(missing: now - latest, shift.id)
    }
}
