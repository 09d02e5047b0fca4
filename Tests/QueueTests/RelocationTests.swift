// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import TestKit
import Testing

@Suite struct RelocationTests {
    private let today = date("2026-03-19")
    private let tomorrow = date("2026-03-20")

    /// Where those go whom a plan displaces, on the day itself or the next, which nobody has booked.
    private func places(
        _ desk: Desk, _ plan: DayPlan, until last: CivilDate, next: DayPlan
    ) -> [Relocation.Place?] {
        let displaced = desk.day.displaced(by: plan)
        var day = desk.day
        day.apply([.planned(plan)], revision: day.revision + 1, at: desk.now, isPart: true)
        let wishes = displaced.map { number in
            let booking = desk.day.bookings[Int(number) - 1]
            return Relocation.Wish(
                date: today, number: number, service: plan.services[Int(booking.service)].id,
                start: booking.start)
        }
        return Relocation.places(for: wishes, on: today...last) { date in
            date == today ? (day, desk.now) : (OfficeDay(plan: next), desk.now - 86_400)
        }
    }

    @Test func theOldPlaceOfABookingIsNotInItsWay() throws {
        let services = [Plans.service("A", minutes: 40)]
        let plan = Plans.plan(services, [Plans.window(1, [0])])
        var desk = Desk(plan)
        try desk.book("a", Plans.at(14), by: 1)
        // The window has a break in the second half, then in the first one.
        let rows: [((Int32, Int32), Int32)] = [
            ((Plans.at(14, 20), Plans.at(15)), Plans.at(13, 40)),
            ((Plans.at(13), Plans.at(14, 20)), Plans.at(14, 20)),
        ]
        for (pause, start) in rows {
            let spans = [Plans.span(Plans.at(9), pause.0), Plans.span(pause.1, Plans.at(18))]
            let broken = Plans.plan(services, [Plans.window(1, [0], spans)])
            #expect(desk.day.displaced(by: broken) == [1])
            let places = places(desk, broken, until: today, next: plan)
            #expect(places.map { $0?.start } == [start])
        }
    }

    @Test func whoFindsNoPlaceTakesThatOfAnotherWhoFindsANewOne() throws {
        // B can only be served at ten and A at ten and eleven; A chooses first.
        let services = [Plans.service("A"), Plans.service("B")]
        let before = Plans.plan(services, [Plans.window(1, [0]), Plans.window(2, [1])])
        func hour(_ hour: Int32) -> DayPlan.Span { Plans.span(Plans.at(hour), Plans.at(hour, 20)) }
        let after = Plans.plan(
            services,
            [
                Plans.window(1, [], []), Plans.window(2, [], []),
                Plans.window(3, [0, 1], [hour(10)]), Plans.window(4, [0], [hour(11)]),
            ])
        var desk = Desk(before)
        try desk.book("a", Plans.at(9, 40), by: 1)
        try desk.book("b", Plans.at(9, 40), by: 2)
        let nobody = Plans.plan(services, [])
        let places = places(desk, after, until: today, next: nobody)
        #expect(places.map { $0?.start } == [Plans.at(11), Plans.at(10)])
        // A third has none, today; on the next day there is one. A place of one's own on a later day
        // is taken before another is asked to leave.
        try desk.book("b", Plans.at(16), by: 3)
        let rows: [(CivilDate, DayPlan, [Relocation.Place?])] = [
            (today, before, [place(today, 11), place(today, 10), nil]),
            (tomorrow, nobody, [place(today, 11), place(today, 10), nil]),
            (
                tomorrow, before,
                [place(today, 10), place(tomorrow, 9, 40), place(tomorrow, 16)]
            ),
        ]
        for (last, next, expected) in rows {
            #expect(self.places(desk, after, until: last, next: next) == expected)
        }
    }

    private func place(
        _ date: CivilDate, _ hour: Int32, _ minute: Int32 = 0
    ) -> Relocation.Place {
        Relocation.Place(date: date, start: Plans.at(hour, minute))
    }

    /// Nobody is cancelled while a place exists, on an earlier day too; a later one comes first.
    @Test func whoFindsNoLaterDayGoesToAnEarlierOne() throws {
        let services = [Plans.service("A")]
        let open = Plans.plan(services, [Plans.window(1, [0])])
        let closed = Plans.plan(services, [Plans.window(1, [0], [])], closed: Plans.closed)
        var desk = Desk(open)
        try desk.book("a", Plans.at(14), by: 1)
        var left = desk.day
        left.apply([.planned(closed)], revision: left.revision + 1, at: desk.now)
        let wish = Relocation.Wish(date: tomorrow, number: 1, service: "a", start: Plans.at(14))
        func place(open days: Set<CivilDate>) -> Relocation.Place? {
            Relocation.places(for: [wish], on: today...date("2026-03-21")) { date in
                // Noon of the present day, on each.
                let now = Plans.at(12) - Int32(today.days(until: date)) * 86_400
                if date == tomorrow { return (left, now) }
                return (OfficeDay(plan: days.contains(date) ? open : closed), now)
            }[0]
        }
        #expect(place(open: [today]) == Relocation.Place(date: today, start: Plans.at(14)))
        #expect(place(open: [today, date("2026-03-21")])?.date == date("2026-03-21"))
        #expect(place(open: []) == nil)
    }

    @Test func whatSomebodyLeavesIsTakenByWhomItSuitsBetter() throws {
        let services = [Plans.service("A", minutes: 40), Plans.service("B"), Plans.service("C")]
        let before = Plans.plan(
            services, [Plans.window(1, [0]), Plans.window(2, [1]), Plans.window(3, [2])])
        func span(_ hour: Int32, _ minutes: Int32) -> DayPlan.Span {
            Plans.span(Plans.at(hour), Plans.at(hour, minutes))
        }
        let after = Plans.plan(
            services,
            [
                Plans.window(1, [], []), Plans.window(2, [], []), Plans.window(3, [], []),
                Plans.window(4, [0, 1, 2], [span(10, 40)]), Plans.window(5, [2], [span(12, 20)]),
                Plans.window(6, [0], [span(14, 40)]),
            ])
        var desk = Desk(before)
        try desk.book("a", Plans.at(9), by: 1)
        try desk.book("c", Plans.at(9, 40), by: 2)
        try desk.book("b", Plans.at(9), by: 3)
        // A takes all of window 4 and has to leave it to B, who can be served nowhere else.
        #expect(
            places(desk, after, until: today, next: after).map { $0?.start }
                == [Plans.at(14), Plans.at(10, 20), Plans.at(10)])
    }

    @Test func eachDateIsAskedForOnce() throws {
        let services = [Plans.service("A")]
        let plan = Plans.plan(services, [Plans.window(1, [0])])
        var desk = Desk(plan)
        for hour in 9..<12 { try desk.book("a", Plans.at(Int32(hour)), by: hour) }
        let wishes = (1...3).map { number in
            Relocation.Wish(
                date: today, number: UInt32(number), service: "a",
                start: Plans.at(Int32(number) + 8))
        }
        let closed = Plans.plan(services, [Plans.window(1, [0], [])], closed: Plans.closed)
        var day = desk.day
        day.apply([.planned(closed)], revision: day.revision + 1, at: desk.now)
        var asked: [CivilDate] = []
        let last = date("2026-03-22")
        let places = Relocation.places(for: wishes, on: today...last) { date in
            asked.append(date)
            // There is none tomorrow.
            if date == tomorrow { return nil }
            return date == today ? (day, desk.now) : (OfficeDay(plan: plan), desk.now - 172_800)
        }
        #expect(asked == [today, tomorrow, date("2026-03-21")])
        #expect(places.map { $0?.date } == Array(repeating: date("2026-03-21"), count: 3))
    }
}
