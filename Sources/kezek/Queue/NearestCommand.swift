// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import KezekJSON
import KezekWire
import Parties
import Queue
import Texts

struct NearestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nearest",
        abstract: "Where is a place free first, at any of several offices?",
        discussion: """
            Examples:
              kezek nearest astana-1 astana-2 --service acceptance
              kezek nearest astana-1 astana-2 --service results --first 3 --after 2026-03-19T16:00
            """)

    @Argument(help: "The offices, as 'kezek office list' names them.")
    var offices: [OfficeID]

    @OptionGroup var booked: ServiceOptions

    @Option(help: "Who would book.")
    var channel = ChannelName.office

    @Option(help: ArgumentHelp("How many free slots.", valueName: "count"))
    var first = 5

    @Option(help: ArgumentHelp("The first free slots from then on.", valueName: "date-time"))
    var after: CivilDateTime?

    @OptionGroup var options: QueueOptions

    func validate() throws {
        try Wrong.unless(first, in: 1...CallLimit.firstFreeCount, "--first")
        try Wrong.unless(offices.count, in: 1...CallLimit.nearestOffices, "<offices>")
    }

    func run() async throws {
        try await options.run { desk in
            // From before the present day on everything that is free is told.
            let slots = try await desk.ask(
                .nearestFree(
                    NearestFreeQuestion(
                        offices: offices, service: booked.first, channel: channel.channel,
                        from: after ?? CivilDateTime(.earliest, .midnight), count: first,
                        further: booked.further)))
            if options.json { return try JSONText.print(.queue(.nearestFree(slots))) }
            let lines = slots.map { slot in
                "\(slot.start)  \(desk.language.weekdayName(slot.start.date.weekday))  \(slot.office)"
            }
            try Terminal.lines(
                lines.isEmpty
                    ? [
                        desk.language.pick(
                            "бос орын жоқ", "свободных мест нет", "no free slot")
                    ] : lines)
        }
    }
}

struct FindBookingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bookings",
        abstract: "Which bookings has somebody, from the day before on?",
        discussion: """
            Examples:
              kezek bookings --iin -
              kezek bookings --office astana-1 --reference crm-4711
            """)

    @Option(help: "One office; all of them when it is not given.")
    var office: OfficeID?

    @OptionGroup var applicant: ApplicantOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let bookings = try await desk.ask(
                .bookings(
                    BookingsQuestion(office: office, applicant: try applicant.applicant())))
            if options.json { return try JSONText.print(.queue(.bookings(bookings))) }
            var table = QueueTable(
                desk.language.pick(
                    "жазылу|қызмет|уақыты|күйі", "запись|услуга|время|состояние",
                    "booking|service|at|state"))
            for booking in bookings {
                table.add([
                    booking.id.description, booking.services,
                    booking.moment.description, desk.language.word(booking.state),
                ])
            }
            try Terminal.lines(
                bookings.isEmpty
                    ? [desk.language.pick("бронь жоқ", "броней нет", "no booking")] : table.lines)
        }
    }
}
