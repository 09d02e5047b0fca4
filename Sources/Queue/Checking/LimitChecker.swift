// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// Counts from events alone what each person has booked, and proves that nobody has more than the offices allow.
///
/// A limit is looked at when somebody books or moves a booking, as the plan of the booking's day has it then; what
/// an office moves because of a plan of its own is looked at by nobody, and counts. A limit that offices share
/// counts the bookings of days whose plans name it; one of an office alone those of the office. It shares no code
/// with ``PersonLimit/allows(_:beside:)`` and goes through every day that there is.
public struct LimitChecker: Sendable {
    struct Key: Hashable {
        let office: String
        let day: Int32
    }

    struct Book {
        let person: Applicant
        let services: Set<String>
        var counts = true
    }

    struct Day {
        var limits: [PersonLimit] = []
        var services: [String] = []
        var books: [UInt32: Book] = [:]
        /// Who waits for which service, and to whom which booking is offered.
        var waiting: [UInt32: WaitingJoined] = [:]
        var offers: [UInt32: UInt32] = [:]
    }

    /// A booking that an entry makes.
    private struct New {
        let number: UInt32
        let applicant: Applicant
        let service: UInt8
        let further: FurtherTurns?
        let isMovedByOffice: Bool
    }

    private(set) var days: [Key: Day] = [:]

    public init() {}

    /// Takes the next entry of an office's day; after a violation nothing more can be checked.
    ///
    /// What gives bookings up in an entry comes before what makes new ones there.
    public mutating func check(
        _ events: [DayEvent], office: OfficeID, date: CivilDate, revision: UInt32
    ) throws(Violation) {
        let key = Key(office: office.description, day: date.dayNumber)
        // Taken out, so that it is changed in place.
        var day = days.removeValue(forKey: key) ?? Day()
        for case .planned(let plan) in events {
            day.limits = plan.reception.limits
            day.services = plan.services.map(\.id.description)
        }
        var held: [New] = []
        for event in events {
            switch event {
            case .held(let new):
                held.append(
                    New(
                        number: new.number, applicant: new.applicant, service: new.service,
                        further: new.further, isMovedByOffice: new.isMovedByOffice))
            case .waitingJoined(let joined): day.waiting[joined.number] = joined
            case .placeOffered(let offer): day.offers[offer.booking] = offer.waiting
            case .offerAccepted(let accepted):
                guard let joined = day.offers[accepted.booking].flatMap({ day.waiting[$0] }) else {
                    throw Violation(
                        revision: revision, rule: .existence, who: "booking \(accepted.booking)")
                }
                held.append(
                    New(
                        number: accepted.booking, applicant: joined.applicant,
                        service: joined.service, further: nil, isMovedByOffice: false))
            case .released(let number), .expired(let number), .moved(let number, _, _):
                day.books[number]?.counts = false
            case .cancelled(let cancelled): day.books[cancelled.number]?.counts = false
            default: break
            }
        }
        days[key] = day
        // A booking that is moved on within the entry counts no more.
        let gone = Set(
            events.compactMap { event -> UInt32? in
                switch event {
                case .released(let number), .expired(let number), .moved(let number, _, _): number
                case .cancelled(let cancelled): cancelled.number
                default: nil
                }
            })
        for new in held {
            let turns = [new.service] + (new.further?.services ?? [])
            let services = Set(turns.map { day.services[Int($0)] })
            if !new.isMovedByOffice, !gone.contains(new.number) {
                for limit in day.limits
                where !allows(limit, new.applicant, services, office: office, date: date) {
                    throw Violation(
                        revision: revision, rule: .personLimit,
                        who: "booking \(new.number) on \(date) at \(office)")
                }
            }
            days[key]?.books[new.number] = Book(
                person: new.applicant, services: services, counts: !gone.contains(new.number))
        }
    }

    /// The numbers of a day's bookings that count.
    public func counted(office: OfficeID, date: CivilDate) -> Set<UInt32> {
        let day = days[Key(office: office.description, day: date.dayNumber)]
        return Set((day?.books ?? [:]).filter(\.value.counts).keys)
    }

    /// Whether a limit of an office allows somebody one more booking of a service on a date.
    public func allows(
        _ limit: PersonLimit, _ person: Applicant, _ service: String, office: OfficeID,
        date: CivilDate
    ) -> Bool {
        allows(limit, person, [service], office: office, date: date)
    }

    /// The same of a booking for several services: it is one, and each of its services counts.
    public func allows(
        _ limit: PersonLimit, _ person: Applicant, _ booked: Set<String>, office: OfficeID,
        date: CivilDate
    ) -> Bool {
        var first = date.dayNumber - Int32(limit.days) + 1
        while first <= date.dayNumber {
            var bookings = 1
            var services = booked
            for (key, day) in days
            where first <= key.day && key.day < first + Int32(limit.days)
                && isUnder(limit, key, day, office)
            {
                for book in day.books.values where book.counts && book.person == person {
                    bookings += 1
                    services.formUnion(book.services)
                }
            }
            switch limit.counts {
            case .bookings: if bookings > limit.most { return false }
            case .services: if services.count > limit.most { return false }
            }
            first += 1
        }
        return true
    }

    private func isUnder(
        _ limit: PersonLimit, _ key: Key, _ day: Day, _ office: OfficeID
    ) -> Bool {
        guard let shared = limit.shared else { return key.office == office.description }
        return day.limits.contains { $0.shared == shared }
    }
}
