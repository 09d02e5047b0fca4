// SPDX-License-Identifier: Apache-2.0

/// Bookings seated at windows one by one: each for its whole time at one window, no two at once; a visit in
/// several turns once for each of them.
///
/// A seating is a proof, however it was found: nobody can be seated where the window does not render
/// the service, is not there, or has somebody else. Who finds no seat takes one from those who have
/// been sent away least, and these look for others. If that does not end, a seating that somebody
/// else has found may be shown (``seat(_:as:)``): it is as good if everybody in it can be seated so.
/// If there is none, and everybody around has been tried everywhere (``SeatingSearch``), it cannot be
/// done.
struct Seating {
    /// How often somebody may be sent away before other ways are tried.
    static let patience = 2_000

    let windows: DayWindows
    /// By the bookings' numbers; of the turns after the first with the turn's place in the highest four bits.
    private var seats: [UInt32: Seat] = [:]
    /// For each slot and window, who is there; 0 for nobody.
    private var there: [UInt32]
    private let width: Int

    /// Who is seated where.
    private struct Seat {
        let slots: [Int]
        let able: [Int]
        var window: Int
    }

    init(_ windows: DayWindows) {
        self.windows = windows
        width = windows.plan.windows.count
        there = Array(repeating: 0, count: windows.count * width)
    }

    private static let turnUnit: UInt32 = 1 << 28

    var numbers: Set<UInt32> { Set(seats.keys.filter { $0 < Seating.turnUnit }) }

    /// Who is seated in a slot.
    func numbers(in slot: Int) -> Set<UInt32> {
        Set(there[slot * width..<(slot + 1) * width].map { $0 % Seating.turnUnit })
            .subtracting([0])
    }

    /// Sends somebody away for good.
    mutating func remove(_ number: UInt32) {
        for turn in 0..<16 { leave(UInt32(turn) * Seating.turnUnit + number) }
    }

    private mutating func leave(_ number: UInt32) {
        guard let seat = seats.removeValue(forKey: number) else { return }
        for slot in seat.slots { there[slot * width + seat.window] = 0 }
    }

    /// Seats a booking beside all who are seated, these perhaps elsewhere than before; false, and
    /// nothing is changed, if no way was found.
    ///
    /// `shown` is asked for a seating that somebody else has found, the window of each by its number.
    mutating func add(
        _ number: UInt32, _ booking: BookingBook, shown: () -> [UInt32: Int]
    ) -> Bool {
        guard let sittings = windows.sittings(booking) else { return false }
        var all = self
        for (turn, sitting) in sittings.enumerated() {
            let seat = Seat(slots: sitting.slots, able: sitting.able, window: -1)
            let name = UInt32(turn) * Seating.turnUnit + number
            guard !seat.able.isEmpty, all.seat(name, seat, shown: shown) else { return false }
        }
        self = all
        return true
    }

    private mutating func seat(
        _ number: UInt32, _ seat: Seat, shown: () -> [UInt32: Int]
    ) -> Bool {
        var next = self
        guard
            next.makeRoom(number, seat) || next.follow(shown(), number, seat, from: self)
                || next.tryAll(number, seat, from: self)
        else { return false }
        self = next
        return true
    }

    /// Seats everybody where a seating has them; false if somebody cannot be there.
    private mutating func follow(
        _ shown: [UInt32: Int], _ number: UInt32, _ seat: Seat, from before: Seating
    ) -> Bool {
        var all = before.seats
        all[number] = seat
        self = Seating(windows)
        for (number, seat) in all {
            guard let window = shown[number], seat.able.contains(window),
                seat.slots.allSatisfy({ there[$0 * width + window] == 0 })
            else { return false }
            var seat = seat
            seat.window = window
            sit(number, seat)
        }
        return true
    }

    private mutating func makeRoom(_ number: UInt32, _ seat: Seat) -> Bool {
        var looking = [(number, seat)]
        var sentAway: [UInt32: Int] = [:]
        for turn in 0..<Seating.patience {
            guard turn < looking.count else { return true }
            var (number, seat) = looking[turn]
            let window = mildest(seat, sentAway, turn)
            for other in occupants(seat, window).sorted() {
                guard let moved = seats[other] else { continue }
                leave(other)
                sentAway[other, default: 0] += 1
                looking.append((other, moved))
            }
            seat.window = window
            sit(number, seat)
        }
        return false
    }

    private mutating func sit(_ number: UInt32, _ seat: Seat) {
        seats[number] = seat
        for slot in seat.slots { there[slot * width + seat.window] = number }
    }

    private func occupants(_ seat: Seat, _ window: Int) -> Set<UInt32> {
        Set(seat.slots.map { there[$0 * width + window] }).subtracting([0])
    }

    /// The window at which the fewest have to go, those counting more who went before.
    private func mildest(_ seat: Seat, _ sentAway: [UInt32: Int], _ turn: Int) -> Int {
        var best = (window: seat.able[0], cost: Int.max)
        for place in seat.able.indices {
            // Not always the same one of windows alike.
            let window = seat.able[(place + turn) % seat.able.count]
            var (cost, last) = (0, UInt32(0))
            for slot in seat.slots {
                let other = there[slot * width + window]
                if other != 0, other != last { cost += 1 + (sentAway[other] ?? 0) }
                last = other
            }
            if cost < best.cost { best = (window, cost) }
            if cost == 0 { break }
        }
        return best.window
    }

    /// Tries all around the booking everywhere.
    private mutating func tryAll(_ number: UInt32, _ seat: Seat, from before: Seating) -> Bool {
        var around = [number: seat.slots]
        var slots = Set(seat.slots)
        var isGrowing = true
        while isGrowing {
            isGrowing = false
            for (other, seat) in before.seats
            where around[other] == nil && seat.slots.contains(where: slots.contains) {
                around[other] = seat.slots
                slots.formUnion(seat.slots)
                isGrowing = true
            }
        }
        var search = SeatingSearch(
            around.keys.sorted().map { other in
                let found = before.seats[other] ?? seat
                return (other, found.slots, found.able)
            })
        guard let found = search.run() else { return false }
        self = before
        for other in found.keys { leave(other) }
        for (other, window) in found {
            var seat = before.seats[other] ?? seat
            seat.window = window
            sit(other, seat)
        }
        return true
    }
}
