// SPDX-License-Identifier: Apache-2.0

/// The slots of a plan, and how many bookings the windows of one can serve at once.
struct SlotPlaces {
    private let plan: DayPlan
    private let length: Int32
    /// The services of each window that is there all through the slot, by the slot's start.
    private var windows: [Int32: [UInt8]] = [:]

    init(_ plan: DayPlan) {
        self.plan = plan
        length = plan.rules.slotMinutes * 60
        for span in plan.hours {
            var start = span.start
            while start + length <= span.end {
                windows[start] = plan.windows.filter { window in
                    window.spans.contains { $0.start <= start && start + length <= $0.end }
                }.map(\.services)
                start += length
            }
        }
    }

    /// The starts of the slots that a booking takes; nil if one of them is none of the plan's.
    func cells(_ booking: BookingBook) -> [Int32]? {
        var cells: [Int32] = []
        var left = plan.services[Int(booking.service)].seconds
        var start = booking.start
        while left > 0 {
            guard windows[start] != nil else { return nil }
            cells.append(start)
            left -= length
            start += length
        }
        return cells
    }

    /// Whether the booking takes a place of the slot.
    func takes(_ booking: BookingBook, _ cell: Int32) -> Bool {
        guard booking.takesPlace, windows[booking.start] != nil else { return false }
        let distance = cell - booking.start
        let seconds = plan.services[Int(booking.service)].seconds
        return distance >= 0 && distance % length == 0 && distance < seconds
    }

    /// The most places of the slot that the booking's channel may take for its service.
    func share(_ booking: BookingBook, at cell: Int32) -> Int {
        let able = (windows[cell] ?? []).filter { $0 & 1 << booking.service != 0 }.count
        switch booking.channel {
        case .portal: return (able * Int(plan.rules.portalPercent) + 99) / 100
        case .kiosk: return (able * Int(plan.rules.kioskPercent) + 99) / 100
        case .office: return able
        }
    }

    /// How many of the bookings the windows of the slot can serve at once, one each.
    ///
    /// A maximum matching by augmenting paths: a booking that finds every window for its service
    /// taken asks the bookings there whether they can go to another.
    func served(_ bookings: some Sequence<BookingBook>, at cell: Int32) -> Int {
        let windows = windows[cell] ?? []
        let wanted = bookings.map(\.service)
        var taken = [Int?](repeating: nil, count: windows.count)
        func place(_ booking: Int, _ asked: inout Set<Int>) -> Bool {
            for window in windows.indices where windows[window] & 1 << wanted[booking] != 0 {
                guard asked.insert(window).inserted else { continue }
                guard let other = taken[window] else {
                    taken[window] = booking
                    return true
                }
                if place(other, &asked) {
                    taken[window] = booking
                    return true
                }
            }
            return false
        }
        return wanted.indices.filter { booking in
            var asked: Set<Int> = []
            return place(booking, &asked)
        }.count
    }
}
