// SPDX-License-Identifier: Apache-2.0

import Foundation
import Queue
import TestKit
import Testing

/// The same day gives the same forecast everywhere, and so in every version.
///
/// `KEZEK_WRITE_FORECASTS=1 swift test --filter KeptForecastTests` writes `Tests/Fixtures/forecasts.txt` anew, for a
/// version that is meant to foretell otherwise.
@Suite struct KeptForecastTests {
    private static let file = Repository.root.appendingPathComponent("Tests/Fixtures/forecasts.txt")

    @Test func theSameDayGivesTheSameForecastInEveryVersion() throws {
        var lines: [String] = []
        for seed in 60..<66 {
            let history = RandomHistory(
                Plans.histories[seed % Plans.histories.count], commands: 500, seed: UInt64(seed))
            var day = OfficeDay(plan: history.desk.entries[0].events.plan ?? history.desk.day.plan)
            for entry in history.desk.entries {
                day.apply(entry.events, revision: entry.revision, at: entry.at)
                guard entry.revision % 29 == 0, (Plans.at(8)..<Plans.at(19)).contains(entry.at)
                else { continue }
                for later: Int32 in [0, 1_500] {
                    lines += told(day, at: entry.at + later).map {
                        "\(seed) \(entry.revision) \($0)"
                    }
                }
            }
        }
        #expect(lines.count > 300)
        let text = lines.map { $0 + "\n" }.joined()
        if ProcessInfo.processInfo.environment["KEZEK_WRITE_FORECASTS"] != nil {
            try text.write(to: Self.file, atomically: true, encoding: .utf8)
        }
        let kept = try String(contentsOf: Self.file, encoding: .utf8)
        let differing = zip(lines, kept.split(separator: "\n")).first { $0 != $1 }
        #expect(text == kept, "\(differing.map { "\($0.0), not \($0.1)" } ?? "")")
    }

    /// What whoever asks is told about a day.
    private func told(_ day: OfficeDay, at now: Int32) -> [String] {
        func text(_ answer: WaitAnswer) -> String {
            let wait = answer.wait.map { "\($0.p50) \($0.p90)" } ?? "none"
            return "\(wait), \(answer.ahead) ahead of \(answer.openWindows)"
        }
        var lines: [String] = []
        for service in day.plan.services {
            guard let answer = try? day.forecast(newcomer: service.id, at: now) else { continue }
            lines.append("\(now) \(service.id): \(text(answer))")
        }
        for ticket in day.waiting {
            guard let answer = try? day.forecast(ticket: ticket.label, at: now) else { continue }
            lines.append("\(now) \(ticket.label): \(text(answer))")
        }
        if let alarm = day.alarm(at: now) {
            lines.append("\(now) late: \(alarm.tickets.count), cure \(alarm.cure.map { "\($0)" })")
        }
        return lines
    }
}

extension [DayEvent] {
    fileprivate var plan: DayPlan? {
        if case .planned(let plan) = first { plan } else { nil }
    }
}
