// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import Testing

@Suite struct CheckerTests {
    /// Each command goes through the checker at the desk, which records what it finds.
    @Test(arguments: 0..<9)
    func whatTheDayDecidesBreaksNoRule(seed: Int) {
        let plans = Plans.histories[seed % Plans.histories.count]
        let history = RandomHistory(plans, commands: 1_000, seed: UInt64(seed))
        #expect(history.accepted > 200, "\(history.accepted)")
        #expect(history.desk.checker.liveClaims.isEmpty)
    }

    /// Every entry of a random history, done once more or otherwise than it was.
    @Test(arguments: 20..<23)
    func noEntryCanBeRepeatedSkippedDatedBackOrOvertaken(seed: Int) {
        let history = RandomHistory(
            Plans.histories[seed % Plans.histories.count], commands: 600, seed: UInt64(seed))
        var checker = DayChecker()
        var day = OfficeDay(plan: Plans.histories[seed % Plans.histories.count][0])
        for (index, entry) in history.desk.entries.enumerated() {
            if index > 0 {
                let before = history.desk.entries[index - 1].at
                expect(.revision, entry, checker, revision: entry.revision + 1)
                expect(.time, entry, checker, at: before - 1)
            }
            if case .called(let label, let window)? = entry.events.first,
                let other = overtaking(label, Int(window), day)
            {
                var wrong = entry
                wrong.events = [.called(other, window: window)]
                expect(.overtaking, wrong, checker)
            }
            #expect(throws: Never.self) {
                try checker.check(entry.events, revision: entry.revision, at: entry.at)
            }
            day.apply(entry.events, revision: entry.revision, at: entry.at)
            switch entry.events.last {
            case .planned, .recalled, .transferred, nil: break
            default:
                #expect(throws: Violation.self, "\(entry.events)") {
                    var again = checker
                    try again.check(entry.events, revision: entry.revision + 1, at: entry.at)
                }
            }
        }
    }

    /// Somebody whom the window may call, but who is not next; nil if there is nobody.
    private func overtaking(_ label: TicketLabel, _ window: Int, _ day: OfficeDay) -> TicketLabel? {
        day.waiting.last {
            day.plan.windows[window].services & 1 << $0.service != 0 && !$0.isDirected
                && day.next(for: window) != day.ticketIndex($0.label)
        }?.label
    }

    private func expect(
        _ rule: Violation.Rule, _ entry: Desk.Entry, _ checker: DayChecker,
        revision: UInt32? = nil, at: Int32? = nil
    ) {
        var checker = checker
        do throws(Violation) {
            try checker.check(
                entry.events, revision: revision ?? entry.revision, at: at ?? entry.at)
            Issue.record("\(rule) was not found: \(entry)")
        } catch {
            #expect(error.rule == rule, "\(error)")
            #expect(error.revision == revision ?? entry.revision)
        }
    }

    // MARK: Each rule

    /// A legal history that an illegal entry is added to, or made from.
    private struct Row: Sendable {
        let rule: Violation.Rule
        let who: String
        let desk: @Sendable () throws -> Desk
        var at: Int32?
        let events: [DayEvent]
    }

    @Test func eachBrokenRuleIsFoundAndNamed() throws {
        let rows = Self.bookingRows + Self.lineRows
        let found = Set(rows.map(\.rule))
        // Those of reasons and codes are found in `BookingsOnlyTests`, that of persons, which is no day's, in
        // `PersonLimitTests`, those of several services in `VisitTests`, that of lists in `WaitingListCheckerTests`.
        #expect(
            Set(Violation.Rule.allCases).subtracting(found)
                == [
                    .revision, .time, .planFirst, .withoutBooking, .code, .personLimit, .services,
                    .turn, .waitingList,
                ])
        for row in rows {
            let desk = try row.desk()
            #expect(desk.violation == nil)
            var checker = desk.checker
            let last = desk.entries[desk.entries.count - 1]
            do throws(Violation) {
                try checker.check(row.events, revision: last.revision + 1, at: row.at ?? desk.now)
                Issue.record("\(row.rule) was not found: \(row.events)")
            } catch {
                #expect(error.rule == row.rule, "\(row.events)")
                #expect(error.who == row.who)
            }
        }
    }

    @Test func aHistoryBeginsWithThePlan() {
        expect(
            .planFirst, Desk.Entry(events: [.windowOpened(0)], revision: 1, at: 0), DayChecker())
    }

    private static let plan = Plans.histories[0][0]
    private static let nine = Plans.at(9)

    private static func held(
        _ number: UInt32, _ service: UInt8, _ start: Int32, by applicant: Int = 9,
        _ channel: BookingChannel = .office, until: Int32? = nil
    ) -> DayEvent {
        .held(
            Held(
                number: number, applicant: Desk.applicant(applicant), service: service,
                start: start, channel: channel, until: until.map { DayMoment($0) }, movedFrom: nil))
    }

    /// One confirmed booking of the first service at ten, held by the first applicant, and a hold.
    @Sendable private static func booked() throws -> Desk {
        var desk = Desk(plan, at: nine - 7_200)
        try desk.book("a", Plans.at(10), by: 1)
        try desk.order(
            .hold(
                service: "a", start: Plans.at(11), channel: .portal, applicant: Desk.applicant(2)))
        return desk
    }

    private static let bookingRows: [Row] = [
        Row(
            rule: .bookingNumber, who: "booking 4", desk: booked,
            events: [held(4, 0, Plans.at(12))]),
        Row(
            rule: .noBookings, who: "booking 1",
            desk: { Desk(Plans.histories[2][0], at: nine) },
            events: [held(1, 0, Plans.at(10))]),
        Row(
            rule: .slot, who: "booking 3", desk: booked, events: [held(3, 0, Plans.at(10, 5))]),
        Row(
            rule: .slot, who: "booking 3", desk: booked, events: [held(3, 0, Plans.at(18))]),
        Row(
            rule: .capacity, who: "booking 4", desk: booked,
            events: [held(3, 0, Plans.at(10), by: 8), held(4, 0, Plans.at(10))]),
        Row(
            rule: .share, who: "booking 5 at 43200", desk: booked,
            events: [
                held(3, 0, Plans.at(12), by: 8, .kiosk), held(4, 0, Plans.at(12), by: 7, .kiosk),
                held(5, 1, Plans.at(12), .kiosk),
            ]),
        Row(
            rule: .oneBooking, who: "booking 3 and 1", desk: booked,
            events: [held(3, 0, Plans.at(12), by: 1)]),
        Row(rule: .existence, who: "booking 3", desk: booked, events: [.confirmed(3)]),
        Row(rule: .existence, who: "service 2", desk: booked, events: [held(3, 2, nine)]),
        Row(rule: .bookingState, who: "booking 1", desk: booked, events: [.confirmed(1)]),
        Row(rule: .bookingState, who: "booking 2", desk: booked, events: [.missed(2)]),
        Row(
            rule: .bookingState, who: "booking 2", desk: booked, at: nine - 6_600,
            events: [.expired(2), .expired(2)]),
        Row(
            rule: .expiry, who: "booking 2", desk: booked, at: nine - 6_601, events: [.expired(2)]),
        Row(
            rule: .lapse, who: "booking 2", desk: booked, at: nine - 6_600,
            events: [.confirmed(2)]),
        Row(
            rule: .lapse, who: "booking 1", desk: booked, at: Plans.at(10, 15),
            events: [.arrived(Arrived(booking: 1, label: "A1", foretold: nil))]),
        Row(
            rule: .grace, who: "booking 1", desk: booked, at: Plans.at(10, 14, 59),
            events: [.missed(1)]),
        Row(
            rule: .release, who: "booking 1", desk: booked,
            events: [
                .cancelled(
                    Cancelled(number: 1, by: .applicant, reason: "", freeFrom: DayMoment(nine))),
                .placeFreed(1),
            ]),
        Row(
            rule: .displaced, who: "booking 1", desk: booked,
            events: [
                .planned(
                    Plans.plan(
                        plan.services, plan.windows.map { ($0, false) },
                        hours: [Plans.span(Plans.at(10, 30), Plans.at(18))]))
            ]),
        Row(
            rule: .displaced, who: "booking 1", desk: booked,
            events: [
                .planned(
                    Plans.plan(
                        plan.services, plan.windows.map { ($0, false) }, policy: .walkInOnly))
            ]),
        Row(
            rule: .planPlaces, who: "services or windows", desk: booked,
            events: [.planned(Plans.plan(plan.services.reversed(), [Plans.window(1, [0])]))]),
    ]

    /// Bookings that no window can serve for their whole time, though each slot could.
    @Test func longBookingsThatNoAssignmentKeepsAreFound() {
        let nine = Plans.span(Self.nine, Plans.at(11))
        let rows: [(DayPlan, [DayEvent], String)] = [
            (
                Plans.plan(
                    [Plans.service("A", minutes: 60)],
                    [
                        Plans.window(1, [0], [nine, Plans.span(Plans.at(11, 40), Plans.at(18))]),
                        Plans.window(2, [0], [Plans.span(Plans.at(10, 40), Plans.at(18))]),
                    ]), [Self.held(1, 0, Plans.at(10, 20))], "booking 1"
            ),
            (
                Plans.plan(
                    [Plans.service("A", minutes: 40), Plans.service("B"), Plans.service("C")],
                    [Plans.window(1, [0, 1]), Plans.window(2, [0, 2])]),
                [
                    Self.held(1, 0, Plans.at(16)), Self.held(2, 1, Plans.at(16)),
                    Self.held(3, 2, Plans.at(16, 20)),
                ], "booking 3"
            ),
        ]
        for (plan, events, who) in rows {
            for count in 1...events.count {
                var checker = DayChecker()
                let isFault = count == events.count
                do throws(Violation) {
                    try checker.check([.planned(plan)], revision: 1, at: 0)
                    for (place, event) in events.prefix(count).enumerated() {
                        try checker.check([event], revision: UInt32(place) + 2, at: 0)
                    }
                    #expect(!isFault)
                } catch {
                    #expect(isFault)
                    #expect((error.rule, error.who) == (.capacity, who))
                }
            }
        }
    }

    /// Two tickets of the first service, one of the second at the third window, and a lease.
    @Sendable private static func working() throws -> Desk {
        var desk = Desk(plan, at: nine)
        for window in [1, 2, 3] { try desk.order(.openWindow(WindowID("\(window)")!)) }
        try desk.take("a")
        try desk.take("a")
        try desk.take("b")
        try desk.order(.callNext(3))
        try desk.order(.leaseNumbers(service: "b", count: 5, kiosk: "k"))
        return desk
    }

    private static func taken(_ label: TicketLabel, _ service: UInt8, _ at: Int32) -> TicketTaken {
        TicketTaken(label: label, service: service, at: at, foretold: nil)
    }

    private static let lineRows: [Row] = [
        Row(
            rule: .reception, who: "A-003", desk: working, at: Plans.at(18),
            events: [.ticketTaken(taken("A3", 0, Plans.at(18)))]),
        Row(
            rule: .reception, who: "A-001", desk: working, at: Plans.at(24),
            events: [.called("A1", window: 0)]),
        Row(
            rule: .number, who: "A-002", desk: working,
            events: [.ticketTaken(taken("A2", 0, nine))]),
        Row(
            rule: .number, who: "A-004", desk: working,
            events: [.ticketTaken(taken("A4", 0, nine))]),
        Row(
            rule: .number, who: "B-002", desk: working,
            events: [.ticketTaken(taken("B2", 1, nine))]),
        Row(
            rule: .number, who: "A-003", desk: working,
            events: [.ticketTaken(taken("A3", 1, nine))]),
        Row(
            rule: .lease, who: "B-003", desk: working,
            events: [.ticketReported(taken("B3", 1, nine))]),
        Row(
            rule: .lease, who: "lease 1", desk: working,
            events: [.leaseEnded(1, used: 0), .leaseEnded(1, used: 0)]),
        Row(rule: .existence, who: "C-001", desk: working, events: [.recalled("C1")]),
        Row(
            rule: .ticketState, who: "A-001", desk: working,
            events: [.finished("A1", .served)]),
        Row(rule: .ticketState, who: "B-001", desk: working, events: [.resumed("B1")]),
        Row(
            rule: .callLimit, who: "B-001", desk: working,
            events: [.recalled("B1"), .recalled("B1"), .recalled("B1")]),
        Row(rule: .windowState, who: "window 0", desk: working, events: [.windowOpened(0)]),
        Row(rule: .windowState, who: "window 1", desk: working, events: [.breakEnded(1)]),
        Row(
            rule: .windowState, who: "window 0", desk: working,
            events: [.breakBegun(0), .called("A1", window: 0)]),
        Row(rule: .oneAtAWindow, who: "window 2", desk: working, events: [.windowClosed(2)]),
        Row(
            rule: .oneAtAWindow, who: "window 0", desk: working,
            events: [.called("A1", window: 0), .called("A2", window: 0)]),
        Row(
            rule: .service, who: "B-001", desk: working,
            events: [.parked("B1"), .called("B1", window: 0)]),
        Row(
            rule: .service, who: "A-001", desk: working,
            events: [.transferred("A1", service: 0, window: 1), .called("A1", window: 0)]),
        Row(
            rule: .overtaking, who: "A-002 before A-001", desk: working,
            events: [.called("A2", window: 0)]),
    ]
}
