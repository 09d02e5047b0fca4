// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Texts

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "A small office through its days, from a booking to a result nobody collects.",
        discussion: """
            Starts a server of its own on this machine, with a journal in a temporary folder
            and a clock that jumps from moment to moment of March and April 2026. Everything
            goes over the network as in an office; nothing is left behind.

            Examples:
              kezek demo
              kezek demo --language kk
            """)

    @Option(help: "The language of the story, kk, ru or en; by default that of the terminal.")
    var language: Language?

    @OptionGroup var data: DataOption

    func run() async throws {
        var source = SourceOptions()
        source.language = language
        source.json = false
        let chosen = source.chosenLanguage
        try await source.run {
            let office = try await DemoOffice.open(data: data, language: chosen)
            do { try await DemoStory(office: office).tell() } catch {
                await office.close()
                throw error
            }
            await office.close()
        }
    }
}
