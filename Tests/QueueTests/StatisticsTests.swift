// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing

private let plan = Plans.plan(
    [Plans.service("A"), Plans.service("B")], [Plans.window(1, [0, 1]), Plans.window(2, [1])])
private let ten = Plans.at(10)
private let office = OfficeID("o")!
private let day = date("2026-03-19")

@Suite struct StatisticsTests {
    private func statistics(_ desk: Desk, at now: Int32) -> QueueStatistics {
        var period = PeriodStatistics(office: office, from: day, to: day)
        period.add(desk.day, date: day, at: now)
        return period.statistics
    }

    /// Serves whoever is next at the first window, from one second of the day to another.
    private func serve(_ desk: inout Desk, _ from: Int32, _ to: Int32) throws -> TicketLabel {
        desk.now = from
        let label = try desk.callNext(1)
        desk.now = to
        try desk.order(.finish(label, .served))
        return label
    }

    @Test func aDayWithoutAnythingIsAllZero() {
        let figures = statistics(Desk(plan), at: ten)
        #expect(figures.days == 0)
        #expect(figures.services.map(\.service) == ["a", "b"])
        #expect(figures.services.allSatisfy { $0.tickets == 0 && $0.wait.count == 0 })
        #expect(figures.windows.map(\.openSeconds) == [0, 0])
        #expect(figures.breaches == [])
    }

    @Test func whoCameAndWhatBecameOfThemIsCountedForEachService() throws {
        var desk = Desk(plan)
        for (applicant, start) in [(1, ten), (2, ten), (3, Plans.at(11))].map({ ($0.0, $0.1) }) {
            try desk.book(applicant == 2 ? "b" : "a", start, by: applicant)
        }
        try desk.order(.cancel(3, by: .applicant, reason: ""))
        desk.now = ten
        try desk.order(.openWindow(1))
        try desk.arrive(1)
        for service in ["a", "a", "b"] { try desk.take(service) }
        desk.now = ten + 60
        try desk.callNext(1)
        try desk.order(.finish("A1", .refused))
        try desk.callNext(1)
        try desk.order(.skip("A2"))
        try desk.order(.finish("A3", .left))
        desk.now = Plans.at(10, 15)
        desk.sweep()
        let figures = statistics(desk, at: Plans.at(12))
        let (a, b) = (figures.services[0], figures.services[1])
        #expect(figures.days == 1)
        #expect((a.tickets, a.booked, a.served, a.refused) == (3, 1, 0, 1))
        #expect((a.left, a.noShows, a.cancelled) == (1, 1, 1))
        #expect((b.tickets, b.booked, b.noShows, b.cancelled) == (1, 0, 1, 0))
        #expect((a.wait.count, a.wait.p50, b.wait.count) == (2, 60, 0))
    }

    @Test func quantilesAreOfThePeriodByNearestRank() throws {
        var period = PeriodStatistics(office: office, from: day, to: day)
        // Waits of 1 to 5 minutes on one day, of 6 to 10 on the other.
        for offset in [0, 5] {
            var desk = Desk(plan, at: ten)
            try desk.order(.openWindow(1))
            for minutes in 1...5 {
                desk.now = ten + Int32(minutes) * 1_800
                let label = try desk.take("a")
                let call = desk.now + Int32(minutes + offset) * 60
                #expect(try serve(&desk, call, call + 120) == label)
            }
            period.add(desk.day, date: day, at: Plans.at(18))
        }
        let figures = period.statistics
        let wait = figures.services[0].wait
        #expect((wait.count, wait.mean, wait.p50, wait.p90, wait.max) == (10, 330, 300, 540, 600))
        #expect(figures.services[0].serving.p90 == 120)
        #expect(figures.days == 2)
        #expect(figures.windows[0].tickets == 10)
        #expect(figures.windows[0].busySeconds == 1_200)
    }

    @Test func aRunningStretchCountsUpToNowAndNotBeyondMidnight() throws {
        var desk = Desk(plan, at: ten)
        try desk.order(.openWindow(1))
        try desk.take("a")
        desk.now = ten + 600
        try desk.callNext(1)
        let rows: [(Int32, Int, Int)] = [
            (ten + 600, 600, 0), (ten + 900, 900, 300), (Plans.at(30), 50_400, 49_800),
        ]
        for (now, open, busy) in rows {
            let window = statistics(desk, at: now).windows[0]
            #expect((window.openSeconds, window.busySeconds) == (open, busy))
        }
    }

    @Test func theWaitOfABookingCountsFromItsTimeOrTheArrival() throws {
        // When the applicant comes and is called, after the booking's time; and the wait.
        let rows: [(Int32, Int32, Int32)] = [
            (-600, -300, 0), (-600, 300, 300), (0, 60, 60), (500, 800, 300),
        ]
        for (arrival, call, wait) in rows {
            var desk = Desk(plan)
            try desk.book("a", ten, by: 1)
            desk.now = ten + arrival
            try desk.order(.openWindow(1))
            try desk.arrive(1)
            _ = try serve(&desk, ten + call, ten + call + 60)
            #expect(statistics(desk, at: Plans.at(18)).services[0].wait.max == wait)
        }
    }

    private func breaches(_ desk: Desk, at now: Int32) -> [String] {
        statistics(desk, at: now).breaches.map { "\($0.kind) \($0.ticket) \($0.seconds)" }
    }

    @Test func aBreachIsALongerWaitThanPermittedWhetherCalledOrNot() throws {
        for (wait, isBreach) in [(Int32(1_200), false), (1_201, true)] {
            // Called; left; and still there.
            for last in [DayCommand.callNext(1), .finish("A1", .left), .beginBreak(2)] {
                var desk = Desk(plan, at: ten)
                try desk.order(.openWindow(1))
                try desk.order(.openWindow(2))
                try desk.take("a")
                desk.now += wait
                try desk.order(last)
                #expect(breaches(desk, at: desk.now) == (isBreach ? ["wait A-001 1201"] : []))
            }
        }
    }

    @Test func aBreachIsALongerServiceThanPermittedEvenBeforeItsEnd() throws {
        var desk = Desk(plan, at: ten)
        try desk.order(.openWindow(1))
        try desk.take("a")
        try desk.callNext(1)
        desk.now += 100
        try desk.order(.serve("A1"))
        #expect(breaches(desk, at: desk.now + 1_200) == [])
        #expect(breaches(desk, at: desk.now + 1_300) == ["service A-001 1300"])
        desk.now += 1_250
        try desk.order(.finish("A1", .served))
        #expect(breaches(desk, at: Plans.at(18)) == ["service A-001 1250"])
        #expect(statistics(desk, at: Plans.at(18)).services[0].serving.max == 1_250)
    }

    @Test func whereNothingIsForbiddenThereIsNoBreach() throws {
        var desk = Desk(
            Plans.plan(plan.services, [Plans.window(1, [0])], waitLimit: 0, serviceLimit: 0),
            at: ten)
        try desk.order(.openWindow(1))
        try desk.take("a")
        _ = try serve(&desk, ten + 7_200, ten + 14_400)
        #expect(breaches(desk, at: Plans.at(18)) == [])
    }

    @Test func whoDidNotAnswerAndCameBackWaitsAnewAndTheFirstWaitStays() throws {
        var desk = Desk(plan, at: ten)
        try desk.order(.openWindow(1))
        try desk.take("a")
        desk.now = ten + 300
        try desk.callNext(1)
        try desk.order(.skip("A1"))
        desk.now = ten + 3_000
        try desk.order(.resume("A1"))
        #expect(statistics(desk, at: desk.now).services[0].wait.max == 300)
        _ = try serve(&desk, ten + 3_060, ten + 3_100)
        let figures = statistics(desk, at: desk.now)
        let wait = figures.services[0].wait
        #expect((wait.count, wait.mean, wait.max) == (2, 180, 300))
        #expect(figures.breaches == [])
        #expect(figures.foretold == 0)
    }

    @Test func whatWasForetoldIsComparedWithTheWait() throws {
        var desk = Desk(plan, at: ten)
        // With every window closed nothing is foretold.
        try desk.take("a")
        try desk.order(.openWindow(1))
        try desk.take("a")
        let foretold = try #require(desk.day.tickets[1].foretold)
        #expect(foretold.p50 <= foretold.p90)
        _ = try serve(&desk, ten + 10, ten + 60)
        #expect(statistics(desk, at: ten + 60).foretold == 0)
        #expect(statistics(desk, at: ten + foretold.p90 + 1).foretold == 1)
        #expect(statistics(desk, at: ten + foretold.p90 + 1).withinP90 == 0)
        let waiting = desk
        for (late, isWithin) in [(Int32(0), 1), (1, 0)] {
            desk = waiting
            _ = try serve(&desk, ten + foretold.p90 + late, ten + foretold.p90 + 60)
            let figures = statistics(desk, at: Plans.at(18))
            #expect((figures.foretold, figures.withinP90) == (1, isWithin))
        }
        // Of several calls the first counts.
        desk = waiting
        desk.now = ten + foretold.p90
        try desk.callNext(1)
        try desk.order(.transfer("A2", service: nil, window: 1))
        _ = try serve(&desk, ten + foretold.p90 + 500, ten + foretold.p90 + 600)
        let figures = statistics(desk, at: Plans.at(18))
        #expect((figures.foretold, figures.withinP90) == (1, 1))
    }
}
