// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import HomeVisits
import TestKit
import Testing

@testable import KezekWire

/// What replies about home visits may hold.
@Suite struct VisitReplyTests {
    private let arena = Arena(limit: CallLimit.decodedRequestBytes)

    private func response(_ bytes: [UInt8]) -> WireResponse? {
        arena.reset()
        return bytes.withUnsafeBytes { ResponseCodec.decode($0, arena) }
    }

    @Test func whatIsNoReplyIsRefused() {
        let id = nested(1, nested(1, "a") + number(2, 1))
        let window = number(1, 5) + number(2, 5)
        let day = nested(1, "c") + nested(3, window)
        func receipt(_ bytes: [UInt8]) -> [UInt8] {
            number(1, 1) + nested(120, nested(1, "a") + bytes)
        }
        func plan(_ bytes: [UInt8]) -> [UInt8] {
            number(1, 1) + nested(27, nested(1, "a") + bytes)
        }
        // A visit's columns, of which one holds another number.
        func stop(_ field: UInt8, _ value: UInt64) -> [UInt8] {
            (7...12).flatMap { nested($0, varint($0 == field ? value : 1)) }
        }
        let explained = id + nested(2, "c") + number(9, 1)
        let sound = [
            receipt([]), receipt(nested(5, window)), plan(nested(6, day)),
            plan(nested(6, day + stop(9, 7) + number(13, 9))),
            plan(nested(6, day + stop(9, 7) + nested(14, [2]))),
            number(1, 1) + nested(26, explained),
            number(1, 1) + nested(25, nested(1, id + number(2, 1))),
        ]
        for bytes in sound { #expect(response(bytes) != nil, "\(bytes)") }
        let wrong: [[UInt8]] = [
            receipt(number(4, 8)), receipt(nested(3, number(2, 1))),
            receipt(nested(5, number(1, 6) + number(2, 5))), receipt(nested(6, [])),
            // Columns of different lengths, a hurdle that is none, a promise without a window.
            receipt(nested(6, nested(3, nested(1, [1])) + nested(4, []))),
            receipt(
                nested(
                    6,
                    nested(3, [])
                        + nested(
                            4, nested(1, [1]) + nested(2, [1]) + nested(3, [6]) + nested(4, [0]))
                )),
            receipt(nested(7, number(1, 1) + nested(5, []))),
            plan(nested(6, nested(1, "c"))), plan(nested(6, day + nested(7, [1]))),
            // Times in no year that a calendar has.
            plan(nested(6, day + number(13, UInt64(Int64.max)))),
            plan(nested(6, nested(1, "c") + nested(3, number(1, 5) + number(2, 1 << 62)))),
            plan(nested(6, day + stop(9, 1 << 62))), plan(nested(6, day + stop(10, 1 << 62))),
            plan(nested(6, day + stop(11, 1 << 62))),
            plan(nested(6, day + stop(9, 7) + nested(14, [2, 4]))),
            plan(nested(6, day + stop(9, 7) + nested(15, [1, 2]))),
            plan(nested(6, day + stop(9, 7) + nested(15, [3]))),
            plan(nested(7, id)), number(1, 1) + nested(24, []),
            number(1, 1) + nested(25, []), number(1, 1) + nested(25, nested(1, id + number(2, 9))),
            number(1, 1) + nested(26, explained + number(9, 6)),
            number(1, 1) + nested(26, explained + nested(11, "c")),
            plan(
                nested(
                    6,
                    day + nested(7, [4]) + nested(8, [0]) + nested(9, [0]) + nested(10, [0])
                        + nested(11, [0]) + nested(12, [0]))),
        ]
        for bytes in wrong { #expect(response(bytes) == nil, "\(bytes)") }
    }

    /// The fullest plan: 64 crews for 14 days with 20 stops each, and 2,000 visits.
    @Test func aFullPlanFitsAFrame() {
        let stop = AreaPlan.Stop(
            kind: .visit(.max), arrival: 1_773_892_800, start: 1_773_892_800, end: 1_773_894_000,
            isBegun: true)
        let day = AreaPlan.CrewDay(
            crew: VisitExamples.first, date: date("2026-03-19"), hours: VisitExamples.morning,
            isAbsent: false, travel: 14_400, waiting: 3_600,
            stops: Array(repeating: stop, count: 20), back: 1_773_936_000)
        let plan = AreaPlan(
            area: VisitExamples.office, revision: .max, isWhole: true, from: date("2026-03-19"),
            days: 14, crewDays: Array(repeating: day, count: 64 * 14),
            visits: Array(repeating: VisitExamples.view, count: 2_000))
        let bytes = encoded(WireResponse(id: .max, result: .success(.visits(.plan(plan)))))
        #expect(!bytes.isEmpty)
        #expect(bytes.count < CallLimit.responseFrameBytes)
    }
}
