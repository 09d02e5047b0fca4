// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Journal
import Parties
import Queue
import Texts

/// What a changed office means for its days: new plans, and bookings that lose their places.
struct Replanning {
    /// What is to happen on one day.
    struct Step {
        let date: CivilDate
        var events: [DayEvent]
    }

    /// What has changed.
    enum Change {
        /// The office, or what its standard says.
        case description
        /// A calendar, with the data that then holds.
        case calendar(Library)

        /// Whether a day is to be planned anew: not for a calendar's version alone.
        func matters(_ new: DayPlan, _ old: DayPlan) -> Bool {
            switch self {
            case .description: new != old
            case .calendar: !new.isSameDay(as: old)
            }
        }
    }

    private(set) var dates: [CivilDate] = []
    private(set) var displaced: [OfficeEffects.Displaced] = []
    private(set) var steps: [Step] = []
    /// The days as they will be; those that have no bookings yet are here once somebody moves there.
    private var days: [CivilDate: OfficeDay] = [:]
    /// The days on which somebody is here who has no place in the new plan.
    private var seating: [CivilDate] = []
    private let now: Timestamp

    fileprivate init(at now: Timestamp) { self.now = now }

    fileprivate mutating func plan(_ date: CivilDate, _ day: OfficeDay, _ plan: DayPlan) {
        dates.append(date)
        add(date, [.planned(plan)], day)
        guard let day = days[date], day.hasSomebodyWithoutPlace(at: day.time(of: now)) else {
            return
        }
        seating.append(date)
    }

    /// Keeps places for those who are here and have lost theirs, of what is left after everybody else has one.
    fileprivate mutating func seat() {
        for date in seating {
            guard let day = days[date] else { continue }
            add(date, day.nearby(at: day.time(of: now)), day)
        }
    }

    fileprivate mutating func keep(_ date: CivilDate, _ day: OfficeDay) { days[date] = day }

    fileprivate static let fixedZone = OfficeFault(
        "zone",
        LocalizedText(
            kk: "бүгін өзгертілмейді: талондар берілген, терезелер ашылған немесе уақыты "
                + "өтіп кететін броньдар бар; күн басталғанға дейін өзгертіңіз.",
            ru: "сегодня не меняется: уже выданы талоны, открыты окна или есть брони, время "
                + "которых оказалось бы прошедшим; измените до начала дня.",
            en:
                "cannot change today, as tickets were given, windows opened or bookings are to come "
                + "whose time would be over; change it before a day begins."))

    fileprivate func day(_ date: CivilDate) -> OfficeDay? { days[date] }

    private mutating func add(_ date: CivilDate, _ events: [DayEvent], _ day: OfficeDay) {
        var day = day
        day.apply(events, revision: day.revision, at: day.time(of: now), isPart: true)
        days[date] = day
        if let index = steps.firstIndex(where: { $0.date == date }) {
            steps[index].events += events
        } else {
            steps.append(Step(date: date, events: events))
        }
    }

    /// Moves a booking to the slot that suits it best, or cancels it.
    fileprivate mutating func settle(
        _ id: BookingID, _ slot: CivilDateTime?, reason: String
    ) {
        guard let day = days[id.date], let booking = try? day.movable(id.number),
            let view = try? day.view(booking: id.number, office: id.office, date: id.date)
        else { return }
        let service = day.plan.services[Int(booking.service)].id
        if let slot, let target = days[slot.date],
            let held = try? target.moveIn(
                booking, service: service, further: booking.further?.services(in: day.plan),
                channel: booking.channel,
                from: Held.MovedFrom(date: id.date, number: id.number),
                leaving: slot.date == id.date ? id.number : nil, start: slot.time.second,
                at: target.moment(of: now), daysAhead: nil)
        {
            add(slot.date, [.held(held)], target)
            let left = DayEvent.moved(id.number, to: slot.date, number: held.number)
            // The same day may have changed just now.
            add(id.date, [left], days[id.date] ?? day)
            let replacement = try? days[slot.date]?.view(
                booking: held.number, office: id.office, date: slot.date)
            displaced.append(OfficeEffects.Displaced(booking: view, replacement: replacement))
        } else {
            let cancelled = Cancelled(
                number: id.number, by: .office, reason: reason,
                freeFrom: DayMoment(day.time(of: now)))
            add(id.date, [.cancelled(cancelled)], day)
            displaced.append(OfficeEffects.Displaced(booking: view, replacement: nil))
        }
    }

    /// Decides it all, each day in one entry.
    mutating func write(
        _ now: Timestamp, _ state: inout RoomState, _ engine: QueueEngine, by caller: CallerID
    ) -> [Writing] {
        steps.compactMap { step in
            if state.days[step.date.dayNumber] == nil, let day = days[step.date] {
                // Nothing has happened on it before, so its plan comes first of all.
                state.days[step.date.dayNumber] = DayCell(
                    stream: .officeDay(state.office.id.description, step.date),
                    office: state.office.id, date: step.date,
                    day: OfficeDay(plan: day.plan))
            }
            guard let cell = state.days[step.date.dayNumber] else { return nil }
            var writing = Writing(cell: cell, now: now, by: caller)
            let changes = cell.withDecided { $0.claimChanges(step.events) }
            writing.add(step.events, changes, nil)
            for case .held(let held) in step.events {
                state.unconfirmed.follow(held, on: step.date)
            }
            return writing
        }
    }
}

extension QueueEngine {
    /// What a change of an office would do from today on.
    ///
    /// Earlier bookings keep their places; each that loses its own goes to the free slot nearest to
    /// it, on its day if there is one, else on the first later day within the horizon
    /// (``Relocation``). Who is here and loses theirs gets what is left then (``OfficeDay/nearby(at:)``).
    func replan(
        _ office: QueueOffice, _ terms: OfficeTerms, _ now: Timestamp, _ room: OfficeRoom,
        _ state: inout RoomState, _ change: Replanning.Change = .description
    ) throws(CommandFault) -> Replanning {
        let today = terms.zone.civil(at: now).date
        let catalog =
            switch change {
            case .description: catalog
            case .calendar(let library): OfficeCatalog(library)
            }
        guard let planner = catalog.planner(for: office, terms, knownOn: today) else {
            throw .noTerms(office.id)
        }
        var replanning = Replanning(at: now)
        let present = state.today(now)
        // What time has brought about by now comes first.
        for cell in state.days.values where cell.date >= min(today, present) {
            var writing = Writing(cell: cell, now: now)
            writing.sweep()
            if !writing.decisions.isEmpty { send([writing], room, &state, nil) }
        }
        if present < today, let cell = state.days[present.dayNumber] {
            // By another zone the present date is over at once, and whoever is here with it.
            let plan = try plan(present, planner, office.id)
            guard cell.decided.canTakeClock(of: plan, at: now) else {
                throw .badOffice(Replanning.fixedZone)
            }
        }
        let cells = state.days.values.filter { $0.date >= today }.sorted { $0.date < $1.date }
        var losing: [BookingID] = []
        for cell in cells where cell.decided.revision > 0 {
            let day = cell.decided
            let plan = try plan(cell.date, planner, keepingPlacesOf: day, office.id)
            guard day.canTakeClock(of: plan, at: now) else {
                throw .badOffice(Replanning.fixedZone)
            }
            replanning.keep(cell.date, day)
            guard change.matters(plan, day.plan) else { continue }
            losing += day.displaced(by: plan).map {
                BookingID(office: office.id, date: cell.date, number: $0)
            }
            replanning.plan(cell.date, day, plan)
        }
        let slots = places(for: losing, planner, office, today, now, &replanning)
        for (id, slot) in zip(losing, slots) {
            replanning.settle(id, slot, reason: office.reason(on: id.date))
        }
        replanning.seat()
        return replanning
    }

    /// The free slot that suits each of the bookings best, as many of them as possible having one.
    private func places(
        for losing: [BookingID], _ planner: Planner, _ office: QueueOffice, _ today: CivilDate,
        _ now: Timestamp, _ replanning: inout Replanning
    ) -> [CivilDateTime?] {
        let wishes = losing.compactMap { id -> Relocation.Wish? in
            guard let day = replanning.day(id.date), let booking = try? day.movable(id.number)
            else { return nil }
            return Relocation.Wish(
                date: id.date, number: id.number,
                service: day.plan.services[Int(booking.service)].id, start: booking.start,
                further: booking.further?.services(in: day.plan))
        }
        guard wishes.count == losing.count else { return losing.map { _ in nil } }
        let last = today.adding(days: Int(office.rules.horizonDays)) ?? today
        let places = Relocation.places(for: wishes, on: today...max(today, last)) { date in
            if replanning.day(date) == nil, let plan = try? planner.plan(date) {
                replanning.keep(date, OfficeDay(plan: plan))
            }
            return replanning.day(date).map { ($0, $0.time(of: now)) }
        }
        return places.map { place in
            place.flatMap { place in
                TimeOfDay(second: place.start).map { CivilDateTime(place.date, $0) }
            }
        }
    }
}

extension QueueOffice {
    /// What an applicant is told about a booking that is cancelled on a date.
    fileprivate func reason(on date: CivilDate) -> String {
        closures.first { $0.date == date }.map { $0.reason.kk + " / " + $0.reason.ru } ?? ""
    }
}
