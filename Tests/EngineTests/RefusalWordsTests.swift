// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import HomeVisits
import KezekEngine
import KezekFiles
import Parties
import Queue
import ServiceStandards
import TestKit
import Testing
import Texts

/// Refusals cite the rules of the office's standard, and old names of documents go on being read.
@Suite struct RefusalWordsTests {
    /// The Rules with the annex of std-7, as each language cites them.
    private static let rules: [Language: String] = [
        .kk: "(Аттестаттаудан өткізу қағидалары мен шарттары, 7-қосымша, ",
        .ru: "(Правила и условия проведения аттестации, приложение 7, ",
        .en: "(Rules and conditions of attestation, annex 7, ",
    ]
    private static func row(_ number: Int, _ language: Language) -> String {
        switch language {
        case .kk: "\(number)-жол, "
        case .ru: "строка \(number), "
        case .en: "row \(number), "
        }
    }

    /// Why a journal cannot be written names files of the machine, which is nothing for callers.
    ///
    /// After a failed sync nobody is told that nothing has changed.
    @Test(arguments: Language.allCases, [false, true])
    func aJournalThatCannotBeWrittenIsToldWithoutItsPath(language: Language, isKnown: Bool) {
        let why = "/var/lib/kezek/kezek.sqlite is damaged (SQLite code 267)"
        let fault = isKnown ? CommandFault.unavailable(why) : .unconfirmed(why)
        let nothing = ["өзгермеді", "не изменилось", "nothing has changed"]
        for refusal in [
            fault.refusal(in: language), ApplicationFault.command(fault).refusal(in: language),
            VisitFault.command(fault).refusal(in: language),
        ] {
            #expect(refusal.reason == .storeUnavailable)
            #expect(nothing.contains { refusal.message.contains($0) } == isKnown)
            for word in ["/var", "sqlite", "SQLite", "267"] {
                #expect(!refusal.message.contains(word), "\(refusal.message)")
            }
        }
        // The operator hears it.
        #expect(fault.cause == why)
        #expect(ApplicationFault.command(fault).cause == why)
        #expect(VisitFault.command(fault).cause == why)
        #expect(CommandFault.overloaded.cause == nil && ApplicationFault.noStatus.cause == nil)
    }

    /// A step that an application does not allow is refused with the one that may come next.
    @Test(arguments: Language.allCases)
    func aStepThatIsNotAllowedNamesTheNext(language: Language) {
        let id = ApplicationID(office: Desk.office, date: date("2026-03-18"), number: 1)
        var told: Set<String> = []
        for phase in Phase.allCases {
            let refusal = ApplicationFault.refused(.phaseIs(id, phase)).refusal(in: language)
            #expect(refusal.reason == .wrongState && refusal.field == "application")
            #expect(refusal.message.contains(phase.title[language]))
            #expect(refusal.message.hasSuffix(phase.nextStep[language]))
            told.insert(phase.nextStep[language])
        }
        // What is over is over alike.
        #expect(told.count == Phase.allCases.count { !$0.isFinal } + 1)
        for state in Booking.State.allCases {
            expect(.bookingIs(state, 7), state.title, state.nextStep, language)
        }
        for state in Ticket.State.allCases {
            expect(
                .ticketIs(state, TicketLabel("A-007")!), state.title, state.nextStep, language)
        }
        for state in WindowStatus.State.allCases {
            expect(.windowIs(state, WindowID("1")!), state.title, state.nextStep, language)
        }
        let resume = ["жаңарт", "возобнов", "Resume"]
        #expect(resume.contains { Phase.suspended.nextStep[language].contains($0) })
    }

    private func expect(
        _ refusal: QueueRefusal, _ title: LocalizedText, _ next: LocalizedText, _ language: Language
    ) {
        let told = CommandFault.refused(refusal, alternatives: []).refusal(in: language)
        #expect(told.reason == .wrongState)
        #expect(told.message.contains(title[language]), "\(told.message)")
        #expect(told.message.hasSuffix(next[language]), "\(told.message)")
    }

    /// Whose promises would be broken is told by their numbers, with what to do.
    @Test(arguments: Language.allCases)
    func whosePromisesWouldBreakIsTold(language: Language) {
        let refusal = VisitFault.refused(.breaksPromises([3, 17])).refusal(in: language)
        #expect(refusal.reason == .breaksPromises && refusal.reason.code == .failedPrecondition)
        #expect(refusal.field == "break_promises" && !refusal.reason.mayBeRetried)
        #expect(refusal.message.contains(": 3, 17. "))
        #expect(refusal.message.contains("--break-promises"))
    }

    @Test(arguments: Language.allCases)
    func queueRefusalsCiteTheRow(language: Language) throws {
        let desk = try Desk()
        desk.register()
        let table: [(QueueRefusal, OfficeID, String)] = [
            (.noBookings(rule: "R7.3"), Desk.provider, "R7.3)"),
            (.wouldOvertake(TicketLabel("A-002")!, rule: "R7.5"), Desk.office, "R7.5)"),
        ]
        let rules = try #require(Self.rules[language])
        for (refusal, office, rule) in table {
            let fault = CommandFault.refused(refusal, alternatives: [])
            let told = desk.queue.refusal(for: fault, at: office, in: language).message
            #expect(told.contains(rules + Self.row(7, language) + rule), "\(told)")
            // Of an office that is not known the rule alone is told.
            let nowhere = try #require(OfficeID("nowhere"))
            let bare = desk.queue.refusal(for: fault, at: nowhere, in: language).message
            #expect(bare.contains("(\(rule)"))
            #expect(!bare.contains(rules))
        }
    }

    @Test(arguments: Language.allCases)
    func applicationRefusalsCiteTheRow(language: Language) throws {
        let desk = try Desk()
        desk.register()
        let table: [(ApplicationRefusal, Int, String)] = [
            (.incomplete([.init(id: "diploma", problems: [.missing])]), 9, "R9.3)"),
            (.consentMissing, 8, "R8.14)"),
            (.stillKept(until: moment("2026-04-27T20:00")), 5, "R5.3)"),
        ]
        let rules = try #require(Self.rules[language])
        for (refusal, row, rule) in table {
            let fault = ApplicationFault.refused(refusal)
            let told = desk.engine.refusal(for: fault, at: Desk.office, in: language).message
            #expect(told.contains(rules + Self.row(row, language) + rule), "\(told)")
            // Without a standard there is nothing to cite.
            #expect(!fault.refusal(in: language).message.contains(rule))
        }
    }

    /// The repository's library as it was when the statement was called a certificate.
    private func formerLibrary() throws -> Library {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-former-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for file in ["Calendars/kz.yaml", "Calendars/zones.yaml", "Standards/std-7.yaml"] {
            let target = folder.appendingPathComponent(file)
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Repository.text(file).replacingOccurrences(
                of: "id: test-statement\n    formerly: [test-certificate]\n",
                with: "id: test-certificate\n"
            ).write(to: target, atomically: true, encoding: .utf8)
        }
        return try DataFolder(root: folder).library()
    }

    /// A server that is started anew with the renamed document goes on with the register of the day.
    ///
    /// What was recorded is read, a repeat gets its answer, and callers may use either name.
    @Test func aJournalWithAFormerNameIsReadAndGoesOn() throws {
        let before = try formerLibrary()
        #expect(before.standards["std-7"]?.document("test-statement") == nil)
        let store = MemoryStore(commitsByItself: false)
        let (queue, engine) = try Desk.engines(store, before)
        try queue.start(now: Desk.morning)
        try engine.start(now: Desk.morning)
        queue.submit(
            .changeOffice(
                .init(change: .put(Desk.described(Desk.office, "corporation")), dryRun: false)),
            request: Desk.id(1), now: Desk.morning
        ) { _ in }
        store.commit()
        let profile = ApplicantProfile(group: "pmpc-teacher")
        let former = HandIn(
            office: Desk.office, channel: "corporation", applicant: .reference("a"),
            profile: profile,
            documents: try before.standards["std-7"]!.check([], of: profile, on: .latest).lines
                .map { PresentedDocument(id: $0.document.id, original: true, copy: true) },
            consent: .given)
        #expect(former.documents.contains { $0.id == "test-certificate" })
        engine.submit(.accept(former), request: Desk.id(10), now: Desk.morning, in: .en) { _ in }
        store.commit()

        let desk = try Desk(store)
        let old = try #require(desk.send(.accept(former), 10)).get()
        #expect(old.id.number == 1)
        #expect(old.documents.contains { $0.id == "test-certificate" })
        let next = try #require(desk.send(.accept(former), 11)).get()
        #expect(next.documents.contains { $0.id == "test-statement" })
        let present = try #require(desk.send(.accept(try Desk.handIn("b")), 12)).get()
        #expect(present.id.number == 3)
        #expect(present.documents == next.documents)
        let title = try #require(
            Repository.library().standards["std-7"]?.document("test-statement")?.title)
        for number in UInt32(1)...3 {
            let id = ApplicationID(office: old.id.office, date: old.id.date, number: number)
            guard
                case .paper(let paper) = try desk.engine.answer(
                    .paper(.init(id: id, form: .html, name: "")), in: .ru, now: Desk.morning)
            else { throw CancellationError() }
            #expect(paper.contains("<td>\(title.ru)</td><td>строка 8, подпункт 8 (R8.8)</td>"))
        }
    }
}
