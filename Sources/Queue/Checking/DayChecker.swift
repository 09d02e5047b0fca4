// SPDX-License-Identifier: Apache-2.0

import CivilTime

/// Proves from a day's events alone that what must hold held.
///
/// It shares no code with ``OfficeDay``: its books are dictionaries, it seats each booking at a
/// window for its whole time, and it goes through everybody where the day is clever. What it does not
/// prove is that the day was decided well, only that no rule was broken.
///
/// The order of bookings, moves and a new plan within one entry does not matter; all else happens
/// in the order told.
public struct DayChecker {
    var revision: UInt32 = 0
    var now: Int32 = .min
    /// For how long the clock has stood still.
    var stood: Int32 = 0
    var moment: DayMoment { DayMoment(now, stood: stood) }
    var plan: DayPlan?
    var bookings: [UInt32: BookingBook] = [:]
    var tickets: [TicketLabel: TicketBook] = [:]
    var windows: [UInt8: WindowBook] = [:]
    var leases: [UInt32: LeaseBook] = [:]
    var waiting: [UInt32: WaitingBook] = [:]
    /// The bookings that offers have become in this entry, and whether it has a plan of its own.
    var madeOfOffers: [UInt32] = []
    var isOfNewPlan = false
    /// The number that each letter gives out next.
    var nextNumber: [UInt8: Int] = [:]
    /// How often somebody came to the end of the line.
    var comings = 0
    /// Where all can be served who must be; nil before the first plan.
    var seating: Seating?
    /// Who is said, in this entry, to have lost their place while they are here, and whether another is kept.
    var seatedNearby: [UInt32: Bool] = [:]
    /// What events have referred to by place.
    var servicesNamed: Set<UInt8> = []
    var windowsNamed: Set<UInt8> = []
    /// The event before, in the same entry.
    var preceding: DayEvent?
    /// The plans before, each until a time.
    var former: [(until: Int32, plan: DayPlan)] = []

    public init() {}

    /// The live bookings' claims, to be compared with those that the journal keeps.
    public var liveClaims: Set<LiveBooking> {
        guard let plan else { return [] }
        return Set(
            bookings.values.filter(\.stage.isLive).flatMap { booking in
                booking.services.map {
                    LiveBooking(applicant: booking.applicant, service: plan.services[Int($0)].id)
                }
            })
    }

    /// Checks the day's next entry; after a violation nothing more can be checked.
    ///
    /// Whether all can be served is a question that no method answers quickly on every day that can
    /// be thought of. So the windows at which whoever decided means to serve everybody after the entry
    /// may be shown (``OfficeDay/seating``), the place of each booking's window by its number: they are
    /// asked for where no seating is found quickly, and are believed only as far as each can be seated
    /// there.
    ///
    /// `isSetBack` says that the clock was ahead and was set back, with somebody's word for it: then the entry
    /// may happen before the last one, if nobody can be called in another order for it.
    ///
    /// - Throws: the first ``Violation`` found.
    public mutating func check(
        _ events: [DayEvent], revision: UInt32, at moment: DayMoment, isSetBack: Bool = false,
        shown: () -> [UInt32: Int] = { [:] }
    ) throws(Violation) {
        let at = moment.time
        let expected = self.revision + 1
        self.revision = revision
        try require(revision == expected, .revision, "\(revision) after \(expected - 1)")
        try require(at >= now || isSetBack && !isUnderWay, .time, "\(at) after \(now)")
        (now, stood) = (at, moment.stood)
        let plan = try plan(after: events)
        try readClock(of: plan)
        let isNewPlan = plan != self.plan
        if isNewPlan, let old = self.plan { former.append((at, old)) }
        self.plan = plan
        let before = Set(bookings.keys)
        seatedNearby = [:]
        madeOfOffers = []
        isOfNewPlan = isNewPlan
        if isNewPlan { bookings = bookings.mapValues { $0.withoutKeptPlace } }
        preceding = nil
        for event in events {
            try check(event, plan)
            preceding = event
        }
        try require(isNewPlan || seatedNearby.isEmpty, .displaced, "without a new plan")
        let taken = bookings.keys.filter { !before.contains($0) }.sorted()
        if isNewPlan { try checkNobodyIsDisplaced(plan, but: taken, shown: shown) }
        try checkPlaces(taken: taken, plan, shown: shown)
        for number in madeOfOffers { try checkApplicant(number) }
        try requireNothingLeft(after: events, plan)
    }

    private var isUnderWay: Bool {
        !tickets.values.allSatisfy { $0.stage == .finished }
            || !windows.values.allSatisfy { $0.stage == .closed }
    }

    /// The plan that an entry leaves, by which all in it goes.
    private func plan(after events: [DayEvent]) throws(Violation) -> DayPlan {
        var last = plan
        for case .planned(let plan) in events {
            try require(keepsPlaces(plan, of: last), .planPlaces, "services or windows")
            last = plan
        }
        if plan == nil {
            guard case .planned = events.first else { throw violation(.planFirst, "no plan") }
        }
        guard let last else { throw violation(.planFirst, "no plan") }
        return last
    }

    /// From here on times are those of the next plan's clock; a day that has begun keeps its own.
    private mutating func readClock(of plan: DayPlan) throws(Violation) {
        guard let old = self.plan else { return }
        guard old.midnight != plan.midnight || old.clockChange != plan.clockChange else { return }
        let hasBegun = !tickets.isEmpty || !leases.isEmpty || !windowsNamed.isEmpty
        try require(!hasBegun, .time, "another clock")
        func read(_ time: Int32) -> Int32 {
            Timestamp(second: old.second(of: time)).map { plan.time(at: $0) } ?? time
        }
        func read(_ moment: DayMoment) -> DayMoment {
            Timestamp(second: old.second(of: moment.time) + Int64(moment.stood)).map {
                DayMoment(plan.time(at: $0), stood: plan.stood(at: $0))
            } ?? moment
        }
        let moment = read(self.moment)
        (now, stood) = (moment.time, moment.stood)
        bookings = bookings.mapValues { booking in
            var booking = booking
            booking.until = booking.until.map(read)
            booking.freeFrom = read(booking.freeFrom)
            return booking
        }
        former = former.map { (read($0.until), $0.plan) }
    }

    /// Whether every service and window that something refers to has its place in the next plan.
    private func keepsPlaces(_ plan: DayPlan, of last: DayPlan?) -> Bool {
        guard let last else { return true }
        guard plan.services.count >= last.services.count,
            plan.windows.count >= last.windows.count
        else { return false }
        return servicesNamed.allSatisfy {
            plan.services[Int($0)].id == last.services[Int($0)].id
        }
            && windowsNamed.allSatisfy { plan.windows[Int($0)].id == last.windows[Int($0)].id }
    }

    private mutating func check(_ event: DayEvent, _ plan: DayPlan) throws(Violation) {
        switch event {
        case .planned: break
        case .held(let held): try hold(held, plan)
        case .confirmed(let number): try confirm(number, plan)
        case .released(let number): try end(number, from: [.held], plan)
        case .expired(let number): try expire(number)
        case .cancelled(let cancelled): try cancel(cancelled, plan)
        case .placeFreed(let number): try free(number)
        case .placedNearby(let number, let start): try keep(number, at: start)
        case .moved(let number, let date, let new): try move(number, to: date, new, plan)
        case .missed(let number): try miss(number, plan)
        case .arrived(let arrived): try arrive(arrived, plan)
        case .ticketTaken(let taken): try take(taken, plan)
        case .ticketReported(let taken): try report(taken, plan)
        case .numbersLeased(let lease): try self.lease(lease)
        case .numberVoided(let label): try void(label)
        case .leaseEnded(let id, let used): try endLease(id, Int(used))
        case .windowOpened(let window):
            try requireToday("window \(window)")
            try turn(window, from: [.closed], to: .open, plan)
        case .windowClosed(let window):
            try turn(window, from: [.open, .onBreak], to: .closed, plan)
        case .breakBegun(let window): try turn(window, from: [.open], to: .onBreak, plan)
        case .breakEnded(let window): try turn(window, from: [.onBreak], to: .open, plan)
        case .called(let label, let window): try call(label, window, plan)
        case .recalled(let label): try recall(label, plan)
        case .servingBegun(let label): try change(label, from: [.called], to: .serving)
        case .skipped(let label): try leaveWindow(label, from: [.called], to: .skipped)
        case .parked(let label): try leaveWindow(label, from: [.called, .serving], to: .parked)
        case .resumed(let label): try resume(label)
        case .transferred(let label, let service, let window):
            try transfer(label, service, window, plan)
        case .finished(let label, let outcome): try finish(label, outcome)
        case .turnEnded(let label, let outcome): try endTurn(label, outcome, plan)
        case .endedAs(let label, let code): try end(label, as: code, plan)
        case .pausedFor(let window, let code): try pause(window, for: code, plan)
        case .seated(let window, _): try seat(at: window)
        case .waitingJoined(let joined): try join(joined, plan)
        case .placeOffered(let offer): try self.offer(offer, plan)
        case .offerAccepted(let accepted): try accept(accepted, plan)
        case .offerEnded(let number, let end): try endOffer(number, end)
        case .waitingEnded(let number, let end): try leave(number, end, plan)
        }
    }

    // MARK: Saying what is wrong

    func violation(_ rule: Violation.Rule, _ who: String) -> Violation {
        Violation(revision: revision, rule: rule, who: who)
    }

    func require(
        _ holds: Bool, _ rule: Violation.Rule, _ who: @autoclosure () -> String
    ) throws(Violation) {
        guard holds else { throw violation(rule, who()) }
    }

    func requireToday(_ who: @autoclosure () -> String) throws(Violation) {
        try require((0..<86_400).contains(now), .reception, who())
    }

    mutating func requireService(_ service: UInt8, _ plan: DayPlan) throws(Violation) {
        try require(Int(service) < plan.services.count, .existence, "service \(service)")
        servicesNamed.insert(service)
    }

    mutating func requireWindow(_ window: UInt8, _ plan: DayPlan) throws(Violation) {
        try require(Int(window) < plan.windows.count, .existence, "window \(window)")
        windowsNamed.insert(window)
    }
}
