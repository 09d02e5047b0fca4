// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import ServiceStandards
import TestKit
import Testing
import Texts

/// Proofs of terms in every unit, in stages and around the clock, in words.
@Suite struct UnitProofTests {
    private static func library() throws -> Library {
        let library = try Repository.library()
        return try Library(
            calendars: Array(library.calendars.values),
            standards: [AllUnits.standard(like: library.standards["std-7"]!)],
            zones: library.zones)
    }

    private func answer(
        _ channel: String, _ start: String, _ language: Language
    ) throws -> DueDateAnswer {
        try Self.library().desk(in: language, now: Desk.now).dueDate(
            DueDateQuestion(
                clock: ClockName(standard: AllUnits.id, channel: channel), start: moment(start),
                outsideReception: .countFromOpening))
    }

    @Test func everyReasonIsToldInThreeLanguages() throws {
        for channel in AllUnits.clocks {
            for start in ["2026-03-19T16:05", "2026-03-21T23:10"] {
                let proofs = try Language.allCases.map {
                    try #require(try answer(channel, start, $0).proof)
                }
                let english = proofs[2]
                #expect(!english.lines.isEmpty, "\(channel)")
                for (place, proof) in proofs.enumerated() {
                    #expect(proof.lines == english.lines, "\(channel)")
                    #expect(proof.stages.count == english.stages.count)
                    // No sentence is in another's language.
                    if place < 2 { #expect(proof.sentence != english.sentence) }
                    for (own, other) in zip(proof.reasons, english.reasons) {
                        #expect(!own.text.isEmpty && own.kind == other.kind)
                        if place < 2 { #expect(own.text != other.text, "\(own)") }
                    }
                }
            }
        }
    }

    @Test func aStageHasItsPlaceInTheProof() throws {
        let answer = try answer("stages", "2026-03-19T16:05", .en)
        let proof = try #require(answer.proof)
        #expect(proof.stages.map(\.title) == ["a", "b", "c"])
        #expect(proof.stages.map(\.office) == ["corporation", "provider", "provider"])
        #expect(proof.stages[0].start == moment("2026-03-19T16:05"))
        for (stage, next) in zip(proof.stages, proof.stages.dropFirst()) {
            #expect(stage.dueAt == next.start)
            #expect(proof.lines[next.firstLine].date == stage.dueAt.date)
        }
        #expect(proof.stages[2].dueAt == answer.dueAt)
        let act = "Rules and conditions of attestation, annex 7, row 3, R3.2"
        #expect(proof.sentence.contains("1 working day (\(act)), then 3 working days (\(act))"))
        #expect(proof.sentence.contains("Stage 2, b: 3 working days: "))
    }

    @Test func theTermsOfAChoiceAreAllTold() throws {
        let proof = try #require(try answer("longer", "2026-03-19T16:05", .en).proof)
        let stage = try #require(proof.stages.first)
        #expect(stage.choice == .longer)
        #expect(stage.terms.map(\.term).sorted() == ["10 calendar days", "7 working days"])
        #expect(stage.terms[0].dueAt == stage.dueAt)
    }

    @Test func aroundTheClockNoQuestionNeedsToSayHowToCount() throws {
        let desk = try Self.library().desk(in: .en, now: Desk.now)
        let answer = try desk.dueDate(
            DueDateQuestion(
                clock: ClockName(standard: AllUnits.id, channel: "days"),
                start: moment("2026-03-21T23:10")))
        // The provider's five-day week opens on Thursday.
        #expect(answer.start == moment("2026-03-26T09:00"))
        #expect(answer.proof?.sentence.contains("runs from the next opening") == true)
        let left = try desk.timeLeft(
            TimeLeftQuestion(
                due: DueDateQuestion(
                    clock: ClockName(standard: AllUnits.id, channel: "days"),
                    start: moment("2026-03-26T10:00"), proof: false),
                at: moment("2026-04-02T10:00")))
        // Six of eleven days have ended, as the tenth is a Sunday.
        #expect(left.usedPercent == 54 && left.warningPercent == 50 && left.runsOnRestDays)
    }

    @Test func policiesAreToldWithTheirSource() throws {
        let library = try Repository.library()
        let std = library.standards["std-7"]!
        let policies = std.policies.map {
            Policy(
                name: $0.name, value: $0.value, options: $0.options, text: $0.text,
                rule: RuleID("R3.4"))
        }
        let changed = ServiceStandard(
            id: std.id, title: std.title, sources: std.sources, calendar: std.calendar,
            zone: std.zone, provider: std.provider, policies: policies, offices: std.offices,
            channels: std.channels, eventTerms: std.eventTerms, keeping: std.keeping,
            provisions: std.provisions, groups: std.groups, documents: std.documents,
            refusals: std.refusals, homeVisit: std.homeVisit)
        let desk = try Library(
            calendars: Array(library.calendars.values), standards: [changed],
            zones: library.zones
        ).desk(in: .en, now: Desk.now)
        let proof = try #require(
            try desk.dueDate(
                DueDateQuestion(
                    clock: ClockName(standard: "std-7", channel: "corporation"),
                    start: moment("2026-03-19T16:05"))
            ).proof)
        let source = "Rules and conditions of attestation, annex 7, row 3 (R3.4)"
        #expect(proof.policies.map(\.source) == [source])
        #expect(proof.sentence.contains("(\(source))"))
    }
}
