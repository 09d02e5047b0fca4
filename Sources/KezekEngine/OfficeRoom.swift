// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Parties
import Queue
import Synchronization

/// One office in memory.
///
/// Its lock guards everything in it, its days included.
final class OfficeRoom: Sendable {
    let id: OfficeID
    let state: Mutex<RoomState>

    init(id: OfficeID, state: sending RoomState) {
        self.id = id
        self.state = Mutex(state)
    }
}

/// What an office's lock guards.
struct RoomState {
    /// The description that decisions go by, and the one that is on disk.
    var office: QueueOffice
    var recorded: QueueOffice
    var terms: OfficeTerms
    /// Changes of the description that are not on disk yet.
    var changesOnTheirWay = 0
    /// Days on which something happened, by their number.
    var days: [Int32: DayCell] = [:]
    /// Days on which nothing has happened, as planned: made anew when the knowledge changes.
    var untouched: [Int32: DayCell] = [:]
    /// The slots of days that were planned lately: days alike share them.
    private var grids: [SlotGrid] = []
    /// By whose knowledge `untouched` and `planner` are.
    var knownOn: CivilDate?
    var planner: Planner?
    /// Days before this one are in the store alone, unless they are in `days`.
    var loadedFrom: CivilDate
    var watchers: [UInt64: @Sendable () -> Void] = [:]
    var lastToday: CivilDate?
    var unconfirmed = UnconfirmedHolds()
    var wrongCodes = WrongCodes()
    /// Whether what counts of the days before `countedFrom` has been read; those from then on were in memory from
    /// the start, and what of the earlier ones was.
    var hasCountedDays = false
    let countedFrom: CivilDate
    var countedEarlier: Set<Int32> = []
    /// The decree that has decided over this office and is not on disk yet.
    var decree: PendingDecree?

    init(office: QueueOffice, terms: OfficeTerms, loadedFrom: CivilDate) {
        self.office = office
        recorded = office
        self.terms = terms
        self.loadedFrom = loadedFrom
        countedFrom = loadedFrom
    }

    /// Whether one person may book so much at the office, and no more.
    var isLimited: Bool { office.reception?.limits.isEmpty == false }

    func today(_ now: Timestamp) -> CivilDate { terms.zone.civil(at: now).date }

    /// The slots of a plan.
    mutating func grid(for plan: DayPlan) -> SlotGrid {
        if let grid = grids.first(where: { $0.fits(plan) }) { return grid }
        let grid = SlotGrid(plan)
        // There is one for each weekday, and for some days that differ.
        if grids.count >= 8 { grids.removeFirst() }
        grids.append(grid)
        return grid
    }

    /// Whoever waits to hear of a change.
    var listeners: [@Sendable () -> Void] { Array(watchers.values) }

    /// The description has changed: nothing that was planned by the old one holds.
    mutating func forgetPlans() {
        untouched = [:]
        planner = nil
    }
}
