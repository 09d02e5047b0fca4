// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import KezekClient
import KezekWire
import Parties
import Queue
import Texts

/// The offices, dates and slots that a load is spread over.
struct BenchTargets {
    let offices: [OfficeID]
    let dates: [CivilDate]
    let starts: [Int32]
    let service: ServiceID

    func slots(_ generator: inout SplitMix) -> QueueQuestion {
        let date = dates.randomElement(using: &generator)!
        return .slots(
            SlotsQuestion(
                office: offices.randomElement(using: &generator)!, service: service,
                channel: .office, from: date, to: date))
    }

    /// A hold of a slot drawn at random, for an applicant who was never there before.
    func hold(_ generator: inout SplitMix) -> QueueCommand {
        .hold(
            HoldCommand(
                office: offices.randomElement(using: &generator)!, service: service,
                date: dates.randomElement(using: &generator)!,
                start: TimeOfDay(second: starts.randomElement(using: &generator)!)!,
                channel: .office,
                applicant: .reference(String(generator.next(), radix: 36))))
    }
}

extension QueueLoad.Kind: ExpressibleByArgument {}

struct BenchQueue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Hold, book or ask for slots as fast as a server answers, or at a fixed rate.",
        discussion: """
            Registers offices named bench-1, bench-2, … with 64 windows each, if they are
            not there, and spreads the load over their days. Use a store of its own.

            Examples:
              kezek serve --store /tmp/bench.sqlite --create
              kezek bench queue --kind book --connections 64 --pipeline 16
              kezek bench queue --kind hold --connections 64 --rate 20000
            """)

    @Option(help: ArgumentHelp("The server.", valueName: "host:port"))
    var server = Endpoint.tcp(host: "127.0.0.1", port: 7447)

    @Option(help: "What to do: hold, book (hold and confirm) or slots.")
    var kind: QueueLoad.Kind = .book

    @Option(help: "Connections.")
    var connections = 64

    @Option(help: "Operations going on at once on each connection.")
    var pipeline = 1

    @Option(help: "Operations a second, whatever the server does; else as many as it answers.")
    var rate: Double?

    @Option(help: "Seconds to measure, after half a second to warm up.")
    var seconds = 5.0

    @Option(help: "Offices to spread the load over.")
    var offices = 500

    @Option(help: "Working days to spread it over.")
    var days = 14

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(connections), (1...1_000).contains(pipeline),
            (0.1...3_600).contains(seconds), (1...10_000).contains(offices),
            (1...40).contains(days), (1...10_000_000).contains(rate ?? 1)
        else {
            throw Wrong.told(
                "--connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, "
                    + "--offices 1–10000, --days 1–40, --rate 1–10000000.")
        }
    }

    func run() async throws {
        let client = Client(ClientSettings(endpoint: server))
        let targets = try await prepare(client)
        await client.close()
        var load = try QueueLoad(
            kind, targets, endpoint: server, connections: connections, pipeline: pipeline,
            rate: rate)
        let result = try load.run(seconds: seconds)
        if json {
            try JSONText.print(
                [
                    "kind": kind.rawValue, "connections": connections, "pipeline": pipeline,
                    "rate": rate, "perSecond": result.perSecond, "refused": result.refused,
                    "overloaded": result.overloaded, "p50Microseconds": result.microseconds(50),
                    "p99Microseconds": result.microseconds(99),
                    "p999Microseconds": result.microseconds(99.9),
                ] as JSONObject)
        } else {
            let latency = BenchWords.Latency(
                p50: result.microseconds(50), p99: result.microseconds(99),
                p999: result.microseconds(99.9))
            let told = BenchWords.here.queue(
                result.perSecond, refused: result.refused, overloaded: result.overloaded, latency)
            try Terminal.line("\(kind.rawValue)  \(connections) × \(pipeline): \(told)")
        }
    }

    /// Registers the offices, and finds the working days and their slots.
    private func prepare(_ client: Client) async throws -> BenchTargets {
        let known = try await client.ask(.offices, in: .en)
        let names = (1...offices).compactMap { OfficeID("bench-\($0)") }
        let missing = Set(names).subtracting(known.map(\.id))
        for name in names where missing.contains(name) {
            _ = try await client.send(
                .changeOffice(
                    OfficeChangeCommand(change: .put(Self.office(name)), dryRun: false)), in: .en)
        }
        let service = ServiceID("acceptance")!
        let today = try await QueueDesk(client: client, language: .en).today(names[0])
        let tomorrow = today.adding(days: 1) ?? today
        let slots = try await client.ask(
            .slots(
                SlotsQuestion(
                    office: names[0], service: service, channel: .office, from: tomorrow,
                    to: tomorrow.adding(days: 60) ?? tomorrow)), in: .en)
        let open = slots.filter { !$0.starts.isEmpty }.prefix(days)
        guard let first = open.first else { throw CommandFailure("no working day lies ahead") }
        return BenchTargets(
            offices: names, dates: open.map(\.date), starts: first.starts, service: service)
    }

    /// An office of the Corporation with as many windows as there can be.
    private static func office(_ id: OfficeID) -> QueueOffice {
        let title = LocalizedText(
            kk: "Өлшеу кеңсесі", ru: "Отделение для замеров", en: "Load office")
        let service = ServiceID("acceptance")!
        var rules = QueueRules()
        rules.horizonDays = 62
        rules.leadSeconds = 0
        // What is held stays held while it is measured.
        rules.holdSeconds = 86_400
        return QueueOffice(
            id: id, title: title, address: title, standard: "std-7", kind: "corporation", zone: "",
            services: [
                QueueService(id: service, letter: UInt8(ascii: "A"), title: title, minutes: nil)
            ],
            windows: (1...QueueOffice.windowLimit).map {
                QueueWindow(id: WindowID("\($0)")!, services: [service], roster: [:], breaks: [])
            }, exceptions: [], closures: [], rules: rules)
    }
}
