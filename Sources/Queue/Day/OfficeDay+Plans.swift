// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A new plan in the place of the one in force, and what must keep its place in it.
extension OfficeDay {
    /// A plan that was in force until a time.
    struct FormerPlan: Hashable, Sendable {
        let plan: DayPlan
        let until: Int32
    }

    /// A plan as this day can take it: what the day refers to keeps its place.
    ///
    /// - Throws: ``NamesFault`` if new names find no place.
    public func fitting(_ plan: DayPlan) throws(NamesFault) -> DayPlan {
        var inUse = DayPlan.PlacesInUse(
            services: Set(
                self.plan.services.indices.filter { servicesNamed >> UInt8($0) & 1 == 1 }),
            windows: Set(self.plan.windows.indices.filter { windowsNamed >> UInt64($0) & 1 == 1 }))
        // A kiosk may still tell tickets for the services that have had its letter since.
        for lease in leases where !lease.isOver {
            let since = former.filter { $0.until > lease.at }.map(\.plan) + [self.plan]
            for plan in since {
                inUse.services.formUnion(
                    plan.services.indices.filter { plan.services[$0].letter == lease.lease.letter })
            }
        }
        let fitting = try plan.keepingPlaces(of: self.plan, inUse: inUse)
        // Whoever has booked may come as late as when it was booked.
        let isWaitedFor = bookings.contains { $0.state == .held || $0.state == .confirmed }
        let grace = self.plan.rules.graceSeconds
        return isWaitedFor
            ? fitting.with(grace: max(grace, fitting.rules.graceSeconds)) : fitting
    }

    /// Remembers which services and windows an event names.
    mutating func note(_ event: DayEvent) {
        switch event {
        case .held(let held): for turn in held.turns { servicesNamed |= 1 << turn }
        case .ticketTaken(let taken), .ticketReported(let taken):
            servicesNamed |= 1 << taken.service
        case .transferred(_, let service, let window):
            servicesNamed |= 1 << service
            if let window { windowsNamed |= 1 << UInt64(window) }
        case .windowOpened(let window), .windowClosed(let window), .breakBegun(let window),
            .breakEnded(let window), .called(_, let window), .pausedFor(let window, _),
            .seated(let window, _):
            windowsNamed |= 1 << UInt64(window)
        case .waitingJoined(let joined): servicesNamed |= 1 << joined.service
        case .placeOffered, .offerAccepted, .offerEnded, .waitingEnded: break
        case .planned, .confirmed, .released, .expired, .cancelled, .placeFreed, .placedNearby,
            .moved, .missed, .arrived, .numbersLeased, .numberVoided, .leaseEnded, .recalled,
            .servingBegun,
            .skipped, .parked,
            .resumed, .finished, .turnEnded, .endedAs:
            break
        }
    }

    /// Takes a plan; who is here and has no place in it gets the nearest at once if `isSeating`.
    mutating func replan(_ plan: DayPlan, _ now: Int32, isSeating: Bool) {
        if plan != self.plan { former.append(FormerPlan(plan: self.plan, until: now)) }
        keepBreaches(now)
        let old = self.plan.windows
        self.plan = plan
        capacity = Capacity(grid(for: plan))
        while windows.count < plan.windows.count { windows.append(WindowStatus()) }
        for (index, window) in plan.windows.enumerated() {
            guard old.indices.contains(index) else {
                windows[index].changed = revision
                continue
            }
            if old[index].id != window.id { renamedAt = revision }
            if old[index].services != window.services { windows[index].changed = revision }
        }
        for number in inOrderOfPlaces { capacity.take(taker(number)) }
        if isSeating {
            for case .placedNearby(let number, let start?) in nearby(at: now) {
                capacity.take(taker(number), at: start)
            }
        }
        // Another grace is another end for those who have not come.
        settleDue()
    }

    /// The places that those count at who are here and have none: each the free one nearest to their time,
    /// from the present on, those who booked first choosing first; nil where none is left.
    ///
    /// It is to be asked for at the end of an entry with a plan, after its moves: nobody who is still to come
    /// goes without a place for it.
    public func nearby(at now: Int32) -> [DayEvent] {
        var capacity = capacity
        return inOrderOfPlaces.filter { isHere($0, at: now) && capacity.isWithoutPlace($0) }
            .map { .placedNearby($0, start: capacity.takeNearby(taker($0), from: now)) }
    }

    /// Whether somebody is here who has no place, and counts at none.
    public func hasSomebodyWithoutPlace(at now: Int32) -> Bool {
        inOrderOfPlaces.contains { isHere($0, at: now) && capacity.isWithoutPlace($0) }
    }

    /// Whether somebody has come for the booking and its time is not over.
    func isHere(_ number: UInt32, at now: Int32) -> Bool {
        let booking = bookings[Int(number) - 1]
        return booking.state == .arrived
            && now < booking.start + plan.seconds(booking.service, booking.further)
    }

    /// Whether anybody has come, or a window or kiosk is at work.
    ///
    /// Such a day keeps its clock, as its line is in the order of times that it has shown.
    public var hasBegun: Bool { !tickets.isEmpty || !leases.isEmpty || windowsNamed != 0 }

    /// Whether the day can go on by the clock of another plan: it has not begun, and nobody is still to come
    /// whose time would be over by it and is not by its own.
    public func canTakeClock(of plan: DayPlan, at timestamp: Timestamp) -> Bool {
        guard !plan.hasClock(of: self.plan) else { return true }
        let (before, after) = (self.plan.time(at: timestamp), plan.time(at: timestamp))
        return !hasBegun
            && bookings.allSatisfy { booking in
                let end = end(of: booking.start)
                return booking.state != .held && booking.state != .confirmed
                    || end <= before || after < end
            }
    }

    /// Goes on by the clock of another plan.
    ///
    /// Slots stay at the times that applicants were told, which a wall clock shows; what ends at a
    /// moment ends at the same one.
    mutating func takeClock(of plan: DayPlan) {
        let old = self.plan
        func moved(_ time: Int32) -> Int32 { plan.time(when: old, shows: time) }
        lastAt = moved(lastAt)
        for index in bookings.indices
        where [.held, .cancelled, .offered].contains(bookings[index].state) {
            bookings[index].until = plan.moment(when: old, has: bookings[index].until)
        }
        former = former.map { FormerPlan(plan: $0.plan, until: moved($0.until)) }
    }

    /// The cells of a plan: those of today's if they fit.
    func grid(for plan: DayPlan) -> SlotGrid {
        let takers = bookings.indices.filter {
            bookings[$0].takesPlace && !bookings[$0].visit.isNone
        }
        let visits = loneVisits(takers.map { taker(UInt32($0 + 1)) }, plan)
        let isKnown = visits.allSatisfy { grid.visits.contains($0) }
        return grid.fits(plan) && isKnown ? grid : SlotGrid(plan, visits: visits)
    }
}
