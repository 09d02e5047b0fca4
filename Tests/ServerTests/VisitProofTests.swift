// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import Foundation
import HomeVisits
import Journal
import KezekClient
import KezekEngine
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

@testable import KezekServer

/// The contact centre acts on a home visit with its own secret, or with its applicant; dispatchers, who
/// keep the plans, by its number.
@Suite(.waits) struct VisitProofTests {
    private struct Callers {
        let queue: QueueServer
        let boss, centre, dispatcher: Client
    }

    /// A server with an area, whose callers all have tokens.
    private func withArea(
        _ folder: URL, isNew: Bool = true, holdPercent: Int = AccessEntry.usualHoldPercent,
        _ body: (Callers) async throws -> Void
    ) async throws {
        let access = AccessGuard(
            AccessList(entries: [
                TestArea.entry(.operator, id: "op"),
                TestArea.entry(.contactCentre, id: "centre", holdPercent: holdPercent),
                TestArea.entry(.dispatcher, id: "disp"),
            ]))
        let queue = try await QueueServer.start(folder, access: access)
        func client(_ id: String) -> Client {
            var settings = ClientSettings.patient(queue.server.endpoint)
            settings.token = "kezek_" + id
            return Client(settings)
        }
        let callers = Callers(
            queue: queue, boss: client("op"), centre: client("centre"), dispatcher: client("disp"))
        if isNew { _ = try await callers.boss.send(.describe(TestArea.description), in: .en) }
        try await body(callers)
        for client in [callers.boss, callers.centre, callers.dispatcher] { await client.close() }
        try await queue.stop()
    }

    @Test func aNumberAloneIsEnoughForNobodyButADispatcher() async throws {
        try await withFolder { folder in
            try await withArea(folder) { callers in
                let centre = callers.centre
                let mine = try await centre.send(TestArea.offer("a"), in: .en)
                let others = try await centre.send(TestArea.offer("b"), in: .en)
                let (id, secret) = (try #require(mine.visit), try #require(mine.secret))
                let start = try #require(mine.offer?.windows.first { $0.isHeld }).window.start
                let absent = try #require(HomeVisitID(area: TestArea.id, number: 99))
                let commands: (HomeVisitID) -> [VisitCommand] = { id in
                    [
                        .promise(id, start: start), .cancel(id, by: .applicant, reason: ""),
                        .offer(OfferCommand(area: TestArea.id, subject: .again(id.number))),
                    ]
                }
                let questions: (HomeVisitID) -> [VisitQuestion] = { [.visit($0), .explain($0)] }
                func told(_ id: HomeVisitID, _ proof: BookingProof?) async -> [Refusal?] {
                    var told: [Refusal?] = []
                    for command in commands(id) {
                        told.append(
                            await refusal {
                                _ = try await centre.send(command, showing: proof, in: .en)
                            })
                    }
                    for question in questions(id) {
                        told.append(
                            await refusal {
                                _ = try await centre.reply(
                                    to: .visits(question), showing: proof, in: .en)
                            })
                    }
                    return told
                }
                for refusal in await told(id, nil) {
                    #expect(refusal?.reason == .permissionDenied && refusal?.field == "proof")
                }
                for refusal in await told(id, .code(CheckInCode(of: 1))) {
                    #expect(refusal?.reason == .permissionDenied && refusal?.field == "code")
                }
                let wrong: [BookingProof] = [
                    .secret(BookingSecret(high: secret.high, low: secret.low ^ 1)),
                    .secret(try #require(others.secret)), .applicant(.reference("b")),
                ]
                // What is not there is told as what is another's.
                var messages: Set<String> = []
                for proof in wrong {
                    for refusal in await told(id, proof) + told(absent, proof) {
                        #expect(refusal?.reason == .unknownVisit && refusal?.field == "proof")
                        messages.insert(refusal?.message ?? "")
                    }
                }
                #expect(messages.count == 1)
                // A dispatcher acts by number, and sees the link, so that it can be given again.
                let view = try await callers.dispatcher.ask(.visit(id), in: .en)
                #expect(view.secret == secret && view.state == .held)
                let plan = try await callers.dispatcher.ask(
                    .plan(TestArea.id, from: nil, days: 7), in: .en)
                #expect(!plan.visits.isEmpty && plan.visits.allSatisfy { $0.secret == nil })
                #expect(
                    try await callers.dispatcher.send(.promise(id, start: start), in: .en).state
                        == .promised)
            }
        }
    }

    /// The same before and after a restart, as nothing of a secret is kept.
    @Test func aLinkOrTheApplicantOpensAVisit() async throws {
        try await withFolder { folder in
            let request = RequestID(high: 7, low: 8)
            var first: VisitReceipt?
            try await withArea(folder) { callers in
                let held = try await callers.centre.send(
                    TestArea.offer("a"), request: request, in: .en)
                first = held
                let link = BookingProof.secret(try #require(held.secret))
                let id = try #require(held.visit)
                let window = try #require(held.offer?.windows.first { $0.isHeld }).window
                let promised = try await callers.centre.send(
                    .promise(id, start: window.start), showing: link, in: .en)
                #expect(promised.state == .promised && promised.secret == held.secret)
                let view = try await callers.centre.ask(.visit(id), showing: link, in: .en)
                #expect(view.secret == held.secret && view.promise == window)
            }
            let held = try #require(first)
            try await withArea(folder, isNew: false) { callers in
                #expect(
                    try await callers.centre.send(TestArea.offer("a"), request: request, in: .en)
                        == held)
                let id = try #require(held.visit)
                let link = BookingProof.secret(try #require(held.secret))
                _ = try await callers.centre.ask(.explain(id), showing: link, in: .en)
                // Who calls again has no link at hand, and says who they are.
                let cancel = VisitCommand.cancel(id, by: .applicant, reason: "")
                let cancelled = try await callers.centre.send(
                    cancel, request: RequestID(high: 9, low: 9),
                    showing: .applicant(.reference("a")), in: .en)
                #expect(cancelled.state == .cancelled && cancelled.secret == held.secret)
                // A repeat needs a proof, and gets the same whichever it is.
                #expect(
                    try await callers.centre.send(
                        cancel, request: RequestID(high: 9, low: 9), showing: link, in: .en)
                        == cancelled)
                let without = await refusal {
                    _ = try await callers.centre.send(
                        cancel, request: RequestID(high: 9, low: 9), in: .en)
                }
                #expect(without?.reason == .permissionDenied)
            }
        }
    }

    /// What one token has held for visits and promises nobody is a share of what the crews of an area can do.
    @Test func aTokenHoldsItsShareOfAnAreaAlone() async throws {
        try await withFolder { folder in
            // One crew from 9:00 to 20:00 but for an hour, visits of 20 minutes, six days: 180 of them, of
            // which 5 % are 9, and four are held for each who asks.
            try await withArea(folder, holdPercent: 5) { callers in
                let second = try #require(OfficeID("astana-2"))
                _ = try await callers.boss.send(.describe(TestArea.described(second)), in: .en)
                let centre = callers.centre
                let request = RequestID(high: 5, low: 6)
                let first = try await centre.send(TestArea.offer("a"), request: request, in: .en)
                let other = try await centre.send(TestArea.offer("b"), in: .en)
                #expect(first.offer?.windows.count { $0.isHeld } == 4)
                func isRefused(_ client: Client, _ command: VisitCommand) async -> Bool {
                    let refusal = await refusal { _ = try await client.send(command, in: .en) }
                    #expect(refusal == nil || refusal?.reason == .tooManyHolds)
                    #expect(refusal == nil || refusal?.message.contains("for 2 visits") == true)
                    return refusal != nil
                }
                #expect(await isRefused(centre, TestArea.offer("c")))
                var told: Set<String> = []
                for language in Language.allCases {
                    let refusal = await refusal {
                        _ = try await centre.send(TestArea.offer("c"), in: language)
                    }
                    #expect(refusal?.code == .resourceExhausted)
                    told.insert(refusal?.message ?? "")
                }
                #expect(told.count == Language.allCases.count)
                // Not in another area, nor for another token; a repeat is told the same.
                #expect(await !isRefused(centre, TestArea.offer("d", in: second)))
                #expect(await !isRefused(callers.dispatcher, TestArea.offer("e")))
                #expect(
                    try await centre.send(TestArea.offer("a"), request: request, in: .en) == first)
                // Other windows for one that is held take the place of its own.
                let id = try #require(other.visit)
                let proof = BookingProof.secret(try #require(other.secret))
                let again = VisitCommand.offer(
                    OfferCommand(area: TestArea.id, subject: .again(id.number)))
                let window = try #require(
                    try await centre.send(again, showing: proof, in: .en).offer?.windows
                        .first { $0.isHeld }
                ).window
                #expect(await isRefused(centre, TestArea.offer("c")))
                // What is promised counts no more, nor what has expired.
                _ = try await centre.send(
                    .promise(id, start: window.start), showing: proof, in: .en)
                #expect(await !isRefused(centre, TestArea.offer("c")))
                #expect(await isRefused(centre, TestArea.offer("f")))
                callers.queue.clock.set("2026-03-19T04:04:59Z")
                #expect(await isRefused(centre, TestArea.offer("f")))
                callers.queue.clock.set("2026-03-19T04:05:00Z")
                #expect(await !isRefused(centre, TestArea.offer("f")))
            }
        }
    }

    /// Whoever asks for visits and promises nobody anything fills a share of the area's places alone, however
    /// slowly.
    @Test func aTokenAsksForItsShareOfAnAreasVisits() async throws {
        try await withFolder { folder in
            try await withArea(folder, holdPercent: 1) { callers in
                func ask(_ number: Int) async -> Refusal? {
                    // What was held for those before has expired.
                    let minute = 6 * number
                    callers.queue.clock.set(
                        "2026-03-19T\(String(format: "%02d:%02d", 4 + minute / 60, minute % 60))Z")
                    return await refusal {
                        _ = try await callers.centre.send(TestArea.offer("r\(number)"), in: .en)
                    }
                }
                for number in 0..<40 { #expect(await ask(number) == nil) }
                let full = await ask(40)
                #expect(full?.reason == .tooManyHolds)
                #expect(full?.message.contains("40 visits of the area") == true)
                // Who is promised nothing leaves the place by being called off.
                let id = try #require(HomeVisitID(area: TestArea.id, number: 7))
                _ = try await callers.centre.send(
                    .cancel(id, by: .applicant, reason: ""),
                    showing: .applicant(.reference("r6")), in: .en)
                #expect(await ask(41) == nil)
                #expect(await ask(42)?.reason == .tooManyHolds)
            }
        }
    }
}
