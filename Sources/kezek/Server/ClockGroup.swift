// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekClient
import KezekWire
import Texts

struct ClockGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Say that a server's clock is right.",
        discussion: """
            Example:
              kezek clock accept
            """,
        subcommands: [ClockAccept.self])
}

struct ClockAccept: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Have a server believe its clock as it is.",
        discussion: """
            A server whose clock was set by more than 5 s, or is far from the last entry of its
            journal when it starts, writes nothing; 'kezek health' says why. That ends by itself
            once the clock is back, or synchronised for a minute. Where it is neither, look at
            the time on the server's machine ('timedatectl', 'chronyc tracking'), and if it is
            right, say so. It is recorded, with who said it.

            Examples:
              kezek clock accept
              kezek clock accept --server kezek.example:7447
            """)

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        let options = sending.options
        try await options.run { desk in
            let accepted = try await desk.client.acceptClock(
                request: sending.request.id, in: desk.language)
            if options.json { return try JSONText.print(.clockAccepted(accepted)) }
            try Terminal.line(
                accepted
                    ? desk.language.pick(
                        "сервердің сағаты дұрыс деп қабылданды", "часы сервера признаны верными",
                        "accepted")
                    : desk.language.pick(
                        "сервердің сағатына күмән болған жоқ", "часы сервера не вызывали сомнений",
                        "the clock was not in doubt"))
        }
    }
}
