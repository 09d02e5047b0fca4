// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekEngine
import Queue
import TestKit
import Testing

/// How far ahead slots are open, on the days round a change of offset: the horizon counts dates.
@Suite struct HorizonTests {
    /// A zone and a date on which its clocks are changed.
    static let rows = [
        // The day has 25 hours, 25, 24 and an hour of the next zone, 23 and 25.
        ("Asia/Almaty", "2024-02-29"), ("Asia/Qostanay", "2024-02-29"),
        ("Asia/Qyzylorda", "2018-12-21"), ("Asia/Amman", "2020-03-27"),
        ("Asia/Amman", "2019-10-25"),
    ]

    @Test(arguments: rows)
    func slotsFirstFreeAndHoldsAgree(zone: String, day: String) throws {
        let rules = try #require(try Repository.library().zone(zone))
        let change = date(day)
        for horizon in [1, 2] {
            let first = try #require(change.adding(days: -horizon - 1))
            let start = try #require(rules.timestamp(CivilDateTime(first, .midnight)))
            var hall = try Hall(at: start)
            try hall.put(Hall.described(zone: zone, horizon: Int32(horizon)))
            for half in 0..<48 * (horizon + 3) where half % 48 < 5 || half % 48 > 43 {
                // Around each midnight, just before and after half hours.
                let second = start.second + Int64(half) * 1_800 + (half % 2 == 0 ? 1 : -1)
                let now = try #require(Timestamp(second: second))
                hall.wait(until: now)
                let today = rules.civil(at: now).date
                for ahead in 0...horizon + 2 {
                    let date = try #require(today.adding(days: ahead))
                    try compare(&hall, date, isOpen: ahead <= horizon, "\(zone) \(now) \(date)")
                }
            }
            hall.audit()
        }
    }

    private func compare(
        _ hall: inout Hall, _ date: CivilDate, isOpen: Bool, _ who: String
    ) throws {
        let left = try hall.free("a", date)
        let free = left.filter { $0.value > 0 }.keys.sorted()
        // Of a day on which the office receives, noon is a slot; of the present one it may have passed.
        let time = hall.time
        let noon = TimeOfDay("12:00")!
        let isToCome = date > time.date || time.time <= noon
        #expect(free.contains(noon) == (isOpen && isToCome && !left.isEmpty), "\(who)")
        let question = FirstFreeQuestion(
            office: Hall.office, service: ServiceID("a")!, channel: .office,
            from: CivilDateTime(date, .midnight), count: 1)
        guard
            case .firstFree(let found) = try hall.queue.answer(.firstFree(question), now: hall.now)
        else { throw CancellationError() }
        #expect((found.first?.date == date) == !free.isEmpty, "\(who)")
        do {
            let held = try hall.hold("a", date, free.last ?? noon)
            #expect(!free.isEmpty, "\(who)")
            _ = try hall.send(.booking(held, .release))
        } catch {
            #expect(free.isEmpty, "\(who): \(error)")
            if case .refused(.tooFar, _, _) = error { #expect(!isOpen, "\(who)") }
        }
    }
}
