// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekFiles
import Parties
import TestKit
import Testing
import Texts

/// What was done while no calendar had its end: the year that comes decides over it.
@Suite struct JudgedTermTests {
    private typealias Move = (working: String, rest: String)
    /// Two days more than by the week and the fixed holidays: from Thursday 6 to Saturday 8 January.
    private static let longer: Move = ("2028-01-08", "2028-01-05")
    /// A day less: Wednesday 5 January.
    private static let shorter: Move = ("2028-01-02", "2028-02-07")

    /// The repository's calendar with 2028, known from a day on.
    private func published(_ move: Move, known: String = "2028-01-20") throws -> Library {
        let text = try Repository.text("Calendars/kz.yaml")
            .replacing("years: 2016-2027", with: "years: 2016-2028")
            .replacing(
                "      - {date: 2027-05-16,",
                with: "      - {date: 2028-05-05, known: \(known), status: announced, "
                    + "act: kurban-ait-announcement}\n      - {date: 2027-05-16,"
            )
            .replacing(
                "\ntransfers:\n",
                with: "\ntransfers:\n  - {working: \(move.working), rest: \(move.rest), "
                    + "known: \(known), act: order-109-2024}\n")
        return try Repository.library().replacing(calendar: text).library
    }

    /// Accepted on 30 December, due on 6 January by no calendar.
    private func accepted() throws -> Clerk {
        var clerk = try Clerk(on: "2027-12-30")
        try clerk.accept("2027-12-30T10:00")
        let due = try #require(clerk.application.due)
        #expect(due.at == moment("2028-01-06T20:00") && due.isAwaitingYear)
        return clerk
    }

    private struct Case {
        let done: String
        let move: Move
        /// Whether it is in time before the year comes, and after.
        let before: Bool
        let after: Bool
        /// The end that decides.
        let end: String
    }

    private static let cases = [
        // What was in time by what was promised is in time, and its end is firm from then on.
        Case(
            done: "2027-12-30T10:00:01", move: longer, before: true, after: true,
            end: "2028-01-08T20:00"),
        Case(
            done: "2028-01-06T20:00:00", move: longer, before: true, after: true,
            end: "2028-01-08T20:00"),
        Case(
            done: "2028-01-06T20:00:01", move: longer, before: false, after: true,
            end: "2028-01-08T20:00"),
        Case(
            done: "2028-01-08T20:00:00", move: longer, before: false, after: true,
            end: "2028-01-08T20:00"),
        Case(
            done: "2028-01-08T20:00:01", move: longer, before: false, after: false,
            end: "2028-01-08T20:00"),
        // What was promised stands, though the year has given less.
        Case(
            done: "2028-01-05T20:00:01", move: shorter, before: true, after: true,
            end: "2028-01-06T20:00"),
        Case(
            done: "2028-01-06T20:00:00", move: shorter, before: true, after: true,
            end: "2028-01-06T20:00"),
        Case(
            done: "2028-01-06T20:00:01", move: shorter, before: false, after: false,
            end: "2028-01-06T20:00"),
    ]

    @Test func theYearDecidesOverWhatWasDoneWhileNoCalendarHadItsEnd() throws {
        for entry in Self.cases {
            for isHandedOver in [false, true] {
                var clerk = try accepted()
                try clerk.act(.complete(ground: nil, note: ""), entry.done)
                if isHandedOver { try clerk.act(.handOver(.applicant), "2028-01-10T10:00") }
                try judge(&clerk, entry)
                #expect(clerk.application.outcome == .granted(note: ""))
                #expect(clerk.register.isOpen == !isHandedOver)
            }
        }
    }

    private func judge(_ clerk: inout Clerk, _ entry: Case) throws {
        let now = moment("2028-03-01T10:00")
        let what = "\(entry.done) \(entry.move)"
        #expect(clerk.application.isInTime(at: now) == entry.before, "\(what)")
        #expect(clerk.application.isUnjudged && clerk.register.unjudged == 1, "\(what)")
        #expect(clerk.application.due?.isProvisional == true, "\(what)")
        let open = clerk.register.open
        #expect(clerk.checker.isOpen == clerk.register.isOpen)
        let clock = clerk.application.clockStart
        try DecreeTimeTests.adopt(try published(entry.move), &clerk, "2028-01-20T10:00")
        #expect(clerk.application.isInTime(at: now) == entry.after, "\(what)")
        #expect(!clerk.application.isUnjudged && clerk.register.unjudged == 0)
        #expect(clerk.register.open == open && clerk.checker.isOpen == clerk.register.isOpen)
        #expect(clerk.application.clockStart == clock)
        let due = try #require(clerk.application.due)
        #expect(due.at == moment(entry.end), "\(what)")
        #expect(!due.isProvisional && !due.calendarVersion.isEmpty, "\(what)")
        // No later decree judges it again.
        let judged = clerk.application.due
        try DecreeTimeTests.adopt(
            try published(entry.move == Self.longer ? Self.shorter : Self.longer), &clerk,
            "2028-01-21T10:00")
        #expect(clerk.application.due == judged, "\(what)")
    }

    /// Taken back after the promised end and before the true one: it was not late.
    @Test func whatWasTakenBackIsJudgedAlike() throws {
        for (done, before, after) in [
            ("2028-01-06T20:00:00", Bool?.none, Bool?.none), ("2028-01-06T20:00:01", false, nil),
            ("2028-01-08T20:00:01", false, false),
        ] {
            var clerk = try accepted()
            try clerk.act(.withdraw(reason: ""), done)
            let now = moment("2028-03-01T10:00")
            #expect(clerk.application.isInTime(at: now) == before, "\(done)")
            try DecreeTimeTests.adopt(try published(Self.longer), &clerk, "2028-01-20T10:00")
            #expect(clerk.application.isInTime(at: now) == after, "\(done)")
            #expect(clerk.application.due?.at == moment("2028-01-08T20:00"), "\(done)")
            #expect(clerk.application.due?.isProvisional == false, "\(done)")
            #expect(!clerk.register.isOpen && !clerk.checker.isOpen)
        }
    }

    /// An estimated day of a year that is published is another thing: what came after such an end was late
    /// by a calendar in force, and so it is where a person chose the day.
    @Test func whatIsLateByACalendarIsJudgedAlready() throws {
        var clerk = try Clerk(on: "2027-05-12")
        try clerk.accept("2027-05-12T10:00")
        let due = try #require(clerk.application.due)
        #expect(due.isProvisional && !due.isAwaitingYear && !due.calendarVersion.isEmpty)
        try clerk.act(.complete(ground: nil, note: ""), "2027-05-20T10:00")
        #expect(!clerk.application.isUnjudged && clerk.register.unjudged == 0)
        #expect(clerk.application.isInTime(at: moment("2027-06-01T10:00")) == false)
        // No day that is announced later moves what is done.
        #expect(clerk.application.due?.at == due.at)
        #expect(clerk.application.due?.isProvisional == false)
        var early = try Clerk(on: "2027-05-12")
        try early.accept("2027-05-12T10:00")
        try early.act(.withdraw(reason: ""), "2027-05-13T10:00")
        #expect(early.application.due?.isProvisional == false)
        let chosen = Deadline(
            at: due.at, asKnownOn: due.asKnownOn, calendarVersion: "", isProvisional: false)
        #expect(!chosen.isAwaitingYear)
    }

    /// A year that becomes known later decides then, and what stood still decides nothing.
    @Test func itIsJudgedWhenTheYearIsKnown() throws {
        let library = try published(Self.longer, known: "2028-01-25")
        var clerk = try accepted()
        try clerk.act(.complete(ground: nil, note: ""), "2028-01-06T20:00:01")
        try clerk.act(.handOver(.applicant), "2028-01-10T10:00")
        try DecreeTimeTests.adopt(library, &clerk, "2028-01-24T23:59:59")
        #expect(clerk.application.isUnjudged)
        try DecreeTimeTests.adopt(library, &clerk, "2028-01-25T00:00:00")
        #expect(!clerk.application.isUnjudged)
        #expect(clerk.application.isInTime(at: moment("2028-03-01T10:00")) == true)
        var suspended = try accepted()
        try suspended.act(
            .suspend(reason: "r", reviewBy: date("2028-02-01")), "2028-01-06T19:00")
        try suspended.act(.withdraw(reason: ""), "2028-01-07T10:00")
        #expect(!suspended.register.isOpen)
    }

    /// The decree tells the end that moves, and by what; the same end is no news.
    @Test func theDecreeTellsTheTermThatItJudges() throws {
        for (move, moved, done) in [
            (Self.longer, true, "2028-01-06T20:00:01"), (Self.longer, true, "2028-01-04T10:00"),
            (Self.shorter, false, "2028-01-06T20:00:01"), (Self.shorter, false, "2028-01-04T10:00"),
        ] {
            var clerk = try accepted()
            try clerk.act(.withdraw(reason: ""), done)
            let zone = clerk.library.zone("Asia/Almaty")!
            var reckoning = DecreeReckoning(
                old: clerk.library, new: try published(move),
                now: zone.timestamp(of: moment("2028-01-20T10:00")), language: .en)
            let outcome = reckoning.reckon(
                clerk.register, clerk.office, clerk.date, at: moment("2028-01-20T10:00"))
            #expect(outcome.events.count == 1 && outcome.running == 1)
            #expect(
                outcome.moved.map(\.to) == (moved ? [moment("2028-01-08T20:00")] : []))
            #expect(outcome.moved.allSatisfy { $0.kind == .term })
        }
    }
}
