// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Journal
import KezekEngine
import KezekSimulator
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts

private let text = LocalizedText(kk: "бұйрық № 1", ru: "приказ № 1", en: "order No. 1")
private let reason = ListedCode("disability")!
private let bookingsOnly = Reception(
    bookingsOnly: BookingsOnly(
        order: text, withoutBooking: [ListedReason(code: reason, title: text)]))

@Suite struct ReceptionEngineTests {
    private let o = Region.offices[0]
    private let p = Region.offices[1]

    private func fault(_ body: () throws -> Void) -> CommandFault? {
        do {
            try body()
            return nil
        } catch { return error as? CommandFault }
    }

    // MARK: Bookings only

    /// A provider receives in order of arrival, whatever its file says (R7.3).
    @Test(arguments: Language.allCases)
    func aProviderCannotReceiveByBookingAlone(language: Language) throws {
        var region = try Region([nil, nil])
        let office = Region.office(OfficeID("edu")!, bookingsOnly, kind: "provider")
        let found = fault {
            _ = try region.send(.changeOffice(.init(change: .put(office), dryRun: false)))
        }
        let refusal = try #require(found).refusal(in: language)
        #expect(refusal.reason == .invalidField)
        #expect(refusal.field == "put.reception.bookings_only")
        #expect(refusal.message.contains("R7.3") && refusal.message.contains("provider"))
    }

    @Test func theRefusalTellsHowToBookAndTheNextFreeSlots() throws {
        var region = try Region([bookingsOnly, nil])
        region.now = Timestamp("2026-11-30T06:00:00Z")!
        let ticket = QueueCommand.today(o, .takeTicket(service: ServiceID("a")!))
        let found = try #require(fault { _ = try region.send(ticket) })
        guard case .refused(.bookingsOnly, _, let slots) = found, let first = slots.first else {
            Issue.record("\(found)")
            return
        }
        #expect(first == moment("2026-11-30T11:00"))
        for language in Language.allCases {
            let refusal = region.queue.refusal(for: found, at: o, in: language)
            #expect(refusal.reason == .bookingsOnly)
            #expect(refusal.message.contains(text[language]), "\(refusal.message)")
            #expect(refusal.message.contains("disability"))
            #expect(refusal.alternatives == slots)
        }
        for slot in slots {
            #expect(throws: Never.self) {
                try region.send(
                    Region.hold(o, slot.date, "a", slot.time.second, who: "\(slot)"))
            }
        }
        let taken = try region.send(
            .today(o, .takeTicket(service: ServiceID("a")!, reason: reason)))
        #expect(taken.ticket?.reason == reason)
        let unlisted = try #require(
            fault {
                _ = try region.send(
                    .today(o, .takeTicket(service: ServiceID("a")!, reason: ListedCode("x")!)))
            }
        ).refusal(in: .en)
        #expect(unlisted.reason == .unknownCode && unlisted.field == "reason")
        #expect(throws: Never.self) { _ = try JournalAudit(region.store) }
    }

    @Test func theListOfOfficesSaysWhichReceiveByBookingAlone() throws {
        let region = try Region([bookingsOnly, nil])
        guard case .offices(let offices) = try region.queue.answer(.offices, now: region.now) else {
            Issue.record("no offices")
            return
        }
        #expect(offices.map(\.bookingsOnly) == [true, false])
        #expect(offices.map(\.takesBookings) == [true, true])
    }

    // MARK: Who has booked

    @Test func aBookingElsewhereIsNamedToThoseWhoMayAskThere() throws {
        var region = try Region([nil, nil])
        let day = date("2026-12-03")
        let id = try #require(try region.send(Region.hold(o, day)).booking?.id)
        func told(_ offices: Set<OfficeID>?) -> CommandFault? {
            let standing = Standing(
                actsByNumber: false, proof: nil, holdPercent: nil, offices: offices)
            return fault { _ = try region.send(Region.hold(p, day), as: standing) }
        }
        let service = ServiceID("a")!
        #expect(told(nil) == .bookedAlready(id, service, at: TimeOfDay("10:00")))
        #expect(told([o, p]) == .bookedAlready(id, service, at: TimeOfDay("10:00")))
        #expect(told([p]) == .refused(.alreadyBooked(service), on: day, alternatives: []))
        let words = try #require(told(nil)).refusal(in: .en)
        #expect(words.subject == .booking("o/2026-12-03/1"))
        #expect(words.message.contains("3 December 2026, 10:00"), "\(words.message)")
    }

    @Test func bookingsAreFoundByTheirPerson() throws {
        var region = try Region([nil, nil])
        let first = try #require(
            try region.send(Region.hold(o, date("2026-12-03"))).booking?.id)
        let second = try #require(
            try region.send(Region.hold(p, date("2026-12-02"), "b")).booking?.id)
        let third = try #require(
            try region.send(Region.hold(p, date("2026-12-02"), "c")).booking?.id)
        _ = try region.send(Region.hold(p, date("2026-12-02"), "c", who: "somebody else"))
        _ = try region.send(.booking(third, .cancel(by: .applicant, reason: "")))
        func found(_ office: OfficeID?, _ who: String = "who") throws -> [BookingID] {
            let question = BookingsQuestion(office: office, applicant: .reference(who))
            guard
                case .bookings(let views) = try region.queue.answer(
                    .bookings(question), now: region.now)
            else { return [] }
            #expect(views.allSatisfy { $0.key == nil })
            return views.map(\.id)
        }
        for isRestarted in [false, true] {
            if isRestarted { try region.restart() }
            #expect(try found(nil) == [second, first])
            #expect(try found(o) == [first])
            #expect(try found(p) == [second])
            #expect(try found(nil, "nobody") == [])
        }
        #expect(throws: CommandFault.unknownOffice(OfficeID("x")!)) { try found(OfficeID("x")!) }
    }

    @Test func theNearestSlotsAreOfAllOffices() throws {
        var region = try Region([nil, nil])
        let day = date("2026-12-02")
        // All three windows of one office are taken at ten.
        for who in 1...3 { _ = try region.send(Region.hold(o, day, "a", 36_000, who: "\(who)")) }
        func nearest(_ offices: [OfficeID], _ service: String = "a") throws -> [OfficeSlot] {
            let question = NearestFreeQuestion(
                offices: offices, service: ServiceID(service)!, channel: .portal,
                from: moment("2026-12-02T09:50"), count: 3)
            guard
                case .nearestFree(let slots) = try region.queue.answer(
                    .nearestFree(question), now: region.now)
            else { return [] }
            return slots
        }
        let (ten, later) = (moment("2026-12-02T10:00"), moment("2026-12-02T10:20"))
        #expect(
            try nearest([o, p, o]) == [
                OfficeSlot(office: p, start: ten), OfficeSlot(office: o, start: later),
                OfficeSlot(office: p, start: later),
            ])
        #expect(throws: CommandFault.unknownOffice(OfficeID("x")!)) {
            try nearest([o, OfficeID("x")!])
        }
        #expect(fault { _ = try nearest([o, p], "x") } != nil)
    }

    /// What is planned for days to come is told, too.
    @Test func plannedCapacityOfDaysToComeIsTold() throws {
        let region = try Region([nil, nil])
        let day = date("2026-12-02")
        guard
            case .statistics(let told) = try region.queue.answer(
                .statistics(o, from: date("2026-11-29"), to: day), now: region.now)
        else { throw CancellationError() }
        #expect(told.hours.filter { $0.date == day }.map(\.hour) == Array(9..<20))
        #expect(told.hours.allSatisfy { $0.plannedSeconds == 3 * 3_600 })
        #expect(told.hours.allSatisfy { $0.date >= date("2026-11-30") })
    }
}
