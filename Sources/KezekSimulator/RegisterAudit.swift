// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Journal
import KezekEngine
import KezekWire
import Parties

/// What an engine tells of applications, held against the journal.
enum RegisterAudit {
    /// What the engine has in memory is what the journal's events make.
    static func compare(
        _ store: some JournalStore, with engine: ApplicationEngine
    ) throws(AuditFailure) {
        let replayed = try registers(store, engine.unsealing)
        let inMemory = engine.registersInMemory()
        for (stream, register) in inMemory where replayed[stream] != register {
            guard register.revision > 0 else { continue }
            throw AuditFailure(description: "\(stream) in memory is not what the journal says")
        }
        for (stream, register) in replayed where register.isOpen && inMemory[stream] == nil {
            throw AuditFailure(
                description: "\(stream) may be changed by a decree and is not in memory")
        }
    }

    private static func registers(
        _ store: some JournalStore, _ words: WordUnsealing
    ) throws(AuditFailure) -> [StreamName: ApplicationRegister] {
        var registers: [StreamName: ApplicationRegister] = [:]
        var problem: String?
        let arena = Arena(limit: 64 << 20)
        do throws(StoreFailure) {
            try store.scan(after: 0) { placed in
                let stream = placed.entry.stream
                guard case .applications = stream else { return true }
                arena.reset()
                let body = placed.entry.body
                guard let events = try? RegisterEventCodec.decode(body, arena, words: words)
                else {
                    problem = "an entry cannot be read"
                    return false
                }
                if case .opened(let terms) = events.first, registers[stream] == nil {
                    registers[stream] = ApplicationRegister(terms: terms)
                }
                registers[stream]?.apply(events, revision: placed.entry.revision)
                return true
            }
        } catch { problem = error.description }
        if let problem { throw AuditFailure(description: problem) }
        return registers
    }

    /// Each running clock is on its office's list once, and nothing else is.
    static func checkLists(
        of engine: ApplicationEngine, _ offices: [OfficeID], now: Timestamp
    ) throws(AuditFailure) {
        for office in offices {
            let list: WorkingList
            do throws(ApplicationFault) {
                list = try engine.workingList(
                    WorkingListQuestion(office: office, all: true), now: now)
            } catch { throw AuditFailure(description: "no working list: \(error)") }
            let running = engine.registersInMemory().reduce(0) { sum, register in
                guard case .applications(office.description, _) = register.key else { return sum }
                return sum + register.value.open
            }
            guard list.items.count == running, Set(list.items.map(\.id)).count == running else {
                throw AuditFailure(
                    description: "\(running) clocks run, \(list.items.count) are on the list")
            }
        }
    }
}
