// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Deadlines
import Enquiries
import Foundation
import TestKit
import Testing
import Texts

/// Where knowledge ends: the last published day, days to come, estimates.
@Suite struct EndOfKnowledgeTests {
    private func hours(
        _ office: String, _ at: String, in language: Language = .en
    ) throws -> OfficeHoursAnswer {
        let question = OfficeHoursQuestion(
            office: OfficeName(standard: "std-7", office: office), at: moment(at), asKnownOn: nil)
        let answer = try Desk.own(in: language).officeHours(question)
        return answer
    }

    @Test func onTheLastPublishedDayAnOfficeIsOpenAndTheNextOpeningIsAnotherSentence() throws {
        let answer = try hours("provider", "2027-12-31T15:00")
        #expect(answer.isWorking)
        #expect(answer.isReceiving)
        #expect(answer.nextClosing == moment("2027-12-31T18:30"))
        #expect(answer.nextReceptionEnd == moment("2027-12-31T17:30"))
        #expect(answer.nextOpening == nil)
        #expect(answer.nextReception == nil)
        #expect(answer.unknown?.contains("2028") == true)
    }

    @Test(arguments: [
        ("2027-12-31T12:59:59", "2027-12-31T14:30"), ("2027-12-31T14:29:59", "2027-12-31T14:30"),
        ("2027-12-31T14:30", nil), ("2027-12-31T18:29:59", nil), ("2027-12-31T23:59:59", nil),
    ])
    func upToTheLastOpeningTheNextIsTold(at: String, opening: String?) throws {
        let answer = try hours("provider", at)
        #expect(answer.nextOpening == opening.map { moment($0) })
        #expect((answer.unknown == nil) == (opening != nil))
    }

    @Test(arguments: ["2028-01-01T00:00", "2028-01-03T10:00"])
    func aDayWithoutACalendarIsRefused(at: String) {
        #expect(Desk.refusal { try hours("provider", at) }?.reason == .yearNotPublished)
    }

    /// Today is 22 November 2026.
    @Test func whatWillBeKnownIsNotKnownYet() throws {
        #expect(
            try Desk.due("corporation", "2026-03-19T16:05", known: "2026-11-22").basis.asKnownOn
                == date("2026-11-22"))
        let questions: [(String, (Enquiries.Desk) throws -> Void)] = [
            (
                "as_known_on",
                {
                    _ = try $0.dueDate(
                        DueDateQuestion(
                            clock: ClockName(standard: "std-7", channel: "corporation"),
                            start: moment("2026-03-19T16:05"), asKnownOn: date("2026-11-23")))
                }
            ),
            (
                "as_known_on",
                {
                    _ = try $0.addWorkingDays(
                        AddWorkingDaysQuestion(
                            calendar: CalendarName(
                                calendar: "kz", week: "five", asKnownOn: date("2026-11-23")),
                            date: date("2026-03-19"), count: 1))
                }
            ),
            (
                "as_known_on",
                {
                    _ = try $0.officeHours(
                        OfficeHoursQuestion(
                            office: OfficeName(standard: "std-7", office: "provider"), at: nil,
                            asKnownOn: date("2026-11-23")))
                }
            ),
            (
                "known_to_day",
                {
                    _ = try $0.calendarChanges(
                        CalendarChangesQuestion(
                            calendar: "kz", year: 2026, knownFrom: date("2026-11-22"),
                            knownTo: date("2026-11-23")))
                }
            ),
            (
                "known_from_day",
                {
                    _ = try $0.calendarChanges(
                        CalendarChangesQuestion(
                            calendar: "kz", year: 2026, knownFrom: date("2026-11-23"),
                            knownTo: date("2026-11-22")))
                }
            ),
        ]
        for (field, question) in questions {
            let refusal = Desk.refusal { try question(Desk.own()) }
            #expect(refusal?.reason == .invalidField)
            #expect(refusal?.field == field)
            #expect(refusal?.message.contains("22 November 2026") == true)
        }
    }

    /// Kurban Ait of 2027 is estimated for Sunday, 16 May, and may become the Monday.
    @Test(arguments: [
        ("2027-05-10T10:00", true), ("2027-05-17T18:29:59", true), ("2027-05-17T18:30", false),
        ("2027-05-18T10:00", false),
    ])
    func whatIsLeftOfAMonthIsProvisionalWhereItsDaysAre(at: String, provisional: Bool) throws {
        let question = TimeLeftQuestion(
            due: DueDateQuestion(
                clock: ClockName(standard: "std-7", channel: "storage-at-provider"),
                start: moment("2027-04-20T10:00")), at: moment(at))
        let left = try Desk.own().timeLeft(question)
        // The month ends on Thursday, 20 May, whatever becomes of the holiday.
        #expect(left.dueAt == moment("2027-05-20T18:30"))
        #expect(left.basis.isProvisional == provisional)
        let due = try Desk.own().dueDate(question.due)
        #expect(!due.basis.isProvisional)
    }

    @Test func aStoppedTermTellsWhatIsLeft() throws {
        let stop = Suspension(from: moment("2026-03-20T10:00"), until: nil)!
        let question = TimeLeftQuestion(
            due: DueDateQuestion(
                clock: ClockName(standard: "std-7", channel: "corporation"),
                start: moment("2026-03-19T16:05"), suspensions: Suspensions(merging: [stop])),
            at: moment("2026-03-26T10:00"))
        let left = try Desk.own().timeLeft(question)
        #expect(left.workingDays == 3)
        #expect(left.suspendedSince == moment("2026-03-20T10:00"))
        #expect(left.dueAt == nil)
    }
}

@Suite struct ProofSentenceTests {
    @Test func theTrueMomentAndWhyCountingBeganLaterAreTold() throws {
        let answer = try Desk.due(
            "corporation", "2026-11-28T20:00", outside: .countFromOpening)
        #expect(answer.start == moment("2026-11-30T09:00"))
        #expect(answer.dueAt == moment("2026-12-03T20:00"))
        let proof = try #require(answer.proof)
        #expect(proof.sentence.hasPrefix("Accepted: Saturday, 28 November 2026, 20:00, outside"))
        #expect(
            proof.sentence.contains("from the next reception: Monday, 30 November 2026, 09:00."))
        #expect(proof.lines[0].date == date("2026-11-28"))
        #expect(proof.reason(proof.lines[0]).kind == .outsideReception)
        for language in [Language.kk, .ru] {
            let other = try Desk.due(
                "corporation", "2026-11-28T20:00", outside: .countFromOpening, in: language)
            #expect(other.proof?.sentence.contains(language.date(date("2026-11-28"))) == true)
            #expect(other.proof?.sentence.contains(language.date(date("2026-11-30"))) == true)
        }
    }

    @Test func inTheHoursOfReceptionOneMomentIsTold() throws {
        let answer = try Desk.due(
            "corporation", "2026-11-28T19:59", outside: .countFromOpening)
        #expect(
            answer.proof?.sentence.hasPrefix("Accepted: Saturday, 28 November 2026, 19:59. Term")
                == true)
    }

    @Test func theLastDayOfMonthsThatRollIsToldOnce() throws {
        for language in Language.allCases {
            let answer = try Desk.due("storage", "2026-03-19T10:00", in: language)
            #expect(answer.dueAt == moment("2026-04-20T20:00"))
            let sentence = try #require(answer.proof?.sentence)
            let last = language.date(date("2026-04-19"))
            #expect(sentence.components(separatedBy: last).count == 2, "\(sentence)")
        }
    }

    @Test func suspendedOnItsRolledLastDayATermGoesOnAfterwards() throws {
        let stop = Suspension(
            from: moment("2026-04-20T10:00"), until: moment("2026-04-24T10:00"))!
        let answer = try Desk.due(
            "storage", "2026-03-19T10:00", suspensions: Suspensions(merging: [stop]))
        #expect(answer.dueAt == moment("2026-04-24T20:00"))
    }
}
