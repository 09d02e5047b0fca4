// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue

/// A booking that counts, as far as others of the same person are concerned.
struct BookedPlace: Hashable, Sendable {
    let person: Applicant
    let id: BookingID
    let services: Set<ServiceID>
    /// The limits under which it counts together with bookings at other offices.
    let shared: [ListedCode]

    var counted: PersonLimit.Counted { PersonLimit.Counted(date: id.date, services: services) }
}

/// How what counts changes.
enum BookChange: Hashable, Sendable {
    case taken(BookedPlace)
    case given(BookedPlace)
}

/// The bookings of each person that count, as decisions see them, on days that are in memory or were not long ago.
///
/// The journal's claims keep apart what can be had once, and are given back when a booking is over. What one
/// person may book counts a booking for days after that, so it is counted here, from the journal's events: a
/// claim that nobody gives back would lie in the store for ever.
struct PersonBook {
    /// How often each place is taken: once, but for moments in which changes on their way are lost that took it
    /// or gave it up.
    private var places: [Applicant: [BookedPlace: Int]] = [:]

    /// What somebody has, under any of their hashes, each booking once.
    func all(_ person: [Applicant]) -> [BookedPlace] {
        var seen: Set<BookingID> = []
        return person.flatMap { (places[$0] ?? [:]).filter { $0.value > 0 }.keys }
            .filter { seen.insert($0.id).inserted }
    }

    mutating func take(_ place: BookedPlace) { add(1, place) }

    mutating func give(_ place: BookedPlace) { add(-1, place) }

    private mutating func add(_ number: Int, _ place: BookedPlace) {
        let count = (places[place.person]?[place] ?? 0) + number
        places[place.person, default: [:]][place] = count == 0 ? nil : count
        if places[place.person]?.isEmpty == true { places[place.person] = nil }
    }

    /// The first of an office's limits that does not allow somebody one more booking beside those that they have,
    /// but for some that are given up for it; nil if all of them do.
    ///
    /// `from` is the first date after that one, at most as many days later as the limit has, on which it would be
    /// allowed.
    func limit(
        _ limits: [PersonLimit], against new: PersonLimit.Counted, at office: OfficeID,
        of person: [Applicant], giving given: Set<BookingID>
    ) -> (limit: PersonLimit, from: CivilDate?)? {
        guard !limits.isEmpty else { return nil }
        let all = all(person).filter { !given.contains($0.id) }
        for limit in limits {
            let others = all.filter { place in
                limit.shared.map { place.shared.contains($0) } ?? (place.id.office == office)
            }.map(\.counted)
            guard !limit.allows(new, beside: others) else { continue }
            let later = (1...limit.days).lazy.compactMap { new.date.adding(days: $0) }
            return (
                limit,
                later.first {
                    limit.allows(.init(date: $0, services: new.services), beside: others)
                }
            )
        }
        return nil
    }

    /// Forgets what is too long ago to count for anybody.
    mutating func forget(before date: CivilDate) {
        for (person, its) in places where its.keys.contains(where: { $0.id.date < date }) {
            let left = its.filter { $0.key.id.date >= date }
            places[person] = left.isEmpty ? nil : left
        }
    }

    /// Every booking in it, by office: for checking.
    var everything: [BookingID] {
        places.values.flatMap { $0.filter { $0.value > 0 }.keys.map(\.id) }
    }
}

extension OfficeDay {
    /// The bookings that count.
    func countedPlaces(_ office: OfficeID, _ date: CivilDate) -> [BookedPlace] {
        bookings.indices.filter { bookings[$0].state.counts }.map {
            place(UInt32($0 + 1), plan, office, date)
        }
    }

    private func place(
        _ number: UInt32, _ plan: DayPlan, _ office: OfficeID, _ date: CivilDate
    ) -> BookedPlace {
        let booking = bookings[Int(number) - 1]
        return BookedPlace(
            person: booking.applicant,
            id: BookingID(office: office, date: date, number: number),
            services: names(booking.turns), shared: plan.sharedLimits)
    }

    private func names(_ turns: [UInt8]) -> Set<ServiceID> {
        Set(turns.map { plan.services[Int($0)].id })
    }

    /// What events change of what counts, where no plan is among them; to be asked before they are applied.
    func bookChanges(
        _ events: [DayEvent], _ office: OfficeID, _ date: CivilDate
    ) -> [BookChange] {
        var changes: [BookChange] = []
        for event in events {
            switch event {
            case .held(let held):
                changes.append(
                    .taken(
                        BookedPlace(
                            person: held.applicant,
                            id: BookingID(office: office, date: date, number: held.number),
                            services: names(held.turns),
                            shared: plan.sharedLimits)))
            case .offerAccepted(let accepted):
                changes.append(.taken(place(accepted.booking, plan, office, date)))
            case .released(let number), .expired(let number), .moved(let number, _, _):
                changes.append(.given(place(number, plan, office, date)))
            case .cancelled(let cancelled):
                changes.append(.given(place(cancelled.number, plan, office, date)))
            default: break
            }
        }
        return changes
    }
}
