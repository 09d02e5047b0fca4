// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Enquiries
import HomeVisits
import TestKit
import Testing
import Texts

@testable import KezekWire

/// What is particular to home visits; that all calls come back as they were, `RoundTripTests` show.
@Suite struct VisitWireTests {
    private let arena = Arena(limit: CallLimit.decodedRequestBytes)

    private func decode(_ bytes: [UInt8]) -> RequestCodec.Decoded {
        arena.reset()
        return bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
    }

    private func refusal(_ bytes: [UInt8]) -> Refusal? {
        guard case .refused(_, let refusal) = decode(bytes) else { return nil }
        return refusal
    }

    /// A call in English with the request id of a command.
    private func call(_ field: UInt8, _ message: [UInt8], id: [UInt8]? = nil) -> [UInt8] {
        number(1, 7) + number(3, 3) + nested(4, id ?? Array(1...16)) + nested(field, message)
    }

    private func visit(_ area: String = "astana-1", number count: UInt64 = 7) -> [UInt8] {
        nested(1, nested(1, area) + number(2, count))
    }

    private func place(_ longitude: Int32 = 71_000_000, _ latitude: Int32 = 51_000_000) -> [UInt8] {
        number(1, zigzag(longitude)) + number(2, zigzag(latitude))
    }

    private func person(_ field: UInt8? = nil, _ bytes: [UInt8] = []) -> [UInt8] {
        let fields: [UInt8: [UInt8]] = [1: Array("A".utf8), 2: [], 3: [], 4: place()]
        return fields.keys.sorted().flatMap { nested($0, $0 == field ? bytes : fields[$0]!) }
    }

    private func newVisit(
        applicant: [UInt8]? = nil, person: [UInt8]? = nil, extra: [UInt8] = []
    ) -> [UInt8] {
        call(
            121,
            nested(1, "astana-1")
                + nested(
                    2,
                    (applicant ?? nested(2, "case-1")) + nested(3, person ?? self.person()) + extra
                ))
    }

    @Test func theMessagesMadeByHandAreSound() {
        let sound = [
            newVisit(), newVisit(extra: nested(4, "kit") + nested(5, "crew-1") + number(6, 480)),
            call(122, visit() + number(2, 0)), call(123, visit() + number(2, 1)),
            call(124, visit() + number(2, 5) + number(3, 480)),
            call(125, nested(1, "a") + nested(2, "c") + number(3, 600)),
            call(126, nested(1, "a") + nested(3, "bridge")),
            call(126, nested(1, "a") + nested(2, road())),
            call(127, nested(1, "a") + number(2, 600)), call(120, nested(1, area())),
            call(24, nested(1, "a")), call(25, visit()), call(26, visit()),
            call(27, nested(1, "a") + number(3, 14)), call(28, nested(1, "a")),
        ]
        for bytes in sound { #expect(refusal(bytes) == nil, "\(bytes)") }
    }

    @Test func eachWrongFieldOfACommandIsNamed() {
        let long = [UInt8](repeating: 97, count: 501)
        let crew = nested(1, "a") + nested(2, "c")
        let cases: [([UInt8], Refusal.Reason, String?)] = [
            (call(121, [], id: []), .invalidField, "area"),
            (call(121, nested(1, "a")), .invalidField, "subject"),
            (call(121, nested(1, "a") + number(3, 0)), .invalidField, "again"),
            (call(121, nested(1, "a") + number(3, 1), id: []), .invalidField, "request_id"),
            (newVisit(applicant: []), .invalidField, "new_visit.applicant"),
            (newVisit(applicant: nested(1, "900101300018")), .invalidField, "new_visit.iin"),
            (newVisit(applicant: nested(2, "")), .invalidField, "new_visit.reference"),
            (
                newVisit(applicant: nested(2, [UInt8](repeating: 97, count: 65))), .invalidField,
                "new_visit.reference"
            ),
            (
                call(121, nested(1, "a") + nested(2, nested(2, "case-1"))), .invalidField,
                "new_visit.person"
            ),
            (newVisit(person: nested(1, "A")), .invalidField, "new_visit.person.place"),
            (
                newVisit(person: person(1, Array(long.prefix(201)))), .invalidField,
                "new_visit.person.name"
            ),
            (newVisit(person: person(1, [0xFF])), .textNotUTF8, "new_visit.person.name"),
            (newVisit(person: person(1, [0x1F])), .invalidField, "new_visit.person.name"),
            (newVisit(person: person(2, long)), .invalidField, "new_visit.person.address"),
            (newVisit(person: person(2, [10])), .invalidField, "new_visit.person.address"),
            (
                newVisit(person: person(3, Array(long.prefix(41)))), .invalidField,
                "new_visit.person.telephone"
            ),
            (newVisit(person: person(3, [0x7F])), .invalidField, "new_visit.person.telephone"),
            (
                newVisit(person: person(4, place(180_000_001))), .invalidField,
                "new_visit.person.place"
            ),
            (
                newVisit(person: person(4, place(0, -90_000_001))), .invalidField,
                "new_visit.person.place"
            ),
            (newVisit(extra: nested(4, "Kit")), .invalidField, "new_visit.needs[0]"),
            (
                newVisit(extra: nested(4, Array(long.prefix(25)))), .invalidField,
                "new_visit.needs[0]"
            ),
            (newVisit(extra: nested(4, [0xC3, 0x28])), .textNotUTF8, "new_visit.needs[0]"),
            (
                newVisit(extra: (0...32).flatMap { _ in nested(4, "kit") }), .invalidField,
                "new_visit.needs"
            ),
            (
                newVisit(extra: nested(5, Array(long.prefix(17)))), .invalidField,
                "new_visit.avoided[0]"
            ),
            (
                newVisit(extra: (0...64).flatMap { _ in nested(5, "c") }), .invalidField,
                "new_visit.avoided"
            ),
            (newVisit(extra: number(6, 481)), .invalidField, "new_visit.minutes"),
            (call(122, []), .invalidField, "visit"),
            (call(122, visit("?")), .invalidField, "visit.area"),
            (call(122, visit(number: 0)), .invalidField, "visit.number"),
            (call(122, visit() + number(2, UInt64(Int64.max))), .invalidField, "start"),
            (call(123, visit()), .invalidField, "by"),
            (call(123, visit() + number(2, 3)), .invalidField, "by"),
            (call(123, visit() + number(2, 1) + nested(3, long)), .invalidField, "reason"),
            (call(123, visit() + number(2, 1) + nested(3, [0xFF])), .textNotUTF8, "reason"),
            (
                call(123, visit() + number(2, 1) + nested(3, "900101300017")), .invalidField,
                "reason"
            ),
            (call(124, visit()), .invalidField, "report"),
            (call(124, visit() + number(2, 6)), .invalidField, "report"),
            (call(124, visit() + number(2, 3) + number(3, 1)), .invalidField, "minutes"),
            (call(124, visit() + number(2, 5)), .invalidField, "minutes"),
            (call(124, visit() + number(2, 5) + number(3, 481)), .invalidField, "minutes"),
            (call(125, []), .invalidField, "area"),
            (call(125, nested(1, "a")), .invalidField, "crew"),
            (call(125, crew), .invalidField, "report"),
            (call(125, crew + number(3, 0)), .invalidField, "delayed_minutes"),
            (call(125, crew + number(3, 601)), .invalidField, "delayed_minutes"),
            (call(125, crew + number(4, zigzag(.max))), .dateOutOfRange, "absent_day"),
            (call(125, crew + number(5, zigzag(.min))), .dateOutOfRange, "present_day"),
            (call(126, nested(1, "a")), .invalidField, "change"),
            (call(126, nested(1, "a") + nested(3, "")), .invalidField, "open"),
            (call(126, nested(1, "a") + nested(2, road(name: "?"))), .invalidField, "close.name"),
            (
                call(126, nested(1, "a") + nested(2, road(centre: []))), .invalidField,
                "close.centre"
            ),
            (
                call(126, nested(1, "a") + nested(2, road(radius: 0))), .invalidField,
                "close.radius_metres"
            ),
            (
                call(126, nested(1, "a") + nested(2, road(radius: 20_001))), .invalidField,
                "close.radius_metres"
            ),
            (
                call(126, nested(1, "a") + nested(2, road(extra: 14_401))), .invalidField,
                "close.extra_seconds"
            ),
            (call(127, nested(1, "a")), .invalidField, "seconds"),
            (call(127, nested(1, "a") + number(2, 601)), .invalidField, "seconds"),
            (call(24, []), .invalidField, "area"),
            (call(25, []), .invalidField, "visit"),
            (call(26, visit(number: 0)), .invalidField, "visit.number"),
            (call(27, nested(1, "a")), .invalidField, "days"),
            (call(27, nested(1, "a") + number(3, 15)), .invalidField, "days"),
            (
                call(27, nested(1, "a") + nested(2, number(1, zigzag(.max))) + number(3, 1)),
                .dateOutOfRange, "from"
            ),
            (call(28, nested(1, [0xFF])), .textNotUTF8, "area"),
        ]
        for (bytes, reason, field) in cases {
            let refusal = refusal(bytes)
            #expect(refusal?.reason == reason, "\(field ?? "") \(String(describing: refusal))")
            #expect(refusal?.field == field, "\(String(describing: refusal))")
            #expect(refusal?.message.contains("900101300018") != true)
        }
    }

    private func road(
        name: String = "bridge", centre: [UInt8]? = nil, radius: UInt64 = 1, extra: UInt64 = 1
    ) -> [UInt8] {
        nested(1, name) + (centre ?? nested(2, place())) + number(3, radius) + number(4, extra)
    }

    // MARK: Areas

    /// The fields of an area; those given take the place of its own.
    private func area(_ changes: [UInt8: [UInt8]] = [:]) -> [UInt8] {
        let crew = nested(1, "crew-1") + nested(2, "a")
        let fields: [UInt8: [UInt8]] = [
            1: nested(1, "astana-1"), 6: nested(6, place()), 8: nested(8, crew),
            11: nested(11, rules()),
        ]
        return fields.merging(changes) { $1 }.sorted { $0.key < $1.key }.flatMap(\.value)
    }

    private func rules(_ field: UInt8? = nil, _ value: Int32 = 0) -> [UInt8] {
        let values: [UInt8: Int32] = [
            1: 20, 2: 0, 3: 5, 4: 6, 5: 120, 6: 90, 7: 5, 8: 4, 9: 60, 11: 1, 12: 2, 13: 600,
        ]
        return values.keys.sorted().flatMap {
            number($0, zigzag($0 == field ? value : values[$0]!))
        } + nested(10, number(1, 43_200) + number(2, 54_000))
    }

    private func crew(_ extra: [UInt8], id: String = "crew-1", member: String = "a") -> [UInt8] {
        nested(8, nested(1, id) + nested(2, member) + extra)
    }

    @Test func eachWrongFieldOfAnAreaIsNamed() {
        let need = nested(7, nested(1, "kit"))
        let cases: [([UInt8: [UInt8]], Refusal.Reason, String)] = [
            ([1: nested(1, "Astana")], .invalidField, "area.id"),
            ([2: nested(2, nested(3, [0xFF]))], .textNotUTF8, "area.title.en"),
            (
                [2: nested(2, nested(1, [UInt8](repeating: 97, count: 501)))], .invalidField,
                "area.title.kk"
            ),
            ([3: nested(3, [UInt8](repeating: 97, count: 129))], .invalidField, "area.standard"),
            ([4: nested(4, [0xFF])], .textNotUTF8, "area.kind"),
            ([5: nested(5, [0xFF])], .textNotUTF8, "area.zone"),
            ([6: []], .invalidField, "area.home"),
            ([6: nested(6, place(.max))], .invalidField, "area.home"),
            ([7: nested(7, nested(1, "Kit"))], .invalidField, "area.needs[0].id"),
            ([7: need + need], .invalidField, "area.needs"),
            ([7: (0...32).flatMap { _ in need }], .invalidField, "area.needs"),
            ([8: []], .invalidField, "area.crews"),
            ([8: (0...64).flatMap { _ in crew([]) }], .invalidField, "area.crews"),
            ([8: crew([]) + crew([], member: "b")], .invalidField, "area.crews"),
            ([8: crew([]) + crew([], id: "crew-2")], .invalidField, "area.crews"),
            ([8: crew([], id: "?")], .invalidField, "area.crews[0].id"),
            ([8: nested(8, nested(1, "crew-1"))], .invalidField, "area.crews[0].members"),
            ([8: crew(nested(2, "B"))], .invalidField, "area.crews[0].members[1]"),
            (
                [8: crew((0..<8).flatMap { nested(2, "b\($0)") })], .invalidField,
                "area.crews[0].members"
            ),
            ([8: crew(nested(3, "kit"))], .invalidField, "area.crews[0].needs"),
            ([8: crew(nested(4, [0]))], .invalidField, "area.crews[0].weekdays[0]"),
            ([8: crew(nested(4, [8]))], .invalidField, "area.crews[0].weekdays[0]"),
            ([8: crew(nested(4, [1, 1]))], .invalidField, "area.crews[0].weekdays[1]"),
            (
                [8: crew(nested(5, number(1, 50) + number(2, 50)))], .invalidField,
                "area.crews[0].hours.end_second"
            ),
            ([9: nested(9, "a")], .invalidField, "area.duty_day"),
            ([9: nested(9, "z"), 10: nested(10, [2])], .invalidField, "area.duties[0].member"),
            ([9: nested(9, "Z"), 10: nested(10, [2])], .invalidField, "area.duty_member[0]"),
            (
                [9: nested(9, "a"), 10: nested(10, varint(zigzag(.max)))], .dateOutOfRange,
                "area.duty_day[0]"
            ),
            (
                [9: (0...2_000).flatMap { _ in nested(9, "a") }], .invalidField,
                "area.duty_member"
            ),
            ([11: []], .invalidField, "area.rules"),
            ([11: nested(11, number(1, 40))], .invalidField, "area.rules.lunch"),
            ([11: nested(11, rules(1, 0))], .invalidField, "area.rules.visit_minutes"),
            ([11: nested(11, rules(2, 121))], .invalidField, "area.rules.setup_minutes"),
            ([11: nested(11, rules(3, 61))], .invalidField, "area.rules.due_days"),
            ([11: nested(11, rules(4, 15))], .invalidField, "area.rules.horizon_days"),
            ([11: nested(11, rules(5, 29))], .invalidField, "area.rules.window_minutes"),
            ([11: nested(11, rules(6, -1))], .invalidField, "area.rules.lead_minutes"),
            ([11: nested(11, rules(7, 0))], .invalidField, "area.rules.hold_minutes"),
            ([11: nested(11, rules(8, 9))], .invalidField, "area.rules.held_windows"),
            ([11: nested(11, rules(9, .max))], .invalidField, "area.rules.lunch_minutes"),
            ([11: nested(11, rules(11, 3))], .invalidField, "area.rules.frozen_crew_days"),
            ([11: nested(11, rules(12, 15))], .invalidField, "area.rules.frozen_crew_days"),
            (
                [11: nested(11, rules(13, .min))], .invalidField,
                "area.rules.move_price_seconds"
            ),
        ]
        for (changes, reason, field) in cases {
            let refusal = refusal(call(120, nested(1, area(changes))))
            #expect(refusal?.reason == reason, "\(field) \(String(describing: refusal))")
            #expect(refusal?.field == field, "\(String(describing: refusal))")
        }
        #expect(refusal(call(120, []))?.field == "area")
    }

    /// Each number of the rules has a field, in which it stands alone.
    @Test func everyRuleComesBackAsItWas() throws {
        for bound in VisitRules.bounds {
            for value in [bound.range.lowerBound, bound.range.upperBound] {
                var rules = VisitRules()
                (rules.frozenOrderDays, rules.frozenCrewDays) = (0, 14)
                rules[keyPath: bound.value] = value
                guard rules.frozenOrderDays <= rules.frozenCrewDays else { continue }
                let area = VisitArea(
                    id: VisitExamples.office, title: VisitExamples.plain.title, standard: "",
                    kind: "", zone: "", home: VisitExamples.home, needs: [],
                    crews: VisitExamples.plain.crews, duties: [], rules: rules)
                let request = WireRequest(
                    id: 1, deadlineMilliseconds: 0, language: .kk,
                    call: .visitCommand(QueueExamples.request, .describe(area)))
                arena.reset()
                let bytes = try #require(RequestCodec.encode(request, arena))
                guard case .request(let back, _) = decode(bytes) else {
                    Issue.record("\(bound.name) \(value)")
                    continue
                }
                #expect(back == request, "\(bound.name)")
            }
        }
    }
}
