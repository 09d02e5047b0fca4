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
        let boss, centre, dispatcher: Client
    }

    /// A server with an area, whose callers all have tokens.
    private func withArea(
        _ folder: URL, isNew: Bool = true, _ body: (Callers) async throws -> Void
    ) async throws {
        let access = AccessGuard(
            AccessList(entries: [
                TestArea.entry(.operator, id: "op"), TestArea.entry(.contactCentre, id: "centre"),
                TestArea.entry(.dispatcher, id: "disp"),
            ]))
        let queue = try await QueueServer.start(folder, access: access)
        func client(_ id: String) -> Client {
            var settings = ClientSettings.patient(queue.server.endpoint)
            settings.token = "kezek_" + id
            return Client(settings)
        }
        let callers = Callers(
            boss: client("op"), centre: client("centre"), dispatcher: client("disp"))
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
                                _ = try await centre.ask(question, showing: proof, in: .en)
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
                guard
                    case .visit(let view) = try await callers.dispatcher.ask(.visit(id), in: .en)
                else {
                    Issue.record("no visit")
                    return
                }
                #expect(view.secret == secret && view.state == .held)
                guard
                    case .plan(let plan) = try await callers.dispatcher.ask(
                        .plan(TestArea.id, from: nil, days: 7), in: .en)
                else {
                    Issue.record("no plan")
                    return
                }
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
                let asked = try await callers.centre.ask(.visit(id), showing: link, in: .en)
                guard case .visit(let view) = asked else {
                    Issue.record("\(asked)")
                    return
                }
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
}
