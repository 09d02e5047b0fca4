// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekSimulator
import TestKit
import Testing
import Texts

@testable import kezek

/// What `bench` and `soak` print is in the language of whoever reads it, as all else.
@Suite struct MeasuredWordsTests {
    /// Everything that is told of a measurement or a trial.
    private static func lines(_ language: Language) -> [String] {
        let (bench, soak) = (BenchWords(language: language), SoakWords(language: language))
        let latency = BenchWords.Latency(p50: 1.5, p99: 2, p999: 3)
        let spread = Spread([0.1, 0.2], unit: 1e-3)
        var repairs = VisitBenchReport.Mishap.allCases.map { VisitBenchReport.Repairs($0) }
        repairs[0].add(0.1, unkept: 2)
        var week = VisitBenchReport(
            visits: 21, shifts: 2, callers: 3, windows: 4, differentWays: 5,
            making: VisitBenchReport.Making(
                problemMilliseconds: spread, addingMilliseconds: spread, boardMilliseconds: spread))
        week.offers = VisitBenchReport.Offers(
            offered: 7, rowMicroseconds: spread, microseconds: spread)
        week.rooms = VisitBenchReport.Rooms(
            offered: 9, milliseconds: spread, foundMilliseconds: spread, inVainMilliseconds: spread)
        week.repairs = repairs
        let decree = DecreeBenchReport(
            applications: 100, offices: 5, moved: 83, dryRunMilliseconds: 149.4,
            adoptionMilliseconds: 247, startMilliseconds: 486, memoryMegabytes: 197)
        let calls = CallBenchReport(windows: spread, offer: spread, promise: spread)
        return [
            bench.queue(10.9, refused: 1, overloaded: 2, latency),
            bench.wire(requests: 5, dates: 50, latency), bench.pastEntries(10),
            bench.operation("12.5"), soak.seeds(5, QueueSimulation.Summary()),
            soak.applications(5, ApplicationSummary()), soak.again("kezek soak seeds"),
            soak.kills(2, sent: 3, acknowledged: 3, checked: 9, people: 4, bytes: 99),
            soak.connections(
                5, seconds: 6, responses: 7, bookings: 8, cutOff: 9, mebibytes: (10, 11)),
        ] + week.lines(bench) + decree.lines(bench) + calls.lines(bench)
    }

    @Test(arguments: [Language.kk, .ru])
    func nothingIsInAnotherLanguage(language: Language) {
        let names: Set<String> = ["kezek", "soak", "seeds", "p50", "p99", "p99.9"]
        let english = Self.lines(.en)
        for (line, other) in zip(Self.lines(language), english) {
            #expect(OneLanguageTests.foreign(line, names) == [], "\(line)")
            #expect(line.contains(/[а-яә]{1}/) && line != other, "\(line)")
        }
        #expect(Self.lines(language).count == english.count)
    }

    /// The figures are the same whatever the words.
    @Test func everyLanguageHasEveryFigure() {
        func figures(_ line: String) -> [String] {
            line.matches(of: /\d+(\.\d+)?/).map { String($0.0) }.sorted()
        }
        for (kk, (ru, en)) in zip(Self.lines(.kk), zip(Self.lines(.ru), Self.lines(.en))) {
            #expect(figures(kk) == figures(en) && figures(ru) == figures(en), "\(en)")
        }
    }

    /// Tables are as wide as their words.
    @Test func columnsStandBelowEachOther() {
        let spread = Spread([0.1, 0.2], unit: 1e-3)
        for language in Language.allCases {
            let report = CallBenchReport(windows: spread, offer: spread, promise: spread)
            let lines = report.lines(BenchWords(language: language))
            let ends = lines.dropFirst().map { $0.prefix { $0 != "2" }.count }
            #expect(lines.count == 4 && Set(ends).count == 1, "\(lines)")
        }
    }

    /// The keys of what is printed with --json are names, not words of a language.
    @Test func jsonHasItsNames() throws {
        let repairs = VisitBenchReport.Repairs(.halfAnHourLate)
        let text = try JSONText.make(repairs)
        #expect(text.contains("\"incident\" : \"delay of 30 minutes\""))
    }

    @Test func aCalendarIsMeasuredInEitherShape() async throws {
        let folder = try ShellFolder()
        let questions = folder.path("questions")
        // 2026-03-19 and 7 working days.
        let numbers: [Int32] = [20_531, 7]
        try numbers.withUnsafeBytes { Data($0) }.write(to: URL(fileURLWithPath: questions))
        let line = [
            "bench", "calendar", questions, "--answers", folder.path("answers"), "--repeats", "1",
        ]
        let told = try await kezek(line + ["--language", "ru"])
        #expect(told.output.hasSuffix(" нс на действие\n"), "\(told.output)\(told.errors)")
        let json = try await kezek(line + ["--json"])
        #expect(json.object["nanosecondsPerOperation"] is Double, "\(json.output)")
    }

    @Test func aTrialIsToldInTheLanguageAskedFor() async throws {
        let run = try await kezek(
            "--language", "ru", "soak", "seeds", "--count", "1", "--steps", "20")
        #expect(
            run.output.hasPrefix("прогонов 1, всё верно: команд "), "\(run.output)\(run.errors)")
    }
}
