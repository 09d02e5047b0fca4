// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Parties
import TestKit
import Testing

/// What the checker of registers lets pass, and what it finds, one beside the other.
@Suite struct CheckerEdgeTests {
    private static let terms = RegisterTerms(
        standard: "s", kind: "k", channels: ["c", "d"], groups: ["g"], documents: ["x", "y"],
        grounds: ["r"])
    private static let start = moment("2026-10-06T10:00")

    private static func deadline(_ at: String) -> Deadline {
        Deadline(
            at: moment(at), asKnownOn: date("2026-10-06"), calendarVersion: "v",
            isProvisional: false)
    }

    private static func handIn(
        _ number: UInt32 = 1, channel: UInt8 = 0, group: UInt8 = 0, document: UInt8 = 0,
        consent: Consent? = .given
    ) -> RegisteredHandIn {
        RegisteredHandIn(
            number: number, applicant: Applicant(high: 1, low: 2), channel: channel, group: group,
            isRetrained: false, holdsCategory: false, consent: consent,
            documents: [
                RegisteredDocument(place: document, original: true, copy: true, expires: nil)
            ], ticket: "", at: start)
    }

    private static let accepted = ApplicationEvent.accepted(
        handIn(), due: deadline("2026-10-09T20:00"))
    private static let suspended = ApplicationEvent.suspended(
        1, at: moment("2026-10-07T10:00"), review: deadline("2026-11-02T20:00"), reason: "r")
    private static let completed = ApplicationEvent.completed(
        1, at: moment("2026-10-07T10:00"), .granted(note: ""),
        storage: .init(
            from: moment("2026-10-09T20:00"), until: deadline("2026-11-09T20:00")))

    private func found(_ events: [ApplicationEvent]) -> RegisterViolation? {
        var checker = RegisterChecker()
        do throws(RegisterViolation) {
            try checker.check([.opened(Self.terms)] + events)
            return nil
        } catch { return error }
    }

    @Test func numbersHaveNoGaps() {
        for (number, isRight) in [(UInt32(0), false), (1, false), (2, true), (3, false)] {
            let next = ApplicationEvent.accepted(
                Self.handIn(number), due: Self.deadline("2026-10-09T20:00"))
            #expect(found([Self.accepted, next]) == (isRight ? nil : .numberOutOfOrder(number)))
        }
        for (number, isThere) in [(UInt32(0), false), (1, true), (2, false)] {
            let at = moment("2026-10-07T10:00")
            #expect(
                found([Self.accepted, .withdrawn(number, at: at, reason: "")])
                    == (isThere ? nil : .unknownNumber(number)))
            #expect(
                found([
                    Self.accepted, .clockMoved(number, to: Self.deadline("2026-10-12T20:00")),
                ]) == (isThere ? nil : .unknownNumber(number)))
        }
    }

    @Test func papersNameWhatTheTermsHave() {
        let due = Self.deadline("2026-10-09T20:00")
        let table: [(RegisteredHandIn, Bool)] = [
            (Self.handIn(channel: 1), true), (Self.handIn(channel: 2), false),
            (Self.handIn(group: 0), true), (Self.handIn(group: 1), false),
            (Self.handIn(document: 1), true), (Self.handIn(document: 2), false),
            (Self.handIn(consent: .notRequired), true), (Self.handIn(consent: nil), false),
        ]
        for (handIn, isRight) in table {
            #expect(found([.accepted(handIn, due: due)]) == (isRight ? nil : .badHandIn(1)))
        }
        let fault = RegisteredProblem(place: 0, problems: [.missing])
        for (failing, isRight) in [
            ([], false), ([fault], true), ([RegisteredProblem(place: 0, problems: [])], false),
            ([fault, RegisteredProblem(place: 1, problems: [])], false),
        ] {
            #expect(
                found([.declined(Self.handIn(consent: nil), failing: failing)])
                    == (isRight ? nil : .badHandIn(1)))
        }
    }

    @Test func aRegisterBeginsWithItsTermsAndLosesNone() {
        func terms(_ channels: [String]) -> ApplicationEvent {
            .opened(
                RegisterTerms(
                    standard: "s", kind: "k", channels: channels, groups: ["g"],
                    documents: ["x", "y"], grounds: ["r"]))
        }
        for (channels, isKept) in [
            (["c", "d"], true), (["c", "d", "e"], true), (["c"], false), (["d", "c"], false),
            (["c", "e"], false),
        ] {
            #expect(found([terms(channels)]) == (isKept ? nil : .termsLost))
        }
        var checker = RegisterChecker()
        #expect(throws: RegisterViolation.termsLost) { try checker.check([Self.accepted]) }
    }

    @Test func aClockEndsAfterItHasBegun() {
        for (due, isRight) in [
            ("2026-10-06T09:59:59", false), ("2026-10-06T10:00:00", false),
            ("2026-10-06T10:00:01", true),
        ] {
            #expect(
                found([.accepted(Self.handIn(), due: Self.deadline(due))])
                    == (isRight ? nil : .clockEndsTooEarly(1)))
        }
        // What an event starts is counted from the next day on.
        for (review, isRight) in [
            ("2026-10-06T20:00", false), ("2026-10-07T20:00", false), ("2026-10-08T00:00", true),
        ] {
            #expect(
                found([
                    Self.accepted,
                    .suspended(
                        1, at: moment("2026-10-07T10:00"), review: Self.deadline(review),
                        reason: "r"),
                ]) == (isRight ? nil : .clockEndsTooEarly(1)))
        }
        // A term that goes on may be over already.
        #expect(
            found([
                Self.accepted, Self.suspended,
                .resumed(
                    1, at: moment("2026-10-20T10:00"), due: Self.deadline("2026-10-19T20:00")),
            ]) == nil)
    }

    @Test func timeDoesNotRunBack() {
        for (at, isRight) in [
            ("2026-10-06T09:59:59", false), ("2026-10-06T10:00:00", true),
            ("2026-10-06T10:00:01", true),
        ] {
            #expect(
                found([Self.accepted, .withdrawn(1, at: moment(at), reason: "")])
                    == (isRight ? nil : .timeRunsBack(1)))
        }
    }

    @Test func aResultGoesBackAfterTheLastSecondOfStorage() {
        for (at, isOver) in [
            ("2026-11-09T19:59:59", false), ("2026-11-09T20:00:00", false),
            ("2026-11-09T20:00:01", true),
        ] {
            #expect(
                found([Self.accepted, Self.completed, .returned(1, at: moment(at))])
                    == (isOver ? nil : .returnedTooEarly(1)))
        }
    }

    /// Each event after each road to a phase: it is taken where R3 to R5 let it follow, and nowhere else.
    @Test func nothingFollowsButWhatTheRulesLetFollow() {
        func at(_ day: Int) -> CivilDateTime { moment("2027-01-\(day)T10:00") }
        let end = Self.deadline("2027-03-01T20:00")
        let storage = ApplicationEvent.Storage(from: at(10), until: end)
        let handedOver = ApplicationEvent.handedOver(1, at: at(20), .applicant)
        let returned = ApplicationEvent.returned(1, at: at(12))
        let requested = ApplicationEvent.requested(1, at: at(13), redelivery: end)
        let events: [(name: String, event: ApplicationEvent)] = [
            ("suspend", .suspended(1, at: at(20), review: end, reason: "r")),
            ("review", .reviewSet(1, at: at(20), review: end, reason: "r")),
            ("resume", .resumed(1, at: at(20), due: end)),
            ("complete", .completed(1, at: at(20), .granted(note: ""), storage: storage)),
            ("hand over", handedOver), ("return", .returned(1, at: at(20))),
            ("request", .requested(1, at: at(20), redelivery: end)),
            ("redeliver", .redelivered(1, at: at(20), storage: storage)),
            ("withdraw", .withdrawn(1, at: at(20), reason: "")),
        ]
        let declined = ApplicationEvent.declined(
            Self.handIn(), failing: [RegisteredProblem(place: 0, problems: [.missing])])
        let roads: [(road: [ApplicationEvent], mayFollow: Set<String>)] = [
            ([Self.accepted], ["suspend", "complete", "withdraw"]),
            ([Self.accepted, Self.suspended], ["review", "resume", "withdraw"]),
            ([Self.accepted, Self.completed], ["hand over", "return"]),
            ([Self.accepted, Self.completed, returned], ["hand over", "request"]),
            ([Self.accepted, Self.completed, returned, requested], ["redeliver"]),
            ([Self.accepted, Self.completed, handedOver], []),
            ([Self.accepted, .withdrawn(1, at: at(12), reason: "")], []), ([declined], []),
        ]
        for (road, mayFollow) in roads {
            for (name, event) in events {
                let isTaken = found(road + [event]) == nil
                #expect(isTaken == mayFollow.contains(name), "\(road.count) \(name)")
            }
        }
    }

    @Test func onlyAClockOfTheCalendarIsMoved() {
        let moved = ApplicationEvent.clockMoved(1, to: Self.deadline("2026-10-12T20:00"))
        let noEnd = ApplicationEvent.completed(
            1, at: moment("2026-10-07T10:00"), .granted(note: ""), storage: nil)
        #expect(found([Self.accepted, moved]) == nil)
        #expect(found([Self.accepted, Self.completed, moved]) == nil)
        #expect(found([Self.accepted, noEnd, moved]) == .noClock(1))
        // A person has set when a suspension is looked at again.
        #expect(found([Self.accepted, Self.suspended, moved]) == .impossible(1, moved))
    }

    /// A term is judged once, of what was done while no calendar had its end, by one that has.
    @Test func onlyWhatWaitsForAYearIsJudged() {
        func due(_ version: String, provisional: Bool) -> ApplicationEvent {
            .accepted(
                Self.handIn(),
                due: Deadline(
                    at: moment("2026-10-09T20:00"), asKnownOn: date("2026-10-06"),
                    calendarVersion: version, isProvisional: provisional))
        }
        func done(_ at: String) -> ApplicationEvent {
            .completed(1, at: moment(at), .granted(note: ""), storage: nil)
        }
        let late = done("2026-10-09T20:00:01")
        let judged = ApplicationEvent.termJudged(1, by: Self.deadline("2026-10-09T20:00"))
        let awaiting = due("", provisional: true)
        #expect(found([awaiting, late, judged]) == nil)
        #expect(found([awaiting, done("2026-10-09T20:00:00"), judged]) == nil)
        #expect(found([awaiting, done("2026-10-07T10:00"), judged]) == nil)
        #expect(
            found([awaiting, .withdrawn(1, at: moment("2026-10-09T20:00:01"), reason: ""), judged])
                == nil)
        let early = ApplicationEvent.termJudged(1, by: Self.deadline("2026-10-09T19:59:59"))
        let unknown = ApplicationEvent.termJudged(
            1,
            by: Deadline(
                at: moment("2026-10-09T20:00"), asKnownOn: date("2026-10-06"), calendarVersion: "",
                isProvisional: true))
        for events in [
            [awaiting, late, judged, judged],
            [awaiting, done("2026-10-09T20:00:00"), judged, judged], [awaiting, judged],
            [due("v", provisional: true), late, judged],
            [due("", provisional: false), late, judged], [awaiting, late, early],
            [awaiting, late, unknown],
            [awaiting, .clockMoved(1, to: Self.deadline("2026-10-09T20:00")), late, judged],
            [
                awaiting, Self.suspended,
                .withdrawn(1, at: moment("2026-11-09T20:00"), reason: ""), judged,
            ],
        ] {
            #expect(found(events) == .nothingToJudge(1), "\(events)")
        }
        for number in [UInt32(0), 2] {
            #expect(
                found([
                    awaiting, late,
                    .termJudged(number, by: Self.deadline("2026-10-09T20:00")),
                ]) == .unknownNumber(number))
        }
    }

    @Test func runningClocksAreCounted() throws {
        var checker = RegisterChecker()
        try checker.check([.opened(Self.terms), Self.accepted])
        #expect(checker.running == 1)
        try checker.check([Self.completed])
        #expect(checker.running == 1)
        try checker.check([.handedOver(1, at: moment("2026-10-08T10:00"), .applicant)])
        #expect(checker.running == 0)
    }
}
