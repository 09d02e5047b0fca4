// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Parties
import ServiceStandards
import TestKit
import Testing

/// Each guard of a register at its edge, and one beside it.
@Suite struct RegisterEdgeTests {
    /// A moment so many seconds after another of its day.
    static func after(_ moment: CivilDateTime, _ seconds: Int32) -> CivilDateTime {
        CivilDateTime(moment.date, TimeOfDay(second: moment.time.second + seconds)!)
    }

    private func clerk() throws -> Clerk {
        var clerk = try Clerk(on: "2026-10-06")
        try clerk.accept("2026-10-06T10:00")
        // Tuesday, and three working days: Friday.
        #expect(clerk.application.due?.at == moment("2026-10-09T20:00"))
        return clerk
    }

    /// A register with so many applications, and the events that made it.
    private func register(of count: Int, _ clerk: Clerk) -> ApplicationRegister {
        var register = ApplicationRegister(terms: clerk.register.terms)
        let handIn = clerk.application.handIn
        register.apply(
            (1...count).map { .declined(numbered(handIn, UInt32($0)), failing: []) }, revision: 1)
        return register
    }

    private func numbered(
        _ handIn: RegisteredHandIn, _ number: UInt32, channel: UInt8? = nil, group: UInt8? = nil,
        document: UInt8? = nil
    ) -> RegisteredHandIn {
        RegisteredHandIn(
            number: number, applicant: handIn.applicant, channel: channel ?? handIn.channel,
            group: group ?? handIn.group, isRetrained: handIn.isRetrained,
            holdsCategory: handIn.holdsCategory, consent: handIn.consent,
            documents: handIn.documents
                + (document.map {
                    [RegisteredDocument(place: $0, original: true, copy: true, expires: nil)]
                } ?? []), ticket: "", at: handIn.at)
    }

    /// What is suspended has a later end once it is resumed; where nothing is left it is refused.
    @Test func aTermThatEndsThisVerySecondHasNothingLeftToSuspend() throws {
        for (seconds, isOver) in [(Int32(-1), false), (0, true), (1, true)] {
            var clerk = try clerk()
            let due = try #require(clerk.application.due?.at)
            let now = Self.after(due, seconds)
            let refused = refusal {
                try clerk.act(.suspend(reason: "r", reviewBy: date("2026-11-02")), "\(now)")
            }
            #expect(refused == (isOver ? .overdue(since: due) : nil), "\(seconds)")
            #expect(clerk.application.phase == (isOver ? .accepted : .suspended))
            guard !isOver else { continue }
            let later = CivilDateTime(due.date.adding(days: 5)!, due.time)
            try clerk.act(.resume, "\(later)")
            #expect(try #require(clerk.application.due?.at) >= later)
        }
    }

    /// Journals of before have terms that were suspended at their last second: they read as they did.
    @Test func whatWasSuspendedAtTheVeryEndIsStillRead() throws {
        var clerk = try clerk()
        let due = try #require(clerk.application.due)
        let review = Deadline(
            at: moment("2026-11-02T20:00"), asKnownOn: due.at.date, calendarVersion: "",
            isProvisional: false)
        try clerk.record([.suspended(1, at: due.at, review: review, reason: "r")])
        let later = moment("2026-10-30T10:00")
        try clerk.record([.resumed(1, at: later, due: due)])
        #expect(clerk.application.phase == .accepted && clerk.application.due == due)
        var replayed = ApplicationRegister(terms: clerk.register.terms)
        let isRead = replayed.replay(clerk.events, revision: clerk.register.revision)
        #expect(isRead && replayed == clerk.register)
        // What does not follow is not taken in.
        var fresh = ApplicationRegister(terms: clerk.register.terms)
        let isBegun = fresh.replay(Array(clerk.events.prefix(2)), revision: 1)
        let follows = fresh.replay(
            [.reviewSet(1, at: later, review: review, reason: "")], revision: 2)
        #expect(isBegun && !follows)
    }

    @Test func aReviewIsFromTomorrowToAYearAhead() throws {
        for (days, isRight) in [
            (-1, false), (0, false), (1, true), (2, true), (365, true), (366, true), (367, false),
        ] {
            var clerk = try clerk()
            let day = date("2026-10-07").adding(days: days)!
            let refused = refusal {
                try clerk.act(.suspend(reason: "r", reviewBy: day), "2026-10-07T10:00")
            }
            #expect(refused == (isRight ? nil : .reviewDate(day)), "\(days)")
        }
    }

    @Test func aTermStandsStillAHundredTimesAndNoMore() throws {
        var clerk = try clerk()
        let suspend = ApplicationAction.suspend(reason: "r", reviewBy: date("2026-11-02"))
        for number in 1...Application.suspensionLimit {
            #expect(clerk.application.suspended.count == number - 1)
            try clerk.act(suspend, "2026-10-07T10:00")
            try clerk.act(.resume, "2026-10-07T10:00")
        }
        #expect(clerk.application.suspended.count == 100)
        #expect(refusal { try clerk.act(suspend, "2026-10-07T10:00") } == .suspendedTooOften)
    }

    @Test func papersAreFromTodayAndNotFromTheFuture() throws {
        let now = "2026-10-06T09:00:01"
        let table: [(at: String, isPossible: Bool)] = [
            ("2026-10-06T09:00:00", true), ("2026-10-06T09:00:01", true),
            ("2026-10-06T09:00:02", false), ("2026-10-05T09:00:01", false),
            ("2026-10-05T19:59:59", false), ("2026-10-07T09:00:01", false),
        ]
        for (at, isPossible) in table {
            var clerk = try Clerk(on: "2026-10-06")
            let refused = refusal { try clerk.accept(now, clerk.handIn(at: at)) }
            #expect(refused == (isPossible ? nil : .impossibleTime(moment(at))), "\(at)")
        }
        // The first second of the day is of today: it is the office that is closed then.
        var clerk = try Clerk(on: "2026-10-06")
        let early = refusal { try clerk.accept(now, clerk.handIn(at: "2026-10-06T00:00")) }
        guard case .clock(let why) = early else {
            Issue.record("\(String(describing: early))")
            return
        }
        #expect(why.reason == .outsideReception)
    }

    @Test func aDayHasTenThousandApplicationsAndNoMore() throws {
        let clerk = try clerk()
        let limit = ApplicationRegister.applicationLimit
        #expect(limit == 10_000)
        for (count, isFull) in [(limit - 1, false), (limit, true)] {
            let register = register(of: count, clerk)
            let (now, clocks) = (
                moment("2026-10-06T11:00"), clerk.clocks(moment("2026-10-06T11:00"))
            )
            let accepting = refusal {
                let events = try register.accept(
                    clerk.handIn(), of: Clerk.applicant, at: now, clocks)
                #expect(events.first?.number == UInt32(limit))
            }
            let declining = refusal {
                _ = try register.decline(
                    clerk.handIn(documents: []), of: Clerk.applicant, at: now, clocks)
            }
            #expect(accepting == (isFull ? .registerFull : nil))
            #expect(declining == (isFull ? .registerFull : nil))
        }
    }

    @Test func aRegisterKnowsTwoHundredNamesOfAKind() throws {
        let clerk = try clerk()
        let standard = clerk.library.standards["std-7"]!
        let terms = clerk.register.terms
        #expect(RegisterTerms.nameLimit == 200)
        let kinds: [[String]] = [terms.channels, terms.groups, terms.documents, terms.grounds]
        for kind in kinds.indices {
            for (count, fits) in [(199, true), (200, true), (201, false)] {
                var names = kinds
                names[kind] += (0..<count - names[kind].count).map { "gone-\($0)" }
                let later = RegisterTerms(
                    standard: terms.standard, kind: terms.kind, channels: names[0],
                    groups: names[1], documents: names[2], grounds: names[3])
                #expect((RegisterTerms(standard, kind: terms.kind, keeping: later) != nil) == fits)
                var register = clerk.register
                let isTaken = register.replay([.opened(later)], revision: 9)
                #expect(isTaken == fits, "\(kind) \(count)")
            }
        }
    }

    @Test func aRegisterThatCanHoldNoMoreNamesIsFull() throws {
        let clerk = try clerk()
        let terms = clerk.register.terms
        for (count, isFull) in [
            (200 - terms.documents.count, false), (201 - terms.documents.count, true),
        ] {
            let register = ApplicationRegister(
                terms: RegisterTerms(
                    standard: terms.standard, kind: terms.kind, channels: terms.channels,
                    groups: terms.groups, documents: (0..<count).map { "gone-\($0)" },
                    grounds: terms.grounds))
            let refused = refusal {
                let events = try register.accept(
                    clerk.handIn(), of: Clerk.applicant, at: moment("2026-10-06T11:00"),
                    clerk.clocks(moment("2026-10-06T11:00")))
                #expect(events.count == 2)
            }
            #expect(refused == (isFull ? .registerFull : nil))
        }
    }

    @Test func aResultIsKeptToTheLastSecond() throws {
        for (seconds, isKept) in [(Int32(-1), true), (0, true), (1, false)] {
            var clerk = try clerk()
            try clerk.act(.complete(ground: nil, note: ""), "2026-10-07T10:00")
            let end = try #require(clerk.application.clock?.at)
            #expect(end == moment("2026-11-09T20:00"))
            let refused = refusal { try clerk.act(.returnUnclaimed, "\(Self.after(end, seconds))") }
            #expect(refused == (isKept ? .stillKept(until: end) : nil), "\(seconds)")
        }
    }

    @Test func aResultOfTheLastSecondIsInTime() throws {
        for (seconds, isInTime) in [(Int32(-1), true), (0, true), (1, false)] {
            var clerk = try clerk()
            let due = try #require(clerk.application.due?.at)
            let now = Self.after(due, seconds)
            // As long as it is not done, nobody can say that it is in time.
            #expect(clerk.application.isInTime(at: now) == (isInTime ? nil : false))
            try clerk.act(.complete(ground: nil, note: ""), "\(now)")
            #expect(clerk.application.isInTime(at: now) == isInTime)
            #expect(clerk.application.isInTime(at: moment("2027-01-01T10:00")) == isInTime)
        }
    }

    @Test func numbersRunFromOneToTheLast() throws {
        let register = register(of: 3, try clerk())
        for (number, isThere) in [
            (UInt32(0), false), (1, true), (2, true), (3, true), (4, false), (.max, false),
        ] {
            #expect((register.application(number) != nil) == isThere)
            #expect(register.application(number)?.number == (isThere ? number : nil))
        }
        let last = ApplicationID("astana-1/2026-10-06/4294967295")
        #expect(last?.number == .max)
        for text in ["astana-1/2026-10-06/0", "astana-1/2026-10-06/4294967296"] {
            #expect(ApplicationID(text) == nil)
        }
    }

    /// What a store has is taken in only if everything that it refers to is there.
    @Test func aStoredEventRefersToWhatIsThere() throws {
        let clerk = try clerk()
        let (terms, record) = (clerk.register.terms, clerk.application.handIn)
        let due = try #require(clerk.application.due)
        func declined(_ place: Int) -> ApplicationEvent {
            .declined(
                numbered(record, 2),
                failing: [RegisteredProblem(place: UInt8(place), problems: [.missing])])
        }
        func refused(_ ground: Int) -> ApplicationEvent {
            .completed(
                1, at: due.at, .refused(ground: UInt8(ground), note: ""), storage: nil)
        }
        let at = moment("2026-10-07T10:00")
        let table: [(ApplicationEvent, Bool)] = [
            (.accepted(numbered(record, 1), due: due), false),
            (.accepted(numbered(record, 2), due: due), true),
            (.accepted(numbered(record, 3), due: due), false),
            (
                .accepted(numbered(record, 2, channel: UInt8(terms.channels.count - 1)), due: due),
                true
            ),
            (.accepted(numbered(record, 2, channel: UInt8(terms.channels.count)), due: due), false),
            (.accepted(numbered(record, 2, group: UInt8(terms.groups.count - 1)), due: due), true),
            (.accepted(numbered(record, 2, group: UInt8(terms.groups.count)), due: due), false),
            (
                .accepted(
                    numbered(record, 2, document: UInt8(terms.documents.count - 1)), due: due), true
            ),
            (
                .accepted(numbered(record, 2, document: UInt8(terms.documents.count)), due: due),
                false
            ),
            (declined(terms.documents.count - 1), true), (declined(terms.documents.count), false),
            (refused(terms.grounds.count - 1), true), (refused(terms.grounds.count), false),
            (.withdrawn(0, at: at, reason: ""), false), (.withdrawn(1, at: at, reason: ""), true),
            (.withdrawn(2, at: at, reason: ""), false),
            // Nothing stands still that could go on.
            (.resumed(1, at: at, due: due), false),
        ]
        for (event, isTaken) in table {
            var register = clerk.register
            let found = register.replay([event], revision: 9)
            #expect(found == isTaken, "\(event)")
            #expect(register.revision == (isTaken ? 9 : clerk.register.revision))
        }
    }

    @Test func aDocumentIsValidOnItsLastDay() throws {
        let clerk = try clerk()
        let standard = clerk.library.standards["std-7"]!
        let profile = ApplicantProfile(group: "pmpc-teacher")
        for (last, isValid) in [("2026-10-05", false), ("2026-10-06", true), ("2026-10-07", true)] {
            let papers = try Clerk.complete(profile, standard).map {
                PresentedDocument(
                    id: $0.id, original: true, copy: true,
                    expires: $0.id == "employment" ? date(last) : nil)
            }
            let report = try standard.check(papers, of: profile, on: date("2026-10-06"))
            #expect(report.isComplete == isValid, "\(last)")
        }
    }
}
