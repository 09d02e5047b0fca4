// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Visits

/// Ways by road, which somebody measures beside the desk.
extension VisitDesk {
    /// What was measured by road for a way of travelling; nil where roads are not asked about.
    public func roads(_ profile: TravelProfile = .car) -> MeasuredWays? { ways.roads(profile) }

    /// How the crews of the area travel.
    public var profiles: [TravelProfile] { Set(book.area.crews.map(\.profile)).sorted() }

    /// The places whose ways the plan needs from the present day on: the office, those of its routes,
    /// and of visits that are not over.
    public func placesInPlan(_ terms: AreaTerms, now: Int64) -> [HomePoint] {
        var places = [book.area.home]
        var seen: Set<HomePoint> = [book.area.home]
        func add(_ number: UInt32) {
            guard let place = book[number]?.words?.place, seen.insert(place).inserted else {
                return
            }
            places.append(place)
        }
        for date in book.shifts.dates(from: terms.date(Int(now))) {
            for (_, record) in book.shifts.on(date) {
                for case .visit(let id) in record.stops { add(PlanNumbers.number(of: id)) }
            }
        }
        // Of what is long over nobody may ever tell how it went.
        for number in book.open.sorted() {
            guard let visit = book[number], max(visit.due, visit.promise?.end ?? 0) > now - 86_400
            else { continue }
            add(number)
        }
        return places
    }

    /// Where the ways are from between a place and those of a board's plan.
    ///
    /// Where roads are asked about for some of the crews alone, it is about theirs.
    func origin(of place: HomePoint, _ board: PlanBoard) -> WayOrigin {
        let origins = board.profiles.map { origin(of: place, board.board.problem, $0) }
        return origins.max { $0.rank < $1.rank } ?? .estimated
    }

    private func origin(
        of place: HomePoint, _ problem: RoutingProblem, _ profile: TravelProfile
    ) -> WayOrigin {
        let toVisits = ways.origin(
            of: place, to: problem.visits.lazy.map(\.place.row), for: profile)
        guard toVisits == .roads else { return toVisits }
        return ways.origin(
            of: place, to: problem.shifts.lazy.compactMap { $0.start?.row }, for: profile)
    }

    /// The places that a command brings into the plan.
    public func places(of command: VisitCommand) -> [HomePoint] {
        switch command {
        case .describe(let area, _): [area.home]
        case .offer(let offer):
            switch offer.subject {
            case .new(let new): [new.words.place]
            case .again(let number): [book[number]?.words?.place].compactMap { $0 }
            }
        case .promise(let id, _, _): [book[id.number]?.words?.place].compactMap { $0 }
        case .cancel, .report, .crew, .closeRoad, .openRoad, .replan: []
        }
    }

    /// Takes in what was measured by road about some places, for a way of travelling.
    ///
    /// - Returns: whether ways may be others than those by which was decided before.
    public mutating func take(
        _ roads: MeasuredWays, about places: [HomePoint], for profile: TravelProfile = .car
    ) -> Bool {
        guard ways.take(roads, about: places, for: profile) else { return false }
        board = nil
        return true
    }

    /// What becomes of the plan by ways that were measured since it was made, as by closed roads;
    /// promises without a place may find one again.
    ///
    /// - Throws: what makes the plan no problem; it is left as it is then.
    public mutating func repairMeasured(
        _ terms: AreaTerms, now: Int64
    ) throws(VisitRefusal) -> [VisitEvent] {
        let dates = book.datesAhead(terms, Int(now))
        guard !dates.isEmpty else { return [] }
        let events = try repair(dates, [], touching: nil, terms, Int(now))
        return try withProgress(events, terms, Int(now))
    }
}

extension WayOrigin {
    /// What an offer says of all its ways is the last of those that hold for some.
    fileprivate var rank: UInt8 {
        switch self {
        case .estimated: 0
        case .roads: 1
        case .roadsMissing: 2
        }
    }
}
