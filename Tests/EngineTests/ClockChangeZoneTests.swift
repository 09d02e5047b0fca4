// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import Queue
import TestKit
import Testing

/// The day of a change of offset, in every zone of zones.yaml.
@Suite struct ClockChangeZoneTests {
    /// The dates on which the clocks of a zone are changed, from 2016 on, and the dates beside them.
    private func dates(_ zone: TimeZoneRules) -> [CivilDate] {
        let days = stride(from: date("2016-01-01"), through: date("2040-12-31"), by: 1)
        let changing = days.filter { day in
            guard let next = day.adding(days: 1),
                let start = zone.timestamp(CivilDateTime(day, .midnight)),
                let end = zone.timestamp(CivilDateTime(next, .midnight))
            else { return false }
            return end.second - start.second != 86_400
        }
        return changing.flatMap { day in (-1...1).compactMap { day.adding(days: $0) } }
    }

    @Test func theTimesOfTheDayAreThoseOfAWallClock() throws {
        let library = try Repository.library()
        var changes = 0
        for name in ["Asia/Almaty", "Asia/Qostanay", "Asia/Qyzylorda", "Asia/Aqtobe", "Asia/Amman"]
        {
            let zone = try #require(library.zone(name))
            for day in dates(zone) {
                let start = try #require(zone.timestamp(CivilDateTime(day, .midnight)))
                let change = ClockChange(day, zone, from: start)
                if change != nil { changes += 1 }
                let plan = DayPlan(
                    midnight: start.second, policy: .electronicQueue, policyRule: "R7.5",
                    hours: [], closedBecause: nil, services: [], windows: [], rules: QueueRules(),
                    waitLimit: 0, serviceLimit: 0, calendarVersion: "1", clockChange: change)
                for minute in stride(from: Int32(0), to: 86_400, by: 60) {
                    let civil = CivilDateTime(day, TimeOfDay(second: minute)!)
                    switch zone.resolve(civil) {
                    case .once(let moment):
                        #expect(plan.time(at: moment) == minute, "\(name) \(civil)")
                        #expect(plan.second(of: minute) == moment.second, "\(name) \(civil)")
                    case .twice(let earlier, let later):
                        #expect(plan.time(at: later) == minute, "\(name) \(civil)")
                        // Of the time at which they stand still, it is the first moment.
                        let isFirst = plan.time(at: earlier) == minute
                        #expect(
                            plan.second(of: minute) == (isFirst ? earlier : later).second,
                            "\(name) \(civil)")
                    case .never:
                        let skip = try #require(zone.timestamp(civil))
                        #expect(plan.second(of: minute) == skip.second, "\(name) \(civil)")
                    }
                }
            }
        }
        #expect(changes >= 3)
    }
}
