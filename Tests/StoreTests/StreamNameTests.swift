// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Testing

@Suite struct StreamNameTests {
    @Test func everyNameComesBackFromItsText() {
        let date = CivilDate("2026-03-19")!
        let names: [(StreamName, String)] = [
            (.offices, "offices"), (.decrees, "decrees"), (.people, "people"),
            (.clock, "clock"),
            (.officeDay("astana-1", date), "queue/astana-1/2026-03-19"),
            (.applications("astana-1", date), "applications/astana-1/2026-03-19"),
            (.visits("astana-1"), "visits/astana-1"), (.reads(date), "reads/2026-03-19"),
        ]
        for (name, text) in names {
            #expect(name.description == text)
            #expect(StreamName(text) == name)
        }
    }

    @Test func anotherTextIsNoName() {
        for text in [
            "", "/", "office", "offices/", "people/1", "visits", "visits/", "visits/a/",
            "visits/a/2026-03-19", "Visits/a", "reads", "reads/", "reads/a", "queue/a",
            "queue//2026-03-19",
            "queue/a/2026-02-30", "applications/a/2026-03-19/7",
        ] {
            #expect(StreamName(text) == nil, "\(text)")
        }
    }
}
