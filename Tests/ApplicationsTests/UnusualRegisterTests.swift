// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Parties
import ServiceStandards
import TestKit
import Testing
import Texts

/// Registers that are not as usual: clocks without an end, names that a standard no longer has, papers of
/// several standards.
@Suite struct UnusualRegisterTests {
    private func terms(
        _ clerk: Clerk, standard: String? = nil, kind: String? = nil, grounds: [String] = []
    ) -> RegisterTerms {
        let known = clerk.register.terms
        return RegisterTerms(
            standard: standard ?? known.standard, kind: kind ?? known.kind,
            channels: known.channels, groups: known.groups, documents: known.documents,
            grounds: known.grounds + grounds)
    }

    @Test func aResultThatIsKeptWithoutEndWaits() throws {
        var clerk = try Clerk(on: "2026-10-06")
        try clerk.accept("2026-10-06T10:00")
        try clerk.record([
            .completed(1, at: moment("2026-10-07T10:00"), .granted(note: ""), storage: nil)
        ])
        let rule = WorkingListRule(now: moment("2026-12-01T10:00"), within: 3, all: false) { _ in 1
        }
        let item = rule.item(clerk.application, clerk.id(), clerk.register.terms)
        #expect(item?.urgency == .waiting && item?.deadline == nil)
    }

    /// A ground that a former standard had is in the register's terms, and refuses nobody any more.
    @Test func aGroundThatTheStandardHasLostIsUnknown() throws {
        var clerk = try Clerk(on: "2026-10-06")
        try clerk.record([.opened(terms(clerk, grounds: ["former"]))])
        try clerk.accept("2026-10-06T10:00")
        let known = try #require(clerk.library.standards["std-7"]).refusals
            .filter { $0.at == .decision }.map(\.id)
        for ground in known + ["former"] {
            let refused = refusal {
                var other = clerk
                try other.act(.complete(ground: ground, note: "x"), "2026-10-07T10:00")
            }
            #expect(
                refused == (ground == "former" ? .unknownGround(ground, known: known) : nil))
        }
    }

    /// The terms are recorded when they gain a name, and only then.
    @Test func termsAreRecordedWhenTheyGainANameAlone() throws {
        var clerk = try Clerk(on: "2026-10-06")
        try clerk.accept("2026-10-06T10:00")
        try clerk.accept("2026-10-06T10:01")
        let before = clerk.events.count
        try clerk.act(.complete(ground: "requirements-not-met", note: "x"), "2026-10-07T10:00")
        #expect(clerk.events.count == before + 1)
        // A register that was begun before the standard had its grounds.
        let known = clerk.register.terms
        var older = try Clerk(on: "2026-10-06")
        var register = ApplicationRegister(
            terms: RegisterTerms(
                standard: known.standard, kind: known.kind, channels: known.channels,
                groups: known.groups, documents: known.documents, grounds: []))
        try older.accept("2026-10-06T10:00")
        register.apply(
            [.accepted(older.application.handIn, due: try #require(older.application.due))],
            revision: 1)
        let now = moment("2026-10-07T10:00")
        let events = try register.decide(
            .complete(ground: "requirements-not-met", note: "x"), on: clerk.id(), at: now,
            clerk.clocks(now))
        #expect(events.count == 2)
        register.apply(events, revision: 2)
        #expect(register.view(clerk.id())?.result?.ground == "requirements-not-met")
    }

    /// In one register each application has the clocks of its own standard and kind of office.
    @Test func eachApplicationHasTheClocksOfItsStandardAndKind() throws {
        for (standard, kind) in [("gone", String?.none), (nil, "gone")] as [(String?, String?)] {
            for isFirst in [true, false] {
                var clerk = try Clerk(on: "2026-10-06")
                try clerk.accept("2026-10-06T10:00")
                let (own, due) = (clerk.register.terms, try #require(clerk.application.due))
                let other = terms(clerk, standard: standard, kind: kind)
                var register = ApplicationRegister(terms: isFirst ? other : own)
                register.apply(
                    [
                        .accepted(clerk.application.handIn, due: due),
                        .opened(isFirst ? own : other),
                        .accepted(clerk.application.handIn, due: due),
                    ], revision: 1)
                let now = moment("2026-10-06T11:00")
                var reckoning = DecreeReckoning(
                    old: clerk.library, new: clerk.library,
                    now: clerk.library.zone("Asia/Almaty")!.timestamp(of: now), language: .en)
                let outcome = reckoning.reckon(register, clerk.office, clerk.date, at: now)
                #expect(outcome.running == 2 && outcome.unanswered == 1, "\(other) \(isFirst)")
            }
        }
    }
}
