// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import KezekClient
import KezekWire
import Parties
import Queue
import Synchronization
import Texts

/// The server that keeps the queue, as long as a command runs.
struct QueueDesk {
    let client: Client
    let language: Language
    private let zones = KnownZones()

    func send(
        _ command: QueueCommand, _ id: RequestID, showing proof: BookingProof? = nil
    ) async throws -> Receipt {
        try await client.send(command, request: id, showing: proof, in: language)
    }

    func ask<Answer>(
        _ question: Question<Answer>, showing proof: BookingProof? = nil
    ) async throws -> Answer {
        try await client.ask(question, showing: proof, in: language)
    }

    func watch<Answer>(_ question: Question<Answer>) -> AsyncThrowingStream<Answer, any Error> {
        client.watch(question, in: language)
    }

    func offices() async throws -> [OfficeSummary] {
        let offices = try await ask(.offices)
        zones.note(offices)
        return offices
    }

    /// The zone of an office's clocks, asked for once; nil if there is no such office.
    func zone(of office: OfficeID) async throws -> String? {
        if let known = zones[office] { return known }
        return try await offices().first { $0.id == office }?.zone
    }

    /// Today where the office is, which its server knows.
    func today(_ office: OfficeID) async throws -> CivilDate {
        // Every role may ask for the list of offices.
        if let found = try await offices().first(where: { $0.id == office }) { return found.today }
        // Why it is not there is told by the server.
        _ = try await ask(.office(office))
        throw badResponse
    }

    /// The name of the zone of the office's clocks; nil if neither it nor its standard names one.
    func zone(of office: QueueOffice) async throws -> String? {
        try await zone(named: office.zone, or: office.standard)
    }

    /// A zone's name, or if it is empty that of a standard's zone; nil if that names none.
    func zone(named name: String, or standard: String) async throws -> String? {
        if !name.isEmpty { return name }
        return try await ask(.standards).first { $0.id == standard }?.zone
    }

    func send(_ command: ApplicationCommand, _ id: RequestID) async throws -> ApplicationView {
        try await client.send(command, request: id, in: language)
    }

    var badResponse: ClientError { .badResponse(client.settings.endpoint) }
}

/// The zones of offices that were told already.
private final class KnownZones: Sendable {
    private let zones = Mutex<[OfficeID: String]>([:])

    subscript(office: OfficeID) -> String? { zones.withLock { $0[office] } }

    func note(_ offices: [OfficeSummary]) {
        zones.withLock { zones in
            for office in offices { zones[office.id] = office.zone }
        }
    }
}
