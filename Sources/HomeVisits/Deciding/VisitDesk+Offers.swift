// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Parties
import Texts
import Visits

/// Windows for callers.
extension VisitDesk {
    mutating func offer(
        _ command: OfferCommand, _ applicant: Applicant?, _ terms: AreaTerms, _ now: Int,
        sparing spared: CivilDate? = nil
    ) throws(VisitRefusal) -> [VisitEvent] {
        switch command.subject {
        case .new(let new):
            let asked = try asked(new, applicant, terms, now)
            let visit = HomeVisit(asked, at: Int64(now), changed: 0)
            return [.asked(asked)] + (try offers(visit, terms, now, sparing: spared))
        case .again(let number):
            let visit = try require(number, [.requested, .held, .promised, .failed])
            guard visit.words != nil else { throw .forgotten(number) }
            guard visit.hold != nil else {
                return try offers(visit, terms, now, sparing: spared)
            }
            // What is held for the visit makes room for what is offered now.
            let first = try withTold(releasing(visit, terms, now), terms, now)
            var without = self
            _ = without.take(first, at: Int64(now))
            return first + (try without.offers(visit, terms, now, sparing: spared))
        }
    }

    /// A visit in one of some states.
    func require(
        _ number: UInt32, _ states: Set<HomeVisit.State>
    ) throws(VisitRefusal) -> HomeVisit {
        guard let visit = book[number] else { throw .unknownVisit(number) }
        guard states.contains(visit.state) else { throw .visitIs(visit.state, number) }
        return visit
    }

    private func asked(
        _ new: NewVisit, _ applicant: Applicant?, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> AskedVisit {
        guard let applicant else {
            throw .fault(AreaFault(field: "applicant", problem: "is missing"))
        }
        if let fault = new.words.fault { throw .fault(fault) }
        guard new.words.missing.isEmpty else { throw .withoutWords(new.words.missing) }
        let task = try task(
            at: new.words.place, new.needs, new.avoided, new.minutes, terms, now)
        if let other = book.openOf[applicant], let visit = book[other], !isPast(visit, terms, now) {
            throw .alreadyAsked(other)
        }
        let ahead = book.open.count { number in
            guard let visit = book[number] else { return false }
            return Int(visit.due) >= now && !isPast(visit, terms, now)
        }
        guard ahead < VisitDesk.openLimit else { throw .full }
        return AskedVisit(
            number: UInt32(book.visits.count + 1), applicant: applicant, words: new.words,
            service: Int32(task.service), setup: Int32(task.setup), needs: task.needs,
            avoided: task.avoided, due: Int64(task.due))
    }

    /// - Throws: `tooFar` for a place to which no crew goes and comes back within a shift.
    func requireReach(_ place: HomePoint) throws(VisitRefusal) {
        let (home, reach) = (book.area.home, VisitArea.reachKilometres)
        let distance = place.kilometres(from: home)
        guard distance > reach else { return }
        let swapped = place.swapped.map { $0.kilometres(from: home) <= reach } ?? false
        throw .tooFar(kilometres: distance, isSwapped: swapped)
    }

    /// What somebody asks for now, with its names and numbers looked at.
    func task(
        at place: HomePoint, _ needs: [NeedID], _ avoided: [CrewID], _ minutes: Int?,
        _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> VisitTask {
        try requireReach(place)
        let known = book.area.needs.map(\.id)
        if let unknown = needs.first(where: { !known.contains($0) }) {
            throw .unknownNeed(unknown, known: known)
        }
        if let unknown = avoided.first(where: { book.index(of: $0) == nil }) {
            throw book.unknownCrew(unknown)
        }
        if let minutes, !CallLimit.visitMinutes.contains(minutes) {
            throw .fault(
                AreaFault(
                    field: "minutes", problem: "must be 1 to \(CallLimit.visitMinutes.upperBound)"))
        }
        let rules = book.area.rules
        guard let due = terms.due(after: terms.date(now), days: rules.dueDays) else {
            throw .unknownTerms("no calendar covers the \(rules.dueDays) working days to come")
        }
        return VisitTask(
            place: place, service: (minutes ?? rules.visitMinutes) * 60,
            setup: rules.setupMinutes * 60, needs: Self.sorted(needs),
            avoided: Self.sorted(avoided), due: due)
    }

    /// Visits of an area that are ahead, at most: what a plan can have, held places included.
    static let openLimit = 4_000

    private static func sorted<Name: Hashable & Comparable>(_ names: [Name]) -> [Name] {
        Set(names).sorted()
    }

    /// Whether the day of a promise is over, with nobody having said how it went.
    private func isPast(_ visit: HomeVisit, _ terms: AreaTerms, _ now: Int) -> Bool {
        guard let promise = visit.promise else { return false }
        return terms.date(Int(promise.end)) < terms.date(now)
    }

    // MARK: What can be promised

    /// The offer with everything that can be told to a caller, and the routes with what is held; nothing is held
    /// on a spared date.
    private mutating func offers(
        _ visit: HomeVisit, _ terms: AreaTerms, _ now: Int, sparing spared: CivilDate?
    ) throws(VisitRefusal) -> [VisitEvent] {
        var board = try ready(terms, now)
        let windows = windows(of: board, terms, now)
        let caller = caller(visit, board, held: 1)
        do throws(ProblemError) {
            let answer = try board.board.answer(caller, in: windows)
            let rooms = try rooms(caller, answer.refusals, board)
            let until = now + book.area.rules.holdMinutes * 60
            let task = book.task(of: visit)
            let free = answer.offers.filter { $0.shift.date != spared }
            let held = try hold(caller, free, task.place, until, &board)
            var offered = answer.offers.map { offer in
                let own = held[offer.window] ?? offer
                return OfferedWindow(
                    own, crew: book.crew(of: own.shift), isHeld: held[offer.window] != nil)
            }
            offered += rooms.map { room in
                OfferedWindow(
                    window: VisitWindow(room.window), crew: book.crew(of: room.shift),
                    extraTravel: Int32(clamping: room.extraTravel), isHeld: false,
                    moved: Int32(room.moved.count))
            }
            // Where the best place is held already for another of the windows, the next best counts.
            offered.sort { ($0.extraTravel, $0.window.start) < ($1.extraTravel, $1.window.start) }
            let found = Set(rooms.map(\.window))
            let refused = answer.refusals.filter { !found.contains($0.window) }
            let list = OfferList(
                until: Int64(until), due: visit.due, windows: offered,
                refused: refused.map { book.refused($0, task, terms) },
                ways: origin(of: task.place, board), promise: visit.promise,
                isUnkept: visit.isUnkept)
            return [.offered(visit.number, list)]
                + VisitEvent.routes(places(list, visit, held, board))
        } catch { throw RepairError.problem(error).refusal }
    }

    /// The windows that may be offered on a board.
    func windows(of board: PlanBoard, _ terms: AreaTerms, _ now: Int) -> [TimeWindow] {
        OfferWindows(book.area.rules, terms).windows(board.dates, now: now)
    }

    /// Which windows can be promised to somebody without anybody making room; nothing is held.
    mutating func windows(
        _ question: WindowsQuestion, _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> FreeWindows {
        let task = try task(
            at: question.place, question.needs, question.avoided, question.minutes, terms, now)
        let board = try ready(terms, now)
        let id = PlanNumbers.visit(UInt32(book.visits.count + 1))
        let windows = windows(of: board, terms, now)
        let answer: OfferAnswer
        do { answer = try board.board.answer(caller(task, as: id, board), in: windows) } catch {
            throw RepairError.problem(error).refusal
        }
        return FreeWindows(
            area: book.area.id, revision: book.revision, due: Int64(task.due),
            windows: answer.offers.map {
                OfferedWindow($0, crew: book.crew(of: $0.shift), isHeld: false)
            }, refused: answer.refusals.map { book.refused($0, task, terms) },
            ways: origin(of: task.place, board))
    }

    /// Somebody who asks, for the board's problem.
    func caller(_ visit: HomeVisit, _ board: PlanBoard, held: Int) -> Caller {
        caller(book.task(of: visit), as: PlanNumbers.visit(visit.number, held: held), board)
    }

    private func caller(_ task: VisitTask, as id: VisitID, _ board: PlanBoard) -> Caller {
        let problem = board.board.problem
        let size = problem.travel.size
        let row = ways.number(of: task.place, among: size)
        let asked = book.visit(task, as: id, at: Place(row ?? 0), on: problem.shifts).apart
        if row != nil { return Caller(asked) }
        return Caller(
            asked,
            ways: board.profiles.map {
                ways.ways(of: task.place, toFirst: size, book.closures, for: $0)
            })
    }

    /// Windows in which others can make room, for those that have no slack.
    private func rooms(
        _ caller: Caller, _ refusals: [OfferRefusal], _ board: PlanBoard
    ) throws(ProblemError) -> [Room] {
        // Where somebody is just being promised a place, nobody can be moved about.
        guard board.closed.isEmpty else { return [] }
        return try RoomSearch(board.board, seed: 1, steps: Self.roomSteps)
            .rooms(for: caller, refused: refusals)
    }

    /// Steps of the search for room in one window.
    static let roomSteps = 200

    /// The places that are held until a second for the best windows, each on a shift of its own, which is
    /// closed.
    private func hold(
        _ caller: Caller, _ offers: [Offer], _ place: HomePoint, _ until: Int,
        _ board: inout PlanBoard
    ) throws(ProblemError) -> [TimeWindow: Offer] {
        var held: [TimeWindow: Offer] = [:]
        for offer in offers where held.count < book.area.rules.heldWindows {
            var chosen = offer
            if board.closed.contains(offer.shift) {
                let again = try board.board.answer(caller, in: [offer.window])
                guard let other = again.offers.first else { continue }
                chosen = other
            }
            // For whoever is promised nothing yet no crew sets out.
            guard leaves(chosen, to: place, board) > until else { continue }
            held[offer.window] = chosen
            board.close([chosen.shift])
        }
        return held
    }

    /// When the crew sets out for an offered place.
    private func leaves(_ offer: Offer, to place: HomePoint, _ board: PlanBoard) -> Int {
        let problem = board.board.problem
        let before = board.board.route(offer.shift)?.stops.prefix(offer.position)
            .last { $0.visit != nil }
        let here = before?.visit.flatMap { problem.visit($0)?.place }
        guard let shift = problem.shift(offer.shift), let from = here ?? shift.start else {
            return offer.starts.start
        }
        let travel = problem.travel(of: shift)
        if let row = ways.number(of: place, among: travel.size) {
            return offer.starts.start - travel[from, Place(row)]
        }
        let ways = ways.ways(
            of: place, toFirst: travel.size, book.closures, for: board.profiles[shift.profile])
        return offer.starts.start - Int(ways.to[from.row])
    }

    /// The routes with the places that are held, numbered in the order of the list.
    private func places(
        _ list: OfferList, _ visit: HomeVisit, _ held: [TimeWindow: Offer], _ board: PlanBoard
    ) -> [RouteChange] {
        list.windows.filter(\.isHeld).enumerated().compactMap { index, offered in
            guard
                let window = TimeWindow(Int(offered.window.start), Int(offered.window.end)),
                let offer = held[window], let route = board.board.route(offer.shift)
            else { return nil }
            var stops = route.stops
            let id = PlanNumbers.visit(visit.number, held: index + 1)
            stops.insert(.visit(id), at: offer.position)
            return board.route(stops, on: offer.shift)
        }
    }
}

extension VisitBook {
    /// The refusal of a crew that the area has not, with those that it has.
    func unknownCrew(_ crew: CrewID) -> VisitRefusal {
        .unknownCrew(crew, known: area.crews.map(\.id))
    }
}

extension VisitWindow {
    init(_ window: TimeWindow) {
        // A window of the solver's never ends before it starts.
        self.init(start: Int64(window.start), end: Int64(window.end))!
    }
}

extension OfferedWindow {
    init(_ offer: Offer, crew: CrewID, isHeld: Bool) {
        self.init(
            window: VisitWindow(offer.window), crew: crew,
            extraTravel: Int32(clamping: offer.extraTravel), isHeld: isHeld, moved: 0)
    }
}

extension RefusedWindow.Reason {
    static func of(_ hurdle: OfferHurdle) -> (RefusedWindow.Reason, missing: Int) {
        switch hurdle {
        case .noShift: (.noShift, 0)
        case .avoided: (.avoided, 0)
        case .skill: (.need, 0)
        case .pastDue: (.pastDue, 0)
        case .slack(let missing, _): (.noSlack, missing)
        // Crews have no limits of load or number here, and ways are estimated where none is known.
        case .load, .noWay: (.noSlack, 0)
        }
    }
}
