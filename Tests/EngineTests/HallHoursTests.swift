// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekEngine
import KezekFiles
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

/// A hall whose hours are its own: until 20:00 on weekdays, 9:00–13:00 on Saturdays, and those of some dates.
@Suite struct HallHoursTests {
    /// The hours of the example file.
    private static func hours() throws -> HoursBook {
        try #require(
            try OfficeFile.read(
                Repository.root.appendingPathComponent(
                    "Examples/offices/karaganda-corporation.yaml")
            ).hours)
    }

    /// Wednesday 25 November 2026, 9:00 in Astana.
    private static func hall(_ change: (QueueOffice) -> QueueOffice = { $0 }) throws -> Hall {
        var hall = try Hall(at: "2026-11-25T04:00:00Z")
        try hall.put(change(try Hall.described(["a", "a"]).with(hours: hours())))
        return hall
    }

    private static func starts(_ hall: Hall, _ day: String) throws -> (first: String, last: String)?
    {
        let starts = try hall.free("a", date(day)).keys.sorted()
        guard let first = starts.first, let last = starts.last else { return nil }
        return ("\(first)", "\(last)")
    }

    @Test(arguments: [
        ("2026-11-26", "09:00", "19:40"), ("2026-11-28", "09:00", "12:40"),
        // By order the hall is open on this Sunday, and on no other.
        ("2026-11-29", "10:00", "13:40"), ("2026-12-06", "", ""),
        ("2026-12-05", "09:00", "12:40"),
    ])
    func slotsAreThoseOfTheHours(day: String, first: String, last: String) throws {
        let found = try Self.starts(try Self.hall(), day)
        #expect(found?.first ?? "" == first)
        #expect(found?.last ?? "" == last)
    }

    @Test func onASaturdayNoSlotLiesOutsideTheHours() throws {
        var hall = try Self.hall()
        var booked = 0
        for minute in stride(from: 0, to: 1_440, by: 20) {
            let start = TimeOfDay(second: Int32(minute * 60))!
            let isOpen = (540..<780).contains(minute)
            do throws(CommandFault) {
                _ = try hall.book("a", "2026-11-28", "\(start)")
                #expect(isOpen, "booked at \(start)")
                booked += 1
            } catch { #expect(!isOpen, "refused at \(start): \(error)") }
        }
        #expect(booked == 12)
        hall.audit()
    }

    @Test(arguments: [
        ("2026-11-28T07:59:00Z", true), ("2026-11-28T08:00:00Z", false),
        ("2026-11-29T05:00:00Z", true), ("2026-11-29T04:59:00Z", false),
        ("2026-11-27T14:59:00Z", true),
    ])
    func ticketsAreGivenWithinTheHours(now: String, isGiven: Bool) throws {
        var hall = try Self.hall()
        hall.wait(until: now)
        if isGiven {
            try hall.order(.takeTicket(service: ServiceID("a")!, reason: nil))
            hall.audit()
        } else {
            #expect(throws: CommandFault.self) {
                try hall.order(.takeTicket(service: ServiceID("a")!, reason: nil))
            }
        }
    }

    @Test func whoLosesTheirPlaceByNewHoursIsMoved() throws {
        var hall = try Hall(at: "2026-11-25T04:00:00Z")
        try hall.put(Hall.described(["a"]))
        // By the standard the Corporation receives until 20:00 on Saturdays too (R7.4).
        let late = try hall.book("a", "2026-11-28", "18:00")
        let early = try hall.book("a", "2026-11-28", "10:00")
        let effects = try hall.put(Hall.described(["a"]).with(hours: Self.hours()))
        #expect(effects.places == ["2026-11-28 12:40"])
        #expect(try hall.view(early).start == TimeOfDay("10:00"))
        #expect(try hall.view(late).state != hall.view(early).state)
        hall.audit()
    }

    @Test func nothingIsKnownBeforeItsDay() throws {
        let book = HoursBook(
            base: try Self.hours().base,
            dates: [
                .init(
                    date: date("2026-12-02"), known: date("2026-11-26"), hours: .closed,
                    act: Hall.text)
            ])
        var hall = try Self.hall()
        #expect {
            try hall.put(Hall.described(["a", "a"]).with(hours: book))
        } throws: { error in
            guard case .badOffice(let fault)? = error as? CommandFault else { return false }
            return fault.field.hasSuffix("hours.dates[0].known")
        }
        hall.wait(until: "2026-11-26T04:00:00Z")
        try hall.put(Hall.described(["a", "a"]).with(hours: book))
        #expect(try Self.starts(hall, "2026-12-02") == nil)
        hall.audit()
    }

    @Test func aStartKeepsTheHours() throws {
        let hall = try Self.hall()
        guard case .office(let office) = try hall.queue.answer(.office(Hall.office), now: hall.now)
        else {
            Issue.record("no office")
            return
        }
        #expect(office.hours == (try Self.hours()))
    }
}

extension QueueOffice {
    fileprivate func with(hours: HoursBook) -> QueueOffice {
        QueueOffice(
            id: id, title: title, address: address, standard: standard, kind: kind, zone: zone,
            services: services, windows: windows, exceptions: exceptions, closures: closures,
            rules: rules, hours: hours)
    }
}
