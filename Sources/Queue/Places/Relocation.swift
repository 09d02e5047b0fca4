// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// New places for bookings that a change leaves without one.
///
/// Each goes to the free slot nearest to its own on its day, the earlier of two alike, else on the
/// first later day that has one. Who finds none takes the new place of another that finds a new one
/// in turn. Only who finds none so goes to an earlier day, the last that has a free slot; and if there is none,
/// another goes there instead and leaves its place, so that as many as possible have one.
///
/// It is the office that moves them: its horizon says which other days they go to, and its lead time only which
/// slots come before others.
public struct Relocation {
    /// A booking without a place.
    public struct Wish: Hashable, Sendable {
        public let date: CivilDate
        /// The booking's number on its day.
        public let number: UInt32
        public let service: ServiceID
        /// When its slot started, in seconds since midnight.
        public let start: Int32
        /// What it is for beside the service.
        public let further: FurtherServices?

        public init(
            date: CivilDate, number: UInt32, service: ServiceID, start: Int32,
            further: FurtherServices? = nil
        ) {
            self.date = date
            self.number = number
            self.service = service
            self.start = start
            self.further = further
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
    /// How often those who have a place look for a better one that was left.
    static let rounds = 8

    private let wishes: [Wish]
    private let days: ClosedRange<CivilDate>
    /// Whether somebody took another's place, who left an earlier one.
    private var hasReplaced = false
    /// Whether earlier days are looked at too.
    private var looksBack = false
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
        for looksBack in [false, true] {
            relocation.looksBack = looksBack
            relocation.patience = Relocation.patience
            for index in wishes.indices where relocation.places[index] == nil {
                var asked: Set<Int> = []
                _ = relocation.find(index, &asked, day)
            }
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
        for isForSeveral in [false, true] {
            for date in dates(for: index)
            where places.contains(where: { $0?.date == date }) && patience > 0 {
                for slot in slots(index, date, day) where patience > 0 {
                    let place = Place(date: date, start: slot.start)
                    if isForSeveral
                        ? replaceSeveral(index, at: place, &asked, day)
                        : replace(index, at: place, &asked, day)
                    {
                        return true
                    }
                }
            }
        }
        return false
    }

    /// The dates on which a wish looks for a place: its own, whether or not it can be booked still, then
    /// later ones that can be, then earlier ones, the last first.
    private func dates(for index: Int) -> [CivilDate] {
        let own = wishes[index].date
        let later = days.filter { $0 > own }
        return [own] + later + (looksBack ? days.reversed().filter { $0 < own } : [])
    }

    /// The free slot that suits best.
    private mutating func free(_ index: Int, _ day: (CivilDate) -> Day?) -> Place? {
        for date in dates(for: index) {
            if let start = slots(index, date, day).first(where: { $0.isFree })?.start {
                return Place(date: date, start: start)
            }
        }
        return nil
    }

    /// Gives those who have a place a better one that somebody has left since, which may leave one for
    /// others.
    private mutating func settle(_ day: (CivilDate) -> Day?) {
        for _ in 0..<Relocation.rounds {
            let before = places
            for index in wishes.indices {
                guard let old = places[index] else { continue }
                give(index)
                take(index, free(index, day) ?? old)
            }
            guard places != before else { return }
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

    /// Takes the places of several others at once who find new ones: one that takes several slots is in the
    /// way of more than one.
    private mutating func replaceSeveral(
        _ index: Int, at place: Place, _ asked: inout Set<Int>, _ day: (CivilDate) -> Day?
    ) -> Bool {
        let others = places.indices.filter { places[$0]?.date == place.date && !asked.contains($0) }
        guard others.count > 1, takesSeveralSlots(on: place.date) else { return false }
        let (before, askedBefore) = (self, asked)
        var left: [(other: Int, old: Place)] = []
        for other in others where !admits(index, place) {
            guard let old = places[other] else { continue }
            patience -= 1
            give(other)
            left.append((other, old))
        }
        if admits(index, place) {
            take(index, place)
            let isDone = left.allSatisfy { other, old in
                if admits(other, old) {
                    take(other, old)
                    return true
                }
                return find(other, &asked, day)
            }
            if isDone {
                hasReplaced = true
                return true
            }
        }
        // Days that were asked for meanwhile are not asked for again.
        let new = Set(seen.keys).subtracting(before.seen.keys)
        for placed in places.indices where places[placed].map({ new.contains($0.date) }) == true {
            give(placed)
        }
        let (spent, days) = (patience, seen)
        (self, asked) = (before, askedBefore)
        patience = spent
        for date in new { seen[date] = days[date] }
        return false
    }

    private func takesSeveralSlots(on date: CivilDate) -> Bool {
        seen[date]??.day.capacity.grid.stays != nil || wishes.contains { $0.further != nil }
    }

    /// The slots of a date that can be booked for a wish, the nearest first.
    private mutating func slots(
        _ index: Int, _ date: CivilDate, _ day: (CivilDate) -> Day?
    ) -> [(start: Int32, isFree: Bool)] {
        guard let known = known(date, day),
            let taker = taker(index, Place(date: date, start: 0), known.day)
        else { return [] }
        return known.day.starts(
            of: Int(taker.service), further: taker.visit.turns, near: wishes[index].start,
            at: known.now)
    }

    /// The wish as a booking of a day; nil if the day does not know its services.
    private func taker(_ index: Int, _ place: Place, _ day: OfficeDay) -> Capacity.Taker? {
        let wish = wishes[index]
        guard let service = day.plan.service(wish.service) else { return nil }
        let further = wish.further?.turns(in: day.plan)
        guard (further == nil) == (wish.further == nil) else { return nil }
        // The office may book every place.
        return Capacity.Taker(
            number: UInt32(day.bookings.count + index + 1), start: place.start,
            service: UInt8(service), channel: .office, visit: PackedTurns(further))
    }

    /// A date's day without those who look for places; it is asked for once.
    private mutating func known(_ date: CivilDate, _ day: (CivilDate) -> Day?) -> Day? {
        if let known = seen[date] { return known }
        var known = day(date)
        // A visit at one window is a kind of its own.
        for index in wishes.indices where wishes[index].further?.isAtOneWindow == true {
            if let day = known?.day,
                let taker = taker(index, Place(date: date, start: 0), day)
            {
                known?.day.capacity = day.capacity(knowing: taker)
            }
        }
        for wish in wishes where wish.date == date {
            if let taker = known?.day.taker(wish.number) { known?.day.capacity.give(taker) }
        }
        seen[date] = .some(known)
        return known
    }

    private func admits(_ index: Int, _ place: Place) -> Bool {
        guard let day = seen[place.date]??.day, let taker = taker(index, place, day) else {
            return false
        }
        return day.capacity.admits(taker)
    }

    private mutating func take(_ index: Int, _ place: Place) {
        guard let day = seen[place.date]??.day, let taker = taker(index, place, day) else {
            return
        }
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
