// SPDX-License-Identifier: Apache-2.0

import Parties
import TestKit
import Testing
import Visits

@testable import HomeVisits

/// What a book knows of itself, beside what a look at all of it finds.
@Suite struct BookTests {
    private static func visit(_ number: UInt32) -> AskedVisit {
        AskedVisit(
            number: number, applicant: Applicant(high: 1, low: UInt64(number)), words: nil,
            service: 1_200, setup: 0, needs: [], avoided: [], due: 0)
    }

    @Test func visitsAreKeptInOrderAcrossStretches() {
        var book = VisitBook(City.area())
        for number: UInt32 in 1...700 {
            let isTaken = book.take([.asked(Self.visit(number))], at: 0)
            #expect(isTaken)
        }
        #expect(book.visits.map(\.number) == Array(1...700))
        #expect(book[0] == nil && book[701] == nil && book[256]?.number == 256)
        // A copy goes its own way.
        let before = book
        for number: UInt32 in [1, 256, 257, 700] {
            let isTaken = book.take([.cancelled(number, by: .office, reason: "")], at: 1)
            #expect(isTaken)
            #expect(book[number]?.state == .cancelled && before[number]?.state == .requested)
        }
        #expect(book.visits.filter { $0.state == .cancelled }.count == 4)
        #expect(Set(book.open) == Set(1...700).subtracting([1, 256, 257, 700]))
        let isOutOfTurn = book.take([.asked(Self.visit(702))], at: 1)
        #expect(!isOutOfTurn)
    }

    /// After each entry of a month the index of places is what a look at all routes finds.
    @Test(arguments: 1...3) func placesAreFoundAsIfAllRoutesWereLookedAt(_ seed: UInt64) throws {
        var month = try SimulatedMonth(seed: seed)
        try month.run(days: 6)
        let journal = month.city.journal
        #expect(journal.count > 60)
        var book = VisitBook(City.area(crews: 2))
        for (at, events) in journal {
            let isTaken = book.take(events, at: at)
            #expect(isTaken)
            var places: [UInt32: Set<ShiftID>] = [:]
            for (shift, record) in book.shiftRecords {
                for case .visit(let id) in record.stops where PlanNumbers.isAhead(id) {
                    places[PlanNumbers.number(of: id), default: []].insert(shift)
                }
            }
            for visit in book.visits {
                let expected = visit.state.isOver ? [] : places[visit.number] ?? []
                #expect(book.shifts(with: visit.number) == expected)
            }
            #expect(Set(book.open) == Set(book.visits.filter { !$0.state.isOver }.map(\.number)))
        }
        #expect(book == month.city.desk.book)
    }
}
