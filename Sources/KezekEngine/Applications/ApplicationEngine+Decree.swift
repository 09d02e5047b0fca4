// SPDX-License-Identifier: Apache-2.0

import Applications
public import CivilTime
import Enquiries
public import Journal
public import KezekWire
import Parties
import Queue
import Synchronization
public import Texts

/// Called with what a decree moves, on a thread of the engine's or the store's choice.
public typealias DecreeHandler = @Sendable (Result<DecreeEffects, ApplicationFault>) -> Void

extension ApplicationEngine {
    /// Tells what a decree would move, or moves it: all clocks, the queues' days and the calendar in
    /// one batch, which is there as a whole or not at all.
    ///
    /// It takes long, most of it without holding anybody up: clocks are worked out beside the other
    /// commands, and only for registers that these have changed meanwhile once more.
    public func submit(
        _ command: DecreeCommand, request: RequestID, by caller: CallerID = .local, now: Timestamp,
        in language: Language,
        _ handler: @escaping DecreeHandler
    ) {
        submit(
            command, becameKnown: "", request: request, by: caller, now: now, in: language, handler)
    }

    /// The same; `becameKnown` is the calendar of which more became known, where that is why.
    func submit(
        _ command: DecreeCommand, becameKnown: String, request: RequestID, by caller: CallerID,
        now: Timestamp, in language: Language, _ handler: @escaping DecreeHandler
    ) {
        do throws(ApplicationFault) {
            let time = try settle(now)
            if let office = command.office { _ = try self.office(office, time) }
            let mark = RequestMark(
                id: request, fingerprint: Fingerprint(command).value, caller: caller)
            if command.dryRun {
                let decree = try decree(command, becameKnown, time, language)
                return handler(.success(try dryRun(decree)))
            }
            // One decree at a time, each over the calendars that the one before it put in force.
            let known = try state.withLock { state throws(ApplicationFault) -> UInt32? in
                guard let known = state.decrees.requests[mark.id] else {
                    guard !state.decrees.isWriting else { throw .command(.overloaded) }
                    state.decrees.isWriting = true
                    return nil
                }
                guard known.mark == mark else { throw .command(.requestMismatch) }
                return known.revision
            }
            if let known { return handler(.success(try recorded(known))) }
            do throws(ApplicationFault) {
                try adopt(try decree(command, becameKnown, time, language), mark, handler)
            } catch {
                end()
                throw error
            }
        } catch { handler(.failure(error)) }
    }

    private func decree(
        _ command: DecreeCommand, _ becameKnown: String, _ time: Timestamp, _ language: Language
    ) throws(ApplicationFault) -> Decree {
        let old = queue.libraryInForce
        var calendar: NewCalendar?
        if !command.calendar.isEmpty {
            switch read(command.calendar, old) {
            case .success(let read): calendar = read
            case .failure(let faults): throw .badCalendar(faults.list)
            }
            // One of another name would leave every clock by the one that is in force.
            if let name = calendar?.calendar, old.calendars[name] == nil {
                throw .unknownCalendar(name, known: old.calendars.keys.sorted())
            }
            // A year that is taken away would stop the offices at its first day.
            if let lost = calendar?.library.lostYears(since: old, now: time) {
                throw .yearTakenAway(lost)
            }
        }
        return Decree(
            command: command, calendar: calendar, becameKnown: becameKnown, old: old,
            new: calendar?.library ?? old, time: time, language: language)
    }

    /// What was told when the decree was adopted.
    private func recorded(_ revision: UInt32) throws(ApplicationFault) -> DecreeEffects {
        do throws(StoreFailure) {
            let entry = try queue.store.entry(of: .decrees, revision: revision)
            if let entry { return try DecreeLedger.decode(entry).effects }
        } catch { throw .command(.unavailable(error.description)) }
        throw .command(.unavailable("the decree's record cannot be found"))
    }

    private func dryRun(_ decree: Decree) throws(ApplicationFault) -> DecreeEffects {
        let registers = state.withLock { state in
            Self.sorted(state).map { ($0.office, $0.date, $0.committed) }
        }
        let clocks = wallClocks(decree.time)
        var reckoning = decree.reckoning
        let parts = registers.map {
            Decree.Part(
                office: $0.0, date: $0.1, register: $0.2,
                outcome: reckoning.reckon(
                    $0.2, $0.0, $0.1, by: clocks.calendar(of: $0.0),
                    at: clocks.moment(in: $0.0)))
        }
        reckoning.tellAllChanges()
        do throws(CommandFault) {
            let queues = try queue.dryDecree(decree.new, now: decree.time)
            return decree.effects(
                parts.map { ($0.office, $0.outcome) }, reckoning.changes, queues,
                later: foresee(decree, parts, queues))
        } catch { throw .command(error) }
    }

    /// The time at each office.
    struct WallClocks {
        let standard: CivilDateTime
        let offices: [OfficeID: CivilDateTime]
        /// The calendars of those offices that have one of their own.
        let calendars: [OfficeID: String]

        func moment(in office: OfficeID) -> CivilDateTime { offices[office] ?? standard }
        func calendar(of office: OfficeID) -> String { calendars[office] ?? "" }
    }

    func wallClocks(_ now: Timestamp) -> WallClocks {
        var offices: [OfficeID: CivilDateTime] = [:]
        var calendars: [OfficeID: String] = [:]
        for room in queue.allRooms {
            let (moment, calendar) = room.state.withLock {
                ($0.terms.zone.civil(at: now), $0.recorded.calendar)
            }
            offices[room.id] = moment
            if !calendar.isEmpty { calendars[room.id] = calendar }
        }
        // Registers are those of offices; a zone is needed for none besides.
        let earliest = CivilDateTime(.earliest, TimeOfDay(second: 0)!)
        return WallClocks(
            standard: offices.values.min() ?? earliest, offices: offices, calendars: calendars)
    }

    static func sorted(_ state: State) -> [RegisterCell] {
        state.offices.values.flatMap(\.cells.values).filter(\.decided.isOpen)
            .sorted { ($0.office, $0.date) < ($1.office, $1.date) }
    }
}

extension Fingerprint {
    fileprivate init(_ command: DecreeCommand) {
        self.init()
        add(60)
        add(command.calendar)
        add(command.office?.description ?? "")
        add(command.dryRun ? 1 : 0)
    }
}
