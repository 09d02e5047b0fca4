// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import ServiceStandards
import TestKit
import Testing

/// R3 to R5 as roads that an application can take, and no others.
@Suite struct LifecycleTests {
    /// Entries refer to names by their places, so later terms keep them and may add to them.
    @Test func laterTermsThatMoveANameAreNotTakenIn() throws {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        let terms = clerk.register.terms
        func changed(
            channels: [String]? = nil, groups: [String]? = nil, documents: [String]? = nil,
            grounds: [String]? = nil
        ) -> RegisterTerms {
            RegisterTerms(
                standard: terms.standard, kind: terms.kind, channels: channels ?? terms.channels,
                groups: groups ?? terms.groups, documents: documents ?? terms.documents,
                grounds: grounds ?? terms.grounds)
        }
        let cases: [(RegisterTerms, Bool)] = [
            (terms, true), (changed(channels: terms.channels + ["new"]), true),
            (changed(channels: []), false),
            (changed(channels: terms.channels.reversed()), false),
            (changed(groups: Array(terms.groups.dropLast())), false),
            (changed(documents: Array(terms.documents.dropFirst())), false),
            (changed(grounds: ["other"]), false),
        ]
        for (later, isTaken) in cases {
            var register = clerk.register
            #expect(register.replay([.opened(later)], revision: 9) == isTaken, "\(later)")
            #expect(register.terms == (isTaken ? later : terms))
        }
    }

    /// One application in each phase: what brought it there, and when.
    static let roads: [(phase: Phase, steps: [(ApplicationAction, String)])] = [
        (.accepted, []),
        (
            .suspended,
            [(.suspend(reason: "archive", reviewBy: date("2026-04-01")), "2026-03-19T10:00")]
        ),
        (.ready, [(.complete(ground: nil, note: ""), "2026-03-19T10:00")]),
        (
            .unclaimed,
            [
                (.complete(ground: nil, note: ""), "2026-03-19T10:00"),
                (.returnUnclaimed, "2026-06-01T10:00"),
            ]
        ),
        (
            .requested,
            [
                (.complete(ground: nil, note: ""), "2026-03-19T10:00"),
                (.returnUnclaimed, "2026-06-01T10:00"), (.request, "2026-06-15T10:00"),
            ]
        ),
        (
            .handedOver,
            [
                (.complete(ground: nil, note: ""), "2026-03-19T10:00"),
                (.handOver(.applicant), "2026-03-27T10:00"),
            ]
        ),
        (.withdrawn, [(.withdraw(reason: ""), "2026-03-19T10:00")]),
    ]

    static let actions: [ApplicationAction] = [
        .suspend(reason: "archive", reviewBy: date("2026-07-01")), .resume,
        .complete(ground: nil, note: ""), .complete(ground: "requirements-not-met", note: "why"),
        .handOver(.representative), .returnUnclaimed, .request, .redeliver, .withdraw(reason: "r"),
    ]

    /// Where each action leads from each phase, after every deadline; nothing else is possible.
    static let leads: [Phase: [(ApplicationAction, Phase)]] = [
        .accepted: [
            (actions[2], .ready), (actions[3], .ready), (actions[8], .withdrawn),
        ],
        .suspended: [
            (actions[0], .suspended), (actions[1], .accepted), (actions[8], .withdrawn),
        ],
        .ready: [(actions[4], .handedOver), (actions[5], .unclaimed)],
        .unclaimed: [(actions[6], .requested)],
        .requested: [(actions[7], .ready)],
        .handedOver: [], .withdrawn: [],
    ]

    private func clerk(in road: (phase: Phase, steps: [(ApplicationAction, String)])) throws
        -> Clerk
    {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        for (action, at) in road.steps { try clerk.act(action, at) }
        #expect(clerk.application.phase == road.phase)
        return clerk
    }

    @Test func everyActionFromEveryPhaseLeadsWhereTheRulesSay() throws {
        for road in Self.roads {
            for action in Self.actions {
                var clerk = try clerk(in: road)
                let expected = Self.leads[road.phase]?.first { $0.0 == action }?.1
                let refused = refusal { try clerk.act(action, "2026-06-20T10:00") }
                if let expected {
                    #expect(refused == nil, "\(road.phase) \(action)")
                    #expect(clerk.application.phase == expected, "\(road.phase) \(action)")
                } else {
                    #expect(refused != nil, "\(road.phase) \(action)")
                    #expect(clerk.application.phase == road.phase)
                }
            }
        }
    }

    @Test func everyPhaseHasADeadlineOrOwesNothingAndAWayOutUnlessItIsTheEnd() throws {
        for road in Self.roads {
            let clerk = try clerk(in: road)
            let view = clerk.view
            #expect((view.clock?.end != nil) == road.phase.hasClock, "\(road.phase)")
            #expect(Self.leads[road.phase]!.isEmpty == road.phase.isFinal, "\(road.phase)")
            #expect(clerk.register.open == (road.phase.hasClock ? 1 : 0))
            #expect(clerk.checker.running == clerk.register.open)
        }
        #expect(Set(Self.roads.map(\.phase)).union([.declined]) == Set(Phase.allCases))
    }

    @Test func theTermDependsOnChannelAndLocation() throws {
        let table: [(kind: String, channel: String, accepted: String, due: String)] = [
            // R3.1: 20 minutes, lunch not counted.
            ("provider", "provider", "2026-03-19T12:50", "2026-03-19T14:40"),
            // R3.2 and R3.4: three working days, the day of acceptance not counted, over Nauryz.
            ("corporation", "corporation", "2026-03-19T16:05", "2026-03-27T20:00"),
            // R3.3: seven.
            ("corporation", "corporation-elsewhere", "2026-03-19T16:05", "2026-04-02T20:00"),
            // Accepted on a Saturday, which the Corporation works and the five-day week does not.
            ("corporation", "corporation", "2026-03-14T10:00", "2026-03-18T20:00"),
        ]
        for (kind, channel, accepted, due) in table {
            var clerk = try Clerk(kind, on: String(accepted.prefix(10)))
            try clerk.accept(accepted, clerk.handIn(channel))
            #expect(clerk.application.due?.at == moment(due), "\(channel) \(accepted)")
            #expect(clerk.application.clock == clerk.application.due)
        }
    }

    @Test func aMonthOfStorageRunsFromTheLaterOfReadyAndDue() throws {
        let table: [(ready: String, until: String)] = [
            // Due on Monday 23 March is moved to Thursday 26 March by Nauryz; ready before that.
            ("2026-03-19T10:00", "2026-04-27T20:00"),
            // Ready late: from then on. 2 May 2026 is a Saturday, which the Corporation works.
            ("2026-04-02T10:00", "2026-05-02T20:00"),
            // 7 and 9 June: a month that ends on a Sunday goes on to Monday.
            ("2026-05-07T10:00", "2026-06-08T20:00"),
        ]
        for (ready, until) in table {
            var clerk = try Clerk()
            try clerk.accept("2026-03-18T16:05")
            try clerk.act(.complete(ground: nil, note: ""), ready)
            #expect(clerk.application.clock?.at == moment(until), "\(ready)")
            // R5.3: nothing goes back before the month is over, not even by a minute.
            #expect(
                refusal { try clerk.act(.returnUnclaimed, until) }
                    == .stillKept(until: moment(until)))
            let after = CivilDateTime(moment(until).date, TimeOfDay("20:01")!)
            try clerk.act(.returnUnclaimed, after.description)
            #expect(clerk.application.phase == .unclaimed)
        }
    }

    /// R5.5: within one working day of the provider's week; a Saturday is none.
    @Test func theProviderSendsItAgainWithinOneWorkingDay() throws {
        for (standard, requested, until) in [
            ("std-7", "2026-06-05T10:00", "2026-06-08T18:30"),
            ("std-7", "2026-06-06T10:00", "2026-06-08T18:30"),
            ("std-8", "2026-06-04T10:00", "2026-06-05T18:30"),
        ] {
            var clerk = try Clerk(standard: standard)
            try clerk.accept("2026-03-18T16:05")
            try clerk.act(.complete(ground: nil, note: ""), "2026-03-19T10:00")
            try clerk.act(.returnUnclaimed, "2026-06-01T10:00")
            try clerk.act(.request, requested)
            #expect(clerk.application.clock?.at == moment(until))
            try clerk.act(.redeliver, until)
            // Kept for another month from when it is back.
            #expect(
                clerk.application.clock?.at == moment("2026-07-08T20:00") || standard == "std-8")
            try clerk.act(.handOver(.applicant), "2026-06-10T10:00")
            #expect(clerk.register.open == 0)
        }
    }

    @Test func aProvidersResultStaysInTheHouse() throws {
        var clerk = try Clerk("provider", on: "2026-03-18")
        try clerk.accept("2026-03-18T10:00")
        try clerk.act(.complete(ground: nil, note: ""), "2026-03-18T10:15")
        try clerk.act(.returnUnclaimed, "2026-06-01T10:00")
        #expect(refusal { try clerk.act(.request, "2026-06-02T10:00") } == .nobodyToAsk)
        try clerk.act(.handOver(.applicant), "2026-06-02T10:00")
        #expect(clerk.application.phase == .handedOver)
    }

    @Test func aSuspensionMovesTheTermAndIsNoWayOutOfALateOne() throws {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        #expect(clerk.application.due?.at == moment("2026-03-26T20:00"))
        let before = try #require(clerk.application.due?.at)
        try clerk.act(.suspend(reason: "archive", reviewBy: date("2026-04-10")), "2026-03-19T10:00")
        #expect(clerk.application.due == nil)
        #expect(clerk.application.clock?.at == moment("2026-04-10T20:00"))
        try clerk.act(.resume, "2026-03-30T09:00")
        // 19, 20, 26 and 27 March did not count: the day of resumption is the first of three.
        #expect(clerk.application.due?.at == moment("2026-04-01T20:00"))
        #expect(try #require(clerk.application.due?.at) > before)
        #expect(
            refusal {
                try clerk.act(
                    .suspend(reason: "again", reviewBy: date("2026-05-10")), "2026-04-02T10:00")
            } == .overdue(since: moment("2026-04-01T20:00")))
        #expect(
            refusal {
                try clerk.act(
                    .suspend(reason: "", reviewBy: date("2026-04-10")), "2026-03-31T10:00")
            }
                == .reasonMissing)
        for day in ["2026-03-31", "2026-03-01", "2027-05-01"] {
            #expect(
                refusal {
                    try clerk.act(.suspend(reason: "r", reviewBy: date(day)), "2026-03-31T10:00")
                } == .reviewDate(date(day)))
        }
    }

    @Test func papersAreRefusedInTheDocumentedOrder() throws {
        var clerk = try Clerk()
        let incomplete = [PresentedDocument(id: "diploma", original: true, copy: true)]
        let cases: [(HandIn, String, (ApplicationRefusal) -> Bool)] = [
            (
                try clerk.handIn("post"), "2026-03-18T10:00",
                { if case .unknownChannel = $0 { true } else { false } }
            ),
            (
                try clerk.handIn("provider"), "2026-03-18T10:00",
                { $0 == .channelElsewhere("provider", kind: "provider") }
            ),
            (
                try clerk.handIn(at: "2026-03-18T10:01"), "2026-03-18T10:00",
                { $0 == .impossibleTime(moment("2026-03-18T10:01")) }
            ),
            (
                try clerk.handIn(at: "2026-03-17T10:00"), "2026-03-18T10:00",
                { $0 == .impossibleTime(moment("2026-03-17T10:00")) }
            ),
            (
                try clerk.handIn(group: "nobody", documents: []), "2026-03-18T10:00",
                { if case .intake = $0 { true } else { false } }
            ),
            (
                try clerk.handIn(documents: incomplete, consent: nil), "2026-03-18T10:00",
                { if case .incomplete(let list) = $0 { list.count == 9 } else { false } }
            ),
            (try clerk.handIn(consent: nil), "2026-03-18T10:00", { $0 == .consentMissing }),
            // R7.4: not before nine, and not on a Sunday.
            (
                try clerk.handIn(), "2026-03-18T08:59",
                {
                    if case .clock(let refusal) = $0 {
                        refusal.reason == .outsideReception
                    } else {
                        false
                    }
                }
            ),
        ]
        for (handIn, now, matches) in cases {
            let found = refusal { try clerk.accept(now, handIn) }
            #expect(found.map(matches) == true, "\(String(describing: found))")
        }
        #expect(clerk.register.applications.isEmpty)
    }

    @Test func onlyPapersWithAFaultAreDeclined() throws {
        var clerk = try Clerk()
        #expect(
            refusal { try clerk.decline("2026-03-18T10:00", try clerk.handIn()) }
                == .nothingMissing)
        try clerk.decline("2026-03-18T10:00", try clerk.handIn(documents: [], consent: nil))
        #expect(clerk.application.phase == .declined)
        #expect(clerk.register.open == 0)
        // Nothing more can be done with it, and it counts no clock.
        for action in Self.actions {
            #expect(
                refusal { try clerk.act(action, "2026-03-19T10:00") }
                    == .unknownApplication(clerk.id()))
        }
        try clerk.accept("2026-03-18T11:00")
        #expect(clerk.register.applications.map(\.number) == [1, 2])
    }

    @Test func aRefusalOnTheMeritsNamesItsGround() throws {
        var clerk = try Clerk()
        try clerk.accept("2026-03-18T16:05")
        // R9.3 is no ground of the provider's decision.
        #expect(
            refusal {
                try clerk.act(
                    .complete(ground: "incomplete-or-expired", note: ""), "2026-03-19T10:00")
            }
                == .unknownGround(
                    "incomplete-or-expired",
                    known: ["unreliable-documents", "requirements-not-met"]))
        try clerk.act(.complete(ground: "unreliable-documents", note: "seal"), "2026-03-19T10:00")
        #expect(clerk.view.result?.ground == "unreliable-documents")
        #expect(clerk.view.result?.note == "seal")
        // The reasoned refusal is a result (R5.1), and is handed over as any other.
        try clerk.act(.handOver(.applicant), "2026-03-27T10:00")
    }

    @Test func namesOfAStandardKeepTheirPlacesWhenItGainsMore() throws {
        let standard = try #require(try Repository.library().standards["std-7"])
        let old = RegisterTerms(
            standard: "std-7", kind: "corporation", channels: ["corporation"],
            groups: ["gone", "methodologist"], documents: ["diploma"], grounds: [])
        let new = try #require(RegisterTerms(standard, kind: "corporation", keeping: old))
        #expect(new.groups.starts(with: old.groups))
        #expect(new.documents[0] == "diploma")
        #expect(Set(new.documents) == Set(standard.documents.map(\.id)))
        #expect(RegisterTerms(standard, kind: "corporation", keeping: new) == new)
    }

    @Test func anIDHasOneSpelling() {
        let id = ApplicationID("astana-1/2026-03-19/7")
        #expect(id?.description == "astana-1/2026-03-19/7")
        for text in [
            "", "astana-1/2026-03-19", "astana-1/2026-03-19/0", "astana-1/2026-03-19/07",
            "astana-1/2026-03-19/-7", "Astana/2026-03-19/7", "astana-1/2026-3-19/7",
            "astana-1/2026-03-19/7/1", "astana-1/2026-03-19/4294967296",
        ] { #expect(ApplicationID(text) == nil, "\(text)") }
    }
}
