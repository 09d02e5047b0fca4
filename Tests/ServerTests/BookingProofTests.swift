// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import Foundation
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

/// Whoever speaks for applicants acts on a booking or ticket with its own secret, or with the applicant.
@Suite(.waits) struct BookingProofTests {
    private static let today = CivilDate("2026-03-19")!

    private static func entry(_ role: Role, id: String, holdPercent: Int = 25) -> AccessEntry {
        AccessEntry(
            id: id, role: role, offices: .all,
            credential: .token(AccessToken.digest("kezek_" + id)), holdPercent: holdPercent,
            issuedAt: Timestamp(QueueServer.morning)!,
            expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: "")
    }

    private struct Hall {
        let queue: QueueServer
        let boss, web, kiosk, centre: Client
    }

    /// An office whose callers all have tokens.
    private func withHall(
        _ folder: URL, keys: ApplicantKeys = QueueServer.keys, isNew: Bool = true,
        holdPercent: Int = 25, _ body: (Hall) async throws -> Void
    ) async throws {
        let access = AccessGuard(
            AccessList(entries: [
                Self.entry(.office, id: "boss"),
                Self.entry(.portal, id: "web", holdPercent: holdPercent),
                Self.entry(.kiosk, id: "kiosk", holdPercent: holdPercent),
                Self.entry(.contactCentre, id: "centre"),
            ]))
        let queue = try await QueueServer.start(folder, keys: keys, access: access)
        func client(_ id: String) -> Client {
            var settings = ClientSettings.patient(queue.server.endpoint)
            settings.token = "kezek_" + id
            return Client(settings)
        }
        let hall = Hall(
            queue: queue, boss: client("boss"), web: client("web"), kiosk: client("kiosk"),
            centre: client("centre"))
        if isNew { try await TestOffice.register(hall.boss) }
        try await body(hall)
        for client in [hall.boss, hall.web, hall.kiosk, hall.centre] { await client.close() }
        try await queue.stop()
    }

    @Test func aNumberAloneIsEnoughForNobodyButTheOffice() async throws {
        try await withFolder { folder in
            try await withHall(folder) { hall in
                let held = try #require(
                    try await hall.web.send(TestOffice.hold("x"), in: .en).booking)
                let other = try #require(
                    try await hall.web.send(TestOffice.hold("y", at: "10:20"), in: .en).booking)
                let key = try #require(held.key)
                let absent = BookingID(office: held.id.office, date: held.id.date, number: 99)
                let commands: [QueueCommand] = [
                    .booking(held.id, .confirm), .booking(held.id, .release),
                    .booking(held.id, .cancel(by: .applicant, reason: "")),
                    .reschedule(held.id, to: TestOffice.date, start: TimeOfDay("11:00")!),
                ]
                let wrong: [BookingProof] = [
                    .secret(BookingSecret(high: key.secret.high, low: key.secret.low ^ 1)),
                    .secret(try #require(other.key).secret), .applicant(.reference("y")),
                ]
                for client in [hall.web, hall.kiosk, hall.centre] {
                    for command in commands {
                        let without = await refusal { _ = try await client.send(command, in: .en) }
                        #expect(without?.reason == .permissionDenied)
                        #expect(without?.field == "proof")
                        for proof in wrong {
                            let refusal = await refusal {
                                _ = try await client.send(command, showing: proof, in: .en)
                            }
                            #expect(refusal?.reason == .unknownBooking, "\(command) \(proof)")
                        }
                        let code = await refusal {
                            _ = try await client.send(command, showing: .code(key.code), in: .en)
                        }
                        #expect(code?.reason == .permissionDenied && code?.field == "code")
                    }
                    // What is not there is told as what is another's.
                    var told: Set<String> = []
                    for id in [held.id, absent] {
                        let refusal = await refusal {
                            _ = try await client.ask(.booking(id), showing: wrong[0], in: .en)
                        }
                        #expect(refusal?.reason == .unknownBooking)
                        told.insert(refusal?.message ?? "")
                    }
                    #expect(told.count == 1)
                }
                // The office acts by number, and sees the link, so that it can print it again.
                let seen = try await hall.boss.ask(.booking(held.id), in: .en)
                #expect(seen == held)
                let record = try await hall.boss.ask(
                    .day(TestOffice.id, TestOffice.date), in: .en)
                #expect(record.bookings.count == 2 && record.bookings.allSatisfy { $0.key == nil })
                #expect(
                    try await hall.boss.send(.booking(held.id, .confirm), in: .en).booking?.state
                        == .confirmed)
            }
        }
    }

    @Test func aLinkOrTheApplicantOpensABookingAndWhatItWasMovedTo() async throws {
        try await withFolder { folder in
            try await withHall(folder) { hall in
                let request = RequestID(high: 3, low: 4)
                let held = try await hall.web.send(TestOffice.hold("x"), request: request, in: .en)
                let booking = try #require(held.booking)
                let link = BookingProof.secret(try #require(booking.key).secret)
                // A repeat gets the same receipt, secret and all.
                #expect(
                    try await hall.web.send(TestOffice.hold("x"), request: request, in: .en)
                        == held)
                let confirmed = try await hall.web.send(
                    .booking(booking.id, .confirm), showing: link, in: .en)
                #expect(confirmed.booking?.key == booking.key)
                let moved = try await hall.centre.send(
                    .reschedule(booking.id, to: TestOffice.date, start: TimeOfDay("11:00")!),
                    showing: .applicant(.reference("x")), in: .en)
                let new = try #require(moved.booking)
                #expect(new.id != booking.id && new.key?.secret != booking.key?.secret)
                // Whoever has the old link finds the new one.
                let view = try await hall.web.ask(.booking(booking.id), showing: link, in: .en)
                #expect(view.state == .moved && view.counterpart == new.id)
                #expect(view.key?.counterpart == new.key?.secret && new.key != nil)
                let stale = await refusal {
                    _ = try await hall.web.send(
                        .booking(new.id, .cancel(by: .applicant, reason: "")), showing: link,
                        in: .en)
                }
                #expect(stale?.reason == .unknownBooking)
                let cancelled = try await hall.web.send(
                    .booking(new.id, .cancel(by: .applicant, reason: "")),
                    showing: .secret(try #require(new.key).secret), in: .en)
                #expect(cancelled.booking?.state == .cancelled)
            }
        }
    }

    /// Five wrong codes, and a booking takes none any more; its link opens it still.
    @Test func aCodeChecksInOnItsDayAndNothingElse() async throws {
        try await withFolder { folder in
            try await withHall(folder) { hall in
                var booked: [BookingView] = []
                for (who, time, date) in [
                    ("x", "11:00", Self.today), ("y", "11:20", Self.today),
                    ("z", "11:00", TestOffice.date),
                ] {
                    let held = try await hall.web.send(
                        TestOffice.hold(who, at: time, on: date), in: .en)
                    let view = try #require(held.booking)
                    _ = try await hall.boss.send(.booking(view.id, .confirm), in: .en)
                    booked.append(view)
                }
                hall.queue.clock.set("2026-03-19T05:50Z")
                func arrive(_ view: BookingView, _ number: UInt64) async -> Refusal? {
                    await refusal {
                        _ = try await hall.kiosk.send(
                            .booking(view.id, .arrive), showing: .code(CheckInCode(of: number)),
                            in: .en)
                    }
                }
                let codes = try booked.map { UInt64(try #require($0.key).code.number) }
                for number in 1...4 as ClosedRange<UInt64> {
                    #expect(await arrive(booked[1], codes[1] + number)?.reason == .unknownBooking)
                }
                #expect(await arrive(booked[1], codes[1]) == nil)
                for number in 1...5 as ClosedRange<UInt64> {
                    #expect(await arrive(booked[0], codes[0] + number)?.reason == .unknownBooking)
                }
                #expect(await arrive(booked[0], codes[0])?.reason == .tooManyTries)
                let receipt = try await hall.kiosk.send(
                    .booking(booked[0].id, .arrive),
                    showing: .secret(try #require(booked[0].key).secret), in: .en)
                #expect(receipt.ticket?.booking == booked[0].id.number)
                // Another day's is not tried at all.
                for number in 0...6 as ClosedRange<UInt64> {
                    #expect(await arrive(booked[2], codes[2] + number)?.reason == .permissionDenied)
                }
            }
        }
    }

    @Test func aTicketIsAskedAboutWithItsSecretOrThatOfItsBooking() async throws {
        try await withFolder { folder in
            try await withHall(folder) { hall in
                let held = try #require(
                    try await hall.web.send(
                        TestOffice.hold("x", at: "09:20", on: Self.today), in: .en
                    ).booking)
                _ = try await hall.boss.send(.booking(held.id, .confirm), in: .en)
                hall.queue.clock.set("2026-03-19T04:10Z")
                let arrived = try #require(
                    try await hall.boss.send(.booking(held.id, .arrive), in: .en).ticket)
                let taken = try #require(
                    try await hall.kiosk.send(
                        .today(TestOffice.id, .takeTicket(service: TestOffice.acceptance)), in: .en
                    ).ticket)
                func wait(
                    _ client: Client, _ label: TicketLabel, _ proof: BookingProof?
                ) async -> Refusal? {
                    await refusal {
                        _ = try await client.ask(
                            .wait(TestOffice.id, .ticket(label)), showing: proof, in: .en)
                    }
                }
                let own = BookingProof.secret(try #require(taken.secret))
                let booking = BookingProof.secret(try #require(held.key).secret)
                for client in [hall.web, hall.kiosk, hall.centre] {
                    #expect(await wait(client, taken.label, nil)?.reason == .permissionDenied)
                    #expect(await wait(client, taken.label, own) == nil)
                    #expect(await wait(client, arrived.label, own)?.reason == .unknownTicket)
                    #expect(await wait(client, arrived.label, booking) == nil)
                    #expect(await wait(client, taken.label, booking)?.reason == .unknownTicket)
                    #expect(
                        await wait(client, arrived.label, .applicant(.reference("x"))) == nil)
                    #expect(
                        await wait(client, taken.label, .applicant(.reference("x")))?.reason
                            == .unknownTicket)
                    #expect(
                        await wait(client, TicketLabel("A-999")!, own)?.reason == .unknownTicket)
                }
                #expect(await wait(hall.boss, taken.label, nil) == nil)
            }
        }
    }

    /// What one token holds and does not confirm is a share of a day's places, at each office.
    @Test func aTokenHoldsItsShareOfAnOfficeAlone() async throws {
        try await withFolder { folder in
            try await withHall(folder, holdPercent: 6) { hall in
                let second = OfficeID("astana-2")!
                try await TestOffice.register(hall.boss, second)
                let days = try await hall.boss.ask(
                    .slots(
                        SlotsQuestion(
                            office: TestOffice.id, service: TestOffice.acceptance,
                            channel: .office, from: TestOffice.date, to: TestOffice.date)), in: .en)
                let places = days[0].free.reduce(0) { $0 + Int($1) }
                let limit = places * 6 / 100
                try #require((2...6).contains(limit), "\(places)")
                let times = ["10:00", "10:20", "10:40", "11:00", "11:20", "11:40"]
                var held: [BookingView] = []
                for number in 0..<limit {
                    let receipt = try await hall.web.send(
                        TestOffice.hold("x\(number)", at: times[number]), in: .en)
                    held.append(try #require(receipt.booking))
                }
                let more = TestOffice.hold("more", at: "12:00")
                func isRefused(_ client: Client, _ command: QueueCommand) async -> Bool {
                    let refusal = await refusal { _ = try await client.send(command, in: .en) }
                    #expect(refusal == nil || refusal?.reason == .tooManyHolds)
                    #expect(refusal == nil || refusal?.code == .resourceExhausted)
                    return refusal != nil
                }
                #expect(await isRefused(hall.web, more))
                // Also on another day; not at another office, and not for another token.
                #expect(await isRefused(hall.web, TestOffice.hold("a", on: Self.today)))
                #expect(await !isRefused(hall.web, TestOffice.hold("b", office: second)))
                #expect(
                    await !isRefused(
                        hall.kiosk, TestOffice.hold("c", at: "15:00", channel: .kiosk)))
                // What is confirmed counts no more, nor what has expired.
                let proof = BookingProof.secret(try #require(held[0].key).secret)
                _ = try await hall.web.send(
                    .booking(held[0].id, .confirm), showing: proof, in: .en)
                #expect(await !isRefused(hall.web, more))
                #expect(await isRefused(hall.web, TestOffice.hold("d", at: "12:20")))
                hall.queue.clock.set("2026-03-19T05:00Z")
                #expect(await !isRefused(hall.web, TestOffice.hold("e", at: "12:40")))
            }
        }
    }

    @Test func linksOfAnEarlierKeyAreTakenForAStatedTime() async throws {
        func key(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: ApplicantKeys.length) }
        try await withFolder { folder in
            var old: BookingView?
            let request = RequestID(high: 7, low: 8)
            try await withHall(folder, keys: ApplicantKeys(key(1))!) { hall in
                old = try await hall.web.send(TestOffice.hold("x"), request: request, in: .en)
                    .booking
                _ = try await hall.boss.send(
                    .booking(try #require(old).id, .confirm), in: .en)
            }
            let held = try #require(old)
            let first = BookingProof.secret(try #require(held.key).secret)
            let both = ApplicantKeys(
                latestFirst: [key(2), key(1)], linksUntil: [nil, Timestamp("2026-03-19T05:00Z")!])
            try await withHall(folder, keys: try #require(both), isNew: false) { hall in
                func ask(_ proof: BookingProof) async throws -> BookingKey? {
                    try await hall.web.ask(.booking(held.id), showing: proof, in: .en).key
                }
                let new = try #require(try await ask(first))
                #expect(new.secret != held.key?.secret)
                // A repeat is told the new link: the one that goes on being taken.
                let again = try await hall.web.send(
                    TestOffice.hold("x"), request: request, in: .en)
                #expect(again.booking?.id == held.id && again.booking?.key == new)
                hall.queue.clock.set("2026-03-19T04:59:59Z")
                #expect(try await ask(first) == new)
                hall.queue.clock.set("2026-03-19T05:00Z")
                let late = await refusal { _ = try await ask(first) }
                #expect(late?.reason == .unknownBooking)
                #expect(try await ask(.secret(new.secret)) == new)
                #expect(try await ask(.applicant(.reference("x"))) == new)
            }
        }
    }
}
