// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekEngine
import KezekSimulator
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts

/// Two offices of the Corporation over one store, at a time that tests set.
struct Region {
    static let offices = [OfficeID("o")!, OfficeID("p")!]

    let store = MemoryStore(commitsByItself: false)
    private(set) var queue: QueueEngine
    var now = Timestamp("2026-11-30T03:00:00Z")!
    private var requests: UInt64 = 0

    init(_ receptions: [Reception?]) throws {
        (queue, _) = try Desk.engines(store, try Repository.library())
        try queue.start(now: now)
        for (id, reception) in zip(Self.offices, receptions) {
            let office = Self.office(id, reception)
            _ = try send(.changeOffice(.init(change: .put(office), dryRun: false)))
        }
    }

    static func office(
        _ id: OfficeID, _ reception: Reception?, kind: String = "corporation"
    ) -> QueueOffice {
        let hall = Hall.described(["abcdef", "abcdef", "abcdef"], horizon: 30)
        return QueueOffice(
            id: id, title: hall.title, address: hall.address, standard: hall.standard, kind: kind,
            zone: "", services: hall.services, windows: hall.windows, exceptions: [], closures: [],
            rules: hall.rules, reception: reception)
    }

    /// As after a crash: everything from the store.
    mutating func restart() throws {
        (queue, _) = try Desk.engines(store, try Repository.library())
        try queue.start(now: now)
    }

    /// Sends a command; what came of it is there once the store has committed.
    mutating func begin(
        _ command: QueueCommand, as standing: Standing = .office
    ) -> Desk.Box<Result<Receipt, CommandFault>?> {
        requests += 1
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        queue.submit(command, request: Desk.id(5_000 + requests), as: standing, now: now) {
            result in
            box.value.withLock { $0 = result }
        }
        return box
    }

    mutating func send(
        _ command: QueueCommand, as standing: Standing = .office
    ) throws(CommandFault) -> Receipt {
        let box = begin(command, as: standing)
        store.commit()
        return try (box.value.withLock { $0 } ?? .failure(.overloaded)).get()
    }

    static func hold(
        _ office: OfficeID, _ day: CivilDate, _ service: String = "a", _ start: Int32 = 36_000,
        who: String = "who"
    ) -> QueueCommand {
        .hold(
            HoldCommand(
                office: office, service: ServiceID(service)!, date: day,
                start: TimeOfDay(second: start)!, channel: .office, applicant: .reference(who)))
    }
}

extension Timestamp {
    /// The date of the offices' wall clock.
    var civilDate: CivilDate {
        CivilDate(dayNumber: Int32((second + 5 * 3_600) / 86_400))!
    }
}
