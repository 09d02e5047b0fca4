// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekFiles
import Parties
import Queue
import TestKit
import Testing
import Texts

/// What an office's file says of how people are received.
@Suite struct ReceptionFileTests {
    private static let url = Repository.root.appendingPathComponent(
        "Examples/offices/astana-bookings-only.yaml")

    private static let example: String = {
        // The file is there, as other tests say.
        (try? String(contentsOf: url, encoding: .utf8)) ?? ""
    }()

    private func read<T>(_ text: String, _ body: (URL) throws -> T) throws -> T {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            UUID().uuidString + ".yaml")
        defer { try? FileManager.default.removeItem(at: url) }
        try text.write(to: url, atomically: true, encoding: .utf8)
        return try body(url)
    }

    private func faults(_ text: String) throws -> [FileFault] {
        do {
            _ = try read(text) { try OfficeFile.read($0) }
            return []
        } catch let error as FileFaults { return error.list }
    }

    @Test func theExampleReceivesByBookingAlone() throws {
        let office = try OfficeFile.read(Self.url)
        let reception = try #require(office.reception)
        let only = try #require(reception.bookingsOnly)
        #expect(only.order.en == "order of the head of the branch No. 17 of 9 February 2026")
        #expect(
            only.withoutBooking.map(\.code.description)
                == ["disability", "veteran", "results-ready"])
        #expect(
            reception.limits == [
                PersonLimit(
                    counts: .bookings, most: 3, days: 10, shared: ListedCode("astana")!),
                PersonLimit(counts: .services, most: 2, days: 1, shared: nil),
            ])
        #expect(reception.endings.map(\.outcome) == [.refused, .refused, .left])
        #expect(reception.pauses.map(\.code.description) == ["lunch", "technical", "training"])
        #expect(
            reception.waitingList == WaitingRules(offerMinutes: 30, perDay: 50, perPerson: 3))
        #expect(office.policyFault(policy: .electronicQueue, rule: "R7.5") == nil)
        let fault = try #require(office.policyFault(policy: .walkInOnly, rule: "R7.3"))
        #expect(fault.field == "reception.bookings_only")
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let office = try OfficeFile.read(Self.url)
        let written = OfficeFile.write(office)
        #expect(try read(written) { try OfficeFile.read($0) } == office, "\(written)")
        let plain = try OfficeFile.read(
            Repository.root.appendingPathComponent("Examples/offices/astana-corporation.yaml"))
        #expect(plain.reception == nil)
        #expect(!OfficeFile.write(plain).contains("reception"))
    }

    private static let order = """
            order:
              kk: Филиал басшысының 2026 жылғы 9 ақпандағы № 17 бұйрығы
              ru: приказ руководителя филиала от 9 февраля 2026 года № 17
              en: order of the head of the branch No. 17 of 9 February 2026

        """

    @Test(arguments: [
        // text, replaced by, text on the line of the fault, field, expected
        ("ORDER", "", "    without-booking:", "reception.bookings-only", "the act or order"),
        (
            "      ru: приказ руководителя", "      uk: приказ руководителя", "",
            "reception.bookings-only.order", "'ru'"
        ),
        (
            "      veteran:\n", "      Veteran 1:\n", "        kk: ардагер",
            "reception.bookings-only.without-booking.Veteran 1", "1 to 32 lower-case"
        ),
        (
            "    - {services: 2, days: 1}", "    - {services: 0, days: 1}", "services: 0",
            "reception.limits[1].services", "1 to 100"
        ),
        (
            "    - {services: 2, days: 1}", "    - {services: 2, days: 32}", "days: 32",
            "reception.limits[1].days", "1 to 31"
        ),
        (
            "    - {services: 2, days: 1}", "    - {services: 2, bookings: 1}", "bookings: 1}",
            "reception.limits[1]", "either 'bookings' or 'services'"
        ),
        (
            "    - {services: 2, days: 1}", "    - {days: 1}", "- {days: 1}", "reception.limits[1]",
            "either 'bookings' or 'services'"
        ),
        (
            "      outcome: left", "      outcome: gone", "outcome: gone",
            "reception.endings.other-office.outcome", "no-show"
        ),
        (
            "    offer-minutes: 30", "    offer-minutes: 0", "offer-minutes: 0",
            "reception.waiting-list.offer-minutes", "1 to 1440"
        ),
        (
            "    per-day: 50", "    per-day: 501", "per-day: 501", "reception.waiting-list.per-day",
            "1 to 500"
        ),
        (
            "    per-person: 3", "    per-person: 63", "per-person: 63",
            "reception.waiting-list.per-person", "1 to 62"
        ),
        ("  pauses:\n", "  pause:\n", "    lunch:", "reception.pause", "mean 'pauses'?"),
    ])
    func wrongFieldsAreToldWithTheirLine(
        _ text: String, _ replacement: String, _ line: String, _ field: String, _ expected: String
    ) throws {
        let wrong = Self.example.replacingOccurrences(
            of: text == "ORDER" ? Self.order : text, with: replacement)
        #expect(wrong != Self.example)
        let faults = try faults(wrong)
        let fault = try #require(faults.first)
        #expect(faults.count == 1)
        #expect(fault.field == field)
        #expect(fault.problem.description.contains(expected), "\(fault)")
        for language in Language.allCases { #expect(!fault.text(in: language).isEmpty) }
        #expect(fault.problem.isTranslated)
        guard !line.isEmpty else { return }
        let lines = wrong.split(separator: "\n", omittingEmptySubsequences: false)
        let number = try #require(fault.line)
        #expect(lines[number - 1].contains(line.trimmingCharacters(in: .whitespaces)), "\(fault)")
    }

    /// What a server refuses, as it knows the standard, is told with the line in the file.
    @Test func whatAServerRefusesHasItsLine() throws {
        let text = Self.example.replacingOccurrences(
            of: "kind: corporation", with: "kind: provider")
        try read(text) { url in
            let fault = FileFault.refused(
                in: url, ["reception", "bookings-only"], "receives in order of arrival (R7.3)")
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines[fault.line! - 1].contains("order:"))
            #expect(fault.field == "reception.bookings-only")
            #expect(fault.text(in: .ru).contains("R7.3"))
        }
    }
}
