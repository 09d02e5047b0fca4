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

/// Waiting lists over a journal: bookings of other days, retries, crashes, secrets, limits.
@Suite struct WaitingListEngineTests {
    private static let monday = "2026-11-30"
    private static let tuesday = "2026-12-01"

    private func office(
        _ rules: WaitingRules? = WaitingRules(offerMinutes: 30, perDay: 50, perPerson: 2),
        limits: [PersonLimit] = []
    ) -> QueueOffice {
        let hall = Hall.described(["a"], horizon: 30)
        // One window that is there for one hour of each day: three places.
        return QueueOffice(
            id: hall.id, title: hall.title, address: hall.address, standard: hall.standard,
            kind: hall.kind, zone: "", services: hall.services,
            windows: [
                QueueWindow(
                    id: WindowID("1")!, services: [ServiceID("a")!],
                    roster: Dictionary(
                        uniqueKeysWithValues: Weekday.allCases.map {
                            ($0, [Hall.hours("10:00-11:00")])
                        }),
                    breaks: [])
            ], exceptions: [], closures: [], rules: hall.rules,
            reception: Reception(limits: limits, waitingList: rules))
    }

    private func hall(
        _ office: QueueOffice? = nil, full: [String] = [monday]
    ) throws -> Hall {
        var hall = try Hall(at: "2026-11-27T05:00:00Z")
        try hall.put(office ?? self.office())
        for day in full {
            for start in ["10:00", "10:20", "10:40"] { _ = try hall.book("a", day, start) }
        }
        return hall
    }

    private func person(_ name: String, _ channel: BookingChannel = .office) -> WaitingWish.Who {
        .person(
            .init(
                office: Hall.office, service: ServiceID("a")!, channel: channel,
                applicant: .reference(name)))
    }

    private func wish(
        _ who: WaitingWish.Who, _ day: String = monday, from: String = "00:00", to: String = "23:59"
    ) -> QueueCommand {
        .joinWaitingList(
            WaitingWish(date: date(day), from: TimeOfDay(from)!, to: TimeOfDay(to)!, who: who))
    }

    private func booking(_ day: String, _ number: UInt32) -> BookingID {
        BookingID(office: Hall.office, date: date(day), number: number)
    }

    private func cancel(_ day: String, _ number: UInt32) -> QueueCommand {
        .booking(booking(day, number), .cancel(by: .applicant, reason: ""))
    }

    private func place(_ id: WaitingID, _ hall: Hall) throws -> WaitingView {
        guard case .waitingPlace(let view) = try hall.queue.answer(.waitingPlace(id), now: hall.now)
        else { throw CancellationError() }
        return view
    }

    private func refusal(_ body: () throws -> Void) -> QueueRefusal? {
        do { try body() } catch {
            guard case .refused(let refusal, _, _)? = error as? CommandFault else { return nil }
            return refusal
        }
        return nil
    }

    @Test func aLaterBookingIsGivenUpForAnEarlierPlaceAtOnce() throws {
        var hall = try hall()
        let later = try hall.book("a", Self.tuesday, "10:20")
        let joined = try #require(try hall.send(wish(.booking(later))).waiting)
        #expect(joined.state == .waiting && joined.booking == later && joined.secret != nil)
        let freed = try hall.send(cancel(Self.monday, 2))
        // Whoever frees the place is told nothing of those who wait.
        #expect(freed.waiting == nil && freed.booking?.state == .cancelled)
        let offer = try #require(try place(joined.id, hall).offer)
        #expect(offer.state == .offered && offer.start == TimeOfDay("10:20")!)
        #expect(offer.until == Timestamp(second: hall.now.second + 1_800))
        #expect(try hall.view(later).state == .confirmed)
        let accept = QueueCommand.waiting(joined.id, .answer(.accept))
        let receipt = try hall.send(accept, request: 7)
        #expect(receipt.booking?.state == .confirmed && receipt.booking?.counterpart == later)
        #expect(receipt.booking?.key != nil && receipt.waiting?.state == .accepted)
        #expect(try hall.view(later).state == .moved)
        // A repeat changes nothing, and gets the same receipt.
        #expect(try hall.send(accept, request: 7) == receipt)
        #expect(throws: CommandFault.requestMismatch) {
            try hall.send(.waiting(joined.id, .answer(.decline)), request: 7)
        }
        hall.audit()
    }

    @Test func whoHasNoBookingTakesTheClaimWhenTheyAccept() throws {
        var hall = try hall(full: [Self.monday, Self.tuesday])
        let joined = try #require(try hall.send(wish(person("w"))).waiting)
        _ = try hall.send(cancel(Self.monday, 1))
        // They take another place meanwhile: the offer is of no use to them.
        _ = try hall.send(cancel(Self.tuesday, 1))
        _ = try hall.send(
            .hold(
                HoldCommand(
                    office: Hall.office, service: ServiceID("a")!, date: date(Self.tuesday),
                    start: TimeOfDay("10:00")!, channel: .office, applicant: .reference("w"))))
        #expect(throws: CommandFault.self) {
            try hall.send(.waiting(joined.id, .answer(.accept)))
        }
        #expect(try place(joined.id, hall).state == .offered)
        hall.wait(until: "2026-11-27T05:00:01Z")
        #expect(try place(joined.id, hall).end == .bookingOver)
        #expect(try hall.free("a", Self.monday, "10:00") == 1)
        hall.audit()
    }

    @Test func whatBookingsOfOtherDaysTellIsTakenUpByTheTick() throws {
        var hall = try hall()
        let later = try hall.book("a", Self.tuesday, "10:20")
        let first = try #require(try hall.send(wish(.booking(later))).waiting)
        let second = try #require(try hall.send(wish(person("w"))).waiting)
        _ = try hall.send(cancel(Self.monday, 1))
        #expect(try place(first.id, hall).state == .offered)
        _ = try hall.send(.booking(later, .cancel(by: .applicant, reason: "")))
        hall.wait(until: "2026-11-27T05:00:01Z")
        #expect(try place(first.id, hall).end == .bookingOver)
        #expect(try place(second.id, hall).state == .offered)
        hall.audit()
    }

    @Test func aBookingThatWasMovedMeanwhileIsTheOneThatIsGivenUp() throws {
        var hall = try hall()
        let later = try hall.book("a", "2026-12-02", "10:20")
        let joined = try #require(try hall.send(wish(.booking(later))).waiting)
        let moved = try #require(
            try hall.send(
                .reschedule(later, to: date(Self.tuesday), start: TimeOfDay("10:40")!)
            ).booking)
        hall.wait(until: "2026-11-27T05:00:01Z")
        _ = try hall.send(cancel(Self.monday, 3))
        let receipt = try hall.send(.waiting(joined.id, .answer(.accept)))
        #expect(receipt.booking?.counterpart == moved.id)
        #expect(try hall.view(moved.id).state == .moved)
        hall.audit()
    }

    @Test func anOfferRunsOutByTheClockAndPassesOn() throws {
        var hall = try hall()
        let first = try #require(try hall.send(wish(person("v"))).waiting)
        let second = try #require(try hall.send(wish(person("w"))).waiting)
        #expect(second.ahead == 1)
        _ = try hall.send(cancel(Self.monday, 1))
        hall.wait(until: "2026-11-27T05:29:59Z")
        #expect(try place(first.id, hall).state == .offered)
        hall.wait(until: "2026-11-27T05:30:00Z")
        #expect(try place(first.id, hall).state == .waiting)
        #expect(try place(second.id, hall).state == .offered)
        #expect(throws: CommandFault.self) {
            try hall.send(.waiting(first.id, .answer(.accept)))
        }
        hall.audit()
    }

    /// After a crash the list, the offers and the retries are what they were.
    @Test func aCrashLosesNothing() throws {
        var hall = try hall()
        let later = try hall.book("a", Self.tuesday, "10:20")
        let join = wish(.booking(later))
        let receipt = try hall.send(join, request: 3)
        let id = try #require(receipt.waiting?.id)
        _ = try hall.send(wish(person("w")))
        _ = try hall.send(cancel(Self.monday, 2))
        let before = try hall.queue.answer(
            .waitingList(Hall.office, date(Self.monday)), now: hall.now)
        try hall.restart()
        #expect(
            try hall.queue.answer(.waitingList(Hall.office, date(Self.monday)), now: hall.now)
                == before)
        #expect(try hall.send(join, request: 3) == receipt)
        _ = try hall.send(.waiting(id, .answer(.accept)), request: 4)
        try hall.restart()
        let again = try hall.send(.waiting(id, .answer(.accept)), request: 4)
        #expect(again.booking?.state == .confirmed && again.waiting?.state == .accepted)
        hall.audit()
    }

    @Test func theListTakesProofOfWhoeverIsOnIt() throws {
        var hall = try hall()
        let joined = try #require(try hall.send(wish(person("w", .portal))).waiting)
        _ = try hall.send(cancel(Self.monday, 1))
        func standing(_ proof: BookingProof?) -> Standing {
            Standing(actsByNumber: false, proof: proof, holdPercent: nil, channels: [.portal])
        }
        let accept = QueueCommand.waiting(joined.id, .answer(.accept))
        let question = QueueQuestion.waitingPlace(joined.id)
        for (proof, fault) in [
            (nil, ProofFault.missing),
            (.applicant(.reference("v")), .wrongWaiting),
            (.secret(BookingSecret(high: 1, low: 2)), .wrongWaiting),
            (.code(CheckInCode("000000")!), .codeDoesNoMore),
        ] as [(BookingProof?, ProofFault)] {
            #expect(throws: CommandFault.unproven(fault)) {
                try hall.send(accept, as: standing(proof))
            }
            #expect(throws: CommandFault.unproven(fault)) {
                try hall.queue.answer(question, as: standing(proof), now: hall.now)
            }
        }
        let secret = try #require(joined.secret)
        guard
            case .waitingPlace(let view) = try hall.queue.answer(
                question, as: standing(.secret(secret)), now: hall.now)
        else { return }
        #expect(view.state == .offered && view.secret == secret)
        #expect(view.offer?.key == nil)
        let receipt = try hall.send(accept, as: standing(.applicant(.reference("w"))))
        #expect(receipt.booking?.state == .confirmed)
        // The list that the office sees has nobody's secret.
        guard
            case .waitingList(let all) = try hall.queue.answer(
                .waitingList(Hall.office, date(Self.monday)), now: hall.now)
        else { return }
        #expect(all.allSatisfy { $0.secret == nil } && all.count == 1)
    }

    /// A list is for one service and one person.
    @Test func aBookingForSeveralWaitsOnNoList() throws {
        let plain = office()
        var rules = plain.rules
        rules.furtherServices = 1
        var hall = try hall(
            QueueOffice(
                id: plain.id, title: plain.title, address: plain.address, standard: plain.standard,
                kind: plain.kind, zone: plain.zone, services: plain.services,
                windows: plain.windows, exceptions: [], closures: [], rules: rules,
                reception: plain.reception))
        let held = try hall.send(
            .hold(
                HoldCommand(
                    office: Hall.office, service: ServiceID("a")!, date: date(Self.tuesday),
                    start: TimeOfDay("10:00")!, channel: .office, applicant: .reference("two"),
                    further: FurtherServices(services: [ServiceID("a")!], isAtOneWindow: false))))
        let id = try #require(held.booking?.id)
        #expect(refusal { _ = try hall.send(wish(.booking(id))) } == .waitingForOneService)
    }

    @Test func whoCannotJoinIsToldWhy() throws {
        var hall = try hall(full: [Self.monday, Self.tuesday, "2026-12-02"])
        let tuesday = booking(Self.tuesday, 2)
        // Nothing that is wanted is earlier.
        #expect(
            refusal { _ = try hall.send(wish(.booking(tuesday), "2026-12-02")) } == .notEarlier(2))
        #expect(
            refusal {
                _ = try hall.send(wish(.booking(tuesday), Self.tuesday, from: "10:20"))
            } == .notEarlier(2))
        #expect(
            refusal { _ = try hall.send(wish(.booking(booking(Self.tuesday, 99)))) }
                == .unknownBooking(99))
        _ = try hall.send(cancel(Self.tuesday, 3))
        #expect(
            refusal { _ = try hall.send(wish(.booking(booking(Self.tuesday, 3)))) }
                == .bookingIs(.cancelled, 3))
        // One person waits on two lists at most.
        _ = try hall.send(wish(person("w")))
        _ = try hall.send(wish(person("w"), "2026-12-02"))
        #expect(
            refusal { _ = try hall.send(wish(person("w"), Self.tuesday)) }
                == .waitingListFull(2, isPerson: true))
        #expect(
            refusal { _ = try hall.send(wish(person("v"), "2027-01-04")) }
                == .tooFar(horizonDays: 30))
        // Whoever has a booking names it.
        _ = try hall.send(
            .hold(
                HoldCommand(
                    office: Hall.office, service: ServiceID("a")!, date: date("2026-12-03"),
                    start: TimeOfDay("10:00")!, channel: .office, applicant: .reference("u"))))
        #expect(throws: CommandFault.self) { try hall.send(wish(person("u"))) }
        hall.audit()
    }

    @Test func whatOnePersonMayBookHoldsForOffersWhenTheyAreAccepted() throws {
        let limit = PersonLimit(counts: .bookings, most: 1, days: 10, shared: nil)
        var hall = try hall(office(limits: [limit]))
        // The booking that is given up does not count beside the one that is taken.
        let later = try hall.book("a", Self.tuesday, "10:20")
        let joined = try #require(try hall.send(wish(.booking(later))).waiting)
        _ = try hall.send(cancel(Self.monday, 1))
        let receipt = try hall.send(.waiting(joined.id, .answer(.accept)))
        #expect(receipt.booking?.state == .confirmed)
        hall.audit()
    }

    @Test func aClosureTakesOffersBackAndItsEndMakesThemAgain() throws {
        var hall = try hall()
        let joined = try #require(try hall.send(wish(person("w"))).waiting)
        _ = try hall.send(cancel(Self.monday, 1))
        #expect(try place(joined.id, hall).state == .offered)
        _ = try hall.close(Self.monday)
        #expect(try place(joined.id, hall).state == .waiting)
        _ = try hall.send(
            .changeOffice(.init(change: .reopen(Hall.office, date(Self.monday)), dryRun: false)))
        #expect(try place(joined.id, hall).state == .offered)
        hall.audit()
    }

    @Test func whatCannotBeWrittenHasNotHappened() throws {
        var hall = try hall()
        let joined = try #require(try hall.send(wish(person("w"))).waiting)
        let box = hall.begin(cancel(Self.monday, 1))
        hall.store.commit(atMost: 9, failing: .unavailable("the disk is full"))
        guard case .failure(.unavailable)? = box.value.withLock({ $0 }) else {
            Issue.record("it was written")
            return
        }
        #expect(try place(joined.id, hall).state == .waiting)
        _ = try hall.send(cancel(Self.monday, 1))
        #expect(try place(joined.id, hall).state == .offered)
        hall.audit()
    }
}
