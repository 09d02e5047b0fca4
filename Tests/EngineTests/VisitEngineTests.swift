// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Journal
import KezekSimulator
import KezekWire
import Parties
import Synchronization
import TestKit
import Testing
import Texts

@testable import KezekEngine

/// Home visits on a journal.
@Suite struct VisitEngineTests {
    /// Ways of ten minutes, from everywhere to everywhere else.
    private struct TenMinutes: WaySource {
        private var count = 0

        func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
            (Array(repeating: 600, count: count), Array(repeating: 600, count: count))
        }

        mutating func add(_ place: HomePoint) { count += 1 }

        mutating func keep(_ numbers: [Int]) { count = numbers.count }
    }

    /// An engine on the desk's store, with an area in it.
    private struct Area {
        static let id = OfficeID("astana-1")!
        let desk: Desk
        let engine: VisitEngine

        init(_ desk: Desk, isNew: Bool = true) throws {
            self.desk = desk
            engine = VisitEngine(
                queue: desk.queue, applications: desk.engine,
                ways: { _ in AreaWays(estimate: TenMinutes()) },
                search: { $0() }, wantedSearch: { $0() })
            if isNew {
                _ = try #require(send(.describe(Self.description), 1)).get()
            } else {
                try engine.start()
            }
        }

        static let description: VisitArea = {
            let text = LocalizedText(kk: "а", ru: "б", en: "c")
            return VisitArea(
                id: id, title: text, standard: "std-7", kind: "corporation", zone: "",
                home: HomePoint(longitude: 71_430_000, latitude: 51_128_000)!, needs: [],
                crews: (1...2).map {
                    VisitArea.Crew(
                        id: CrewID("crew-\($0)")!, members: [MemberID("m-\($0)")!], needs: [],
                        weekdays: [], hours: nil)
                }, duties: [], rules: VisitRules())
        }()

        typealias Outcome = Result<VisitReceipt, VisitFault>

        func send(
            _ command: VisitCommand, _ request: UInt64, failing: AppendFailure? = nil,
            at now: Timestamp = Desk.morning
        ) -> Outcome? {
            let box = Desk.Box(Mutex<Outcome?>(nil))
            engine.submit(command, request: Desk.id(request), now: now) { result in
                box.value.withLock { $0 = result }
            }
            desk.store.commit(failing: failing)
            return box.value.withLock { $0 }
        }

        func ask(_ who: String, _ request: UInt64, failing: AppendFailure? = nil) -> Outcome? {
            let words = PersonWords(
                name: "Айгерим", address: "дом 3", telephone: "1414",
                place: HomePoint(longitude: 71_459_700, latitude: 51_164_200)!)
            return send(
                .offer(
                    OfferCommand(
                        area: Self.id,
                        subject: .new(
                            NewVisit(
                                applicant: .reference(who), words: words, needs: [], avoided: [],
                                minutes: nil)))), request, failing: failing)
        }

        func view(_ number: UInt32) throws -> VisitView {
            let id = HomeVisitID(area: Self.id, number: number)!
            guard case .visit(let view) = try engine.answer(.visit(id), now: Desk.morning) else {
                throw CancellationError()
            }
            return view
        }
    }

    /// A question never tells what a crash could still undo.
    @Test func questionsSeeOnlyWhatIsOnDisk() throws {
        let area = try Area(try Desk())
        let offered = try #require(area.ask("a", 10)).get()
        let id = try #require(offered.visit)
        let revision = offered.revision
        let place = HomePoint(longitude: 71_440_000, latitude: 51_150_000)!
        let question = VisitQuestion.windows(WindowsQuestion(area: Area.id, place: place))
        func told() throws -> UInt32? {
            guard case .windows(let free) = try area.engine.answer(question, now: Desk.morning)
            else { return nil }
            return free.revision
        }
        let isTold = Mutex(false)
        area.engine.submit(
            .cancel(id, by: .applicant, reason: ""), request: Desk.id(11), now: Desk.morning
        ) { _ in isTold.withLock { $0 = true } }
        #expect(!isTold.withLock { $0 })
        #expect(try area.view(1).state == .held)
        #expect(try told() == revision)
        area.desk.store.commit(failing: nil)
        #expect(isTold.withLock { $0 })
        #expect(try area.view(1).state == .cancelled)
        #expect(try told() == revision + 1)
    }

    @Test func aRepeatGetsWhatWasRecorded() throws {
        let area = try Area(try Desk())
        let offered = try #require(area.ask("a", 10)).get()
        let window = try #require(offered.offer?.windows.first { $0.isHeld }).window
        let id = try #require(offered.visit)
        let promise = VisitCommand.promise(id, start: window.start)
        let promised = try #require(area.send(promise, 11)).get()
        #expect(promised.state == .promised)
        let position = try area.desk.store.lastPosition()
        // Once more, after more has happened, and on an engine that has started anew.
        #expect(area.ask("a", 10) == .success(offered))
        #expect(area.send(promise, 11) == .success(promised))
        let again = try Area(area.desk, isNew: false)
        #expect(again.ask("a", 10) == .success(offered))
        #expect(again.send(promise, 11) == .success(promised))
        #expect(try area.desk.store.lastPosition() == position)
        #expect(area.ask("b", 11) == .failure(.command(.requestMismatch)))
        #expect(area.ask("a", 12) == .failure(.refused(.alreadyAsked(1))))
        #expect(try again.view(1) == area.view(1))
        #expect(try area.view(1).promise == window)
    }

    @Test func whatCannotBeWrittenIsNotPromised() throws {
        let area = try Area(try Desk())
        let offered = try #require(area.ask("a", 10)).get()
        let id = try #require(offered.visit)
        let promise = VisitCommand.promise(id, start: offered.offer!.windows[0].window.start)
        guard
            case .failure(.command(.unavailable)) = area.send(
                promise, 11, failing: .unavailable("full"))
        else { throw CancellationError() }
        #expect(try area.view(1).state == .held)
        // Repeating is safe, and now it succeeds.
        #expect(try #require(area.send(promise, 11)).get().state == .promised)
        let again = try Area(area.desk, isNew: false)
        #expect(try again.view(1) == area.view(1))
    }

    @Test func anAreaThatCouldNotBeWrittenIsNotThere() throws {
        let desk = try Desk()
        let engine = VisitEngine(
            queue: desk.queue, applications: desk.engine,
            ways: { _ in AreaWays(estimate: TenMinutes()) }, search: { $0() },
            wantedSearch: { $0() })
        engine.submit(.describe(Area.description), request: Desk.id(1), now: Desk.morning) { _ in }
        #expect(throws: VisitFault.refused(.unknownArea(Area.id, known: []))) {
            try engine.answer(.area(Area.id), now: Desk.morning)
        }
        desk.store.commit(failing: .unavailable("full"))
        #expect(engine.areas.isEmpty)
    }

    @Test func aHoldEndsByTheClockAndIsRecorded() throws {
        let area = try Area(try Desk())
        _ = try #require(area.ask("a", 10)).get()
        let later = Timestamp(second: Desk.morning.second + 300)!
        area.engine.tick(now: later)
        area.desk.store.commit()
        #expect(try area.view(1).state == .requested)
        let again = try Area(area.desk, isNew: false)
        #expect(try again.view(1) == area.view(1))
    }

    @Test func aPlanMadeAnewIsAnsweredWhenItIsRecorded() throws {
        let area = try Area(try Desk())
        let offered = try #require(area.ask("a", 10)).get()
        _ = try #require(
            area.send(
                .promise(offered.visit!, start: offered.offer!.windows.last!.window.start), 11)
        ).get()
        let figures = try #require(
            area.send(.replan(Area.id, seconds: 1), 12)?.get().replan)
        #expect(figures.travelAfter <= figures.travelBefore)
        #expect(figures.travelBefore == 1_200)
        let position = try area.desk.store.lastPosition()
        #expect(try area.send(.replan(Area.id, seconds: 1), 12)?.get().replan == figures)
        #expect(try area.desk.store.lastPosition() == position)
        #expect(
            area.send(.replan(Area.id, seconds: 0), 13)
                == .failure(
                    .refused(.fault(AreaFault(field: "seconds", problem: "must be 1 to 600")))))
    }

    @Test func whoIsForgottenLeavesNoAddress() throws {
        let area = try Area(try Desk())
        let id = try #require(area.ask("a", 10)?.get().visit)
        let box = Desk.Box(Mutex<Result<Int, ApplicationFault>?>(nil))
        func forget(_ request: UInt64) -> Result<Int, ApplicationFault>? {
            area.desk.engine.forget(
                .reference("a"), request: Desk.id(request), now: Desk.morning
            ) { result in box.value.withLock { $0 = result } }
            area.desk.store.commit()
            return box.value.withLock { $0 }
        }
        #expect(forget(20) == .failure(.stillUnderWay("astana-1/1")))
        _ = try #require(area.send(.cancel(id, by: .applicant, reason: "well again"), 11)).get()
        #expect(try area.view(1).words?.name == "Айгерим")
        #expect(try area.view(1).reason == "well again")
        #expect(try Area(area.desk, isNew: false).view(1).reason == "well again")
        #expect(forget(21) == .success(1))
        #expect(try area.view(1).words == nil)
        #expect(try area.view(1).reason == ForgottenWords.mark)
        let again = try Area(area.desk, isNew: false)
        #expect(try again.view(1) == area.view(1))
        // Nothing of it is readable in what was written.
        try area.desk.store.scan(after: 0) { placed in
            for word in ["Айгерим", "дом 3", "well again"] {
                let bytes = Array(word.utf8)
                let isThere = placed.entry.body.indices.contains {
                    placed.entry.body[$0...].starts(with: bytes)
                }
                #expect(!isThere)
            }
            return true
        }
    }
}
