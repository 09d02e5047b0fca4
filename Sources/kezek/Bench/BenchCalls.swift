// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import HomeVisits
import Journal
import KezekClient
import KezekWire
import Parties
import Texts

struct BenchCalls: AsyncParsableCommand, VisitAsker {
    static let configuration = CommandConfiguration(
        commandName: "calls",
        abstract: "Measure callers who ask for home visits on a server.",
        discussion: """
            Puts an area of its own on the server, fills it with promised visits, and then
            asks as further callers do, one after the other: how long the windows take that
            are only asked for, an offer from the call to the durable answer, and a promise.
            Not for a journal in use.

            Example:
              kezek bench calls --server 127.0.0.1:7447 --visits 974 --calls 500
            """)

    @Option(help: "Visits that are promised before.")
    var visits = 974

    @Option(help: "Crews; each has a shift on each of six days.")
    var crews = 14

    @Option(help: "Callers that are measured.")
    var calls = 500

    @Option(help: "Milliseconds after each command before the next caller.")
    var pause = 0

    @Option(help: "Numbers the callers.")
    var seed: UInt64 = 1

    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    /// They change nothing and are quickly answered.
    private static let questionsPerCall = 20

    func validate() throws {
        guard (0...3_000).contains(visits), (1...48).contains(crews),
            (1...10_000).contains(calls), (0...10_000).contains(pause)
        else {
            throw Wrong.told(
                "--visits 0 to 3,000, --crews 1 to 48, --calls 1 to 10,000, --pause 0 to 10,000.")
        }
    }

    func run() async throws {
        try await options.run { desk in
            var load = CallLoad(desk: desk, seed: seed)
            _ = try await desk.send(.describe(load.area(crews: crews)), .random())
            for number in 1...max(1, visits) where visits > 0 {
                _ = try await load.promised(number)
                if number % 100 == 0 { Terminal.note("\(number) of \(visits) visits") }
            }
            var windows: [Double] = []
            for _ in 0..<calls * Self.questionsPerCall {
                windows.append(try await load.timedWindows())
            }
            var (offers, promises): ([Double], [Double]) = ([], [])
            for number in visits + 1...visits + calls {
                try await Task.sleep(for: .milliseconds(pause))
                let (offer, promise, id) = try await load.timed(number)
                offers.append(offer)
                if let promise { promises.append(promise) }
                // The plan stays as full as it was.
                _ = try await desk.send(.cancel(id, by: .office, reason: ""), .random())
            }
            let report = CallBenchReport(
                windows: Spread(windows, unit: 1), offer: Spread(offers, unit: 1),
                promise: Spread(promises, unit: 1))
            if options.json { return try JSONText.print(report) }
            for line in report.lines(.here) { try Terminal.line(line) }
        }
    }
}

/// How long callers waited, in milliseconds.
struct CallBenchReport: Encodable {
    let windows: Spread
    let offer: Spread
    let promise: Spread

    /// The report for people.
    func lines(_ words: BenchWords) -> [String] {
        SpreadTable.lines(
            [
                (words.windows, windows, words.milli), (words.offer, offer, words.milli),
                (words.promise, promise, words.milli),
            ], words)
    }
}

/// Callers from a seed, in a city of about twenty kilometres.
private struct CallLoad {
    let desk: AreaDesk
    private let seed: UInt64
    private var state: UInt64
    private static let id = OfficeID("bench")!
    private static let home = HomePoint(longitude: 71_430_600, latitude: 51_128_200)!

    init(desk: AreaDesk, seed: UInt64) {
        self.desk = desk
        self.seed = seed
        state = seed &* 7_919 &+ 1
    }

    private mutating func roll(_ below: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(below))
    }

    func area(crews: Int) -> VisitArea {
        let text = LocalizedText(kk: "Өлшеу", ru: "Измерение", en: "Measuring")
        return VisitArea(
            id: Self.id, title: text, standard: "std-7", kind: "corporation", zone: "",
            home: Self.home, needs: [],
            crews: (1...crews).map {
                VisitArea.Crew(
                    id: CrewID("crew-\($0)")!, members: [MemberID("member-\($0)")!], needs: [],
                    weekdays: [], hours: nil)
            }, duties: [], rules: VisitRules())
    }

    private mutating func place() -> HomePoint {
        HomePoint(
            longitude: Self.home.longitude + Int32(roll(200_000) - 100_000),
            latitude: Self.home.latitude + Int32(roll(120_000) - 60_000))!
    }

    /// Milliseconds for the windows that a new place could be promised.
    mutating func timedWindows() async throws -> Double {
        let question = WindowsQuestion(area: Self.id, place: place())
        let asked = ContinuousClock.now
        _ = try await desk.ask(.windows(question))
        return Self.milliseconds(since: asked)
    }

    private mutating func offer(_ number: Int) -> VisitCommand {
        let place = place()
        let words = PersonWords(
            name: "N \(number)", address: "house \(number)", telephone: "1414", place: place)
        return .offer(
            OfferCommand(
                area: Self.id,
                subject: .new(
                    NewVisit(
                        applicant: .reference("bench-\(seed)-\(number)"), words: words, needs: [],
                        avoided: [], minutes: nil))))
    }

    /// A caller who takes any of the windows.
    mutating func promised(_ number: Int) async throws -> HomeVisitID? {
        let receipt = try await desk.send(offer(number), .random())
        guard let id = receipt.visit, let windows = receipt.offer?.windows, !windows.isEmpty
        else { return nil }
        let window = windows[roll(windows.count)]
        return try await desk.send(.promise(id, start: window.window.start), .random()).visit
    }

    /// Milliseconds for the offer and for the promise of a held window; nil if there was none.
    mutating func timed(
        _ number: Int
    ) async throws -> (offer: Double, promise: Double?, HomeVisitID) {
        let command = offer(number)
        let asked = ContinuousClock.now
        let receipt = try await desk.send(command, .random())
        let offered = Self.milliseconds(since: asked)
        guard let id = receipt.visit else { throw desk.badResponse }
        guard let held = receipt.offer?.windows.first(where: \.isHeld) else {
            return (offered, nil, id)
        }
        let chosen = ContinuousClock.now
        _ = try await desk.send(.promise(id, start: held.window.start), .random())
        return (offered, Self.milliseconds(since: chosen), id)
    }

    private static func milliseconds(since start: ContinuousClock.Instant) -> Double {
        let took = (ContinuousClock.now - start).components
        return Double(took.seconds) * 1e3 + Double(took.attoseconds) / 1e15
    }
}
