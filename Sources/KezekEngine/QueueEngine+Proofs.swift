// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Parties
import Queue
import Synchronization

/// Who may act on which booking or ticket, and how many places somebody may hold.
extension QueueEngine {
    /// - Throws: `unproven` unless the caller may have this done with the booking.
    func prove(
        _ standing: Standing, _ id: BookingID, for action: BookingAction?, _ now: Timestamp,
        _ room: OfficeRoom, _ state: inout RoomState
    ) throws(CommandFault) {
        guard !standing.actsByNumber else { return }
        let cell = try cell(of: id.date, room.id, now, &state)
        let applicant = cell.withDecided { $0.applicant(of: id.number) }
        guard case .code(let code)? = standing.proof else {
            return try prove(standing, id, applicant, now)
        }
        guard action == .arrive, id.date == state.today(now) else {
            throw .unproven(.codeDoesNoMore)
        }
        guard applicant != nil else { throw .unproven(.wrong) }
        guard state.wrongCodes.count(id) < Limits.wrongCodes else { throw .unproven(.tooManyTries) }
        guard keys.isCode(code, of: id, now: now) else {
            state.wrongCodes.add(id)
            throw .unproven(.wrong)
        }
    }

    /// The same by a secret or the applicant; `applicant` is whose the booking is, nil if there is none.
    func prove(
        _ standing: Standing, _ id: BookingID, _ applicant: Applicant?, _ now: Timestamp
    ) throws(CommandFault) {
        guard !standing.actsByNumber else { return }
        let isRight = try speaks(standing, for: applicant) { keys.isSecret($0, of: id, now: now) }
        guard isRight else { throw .unproven(.wrong) }
    }

    /// Whether a caller who does not act by number speaks for an applicant.
    ///
    /// It is shown by the secret of what is theirs, or by their name. Nobody speaks for nil.
    ///
    /// - Throws: `unproven` without a proof, or with a short code.
    func speaks(
        _ standing: Standing, for applicant: Applicant?, _ isSecret: (BookingSecret) -> Bool
    ) throws(CommandFault) -> Bool {
        switch standing.proof {
        case nil: throw .unproven(.missing)
        case .code: throw .unproven(.codeDoesNoMore)
        case .secret(let secret): isSecret(secret) && applicant != nil
        case .applicant(let name): applicant.map { keys.all(name).contains($0) } ?? false
        }
    }

    /// - Throws: `unproven` unless the caller may ask about the ticket: by its own secret, or by what its
    ///   booking is asked about with.
    func prove(
        _ standing: Standing, _ label: TicketLabel, _ office: OfficeID, _ date: CivilDate,
        _ day: OfficeDay, _ now: Timestamp
    ) throws(CommandFault) {
        guard !standing.actsByNumber else { return }
        guard let proof = standing.proof else { throw .unproven(.missing) }
        if case .code = proof { throw .unproven(.codeDoesNoMore) }
        guard let index = day.ticketIndex(label) else { throw .unproven(.wrongTicket) }
        if case .secret(let secret) = proof,
            keys.isSecret(secret, of: label, office, date, now: now)
        {
            return
        }
        let id = BookingID(office: office, date: date, number: day.tickets[index].booking)
        do throws(CommandFault) {
            try prove(standing, id, day.applicant(of: id.number), now)
        } catch { throw .unproven(.wrongTicket) }
    }

    // MARK: Holds

    /// - Throws: `tooManyHolds` if the caller holds as many places of the office as it may.
    func admit(
        _ service: ServiceID, on cell: DayCell, _ caller: CallerID, _ standing: Standing,
        _ now: Timestamp, _ state: inout RoomState
    ) throws(CommandFault) {
        guard let percent = standing.holdPercent else { return }
        let places = cell.withDecided { day in
            day.plan.service(service).map { day.grid.places(of: $0) } ?? 0
        }
        // Where there are none, the day itself says why.
        guard places > 0 else { return }
        let limit = max(1, places * percent / 100)
        let days = state.days
        let count = state.unconfirmed.count(of: caller, limit: limit) { place in
            guard let cell = days[place.day] else { return false }
            return cell.withDecided { $0.isHeld(place.number, at: $0.plan.moment(at: now)) }
        }
        guard count < limit else { throw .tooManyHolds(limit: limit) }
    }

    // MARK: Secrets

    /// A receipt with the secrets of what it is about.
    func keyed(_ receipt: Receipt, _ office: OfficeID, _ date: CivilDate) -> Receipt {
        guard receipt.booking != nil || receipt.ticket != nil || receipt.waiting != nil else {
            return receipt
        }
        return Receipt(
            revision: receipt.revision, booking: receipt.booking.map(keyed),
            ticket: receipt.ticket.map { $0.with(keys.secret(of: $0.label, office, date)) },
            window: receipt.window, lease: receipt.lease, effects: receipt.effects,
            waiting: receipt.waiting.map(keyed))
    }

    func keyed(_ view: BookingView) -> BookingView {
        let successor = view.state == .moved ? view.counterpart : nil
        return view.with(keys.key(of: view.id, counterpart: successor))
    }
}

extension OfficeDay {
    /// Whose a booking is; nil if there is none of that number.
    func applicant(of number: UInt32) -> Applicant? {
        number >= 1 && number <= bookings.count ? bookings[Int(number) - 1].applicant : nil
    }

    /// Whether a place is held and not confirmed.
    fileprivate func isHeld(_ number: UInt32, at now: DayMoment) -> Bool {
        guard number >= 1, number <= bookings.count else { return false }
        let booking = bookings[Int(number) - 1]
        return booking.state == .held && now < booking.until
    }
}
