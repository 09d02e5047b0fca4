// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekWire
import Parties
import Queue
import Texts

struct WaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "How long will a ticket wait, or somebody who comes now?",
        discussion: """
            Half wait no longer than the first figure, nine in ten no longer than the
            second. When somebody is likely to wait longer than permitted (R3.5), it says
            whom, and the fewest windows to open against it.

            Examples:
              kezek wait astana-1 --ticket A-017
              kezek wait astana-1 --service acceptance
              kezek wait astana-1 --ticket A-017 --secret 00112233445566778899aabbccddeeff
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: "The ticket, as A-017.")
    var ticket: TicketLabel?

    @Option(
        help: ArgumentHelp(
            "The ticket's secret, which others than the office's own systems need.",
            valueName: "hex"))
    var secret: BookingSecret?

    @Option(help: ArgumentHelp("The service of somebody who comes now.", valueName: "name"))
    var service: ServiceID?

    @OptionGroup var options: QueueOptions

    func validate() throws {
        guard (ticket == nil) != (service == nil) else {
            throw Wrong.oneOf("--ticket", "--service")
        }
    }

    func run() async throws {
        try await options.run { desk in
            let subject = ticket.map(WaitSubject.ticket) ?? service.map(WaitSubject.newcomer)
            guard let subject else { return }
            let answer = try await desk.ask(
                .wait(office.office, subject), showing: secret.map { .secret($0) })
            if options.json { return try JSONText.print(.queue(.wait(answer))) }
            try Terminal.write(text(answer, desk.language) + "\n")
        }
    }

    private func text(_ answer: WaitAnswer, _ language: Language) -> String {
        let windows = language.count(answer.openWindows, .window)
        var lines = [
            Terminal.styled(language.wait(answer.wait), .bold),
            language.pick(
                "алда \(answer.ahead), \(windows) ашық",
                "впереди \(answer.ahead), открыто: \(windows)",
                "\(answer.ahead) ahead, \(windows) open"),
        ]
        if let alarm = answer.alarm {
            let tickets = alarm.tickets.map(\.description).joined(separator: ", ")
            let minutes = DaySeconds.minutes(alarm.limit)
            let late = language.pick(
                "\(minutes) минуттан ұзақ күтуі мүмкін (R3.5)",
                "вероятно, будут ждать дольше \(minutes) мин (R3.5)",
                "likely to wait longer than \(minutes) min (R3.5)")
            lines.append(Terminal.styled("\(late): \(tickets)", .red))
            let cure = alarm.cure.map(\.description).joined(separator: ", ")
            lines.append(
                cure.isEmpty
                    ? language.pick(
                        "аша алатын терезелердің ешқайсысы көмектеспейді",
                        "не поможет ни одно окно, которое ещё можно открыть",
                        "no window that could still be opened would mend it")
                    : language.pick(
                        "мына терезе ашылса, жеңілдейді: ", "поможет открытие: ",
                        "mended by opening: ") + cure)
        }
        return lines.joined(separator: "\n")
    }
}
