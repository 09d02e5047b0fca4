// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Dispatch
import Journal
package import Parties
package import Queue
import Synchronization

/// What one person has booked, over all offices: how much that may be, and where it is.
extension QueueEngine {
    /// Notes a new booking for its person, unless that would be more than one person may book: then why not, and
    /// nothing is noted.
    ///
    /// `person` has every hash by which the person is known. What the writing gives up, and `giving`, does not
    /// count. Nobody else decides between the count and the note.
    func book(
        _ events: [DayEvent], of person: [Applicant], _ writing: Writing,
        giving: Set<BookingID> = []
    ) -> QueueRefusal? {
        switch events.first {
        case .held, .offerAccepted: break
        default: return nil
        }
        let cell = writing.cell
        let (changes, limits) = cell.withDecided {
            ($0.bookChanges(events, cell.office, cell.date), $0.plan.reception.limits)
        }
        guard case .taken(let place)? = changes.first else { return nil }
        let hashes = person.contains(place.person) ? Array(Set(person)) : person + [place.person]
        return persons.withLock { book -> QueueRefusal? in
            let beyond = book.limit(
                limits, against: place.counted, at: cell.office, of: hashes,
                giving: writing.given.union(giving))
            if let beyond { return .beyondLimit(beyond.limit, from: beyond.from) }
            book.take(place)
            return nil
        }
    }

    /// Gives claims back that were taken for what is not done after all.
    func untake(_ changes: [ClaimChange]) {
        for case .taken(let claim) in changes { claims.give(claim) }
    }

    /// The handler of a hold, told where the booking is that is there already: in another office only to those who
    /// may ask about that.
    ///
    /// Whoever books for somebody names the person, which is what shows that they speak for them.
    func naming(
        _ hold: HoldCommand, _ standing: Standing, _ handler: @escaping ReceiptHandler
    ) -> ReceiptHandler {
        { [self] result in
            guard case .failure(.refused(.alreadyBooked(let service), _, _)) = result,
                let (id, time) = live(hold.applicant, service, standing)
            else { return handler(result) }
            handler(.failure(.bookedAlready(id, service, at: time)))
        }
    }

    /// The live booking of somebody for a service, if it is at an office that the caller may ask about; to be
    /// called without the lock of any office.
    private func live(
        _ name: ApplicantName, _ service: ServiceID, _ standing: Standing
    ) -> (BookingID, TimeOfDay?)? {
        let places = persons.withLock { $0.all(keys.all(name)) }
            .filter { $0.services.contains(service) && standing.reaches($0.id.office) }
            .sorted { ($0.id.date, $0.id.number) < ($1.id.date, $1.id.number) }
        for place in places {
            let start = room(place.id.office)?.state.withLock { state -> Int32? in
                state.days[place.id.date.dayNumber]?.withDecided { day -> Int32? in
                    let index = Int(place.id.number) - 1
                    guard day.bookings.indices.contains(index), day.bookings[index].state.isLive
                    else { return nil }
                    return day.bookings[index].start
                }
            }
            if let start { return (place.id, TimeOfDay(second: start)) }
        }
        return nil
    }

    /// The bookings of one person that count, at one office or at all, from the day before on, by their times.
    func bookings(
        _ question: BookingsQuestion, _ now: Timestamp
    ) throws(CommandFault) -> [BookingView] {
        if let office = question.office, room(office) == nil { throw .unknownOffice(office) }
        let ids = persons.withLock { $0.all(keys.all(question.applicant)) }.map(\.id)
            .filter { question.office == nil || question.office == $0.office }
        var views: [BookingView] = []
        for id in Set(ids) {
            let view = room(id.office)?.state.withLock { state -> BookingView? in
                let before = state.today(now).adding(days: -1) ?? state.today(now)
                guard id.date >= before, let cell = state.days[id.date.dayNumber] else {
                    return nil
                }
                return try? cell.committed.view(
                    booking: id.number, office: id.office, date: id.date)
            }
            if let view, view.state.counts { views.append(view) }
        }
        return views.sorted {
            ($0.id.date, $0.start, $0.id.office, $0.id.number)
                < ($1.id.date, $1.start, $1.id.office, $1.id.number)
        }
    }

    // MARK: At a start

    /// Counts the bookings of days that are over and not in memory, where a limit reaches back to them.
    func loadCountedDays() throws(StoreFailure) {
        let rooms = allRooms
        let limits = rooms.flatMap { room in
            room.state.withLock { $0.office.reception?.limits ?? [] }
        }
        // What other offices' days count under is told by their plans alone.
        let areShared = limits.contains { $0.shared != nil && $0.days > 1 }
        try loadCountedDays(
            of: rooms.filter { room in
                areShared
                    || room.state.withLock { state in
                        state.office.reception?.limits.contains { $0.days > 1 } ?? false
                    }
            })
    }

    /// The same for some offices, each once.
    func loadCountedDays(of rooms: [OfficeRoom]) throws(StoreFailure) {
        var from: [OfficeID: (date: CivilDate, known: Set<Int32>)] = [:]
        for room in rooms {
            room.state.withLock { state in
                guard !state.hasCountedDays else { return }
                state.hasCountedDays = true
                from[room.id] = (state.countedFrom, state.countedEarlier)
            }
        }
        guard !from.isEmpty else { return }
        var work: [(StreamName, OfficeID, CivilDate)] = []
        for (stream, _) in try store.streams() {
            guard case .officeDay(let name, let date) = stream, let id = OfficeID(name),
                let loaded = from[id], date < loaded.date, !loaded.known.contains(date.dayNumber),
                date.days(until: loaded.date) <= OfficeLimits.personDays.upperBound
            else { continue }
            work.append((stream, id, date))
        }
        let failure = Mutex<StoreFailure?>(nil)
        let days = work
        DispatchQueue.concurrentPerform(iterations: days.count) { index in
            let (stream, office, date) = days[index]
            do throws(StoreFailure) {
                let places =
                    try load(stream, office, date) { SlotGrid($0) }?.committed
                    .countedPlaces(office, date) ?? []
                persons.withLock { book in for place in places { book.take(place) } }
            } catch { failure.withLock { $0 = $0 ?? error } }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }

    /// Who somebody is who books from now on: for checking.
    package func applicant(_ name: ApplicantName) -> Applicant { keys.applicant(name) }

    /// Every booking that counts, as decisions see it: for checking.
    package var countedBookings: Set<BookingID> { persons.withLock { Set($0.everything) } }
}
