// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import KezekFiles
import ServiceStandards
import TestKit
import Testing
import WorkingDays

/// The working calendar of a book that ships.
private func calendar(
    _ week: String, asKnownOn known: String = "2026-11-22", _ book: String = "kz"
) throws -> WorkingCalendar {
    let views = try #require(try Repository.library().calendars[book])
    return try views.book.compile(week: week, asKnownOn: date(known))
}

@Suite struct KazakhstanTests {
    /// The Ministry of Labour's published balance: days and hours per month, both weeks.
    @Test func thePublishedBalanceComesOutExactly() throws {
        let lines = try Repository.text("Tests/Fixtures/balance.csv").split(separator: "\n")
        var months = 0
        for line in lines.dropFirst() {
            let fields = line.split(separator: ",").map(String.init)
            let week = fields[2] == "5" ? "five" : "six"
            let month = try calendar(week).balance(year: Int(fields[0])!)[
                Int(fields[1])! - 1]
            #expect(month.workingDays == Int(fields[3]), "\(line)")
            #expect(Double(month.workingMinutes) / 60 == Double(fields[4]), "\(line)")
            months += 1
        }
        #expect(months == 96)
    }

    /// A holiday is grounded on the act that made it one, not on one that ended it later.
    @Test(arguments: [
        ("2016-08-30", "2001-12-13"), ("2024-08-30", "2001-12-13"), ("2025-08-30", "2001-12-13"),
        ("2016-12-01", "2001-12-13"), ("2021-12-17", "2001-12-13"), ("2022-10-25", "2022-09-29"),
        ("2027-03-15", "2026-06-11"), ("2027-01-01", "2001-12-13"),
    ])
    func aHolidayIsGroundedOnTheActThatMadeIt(day: String, act: String) throws {
        for week in ["five", "six"] {
            let status = try calendar(week).status(of: date(day))
            #expect(status.kind == .holiday)
            #expect(status.act.date == date(act))
        }
        // So it is as known on the day itself, whatever came later.
        let then = try calendar("six", asKnownOn: day).status(of: date(day))
        #expect(then.act.date == date(act))
    }

    /// What each act did, on the days it touched and as known around it.
    @Test(arguments: [
        // day, five-day week works, six-day week works, as known on
        ("2024-06-17", false, false, "2024-06-01"), ("2024-06-17", true, true, "2024-06-08"),
        ("2024-06-17", true, true, "2024-06-07"), ("2024-06-17", false, false, "2024-06-06"),
        ("2026-08-31", false, false, "2025-12-31"), ("2026-08-31", true, true, "2026-11-22"),
        ("2027-03-15", true, true, "2026-06-10"), ("2027-03-15", false, false, "2026-06-11"),
        // Saturday 7 May 2022 took Tuesday 10 May in the five-day week alone.
        ("2022-05-10", false, true, "2026-11-22"),
        ("2020-03-24", false, false, "2026-11-22"), ("2020-03-25", false, true, "2026-11-22"),
        // Saturday's move touches the five-day week, Sunday's both, a substitute's the five-day.
        ("2016-03-05", true, true, "2026-11-22"), ("2016-03-07", false, true, "2026-11-22"),
        ("2020-01-05", true, true, "2026-11-22"), ("2020-01-03", false, false, "2026-11-22"),
        ("2020-05-11", true, true, "2026-11-22"), ("2020-05-08", false, true, "2026-11-22"),
        ("2022-10-24", true, true, "2022-10-07"), ("2022-10-24", false, true, "2022-10-08"),
        ("2022-10-25", true, true, "2022-09-28"), ("2022-10-25", false, false, "2022-09-29"),
        ("2022-12-01", false, false, "2022-09-28"), ("2022-12-01", true, true, "2022-09-29"),
        ("2024-05-08", true, true, "2024-04-16"), ("2024-05-08", false, true, "2024-04-17"),
        // 7 January and Kurban Ait are never substituted.
        ("2023-01-09", true, true, "2026-11-22"), ("2022-07-09", false, false, "2026-11-22"),
        ("2022-07-11", true, true, "2026-11-22"),
    ])
    func eachActChangedItsDaysWhenItWasKnown(
        day: String, five: Bool, six: Bool, known: String
    ) throws {
        #expect(
            try calendar("five", asKnownOn: known).isWorkingDay(date(day)) == five)
        #expect(try calendar("six", asKnownOn: known).isWorkingDay(date(day)) == six)
    }

    /// Each estimate of Kurban Ait is 10 Dhu al-Hijja of the Umm al-Qura calendar.
    @Test func theEstimatesAreTheIslamicCalendars() throws {
        let book = try #require(try Repository.library().calendars["kz"]?.book)
        let estimates = try #require(book.movable.first { $0.id == "kurban-ait" }).dates.filter {
            $0.certainty != .announced
        }
        var islamic = Calendar(identifier: .islamicUmmAlQura)
        islamic.timeZone = try #require(TimeZone(identifier: "UTC"))
        for estimate in estimates {
            let instant = Date(timeIntervalSince1970: Double(estimate.date.dayNumber) * 86_400)
            let parts = islamic.dateComponents([.month, .day], from: instant)
            #expect(parts.month == 12 && parts.day == 10, "\(estimate.date)")
        }
        #expect(estimates.map(\.date.year) == Array(2016...2027))
    }

    @Test func yearsOutsideTheFileAreErrorsThatNameThem() throws {
        let five = try calendar("five")
        for (day, year) in [("2028-01-03", 2028), ("2015-12-31", 2015)] {
            #expect(
                throws: CalendarError.yearNotPublished(
                    year: year, calendar: "kz", missing: .yearOutside(2016...2027))
            ) { try five.isWorkingDay(date(day)) }
        }
    }

    @Test func theSecondCalendarRestsOnFridayAndSubstitutesNothing() throws {
        let jordan = try calendar("five", "jo")
        #expect(jordan.week.restDays == [.friday, .saturday])
        // 1 May 2026 is a Friday, 25 December too: neither moves to the Sunday after.
        #expect(try jordan.status(of: date("2026-05-01")).kind == .holiday)
        #expect(try jordan.isWorkingDay(date("2026-05-03")))
        #expect(try jordan.isWorkingDay(date("2026-12-27")))
        #expect(throws: CalendarError.self) { try jordan.isWorkingDay(date("2027-01-03")) }
    }

    /// Every zone agrees with the system's own rules, hour by hour.
    @Test func theZonesAgreeWithTheSystems() throws {
        let zones = try DataFolder.calendars(
            in: Repository.root.appendingPathComponent("Calendars")
        )
        .zones
        #expect(zones.count >= 8)
        for zone in zones {
            let system = try #require(TimeZone(identifier: zone.name))
            var wrong = 0
            for hour in stride(from: 1_451_606_400, to: 1_830_000_000, by: 3600) {
                let offset = zone.offset(at: Timestamp(second: Int64(hour))!).seconds
                let theirs = system.secondsFromGMT(
                    for: Date(timeIntervalSince1970: Double(hour)))
                if Int(offset) != theirs { wrong += 1 }
            }
            #expect(wrong == 0, "\(zone.name)")
        }
    }
}

@Suite struct StandardsTests {
    /// Every rule of the two standards is cited by a value of each file.
    @Test(arguments: ["std-7", "std-8"])
    func everyRuleIsCited(id: String) throws {
        let standard = try #require(try Repository.library().standards[id])
        var cited: Set<String> = []
        for office in standard.offices {
            cited.formUnion(
                [
                    office.rule, office.work.rule, office.reception.rule, office.queue.rule,
                    office.queue.bookingRule, office.longestWait?.rule, office.longestService?.rule,
                ].compactMap { $0?.description })
        }
        for channel in standard.channels + standard.eventTerms {
            cited.formUnion(
                [channel.termRule.rule, channel.termRule.firstDayRule].compactMap {
                    $0?.description
                })
        }
        cited.formUnion(standard.provisions.map(\.rule.description))
        cited.formUnion(standard.documents.map(\.rule.description))
        cited.formUnion(standard.refusals.map(\.rule.description))
        cited.formUnion([standard.homeVisit].compactMap { $0?.rule.description })
        let rules =
            ["R2.1", "R2.2", "R4.1", "R6.1", "R11.1"] + (1...6).map { "R3.\($0)" }
            + (1...5).map { "R5.\($0)" } + (1...6).map { "R7.\($0)" } + (1...14).map { "R8.\($0)" }
            + (1...3).map { "R9.\($0)" } + (1...3).map { "R10.\($0)" }
        #expect(rules.filter { !cited.contains($0) } == [])
    }

    /// The figures of R3 and R7, said again.
    @Test(arguments: ["std-7", "std-8"])
    func theFiguresAreThoseOfTheRegulation(id: String) throws {
        let standard = try #require(try Repository.library().standards[id])
        func term(_ id: String) -> String? {
            (standard.channels + standard.eventTerms).first { $0.id == id }.map {
                let term = $0.termRule.term
                return "\(term.length) \(term.unit) \(term.firstDay) \(term.roll)"
            }
        }
        #expect(term("provider") == "20 workingMinutes notCounted none")
        #expect(term("corporation") == "3 workingDays notCounted none")
        #expect(term("corporation-elsewhere") == "7 workingDays notCounted none")
        #expect(term("storage") == "1 calendarMonths notCounted forward")
        #expect(term("redelivery") == "1 workingDays notCounted none")
        #expect(term("registration-report") == "10 workingDays notCounted none")
        let provider = try #require(standard.offices.first { $0.id == "provider" })
        #expect(provider.week == "five")
        #expect(hours(provider.work) == "09:00-13:00 14:30-18:30")
        #expect(hours(provider.reception) == "09:00-13:00 14:30-17:30")
        #expect(provider.queue.policy == .walkInOnly)
        #expect(provider.queue.bookingRule == nil)
        let corporation = try #require(standard.offices.first { $0.id == "corporation" })
        #expect(corporation.week == "six")
        #expect(hours(corporation.work) == "09:00-20:00")
        #expect(corporation.queue.policy == .electronicQueue)
        #expect(corporation.longestWait?.minutes == 20)
        #expect(corporation.longestService?.minutes == 20)
        #expect(standard.homeVisit?.phones == ["1414", "8 800 080 7777"])
    }

    private func hours(_ hours: Office.Hours) -> String {
        (hours.open.onlyHours?.intervals ?? []).map { "\($0.start)-\($0.end)" }.joined(
            separator: " ")
    }

    @Test func whoIsAskedForWhichDocument() throws {
        let standard = try #require(try Repository.library().standards["std-7"])
        func rules(_ group: String) -> Set<String> {
            Set(standard.documents.filter { $0.groups.contains(group) }.map(\.rule.description))
        }
        #expect(!rules("methodologist").contains("R8.9"))
        #expect(!rules("pmpc-teacher").contains("R8.9"))
        #expect(!rules("pmpc-teacher").contains("R8.11"))
        #expect(!rules("pmpc-teacher").contains("R8.13"))
        #expect(rules("general-secondary-teacher").isSuperset(of: ["R8.9", "R8.11", "R8.13"]))
        #expect(rules("methodologist").isSuperset(of: ["R8.1", "R8.11", "R8.13"]))
    }
}
