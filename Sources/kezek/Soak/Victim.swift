// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import Journal
import KezekClient
import KezekWire
import Parties
import Queue
import Texts

/// A server that is started to be killed.
actor Victim {
    nonisolated let store: String
    nonisolated let endpoint: Endpoint
    /// Further arguments of the server.
    private let arguments: [String]
    nonisolated let folder: URL
    private let data: String
    private var process: Process?
    /// The requests that set the office up.
    private(set) var registered: Set<RequestID> = []

    /// Milliseconds that the server may take for what it must do.
    private static let patience = 300_000

    static let office = OfficeID("soak-1")!
    static let services = ["acceptance", "results"].compactMap { ServiceID($0) }

    /// A server that listens on a socket in the folder, unless a port is given.
    init(folder: URL, data: String, port: Int? = nil, arguments: [String] = []) {
        self.folder = folder
        self.data = data
        self.arguments = arguments
        store = folder.appendingPathComponent("kezek.sqlite").path
        endpoint =
            port.map { .tcp(host: "127.0.0.1", port: $0) }
            ?? .unix(path: folder.appendingPathComponent("socket").path)
    }

    nonisolated func client() -> Client {
        var settings = ClientSettings(endpoint: endpoint)
        settings.connections = 4
        settings.deadlineMilliseconds = Self.patience
        settings.connectMilliseconds = 300
        return Client(settings)
    }

    /// Starts the server and waits until it answers.
    func start() async throws {
        let process = Process()
        process.executableURL = Bundle.main.executableURL
        process.arguments =
            [
                "serve", "--listen", "\(endpoint)", "--store", store, "--data", data,
                // There are working days ahead, whatever day it is here.
                "--log-level", "debug", "--rehearse", "2026-03-19T05:00:00Z",
            ] + arguments
        let log = folder.appendingPathComponent("log").path
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw CommandFailure("cannot write \(log)") }
        defer { close(descriptor) }
        process.standardError = FileHandle(fileDescriptor: descriptor)
        try process.run()
        self.process = process
        var settings = ClientSettings(endpoint: endpoint)
        settings.connectMilliseconds = Self.patience
        settings.deadlineMilliseconds = Self.patience
        let client = Client(settings)
        _ = try await client.ask(.health, in: .en)
        await client.close()
    }

    /// The process, while it runs.
    var processIdentifier: Int32? {
        process.flatMap { $0.isRunning ? $0.processIdentifier : nil }
    }

    func kill() {
        guard let process, process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    func stop() {
        process?.terminate()
        process?.waitUntilExit()
    }

    func register() async throws {
        let id = RequestID.random()
        registered.insert(id)
        let client = client()
        let text = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
        var rules = QueueRules()
        rules.leadSeconds = 0
        rules.holdSeconds = 30
        let office = QueueOffice(
            id: Victim.office, title: text, address: text, standard: "std-7", kind: "corporation",
            zone: "",
            services: Victim.services.map {
                QueueService(id: $0, letter: UInt8(ascii: "A"), title: text, minutes: nil)
            },
            windows: (1...5).map {
                QueueWindow(
                    id: WindowID("\($0)")!, services: Victim.services, roster: [:], breaks: [])
            }, exceptions: [], closures: [], rules: rules)
        _ = try await client.send(
            .changeOffice(OfficeChangeCommand(change: .put(office), dryRun: false)), request: id,
            in: .en)
        await client.close()
    }

    /// Dates on which there is something to book.
    nonisolated func dates(_ client: Client) async throws -> [CivilDate] {
        let today = try await QueueDesk(client: client, language: .en).today(Victim.office)
        let days = try await client.ask(
            .slots(
                SlotsQuestion(
                    office: Victim.office, service: Victim.services[0], channel: .office,
                    from: today.adding(days: 1) ?? today, to: today.adding(days: 13) ?? today)),
            in: .en)
        return days.filter { !$0.starts.isEmpty }.map(\.date)
    }

    static func hold(_ dates: [CivilDate]) -> QueueCommand {
        .hold(
            HoldCommand(
                office: office, service: services.randomElement()!, date: dates.randomElement()!,
                start: TimeOfDay(second: Int32(9 * 3_600 + 1_200 * Int.random(in: 0..<33)))!,
                channel: .office, applicant: .iin(MadeUpPeople.random())))
    }
}
