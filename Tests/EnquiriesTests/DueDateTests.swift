// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import TestKit
import Testing
import Texts

/// Questions to the repository's own calendars and standards, on 22 November 2026.
enum Desk {
    static let now = Timestamp("2026-11-22T07:00Z")!

    static func own(in language: Language = .en) throws -> Enquiries.Desk {
        try Repository.library().desk(in: language, now: now)
    }

    static func due(
        _ channel: String, _ accepted: String, standard: String = "std-7",
        known: String? = nil, suspensions: Suspensions = .none,
        outside: TermClock.OutsideReception = .refuse, in language: Language = .en
    ) throws -> DueDateAnswer {
        let question = DueDateQuestion(
            clock: ClockName(standard: standard, channel: channel), start: moment(accepted),
            suspensions: suspensions, outsideReception: outside,
            asKnownOn: known.map { date($0) })
        return try own(in: language).dueDate(question)
    }

    static func refusal(_ work: () throws -> some Any) -> Refusal? {
        do { _ = try work() } catch { return error as? Refusal }
        return nil
    }
}

@Suite struct DueDateTests {
    @Test(arguments: [
        ("provider", "2026-03-19T12:50", "2026-03-19T14:40"),
        ("provider", "2026-03-19T17:25", "2026-03-19T17:45"),
        ("corporation", "2026-03-19T16:05", "2026-03-27T20:00"),
        ("corporation-elsewhere", "2026-03-19T16:05", "2026-04-02T20:00"),
        // Accepted on a working Saturday of the Corporation.
        ("corporation", "2026-04-11T12:00", "2026-04-15T20:00"),
        ("storage", "2026-01-31T10:00", "2026-02-28T20:00"),
        ("storage", "2026-09-18T10:00", "2026-10-19T20:00"),
        ("redelivery", "2026-03-20T10:00", "2026-03-26T18:30"),
        ("registration-report", "2020-05-15T10:00", "2020-05-29T18:30"),
    ])
    func theRegulationsTermsEndThen(channel: String, accepted: String, due: String) throws {
        for standard in ["std-7", "std-8"] {
            let answer = try Desk.due(channel, accepted, standard: standard)
            #expect(answer.dueAt == moment(due))
            #expect(answer.zone == "Asia/Almaty")
            #expect(!answer.basis.isProvisional)
        }
    }

    @Test func theProofNamesEachDayPassedOverWithItsAct() throws {
        let answer = try Desk.due("corporation-elsewhere", "2026-03-19T16:05")
        let proof = try #require(answer.proof)
        #expect(proof.rule == "R3.3")
        #expect(proof.lines.map(\.date) == Array(date("2026-03-19")...date("2026-04-02")))
        #expect(proof.lines.filter(\.counted).count == 7)
        let passed = proof.lines.filter { !$0.counted }.map(proof.reason)
        #expect(
            passed.map(\.kind) == [
                .firstDay, .holiday, .holiday, .holiday, .substitute, .substitute, .weeklyRest,
                .weeklyRest,
            ])
        #expect(
            passed[0].act == "Rules and conditions of attestation, annex 7, row 3 (R3.4)")
        #expect(passed[1].text == "Nauryz")
        #expect(passed[1].act.contains("267-II"))
        #expect(passed[4].text.contains("21 March 2026"))
        #expect(passed[6].act.contains("414-V"))
        #expect(proof.policies.map(\.name) == ["working-day-week"])
        #expect(proof.policies[0].value == "five")
    }

    @Test func theSentenceCanBePrintedInThreeLanguages() throws {
        let wanted: [(Language, [String])] = [
            (
                .en,
                [
                    "Thursday, 19 March 2026, 16:05",
                    "7 working days (Rules and conditions of attestation, annex 7, row 3, R3.3)",
                    "2 April 2026, 20:00",
                    "Nauryz", "five-day week",
                ]
            ),
            (
                .ru,
                [
                    "четверг, 19 марта 2026 года, 16:05",
                    "7 рабочих дней (Правила и условия проведения аттестации, приложение 7, "
                        + "строка 3, R3.3)",
                    "2 апреля 2026 года, 20:00", "Наурыз", "пятидневной",
                ]
            ),
            (
                .kk,
                [
                    "бейсенбі, 2026 жылғы 19 наурыз, 16:05",
                    "7 жұмыс күні (Аттестаттаудан өткізу қағидалары мен шарттары, 7-қосымша, "
                        + "3-жол, R3.3)",
                    "2026 жылғы 2 сәуір, 20:00", "Наурыз", "бес күндік",
                ]
            ),
        ]
        for (language, parts) in wanted {
            let proof = try #require(
                try Desk.due("corporation-elsewhere", "2026-03-19T16:05", in: language).proof)
            for part in parts { #expect(proof.sentence.contains(part), "\(proof.sentence)") }
        }
    }

    @Test func outsideReceptionIsRefusedWithTheNextOpening() throws {
        let refusal = try #require(Desk.refusal { try Desk.due("provider", "2026-03-20T17:30") })
        #expect(refusal.reason == .outsideReception)
        #expect(refusal.code == .failedPrecondition)
        #expect(refusal.nextOpening == moment("2026-03-26T09:00"))
        #expect(refusal.field == "start")
        #expect(refusal.message.contains("26 March 2026, 09:00"))
        let counted = try Desk.due("provider", "2026-03-20T17:30", outside: .countFromOpening)
        #expect(counted.start == moment("2026-03-26T09:00"))
        #expect(counted.dueAt == moment("2026-03-26T09:20"))
        // Sunday at the Corporation.
        #expect(
            Desk.refusal { try Desk.due("corporation", "2026-04-12T12:00") }?.nextOpening
                == moment("2026-04-13T09:00"))
    }

    @Test func whatWasKnownDecides() throws {
        // Three working days from Thursday 13 June 2024, over 17 June.
        let before = try Desk.due("corporation", "2024-06-13T10:00", known: "2024-06-01")
        let after = try Desk.due("corporation", "2024-06-13T10:00", known: "2024-06-08")
        #expect(before.dueAt.date == date("2024-06-19"))
        #expect(after.dueAt.date == date("2024-06-18"))
        #expect(before.basis.version != after.basis.version)
        #expect(before.basis.asKnownOn == date("2024-06-01"))
        #expect(after.basis.version.hasPrefix("kz-"))
    }

    @Test func theSameKnowledgeHasTheSameVersion() throws {
        let one = try Desk.due("corporation", "2024-06-13T10:00", known: "2024-06-07")
        let other = try Desk.due("corporation", "2024-03-13T10:00", known: "2024-06-30")
        #expect(one.basis.version == other.basis.version)
    }

    @Test func anEstimateThatDecidesMakesTheAnswerProvisional() throws {
        // Kurban Ait 2027 is estimated for Sunday 16 May, a day either way.
        let over = try Desk.due("corporation", "2027-05-13T10:00")
        #expect(over.basis.isProvisional)
        #expect(over.basis.estimates.map(\.date) == [date("2027-05-16")])
        #expect(over.proof?.sentence.contains("Provisional") == true)
        for clear in ["2027-05-11T10:00", "2027-05-18T10:00", "2026-12-28T10:00"] {
            #expect(try !Desk.due("corporation", clear).basis.isProvisional, "\(clear)")
        }
        // A month over it ends on the same day whatever it is; one that ends there does not.
        #expect(try !Desk.due("storage", "2027-05-03T10:00").basis.isProvisional)
        #expect(try Desk.due("storage", "2027-04-16T10:00").basis.isProvisional)
        // Of an event's day that does not count, nothing depends on.
        #expect(try !Desk.due("registration-report", "2027-05-17T10:00").basis.isProvisional)
        #expect(try Desk.due("corporation", "2027-05-17T10:00").basis.isProvisional)
    }

    @Test(arguments: [
        ("2028-01-10T10:00", 2028), ("2027-12-30T10:00", 2028), ("2015-12-30T10:00", 2015),
    ])
    func aYearWithoutACalendarIsNamed(accepted: String, year: Int) throws {
        for language in Language.allCases {
            let refusal = try #require(
                Desk.refusal { try Desk.due("corporation", accepted, in: language) })
            #expect(refusal.reason == .yearNotPublished)
            #expect(refusal.message.contains("\(year)"))
            #expect(refusal.message.contains("2016"))
        }
    }

    @Test func unknownNamesAreToldWithTheKnownOnes() throws {
        let standard = Desk.refusal {
            try Desk.due("corporation", "2026-03-19T10:00", standard: "x")
        }
        #expect(standard?.reason == .unknownStandard)
        #expect(standard?.message.contains("std-7, std-8") == true)
        let channel = Desk.refusal { try Desk.due("post", "2026-03-19T10:00") }
        #expect(channel?.reason == .unknownClock)
        #expect(channel?.field == "channel")
        #expect(channel?.message.contains("corporation-elsewhere") == true)
    }

    @Test func aStoppedClockSaysSinceWhen() throws {
        let stops = Suspensions(merging: [
            Suspension(from: moment("2026-03-20T10:00"), until: nil)!
        ])
        let refusal = Desk.refusal {
            try Desk.due("corporation", "2026-03-19T10:00", suspensions: stops)
        }
        #expect(refusal?.reason == .termSuspended)
        #expect(refusal?.message.contains("20 March 2026, 10:00") == true)
    }
}

@Suite struct BulkTests {
    @Test(arguments: ["provider", "corporation", "corporation-elsewhere", "storage"])
    func aBulkAnswerIsWhatEachQuestionAloneGets(channel: String) throws {
        var (days, seconds) = ([Int32](), [Int32]())
        for day in date("2026-12-01")...date("2027-06-30") {
            for time in ["08:00", "12:50", "17:29", "19:59"] {
                days.append(day.dayNumber)
                seconds.append(TimeOfDay(time)!.second)
            }
        }
        days += [.max, 0, date("2028-01-03").dayNumber, date("2026-03-19").dayNumber]
        seconds += [0, 36_000, 36_000, 86_400]
        let clock = ClockName(standard: "std-7", channel: channel)
        let bulk = try Desk.own().dueDates(
            DueDatesQuestion(
                clock: clock, outsideReception: .refuse, asKnownOn: nil, startDays: days,
                startSeconds: seconds))
        var refused: [Int: Refusal.Reason] = [:]
        for row in bulk.refused { refused[row.row] = row.reason }
        var wrong: [Int] = []
        for row in days.indices {
            guard let day = CivilDate(dayNumber: days[row]),
                let time = TimeOfDay(second: seconds[row])
            else {
                if refused[row] != .dateOutOfRange { wrong.append(row) }
                continue
            }
            let question = DueDateQuestion(clock: clock, start: CivilDateTime(day, time))
            do {
                let alone = try Desk.own().dueDate(question)
                let same =
                    bulk.dueDays[row] == alone.dueAt.date.dayNumber
                    && bulk.dueSeconds[row] == alone.dueAt.time.second
                    && bulk.provisionalRows.contains(row) == alone.basis.isProvisional
                if !same || refused[row] != nil { wrong.append(row) }
            } catch let error as Refusal {
                if refused[row] != error.reason { wrong.append(row) }
            }
        }
        #expect(wrong == [])
        #expect(bulk.dueDays.count == days.count)
    }

    @Test func datesAloneAreEnoughForATermInDays() throws {
        func ask(_ channel: String, _ seconds: [Int32]) throws -> DueDatesAnswer {
            try Desk.own().dueDates(
                DueDatesQuestion(
                    clock: ClockName(standard: "std-7", channel: channel),
                    outsideReception: .refuse, asKnownOn: nil,
                    startDays: [date("2026-03-19").dayNumber, date("2026-03-20").dayNumber],
                    startSeconds: seconds))
        }
        let answer = try ask("corporation", [])
        #expect(answer.dueDays == [date("2026-03-27").dayNumber, date("2026-03-30").dayNumber])
        #expect(answer.dueSeconds == [20 * 3600])
        #expect(Desk.refusal { try ask("provider", []) }?.field == "start_second")
        #expect(Desk.refusal { try ask("corporation", [1]) }?.field == "start_second")
    }

    @Test func tooManyRowsAreRefused() throws {
        let refusal = Desk.refusal {
            try Desk.own().dueDates(
                DueDatesQuestion(
                    clock: ClockName(standard: "std-7", channel: "corporation"),
                    outsideReception: .refuse, asKnownOn: nil,
                    startDays: Array(repeating: 0, count: 100_001), startSeconds: []))
        }
        #expect(refusal?.reason == .tooManyRows)
    }
}
