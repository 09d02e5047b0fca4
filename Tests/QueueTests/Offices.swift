// SPDX-License-Identifier: Apache-2.0

import Queue

/// Offices of several sizes for simulated days.
struct SimulatedOffice {
    let name: String
    let plan: DayPlan
    let means: [Double]
    let hourly: [Double]
    let bookings: Int

    static let all: [SimulatedOffice] = [
        SimulatedOffice(
            name: "two windows, one service",
            plan: Plans.plan(
                [Plans.service("A")], [Plans.window(1, [0]), Plans.window(2, [0])]),
            means: [420], hourly: [14], bookings: 0),
        SimulatedOffice(
            name: "three windows, two services, bookings",
            plan: Plans.plan(
                [Plans.service("A"), Plans.service("B", minutes: 10)],
                [Plans.window(1, [0]), Plans.window(2, [0, 1]), Plans.window(3, [0, 1])]),
            means: [540, 240], hourly: [9, 9], bookings: 24),
        SimulatedOffice(
            name: "six windows, three services, lunch in turn, bookings",
            plan: Plans.plan(
                [Plans.service("A"), Plans.service("B"), Plans.service("C", minutes: 10)],
                [
                    Plans.window(1, [0, 1]), Plans.window(2, [0]),
                    Plans.window(3, [0, 1, 2], lunch(12)), Plans.window(4, [1, 2], lunch(13)),
                    Plans.window(5, [0, 2], lunch(14)),
                    Plans.window(6, [0], [Plans.span(Plans.at(9), Plans.at(16))]),
                ]),
            means: [480, 600, 240], hourly: [14, 10, 12], bookings: 60),
        SimulatedOffice(
            name: "a provider's five windows, closed for lunch",
            plan: Plans.plan(
                [Plans.service("A"), Plans.service("B")],
                [
                    Plans.window(1, [0, 1]), Plans.window(2, [0, 1]), Plans.window(3, [0]),
                    Plans.window(4, [1]), Plans.window(5, [0, 1]),
                ],
                hours: [
                    Plans.span(Plans.at(9), Plans.at(13)),
                    Plans.span(Plans.at(14, 30), Plans.at(17, 30)),
                ], policy: .walkInOnly),
            means: [600, 420], hourly: [16, 13], bookings: 0),
    ]

    private static func lunch(_ hour: Int32) -> [DayPlan.Span] {
        [Plans.span(Plans.at(9), Plans.at(hour)), Plans.span(Plans.at(hour + 1), Plans.at(18))]
    }

    /// The office's day with such times and such a seed, played to its end.
    func day(_ times: SimulatedDay.Times, seed: UInt64) -> SimulatedDay {
        var day = SimulatedDay(
            plan: plan, times: times, means: means, hourly: hourly, bookings: bookings, silent: 3,
            parked: 3, seed: seed)
        day.run()
        return day
    }
}
