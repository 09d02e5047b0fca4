// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekFiles
import Parties
import TestKit
import Testing
import Texts

/// The turn of the year while the next calendar is missing: it stops no office.
@Suite struct MissingYearTests {
    /// The repository's calendar with one more year: its movable holiday, and a move over the new year.
    private func published() throws -> Library {
        let text = try Repository.text("Calendars/kz.yaml")
            .replacing("years: 2016-2027", with: "years: 2016-2028")
            .replacing(
                "      - {date: 2027-05-16,",
                with: "      - {date: 2028-05-05, known: 2027-12-30, status: announced, "
                    + "act: kurban-ait-announcement}\n      - {date: 2027-05-16,"
            )
            .replacing(
                "\ntransfers:\n",
                with: "\ntransfers:\n"
                    + "  - {working: 2028-01-08, rest: 2028-01-05, known: 2027-12-30, "
                    + "act: order-109-2024}\n")
        return try Repository.library().replacing(calendar: text).library
    }

    /// Each day of the last weeks and the first ones: nobody is sent away for want of a calendar.
    @Test func papersAreAcceptedOnEveryWorkingDayOfTheTurn() throws {
        var day = date("2027-12-15")
        var (accepted, provisional) = (0, 0)
        while day < date("2028-02-01") {
            defer { day = day.adding(days: 1)! }
            for channel in ["corporation", "corporation-elsewhere"] {
                var clerk = try Clerk(on: day.description)
                let refused = refusal {
                    try clerk.accept("\(day)T10:00", try clerk.handIn(channel))
                }
                if case .clock(let why)? = refused {
                    #expect(why.reason == .outsideReception, "\(day) \(why.message)")
                    continue
                }
                let due = try #require(clerk.application.due)
                accepted += 1
                if due.isProvisional { provisional += 1 }
                #expect(due.isProvisional == (due.at.date >= date("2028-01-01")), "\(day)")
                #expect(due.isAwaitingYear == due.isProvisional)
                #expect(due.at.date > day)
                // All that can follow does.
                try clerk.act(.complete(ground: nil, note: ""), "\(due.at)")
                #expect(clerk.application.clock != nil)
                #expect(clerk.application.isInTime(at: moment("2028-06-01T10:00")) == true)
            }
        }
        #expect(accepted > 60 && provisional > 40)
    }

    @Test func whatIsSuspendedOverTheTurnIsResumedAndDone() throws {
        for resumed in ["2027-12-30T10:00", "2028-01-10T10:00", "2028-11-10T10:00"] {
            var clerk = try Clerk(on: "2027-12-20")
            try clerk.accept("2027-12-20T10:00")
            try clerk.act(
                .suspend(reason: "archive", reviewBy: date("2028-06-01")), "2027-12-20T11:00")
            try clerk.act(.resume, resumed)
            let due = try #require(clerk.application.due)
            #expect(due.isAwaitingYear && due.at > moment(resumed))
            try clerk.act(.complete(ground: nil, note: ""), resumed)
            try clerk.act(.handOver(.applicant), resumed)
        }
    }

    /// By the week and the holidays on fixed days; then by what was published.
    @Test func aProvisionalEndIsPutRightWhenTheYearComes() throws {
        var clerk = try Clerk(on: "2027-12-30")
        try clerk.accept("2027-12-30T10:00")
        // Friday 31 December, then 3 and 4 January are holidays' substitutes: 5 and 6 January.
        let due = try #require(clerk.application.due)
        #expect(due.at == moment("2028-01-06T20:00"))
        #expect(due.calendarVersion.isEmpty && due.isProvisional)
        try DecreeTimeTests.adopt(try published(), &clerk, "2027-12-30T12:00")
        let firm = try #require(clerk.application.due)
        // The 5th is given for Saturday the 8th; the 7th is Christmas.
        #expect(firm.at == moment("2028-01-08T20:00"))
        #expect(!firm.isProvisional && !firm.calendarVersion.isEmpty)
        // A year that was firm and is lost moves nothing.
        let lost = try Repository.library()
        let zone = lost.zone("Asia/Almaty")!
        var reckoning = DecreeReckoning(
            old: clerk.library, new: lost, now: zone.timestamp(of: moment("2027-12-30T13:00")),
            language: .en)
        let outcome = reckoning.reckon(
            clerk.register, clerk.office, clerk.date, at: moment("2027-12-30T13:00"))
        #expect(outcome.events.isEmpty && outcome.unanswered == 1)
    }

    /// The last day of the year becomes one of rest: the end goes on into the next, which nobody knows.
    @Test func aFirmEndThatIsPushedOverTheTurnIsProvisional() throws {
        var clerk = try Clerk(on: "2027-12-28")
        try clerk.accept("2027-12-28T10:00")
        #expect(clerk.application.due?.at == moment("2027-12-31T20:00"))
        try DecreeTimeTests.adopt(
            try DecreeTimeTests.decreed([("2027-11-27", "2027-12-31", "2027-12-29")]), &clerk,
            "2027-12-29T10:00")
        let due = try #require(clerk.application.due)
        #expect(due.at == moment("2028-01-05T20:00") && due.isAwaitingYear)
    }

    /// What still waits for its year is counted, and stays.
    @Test func aDecreeWithoutTheYearCountsWhatAwaitsIt() throws {
        let library = try Repository.library()
        var clerk = try Clerk(on: "2027-12-30")
        try clerk.accept("2027-12-30T10:00")
        let zone = library.zone("Asia/Almaty")!
        for now in ["2027-12-30T13:00", "2028-01-20T13:00"] {
            var reckoning = DecreeReckoning(
                old: library, new: library, now: zone.timestamp(of: moment(now)), language: .en)
            let outcome = reckoning.reckon(
                clerk.register, clerk.office, clerk.date, at: moment(now))
            #expect(outcome.events.isEmpty && outcome.unanswered == 0)
            #expect(outcome.withoutYear == 1)
        }
    }

    /// The receipt and the status say what the end rests on.
    @Test func thePapersSayThatTheYearIsMissing() throws {
        var clerk = try Clerk(on: "2027-12-30")
        try clerk.accept("2027-12-30T10:00")
        let office = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
        for (language, words) in [
            (Language.kk, "жарияланбаған"), (.ru, "не опубликован"), (.en, "not published yet"),
        ] {
            let text = PaperMaker(
                clerk.view, clerk.clocks(moment("2027-12-30T10:00"), language), office: office,
                address: office, name: ""
            ).paper(.text)
            #expect(text.replacing(/\n\s*/, with: " ").contains(words))
            #expect(!text.contains("kz-"))
        }
    }

    /// Years are taken away at either end, by what is known now or will be; and none are.
    @Test func aYearThatIsTakenAwayIsFound() throws {
        let library = try Repository.library()
        let text = try Repository.text("Calendars/kz.yaml")
        let now = Timestamp("2026-11-27T05:00Z")!
        let years = "years: 2016-2027"
        let kurbanAit = "{date: 2027-05-16, known: 2015-12-31,"
        for (from, to, isLost) in [
            (years, "years: 2016-2026", true), (years, years, false),
            (kurbanAit, "{date: 2027-05-16, known: 2026-11-28,", true),
            (kurbanAit, "{date: 2027-05-16, known: 2026-11-27,", false),
        ] {
            let new = try library.replacing(calendar: text.replacing(from, with: to)).library
            #expect((new.lostYears(since: library, now: now) != nil) == isLost, "\(to)")
        }
    }
}
