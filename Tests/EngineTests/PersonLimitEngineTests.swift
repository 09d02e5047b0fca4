// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Journal
import KezekEngine
import KezekSimulator
import KezekWire
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts

/// What each person has booked, by the journal's entries as they come.
private struct Counted {
    var checker = LimitChecker()
    private var position: UInt64 = 0

    mutating func follow(_ store: MemoryStore) throws {
        var new: [PlacedEntry] = []
        try store.scan(after: position) { placed in
            new.append(placed)
            return true
        }
        for placed in new {
            position = placed.position
            guard case .officeDay(let name, let date) = placed.entry.stream else { continue }
            let events = try DayEventCodec.decode(
                placed.entry.body, Arena(limit: 1 << 20), words: .locked)
            try checker.check(
                events, office: try #require(OfficeID(name)), date: date,
                revision: placed.entry.revision)
        }
    }
}

/// How much one person may book, at two offices that share a limit or at one.
@Suite struct PersonLimitEngineTests {
    private let o = Region.offices[0]
    private let p = Region.offices[1]

    private func fault(_ body: () throws -> Void) -> CommandFault? {
        do {
            try body()
            return nil
        } catch { return error as? CommandFault }
    }

    /// Bookings, moves, cancellations, days that pass and crashes at two offices that share a limit: what is
    /// refused is what a count from the events alone does not allow, and the journal holds.
    @Test(arguments: [1, 2, 3], [1, 10])
    func whatIsRefusedIsWhatTheRuleForbids(most: Int, days: Int) throws {
        var dice = SeededGenerator(seed: UInt64(most * 31 + days))
        let limit = PersonLimit(
            counts: .bookings, most: most, days: days, shared: ListedCode("region")!)
        let services = PersonLimit(counts: .services, most: 2, days: 1, shared: nil)
        let reception = Reception(limits: [limit, services])
        var region = try Region([reception, Reception(limits: [limit])])
        var ids: [BookingID] = []
        var counted = Counted()
        var (allowed, refused, moves) = (0, 0, 0)
        for step in 0..<240 {
            let office = Region.offices[Int(dice.next() % 2)]
            let day = region.now.civilDate.adding(
                days: Int(dice.next() % (days == 1 ? 2 : 14)))!
            let service = ["a", "b", "c", "d", "e", "f"][Int(dice.next() % 6)]
            let start = 32_400 + 1_200 * Int32(dice.next() % 24)
            let who = "p\(dice.next() % 2)"
            switch dice.next() % 10 {
            case 0..<6:
                try counted.follow(region.store)
                let limits = office == o ? [limit, services] : [limit]
                let person = region.queue.applicant(.reference(who))
                let isAllowed = limits.allSatisfy {
                    counted.checker.allows($0, person, service, office: office, date: day)
                }
                switch fault({
                    let receipt = try region.send(
                        Region.hold(office, day, service, start, who: who))
                    let id = receipt.booking!.id
                    ids.append(id)
                    if step % 3 > 0 { _ = try region.send(.booking(id, .confirm)) }
                }) {
                case nil:
                    #expect(isAllowed, "step \(step)")
                    allowed += 1
                case .refused(.beyondLimit(_, let from), _, _):
                    #expect(!isAllowed, "step \(step)")
                    #expect(from.map { $0 > day } ?? true)
                    refused += 1
                default: break
                }
            case 6:
                guard let id = ids.suffix(4).randomElement(using: &dice) else { break }
                if fault({
                    let receipt = try region.send(
                        .reschedule(id, to: day, start: TimeOfDay(second: start)!))
                    ids.append(receipt.booking!.id)
                }) == nil {
                    moves += 1
                }
            case 7:
                guard let id = ids.randomElement(using: &dice) else { break }
                _ = fault {
                    _ = try region.send(.booking(id, .cancel(by: .applicant, reason: "")))
                }
            case 8:
                region.now = Timestamp(second: region.now.second + 43_200)!
                region.queue.tick(now: region.now)
                region.store.commit()
            default: try region.restart()
            }
        }
        #expect(throws: Never.self) { _ = try JournalAudit(region.store) }
        #expect(allowed > 5)
        #expect(refused > 5)
        #expect(moves > 0)
    }

    /// Two commands at two offices that the disk has not confirmed yet: one of them has the place in the count.
    @Test func twoAtOnceDoNotPassTogether() throws {
        let limit = PersonLimit(
            counts: .bookings, most: 1, days: 10, shared: ListedCode("region")!)
        var region = try Region([Reception(limits: [limit]), Reception(limits: [limit])])
        let one = region.begin(Region.hold(o, date("2026-12-02"), "a"))
        let two = region.begin(Region.hold(p, date("2026-12-08"), "b"))
        region.store.commit()
        let results = [one, two].compactMap { box in box.value.withLock { $0 } }
        #expect(results.count == 2)
        #expect(results.count { if case .success = $0 { true } else { false } } == 1)
        guard case .failure(let fault) = results[1] else { return }
        #expect(
            fault
                == .refused(
                    .beyondLimit(limit, from: date("2026-12-12")), on: date("2026-12-08"),
                    alternatives: []))
        let words = fault.refusal(in: .en)
        #expect(words.reason == .personLimit && words.field == "applicant")
        #expect(words.message.contains("12 December 2026"), "\(words.message)")
    }

    /// What is lost on its way to the disk counts for nobody.
    @Test func aLostBookingDoesNotCount() throws {
        let limit = PersonLimit(counts: .bookings, most: 1, days: 10, shared: nil)
        var region = try Region([Reception(limits: [limit]), nil])
        _ = region.begin(Region.hold(o, date("2026-12-02"), "a"))
        region.store.commit(atMost: 1, failing: .unavailable("the disk is full"))
        #expect(throws: Never.self) { try region.send(Region.hold(o, date("2026-12-03"), "b")) }
        #expect(
            fault { _ = try region.send(Region.hold(o, date("2026-12-04"), "c")) } != nil)
    }

    /// A cancelled booking does not count, and one that is moved away from the others counts there.
    @Test func cancelledAndMovedBookingsCountAsTheyAre() throws {
        let limit = PersonLimit(counts: .bookings, most: 1, days: 3, shared: nil)
        var region = try Region([Reception(limits: [limit]), nil])
        let first = try #require(
            try region.send(Region.hold(o, date("2026-12-02"), "a")).booking?.id)
        func isRefused(_ day: String, _ service: String) -> Bool {
            guard
                case .refused(.beyondLimit, _, _)? = fault({
                    _ = try region.send(Region.hold(o, date(day), service))
                })
            else { return false }
            return true
        }
        #expect(isRefused("2026-12-04", "b"))
        _ = try region.send(
            .reschedule(first, to: date("2026-12-07"), start: TimeOfDay("10:00")!))
        #expect(!isRefused("2026-12-04", "b"))
        #expect(isRefused("2026-12-08", "c"))
        guard
            case .refused(.beyondLimit, _, _)? = fault({
                _ = try region.send(
                    .reschedule(
                        BookingID(office: o, date: date("2026-12-07"), number: 1),
                        to: date("2026-12-05"), start: TimeOfDay("10:00")!))
            })
        else {
            Issue.record("moved beside another")
            return
        }
        #expect(throws: Never.self) { _ = try JournalAudit(region.store) }
    }

    /// What counted before a limit came counts once it is there, also on days that are over.
    @Test func aLimitThatComesLaterCountsWhatIsThere() throws {
        var region = try Region([nil, nil])
        let id = try #require(
            try region.send(Region.hold(o, date("2026-12-01"), "a")).booking?.id)
        _ = try region.send(.booking(id, .confirm))
        for day in ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"] {
            region.now = Timestamp("\(day)T20:00:00Z")!
            region.queue.tick(now: region.now)
            region.store.commit()
        }
        try region.restart()
        let limit = PersonLimit(counts: .bookings, most: 1, days: 10, shared: nil)
        _ = try region.send(
            .changeOffice(
                .init(
                    change: .put(Region.office(o, Reception(limits: [limit]))), dryRun: false)))
        let hold = { (day: String) in Region.hold(self.o, date(day), "b") }
        #expect(
            fault { _ = try region.send(hold("2026-12-10")) }
                == .refused(
                    .beyondLimit(limit, from: date("2026-12-11")), on: date("2026-12-10"),
                    alternatives: []))
        #expect(throws: Never.self) { try region.send(hold("2026-12-11")) }
        #expect(throws: Never.self) { _ = try JournalAudit(region.store) }
    }
}
