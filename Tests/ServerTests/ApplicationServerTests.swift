// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Deadlines
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekWire
import Parties
import Queue
import ServiceStandards
import TestKit
import Testing
import Texts

@Suite(.waits) struct ApplicationServerTests {
    private func handIn(_ who: String) throws -> HandIn {
        let standard = try #require(try Repository.library().standards["std-7"])
        let profile = ApplicantProfile(group: "pmpc-teacher")
        return HandIn(
            office: TestOffice.id, channel: "corporation", applicant: .reference(who),
            profile: profile,
            documents: try standard.check([], of: profile, on: .latest).lines.map {
                PresentedDocument(id: $0.document.id, original: true, copy: true)
            }, consent: .given)
    }

    @Test func anApplicationGoesAllTheWayOverTheNetwork() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            // Thursday 19 March 2026: due on Friday 27 March.
            let id = RequestID.random()
            let view = try await client.send(.accept(try handIn("a")), request: id, in: .en)
            #expect(view.due?.at == moment("2026-03-27T20:00"))
            #expect(try await client.send(.accept(try handIn("a")), request: id, in: .en) == view)
            server.clock.set("2026-03-26T05:00Z")
            let ready = try await client.send(
                .act(view.id, .complete(ground: nil, note: "")), in: .en)
            #expect(ready.phase == .ready)
            let paper = try await client.ask(
                .paper(PaperQuestion(id: view.id, form: .html, name: "Әсел")), in: .kk)
            let status = try await client.ask(
                .status(view.id, .reference("a")), in: .ru)
            #expect(paper.contains("Әсел"))
            #expect(status.sentence.contains("27 апреля 2026"))
            server.clock.set("2026-03-27T05:00Z")
            let done = try await client.send(.act(view.id, .handOver(.applicant)), in: .en)
            #expect(done.phase == .handedOver)
            do {
                _ = try await client.send(.act(view.id, .resume), in: .kk)
                Issue.record("what is over was resumed")
            } catch let ClientError.refused(refusal) {
                #expect(refusal.reason == .wrongState)
                #expect(refusal.message.contains("берілді"))
            }
        }
    }

    @Test func outsideTheHoursOfReceptionTheNextOpeningIsTold() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            server.clock.set("2026-03-20T16:00Z")
            do {
                _ = try await client.send(.accept(try handIn("a")), in: .en)
                Issue.record("papers were accepted at nine in the evening")
            } catch let ClientError.refused(refusal) {
                #expect(refusal.reason == .outsideReception)
                #expect(refusal.nextOpening == moment("2026-03-25T09:00"))
            }
        }
    }

    @Test func aListIsWatchedAcrossAChangeOfDayAndADecree() async throws {
        try await withQueueServer { server, client in
            try await TestOffice.register(client)
            let question = WorkingListQuestion(office: TestOffice.id, within: 1, all: true)
            var lists = client.watch(.watchWorkingList(question)).makeAsyncIterator()
            let empty = try #require(try await lists.next())
            #expect(empty.isWhole && empty.items.isEmpty)
            let first = try await client.send(.accept(try handIn("a")), in: .en).id
            let news = try #require(try await lists.next())
            #expect(!news.isWhole)
            #expect(news.items.map(\.id) == [first])
            #expect(news.items.map(\.urgency) == [.later])
            // The day before the last day of the term.
            server.clock.set("2026-03-26T05:00Z")
            let tomorrow = try #require(try await lists.next())
            #expect(tomorrow.isWhole)
            #expect(tomorrow.items.map(\.urgency) == [.dueSoon])
            // A holiday on Friday 27 March puts the end on Monday the 30th.
            let text = try Repository.text("Calendars/kz.yaml").replacing(
                "\nholidays:\n",
                with: """

                    holidays:
                      - id: extra
                        name: {kk: Қосымша, ru: Дополнительный, en: Extra}
                        date: "03-27"
                        substituted: false
                        versions:
                          - {known: 2026-03-20, years: 2026-, act: law-267}

                    """)
            let effects = try await client.send(
                DecreeCommand(calendar: text, dryRun: false), in: .en)
            #expect(effects.clocks.map(\.to) == [moment("2026-03-30T20:00")])
            let moved = try #require(try await lists.next())
            #expect(moved.items.map(\.deadline) == [moment("2026-03-30T20:00")])
            // Questions about deadlines are answered by it too, on every loop.
            for _ in 0..<20 {
                let other = server.server.client
                let answer = try await other.ask(
                    .dueDate(
                        DueDateQuestion(
                            clock: ClockName(standard: "std-7", channel: "corporation"),
                            start: moment("2026-03-24T10:00"),
                            outsideReception: .countFromMoment,
                            proof: false)), in: .en)
                #expect(answer.dueAt == moment("2026-03-31T20:00"))
                await other.close()
            }
        }
    }

    @Test func aServerWithoutAStoreSaysSo() async throws {
        try await withServer { server in
            let client = server.client
            let calls: [() async throws -> Void] = [
                { _ = try await client.ask(.decrees, in: .en) },
                { _ = try await client.send(.accept(try handIn("a")), in: .en) },
                { _ = try await client.send(DecreeCommand(calendar: "", dryRun: true), in: .en) },
                {
                    let question = WorkingListQuestion(office: TestOffice.id)
                    for try await _ in client.watch(.watchWorkingList(question)) {}
                },
            ]
            for call in calls {
                do {
                    try await call()
                    Issue.record("a server without a store answered")
                } catch let ClientError.refused(refusal) {
                    #expect(refusal.reason == .noQueue)
                }
            }
            await client.close()
        }
    }
}
