// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import TestKit
import Testing

private let nine = Plans.at(9)

/// A new plan forgets nobody who is here or has booked.
@Suite struct ChangedPlanTests {
    // MARK: Names

    private func services(_ letters: String) -> [DayPlan.Service] {
        letters.map { Plans.service($0) }
    }

    private func plan(_ letters: String, windows: ClosedRange<Int> = 1...1) -> DayPlan {
        Plans.plan(
            services(letters), windows.map { Plans.window($0, Array(letters.indices(offset: 0))) })
    }

    @Test(arguments: 1...8)
    func aNewServiceTakesThePlaceOfOneThatNothingRefersTo(booked: Int) throws {
        var desk = Desk(plan("ABCDEFGH"))
        for place in 0..<booked {
            let service = String("abcdefgh".dropFirst(place).prefix(1))
            try desk.order(
                .hold(
                    service: ServiceID(service)!, start: Plans.at(10 + Int32(place)),
                    channel: .office, applicant: Desk.applicant(place)))
        }
        let next = plan("ABCDEFGZ")
        guard booked < 8 else {
            #expect(throws: NamesFault(field: "services", needed: ["h"], limit: 8)) {
                try desk.day.fitting(next)
            }
            return
        }
        desk.commit([.planned(try desk.day.fitting(next))])
        #expect(desk.day.plan.services.map(\.id) == ["a", "b", "c", "d", "e", "f", "g", "z"])
        #expect(
            desk.refusal(
                .hold(
                    service: "z", start: Plans.at(17), channel: .office,
                    applicant: Desk.applicant(9)))
                == nil)
    }

    @Test func bookingsKeepTheNamesOfTheirServicesWhileOthersChange() throws {
        var desk = Desk(plan("ABCDEFGH"))
        let number = try desk.book("c", Plans.at(11), by: 1)
        let next = plan("CSTUVWXY")
        desk.commit([.planned(try desk.day.fitting(next))])
        let view = try desk.day.view(
            booking: number, office: OfficeID("o")!, date: date("2026-03-19"))
        #expect(view.service == "c")
        #expect(
            Set(desk.day.plan.services.map(\.id)) == ["c", "s", "t", "u", "v", "w", "x", "y"])
    }

    @Test func fortyWindowsAreRenamedAndOneThatIsOpenStays() throws {
        var desk = Desk(plan("A", windows: 1...40), at: nine)
        try desk.order(.openWindow(7))
        let revision = desk.day.revision
        let next = plan("A", windows: 101...140)
        desk.commit([.planned(try desk.day.fitting(next))])
        let names = desk.day.plan.windows.map(\.id)
        #expect(names.count == 64 && names.contains(7))
        #expect((101...140).allSatisfy { names.contains(WindowID("\($0)")!) })
        let board = desk.day.board(
            office: OfficeID("o")!, date: date("2026-03-19"), since: revision)
        #expect(board.isWhole && board.windows.map(\.id) == names)
        // The open one can still close, and the new ones open.
        try desk.order(.closeWindow(7))
        try desk.order(.openWindow(140))
    }

    @Test func sixtyFourWindowsThatWereOpenLeaveNoRoomForAnother() throws {
        var desk = Desk(plan("A", windows: 1...64), at: nine)
        for window in 1...64 { try desk.order(.openWindow(WindowID("\(window)")!)) }
        #expect(throws: NamesFault(field: "windows", needed: ["64"], limit: 64)) {
            try desk.day.fitting(
                Plans.plan(
                    services("A"), (1...63).map { Plans.window($0, [0]) } + [Plans.window(99, [0])])
            )
        }
    }

    @Test func theServicesOfALeaseKeepTheirPlaces() throws {
        var desk = Desk(plan("ABCDEFGH"), at: nine)
        try desk.order(.leaseNumbers(service: "h", count: 3, kiosk: "k1"))
        desk.commit([.planned(try desk.day.fitting(plan("ABCDEFZ")))])
        #expect(desk.day.plan.services.map(\.id) == ["a", "b", "c", "d", "e", "f", "z", "h"])
    }

    /// Not all that the plan has no more is needed: of forty windows only those that were open.
    @Test func whatNothingRefersToIsNotSaidToBeNeeded() throws {
        var desk = Desk(plan("A", windows: 1...40), at: nine)
        for window in 1...25 { try desk.order(.openWindow(WindowID("\(window)")!)) }
        #expect(
            throws: NamesFault(field: "windows", needed: (1...25).map { "\($0)" }, limit: 64)
        ) { try desk.day.fitting(plan("A", windows: 101...140)) }
    }

    /// A kiosk tells a number by the letter that its service had when it was given out.
    @Test func aLeaseKeepsTheServicesThatHadItsLetter() throws {
        var desk = Desk(plan("ABCDEFGH"), at: nine)
        try desk.order(.leaseNumbers(service: "a", count: 5, kiosk: "k1"))
        desk.now = Plans.at(9, 40)
        let other = [DayPlan.Service(id: "a", letter: UInt8(ascii: "Z"), seconds: 1_200)]
        let lettered = Plans.plan(
            other + services("BCDEFGH"), [Plans.window(1, Array(0..<8))])
        desk.commit([.planned(try desk.day.fitting(lettered))])
        desk.now = Plans.at(9, 50)
        let next = plan("IBCDEFGH")
        #expect(throws: NamesFault(field: "services", needed: ["a"], limit: 8)) {
            try desk.day.fitting(next)
        }
        desk.now = Plans.at(10)
        let ticket = ReportedTicket(number: 1, service: "a", takenAt: Plans.at(9, 30))
        try desk.order(.reportTickets(lease: 1, tickets: [ticket], ends: true))
    }

    // MARK: Boards

    @Test func aBoardIsToldOfWindowsThatAreNewOrChanged() throws {
        var desk = Desk(
            Plans.plan(services("AB"), [Plans.window(1, [0]), Plans.window(2, [1])]), at: nine)
        try desk.take("a")
        let revision = desk.day.revision
        let next = Plans.plan(
            services("AB"),
            [Plans.window(1, [0]), Plans.window(2, [0, 1]), Plans.window(3, [1])])
        desk.commit([.planned(try desk.day.fitting(next))])
        let board = desk.day.board(
            office: OfficeID("o")!, date: date("2026-03-19"), since: revision)
        #expect(!board.isWhole && board.tickets.isEmpty)
        #expect(board.windows.map(\.id) == [2, 3])
        #expect(board.windows.map(\.services) == [["a", "b"], ["b"]])
        // Hours are not on the board.
        let shorter = Plans.plan(
            services("AB"),
            [
                Plans.window(1, [0], [Plans.span(nine, Plans.at(12))]), Plans.window(2, [0, 1]),
                Plans.window(3, [1]),
            ])
        let then = desk.day.revision
        desk.commit([.planned(try desk.day.fitting(shorter))])
        #expect(
            desk.day.board(
                office: OfficeID("o")!, date: date("2026-03-19"), since: then
            ).windows.isEmpty)
    }

    // MARK: Who is here

    /// Who has come for a booking whose place goes is told, and keeps a place from being promised twice.
    @Test func whoHasComeAndLosesThePlaceIsToldAndCounted() throws {
        func plan(_ minutes: Int) -> DayPlan {
            var rules = QueueRules()
            (rules.slotMinutes, rules.leadSeconds) = (Int32(minutes), 0)
            return Plans.plan(
                [Plans.service("A"), Plans.service("B")], [Plans.window(1, [0, 1])],
                hours: [Plans.span(nine, Plans.at(12))], rules: rules)
        }
        for (minutes, isLost) in [(20, false), (30, true)] {
            var desk = Desk(plan(20))
            // 10:20 is no slot of thirty minutes; 10:00 and 11:00 are.
            let booking = try desk.book("a", Plans.at(10, 20), by: 1)
            desk.now = Plans.at(9, 50)
            let label = try desk.arrive(booking)
            let next = try desk.day.fitting(plan(minutes))
            #expect(
                desk.day.affected(by: next, at: desk.now).tickets.map(\.label)
                    == (isLost ? [label] : []))
            // At the end of its time nothing is lost any more.
            #expect(
                desk.day.affected(by: next, at: Plans.at(10, 40)).tickets.isEmpty)
            #expect(
                desk.day.affected(by: next, at: Plans.at(10, 39, 59)).tickets.isEmpty == !isLost)
            desk.commit([.planned(next)])
            let free = desk.day.slots(of: 0, channel: .office, at: desk.now)
            let left = zip(free.starts, free.free).filter { $0.1 > 0 }.map(\.0)
            if isLost {
                // Of 10:00, 10:30, 11:00 and 11:30 the nearest is theirs.
                #expect(left == [Plans.at(10), Plans.at(11), Plans.at(11, 30)])
                // Told once, and free again when they have gone.
                #expect(desk.day.affected(by: plan(30), at: desk.now).tickets.isEmpty)
                try desk.order(.finish(label, .left))
                let now = desk.day.slots(of: 0, channel: .office, at: desk.now)
                #expect(zip(now.starts, now.free).count { $0.1 > 0 } == 4)
            } else {
                #expect(left.count == 5)
            }
        }
    }

    /// Who waits for one window alone is told when that is planned away, whatever others are there.
    @Test func whoWaitsForAWindowThatIsPlannedAwayIsTold() throws {
        let morning = [Plans.span(nine, Plans.at(9, 30))]
        // The second window's hours before and after, and whether that is told at 9:40.
        let rows: [(before: [DayPlan.Span]?, after: [DayPlan.Span]?, isTold: Bool)] = [
            (nil, [], true), (nil, morning, true), (nil, [Plans.span(nine, Plans.at(10))], false),
            (morning, [], false), ([], [], false), (morning, nil, false),
        ]
        for (place, (before, after, isTold)) in rows.enumerated() {
            func plan(_ hours: [DayPlan.Span]?) -> DayPlan {
                Plans.plan(services("A"), [Plans.window(1, [0]), Plans.window(2, [0], hours)])
            }
            var desk = Desk(plan(before), at: Plans.at(9, 10))
            let label = try desk.take("a")
            try desk.order(.transfer(label, service: nil, window: 2))
            desk.now = Plans.at(9, 40)
            #expect(
                desk.day.affected(by: plan(after), at: desk.now).tickets.map(\.label)
                    == (isTold ? [label] : []), "\(place)")
        }
    }

    @Test func whoIsHereWhenTheOfficeClosesIsStillCalledAndServed() throws {
        var desk = Desk(plan("AB", windows: 1...2))
        let booking = try desk.book("a", Plans.at(10), by: 1)
        desk.now = Plans.at(9, 50)
        try desk.order(.openWindow(1))
        let arrived = try desk.arrive(booking)
        let waiting = try desk.take("b")
        let closed = Plans.plan(
            services("AB"), [Plans.window(1, [0, 1]), Plans.window(2, [0, 1])], hours: [],
            closed: Plans.closed)
        desk.commit([.planned(try desk.day.fitting(closed))])
        #expect(desk.refusal(.takeTicket(service: "a")) == .closed(Plans.closed))
        // A window opens for them alone.
        try desk.order(.openWindow(2))
        // The booking is due at ten, after whoever is here already.
        #expect(try desk.callNext(1) == waiting)
        #expect(try desk.callNext(2) == arrived)
        try desk.order(.finish(waiting, .served))
        try desk.order(.closeWindow(1))
        try desk.order(.openWindow(1))
        try desk.order(.closeWindow(1))
        try desk.order(.finish(arrived, .served))
        #expect(desk.state(booking) == .served)
        #expect(desk.checker.liveClaims.isEmpty)
        #expect(desk.refusal(.openWindow(1)) == .closed(Plans.closed))
    }

    @Test func whoWaitsForAServiceThatIsTakenAwayIsCalledByAnyWindowInTurn() throws {
        var desk = Desk(plan("AB", windows: 1...2), at: nine)
        try desk.order(.openWindow(1))
        let first = try desk.take("b")
        let second = try desk.take("a")
        let third = try desk.take("b")
        let next = Plans.plan(services("A"), [Plans.window(1, [0]), Plans.window(2, [0])])
        desk.commit([.planned(try desk.day.fitting(next))])
        #expect(desk.refusal(.takeTicket(service: "b")) == .unknownService("b", known: ["a"]))
        #expect(try desk.day.forecast(ticket: third, at: desk.now).ahead == 2)
        #expect(desk.refusal(.call(third, 1)) == .wouldOvertake(first, rule: "R7.5"))
        #expect(try desk.callNext(1) == first)
        try desk.order(.park(first))
        #expect(try desk.callNext(1) == second)
        try desk.order(.finish(second, .served))
        try desk.order(.resume(first))
        #expect(try desk.callNext(1) == first)
        // The clerk sends the applicant on to a service that there is.
        try desk.order(.transfer(first, service: "a", window: nil))
        #expect(try desk.callNext(1) == first)
        try desk.order(.finish(first, .refused))
        #expect(try desk.callNext(1) == third)
    }

    @Test func whoWaitsForOneWindowAloneIsFreedWhenItRendersTheServiceNoMore() throws {
        var desk = Desk(plan("AB", windows: 1...2), at: nine)
        try desk.order(.openWindow(1))
        let label = try desk.take("a")
        try desk.order(.transfer(label, service: nil, window: 2))
        #expect(desk.refusal(.callNext(1)) == .nobodyWaiting(1))
        let next = Plans.plan(services("AB"), [Plans.window(1, [0]), Plans.window(2, [1])])
        desk.commit([.planned(try desk.day.fitting(next))])
        #expect(try desk.day.forecast(ticket: label, at: desk.now).openWindows == 1)
        #expect(try desk.callNext(1) == label)
    }
}

extension String {
    fileprivate func indices(offset: Int) -> Range<Int> { offset..<offset + count }
}
