// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import HomeVisits

struct ReplanVisits: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "replan",
        abstract: "Have the plan made anew, within what is promised.",
        discussion: """
            The server looks for a better plan for so many seconds and puts it in force if
            there is one. Nobody's promise changes.

            Example:
              kezek visits replan --area astana-1 --seconds 30
            """)

    @OptionGroup var area: AreaOption

    @Option(help: "How long to look, 1 to 600.")
    var seconds = 10

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func validate() throws {
        try Wrong.unless(seconds, in: CallLimit.replanSeconds, "--seconds")
    }

    func run() async throws {
        // Told on the terminal alone, where somebody waits.
        let ticks = Task {
            guard Terminal.showsProgress, !sending.options.json else { return }
            for second in 1... {
                try await Task.sleep(for: .seconds(1))
                Terminal.writeError(
                    said(
                        kk: "\(seconds) с ішінен \(second) с\n",
                        ru: "\(second) с из \(seconds) с\n",
                        en: "\(second) s of \(seconds) s\n"))
            }
        }
        defer { ticks.cancel() }
        try await sending.send(to: area.area, patience: seconds) { _, _ in
            .replan(area.area, seconds: seconds)
        }
    }
}
