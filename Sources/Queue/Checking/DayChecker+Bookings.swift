// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties

/// What is on the books about one booking.
struct BookingBook {
    enum Stage {
        case held
        case confirmed
        case arrived
        case cancelled
        /// Kept for somebody's answer.
        case offered
        case over

        var isLive: Bool { self == .held || self == .confirmed || self == .arrived }
    }

    let applicant: Applicant
    let service: UInt8
    let start: Int32
    let channel: BookingChannel
    /// The office moved it because of a plan of its own, whatever its channel's share.
    let isMovedByOffice: Bool
    var until: DayMoment?
    var stage: Stage
    var freeFrom = DayMoment(0)
    var takesPlace = true
    /// Where a place is kept since the plan in force has none at `start`.
    var keptAt: Int32?
    /// The booking that was given up for it, and the one that it was given up for.
    var movedFrom: Held.MovedFrom?
    var movedTo: Held.MovedFrom?
    /// Its services in turn, and whether all of them are at one window.
    let services: [UInt8]
    let isAtOneWindow: Bool
}

extension DayChecker {
    mutating func hold(_ held: Held, _ plan: DayPlan) throws(Violation) {
        let who = "booking \(held.number)"
        try require(Int(held.number) == bookings.count + 1, .bookingNumber, who)
        try require(plan.policy != .walkInOnly, .noBookings, who)
        let services = [held.service] + (held.further?.services ?? [])
        for service in services { try requireService(service, plan) }
        // What is moved stays as long as it is.
        try require(
            held.movedFrom != nil || services.count <= Int(plan.rules.furtherServices) + 1,
            .services, who)
        try require(held.movedFrom != nil || !held.isMovedByOffice, .share, who)
        if let until = held.until { try require(until > moment, .expiry, who) }
        try requireNobodyWaits(for: held, plan)
        bookings[held.number] = BookingBook(
            applicant: held.applicant, service: held.service, start: held.start,
            channel: held.channel, isMovedByOffice: held.isMovedByOffice, until: held.until,
            stage: held.until == nil ? .confirmed : .held, movedFrom: held.movedFrom,
            services: services, isAtOneWindow: held.further?.isAtOneWindow == true)
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
        let end =
            booking.stage == .held
            ? booking.until : DayMoment(booking.start + plan.rules.graceSeconds)
        try require(end.map { moment < $0 } ?? true, .lapse, "booking \(number)")
        return booking
    }

    mutating func confirm(_ number: UInt32, _ plan: DayPlan) throws(Violation) {
        let booking = try lasting(number, in: [.held], plan)
        // A booking that is over at once is none.
        try require(now < booking.start + plan.rules.graceSeconds, .lapse, "booking \(number)")
        bookings[number]?.stage = .confirmed
    }

    mutating func end(
        _ number: UInt32, from stages: [BookingBook.Stage], _ plan: DayPlan
    ) throws(Violation) {
        _ = try lasting(number, in: stages, plan)
        close(number)
    }

    mutating func move(
        _ number: UInt32, to date: CivilDate, _ new: UInt32, _ plan: DayPlan
    ) throws(Violation) {
        try end(number, from: [.held, .confirmed], plan)
        bookings[number]?.movedTo = Held.MovedFrom(date: date, number: new)
    }

    private mutating func close(_ number: UInt32) {
        bookings[number]?.stage = .over
        bookings[number]?.takesPlace = false
    }

    mutating func expire(_ number: UInt32) throws(Violation) {
        let booking = try booking(number, in: [.held])
        try require(booking.until.map { $0 <= moment } ?? false, .expiry, "booking \(number)")
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
        bookings[number]?.takesPlace = cancelled.freeFrom > DayMoment(now)
    }

    mutating func free(_ number: UInt32) throws(Violation) {
        let booking = try booking(number, in: [.cancelled])
        try require(booking.takesPlace, .bookingState, "booking \(number)")
        try require(booking.freeFrom <= moment, .release, "booking \(number)")
        bookings[number]?.takesPlace = false
    }

    /// Where a place is kept for somebody who is here and is not served yet.
    mutating func keep(_ number: UInt32, at start: Int32?) throws(Violation) {
        _ = try booking(number, in: [.arrived])
        bookings[number]?.keptAt = start
        seatedNearby[number] = start != nil
    }

    mutating func arrive(_ arrived: Arrived, _ plan: DayPlan) throws(Violation) {
        try requireToday("booking \(arrived.booking)")
        let booking = try lasting(arrived.booking, in: [.confirmed], plan)
        bookings[arrived.booking]?.stage = .arrived
        try giveOut(arrived.label, service: booking.service, plan)
        enter(
            arrived.label, service: booking.service, due: booking.start, booking: arrived.booking)
    }
}
