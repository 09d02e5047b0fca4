// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Parties
import Queue

extension QueueEngine {
    /// Moves a booking to another slot: the new place is taken and the old one given up in one
    /// batch, so that nobody ever has both or neither.
    func move(
        _ id: BookingID, to date: CivilDate, _ start: Int32, _ request: RequestID,
        _ caller: CallerID, _ standing: Standing, _ now: Timestamp, _ room: OfficeRoom,
        _ state: inout RoomState, _ handler: @escaping ReceiptHandler
    ) throws(CommandFault) -> (@Sendable () -> Void)? {
        let old = try cell(of: id.date, room.id, now, &state)
        let new = try cell(of: date, room.id, now, &state)
        let mark = RequestMark(
            id: request,
            fingerprint: Fingerprint(move: id, to: date, start: start).value, caller: caller)
        // Both days know the request; the new one's entry is the receipt.
        switch new.requests.known(mark) {
        case .new: break
        case .mismatch: throw .requestMismatch
        case .pending:
            new.requests.wait(for: request, handler)
            return nil
        case .recorded(let revision):
            return repeated(new.stream, room.id, date, revision, mark, handler)
        }
        if case .new = old.requests.known(mark) {} else { throw .requestMismatch }
        var leaving = Writing(cell: old, now: now)
        leaving.sweep()
        var entering = Writing(cell: new, now: now)
        if old !== new { entering.sweep() }
        do throws(QueueRefusal) {
            let booking = try old.decided.movable(id.number)
            let service = old.decided.plan.services[Int(booking.service)].id
            let held = try new.decided.moveIn(
                booking, service: service,
                further: booking.further?.services(in: old.decided.plan),
                channel: standing.channel(moving: booking.channel),
                from: Held.MovedFrom(date: id.date, number: id.number),
                leaving: old === new ? id.number : nil, start: start, at: entering.moment,
                daysAhead: state.today(now).days(until: date))
            let left = DayEvent.moved(id.number, to: date, number: held.number)
            if let beyond = book(
                [.held(held)], of: standing.person(keys) + [booking.applicant], entering,
                giving: leaving.given.union([id]))
            {
                throw beyond
            }
            if standing.actsByNumber {
                state.unconfirmed.follow(held, on: date)
            } else if standing.holdPercent != nil {
                state.note([.held(held)], on: date, of: caller)
            }
            // A move keeps the claim: one booking hands it to the other.
            new.requests.begin(mark, handler)
            if old !== new { old.requests.begin(mark, nil) }
            if old === new {
                leaving.add([.held(held), left], [], mark, isCounted: true)
                send([leaving], room, &state, request)
            } else {
                leaving.add([left], [], mark)
                entering.add([.held(held)], [], mark, isCounted: true)
                send([leaving, entering], room, &state, request)
            }
            return nil
        } catch {
            let fault = CommandFault.refused(
                error, on: date,
                alternatives: alternatives(
                    to: error, old.decided, id, start, standing, date, now, room.id, &state))
            entering.takeBack()
            // What counts for the person may be on its way in another office.
            var isElsewhere = false
            if case .beyondLimit = error { isElsewhere = true }
            return refuse(
                fault, leaving, room, &state, isOnItsWay: new.inFlight > 0 || isElsewhere, handler)
        }
    }

    private func alternatives(
        to refusal: QueueRefusal, _ day: OfficeDay, _ id: BookingID, _ start: Int32,
        _ standing: Standing, _ date: CivilDate, _ now: Timestamp, _ office: OfficeID,
        _ state: inout RoomState
    ) -> [CivilDateTime] {
        guard let booking = try? day.movable(id.number) else { return [] }
        return alternatives(
            to: refusal, day.plan.services[Int(booking.service)].id, start,
            standing.channel(moving: booking.channel), date, now, office, &state, leaving: id,
            further: booking.further?.services(in: day.plan))
    }
}
