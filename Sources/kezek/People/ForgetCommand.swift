// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekClient
import KezekWire
import Parties
import Texts

struct ForgetCommand: AsyncParsableCommand, QueueSender {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Make what was typed about a person unreadable, for ever.",
        discussion: """
            Reasons, notes and remarks about each person are sealed with a key of their own.
            This destroys it. Bookings and applications stay with their times and numbers,
            and the journal verifies as before. Whoever has something under way is not
            forgotten: finish or cancel it first. Doing it again is harmless.

            Copies of the journal from before have the key still: see Docs/Operations.md.

            Examples:
              kezek forget --iin - < iin
              kezek forget --reference case-4711 --server kezek.example:7447
            """)

    @OptionGroup var who: ApplicantOptions

    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        let options = sending.options
        let name = try who.applicant()
        try await options.run { desk in
            let keys = try await desk.client.forgetApplicant(
                name, request: sending.request.id, in: desk.language)
            if options.json { return try JSONText.print(.forgotten(keys: keys)) }
            try Terminal.line(
                keys == 0
                    ? desk.language.pick(
                        "ұмытатын ештеңе болған жоқ", "забывать было нечего",
                        "nothing was there to forget")
                    : desk.language.pick("ұмытылды", "забыто", "forgotten"))
        }
    }
}
