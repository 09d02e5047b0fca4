// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import HomeVisits
import KezekFiles
import KezekVisitFiles
import Parties
import ServiceStandards
import TestKit
import Testing
import Texts
import VisitChecking
import WorkingDays

@testable import kezek

/// What the desk of the example area really decides, as it is told at a terminal.
@Suite struct DecidedVisitsTests {
    private struct Day {
        let area: VisitArea
        let clock: AreaClock
        let terms: AreaTerms
        var desk: VisitDesk
        var now: Int64

        init() throws {
            area = try AreaFile.read(
                Repository.root.appendingPathComponent("Examples/visits/area.yaml"))
            let library = try Repository.library()
            let office = library.standards["std-7"]!.offices.first { $0.id == "corporation" }!
            clock = AreaClock(zone: library.zone("Asia/Almaty")!, language: .en)
            terms = AreaTerms(
                zone: clock.zone, hours: office.work.open,
                calendar: try library.calendars["kz"]!.view(asKnownOn: date("2026-03-01"))
                    .week(office.week))
            desk = VisitDesk(VisitBook(area), WayTable(EstimatedWays(.usual)))
            now = clock.zone.timestamp(moment("2026-03-17T08:30"))!.second
            let isTaken = desk.take([.described(area)], at: now)
            #expect(isTaken)
        }

        private mutating func take(_ events: [VisitEvent]) {
            let isTaken = desk.take(events, at: now)
            #expect(isTaken)
        }

        mutating func does(
            _ command: VisitCommand, _ applicant: Int = 0
        ) throws -> VisitReceipt {
            let due = desk.due(now, terms)
            if !due.isEmpty { take(due) }
            let events = try desk.decide(
                command, Applicant(high: 1, low: UInt64(applicant)), terms, now: now)
            take(events)
            return VisitReceipt(area.id, revision: desk.book.revision, of: events)
        }

        mutating func asks(_ number: Int, _ generator: inout SeededGenerator) throws
            -> VisitReceipt
        {
            let place = HomePoint(
                longitude: 71_430_600 + Int32.random(in: -60_000...60_000, using: &generator),
                latitude: 51_128_200 + Int32.random(in: -40_000...40_000, using: &generator))!
            let words = PersonWords(
                name: "Person \(number)", address: "House \(number)", telephone: "1414",
                place: place)
            let needs = [area.needs[number % area.needs.count].id]
            return try does(
                .offer(
                    OfferCommand(
                        area: area.id,
                        subject: .new(
                            NewVisit(
                                applicant: .reference("r\(number)"), words: words, needs: needs,
                                avoided: [], minutes: nil)))), number)
        }

        /// Runs what a line of output ends with, such as `kezek visits promise astana-1/17 …`.
        mutating func runs(_ line: String) throws -> VisitReceipt {
            let words = line.split(separator: " ").map(String.init)
            let at = try #require(words.lastIndex(of: "promise"), "\(line)")
            let id = try #require(HomeVisitID(words[at + 1]))
            let start = try #require(
                MomentArgument(argument: words[at + 2]).flatMap(clock.second))
            return try does(.promise(id, start: start))
        }
    }

    /// The week's plan as files, which the checker drives anew: nothing is wrong with it.
    private func check(_ day: inout Day) throws -> PlanReport {
        let plan = try day.desk.plan(nil, 7, since: nil, day.terms, now: day.now)
        let files = try PlanFiles(plan, day.area, day.clock)
        return PlanChecker(try VisitJSON.read(files.problemData).problem()).check(
            try PlanJSON.readTimed(try files.planData()))
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func whatIsToldCanBeDone(seed: UInt64) throws {
        var day = try Day()
        var generator = SeededGenerator(seed: seed)
        for number in 1...20 {
            let receipt = try day.asks(number, &generator)
            let lines = VisitReceiptText(receipt: receipt, clock: day.clock).lines
            let promised = try day.runs(try #require(lines.last))
            #expect(promised.state == .promised)
            let told = VisitReceiptText(receipt: promised, clock: day.clock).lines
            #expect(told.count == 1 && told[0].contains("promised"), "\(told)")
        }
        let report = try check(&day)
        #expect(report.faults == [])
        #expect(report.paid == 20)
    }
}
