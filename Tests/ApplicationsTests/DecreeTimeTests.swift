// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekFiles
import Parties
import TestKit
import Testing
import Texts

/// Decrees against time: no clock that runs ends before the day of adoption, and whoever was in time
/// when it was done is in time.
@Suite struct DecreeTimeTests {
    /// The repository's calendar with moves of rest days more.
    static func decreed(
        _ moves: [(working: String, rest: String, known: String)]
    ) throws -> Library {
        let rows = moves.map {
            "  - {working: \($0.working), rest: \($0.rest), known: \($0.known), "
                + "act: order-109-2024}\n"
        }
        let text = try Repository.text("Calendars/kz.yaml")
        return try Repository.library().replacing(
            calendar: (text.hasSuffix("\n") ? text : text + "\n") + rows.joined()
        ).library
    }

    /// Adopts a calendar at a moment, as a decree does.
    static func adopt(_ library: Library, _ clerk: inout Clerk, _ now: String) throws {
        let zone = library.zone("Asia/Almaty")!
        var reckoning = DecreeReckoning(
            old: clerk.library, new: library, now: zone.timestamp(of: moment(now)), language: .en)
        let outcome = reckoning.reckon(
            clerk.register, clerk.office, clerk.date, at: moment(now))
        if !outcome.events.isEmpty { try clerk.record(outcome.events) }
        clerk.library = library
    }

    private struct Case {
        let accepted: String
        let due: String
        let move: (working: String, rest: String, known: String)
        let adopted: String
        /// The end after the decree.
        let end: String
        init(
            _ accepted: String, _ due: String, _ working: String, _ rest: String, _ known: String,
            _ adopted: String, _ end: String
        ) {
            self.accepted = accepted
            self.due = due
            move = (working, rest, known)
            self.adopted = adopted
            self.end = end
        }
    }

    /// A Saturday that is worked for a later day brings the end back by a day; where that day is over,
    /// what was promised for the day of adoption stands.
    private static let cases = [
        // Due on Tuesday 1 December; the new calendar says Monday.
        Case(
            "2026-11-26T10:00", "2026-12-01T20:00", "2026-11-28", "2026-12-28", "2026-12-01",
            "2026-12-01T12:00", "2026-12-01T20:00"),
        // To the last second of the day, and after it: then it is late by what was promised.
        Case(
            "2026-11-26T10:00", "2026-12-01T20:00", "2026-11-28", "2026-12-28", "2026-12-01",
            "2026-12-01T20:00:00", "2026-12-01T20:00"),
        Case(
            "2026-11-26T10:00", "2026-12-01T20:00", "2026-11-28", "2026-12-28", "2026-12-01",
            "2026-12-02T10:00", "2026-12-01T20:00"),
        // The day before its end, it moves to that day, which is not over.
        Case(
            "2026-11-26T10:00", "2026-12-01T20:00", "2026-11-28", "2026-12-28", "2026-11-30",
            "2026-11-30T12:00", "2026-11-30T20:00"),
        Case(
            "2026-11-26T10:00", "2026-12-01T20:00", "2026-11-28", "2026-12-28", "2026-11-30",
            "2026-11-30T20:00:00", "2026-11-30T20:00"),
        // When the office has closed nobody can do it that day: the next is the first.
        Case(
            "2026-11-26T10:00", "2026-12-01T20:00", "2026-11-28", "2026-12-28", "2026-11-30",
            "2026-11-30T20:00:01", "2026-12-01T20:00"),
        // The new end is the day of adoption itself.
        Case(
            "2026-09-10T10:00", "2026-09-15T20:00", "2026-09-12", "2026-12-28", "2026-09-14",
            "2026-09-14T09:00", "2026-09-14T20:00"),
        // A new day of rest gives a day, also to what was late.
        Case(
            "2026-09-10T10:00", "2026-09-15T20:00", "2026-12-26", "2026-09-15", "2026-09-14",
            "2026-09-14T09:00", "2026-09-16T20:00"),
        Case(
            "2026-09-10T10:00", "2026-09-15T20:00", "2026-12-26", "2026-09-15", "2026-09-16",
            "2026-09-16T09:00", "2026-09-16T20:00"),
    ]

    @Test func noRunningTermEndsBeforeTheDayOfAdoption() throws {
        for entry in Self.cases {
            var clerk = try Clerk(on: String(entry.accepted.prefix(10)))
            try clerk.accept(entry.accepted)
            #expect(clerk.application.due?.at == moment(entry.due))
            let library = try Self.decreed([entry.move])
            try Self.adopt(library, &clerk, entry.adopted)
            #expect(clerk.application.due?.at == moment(entry.end), "\(entry)")
            #expect(clerk.application.clock == clerk.application.due)
            // Adopted once more, whenever, it stays.
            for again in [entry.adopted, "2026-12-03T10:00"] where again >= entry.adopted {
                try Self.adopt(library, &clerk, again)
                #expect(clerk.application.due?.at == moment(entry.end), "\(entry) again \(again)")
            }
        }
    }

    /// A time of storage is kept to the day of adoption as a term is.
    @Test func noStorageEndsBeforeTheDayOfAdoption() throws {
        var clerk = try Clerk(on: "2026-10-23")
        try clerk.accept("2026-10-23T10:00")
        try clerk.act(.complete(ground: nil, note: ""), "2026-10-28T10:00")
        // From Thursday 29 October a month ends on Sunday, and so on Monday 30 November.
        #expect(clerk.application.clock?.at == moment("2026-11-30T20:00"))
        let library = try Self.decreed([("2026-11-29", "2026-12-28", "2026-11-30")])
        var early = clerk
        try Self.adopt(library, &early, "2026-11-30T12:00")
        #expect(early.application.clock?.at == moment("2026-11-30T20:00"))
        var earlier = clerk
        let known = try Self.decreed([("2026-11-29", "2026-12-28", "2026-11-20")])
        try Self.adopt(known, &earlier, "2026-11-20T12:00")
        #expect(earlier.application.clock?.at == moment("2026-11-29T20:00"))
    }

    /// Suspended on its last day: by a calendar that became known meanwhile that day was one too many.
    @Test func aTermResumedUnderAnotherCalendarHasTheRestOfADay() throws {
        for (resumed, due) in [
            ("2026-12-07T10:00", "2026-12-07T20:00"), ("2026-12-07T20:00:00", "2026-12-07T20:00"),
            ("2026-12-07T20:00:01", "2026-12-08T20:00"), ("2026-12-06T10:00", "2026-12-07T20:00"),
        ] {
            var clerk = try Clerk(on: "2026-11-26")
            try clerk.accept("2026-11-26T10:00")
            try clerk.act(
                .suspend(reason: "archive", reviewBy: date("2026-12-20")), "2026-12-01T10:00")
            try Self.adopt(
                try Self.decreed([("2026-11-28", "2026-12-28", "2026-12-02")]), &clerk,
                "2026-12-02T10:00")
            try clerk.act(.resume, resumed)
            #expect(clerk.application.due?.at == moment(due), "\(resumed)")
        }
    }

    /// Of two alike one is done before a decree and one after it, each in time when it was done.
    @Test func whoWasInTimeWhenItWasDoneIsInTime() throws {
        let shorter = ("2026-11-28", "2026-12-28", "2026-12-01")
        let longer = ("2026-12-26", "2026-12-01", "2026-12-01")
        for (move, done) in [
            (shorter, "2026-12-01T20:00:00"), (longer, "2026-12-02T20:00:00"),
        ] {
            var clerk = try Clerk(on: "2026-11-26")
            try clerk.accept("2026-11-26T10:00")
            try clerk.accept("2026-11-26T10:00")
            try clerk.act(.complete(ground: nil, note: ""), "2026-12-01T11:00", 1)
            try Self.adopt(try Self.decreed([move]), &clerk, "2026-12-01T12:00")
            try clerk.act(.complete(ground: nil, note: ""), done, 2)
            let now = moment("2026-12-20T10:00")
            for application in clerk.register.applications {
                #expect(application.isInTime(at: now) == true, "\(move) \(application.number)")
            }
        }
        // One second later it is late, by the end in force then.
        var late = try Clerk(on: "2026-11-26")
        try late.accept("2026-11-26T10:00")
        try Self.adopt(try Self.decreed([shorter]), &late, "2026-12-01T12:00")
        try late.act(.complete(ground: nil, note: ""), "2026-12-01T20:00:01")
        #expect(late.application.isInTime(at: moment("2026-12-20T10:00")) == false)
    }
}
