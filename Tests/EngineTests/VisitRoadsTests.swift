// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Journal
import KezekWire
import Parties
import Synchronization
import TestKit
import Testing
import Texts

@testable import KezekEngine

/// Ways by road of a live area, whatever becomes of the server that knows them.
@Suite struct VisitRoadsTests {
    /// Estimates of ten minutes, from everywhere to everywhere else.
    private struct TenMinutes: WaySource {
        private var count = 0

        func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
            (Array(repeating: 600, count: count), Array(repeating: 600, count: count))
        }

        mutating func add(_ place: HomePoint) { count += 1 }

        mutating func keep(_ numbers: [Int]) { count = numbers.count }
    }

    /// A server of roads as the engine sees it: every way takes as long.
    fileprivate final class Roads: Sendable {
        enum Manner {
            case good(Int32), failing, refusing(Set<HomePoint>), holding
        }

        typealias Handler = @Sendable (Result<RoadAnswer, RoadTrouble>) -> Void
        private struct State {
            var manner: Manner
            var questions: [(question: RoadQuestion, isPatient: Bool)] = []
            var held: [(RoadQuestion, Handler)] = []
        }
        private let state: Mutex<State>

        init(_ manner: Manner) { state = Mutex(State(manner: manner)) }

        func behave(_ manner: Manner) { state.withLock { $0.manner = manner } }

        var questions: [RoadQuestion] { state.withLock { $0.questions.map(\.question) } }
        var patience: [Bool] { state.withLock { $0.questions.map(\.isPatient) } }

        static func answer(_ question: RoadQuestion, _ seconds: Int32) -> RoadAnswer {
            let all = question.known + question.places
            return RoadAnswer(
                from: question.places.map { place in all.map { $0 == place ? 0 : seconds } },
                to: question.places.map { _ in question.known.map { _ in seconds } })
        }

        func ask(_ question: RoadQuestion, _ isPatient: Bool, _ handler: @escaping Handler) {
            let result = state.withLock { state -> Result<RoadAnswer, RoadTrouble>? in
                state.questions.append((question, isPatient))
                switch state.manner {
                case .good(let seconds): return .success(Self.answer(question, seconds))
                case .failing: return .failure(.failed)
                case .refusing(let places):
                    return places.isDisjoint(with: question.places)
                        ? .success(Self.answer(question, 900)) : .failure(.refused)
                case .holding:
                    state.held.append((question, handler))
                    return nil
                }
            }
            if let result { handler(result) }
        }

        /// Answers what was held back.
        func release(_ result: (RoadQuestion) -> Result<RoadAnswer, RoadTrouble>) {
            let held = state.withLock { state in
                defer { state.held = [] }
                return state.held
            }
            for (question, handler) in held { handler(result(question)) }
        }
    }

    /// An engine on the desk's store, with an area in it and a server of roads.
    fileprivate struct Area {
        static let id = OfficeID("astana-1")!
        static let home = HomePoint(longitude: 71_430_000, latitude: 51_128_000)!
        let desk: Desk
        let roads: Roads
        let engine: VisitEngine

        init(_ desk: Desk, _ roads: Roads, foot: Roads? = nil, isNew: Bool = true) throws {
            self.desk = desk
            self.roads = roads
            func source(_ roads: Roads) -> AreaWays.Source {
                AreaWays.Source(estimate: TenMinutes()) { roads.ask($0, $1, $2) }
            }
            let ways = AreaWays(
                car: source(roads), others: foot.map { [.foot: source($0)] } ?? [:])
            engine = VisitEngine(
                queue: desk.queue, applications: desk.engine, replanSeconds: 0,
                ways: { _ in ways },
                search: { $0() }, wantedSearch: { $0() })
            if isNew {
                let text = LocalizedText(kk: "а", ru: "б", en: "c")
                let area = VisitArea(
                    id: Self.id, title: text, standard: "std-7", kind: "corporation", zone: "",
                    home: Self.home, needs: [],
                    crews: (1...2).map {
                        VisitArea.Crew(
                            id: CrewID("crew-\($0)")!, members: [MemberID("m-\($0)")!], needs: [],
                            weekdays: [], hours: nil,
                            profile: foot != nil && $0 == 2 ? .foot : .car)
                    }, duties: [], rules: VisitRules())
                _ = try #require(send(.describe(area), 1).outcome).get()
            } else {
                try engine.start()
            }
        }

        typealias Outcome = Result<VisitReceipt, VisitFault>

        /// What came of a command; nothing as long as it waits.
        final class Told: Sendable {
            private let value = Mutex<Outcome?>(nil)
            var outcome: Outcome? { value.withLock { $0 } }
            func tell(_ outcome: Outcome) { value.withLock { $0 = outcome } }
        }

        func send(
            _ command: VisitCommand, _ request: UInt64, at now: Timestamp = Desk.morning
        ) -> Told {
            let told = Told()
            engine.submit(command, request: Desk.id(request), now: now) { told.tell($0) }
            desk.store.commit()
            return told
        }

        static func place(_ number: Int) -> HomePoint {
            HomePoint(longitude: 71_450_000 + Int32(number * 1_000), latitude: 51_160_000)!
        }

        static func ask(_ who: Int) -> VisitCommand {
            let words = PersonWords(
                name: "N \(who)", address: "A \(who)", telephone: "1414", place: place(who))
            return .offer(
                OfferCommand(
                    area: id,
                    subject: .new(
                        NewVisit(
                            applicant: .reference("r\(who)"), words: words, needs: [], avoided: [],
                            minutes: nil))))
        }

        func asks(
            _ who: Int, after seconds: Int64 = 0
        ) throws -> (receipt: VisitReceipt, offer: OfferList) {
            let now = Timestamp(second: Desk.morning.second + seconds)!
            let outcome = send(Self.ask(who), UInt64(100 + who), at: now).outcome
            let receipt = try #require(outcome).get()
            return (receipt, try #require(receipt.offer))
        }

        @discardableResult
        func promises(
            _ receipt: VisitReceipt, last: Bool = false, after seconds: Int64 = 0
        ) throws -> VisitReceipt {
            let windows = try #require(receipt.offer).windows.sorted {
                $0.window.start < $1.window.start
            }
            let window = try #require(last ? windows.last : windows.first).window
            let id = try #require(receipt.visit)
            let now = Timestamp(second: Desk.morning.second + seconds)!
            let command = VisitCommand.promise(id, start: window.start)
            let outcome = send(command, UInt64(500 + id.number), at: now).outcome
            return try #require(outcome).get()
        }

        func cancels(_ number: UInt32, after seconds: Int64) throws {
            let id = try #require(HomeVisitID(area: Self.id, number: number))
            let now = Timestamp(second: Desk.morning.second + seconds)!
            let command = VisitCommand.cancel(id, by: .applicant, reason: "")
            _ = try #require(send(command, UInt64(2_000 + number), at: now).outcome).get()
        }

        func tick(after seconds: Int64) {
            engine.tick(now: Timestamp(second: Desk.morning.second + seconds)!)
            desk.store.commit()
        }

        /// Seconds on the way in the whole plan.
        var travel: Int32 {
            get throws {
                try engine.plan(Self.id, since: nil, now: Desk.morning).crewDays
                    .reduce(0) { $0 + $1.travel }
            }
        }
    }

    @Test func aNewPlaceIsMeasuredBeforeItsWindowsAreOffered() throws {
        let area = try Area(try Desk(), Roads(.good(900)))
        // An area without visits has nothing to be asked for.
        #expect(area.roads.questions.isEmpty)
        let (receipt, offer) = try area.asks(1)
        #expect(offer.ways == .roads)
        #expect(offer.windows.first?.extraTravel == 1_800)
        try area.promises(receipt)
        #expect(try area.travel == 1_800)
        // The second caller is asked about with the first; a known place not at all.
        _ = try area.asks(2)
        _ = try #require(
            area.send(.offer(OfferCommand(area: Area.id, subject: .again(2))), 7).outcome
        ).get()
        #expect(area.roads.questions.map(\.places) == [[Area.place(1)], [Area.place(2)]])
        #expect(area.roads.questions.map(\.known) == [[Area.home], [Area.home, Area.place(1)]])
        #expect(area.roads.patience == [false, false])
        #expect(area.engine.placesWithoutRoads == 0)
    }

    /// KezekRoadsUnknown: a server of roads that fails.
    @Test func withoutAnAnswerWaysAreEstimatedAndAskedForAgain() throws {
        let area = try Area(try Desk(), Roads(.failing))
        let (first, offer) = try area.asks(1)
        #expect(offer.ways == .roadsMissing)
        #expect(offer.windows.first?.extraTravel == 1_200)
        try area.promises(first)
        #expect(try area.travel == 1_200)
        // Nobody waits for a server that has just failed.
        _ = try area.asks(2, after: 5)
        area.tick(after: 6)
        #expect(area.roads.questions.count == 1)
        #expect(area.engine.placesWithoutRoads == 2)
        // Later it is asked about all, nobody waiting.
        area.tick(after: 10)
        #expect(area.roads.patience == [false, true])
        area.roads.behave(.good(900))
        area.tick(after: 20)
        #expect(area.roads.patience == [false, true, true])
        #expect(Set(area.roads.questions.last!.places) == [Area.place(1), Area.place(2)])
        try area.cancels(2, after: 20)
        #expect(try area.travel == 1_800)
        #expect(area.engine.placesWithoutRoads == 0)
        #expect(try area.asks(3, after: 21).offer.ways == .roads)
        // What was decided stays as it was told.
        let later = Timestamp(second: Desk.morning.second + 22)!
        #expect(area.send(Area.ask(1), 101, at: later).outcome == .success(first))
    }

    /// Crews on foot have a server of their own, and one that fails takes nothing from the other.
    @Test func eachWayOfTravellingIsAskedFor() throws {
        let walks = Roads(.failing)
        let area = try Area(try Desk(), Roads(.good(900)), foot: walks)
        let (_, offer) = try area.asks(1)
        #expect(walks.questions == area.roads.questions && walks.questions.count == 1)
        // By car it is measured, on foot estimated at ten minutes.
        #expect(offer.ways == .roadsMissing)
        #expect(offer.windows.first?.extraTravel == 1_200)
        // Nobody waits for the one, and the other is asked.
        _ = try area.asks(2, after: 5)
        #expect(walks.questions.count == 1 && area.roads.questions.count == 2)
        area.tick(after: 6)
        #expect(area.engine.placesWithoutRoads == 2)
        walks.behave(.good(1_500))
        area.tick(after: 20)
        #expect(Set(walks.questions.last!.places) == [Area.place(1), Area.place(2)])
        #expect(area.engine.placesWithoutRoads == 0)
        for number in 1...2 as ClosedRange<UInt32> { try area.cancels(number, after: 20) }
        let third = try area.asks(3, after: 21).offer
        #expect(third.ways == .roads && third.windows.first?.extraTravel == 1_800)
    }

    @Test func whoeverWaitsForWaysHoldsNobodyUp() throws {
        let area = try Area(try Desk(), Roads(.good(900)))
        let (known, _) = try area.asks(1)
        area.roads.behave(.holding)
        let waiting = area.send(Area.ask(2), 102)
        let repeated = area.send(Area.ask(2), 102)
        let other = area.send(Area.ask(3), 103)
        #expect(waiting.outcome == nil)
        // Others are answered meanwhile, also about what is to be written.
        try area.promises(known)
        #expect(try area.travel == 1_800)
        area.roads.release { .success(Roads.answer($0, 900)) }
        area.desk.store.commit()
        let receipt = try #require(waiting.outcome).get()
        #expect(receipt.offer?.ways == .roads)
        #expect(repeated.outcome == .success(receipt))
        let second = try #require(other.outcome).get()
        #expect(second.visit != receipt.visit)
        // The way between the two who waited at the same time was not in question: it is now.
        area.roads.behave(.good(900))
        area.tick(after: 1)
        area.tick(after: 2)
        #expect(area.engine.placesWithoutRoads == 0)
        #expect(try area.asks(4, after: 3).offer.ways == .roads)
    }

    /// One place that the server does not take leaves the others their roads.
    @Test func aPlaceThatIsRefusedSpoilsNothingForOthers() throws {
        let refused = Area.place(2)
        let area = try Area(try Desk(), Roads(.failing))
        for who in 1...6 { try area.promises(try area.asks(who, after: 0).receipt) }
        area.roads.behave(.refusing([refused]))
        for second in 10...20 { area.tick(after: Int64(second)) }
        #expect(area.engine.placesWithoutRoads == 1)
        let asked = area.roads.questions.count
        #expect(try area.asks(7, after: 21).offer.ways == .roadsMissing)
        for second in 22...300 { area.tick(after: Int64(second)) }
        #expect(area.roads.questions.count == asked + 1)
        #expect(area.roads.questions.last?.places == [Area.place(7)])
        #expect(area.roads.questions.last?.known.contains(refused) == false)
        // After ten minutes it is asked about again.
        area.roads.behave(.good(900))
        area.tick(after: 640)
        #expect(area.roads.questions.last?.places == [refused])
        #expect(area.engine.placesWithoutRoads == 0)
        #expect(try area.asks(8, after: 641).offer.ways == .roads)
    }

    @Test func aRestartNeedsNoServer() throws {
        let area = try Area(try Desk(), Roads(.good(900)))
        for who in 1...4 { try area.promises(try area.asks(who).receipt) }
        let before = try area.travel
        let again = try Area(area.desk, Roads(.failing), isNew: false)
        again.tick(after: 1)
        #expect(again.engine.placesWithoutRoads == 5)
        #expect(try again.asks(5, after: 2).offer.ways == .roadsMissing)
        again.roads.behave(.good(900))
        again.tick(after: 11)
        #expect(again.engine.placesWithoutRoads == 0)
        try again.cancels(5, after: 11)
        #expect(try again.travel == before)
        #expect(try again.asks(6, after: 12).offer.ways == .roads)
        // The first caller of another start comes before the first second is over: all is asked for at once.
        let third = try Area(area.desk, Roads(.good(900)), isNew: false)
        #expect(try third.asks(7, after: 13).offer.ways == .roads)
        #expect(third.roads.questions.count == 1)
        #expect(third.roads.questions[0].places.count == 7)
    }

    /// What was promised by an estimate that was too good is told as soon as the roads are known.
    @Test func aPromiseThatTheRoadsDoNotKeepIsTold() throws {
        let area = try Area(try Desk(), Roads(.failing))
        let (receipt, _) = try area.asks(1)
        try area.promises(receipt, last: true)
        let id = try #require(receipt.visit)
        func isUnkept() throws -> Bool {
            guard case .visit(let view) = try area.engine.answer(.visit(id), now: Desk.morning)
            else { throw CancellationError() }
            return view.isUnkept
        }
        #expect(try !isUnkept())
        let changes = Desk.Box(Mutex(0))
        let watch = area.engine.watch(Area.id) { changes.value.withLock { $0 += 1 } }
        area.roads.behave(.good(6 * 3_600))
        area.tick(after: 10)
        area.tick(after: 11)
        #expect(try isUnkept())
        #expect(changes.value.withLock { $0 } > 0)
        watch?.end()
        // Better roads are no reason to change what can be kept.
        let again = try Area(area.desk, Roads(.good(300)), isNew: false)
        again.tick(after: 20)
        again.tick(after: 21)
        guard case .visit(let view) = try again.engine.answer(.visit(id), now: Desk.morning) else {
            throw CancellationError()
        }
        #expect(!view.isUnkept)
        #expect(view.promise == (try area.promised(id)))
    }

    /// However many call, the engine remembers the places of the plan and not much more.
    @Test func placesOfWhoeverCalledOnceAreForgotten() throws {
        let area = try Area(try Desk(), Roads(.good(900)))
        for who in 1...400 {
            let (receipt, _) = try area.asks(who)
            _ = area.send(
                .cancel(try #require(receipt.visit), by: .applicant, reason: ""),
                UInt64(1_000 + who))
        }
        #expect(area.roads.questions.count == 400)
        let known = area.roads.questions.map(\.known.count)
        // The office and a caller are needed, and twice as many are kept.
        #expect(known.max()! <= RoadState.spare + 2 * 3, "\(known.max()!)")
        #expect(area.roads.questions.allSatisfy { $0.known.contains(Area.home) })
    }
}

extension VisitRoadsTests.Area {
    /// What a visit is promised.
    fileprivate func promised(_ id: HomeVisitID) throws -> VisitWindow? {
        guard case .visit(let view) = try engine.answer(.visit(id), now: Desk.morning) else {
            throw CancellationError()
        }
        return view.promise
    }
}
