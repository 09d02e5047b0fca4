// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekFiles
import KezekJSON
import KezekTables
import KezekWire
import Parties
import Queue
import Texts

/// `kezek day --import`: books what a file lists, line by line.
struct DayImport {
    let desk: QueueDesk
    let office: OfficeID
    let date: CivilDate
    let channel: BookingChannel
    let json: Bool

    private struct Report {
        var booked: [JSONValue] = []
        var bad: [JSONValue] = []

        var json: JSONValue {
            .object([.init("booked", .list(booked)), .init("bad", .list(bad))])
        }
    }

    /// A booking as replies have it; nothing where there is none.
    private func told(_ booking: BookingView?) throws -> [JSONValue] {
        guard let booking else { return [] }
        return [try JSONText.value(.queue(.booking(booking)))["booking"]].compactMap { $0 }
    }

    func run(_ file: String) async throws {
        var parser = BookingParser()
        var report = Report()
        // The booking is that of a line that was imported before.
        func tell(_ bad: BadLine, _ booking: BookingView? = nil) throws {
            var line: [JSONValue.Member] = [
                .init("line", bad.line), .init("problem", bad.problem[desk.language]),
            ]
            for booking in try told(booking) { line.append(.init("booking", booking)) }
            report.bad.append(.object(line))
            if !json { bad.tell(in: desk.language) }
        }
        var table = try QueueInput.table(file, isHead: BookingParser.isHead)
        while let read = try table.next() {
            var number = 0
            do {
                let record = try read.get()
                number = record.line
                guard let row = try parser.row(record) else { continue }
                let booking = try await book(row)
                guard booking.state.stands else {
                    try tell(BadLine(line: number, problem: booking.givenUp), booking)
                    continue
                }
                report.booked += try told(booking)
                if !json { try Terminal.write(BookingText(booking, desk.language).line + "\n") }
            } catch let bad as BadLine {
                try tell(bad)
                // Without its head no line of a table can be read.
                if parser.lacksHead { break }
            } catch ClientError.mayBeDone(_, let cause) {
                // The ids follow from the lines, so the whole command is repeated as it is.
                throw cause
            } catch ClientError.refused(let refusal) where !refusal.reason.mayBeRetried {
                let free = refusal.alternatives.map(\.description)
                let told =
                    refusal.message
                    + (free.isEmpty ? "" : " (\(free.joined(separator: ", ")))")
                // It came in the language that was asked for.
                try tell(
                    BadLine(line: number, problem: LocalizedText(kk: told, ru: told, en: told)))
            }
        }
        if json { try JSONText.print(report.json) }
        if !report.bad.isEmpty { throw ExitCode(2) }
    }

    /// Holds and confirms a line's slot, under ids that follow from its content.
    private func book(_ row: BookingRow) async throws -> BookingView {
        // Of these only the last can hold a line feed, so no two records give the same text.
        let digest = TextDigest(
            of: [
                "day import", office.description, date.description, row.start.description,
                row.service.description, "\(channel)", row.reference,
            ].joined(separator: "\n"))
        let id = RequestID(high: digest.high, low: digest.low)
        let hold = HoldCommand(
            office: office, service: row.service, date: date, start: row.start,
            channel: channel, applicant: .reference(row.reference))
        guard let held = try await desk.send(.hold(hold), id).booking else {
            throw CommandFailure("the server did not say what it holds")
        }
        _ = try await desk.send(
            .booking(held.id, .confirm), id.following, showing: held.proof)
        // A repeat is told what it was told before; since then the booking may have been cancelled.
        return try await desk.ask(.booking(held.id), showing: held.proof)
    }
}

extension Booking.State {
    /// Whether somebody has the place, or had it until its time.
    fileprivate var stands: Bool {
        switch self {
        case .held, .confirmed, .arrived, .served, .noShow, .left: true
        case .released, .expired, .cancelled, .moved, .offered: false
        }
    }
}

extension BookingView {
    /// Why a line that was imported before is not booked.
    fileprivate var givenUp: LocalizedText {
        LocalizedText(
            kk: "\(id) броны бұрын импортталған, қазіргі күйі: \(state.title.kk); қайта "
                + "жазылмайды",
            ru: "бронь \(id) уже импортирована раньше, её состояние: \(state.title.ru); заново не "
                + "бронируется",
            en: "booking \(id) was imported before and is \(state.title.en) now; it is not booked "
                + "again")
    }
}

extension RequestID {
    /// The id of a second command that belongs to the first.
    var following: RequestID { RequestID(high: high, low: low &+ 1) }
}
