// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import KezekClient
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

    func offices() async throws -> [OfficeSummary] {
        guard case .offices(let offices) = try await ask(.offices) else { throw badResponse }
        zones.note(offices)
        return offices
    }

    /// The zone of an office's clocks, asked for once; nil if there is no such office.
    func zone(of office: OfficeID) async throws -> String? {
        if let known = zones[office] { return known }
        return try await offices().first { $0.id == office }?.zone
    }

    func office(_ id: OfficeID) async throws -> QueueOffice {
        guard case .office(let office) = try await ask(.office(id)) else { throw badResponse }
        return office
    }

    func slots(_ question: SlotsQuestion) async throws -> [DaySlots] {
        guard case .slots(let slots) = try await ask(.slots(question)) else { throw badResponse }
        return slots
    }

    func firstFree(_ question: FirstFreeQuestion) async throws -> [CivilDateTime] {
        guard case .firstFree(let found) = try await ask(.firstFree(question)) else {
            throw badResponse
        }
        return found
    }

    func booking(
        _ id: BookingID, showing proof: BookingProof? = nil
    ) async throws -> BookingView {
        guard case .booking(let booking) = try await ask(.booking(id), showing: proof) else {
            throw badResponse
        }
        return booking
    }

    func board(_ office: OfficeID, since revision: UInt32 = 0) async throws -> Board {
        guard case .board(let board) = try await ask(.board(office, since: revision)) else {
            throw badResponse
        }
        return board
    }

    func wait(
        _ office: OfficeID, _ subject: WaitSubject, showing proof: BookingProof? = nil
    ) async throws -> WaitAnswer {
        guard case .wait(let answer) = try await ask(.wait(office, subject), showing: proof) else {
            throw badResponse
        }
        return answer
    }

    func day(_ office: OfficeID, _ date: CivilDate) async throws -> DayRecord {
        guard case .day(let record) = try await ask(.day(office, date)) else { throw badResponse }
        return record
    }

    func statistics(
        _ office: OfficeID, from: CivilDate, to: CivilDate
    ) async throws -> QueueStatistics {
        guard case .statistics(let found) = try await ask(.statistics(office, from: from, to: to))
        else { throw badResponse }
        return found
    }

    /// Today where the office is, which its server knows.
    func today(_ office: OfficeID) async throws -> CivilDate {
        // Every role may ask for the list of offices.
        if let found = try await offices().first(where: { $0.id == office }) { return found.today }
        // Why it is not there is told by the server.
        _ = try await self.office(office)
        throw badResponse
    }

    /// The name of the zone of the office's clocks; nil if neither it nor its standard names one.
    func zone(of office: QueueOffice) async throws -> String? {
        try await zone(named: office.zone, or: office.standard)
    }

    /// A zone's name, or if it is empty that of a standard's zone; nil if that names none.
    func zone(named name: String, or standard: String) async throws -> String? {
        if !name.isEmpty { return name }
        return try await standards().first { $0.id == standard }?.zone
    }

    func standards() async throws -> [StandardSummary] {
        guard case .standards(let standards) = try await client.ask(.standards, in: language) else {
            throw badResponse
        }
        return standards
    }

    func ask(_ question: ApplicationQuestion) async throws -> ApplicationAnswer {
        try await client.ask(question, in: language)
    }

    func intake(_ question: IntakeCheckQuestion) async throws -> IntakeAnswer {
        try await client.intake(question, in: language)
    }

    func send(_ command: ApplicationCommand, _ id: RequestID) async throws -> ApplicationView {
        try await client.send(command, request: id, in: language)
    }

    private func ask(
        _ question: QueueQuestion, showing proof: BookingProof? = nil
    ) async throws -> QueueAnswer {
        try await client.ask(question, showing: proof, in: language)
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

extension Client {
    /// Papers beside the list of what their standard asks for.
    func intake(
        _ question: IntakeCheckQuestion, in language: Language
    ) async throws -> IntakeAnswer {
        guard case .intakeCheck(let answer) = try await ask(.intakeCheck(question), in: language)
        else { throw ClientError.badResponse(settings.endpoint) }
        return answer
    }
}
