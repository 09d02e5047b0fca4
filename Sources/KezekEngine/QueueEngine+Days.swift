// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekWire
import Parties
import Queue
import Synchronization
import Texts

extension QueueEngine {
    /// The day's cell for a decision: in memory, in the store, or new.
    ///
    /// It is among the office's days only once something is sent for it: a day on which commands
    /// were refused and nothing has happened follows each change of its plan.
    func cell(
        of date: CivilDate, _ office: OfficeID, _ now: Timestamp, _ state: inout RoomState
    ) throws(CommandFault) -> DayCell {
        if let cell = state.days[date.dayNumber] { return cell }
        if date < state.loadedFrom, let cell = try load(date, office, &state) { return cell }
        return try untouched(date, office, now, &state)
    }

    /// A day on which nothing has happened, as it is planned by what is known today.
    func untouched(
        _ date: CivilDate, _ office: OfficeID, _ now: Timestamp, _ state: inout RoomState
    ) throws(CommandFault) -> DayCell {
        let today = state.today(now)
        if state.knownOn != today {
            state.forgetPlans()
            state.knownOn = today
        }
        if let cell = state.untouched[date.dayNumber] { return cell }
        if state.planner == nil {
            let catalog = state.decree.map { OfficeCatalog($0.library) } ?? catalog
            state.planner = catalog.planner(for: state.office, state.terms, knownOn: today)
        }
        let plan = try plan(date, state.planner, office)
        // Nothing begins on a day of which a decree on its way to the disk makes another: should it
        // be lost, the day would stay as it had planned it.
        if state.decree != nil {
            let terms = catalog.terms(for: state.office)
            let planner = terms.flatMap {
                catalog.planner(for: state.office, $0, knownOn: today)
            }
            guard let now = try? planner?.plan(date), now.isSameDay(as: plan) else {
                throw .overloaded
            }
        }
        let cell = DayCell(
            stream: .officeDay(office.description, date), office: office, date: date,
            day: OfficeDay(planned: plan, like: state.grid(for: plan)))
        // Far-off dates that somebody asks for are not kept.
        if abs(today.days(until: date)) <= 70 { state.untouched[date.dayNumber] = cell }
        return cell
    }

    /// A day from the store; nil if nothing has happened on it.
    private func load(
        _ date: CivilDate, _ office: OfficeID, _ state: inout RoomState
    ) throws(CommandFault) -> DayCell? {
        do throws(StoreFailure) {
            return try load(.officeDay(office.description, date), office, date, &state)
        } catch { throw .unavailable(error.description) }
    }

    func load(
        _ stream: StreamName, _ office: OfficeID, _ date: CivilDate, _ state: inout RoomState
    ) throws(StoreFailure) -> DayCell? {
        try load(stream, office, date) { state.grid(for: $0) }
    }

    func load(
        _ stream: StreamName, _ office: OfficeID, _ date: CivilDate,
        grid: (DayPlan) -> SlotGrid
    ) throws(StoreFailure) -> DayCell? {
        guard let history = try store.history(of: stream) else { return nil }
        let arena = Arenas.take()
        defer { Arenas.give(arena) }
        var cell: DayCell?
        for entry in history.entries {
            let events = try decode(entry, arena)
            if case .planned(let plan) = events.first, cell == nil {
                let day = OfficeDay(planned: plan, like: grid(plan))
                cell = DayCell(stream: stream, office: office, date: date, day: day)
            }
            guard let cell else {
                throw StoreFailure("\(stream) does not begin with a plan; check the journal")
            }
            cell.replay(events, entry, at: cell.committed.time(of: entry.at))
        }
        cell?.settleDue()
        cell?.savedRevision = history.savedRevision
        return cell
    }

    func decode(_ entry: Entry, _ arena: Arena) throws(StoreFailure) -> [DayEvent] {
        arena.reset()
        do throws(RecordFailure) {
            return try DayEventCodec.decode(entry.body, arena, words: vault.unsealing)
        } catch {
            throw StoreFailure(
                "\(entry.stream) at revision \(entry.revision): \(error.description)")
        }
    }

    /// Has a busy day packed once enough has happened on it since it last was.
    ///
    /// The more there is, the longer packing takes: so a day is packed the more seldom the longer it is,
    /// and what is packed in all stays below three times its entries.
    func keepSnapshot(of cell: DayCell) {
        keepSnapshot(of: cell, every: max(Limits.entriesPerSnapshot, cell.savedRevision / 2))
    }

    /// Has a day packed if so many entries have come since it last was.
    func keepSnapshot(of cell: DayCell, every count: UInt32) {
        let revision = cell.committed.revision
        guard revision - cell.savedRevision >= count else { return }
        cell.savedRevision = revision
        let (stream, store) = (cell.stream, store)
        background { store.pack(stream) }
    }

    /// Answers a repeated request with what was recorded: the day is made again as it was then.
    func repeated(
        _ stream: StreamName, _ office: OfficeID, _ date: CivilDate, _ revision: UInt32,
        _ mark: RequestMark, _ handler: @escaping ReceiptHandler
    ) -> @Sendable () -> Void {
        { [self] in
            background { [self] in
                handler(recorded(stream, office, date, revision, mark))
            }
        }
    }

    private func recorded(
        _ stream: StreamName, _ office: OfficeID, _ date: CivilDate, _ revision: UInt32,
        _ mark: RequestMark
    ) -> Result<Receipt, CommandFault> {
        do throws(StoreFailure) {
            var day: OfficeDay?
            var last: [DayEvent] = []
            let arena = Arena(limit: 64 << 20)
            for entry in try store.history(of: stream)?.entries ?? []
            where entry.revision <= revision {
                let events = try decode(entry, arena)
                if entry.revision == revision, entry.request != mark {
                    return .failure(.requestMismatch)
                }
                if case .planned(let plan) = events.first, day == nil {
                    day = OfficeDay(plan: plan)
                }
                let at = day?.time(of: entry.at) ?? 0
                day?.apply(events, revision: entry.revision, at: at)
                last = events
            }
            guard let day, day.revision == revision else {
                return .failure(.unavailable("\(stream) has no revision \(revision)"))
            }
            let receipt = day.receipt(of: last, office: office, date: date)
            return .success(keyed(receipt, office, date))
        } catch { return .failure(.unavailable(error.description)) }
    }

    // MARK: Alternatives

    /// The nearest free slots after a refusal that others would not get; none for other refusals.
    func alternatives(
        to refusal: QueueRefusal, _ command: DayCommand, _ date: CivilDate, _ now: Timestamp,
        _ office: OfficeID, _ state: inout RoomState, for standing: Standing
    ) -> [CivilDateTime] {
        switch command {
        case .hold(let service, let start, let channel, _, let further):
            return alternatives(
                to: refusal, service, start, channel, date, now, office, &state, further: further)
        case .takeTicket(let service, _):
            guard case .bookingsOnly = refusal else { return [] }
            let time = state.terms.zone.civil(at: now).time.second
            return alternatives(
                to: refusal, service, time, standing.channels?.first ?? .office, date, now, office,
                &state)
        default: return []
        }
    }

    func alternatives(
        to refusal: QueueRefusal, _ service: ServiceID, _ start: Int32,
        _ channel: BookingChannel, _ date: CivilDate, _ now: Timestamp, _ office: OfficeID,
        _ state: inout RoomState, leaving: BookingID? = nil, further: FurtherServices? = nil
    ) -> [CivilDateTime] {
        let asked = AskedSlots(
            service: service, further: further, channel: channel, leaving: leaving)
        switch refusal {
        case .slotTaken, .notASlot, .slotPassed, .tooSoon, .closed, .bookingsOnly: break
        case .tooFar: return lastFree(asked, now, office, &state)
        default: return []
        }
        var found = free(date, asked, now, office, &state)
            .sorted { (abs($0 - start), $0) < (abs($1 - start), $1) }
            .prefix(Limits.alternatives).sorted()
            .compactMap { TimeOfDay(second: $0).map { CivilDateTime(date, $0) } }
        // Then the days around it, a later one before an earlier one.
        let today = state.today(now)
        let last = today.adding(days: Int(state.office.rules.horizonDays)) ?? today
        let middle = max(date, today)
        let farthest = max(middle.days(until: last), today.days(until: middle))
        // For a date that is past the first is the present day.
        for distance in (middle == date ? 1 : 0)...max(1, farthest)
        where found.count < Limits.alternatives {
            for (days, isLater) in [(distance, true), (-distance, false)]
            where days != 0 || isLater {
                guard let day = middle.adding(days: days), (today...max(today, last)).contains(day)
                else {
                    continue
                }
                let free = free(day, asked, now, office, &state)
                let room = Limits.alternatives - found.count
                found += (isLater ? free.prefix(room) : free.suffix(room))
                    .compactMap { TimeOfDay(second: $0).map { CivilDateTime(day, $0) } }
            }
        }
        return found.sorted()
    }

    /// The refusal of what belongs to the present day while the office does not receive; nil for another
    /// refusal.
    func receivesNobody(
        _ refusal: QueueRefusal, _ today: CivilDate, _ now: Timestamp, _ office: OfficeID,
        _ state: inout RoomState
    ) -> CommandFault? {
        switch refusal {
        case .outsideReception, .closed:
            .receivesNobody(
                refusal, on: today, next: nextOpening(today, now, office, &state))
        default: nil
        }
    }

    /// When the office receives next, from now on; nil if that is further away than slots are open for.
    private func nextOpening(
        _ today: CivilDate, _ now: Timestamp, _ office: OfficeID, _ state: inout RoomState
    ) -> CivilDateTime? {
        let last = today.adding(days: Int(max(7, state.office.rules.horizonDays))) ?? today
        for date in stride(from: today, through: last, by: 1) {
            guard
                let plan = state.days[date.dayNumber]?.decided.plan
                    ?? (try? untouched(date, office, now, &state).committed.plan)
            else { return nil }
            let time = plan.time(at: now)
            if let start = plan.hours.first(where: { $0.start > time })?.start,
                let time = TimeOfDay(second: start)
            {
                return CivilDateTime(date, time)
            }
        }
        return nil
    }

    /// The last free slots of those that can be booked already.
    private func lastFree(
        _ asked: AskedSlots, _ now: Timestamp, _ office: OfficeID, _ state: inout RoomState
    ) -> [CivilDateTime] {
        let today = state.today(now)
        var found: [CivilDateTime] = []
        var next = today.adding(days: Int(state.office.rules.horizonDays))
        while found.count < Limits.alternatives, let day = next, day >= today {
            let free = free(day, asked, now, office, &state)
                .suffix(Limits.alternatives - found.count)
            found =
                free.compactMap { TimeOfDay(second: $0).map { CivilDateTime(day, $0) } } + found
            next = day.adding(days: -1)
        }
        return found
    }

    /// The starts of a date's free slots, as decisions see them; for a booking that is to be moved,
    /// its own place is free.
    private func free(
        _ date: CivilDate, _ asked: AskedSlots, _ now: Timestamp, _ office: OfficeID,
        _ state: inout RoomState
    ) -> [Int32] {
        guard
            let day = (state.days[date.dayNumber]?.decided)
                ?? (try? untouched(date, office, now, &state).committed),
            let index = day.plan.service(asked.service)
        else { return [] }
        let further = asked.further?.turns(in: day.plan)
        guard (further == nil) == (asked.further == nil) else { return [] }
        let at = day.time(of: now)
        let (starts, free) = day.slots(
            of: index, further: further, channel: asked.channel, at: at,
            daysAhead: state.today(now).days(until: date),
            leaving: asked.leaving?.date == date ? asked.leaving?.number : nil)
        return zip(starts, free).filter { $0.1 > 0 }.map(\.0)
    }
}

/// Of what free slots are asked for.
private struct AskedSlots {
    let service: ServiceID
    let further: FurtherServices?
    let channel: BookingChannel
    /// The booking that would give up its place.
    let leaving: BookingID?
}
