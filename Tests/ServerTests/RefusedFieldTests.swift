// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekJSON
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

/// Whatever of the queue is refused, the field that is named is one of the request's message.
@Suite(.waits) struct RefusedFieldTests {
    static let calls: [CallName] = [
        .offices, .office, .slots, .firstFree, .booking, .board, .wait, .day, .queueStats,
        .findBookings, .nearestFree, .waitingPlace, .waitingList, .joinWaitingList,
        .leaveWaitingList, .answerOffer, .hold,
        .confirm, .release, .cancel, .arrive, .reschedule, .takeTicket, .leaseNumbers,
        .reportTickets, .openWindow, .closeWindow, .beginBreak, .endBreak, .callNext, .callTicket,
        .recall, .serve, .skip, .park, .resume, .transfer, .finish, .changeOffice,
    ]

    // MARK: What cannot be read

    /// Messages of a call with whatever chance has put into their fields.
    private struct Filler {
        var chance: SeededGenerator
        /// One of how many fields of the message itself is left out.
        let rarity: Int

        private static let texts = [
            "astana-1", "a", "1", "A-017", "A", "std-7", "five", "?", "", "\u{7}", " ",
            String(repeating: "x", count: 600), "900101300018",
        ]
        private static let numbers: [UInt64] = [
            0, 1, 2, 3, 7, 8, 20, 600, 3_600, 36_000, 41_062, 86_400, UInt64(UInt32.max),
        ]

        mutating func bytes(_ shape: MessageShape, depth: Int = 0) -> [UInt8] {
            var bytes: [UInt8] = []
            for field in shape.fields {
                // Mostly one of each, so that what comes later is reached.
                let count = field.isMany ? Int.random(in: 0...2, using: &chance) : 1
                guard depth < 6, Int.random(in: 0..<(depth == 0 ? rarity : 12), using: &chance) > 0
                else { continue }
                for _ in 0..<count { bytes += value(field, depth) }
            }
            return bytes
        }

        private mutating func value(_ field: MessageShape.Field, _ depth: Int) -> [UInt8] {
            let isGood = Int.random(in: 0..<8, using: &chance) > 0
            func tag(_ wire: UInt64) -> [UInt8] { Self.varint(UInt64(field.number) << 3 | wire) }
            func long(_ bytes: [UInt8]) -> [UInt8] {
                tag(2) + Self.varint(UInt64(bytes.count)) + bytes
            }
            if let inner = field.form.message { return long(bytes(inner, depth: depth + 1)) }
            switch field.form {
            case .text, .bytes:
                let texts = isGood ? Self.texts.prefix(6) : Self.texts[...]
                return long(Array(texts.randomElement(using: &chance)!.utf8))
            default:
                let numbers = isGood ? Self.numbers[1...9] : Self.numbers[...]
                return tag(0) + Self.varint(numbers.randomElement(using: &chance)!)
            }
        }

        static func varint(_ value: UInt64) -> [UInt8] {
            var (bytes, rest) = ([UInt8](), value)
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            return bytes + [UInt8(rest)]
        }
    }

    private func refusal(_ call: CallName, _ message: [UInt8], _ arena: Arena) -> Refusal? {
        let request = MessageShape("Request")!
        let number = request.fields.first { $0.name == FieldPath.camel(call.name[...]) }!.number
        var bytes: [UInt8] = [8, 1, 34, 16] + Array(repeating: 7, count: 16)
        bytes += Filler.varint(UInt64(number) << 3 | 2) + Filler.varint(UInt64(message.count))
        bytes += message
        arena.reset()
        switch bytes.withUnsafeBytes({ RequestCodec.decode($0, arena) }) {
        case .refused(_, let refusal), .malformed(let refusal): return refusal
        case .request: return nil
        }
    }

    @Test(arguments: calls)
    func whatCannotBeReadNamesAField(_ call: CallName) throws {
        let arena = Arena(limit: CallLimit.decodedRequestBytes)
        let shape = CallJSON.request(call)
        var named: Set<String> = []
        // Of fields of which one alone can be there the last one counts.
        let isChoice = call == .changeOffice
        let seeds =
            isChoice ? 6_000 : [.firstFree, .reportTickets].contains(call) ? 10_000 : 1_000
        for seed in 0..<seeds {
            var filler = Filler(
                chance: SeededGenerator(seed: UInt64(seed)), rarity: isChoice ? 2 : 12)
            guard let refusal = refusal(call, filler.bytes(shape), arena) else { continue }
            let field = try #require(refusal.field)
            if named.insert(field).inserted {
                #expect(FieldPath.exists(field, in: call), "\(call.name): \(field)")
            }
            if refusal.reason == .invalidField {
                #expect(refusal.message.hasPrefix("\(field): "), "\(refusal.message)")
            }
        }
        #expect(shape.fields.isEmpty == named.isEmpty)
        let wanted: [CallName: [String]] = [
            .firstFree: ["from", "from.day", "from.second"],
            .reportTickets: ["tickets[0].number", "tickets[1].number", "tickets[0].service"],
            .changeOffice: ["put.services[0].letter", "close.closure.reason.ru"],
        ]
        for field in wanted[call] ?? [] {
            #expect(named.contains(field), "\(field) of \(named.sorted())")
        }
    }

    // MARK: What cannot be done

    private static let thursday = CivilDate("2026-03-19")!
    private static let b = ServiceID("b")!
    private static let one = WindowID("1")!
    private static let text = LocalizedText(kk: "а", ru: "б", en: "c")

    /// Two services, of which the second is nobody's.
    private static func office(
        _ windows: Int = 1, zone: String = "", standard: String = "std-7",
        services: [QueueService]? = nil
    ) -> QueueOffice {
        let known = TestOffice.described(windows: windows)
        return QueueOffice(
            id: known.id, title: known.title, address: known.address, standard: standard,
            kind: known.kind, zone: zone,
            services: services ?? known.services + [
                QueueService(id: b, letter: 66, title: text, minutes: nil)
            ], windows: known.windows, exceptions: [], closures: [], rules: known.rules)
    }

    private static func put(_ office: QueueOffice) -> QueueCommand {
        .changeOffice(OfficeChangeCommand(change: .put(office), dryRun: true))
    }

    private static func change(_ change: OfficeChangeCommand.Change) -> QueueCommand {
        .changeOffice(OfficeChangeCommand(change: change, dryRun: true))
    }

    private static func hold(
        _ who: String = "z", _ time: String = "10:00", on day: String = "2026-03-20",
        service: ServiceID = TestOffice.acceptance, office: OfficeID = TestOffice.id
    ) -> QueueCommand {
        .hold(
            HoldCommand(
                office: office, service: service, date: CivilDate(day)!, start: TimeOfDay(time)!,
                channel: .office, applicant: .reference(who)))
    }

    private func expect(
        _ field: String?, _ reason: Refusal.Reason, of call: CallName,
        _ work: () async throws(ClientError) -> Void
    ) async {
        do throws(ClientError) {
            try await work()
            Issue.record("\(call.name) was not refused with \(reason)")
        } catch {
            guard case .refused(let refusal) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(refusal.reason == reason, "\(call.name): \(refusal)")
            #expect((refusal.field ?? "") == (field ?? ""), "\(call.name): \(refusal)")
            guard let field = refusal.field, !field.isEmpty else { return }
            #expect(FieldPath.exists(field, in: call), "\(call.name): \(field)")
        }
    }

    @Test func whatCannotBeAskedNamesAField() async throws {
        try await withQueueServer { server, client in
            _ = try await client.send(
                .changeOffice(.init(change: .put(Self.office()), dryRun: false)), in: .en)
            let (office, none) = (TestOffice.id, OfficeID("nowhere")!)
            let far = CivilDate("2029-01-01")!
            func slots(_ office: OfficeID, _ service: ServiceID, _ day: CivilDate) -> QueueQuestion
            {
                .slots(
                    SlotsQuestion(
                        office: office, service: service, channel: .office, from: day, to: day))
            }
            func first(_ office: OfficeID, _ service: ServiceID, _ day: CivilDate) -> QueueQuestion
            {
                .firstFree(
                    FirstFreeQuestion(
                        office: office, service: service, channel: .office,
                        from: CivilDateTime(day, .midnight), count: 1))
            }
            func nearest(_ offices: [OfficeID], _ service: ServiceID) -> QueueQuestion {
                .nearestFree(
                    NearestFreeQuestion(
                        offices: offices, service: service, channel: .office,
                        from: CivilDateTime(Self.thursday, .midnight), count: 1))
            }
            func booking(_ office: OfficeID, _ day: CivilDate) -> QueueQuestion {
                .booking(BookingID(office: office, date: day, number: 99))
            }
            let acceptance = TestOffice.acceptance
            let rows: [(CallName, QueueQuestion, Refusal.Reason, String?)] = [
                (.office, .office(none), .unknownOffice, "office"),
                (.slots, slots(none, acceptance, Self.thursday), .unknownOffice, "office"),
                (.slots, slots(office, Self.b, Self.thursday), .unknownService, "service"),
                (.slots, slots(office, acceptance, far), .yearNotPublished, "from_day"),
                (.firstFree, first(none, acceptance, Self.thursday), .unknownOffice, "office"),
                (.firstFree, first(office, Self.b, Self.thursday), .unknownService, "service"),
                (.nearestFree, nearest([office, none], acceptance), .unknownOffice, "offices"),
                (.nearestFree, nearest([office], Self.b), .unknownService, "service"),
                (
                    .findBookings,
                    .bookings(BookingsQuestion(office: none, applicant: .reference("a"))),
                    .unknownOffice, "office"
                ),
                (
                    .waitingPlace,
                    .waitingPlace(WaitingID(office: none, date: Self.thursday, number: 1)),
                    .unknownOffice, "waiting.office"
                ),
                (
                    .waitingPlace,
                    .waitingPlace(WaitingID(office: office, date: Self.thursday, number: 1)),
                    .unknownWaiting, "waiting"
                ),
                (.waitingList, .waitingList(none, Self.thursday), .unknownOffice, "office"),
                (.waitingList, .waitingList(office, far), .yearNotPublished, "day"),
                (.booking, booking(none, Self.thursday), .unknownOffice, "booking.office"),
                (.booking, booking(office, Self.thursday), .unknownBooking, "booking"),
                (.booking, booking(office, far), .yearNotPublished, "booking.day"),
                (.board, .board(none, since: 0), .unknownOffice, "office"),
                (.wait, .wait(none, .newcomer(acceptance)), .unknownOffice, "office"),
                (.wait, .wait(office, .newcomer(Self.b)), .unknownService, "service"),
                (.wait, .wait(office, .ticket(TicketLabel("A-099")!)), .unknownTicket, "ticket"),
                (.day, .day(none, Self.thursday), .unknownOffice, "office"),
                (.day, .day(office, far), .yearNotPublished, "day"),
                (
                    .queueStats, .statistics(none, from: Self.thursday, to: Self.thursday),
                    .unknownOffice, "office"
                ),
            ]
            for (call, question, reason, field) in rows {
                await expect(field, reason, of: call) { () throws(ClientError) in
                    _ = try await client.reply(to: .queue(question), in: .en)
                }
            }
            // On Sunday nobody comes, and no field of the question has its date.
            server.clock.set("2026-03-22T05:00Z")
            await expect(nil, .officeClosed, of: .wait) { () throws(ClientError) in
                _ = try await client.ask(.wait(office, .newcomer(acceptance)), in: .en)
            }
        }
    }

    @Test func whatCannotBeDoneNamesAField() async throws {
        try await withQueueServer { server, client in
            _ = try await client.send(
                .changeOffice(.init(change: .put(Self.office()), dryRun: false)), in: .en)
            let booked = try #require(try await client.send(Self.hold("a"), in: .en).booking).id
            let absent = BookingID(office: booked.office, date: booked.date, number: 99)
            let nowhere = BookingID(office: OfficeID("nowhere")!, date: booked.date, number: 1)
            let (office, ten) = (TestOffice.id, TimeOfDay("10:00")!)
            let label = TicketLabel("A-099")!
            let rows: [(CallName, QueueCommand, Refusal.Reason, String?)] = [
                (.hold, Self.hold(office: nowhere.office), .unknownOffice, "office"),
                (.hold, Self.hold(service: Self.b), .unknownService, "service"),
                (.hold, Self.hold("z", "10:01"), .notASlot, "start_second"),
                (.hold, Self.hold(), .slotTaken, "start_second"),
                (.hold, Self.hold("a", "10:20"), .alreadyBooked, "reference"),
                (.hold, Self.hold(on: "2026-03-22"), .officeClosed, "day"),
                (.hold, Self.hold(on: "2026-05-22"), .tooFarToBook, "day"),
                (.hold, Self.hold(on: "2029-01-03"), .yearNotPublished, "day"),
                (.confirm, .booking(nowhere, .confirm), .unknownOffice, "booking.office"),
                (.confirm, .booking(absent, .confirm), .unknownBooking, "booking"),
                (.arrive, .booking(booked, .arrive), .wrongState, "booking"),
                (
                    .reschedule, .reschedule(absent, to: booked.date, start: ten), .unknownBooking,
                    "booking"
                ),
                (
                    .reschedule, .reschedule(nowhere, to: booked.date, start: ten), .unknownOffice,
                    "booking.office"
                ),
                (
                    .reschedule, .reschedule(booked, to: CivilDate("2026-03-22")!, start: ten),
                    .officeClosed, "to_day"
                ),
                (
                    .reschedule, .reschedule(booked, to: CivilDate("2029-01-03")!, start: ten),
                    .yearNotPublished, "to_day"
                ),
                (
                    .reschedule, .reschedule(booked, to: booked.date, start: TimeOfDay("10:01")!),
                    .notASlot, "start_second"
                ),
                (
                    .takeTicket, .today(office, .takeTicket(service: Self.b)), .unknownService,
                    "service"
                ),
                (.callNext, .today(office, .callNext(WindowID("9")!)), .unknownWindow, "window"),
                (.callNext, .today(office, .callNext(Self.one)), .wrongState, "window"),
                (.callTicket, .today(office, .call(label, Self.one)), .unknownTicket, "ticket"),
                (.finish, .today(office, .finish(label, .left)), .unknownTicket, "ticket"),
                (
                    .changeOffice, Self.put(Self.office(standard: "x")), .unknownStandard,
                    "put.standard"
                ),
                (.changeOffice, Self.put(Self.office(zone: "x")), .unknownStandard, "put.zone"),
                (
                    .changeOffice, Self.change(.recalculate(nowhere.office)), .unknownOffice,
                    "recalculate"
                ),
                (
                    .changeOffice, Self.change(.reopen(nowhere.office, booked.date)),
                    .unknownOffice,
                    "reopen.office"
                ),
                (
                    .changeOffice,
                    Self.change(
                        .close(
                            office,
                            Closure(
                                date: CivilDate("2026-03-18")!, hours: nil, reason: Self.text))),
                    .invalidField, "close.closure.day"
                ),
            ]
            for (call, command, reason, field) in rows {
                await expect(field, reason, of: call) { () throws(ClientError) in
                    _ = try await client.send(command, in: .en)
                }
            }
            try await whatWasToldIsNamedByItsPlace(client)
            // On Sunday nobody comes, and no field of the command has its date.
            server.clock.set("2026-03-22T05:00Z")
            await expect(nil, .officeClosed, of: .takeTicket) { () throws(ClientError) in
                _ = try await client.send(
                    .today(office, .takeTicket(service: TestOffice.acceptance)), in: .en)
            }
        }
    }

    private func whatWasToldIsNamedByItsPlace(_ client: Client) async throws {
        let (office, acceptance) = (TestOffice.id, TestOffice.acceptance)
        let lease = try #require(
            try await client.send(
                .today(office, .leaseNumbers(service: acceptance, count: 5, kiosk: "k")), in: .en
            ).lease)
        func ticket(_ place: UInt16, _ service: ServiceID = acceptance, at: Int32 = 32_400)
            -> ReportedTicket
        {
            ReportedTicket(number: lease.first + place, service: service, takenAt: at)
        }
        let rows: [([ReportedTicket], Refusal.Reason, String)] = [
            ([ticket(0), ticket(2)], .notInLease, "tickets[1].number"),
            ([ticket(0, ServiceID("x")!)], .unknownService, "tickets[0].service"),
            ([ticket(0), ticket(1, Self.b)], .notInLease, "tickets[1].service"),
            ([ticket(0), ticket(1, at: 86_399)], .notInLease, "tickets[1].taken_second"),
        ]
        for (tickets, reason, field) in rows {
            await expect(field, reason, of: .reportTickets) { () throws(ClientError) in
                _ = try await client.send(
                    .today(
                        office, .reportTickets(lease: lease.id, tickets: tickets, ends: false)),
                    in: .en)
            }
        }
        await expect("lease", .unknownLease, of: .reportTickets) { () throws(ClientError) in
            _ = try await client.send(
                .today(office, .reportTickets(lease: 99, tickets: [], ends: false)), in: .en)
        }
    }
}
