// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekWire
import Queue

struct TicketCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "ticket",
        abstract: "Give a ticket to somebody who came without a booking, and print it.",
        discussion: """
            Examples:
              kezek ticket astana-1 --service acceptance --language kk
              kezek ticket astana-1 --service results --json
              kezek ticket astana-1 --service acceptance --reason disability
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: ArgumentHelp("The service.", valueName: "name"))
    var service: ServiceID

    @Option(
        help: ArgumentHelp(
            "For what, by a code of the office's list, where it gives no ticket without a booking "
                + "otherwise.", valueName: "code"))
    var reason: ListedCode?

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send(
            .today(office.office, .takeTicket(service: service, reason: reason))
        ) { receipt, desk in
            guard let ticket = receipt.ticket else { return "done" }
            return TicketText(
                ticket: ticket, office: try await desk.ask(.office(office.office)),
                date: try await desk.today(office.office), language: desk.language
            ).text
        }
    }
}
