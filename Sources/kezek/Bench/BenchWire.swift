// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import Deadlines
import Enquiries
import KezekFiles
import KezekWire
import Texts

struct BenchWire: AsyncParsableCommand {
    enum Subject: String, ExpressibleByArgument, CaseIterable {
        /// One due date a request, without its proof.
        case due
        /// One due date a request, with its proof.
        case proof
        /// Many due dates a request, in packed columns.
        case bulk
    }

    static let configuration = CommandConfiguration(
        commandName: "wire",
        abstract: "Ask a server as fast as it answers, over many connections.",
        discussion: """
            Each connection keeps the same number of requests in flight (a closed loop, as
            redis-benchmark does), and its first response is compared with the answer
            computed here.

            Example:
              kezek bench wire --server 127.0.0.1:7447 --connections 64 --pipeline 16 \\
                        --seconds 5
            """)

    @Option(help: ArgumentHelp("The server.", valueName: "host:port"))
    var server = Endpoint.tcp(host: "127.0.0.1", port: 7447)

    @Option(help: "What to ask: due, proof or bulk.")
    var subject: Subject = .due

    @Option(help: "Connections to keep busy.")
    var connections = 64

    @Option(help: "Requests in flight on each connection.")
    var pipeline = 1

    @Option(help: "Seconds to measure, after half a second to warm up.")
    var seconds = 5.0

    @Option(help: "Due dates in a bulk request.")
    var rows = 10_000

    @OptionGroup var data: DataOption

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (1...10_000).contains(connections), (1...1_000).contains(pipeline),
            (0.1...3_600).contains(seconds), (1...CallLimit.dueDatesRows).contains(rows)
        else {
            throw Wrong.told(
                "--connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, --rows 1–100000.")
        }
    }

    func run() async throws {
        let library = try data.folder().library()
        guard let expected = try library.reply(to: question, in: .en, now: Clock.now()) else {
            preconditionFailure("the library answers this")
        }
        let request = WireRequest(id: 1, deadlineMilliseconds: 0, language: .en, call: question)
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        guard let message = RequestCodec.encode(request, arena) else {
            throw CommandFailure("the request is longer than a frame; use fewer --rows")
        }
        var load = try ClosedLoop(
            endpoint: server, message: message, connections: connections, pipeline: pipeline)
        let result = try load.run(seconds: seconds, expecting: expected)
        let perRequest = subject == .bulk ? rows : 1
        if json {
            try JSONText.print(
                [
                    "subject": subject.rawValue, "connections": connections, "pipeline": pipeline,
                    "requestsPerSecond": result.perSecond,
                    "datesPerSecond": result.perSecond * Double(perRequest),
                    "p50Microseconds": result.microseconds(50),
                    "p99Microseconds": result.microseconds(99),
                    "p999Microseconds": result.microseconds(99.9),
                ] as JSONObject)
        } else {
            let latency = BenchWords.Latency(
                p50: result.microseconds(50), p99: result.microseconds(99),
                p999: result.microseconds(99.9))
            let told = BenchWords.here.wire(
                requests: result.perSecond, dates: result.perSecond * Double(perRequest), latency)
            try Terminal.line("\(subject.rawValue)  \(connections) × \(pipeline): \(told)")
        }
    }

    private var question: Call {
        let clock = ClockName(standard: "std-7", channel: "corporation-elsewhere")
        // Thursday 19 March 2026, 16:05: the five days of Nauryz lie in the term.
        let start = CivilDateTime(
            CivilDate(year: 2026, month: 3, day: 19)!, TimeOfDay(hour: 16, minute: 5)!)
        switch subject {
        case .due: return .dueDate(DueDateQuestion(clock: clock, start: start, proof: false))
        case .proof: return .dueDate(DueDateQuestion(clock: clock, start: start))
        case .bulk:
            let first = start.date.dayNumber
            let days: [Int32] = (0..<rows).map { first - Int32($0 % 3_000) }
            return .dueDates(
                DueDatesQuestion(
                    clock: clock, outsideReception: .refuse, asKnownOn: nil, startDays: days,
                    startSeconds: []))
        }
    }
}
