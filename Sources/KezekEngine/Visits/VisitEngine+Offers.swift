// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Journal
import Queue

/// The visits of an area that callers have offered windows for and promised nothing, as far as their
/// number is limited.
struct UnpromisedOffers {
    private var visits: [CallerID: Set<UInt32>] = [:]

    /// Notes a visit as the caller's that has offered windows for it last.
    mutating func add(_ number: UInt32, of caller: CallerID) {
        for other in visits.keys where other != caller { visits[other]?.remove(number) }
        visits[caller, default: []].insert(number)
    }

    /// Those of a caller, of which only what is still `wanted` is kept.
    mutating func visits(
        of caller: CallerID, _ isWanted: (UInt32) -> Bool
    ) -> Set<UInt32> {
        let left = visits[caller, default: []].filter(isWanted)
        visits[caller] = left.isEmpty ? nil : left
        return left
    }
}

extension VisitEngine {
    /// - Throws: `tooManyOffers` or `tooManyUnpromised` if the caller has as many visits of the area that are
    ///   offered and not promised as it may.
    func admit(
        _ command: VisitCommand, by caller: CallerID, as standing: Standing, _ terms: AreaTerms,
        _ now: Timestamp, _ state: inout VisitRoomState
    ) throws(VisitFault) {
        guard case .offer(let offer) = command, let percent = standing.holdPercent else { return }
        let desk = state.decided
        var own = state.offered.visits(of: caller) { number in
            desk.isHeld(number, now: now.second) || desk.isUnpromised(number, now: now.second)
        }
        // What is held for it makes room for what is offered now.
        if case .again(let number) = offer.subject { own.remove(number) }
        let held = own.count { desk.isHeld($0, now: now.second) }
        let limit = desk.heldLimit(percent: percent, terms, now: now.second)
        guard held < limit else { throw .command(.tooManyOffers(limit: limit)) }
        guard case .new = offer.subject else { return }
        let asked = own.count { desk.isUnpromised($0, now: now.second) }
        let most = VisitDesk.askedLimit(percent: percent)
        guard asked < most else { throw .command(.tooManyUnpromised(limit: most)) }
    }
}

extension VisitRoomState {
    /// Notes what a caller has offered by what was decided.
    mutating func note(_ events: [VisitEvent], of caller: CallerID) {
        for case .offered(let number, _) in events { offered.add(number, of: caller) }
    }
}
