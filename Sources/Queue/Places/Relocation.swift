// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// New places for bookings that a change leaves without one.
///
/// Each goes to the free slot nearest to its own on its day, the earlier of two alike, else on the
/// first later day that has one. Who finds none takes the new place of another that finds a new one
/// in turn, so that as many as possible have one; and only who finds none so goes to an earlier day, the last
/// that has a free slot.
public struct Relocation {
    /// A booking without a place.
    public struct Wish: Hashable, Sendable {
        public let date: CivilDate
        /// The booking's number on its day.
        public let number: UInt32
        public let service: ServiceID
        /// When its slot started, in seconds since midnight.
        public let start: Int32

        public init(date: CivilDate, number: UInt32, service: ServiceID, start: Int32) {
            self.date = date
            self.number = number
            self.service = service
            self.start = start
        }
    }

    /// A slot on a day.
    public struct Place: Hashable, Sendable {
        public let date: CivilDate
        public let start: Int32

        public init(date: CivilDate, start: Int32) {
            self.date = date
            self.start = start
        }
    }

    /// A day as it will be, and when it is now, in seconds since its midnight.
    public typealias Day = (day: OfficeDay, now: Int32)

    /// How many slots are looked at, in all, for those who would have to take another's.
    static let patience = 20_000

    private let wishes: [Wish]
    private let days: ClosedRange<CivilDate>
    /// Whether somebody took another's place, who left an earlier one.
    private var hasReplaced = false
    /// The days that were asked for; nil for a date without one.
    private var seen: [CivilDate: Day?] = [:]
    private var places: [Place?]
    private var takers: [Capacity.Taker?]
    private var patience = Relocation.patience

    /// A place for each wish, in the order in which they choose; nil where there is none.
    ///
    /// `days` are those that can be booked, and `day` a date's day as it will be, or nil if there is none.
    public static func places(
        for wishes: [Wish], on days: ClosedRange<CivilDate>, day: (CivilDate) -> Day?
    ) -> [Place?] {
        var relocation = Relocation(wishes, days)
        for index in wishes.indices {
            var asked: Set<Int> = []
            if !relocation.find(index, &asked, day) { relocation.findEarlier(index, day) }
        }
        if relocation.hasReplaced { relocation.settle(day) }
        return relocation.places
    }

    private init(_ wishes: [Wish], _ days: ClosedRange<CivilDate>) {
        self.wishes = wishes
        self.days = days
        places = Array(repeating: nil, count: wishes.count)
        takers = Array(repeating: nil, count: wishes.count)
    }

    private mutating func find(
        _ index: Int, _ asked: inout Set<Int>, _ day: (CivilDate) -> Day?
    ) -> Bool {
        asked.insert(index)
        if let place = free(index, day) {
            take(index, place)
            return true
        }
        for date in stride(from: wishes[index].date, through: days.upperBound, by: 1)
        where places.contains(where: { $0?.date == date }) {
            for slot in slots(index, date, day) {
                let place = Place(date: date, start: slot.start)
                if replace(index, at: place, &asked, day) { return true }
            }
        }
        return false
    }

    /// The free slot that suits best, on its day or a later one.
    private mutating func free(_ index: Int, _ day: (CivilDate) -> Day?) -> Place? {
        for date in stride(from: wishes[index].date, through: days.upperBound, by: 1) {
            if let start = slots(index, date, day).first(where: { $0.isFree })?.start {
                return Place(date: date, start: start)
            }
        }
        return nil
    }

    private mutating func findEarlier(_ index: Int, _ day: (CivilDate) -> Day?) {
        var next = wishes[index].date.adding(days: -1)
        while let date = next, date >= days.lowerBound {
            if let start = slots(index, date, day).first(where: { $0.isFree })?.start {
                return take(index, Place(date: date, start: start))
            }
            next = date.adding(days: -1)
        }
    }

    /// Gives those who have a place a better one that somebody has left since.
    private mutating func settle(_ day: (CivilDate) -> Day?) {
        for index in wishes.indices {
            guard let old = places[index] else { continue }
            give(index)
            let best = old.date < wishes[index].date ? nil : free(index, day)
            take(index, best ?? old)
        }
    }

    /// Takes the place of another who finds a new one.
    private mutating func replace(
        _ index: Int, at place: Place, _ asked: inout Set<Int>, _ day: (CivilDate) -> Day?
    ) -> Bool {
        for other in places.indices where places[other]?.date == place.date {
            guard let old = places[other], !asked.contains(other) else { continue }
            patience -= 1
            guard patience > 0 else { return false }
            give(other)
            if admits(index, place) {
                take(index, place)
                if find(other, &asked, day) {
                    hasReplaced = true
                    return true
                }
                give(index)
            }
            take(other, old)
        }
        return false
    }

    /// The slots of a date that can be booked for a wish, the nearest first.
    private mutating func slots(
        _ index: Int, _ date: CivilDate, _ day: (CivilDate) -> Day?
    ) -> [(start: Int32, isFree: Bool)] {
        guard let known = known(date, day),
            let service = known.day.plan.service(wishes[index].service)
        else { return [] }
        let (starts, free) = known.day.slots(of: service, channel: .office, at: known.now)
        let earliest = known.day.earliestStart(at: known.now)
        let wanted = wishes[index].start
        return zip(starts, free).filter { $0.0 >= earliest }
            .sorted { (abs($0.0 - wanted), $0.0) < (abs($1.0 - wanted), $1.0) }
            .map { ($0.0, $0.1 > 0) }
    }

    /// A date's day without those who look for places; it is asked for once.
    private mutating func known(_ date: CivilDate, _ day: (CivilDate) -> Day?) -> Day? {
        if let known = seen[date] { return known }
        var known = day(date)
        for wish in wishes where wish.date == date {
            if let taker = known?.day.taker(wish.number) { known?.day.capacity.give(taker) }
        }
        seen[date] = .some(known)
        return known
    }

    private func admits(_ index: Int, _ place: Place) -> Bool {
        guard let day = seen[place.date]??.day,
            let service = day.plan.service(wishes[index].service),
            let slot = day.capacity.slot(at: place.start, service: service)
        else { return false }
        return day.capacity.hasShare(slot, channel: .office)
            && day.capacity.admits(slot, service: service)
    }

    private mutating func take(_ index: Int, _ place: Place) {
        guard let day = seen[place.date]??.day,
            let service = day.plan.service(wishes[index].service)
        else { return }
        let taker = Capacity.Taker(
            number: UInt32(day.bookings.count + index + 1), start: place.start,
            service: UInt8(service), channel: .office)
        seen[place.date]??.day.capacity.take(taker)
        takers[index] = taker
        places[index] = place
    }

    private mutating func give(_ index: Int) {
        guard let taker = takers[index], let place = places[index] else { return }
        seen[place.date]??.day.capacity.give(taker)
        takers[index] = nil
        places[index] = nil
    }
}
