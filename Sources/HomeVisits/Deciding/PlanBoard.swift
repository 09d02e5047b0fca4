// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts
import Visits

/// The plan of the days for which windows are offered, made ready to answer callers.
struct PlanBoard: Sendable {
    var board: OfferBoard
    /// How crews travel, in the order of the matrices of the board's problem.
    let profiles: [TravelProfile]
    /// The dates for which windows are offered.
    let dates: [CivilDate]
    /// What is behind each crew.
    let begun: [ShiftID: [Stop]]
    /// When it was made, in seconds since the epoch.
    let madeAt: Int
    /// Shifts that are closed, as their routes have changed.
    private(set) var closed: Set<ShiftID> = []

    /// A board is as old as this at most, in seconds: crews go on meanwhile.
    static let age = 60
    /// And after so many it is made anew if nobody waits for it.
    static let freshness = 40

    mutating func close(_ shifts: [ShiftID]) {
        for shift in shifts where closed.insert(shift).inserted { board.close(shift) }
    }

    /// The whole route of a shift if the board's is followed.
    func route(_ stops: [Stop], on shift: ShiftID) -> RouteChange {
        RouteChange(shift: shift, stops: (begun[shift] ?? []) + stops)
    }

    init(
        _ book: VisitBook, _ terms: AreaTerms, _ ways: inout WayTable, now: Int
    ) throws(RepairError) {
        let today = terms.date(now)
        let offered = terms.workingDays(from: today, count: book.area.rules.horizonDays)
        let all = Set(offered).union(book.plannedDates(from: today)).sorted()
        var draft = SituationDraft(book, terms, now: now)
        let situation: Situation
        do { situation = try draft.situation(all, &ways, freezing: true) } catch {
            throw .problem(error)
        }
        let rest = try DayRepair(
            situation.apart, situation.plan, situation.log, situation.incidents, windows: [])
        board = rest.board
        profiles = situation.profiles
        dates = offered
        begun = book.behind(rest, situation)
        madeAt = now
        // What the rest of the plan has otherwise than the book nobody has decided yet.
        closed = Set(book.changes(rest, situation).map(\.shift))
        for shift in closed { board.close(shift) }
    }
}

extension VisitDesk {
    /// Whether the board has to be made soon: there is none, or it is no longer fresh.
    public func wantsBoard(_ terms: AreaTerms, now: Int64) -> Bool {
        fresh(PlanBoard.freshness, terms, Int(now)) == nil
    }

    /// Makes the board if it has to be made soon; to be called on a copy when nobody waits, for
    /// others to adopt.
    ///
    /// - Throws: what makes the plan no problem.
    public mutating func refreshBoard(_ terms: AreaTerms, now: Int64) throws(VisitRefusal) {
        if wantsBoard(terms, now: now) { _ = try remade(terms, Int(now)) }
    }

    /// Takes over the board of a copy, if nothing has happened since it was one.
    public mutating func adoptBoard(of copy: VisitDesk) {
        guard copy.book.revision == book.revision, copy.ways.roadChanges == ways.roadChanges,
            let made = copy.board, made.madeAt > board?.madeAt ?? .min
        else { return }
        board = made
        ways = copy.ways
    }

    /// The board, made if there is none or it is too old.
    mutating func ready(_ terms: AreaTerms, _ now: Int) throws(VisitRefusal) -> PlanBoard {
        if let fresh = fresh(PlanBoard.age, terms, now) { return fresh }
        return try remade(terms, now)
    }

    /// The board unless it was made so many seconds ago, or for other working days: on another date, or
    /// before an act that has changed them.
    private func fresh(_ age: Int, _ terms: AreaTerms, _ now: Int) -> PlanBoard? {
        guard let board, abs(now - board.madeAt) < age,
            board.dates
                == terms.workingDays(from: terms.date(now), count: book.area.rules.horizonDays)
        else { return nil }
        return board
    }

    private mutating func remade(
        _ terms: AreaTerms, _ now: Int
    ) throws(VisitRefusal) -> PlanBoard {
        board = nil
        forgetPlaces()
        do throws(RepairError) {
            let made = try PlanBoard(book, terms, &ways, now: now)
            board = made
            return made
        } catch { throw error.refusal }
    }

    /// Forgets the ways of whoever is promised nothing, and of visits that are over, when there are many:
    /// what grows with all who ever called would grow with their square.
    private mutating func forgetPlaces() {
        guard ways.count > book.open.count + WayTable.spare else { return }
        var wanted = Set(book.open.compactMap { book[$0]?.words?.place })
        wanted.insert(book.area.home)
        ways.forget(allBut: wanted)
    }
}

extension RepairError {
    /// Only an area that has grown too large makes no problem.
    var refusal: VisitRefusal {
        if case .problem(let error) = self {
            return .fault(AreaFault(field: "plan", problem: "\(error.description)"))
        }
        return .fault(AreaFault(field: "plan", problem: "\(description)"))
    }
}
