// SPDX-License-Identifier: Apache-2.0

/// Some shifts of a problem and some of its visits, as a problem of their own.
///
/// It has only the places that these need, so that a search in it starts at once.
struct ProblemPart {
    let problem: RoutingProblem

    /// A part; the shifts that visits name beyond it are forgotten.
    ///
    /// One of the visits may be at a caller's place that the whole lacks.
    init(
        _ whole: RoutingProblem, shifts: [Shift], visits: [Visit], caller: Caller? = nil
    ) throws(ProblemError) {
        var rows: [Place: Place] = [:]
        var places: [Place] = []
        func known(_ place: Place) -> Place {
            if let row = rows[place] { return row }
            let row = Place(places.count)
            rows[place] = row
            places.append(place)
            return row
        }
        let ids = Set(shifts.map(\.id))
        let shifts = shifts.map { shift -> Shift in
            var shift = shift
            shift.start = shift.start.map(known)
            shift.end = shift.end.map(known)
            return shift
        }
        let visits = visits.map { visit -> Visit in
            var visit = visit.limited(to: ids)
            visit.place = known(visit.place)
            return visit
        }
        let named = places
        let ways = caller?.ways ?? []
        func part(_ travel: TravelMatrix, _ profile: Int) throws(ProblemError) -> TravelMatrix {
            let own = ways.isEmpty ? nil : ways[profile]
            var seconds: [Int32] = []
            seconds.reserveCapacity(named.count * named.count)
            for from in named {
                for to in named { seconds.append(travel.seconds(from, to, own)) }
            }
            return try TravelMatrix(size: named.count, seconds: seconds)
        }
        var others: [TravelMatrix] = []
        for (index, travel) in whole.others.enumerated() {
            others.append(try part(travel, 1 + index))
        }
        problem = try RoutingProblem(
            visits: visits, shifts: shifts, travel: try part(whole.travel, 0), others: others)
    }
}

extension TravelMatrix {
    /// Seconds between two places, of which one may be a caller's that the matrix lacks.
    func seconds(_ from: Place, _ to: Place, _ ways: Ways?) -> Int32 {
        guard let ways, from.row == size || to.row == size else {
            return tables.from[from.row * tables.stride + to.row]
        }
        if from == to { return 0 }
        return from.row == size ? ways.from[to.row] : ways.to[from.row]
    }
}

extension Visit {
    /// The visit where only some shifts are known.
    func limited(to shifts: Set<ShiftID>) -> Visit {
        var visit = self
        visit.avoided = avoided.filter(shifts.contains)
        visit.allowed = allowed?.filter(shifts.contains)
        if let promise, !promise.shifts.isEmpty {
            // No shift at all would stand for any.
            let promised = promise.shifts.filter(shifts.contains)
            visit.promise = Promise(window: promise.window)
            visit.allowed = visit.allowed.map { $0.filter(promised.contains) } ?? promised
        }
        return visit
    }
}
