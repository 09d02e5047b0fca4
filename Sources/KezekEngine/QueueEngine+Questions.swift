// SPDX-License-Identifier: Apache-2.0

public import CivilTime
package import Journal
public import Parties
public import Queue
import Synchronization

extension QueueQuestion {
    /// Whether it is answered from memory at once; others may read the disk, look at many days, or
    /// compute for milliseconds.
    public func isQuick(now: Timestamp) -> Bool {
        // Yesterday is in memory in every zone.
        let inMemory = now.second / 86_400
        switch self {
        case .slots(let question):
            return question.from.days(until: question.to) < 8
                && Int64(question.from.dayNumber) >= inMemory
        case .booking(let id): return Int64(id.date.dayNumber) >= inMemory
        case .office, .firstFree, .board: return true
        case .waitingPlace(let id): return Int64(id.date.dayNumber) >= inMemory
        case .offices, .nearestFree, .bookings, .wait, .day, .statistics, .waitingList:
            return false
        }
    }
}

extension QueueEngine {
    /// The answer to a question in the right of `standing`, from what is on disk.
    public func answer(
        _ question: QueueQuestion, as standing: Standing = .office, now: Timestamp
    ) throws(CommandFault) -> QueueAnswer {
        switch question {
        case .offices: .offices(summaries(now))
        case .office(let id): .office(try room(id, orRefuse: ()).state.withLock { $0.recorded })
        case .slots(let question): .slots(try slots(question, now))
        case .firstFree(let question): .firstFree(try firstFree(question, now))
        case .nearestFree(let question): .nearestFree(try nearestFree(question, now))
        case .bookings(let question): .bookings(try bookings(question, now))
        case .booking(let id): .booking(try booking(id, standing, now))
        case .board(let office, let seen): .board(try board(office, seen: seen, now: now))
        case .wait(let office, let subject): .wait(try wait(office, subject, standing, now))
        case .day(let office, let date): .day(try record(office, date, now))
        case .statistics(let office, let from, let to):
            .statistics(try statistics(office, from, to, now))
        case .waitingPlace(let id):
            .waitingPlace(
                try waitingPlace(
                    id, standing, try day(id.date, id.office, now), now))
        case .waitingList(let office, let date):
            .waitingList(
                try day(date, office, now).waitingViews(office: office, date: date))
        }
    }

    private func room(_ id: OfficeID, orRefuse: Void) throws(CommandFault) -> OfficeRoom {
        guard let room = room(id) else { throw .unknownOffice(id) }
        return room
    }

    private func summaries(_ now: Timestamp) -> [OfficeSummary] {
        allRooms.map { room in
            room.state.withLock { state in
                OfficeSummary(
                    id: room.id, title: state.recorded.title, standard: state.recorded.standard,
                    kind: state.recorded.kind,
                    takesBookings: state.terms.policy.takesBookings,
                    windows: state.recorded.windows.count,
                    services: state.recorded.services.map(\.id), zone: state.terms.zone.name,
                    today: state.today(now), bookingsOnly: state.terms.policy == .bookingsOnly)
            }
        }.sorted { $0.id < $1.id }
    }

    /// The cell of a day to read from: in memory, from the store, or untouched.
    @inline(__always)
    private func readable(
        _ date: CivilDate, _ office: OfficeID, _ now: Timestamp, _ state: inout RoomState
    ) throws(CommandFault) -> DayCell {
        if let cell = state.days[date.dayNumber] { return cell }
        return try readableElsewhere(date, office, now, &state)
    }

    private func readableElsewhere(
        _ date: CivilDate, _ office: OfficeID, _ now: Timestamp, _ state: inout RoomState
    ) throws(CommandFault) -> DayCell {
        if state.changesOnTheirWay > 0, date >= state.loadedFrom {
            return try recordedPlan(date, office, now, state)
        }
        if date < state.loadedFrom {
            do throws(StoreFailure) {
                // Read for this once: days that are over do not come back into memory.
                let stream = StreamName.officeDay(office.description, date)
                if let cell = try load(stream, office, date, &state) { return cell }
            } catch { throw .unavailable(error.description) }
        }
        return try untouched(date, office, now, &state)
    }

    /// A day to look at without holding the office up: one that is over is read without its lock.
    private func dayOffLock(
        _ date: CivilDate, _ room: OfficeRoom, _ now: Timestamp
    ) throws(CommandFault) -> OfficeDay {
        let isOver = room.state.withLock { state in
            date < state.loadedFrom && state.days[date.dayNumber] == nil
        }
        if isOver {
            do throws(StoreFailure) {
                let stream = StreamName.officeDay(room.id.description, date)
                if let cell = try load(stream, room.id, date, grid: { SlotGrid($0) }) {
                    return cell.committed
                }
            } catch { throw .unavailable(error.description) }
        }
        return try room.state.withLock { state throws(CommandFault) in
            try committed(date, room.id, now, &state)
        }
    }

    /// A day on which nothing has happened, by the description that is on disk: a newer one is on its
    /// way there.
    private func recordedPlan(
        _ date: CivilDate, _ office: OfficeID, _ now: Timestamp, _ state: RoomState
    ) throws(CommandFault) -> DayCell {
        guard let terms = catalog.terms(for: state.recorded),
            let planner = catalog.planner(
                for: state.recorded, terms, knownOn: state.today(now))
        else { throw .noTerms(office) }
        let plan = try plan(date, planner, office)
        return DayCell(
            stream: .officeDay(office.description, date), office: office, date: date,
            day: OfficeDay(plan: plan))
    }

    /// A day as it is on disk.
    private func day(
        _ date: CivilDate, _ office: OfficeID, _ now: Timestamp
    ) throws(CommandFault) -> OfficeDay {
        try dayOffLock(date, try room(office, orRefuse: ()), now)
    }

    private func committed(
        _ date: CivilDate, _ office: OfficeID, _ now: Timestamp, _ state: inout RoomState
    ) throws(CommandFault) -> OfficeDay {
        try readable(date, office, now, &state).committed
    }

    private func slots(
        _ question: SlotsQuestion, _ now: Timestamp
    ) throws(CommandFault) -> [DaySlots] {
        let room = try room(question.office, orRefuse: ())
        return try room.state.withLock { state throws(CommandFault) in
            var answer: [DaySlots] = []
            var rendering = Rendering()
            for date in stride(from: question.from, through: question.to, by: 1) {
                do throws(CommandFault) {
                    answer.append(try slots(question, date, now, &state, &rendering))
                } catch {
                    // What is published already is told.
                    guard case .yearNotPublished = error, !answer.isEmpty else { throw error }
                    break
                }
            }
            try rendering.requireAny()
            return answer
        }
    }

    private func slots(
        _ question: SlotsQuestion, _ date: CivilDate, _ now: Timestamp, _ state: inout RoomState,
        _ rendering: inout Rendering
    ) throws(CommandFault) -> DaySlots {
        // Read where it lies: copying the day out would count references.
        try readable(date, question.office, now, &state).committed
            .slots(question, date, now, daysAhead: state.today(now).days(until: date), &rendering)
    }

    func firstFree(
        _ question: FirstFreeQuestion, _ now: Timestamp
    ) throws(CommandFault) -> [CivilDateTime] {
        let room = try room(question.office, orRefuse: ())
        return try room.state.withLock { state throws(CommandFault) in
            let today = state.today(now)
            let last = today.adding(days: Int(state.recorded.rules.horizonDays)) ?? today
            let first = max(question.from.date, today)
            // From beyond the horizon nothing is free; whether anybody renders it is told all the same.
            var date: CivilDate? = min(first, last)
            var found: [CivilDateTime] = []
            var rendering = Rendering()
            while let day = date, day <= last, found.count < question.count {
                let slots: DaySlots
                do throws(CommandFault) {
                    slots = try self.slots(
                        SlotsQuestion(
                            office: question.office, service: question.service,
                            channel: question.channel, from: day, to: day,
                            further: question.further), day, now, &state,
                        &rendering)
                } catch {
                    // No slot of a year is free before its calendar is published.
                    guard case .yearNotPublished = error, day > first else { throw error }
                    break
                }
                found += zip(slots.starts, slots.free).filter { $0.1 > 0 }
                    .compactMap { TimeOfDay(second: $0.0).map { CivilDateTime(day, $0) } }
                    .filter { $0 >= question.from }
                date = day.adding(days: 1)
            }
            try rendering.requireAny()
            return Array(found.prefix(question.count))
        }
    }

    private func booking(
        _ id: BookingID, _ standing: Standing, _ now: Timestamp
    ) throws(CommandFault) -> BookingView {
        let room = try room(id.office, orRefuse: ())
        let day = try dayOffLock(id.date, room, now)
        try prove(standing, id, day.applicant(of: id.number), now)
        do throws(QueueRefusal) {
            return keyed(try day.view(booking: id.number, office: id.office, date: id.date))
        } catch { throw .refused(error, alternatives: []) }
    }

    /// The board of the office's present day, or what changed on it after a revision.
    ///
    /// It is the whole board for somebody who has seen another day.
    public func board(
        _ office: OfficeID, seen: BoardSeen, now: Timestamp
    ) throws(CommandFault) -> Board {
        let room = try room(office, orRefuse: ())
        return try room.state.withLock { state throws(CommandFault) in
            let today = state.today(now)
            let isToday = seen.date.map { $0 == today } ?? true
            return try committed(today, office, now, &state)
                .board(office: office, date: today, since: isToday ? seen.revision : 0)
        }
    }

    private func wait(
        _ office: OfficeID, _ subject: WaitSubject, _ standing: Standing, _ now: Timestamp
    ) throws(CommandFault) -> WaitAnswer {
        let room = try room(office, orRefuse: ())
        let (day, date, at) = try room.state.withLock { state throws(CommandFault) in
            let date = state.today(now)
            let day = try committed(date, office, now, &state)
            return (day, date, day.time(of: now))
        }
        if case .ticket(let label) = subject {
            try prove(standing, label, office, date, day, now)
        }
        // The forecast is made on a copy, without holding anybody up.
        do throws(QueueRefusal) {
            switch subject {
            case .ticket(let label): return try day.forecast(ticket: label, at: at)
            case .newcomer(let service): return try day.forecast(newcomer: service, at: at)
            }
        } catch {
            let nobody = room.state.withLock { state in
                receivesNobody(error, date, now, office, &state)
            }
            throw nobody ?? .refused(error, alternatives: [])
        }
    }

    private func record(
        _ office: OfficeID, _ date: CivilDate, _ now: Timestamp
    ) throws(CommandFault) -> DayRecord {
        let room = try room(office, orRefuse: ())
        let day = try dayOffLock(date, room, now)
        return DayRecord(
            office: office, date: date, revision: day.revision,
            bookings: day.bookings.indices.compactMap {
                try? day.view(booking: UInt32($0 + 1), office: office, date: date)
            },
            tickets: day.tickets.map { day.view($0) })
    }

    private func statistics(
        _ office: OfficeID, _ from: CivilDate, _ to: CivilDate, _ now: Timestamp
    ) throws(CommandFault) -> QueueStatistics {
        let room = try room(office, orRefuse: ())
        var period = PeriodStatistics(office: office, from: from, to: to)
        let today = room.state.withLock { $0.today(now) }
        for date in stride(from: from, through: to, by: 1) {
            let day: OfficeDay
            do throws(CommandFault) { day = try dayOffLock(date, room, now) } catch {
                // Nothing has happened yet in a year without a calendar.
                guard case .yearNotPublished = error else { throw error }
                continue
            }
            guard day.revision > 0 else {
                // Of days that are over without anything nobody knows what was planned.
                if date >= today { period.add(planned: day.plan, date: date) }
                continue
            }
            let at = day.plan.time(at: now)
            period.add(day, date: date, at: at)
            do throws(StoreFailure) {
                // Packs do not hold who it was.
                let stream = StreamName.officeDay(office.description, date)
                for entry in try store.entries(of: stream, after: 0) {
                    period.add(entryOf: entry.caller?.name ?? "")
                }
            } catch { throw .unavailable(error.description) }
        }
        return period.statistics
    }
}

/// Whether a service is rendered on any of the dates that were looked at.
private struct Rendering {
    private var isRendered = false
    private var refusal: QueueRefusal?

    mutating func note(_ refusal: QueueRefusal?) {
        if let refusal { self.refusal = self.refusal ?? refusal } else { isRendered = true }
    }

    /// - Throws: `unknownService` as on the first date, where it is rendered on none: to say that nothing is
    ///   free would be said of what there is.
    func requireAny() throws(CommandFault) {
        guard !isRendered, let refusal else { return }
        throw .refused(refusal, alternatives: [])
    }
}

extension OfficeDay {
    fileprivate func slots(
        _ question: SlotsQuestion, _ date: CivilDate, _ now: Timestamp, daysAhead: Int,
        _ rendering: inout Rendering
    ) throws(CommandFault) -> DaySlots {
        guard let service = plan.service(question.service), plan.renders(service) else {
            rendering.note(plan.unknownService(question.service))
            return DaySlots(date: date, revision: revision, starts: [], free: [])
        }
        rendering.note(nil)
        guard plan.policy.takesBookings else {
            throw .refused(.noBookings(rule: plan.policyRule), alternatives: [])
        }
        let turns = try furtherTurns(question, beside: service)
        // As a hold is decided, so that nothing is told which would be refused.
        let at = time(of: now)
        let (starts, free) = slots(
            of: service, further: turns, channel: question.channel, at: at, daysAhead: daysAhead)
        return DaySlots(date: date, revision: revision, starts: starts, free: free)
    }

    /// What a booking is to be for beside its first service.
    ///
    /// - Throws: as a hold for them is refused.
    private func furtherTurns(
        _ question: SlotsQuestion, beside service: Int
    ) throws(CommandFault) -> FurtherTurns? {
        do throws(QueueRefusal) {
            return try bookable(question.further, beside: service)
        } catch { throw .refused(error, alternatives: []) }
    }
}

extension QueueEngine {
    /// The days of an office that are in memory, as they are on disk: for checking.
    package func daysInMemory(of office: OfficeID) -> [CivilDate: OfficeDay] {
        guard let room = room(office) else { return [:] }
        return room.state.withLock { state in
            Dictionary(
                uniqueKeysWithValues: state.days.values.map { ($0.date, $0.committed) })
        }
    }

    /// The claims that are held: for checking.
    package var heldClaims: Set<Journal.Claim> { claims.withLock { Set($0.keys) } }

    /// The claim to the one live booking of an applicant for a service: for checking.
    package static func claim(_ applicant: Applicant, _ service: ServiceID) -> Journal.Claim {
        Journal.Claim(applicant, service)
    }
}
