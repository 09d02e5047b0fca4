// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import Foundation
import KezekTables
import KezekWire
import Queue
import Texts

struct LeaseCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "lease",
        abstract: "Lease ticket numbers to a kiosk that may lose its connection.",
        discussion: """
            The kiosk gives them out by itself, and tells them later: kezek report.

            Example:
              kezek lease astana-1 --service acceptance --count 50 --kiosk hall-2
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: ArgumentHelp("The service.", valueName: "name"))
    var service: ServiceID

    @Option(help: ArgumentHelp("How many numbers.", valueName: "count"))
    var count: Int

    @Option(help: ArgumentHelp("The kiosk's own name.", valueName: "name"))
    var kiosk: String

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func validate() throws {
        try Wrong.unless(count, in: 1...OfficeDay.leaseLimit, "--count")
        guard (1...CallLimit.kioskNameBytes).contains(kiosk.utf8.count) else {
            throw Wrong.tooLong("--kiosk", CallLimit.kioskNameBytes)
        }
    }

    func run() async throws {
        try await sending.send(
            .today(
                office.office, .leaseNumbers(service: service, count: count, kiosk: kiosk))
        ) { receipt, desk in
            guard let lease = receipt.lease else { return "done" }
            let last = Int(lease.first) + Int(lease.count) - 1
            let labels = [Int(lease.first), last].map {
                TicketLabel(letter: lease.letter, number: $0)?.description ?? "\($0)"
            }
            let (first, end, kiosk) = (labels[0], labels[1], lease.kiosk)
            return desk.language.pick(
                "нөмірлер тобы \(lease.id): \(first)–\(end), \(kiosk)",
                "набор номеров \(lease.id): \(first)–\(end) для \(kiosk)",
                "lease \(lease.id): \(first) to \(end) for \(kiosk)")
        }
    }
}

struct ReportCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Tell the tickets that a kiosk gave out of a lease.",
        discussion: """
            A line is number,service,time, such as 17,acceptance,10:05, or 17,, for a number
            of which no ticket comes, as its paper jammed or the office did not receive; a
            head line may stand above. A fourth column is the code of the reason, where the
            office gives no ticket without a booking otherwise. Numbers go up by one, from
            where the last report ended. If any line is wrong, it is told by its number,
            nothing is sent, and the status is 2.

            Example:
              kezek report astana-1 1 given.csv --ends
            """)

    @OptionGroup var office: OfficeArgument

    @Argument(help: "The lease's number.")
    var lease: UInt32

    @Argument(help: "The file of tickets; '-' for standard input.", completion: .file())
    var file: String

    @Flag(help: "The lease is over: give back the numbers that are left.")
    var ends = false

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.options.source.run {
            let tickets = try read()
            let command = DayCommand.reportTickets(lease: lease, tickets: tickets, ends: ends)
            try await sending.send(.today(office.office, command)) { _, desk in
                let count = desk.language.count(tickets.count, .ticket)
                let told = desk.language.pick(
                    "нөмірлер тобы \(lease): \(count) айтылды",
                    "набор номеров \(lease): сообщено \(count)", "lease \(lease): \(count) told")
                let over = desk.language.pick(
                    ", топ жабылды", ", набор закрыт", ", the lease is over")
                return told + (ends ? over : "")
            }
        }
    }

    private func read() throws -> [ReportedTicket] {
        var table = try QueueInput.table(file, isHead: TicketParser.isHead)
        var parser = TicketParser()
        var (tickets, isBad) = ([ReportedTicket](), false)
        while let read = try table.next() {
            do throws(BadLine) {
                if let ticket = try parser.ticket(try read.get()) { tickets.append(ticket) }
            } catch {
                isBad = true
                let language = sending.options.source.chosenLanguage
                error.tell(in: language)
            }
        }
        guard tickets.count <= CallLimit.leaseNumbers else {
            throw CommandFailure(
                "tell at most \(CallLimit.leaseNumbers) tickets at a time, found "
                    + "\(tickets.count)")
        }
        if isBad { throw ExitCode(2) }
        return tickets
    }
}

/// A file named on the command line, or standard input.
enum QueueInput {
    /// The records of a table there.
    static func table(_ file: String, isHead: ([String]) -> Bool) throws -> CSVReader {
        do { return try CSVReader(ByteInput(try open(file)), isHead: isHead) } catch let bad
            as BadLine
        {
            throw CommandFailure(
                kk: "\(file): \(bad.text(in: .kk))", ru: "\(file): \(bad.text(in: .ru))",
                en: "\(file): \(bad.text(in: .en))")
        }
    }

    private static func open(_ file: String) throws -> FileHandle {
        guard file != "-" else { return .standardInput }
        try CommandFailure.requireFile(file)
        do { return try FileHandle(forReadingFrom: URL(fileURLWithPath: file)) } catch {
            throw CommandFailure.cannotRead(file)
        }
    }
}
