// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import Parties
import TestKit
import Testing
import Visits

/// A month of calls, delays and absences from a seed.
struct SimulatedMonth {
    var city: City
    private var random: SeededGenerator
    private var callers = 0
    /// Promises that somebody was told are late or lost; each must be told before it is broken.
    private var said: Set<UInt32> = []
    private(set) var promised = 0
    private(set) var unkept = 0
    private(set) var replans = 0

    init(seed: UInt64) throws {
        var rules = VisitRules()
        rules.horizonDays = 4
        rules.frozenCrewDays = 1
        rules.movePrice = 60
        city = try City(City.area(crews: 2, rules: rules), at: "2026-03-02T09:00")
        random = SeededGenerator(seed: seed)
    }

    /// What came of it.
    struct Outcome: Sendable {
        let city: City
        let promised: Int
        let unkept: Int
        let replans: Int
    }

    var outcome: Outcome {
        Outcome(city: city, promised: promised, unkept: unkept, replans: replans)
    }

    private mutating func roll(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }

    mutating func run(days: Int) throws {
        var date = date("2026-03-02")
        for _ in 0..<days {
            if city.terms.calendarSays(date) { try work(date) }
            date = date.adding(days: 1)!
        }
    }

    /// A day from nine to eight: something happens every half an hour or so.
    private mutating func work(_ date: CivilDate) throws {
        city.now = max(city.now, City.second("\(date)T09:00"))
        let end = City.second("\(date)T19:30")
        said = []
        if roll(6) == 0 { try tell(.crew(City.id, crew(), .absent(date))) }
        while city.now < end {
            switch roll(10) {
            case 0...3: try call()
            case 4, 5: try crewsTell()
            case 6: try cancel()
            case 7:
                try tell(.crew(City.id, crew(), .delayed(minutes: 10 + roll(60))))
            case 8:
                let name = NeedID("road-\(roll(2))")!
                let closure = RoadClosure(
                    name: name, centre: place(), radius: 300, extra: 120 + roll(600))!
                try tell(roll(2) == 0 ? .closeRoad(City.id, closure) : .openRoad(City.id, name))
            default:
                if let figures = try city.replans(steps: 150), figures.isPublished { replans += 1 }
            }
            try city.isSound(lateSaid: said)
            if try !city.faults(lateSaid: said).isEmpty { return }
            city.now += Int64(600 + roll(2_400))
        }
        city.now = City.second("\(date)T23:00")
        city.time()
    }

    private mutating func crew() -> CrewID { CrewID("crew-\(1 + roll(2))")! }

    private mutating func place() -> HomePoint {
        HomePoint(
            longitude: City.home.longitude + Int32(roll(60_000)) - 30_000,
            latitude: City.home.latitude + Int32(roll(40_000)) - 20_000)!
    }

    /// A command whose refusal is nobody's fault: what it is about has changed.
    private mutating func tell(_ command: VisitCommand) throws {
        do {
            let receipt = try city.does(command)
            unkept += receipt.unkept.count
            said.formUnion(receipt.unkept.map(\.number))
            for lost in receipt.unkept where city.desk.book[lost.number]?.isUnkept == true {
                try settle(lost)
            }
        } catch is VisitRefusal {}
    }

    /// The dispatcher does something about a promise that is lost.
    private mutating func settle(_ lost: UnkeptPromise) throws {
        let id = HomeVisitID(area: City.id, number: lost.number)!
        if let late = lost.late, roll(2) == 0 {
            _ = try promise(id, late.start)
        } else if let other = lost.alternatives.first {
            _ = try promise(id, other.window.start)
        } else {
            try city.does(.cancel(id, by: .office, reason: "no crew"))
        }
    }

    /// Whether the window could be promised; false if it is gone.
    private mutating func promise(_ id: HomeVisitID, _ start: Int64) throws -> Bool {
        do {
            try city.does(.promise(id, start: start))
            return true
        } catch {
            switch error {
            case .windowGone, .notAWindow: return false
            default: throw error
            }
        }
    }

    private mutating func call() throws {
        callers += 1
        let at = place()
        let receipt = try city.asks(
            callers, at.longitude - City.home.longitude, at.latitude - City.home.latitude,
            needs: roll(4) == 0 ? [City.kit] : [], avoided: roll(8) == 0 ? [crew()] : [])
        let windows = receipt.offer!.windows
        // Some hang up, and their hold ends by itself.
        guard !windows.isEmpty, roll(6) > 0 else { return }
        let window = windows[min(windows.count - 1, roll(6))]
        city.now += Int64(roll(240))
        let isPromised = try promise(receipt.visit!, window.window.start)
        // What is held is there.
        #expect(isPromised || !window.isHeld)
        promised += isPromised ? 1 : 0
    }

    private mutating func crewsTell() throws {
        let plan = try city.desk.plan(nil, 1, since: nil, city.terms, now: city.now)
        for day in plan.crewDays {
            let next = day.stops.first { stop in
                guard case .visit(let number) = stop.kind, let visit = city.desk.book[number] else {
                    return false
                }
                return visit.state == .promised || visit.state == .underWay
            }
            guard case .visit(let number) = next?.kind, next!.arrival <= city.now else { continue }
            let id = HomeVisitID(area: City.id, number: number)!
            switch roll(8) {
            case 0: try tell(.report(id, .nobodyHome))
            case 1: try tell(.report(id, .longer(minutes: 5 + roll(30))))
            case 2: try tell(.report(id, .underWay))
            case 3: try tell(.report(id, .arrived))
            default: try tell(.report(id, .done))
            }
        }
    }

    private mutating func cancel() throws {
        let known = city.desk.book.visits.filter { $0.state == .promised }
        guard !known.isEmpty, roll(2) == 0 else { return }
        let id = HomeVisitID(area: City.id, number: known[roll(known.count)].number)!
        try tell(.cancel(id, by: .applicant, reason: ""))
    }
}

@Suite struct MonthTests {
    /// `KEZEK_MONTHS=50 swift test --filter MonthTests` tries more of them.
    private static let seeds: ClosedRange<UInt64> = {
        1...max(1, UInt64(ProcessInfo.processInfo.environment["KEZEK_MONTHS"] ?? "") ?? 1)
    }()

    /// Ramadan's end, Nauryz and its moved days are in this month: nobody works on them, which
    /// `isSound` asks the calendar after each command.
    @Test(arguments: seeds)
    func inAMonthOfCallsAndTroubleNoPromiseIsBrokenInSilence(_ seed: UInt64) async throws {
        let month = try await offThePool {
            var month = try SimulatedMonth(seed: seed)
            try month.run(days: 31)
            return month.outcome
        }
        #expect(month.promised > 60 && month.unkept > 5 && month.replans > 0)
        var book = VisitBook(month.city.journal[0].events.described!)
        for entry in month.city.journal {
            let follows = book.take(entry.events, at: entry.at)
            #expect(follows)
        }
        #expect(book == month.city.desk.book)
    }
}

extension [VisitEvent] {
    fileprivate var described: VisitArea? {
        if case .described(let area)? = first { area } else { nil }
    }
}
