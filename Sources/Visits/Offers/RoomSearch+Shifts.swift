// SPDX-License-Identifier: Apache-2.0

/// Which shifts are looked at for room.
extension RoomSearch {
    /// Shifts that serve in the window and can be driven.
    func shifts(in window: TimeWindow) -> [Int] {
        board.routes.indices.filter {
            board.routes[$0].isOpen
                && board.problem.shifts[$0].hours.intersection(window) != nil
        }
    }

    /// The shifts whose ways pass nearest to the caller, one that could pay the visit among them.
    func nearest(_ shifts: [Int], to caller: Caller) -> [Int] {
        guard shifts.count > Self.nearShifts else { return shifts }
        let request = OfferRequest(caller, [], board.problem)
        func detour(_ shift: Int) -> Int32 {
            let profile = board.problem.shifts[shift].profile
            let (there, back) = (request.toHere[profile], request.fromHere[profile])
            return board.routes[shift].gaps.map {
                there[Int($0.leave)] + back[Int($0.leave)]
            }.min() ?? 0
        }
        var sorted = shifts.map { (detour($0), $0) }.sorted { $0 < $1 }.map(\.1)
        let scan = OfferScan(request, windows: 0)
        // A visit of which it has no room for the load may go to another.
        let able = sorted.firstIndex {
            scan.stage($0, board.routes[$0], board.problem) >= .load
        }
        if let able, able >= Self.nearShifts { sorted.swapAt(able, Self.nearShifts - 1) }
        return Array(sorted.prefix(Self.nearShifts))
    }

    /// Shifts of other days that could take over visits of these.
    func others(for serving: [Int], but sameDay: [Int]) -> [Int] {
        let problem = board.problem
        let movable = serving.flatMap { visits(of: $0) }
        var others: [(shift: Int, takes: Int)] = []
        for shift in board.routes.indices
        where board.routes[shift].isOpen && !sameDay.contains(shift) {
            let takes = movable.count { problem.tables.fits[$0 * problem.shifts.count + shift] }
            if takes > 0 { others.append((shift, takes)) }
        }
        others.sort { ($1.takes, $0.shift) < ($0.takes, $1.shift) }
        var size = movable.count
        return Array(
            others.map(\.shift).prefix(while: { shift in
                size += board.routes[shift].visitCount
                return size <= Self.visitLimit
            }))
    }

    func visits(of shift: Int) -> [Int] {
        board.routes[shift].stops.compactMap { $0.visit.flatMap { board.problem.visitIndex[$0] } }
    }

    /// Leaves out empty shifts of crews that work another one that day which is not looked at.
    func withoutDoubledCrews(_ shifts: [Int]) -> [Int] {
        let looked = Set(shifts.map { Int32($0) })
        return shifts.filter { shift in
            board.routes[shift].isUsed
                || !board.problem.tables.rivals(of: shift).contains {
                    board.routes[Int($0)].isUsed && !looked.contains($0)
                }
        }
    }
}
