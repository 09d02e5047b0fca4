// SPDX-License-Identifier: Apache-2.0

import Queue
import Texts

/// Plans of days to test with.
enum Plans {
    static let closed = LocalizedText(kk: "жабық", ru: "закрыто", en: "closed")

    /// The second of the day at so many hours and minutes.
    static func at(_ hour: Int32, _ minute: Int32 = 0, _ second: Int32 = 0) -> Int32 {
        hour * 3_600 + minute * 60 + second
    }

    static func span(_ start: Int32, _ end: Int32) -> DayPlan.Span {
        DayPlan.Span(start: start, end: end)
    }

    /// A service named like its letter, in lower case.
    static func service(_ letter: Character, minutes: Int32 = 20) -> DayPlan.Service {
        DayPlan.Service(
            id: ServiceID(letter.lowercased())!, letter: letter.asciiValue!, seconds: minutes * 60)
    }

    /// A window for the services whose places are given; it has the office's hours unless told.
    static func window(
        _ number: Int, _ services: [Int], _ spans: [DayPlan.Span]? = nil
    ) -> (DayPlan.Window, isWhole: Bool) {
        let mask = services.reduce(UInt8(0)) { $0 | 1 << $1 }
        return (
            DayPlan.Window(id: WindowID("\(number)")!, services: mask, spans: spans ?? []),
            spans == nil
        )
    }

    /// A plan of one day; an electronic queue from nine to six unless told.
    static func plan(
        _ services: [DayPlan.Service], _ windows: [(DayPlan.Window, isWhole: Bool)],
        hours: [DayPlan.Span] = [span(at(9), at(18))],
        policy: OfficeTerms.Policy = .electronicQueue, rules: QueueRules = QueueRules(),
        waitLimit: Int32 = 1_200, serviceLimit: Int32 = 1_200, closed: LocalizedText? = nil,
        reception: Reception? = nil
    ) -> DayPlan {
        DayPlan(
            midnight: 1_773_860_400, policy: policy,
            policyRule: policy == .walkInOnly ? "R7.3" : "R7.5", hours: hours,
            closedBecause: closed, services: services,
            windows: windows.map { window, isWhole in
                DayPlan.Window(
                    id: window.id, services: window.services, spans: isWhole ? hours : window.spans)
            },
            rules: rules, waitLimit: waitLimit, serviceLimit: serviceLimit, calendarVersion: "1",
            reception: reception)
    }
}
