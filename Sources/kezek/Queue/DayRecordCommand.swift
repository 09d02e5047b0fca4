// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import KezekWire
import Queue
import Texts

struct DayRecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day",
        abstract: "Every booking and ticket of a date; as iCalendar; bookings from a file.",
        discussion: """
            The date is today where the office is, unless another is given.

            --import reads CSV with the columns start, service and reference, and holds and
            confirms each line. A line is known by its content, so importing a file twice
            books nothing twice. A bad line is told by its number and left out, and so is one
            whose booking was cancelled or moved since; the status is then 2.

            Examples:
              kezek day astana-1 --date 2026-03-19
              kezek day astana-1 --date 2026-03-19 --ics day.ics
              kezek day astana-1 --date 2026-03-19 --import bookings.csv
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: "The date.")
    var date: CivilDate?

    @Option(
        help: ArgumentHelp(
            "Write the bookings as iCalendar to this file; '-' for standard output.",
            valueName: "file|-"), completion: .file())
    var ics: String?

    @Option(
        name: .customLong("import"),
        help: ArgumentHelp(
            "Book what this file lists; '-' for standard input.", valueName: "file|-"),
        completion: .file())
    var bookings: String?

    @Option(help: "Who books what is imported.")
    var channel = ChannelName.office

    @OptionGroup var options: QueueOptions

    func validate() throws {
        if ics != nil, bookings != nil {
            throw Wrong.exclusive("--ics", "--import")
        }
        guard ics == nil || !options.json else { throw Wrong.exclusive("--ics", "--json") }
    }

    func run() async throws {
        try await options.run { desk in
            var date = date
            if date == nil { date = try await desk.today(office.office) }
            guard let date else { return }
            if let bookings {
                return try await DayImport(
                    desk: desk, office: office.office, date: date, channel: channel.channel,
                    json: options.json
                ).run(bookings)
            }
            let record = try await desk.ask(.day(office.office, date))
            if let ics {
                let office = try await desk.ask(.office(office.office))
                let calendar = DayCalendar(
                    record: record, office: office, zone: try await desk.zone(of: office),
                    language: desk.language)
                guard ics != "-" else { return try Terminal.write(calendar.text) }
                try WholeFile.write(Data(calendar.text.utf8), to: ics)
            } else if options.json {
                try await desk.print(.queue(.day(record)), of: record.office)
            } else {
                try Terminal.write(text(record, desk.language))
            }
        }
    }

    private func text(_ record: DayRecord, _ language: Language) -> String {
        var lines = [
            Terminal.styled(
                "\(record.office)  \(record.date)  \(language.weekdayName(record.date.weekday))",
                .bold)
                + Terminal.styled(
                    language.pick(
                        "   \(record.revision)-нұсқа", "   версия \(record.revision)",
                        "   revision \(record.revision)"), .dim)
        ]
        if !record.bookings.isEmpty {
            let head = language.pick(
                "бронь|уақыты|қызмет|күйі|арна|талон", "бронь|время|услуга|состояние|канал|талон",
                "booking|time|service|state|channel|ticket")
            var table = QueueTable(head, figures: [0])
            for booking in record.bookings.sorted(by: {
                ($0.start, $0.id.number) < ($1.start, $1.id.number)
            }) {
                table.add([
                    "\(booking.id.number)", booking.times, booking.services,
                    language.word(booking.state), "\(booking.channel)",
                    booking.ticket?.description ?? "",
                ])
            }
            lines += [""] + table.lines
        }
        if !record.tickets.isEmpty {
            let head = language.pick(
                "талон|қызмет|күйі|алынды|шақырылды|аяқталды|терезе",
                "талон|услуга|состояние|взят|вызван|закончен|окно",
                "ticket|service|state|taken|called|finished|window")
            var table = QueueTable(head)
            for ticket in record.tickets {
                let times = [ticket.takenAt, ticket.calledAt, ticket.finishedAt].map {
                    $0 == 0 ? "" : DaySeconds.clock($0)
                }
                table.add(
                    [ticket.label.description, ticket.service.description, language.word(ticket)]
                        + times + [ticket.window?.description ?? ""])
            }
            lines += [""] + table.lines
        }
        if record.bookings.isEmpty, record.tickets.isEmpty {
            lines += [
                "",
                language.pick(
                    "бронь да, талон да жоқ", "ни броней, ни талонов", "no bookings, no tickets"),
            ]
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// The bookings of a date as iCalendar (RFC 5545).
///
/// Times are those of the office's wall clocks, without an offset (form 1): whoever imports the file
/// elsewhere learns the zone from `X-WR-TIMEZONE`.
struct DayCalendar {
    let record: DayRecord
    let office: QueueOffice
    let zone: String?
    let language: Language

    var text: String {
        let escaped = ICalendarText.escaped
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Kezek//Queue//EN",
            "X-WR-CALNAME:\(escaped("\(record.office) \(record.date)"))",
        ]
        if let zone { lines.append("X-WR-TIMEZONE:\(escaped(zone))") }
        let place = [office.title[language], office.address[language]].filter { !$0.isEmpty }
        for booking in record.bookings {
            let end = DaySeconds.time(booking.start.second + Int32(booking.minutes) * 60)
            let id = "\(record.office)-\(record.date)-\(booking.id.number)"
            lines += [
                "BEGIN:VEVENT", "UID:\(id)@kezek",
                // The stamp is the day itself, so the same bookings give the same file.
                "DTSTAMP:\(ICalendarText.digits(record.date))T000000Z",
                "DTSTART:\(ICalendarText.digits(booking.moment))",
                "DTEND:\(ICalendarText.digits(CivilDateTime(record.date, end)))",
                "SUMMARY:"
                    + escaped(
                        "\(booking.id.number) · \(booking.services(at: office, language))"),
                "DESCRIPTION:" + escaped("\(booking.id), \(language.word(booking.state))"),
                "LOCATION:" + escaped(place.joined(separator: ", ")), "STATUS:\(booking.status)",
                "END:VEVENT",
            ]
        }
        return ICalendarText.make(lines + ["END:VCALENDAR"])
    }
}

extension BookingView {
    /// 3.8.1.11: what a calendar program is told of the state.
    fileprivate var status: String {
        switch state {
        case .held, .offered: "TENTATIVE"
        case .confirmed, .arrived, .served, .left: "CONFIRMED"
        case .released, .expired, .cancelled, .noShow, .moved: "CANCELLED"
        }
    }
}
