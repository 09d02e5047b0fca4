// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekClient
import KezekServer
import KezekWire
import TestKit
import Testing
import Texts

/// Health names a calendar whose next year is missing, in time and while offices go on.
@Suite(.waits) struct CalendarHealthTests {
    @Test func aCalendarThatEndsIsNamedThirtyDaysAhead() async throws {
        // The last day is 31 December 2027, in Almaty.
        for (now, isNamed) in [
            ("2027-11-30T18:59:59Z", false), ("2027-11-30T19:00:00Z", true),
            ("2027-12-31T10:00:00Z", true), ("2027-12-31T18:59:59Z", true),
            ("2027-12-31T19:00:00Z", true), ("2028-02-01T10:00:00Z", true),
        ] {
            let time = Timestamp(now)!
            let server = try await LiveServer.start(now: { time })
            let client = server.client
            let health = try await client.ask(.health, in: .en)
            let part = try #require(health.parts.first { $0.name == "calendar kz" })
            #expect(part.detail.contains("2027-12-31") == isNamed, "\(now) \(part.detail)")
            #expect(part.detail.hasPrefix("kz-"))
            // On its last day it still has that day.
            let isOver = time >= Timestamp("2027-12-31T19:00:00Z")!
            #expect(part.detail.contains("ended on 2027") == isOver, "\(now) \(part.detail)")
            #expect(part.detail.contains("ends on 2027") == (isNamed && !isOver))
            #expect(health.isServing)
            await client.close()
            try await server.stop()
        }
    }
}
