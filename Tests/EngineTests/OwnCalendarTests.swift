// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekEngine
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

/// An office that works by a calendar of its own, which closes days that the country's does not.
@Suite struct OwnCalendarTests {
    private static func text(_ text: String) -> LocalizedText {
        LocalizedText(kk: text, ru: text, en: text)
    }

    /// The data that ship, and a calendar that closes these days.
    private static func library(_ closed: (day: String, known: String)...) throws -> Library {
        let plain = try Repository.library()
        let country = try #require(plain.calendars["kz"])
        let act = Act(title: text("decision No. 7"), date: nil)
        let book = country.book.extended(
            by: CalendarExtension(
                id: "kz-town", title: text("the town"), extends: "kz",
                closed: closed.map { day, known in
                    ClosedDays(
                        days: .date(date(day)), name: text("flood"), known: date(known), act: act)
                }))
        let zone = try #require(plain.zone(book.zone))
        let town = CalendarViews(book: book, zone: zone) { "\($0.utf8.count)" }
        return try Library(
            calendars: Array(plain.calendars.values) + [town],
            standards: Array(plain.standards.values), zones: plain.zones)
    }

    private static func hall(
        _ calendar: String, _ library: Library, at now: String = "2026-11-25T04:00:00Z"
    ) throws -> Hall {
        var hall = try Hall(at: Timestamp(now)!, library)
        try hall.put(Hall.described().by(calendar))
        return hall
    }

    @Test(arguments: [("", true), ("kz", true), ("kz-town", false)])
    func slotsFollowIt(calendar: String, isOpen: Bool) throws {
        let library = try Self.library(("2026-11-26", "2026-11-20"))
        var hall = try Self.hall(calendar, library)
        #expect(try hall.free("a", date("2026-11-26")).isEmpty != isOpen)
        #expect(try !hall.free("a", date("2026-11-27")).isEmpty)
        if isOpen {
            _ = try hall.book("a", "2026-11-26", "10:00")
        } else {
            #expect(throws: CommandFault.self) { _ = try hall.book("a", "2026-11-26", "10:00") }
        }
        hall.audit()
    }

    @Test func ticketsFollowIt() throws {
        let library = try Self.library(("2026-11-25", "2026-11-20"))
        for (calendar, isOpen) in [("", true), ("kz-town", false)] {
            var hall = try Self.hall(calendar, library, at: "2026-11-25T06:00:00Z")
            let command = DayCommand.takeTicket(service: ServiceID("a")!, reason: nil)
            if isOpen {
                try hall.order(command)
            } else {
                do throws(CommandFault) {
                    try hall.order(command)
                    Issue.record("a ticket on a closed day")
                } catch {
                    #expect(error.refusal(in: .en).nextOpening == moment("2026-11-26T09:00"))
                }
            }
        }
    }

    @Test func itIsKeptWithTheOffice() throws {
        let hall = try Self.hall("kz-town", try Self.library(("2026-11-26", "2026-11-20")))
        guard case .office(let office) = try hall.queue.answer(.office(Hall.office), now: hall.now)
        else {
            Issue.record("no office")
            return
        }
        #expect(office.calendar == "kz-town")
    }

    @Test(arguments: ["jo", "nowhere"])
    func aCalendarOfAnotherCountryIsRefused(calendar: String) throws {
        let library = try Self.library(("2026-11-26", "2026-11-20"))
        var hall = try Hall(at: Timestamp("2026-11-25T04:00:00Z")!, library)
        do throws(CommandFault) {
            try hall.put(Hall.described().by(calendar))
            Issue.record("an office by \(calendar)")
        } catch {
            guard case .unknownName("put.calendar", calendar, let known) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(known == ["kz", "kz-town"])
        }
    }

    /// Papers accepted on Wednesday 18 March 2026: three working days after it, Nauryz between them.
    @Test(arguments: [("", "2026-03-26"), ("kz-town", "2026-03-27")])
    func termsOfApplicationsFollowIt(calendar: String, due: String) throws {
        let library = try Self.library(("2026-03-19", "2026-03-17"))
        let desk = try Desk(MemoryStore(commitsByItself: false), library)
        desk.queue.submit(
            .changeOffice(
                .init(
                    change: .put(Desk.described(Desk.office, "corporation").by(calendar)),
                    dryRun: false)), request: Desk.id(1), now: Desk.morning
        ) { _ in }
        desk.store.commit()
        let plain = try Desk(MemoryStore(commitsByItself: false))
        plain.register()
        let view = try #require(desk.send(.accept(try Desk.handIn("a")), 10)).get()
        let beside = try #require(plain.send(.accept(try Desk.handIn("a")), 10)).get()
        let (own, country) = (view.due?.at, beside.due?.at)
        #expect(own?.date == date(due))
        if calendar.isEmpty {
            #expect(own == country)
        } else {
            #expect(try #require(own) > #require(country))
            #expect(view.due?.calendarVersion.hasPrefix("kz-town-") == true)
        }
        // A decree that moves nothing leaves it where it is.
        let effects = try #require(
            desk.send(DecreeCommand(calendar: "", dryRun: true, office: nil), 11)
        ).get()
        #expect(effects.running == 1 && effects.moving == 0)
    }
}

extension QueueOffice {
    /// The same office by a calendar of its own.
    fileprivate func by(_ calendar: String) -> QueueOffice {
        QueueOffice(
            id: id, title: title, address: address, standard: standard, kind: kind, zone: zone,
            services: services, windows: windows, exceptions: exceptions, closures: closures,
            rules: rules, hours: hours, reception: reception, calendar: calendar)
    }
}
