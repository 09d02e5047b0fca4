// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekFiles
import KezekSimulator
import KezekSQLite
import KezekWire
import Parties
import Queue
import Texts

struct SoakKill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill",
        abstract: "Kill a server under load again and again, and look for what it lost.",
        discussion: """
            Starts servers of its own in a temporary folder. After each kill -9 every command
            that was acknowledged is repeated and must get the same receipt; in the end the
            journal must hold all of them, and nothing that nobody asked for. No file that the
            servers have written, their logs included, may have an IIN in it, or what was
            typed about somebody.

            Example:
              kezek soak kill --times 100
            """)

    @Option(help: "How often.")
    var times = 100

    @Option(help: "Commands going on at once.")
    var clients = 32

    @Option(help: "Milliseconds of load before each kill, at most.")
    var milliseconds = 400

    @OptionGroup var data: DataOption

    func validate() throws {
        guard (1...100_000).contains(times), (1...1_000).contains(clients),
            (1...60_000).contains(milliseconds)
        else { throw Wrong.told("--times, --clients and --milliseconds must be positive.") }
    }

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kezek-soak-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let victim = Victim(folder: folder, data: try data.folder().root.path)
        let record = KillRecord()
        var progress = Progress(said(kk: "өшірулер", ru: "остановки", en: "kills"))
        do {
            for round in 0..<times {
                try await attack(victim, record, isFirst: round == 0)
                progress.show(UInt64(round + 1), of: UInt64(times))
            }
            try await victim.start()
            try await repeatAll(victim, record)
            await victim.stop()
            progress.end()
            try await report(victim, record)
        } catch {
            progress.end()
            await victim.kill()
            throw error
        }
    }

    private func attack(_ victim: Victim, _ record: KillRecord, isFirst: Bool) async throws {
        try await victim.start()
        if isFirst { try await victim.register() }
        try await repeatAll(victim, record)
        let client = victim.client()
        let dates = try await victim.dates(client)
        let load = Task {
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<clients {
                    group.addTask { await Self.load(client, dates, record) }
                }
            }
        }
        let pause = UInt64.random(in: 20...UInt64(max(21, milliseconds)))
        try await Task.sleep(nanoseconds: pause * 1_000_000)
        await victim.kill()
        load.cancel()
        await client.close()
        await load.value
    }

    /// Books and takes tickets until the server is gone.
    private static func load(_ client: Client, _ dates: [CivilDate], _ record: KillRecord) async {
        while !Task.isCancelled {
            let command = Victim.hold(dates)
            guard let receipt = await send(command, .random(), client, record) else { return }
            guard let booking = receipt.booking?.id else { continue }
            let next: BookingAction =
                Bool.random()
                ? .confirm
                : .cancel(
                    by: .applicant, reason: MadeUpPeople.words + "\(UInt32.random(in: 0...9))")
            guard await send(.booking(booking, next), .random(), client, record) != nil else {
                return
            }
        }
    }

    /// Nil when the server is gone; then nobody knows what came of the command.
    private static func send(
        _ command: QueueCommand, _ id: RequestID, _ client: Client, _ record: KillRecord
    ) async -> Receipt? {
        await record.sending(id, command)
        do throws(ClientError) {
            let receipt = try await client.send(command, request: id, in: .en)
            await record.acknowledged(id, receipt)
            return receipt
        } catch {
            guard case .refused(let refusal) = error, !refusal.reason.mayBeRetried else {
                return nil
            }
            await record.refused(id)
            return Receipt(revision: 0)
        }
    }

    /// Repeats what the last round did: what was acknowledged must be told alike, and what was left
    /// open is settled now.
    private func repeatAll(_ victim: Victim, _ record: KillRecord) async throws {
        let client = victim.client()
        for (id, command, before) in await record.toRepeat() {
            do throws(ClientError) {
                let receipt = try await client.send(command, request: id, in: .en)
                if let before, before != receipt {
                    throw ClientError.badResponse(client.settings.endpoint)
                }
                await record.acknowledged(id, receipt)
            } catch {
                guard before == nil, case .refused = error else {
                    await client.close()
                    throw CommandFailure(
                        "an acknowledged command was not told alike after the kill: "
                            + "\("\(command)"), \(error.description)")
                }
                await record.refused(id)
            }
        }
        await client.close()
    }

    private func report(_ victim: Victim, _ record: KillRecord) async throws {
        let reader = try SQLiteReader(path: victim.store)
        defer { reader.close() }
        let chain = try reader.verifyChain()
        if let fault = chain.fault { throw CommandFailure("\(fault.position): \(fault.problem)") }
        let audit = try JournalAudit { each in try reader.scan(after: 0, each) }
        let written = try WrittenFiles.requireNothing(
            of: await record.people, in: victim.folder)
        let (sent, acknowledged) = await record.totals
        let found = audit.allRequests
        guard acknowledged.isSubset(of: found) else {
            throw CommandFailure("\(acknowledged.subtracting(found).count) commands are lost")
        }
        guard found.isSubset(of: sent.union(await victim.registered)) else {
            throw CommandFailure("the journal has commands that nobody sent")
        }
        try Terminal.line(
            SoakWords.here.kills(
                times, sent: sent.count, acknowledged: acknowledged.count, checked: audit.entries,
                people: await record.people.count, bytes: written))
    }
}

/// What the load has sent, and what it was told.
actor KillRecord {
    private var open: [RequestID: QueueCommand] = [:]
    private var lately: [RequestID: (QueueCommand, Receipt)] = [:]
    private var sent: Set<RequestID> = []
    private var done: Set<RequestID> = []
    /// The IINs that were sent.
    private(set) var people: Set<String> = []

    func sending(_ id: RequestID, _ command: QueueCommand) {
        sent.insert(id)
        if case .hold(let hold) = command, case .iin(let iin) = hold.applicant {
            people.insert(iin.digits)
        }
        open[id] = command
    }

    func acknowledged(_ id: RequestID, _ receipt: Receipt) {
        done.insert(id)
        guard let command = open.removeValue(forKey: id) else { return }
        lately[id] = (command, receipt)
    }

    func refused(_ id: RequestID) { open[id] = nil }

    /// What is to be repeated after a kill; each acknowledged command is, once.
    func toRepeat() -> [(RequestID, QueueCommand, Receipt?)] {
        let all =
            lately.map { ($0.key, $0.value.0, Optional($0.value.1)) }
            + open.map { ($0.key, $0.value, nil) }
        lately = [:]
        return all
    }

    var totals: (sent: Set<RequestID>, acknowledged: Set<RequestID>) { (sent, done) }
}
