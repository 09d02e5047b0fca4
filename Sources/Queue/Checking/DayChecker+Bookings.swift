// SPDX-License-Identifier: Apache-2.0

public import Parties

/// What is on the books about one booking.
struct BookingBook {
    enum Stage {
        case held
        case confirmed
        case arrived
        case cancelled
        case over

        var isLive: Bool { self == .held || self == .confirmed || self == .arrived }
    }

    let applicant: Applicant
    let service: UInt8
    let start: Int32
    let channel: BookingChannel
    let until: Int32?
    var stage: Stage
    var freeFrom: Int32 = 0
    var takesPlace = true
}

extension DayChecker {
    mutating func hold(_ held: Held, _ plan: DayPlan) throws(Violation) {
        let who = "booking \(held.number)"
        try require(Int(held.number) == bookings.count + 1, .bookingNumber, who)
        try require(plan.policy == .electronicQueue, .noBookings, who)
        try requireService(held.service, plan)
        if let until = held.until { try require(until > now, .expiry, who) }
        bookings[held.number] = BookingBook(
            applicant: held.applicant, service: held.service, start: held.start,
            channel: held.channel, until: held.until, stage: held.until == nil ? .confirmed : .held)
    }

    private func booking(
        _ number: UInt32, in stages: [BookingBook.Stage]
    ) throws(Violation) -> BookingBook {
        guard let booking = bookings[number] else {
            throw violation(.existence, "booking \(number)")
        }
        try require(stages.contains(booking.stage), .bookingState, "booking \(number)")
        return booking
    }

    /// A booking whose time is not over yet.
    private func lasting(
        _ number: UInt32, in stages: [BookingBook.Stage], _ plan: DayPlan
    ) throws(Violation) -> BookingBook {
        let booking = try booking(number, in: stages)
        let end = booking.stage == .held ? booking.until : booking.start + plan.rules.graceSeconds
        try require(now < end ?? .max, .lapse, "booking \(number)")
        return booking
    }

    mutating func confirm(_ number: UInt32, _ plan: DayPlan) throws(Violation) {
        _ = try lasting(number, in: [.held], plan)
        bookings[number]?.stage = .confirmed
    }

    mutating func end(
        _ number: UInt32, from stages: [BookingBook.Stage], _ plan: DayPlan
    ) throws(Violation) {
        _ = try lasting(number, in: stages, plan)
        close(number)
    }

    private mutating func close(_ number: UInt32) {
        bookings[number]?.stage = .over
        bookings[number]?.takesPlace = false
    }

    mutating func expire(_ number: UInt32) throws(Violation) {
        let booking = try booking(number, in: [.held])
        try require(booking.until ?? .max <= now, .expiry, "booking \(number)")
        close(number)
    }

    mutating func miss(_ number: UInt32, _ plan: DayPlan) throws(Violation) {
        let booking = try booking(number, in: [.confirmed])
        try require(
            booking.start + plan.rules.graceSeconds <= now, .grace, "booking \(number)")
        close(number)
    }

    mutating func cancel(_ cancelled: Cancelled, _ plan: DayPlan) throws(Violation) {
        let number = cancelled.number
        _ = try lasting(number, in: [.held, .confirmed], plan)
        bookings[number]?.stage = .cancelled
        bookings[number]?.freeFrom = cancelled.freeFrom
        bookings[number]?.takesPlace = cancelled.freeFrom > now
    }

    mutating func free(_ number: UInt32) throws(Violation) {
        let booking = try booking(number, in: [.cancelled])
        try require(booking.takesPlace, .bookingState, "booking \(number)")
        try require(booking.freeFrom <= now, .release, "booking \(number)")
        bookings[number]?.takesPlace = false
    }

    mutating func arrive(_ arrived: Arrived, _ plan: DayPlan) throws(Violation) {
        try requireToday("booking \(arrived.booking)")
        let booking = try lasting(arrived.booking, in: [.confirmed], plan)
        bookings[arrived.booking]?.stage = .arrived
        try giveOut(arrived.label, service: booking.service, plan)
        enter(
            arrived.label, service: booking.service, due: booking.start, booking: arrived.booking)
    }

    // MARK: Places

    /// Each place taken in this entry was there, and each applicant has no more than one booking.
    func checkPlaces(taken: [UInt32], _ plan: DayPlan) throws(Violation) {
        guard !taken.isEmpty else { return }
        let places = SlotPlaces(plan)
        for number in taken {
            guard let booking = bookings[number] else { continue }
            let who = "booking \(number)"
            guard let cells = places.cells(booking) else { throw violation(.slot, who) }
            for cell in cells {
                let all = bookings.filter { places.takes($0.value, cell) }
                let old = all.filter { !taken.contains($0.key) }
                // Who was there before a new plan may be more than its windows can serve.
                try require(
                    places.served(all.values, at: cell) - places.served(old.values, at: cell)
                        == all.count - old.count, .capacity, "\(who) at \(cell)")
                let own = all.values.filter {
                    $0.channel == booking.channel && $0.service == booking.service
                }
                try require(
                    own.count <= places.share(booking, at: cell), .share, "\(who) at \(cell)")
            }
            let others = bookings.filter {
                $0.key != number && $0.value.stage.isLive
                    && $0.value.applicant == booking.applicant
                    && $0.value.service == booking.service
            }
            if booking.stage.isLive {
                try require(
                    others.isEmpty, .oneBooking,
                    "\(who) and \(others.keys.sorted().map(String.init).joined(separator: ", "))")
            }
        }
    }

    /// Each live booking whose applicant is still to come has a place in the plan.
    func checkNobodyIsDisplaced(_ plan: DayPlan) throws(Violation) {
        let places = SlotPlaces(plan)
        let coming = bookings.filter { $0.value.stage == .held || $0.value.stage == .confirmed }
        for (number, booking) in coming.sorted(by: { $0.key < $1.key }) {
            let who = "booking \(number)"
            try require(plan.policy == .electronicQueue, .displaced, who)
            guard let cells = places.cells(booking) else { throw violation(.displaced, who) }
            for cell in cells {
                let there = coming.values.filter { places.takes($0, cell) }
                try require(
                    places.served(there, at: cell) == there.count, .displaced, "\(who) at \(cell)")
            }
        }
    }
}
