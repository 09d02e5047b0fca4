// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekFiles
import Parties
import ServiceStandards
import TestKit
import Testing
import Texts

/// Which clocks a decree moves, and which of the changed days it names for each.
@Suite struct DecreeEdgeTests {
    private static let now = "2026-10-07T10:00"

    /// The repository's library with holidays of 2026 more, and a Saturday worked for a Friday.
    private func decreed(holidays: [String], movesFriday: Bool = false) throws -> Library {
        let more = holidays.map { day in
            """
              - id: extra-\(day)
                name: {kk: Қосымша, ru: Дополнительный, en: Extra}
                date: "\(day)"
                substituted: false
                versions:
                  - {known: 2026-10-07, years: 2026-2026, act: decree-888-2018}

            """
        }.joined()
        var text = try Repository.text("Calendars/kz.yaml")
            .replacing("\nholidays:\n", with: "\nholidays:\n\(more)")
        if movesFriday {
            let transfer =
                "  - {working: 2026-10-10, rest: 2026-10-09, known: 2026-10-07, "
                + "act: decree-888-2018}\n"
            text = text.replacing("\ntransfers:\n", with: "\ntransfers:\n\(transfer)")
        }
        return try Repository.library().replacing(calendar: text).library
    }

    private func reckon(
        _ clerk: Clerk, _ new: Library
    ) -> (DecreeReckoning, DecreeReckoning.Outcome) {
        let now = new.zone("Asia/Almaty")!.timestamp(of: moment(Self.now))
        var reckoning = DecreeReckoning(old: clerk.library, new: new, now: now, language: .en)
        let outcome = reckoning.reckon(
            clerk.register, clerk.office, clerk.date, at: moment(Self.now))
        return (reckoning, outcome)
    }

    private func clerk(accepted day: String) throws -> Clerk {
        var clerk = try Clerk(on: day)
        try clerk.accept("\(day)T10:00")
        return clerk
    }

    /// A changed day is told once, whichever clocks it moves, and each clock names its own.
    @Test func aChangedDayIsToldOnce() throws {
        var clerk = try Clerk(on: "2026-10-05")
        for channel in ["corporation", "corporation-elsewhere"] {
            try clerk.accept("2026-10-05T10:00", try clerk.handIn(channel))
        }
        let (reckoning, outcome) = reckon(clerk, try decreed(holidays: ["10-08"]))
        #expect(
            outcome.moved.map(\.to) == [moment("2026-10-09T20:00"), moment("2026-10-15T20:00")])
        let told = reckoning.changes.map { "\($0.date) \($0.week)" }
        #expect(!told.isEmpty && Set(told).count == told.count, "\(told)")
        for moved in outcome.moved {
            #expect(reckoning.changes[moved.changes].map(\.date) == [date("2026-10-08")])
        }
    }

    /// The days over which a term stood still do not count by the new calendar either.
    ///
    /// From Monday the 5th: Tuesday stands still, so Friday the 9th, which becomes a holiday.
    @Test func aTermThatStoodStillIsMovedWithThat() throws {
        var clerk = try clerk(accepted: "2026-10-05")
        try clerk.act(
            .suspend(reason: "r", reviewBy: date("2026-10-20")), "2026-10-06T10:00")
        try clerk.act(.resume, "2026-10-07T09:30")
        #expect(clerk.application.due?.at == moment("2026-10-09T20:00"))
        let (_, outcome) = reckon(clerk, try decreed(holidays: ["10-09"]))
        #expect(outcome.moved.map(\.to) == [moment("2026-10-12T20:00")])
    }

    /// Changed days are told from the day of acceptance to the later of the two ends.
    ///
    /// From Monday the 5th three working days end on Thursday, with a holiday on Wednesday on Friday. The
    /// Sunday before and the Saturday after are one beside.
    @Test func theCausesLieFromTheFirstDayToTheLaterEnd() throws {
        let clerk = try clerk(accepted: "2026-10-05")
        #expect(clerk.application.due?.at == moment("2026-10-08T20:00"))
        let new = try decreed(holidays: ["10-04", "10-05", "10-07", "10-10", "10-12"])
        let (reckoning, outcome) = reckon(clerk, new)
        let moved = try #require(outcome.moved.first)
        #expect(moved.to == moment("2026-10-09T20:00"))
        #expect(
            reckoning.changes.map(\.date)
                == ["2026-10-04", "2026-10-05", "2026-10-07", "2026-10-10", "2026-10-12"].map {
                    date($0)
                })
        #expect(
            reckoning.changes[moved.changes].map(\.date)
                == [date("2026-10-05"), date("2026-10-07")])
    }

    /// A Saturday worked for the Friday of the due date is the later end itself.
    @Test func aChangedDayThatIsTheLaterEndIsOneOfTheCauses() throws {
        let clerk = try clerk(accepted: "2026-10-06")
        #expect(clerk.application.due?.at == moment("2026-10-09T20:00"))
        let (reckoning, outcome) = reckon(
            clerk, try decreed(holidays: ["10-11"], movesFriday: true))
        let moved = try #require(outcome.moved.first)
        #expect(moved.to == moment("2026-10-10T20:00"))
        #expect(
            reckoning.changes[moved.changes].map(\.date)
                == [date("2026-10-09"), date("2026-10-10")])
    }

    /// A clock is recorded anew if its end or its certainty differs, and told as moved if its end does.
    @Test func onlyWhatDiffersIsRecorded() throws {
        let library = try Repository.library()
        let accepted = try clerk(accepted: "2026-10-06").application
        let right = try #require(accepted.due)
        let table: [(at: String, isProvisional: Bool, events: Int, moved: Int)] = [
            ("2026-10-09T20:00", false, 0, 0), ("2026-10-09T20:00", true, 1, 0),
            ("2026-10-09T19:59:59", false, 1, 1), ("2026-10-09T20:00:01", false, 1, 1),
            ("2026-10-09T20:00:01", true, 1, 1),
        ]
        for (at, isProvisional, events, moves) in table {
            var clerk = try Clerk(on: "2026-10-06")
            let before = Deadline(
                at: moment(at), asKnownOn: right.asKnownOn, calendarVersion: right.calendarVersion,
                isProvisional: isProvisional)
            try clerk.record([.accepted(accepted.handIn, due: before)])
            let (_, outcome) = reckon(clerk, library)
            #expect(outcome.running == 1)
            #expect(outcome.events.count == events, "\(at) \(isProvisional)")
            #expect(outcome.moved.count == moves, "\(at) \(isProvisional)")
            #expect(outcome.unanswered == 0)
        }
    }

    @Test func whatDoesNotRunIsNotReckoned() throws {
        let library = try decreed(holidays: ["10-07"])
        var clerk = try clerk(accepted: "2026-10-06")
        #expect(reckon(clerk, library).1.moved.count == 1)
        // A person has set the end of a suspension.
        try clerk.act(.suspend(reason: "r", reviewBy: date("2026-11-02")), "2026-10-06T11:00")
        let suspended = reckon(clerk, library).1
        #expect(suspended.running == 1)
        #expect(suspended.events.isEmpty && suspended.unanswered == 0)
        try clerk.act(.withdraw(reason: ""), "2026-10-06T12:00")
        let over = reckon(clerk, library).1
        #expect(over.running == 0)
        #expect(over.events.isEmpty && over.unanswered == 0)
    }

    /// Clocks of a standard that the new library does not have are told, those that run alone.
    @Test func clocksWithoutAStandardAreUnanswered() throws {
        let library = try Repository.library()
        let without = try Library(
            calendars: Array(library.calendars.values),
            standards: library.standards.values.filter { $0.id != "std-7" }, zones: library.zones)
        var clerk = try clerk(accepted: "2026-10-06")
        #expect(reckon(clerk, without).1.unanswered == 1)
        try clerk.act(.withdraw(reason: ""), "2026-10-06T12:00")
        #expect(reckon(clerk, without).1.unanswered == 0)
    }
}
