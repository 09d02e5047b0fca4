// SPDX-License-Identifier: Apache-2.0

/// Tries all ways of seating bookings at windows, from the first slot to the last.
///
/// Bookings sit down in the order of their starts. All that matters for those still to come is until
/// when each window is taken, so what failed once from there is not tried again.
struct SeatingSearch {
    /// How many beginnings are tried at most.
    static let patience = 200_000

    private let bookings: [(number: UInt32, slots: [Int], able: [Int])]
    private var until: [Int: Int] = [:]
    private var found: [UInt32: Int] = [:]
    private var failed: Set<State> = []
    private var tried = 0

    private struct State: Hashable {
        let next: Int
        let until: [Int: Int]
    }

    init(_ bookings: [(number: UInt32, slots: [Int], able: [Int])]) {
        self.bookings = bookings.sorted { ($0.slots[0], $0.number) < ($1.slots[0], $1.number) }
    }

    /// A window for each booking; nil if there is no way, or none was found with patience.
    mutating func run() -> [UInt32: Int]? { seat(0) ? found : nil }

    private mutating func seat(_ next: Int) -> Bool {
        guard next < bookings.count else { return true }
        tried += 1
        guard tried <= SeatingSearch.patience else { return false }
        let booking = bookings[next]
        let (start, end) = (booking.slots[0], booking.slots[booking.slots.count - 1] + 1)
        let state = State(next: next, until: until.filter { $0.value > start })
        guard !failed.contains(state) else { return false }
        for window in booking.able where until[window] ?? 0 <= start {
            let before = until.updateValue(end, forKey: window)
            if seat(next + 1) {
                found[booking.number] = window
                return true
            }
            until[window] = before
        }
        failed.insert(state)
        return false
    }
}
