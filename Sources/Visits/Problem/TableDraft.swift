// SPDX-License-Identifier: Apache-2.0

/// The tables of a problem while they are put together.
struct TableDraft {
    let visits: [Visit]
    let shifts: [Shift]
    let travel: TravelMatrix
    let shiftIndex: [ShiftID: Int]
    let nodeCount: Int
    let stride: Int
    let origin: Int
    let dimensions: Int

    var place: [Int32] = []
    var service: [Int32] = []
    var setup: [Int32] = []
    var due: [Int32] = []
    var opens: [Int32] = []
    var closes: [Int32] = []
    var windowsFrom: [Int32] = []
    var windowsTo: [Int32] = []
    var windowStarts: [Int32] = []
    var windowEnds: [Int32] = []
    var isFixed: [Bool] = []
    var isRequired: [Bool] = []
    var demand: [Int32] = []
    var capacity: [Int32] = []
    var shiftOpens: [Int32] = []
    var shiftBase: [Int32] = []
    var shiftCloses: [Int32] = []
    var lunchFrom: [Int32] = []

    init(
        visits: [Visit], shifts: [Shift], travel: TravelMatrix, shiftIndex: [ShiftID: Int]
    ) {
        self.visits = visits
        self.shifts = shifts
        self.travel = travel
        self.shiftIndex = shiftIndex
        nodeCount = visits.count + 2 * shifts.count + shifts.reduce(0) { $0 + $1.lunches.count }
        stride = travel.size + 1
        origin = shifts.map(\.hours.start).min() ?? 0
        let kinds = max(
            visits.map(\.demand.count).max() ?? 0,
            visits.contains { $0.demand.contains { $0 > 0 } }
                ? shifts.map(\.capacity.count).max() ?? 0 : 0)
        // The number of visits is one more kind, of which every visit takes one.
        dimensions = kinds + (shifts.contains { $0.visitLimit != nil } ? 1 : 0)
        for visit in visits { add(visit, kinds) }
        for shift in shifts { addEnd(of: shift, at: shift.start) }
        for shift in shifts { addEnd(of: shift, at: shift.end) }
        for shift in shifts { add(shift, kinds) }
        lunchFrom.append(Int32(nodeCount))
    }

    /// Seconds since the origin, held within what can be counted.
    func counted(_ moment: Int) -> Int32 {
        let limit = Int(ProblemTables.never)
        return Int32(max(-limit, min(limit, moment - origin)))
    }

    private mutating func add(_ visit: Visit, _ kinds: Int) {
        place.append(Int32(visit.place.row))
        service.append(Int32(visit.service))
        setup.append(Int32(visit.setup))
        due.append(visit.due.map(counted) ?? ProblemTables.never)
        let anyTime = visit.windows.isEmpty && visit.promise == nil
        addWindows(anyTime ? nil : visit.startWindows)
        isFixed.append(visit.isFixed)
        isRequired.append(visit.isRequired)
        for kind in 0..<dimensions {
            demand.append(
                kind == kinds ? 1 : Int32(kind < visit.demand.count ? visit.demand[kind] : 0))
        }
    }

    private mutating func addEnd(of shift: Shift, at place: Place?) {
        self.place.append(Int32(place?.row ?? travel.size))
        service.append(0)
        setup.append(0)
        due.append(ProblemTables.never)
        addWindows(nil)
    }

    private mutating func add(_ shift: Shift, _ kinds: Int) {
        shiftOpens.append(counted(shift.hours.start))
        shiftBase.append(counted(shift.hours.start - shift.driven))
        shiftCloses.append(counted(shift.hours.end))
        for kind in 0..<dimensions {
            let limit =
                kind == kinds
                ? shift.visitLimit : kind < shift.capacity.count ? shift.capacity[kind] : nil
            capacity.append(Int32(limit ?? Int(ProblemTables.never)))
        }
        lunchFrom.append(Int32(place.count))
        for lunch in shift.lunches {
            place.append(Int32(travel.size))
            service.append(Int32(lunch.length))
            setup.append(0)
            due.append(ProblemTables.never)
            addWindows(lunch.windows.isEmpty ? nil : lunch.windows)
        }
    }

    /// The windows of the next node in order and without overlaps; nil is any time.
    private mutating func addWindows(_ windows: [TimeWindow]?) {
        windowsFrom.append(Int32(windowStarts.count))
        defer { windowsTo.append(Int32(windowStarts.count)) }
        guard let windows else {
            opens.append(-ProblemTables.never)
            closes.append(ProblemTables.never)
            return
        }
        let first = windowStarts.count
        for window in windows.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
            let (start, end) = (counted(window.start), counted(window.end))
            if windowStarts.count > first, start <= windowEnds[windowEnds.count - 1] {
                windowEnds[windowEnds.count - 1] = max(windowEnds[windowEnds.count - 1], end)
            } else {
                windowStarts.append(start)
                windowEnds.append(end)
            }
        }
        // No window at all is one that never opens.
        opens.append(windowStarts.count > first ? windowStarts[first] : ProblemTables.never)
        closes.append(windowStarts.count > first ? windowEnds.last! : -ProblemTables.never)
    }

    /// The places at which a shift starts and ends.
    func ends(of shift: Int) -> (start: Int32, end: Int32) {
        (place[visits.count + shift], place[visits.count + shifts.count + shift])
    }

    /// Per shift its rivals, rising: those of its crew that a plan cannot use beside it, as they are of the same
    /// day, or their hours overlap, on whatever days.
    ///
    /// Two that do not overlap are no rivals, though a third may overlap with both.
    func rivals() -> [[Int32]] {
        var crews: [String: [Int]] = [:]
        for (index, shift) in shifts.enumerated() {
            if let crew = shift.crew { crews[crew, default: []].append(index) }
        }
        var rivals = [[Int32]](repeating: [], count: shifts.count)
        for own in crews.values where own.count > 1 {
            for shift in own {
                rivals[shift] = own.filter {
                    $0 != shift && Self.exclude(shifts[shift], shifts[$0])
                }.map { Int32($0) }
            }
        }
        return rivals
    }

    /// Whether their one crew cannot work both shifts.
    private static func exclude(_ a: Shift, _ b: Shift) -> Bool {
        a.day != nil && a.day == b.day
            || max(a.hours.start, b.hours.start) < min(a.hours.end, b.hours.end)
    }

    /// Whether the shifts differ in nothing but their numbers and names.
    var shiftsAreAlike: Bool {
        guard let first = shifts.first else { return true }
        return rivals().allSatisfy(\.isEmpty)
            && shifts.allSatisfy {
                $0.start == first.start && $0.end == first.end && $0.hours == first.hours
                    && $0.capacity == first.capacity && $0.lunches == first.lunches
                    && $0.visitLimit == first.visitLimit && $0.isOut == first.isOut
                    && $0.driven == first.driven && $0.profile == first.profile
            }
    }
}
