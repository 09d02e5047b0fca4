// SPDX-License-Identifier: Apache-2.0

/// The line and the windows at one moment, as a forecast starts from them.
///
/// Who comes later in the line never delays who is before, as no window calls out of order. So a
/// model up to somebody's place holds only those before, those who may still come before, and the
/// windows.
struct LineModel {
    /// Somebody who waits, first to be called first.
    struct Place {
        let key: Int32
        let waitsFrom: Int32
        let service: UInt8
        let group: Int
        /// Its place among the day's tickets; −1 for a newcomer.
        let ticket: Int32
    }

    /// Those whom the same windows may call: for one service, and perhaps for one window alone.
    struct Group: Hashable {
        let service: UInt8
        let window: UInt8
    }

    /// A window that calls, or is expected to.
    struct Counter {
        /// When it calls, in rising order; the last may have no end.
        let spans: [DayPlan.Span]
        /// The service that it is busy with and for how long it has been; nil if it is idle.
        let busy: (service: Int, seconds: Int32)?
        /// The groups whose tickets it may call.
        let groups: [Int]
    }

    /// Somebody who may come before the last place.
    struct Expected {
        enum Kind {
            /// A confirmed booking whose applicant is not there yet.
            case booking
            /// Set aside by a window; comes back to its place.
            case parked
            /// A walk-in like one that came lately, with this chance in 1,024.
            case walkIn(chance: Int)
        }
        let key: Int32
        let group: Int
        let kind: Kind
    }

    let now: Int32
    private(set) var places: [Place] = []
    private(set) var groups: [Group] = []
    private(set) var counters: [Counter] = []
    private(set) var expected: [Expected] = []
    let seen: SeenTimes

    /// The whole line, with more windows open than there are.
    init(_ day: OfficeDay, at now: Int32, opened: [Int] = [], seen: SeenTimes? = nil) {
        self.now = now
        self.seen = seen ?? SeenTimes(day)
        for index in day.line { add(index, of: day) }
        expect(day)
        addCounters(day, opened)
    }

    /// The line up to somebody who comes now, being due from a time on.
    init(_ day: OfficeDay, at now: Int32, newcomer service: Int, key: Int32) {
        self.now = now
        seen = SeenTimes(day)
        for index in day.line {
            let ticket = day.tickets[Int(index)]
            guard ticket.key <= key else { break }
            add(index, of: day)
        }
        places.append(
            Place(
                key: key, waitsFrom: max(key, now), service: UInt8(service),
                group: group(UInt8(service), Ticket.noWindow), ticket: -1))
        expect(day)
        addCounters(day, [])
    }

    private mutating func add(_ index: Int32, of day: OfficeDay) {
        let ticket = day.tickets[Int(index)]
        add(ticket, index, direction: day.direction(of: ticket))
    }

    private mutating func group(_ service: UInt8, _ window: UInt8) -> Int {
        let group = Group(service: service, window: window)
        if let index = groups.firstIndex(of: group) { return index }
        groups.append(group)
        return groups.count - 1
    }

    /// `direction` is the window for which alone the ticket waits.
    private mutating func add(_ ticket: Ticket, _ index: Int32, direction: UInt8?) {
        places.append(
            Place(
                key: ticket.key, waitsFrom: ticket.waitsFrom, service: ticket.service,
                group: group(ticket.service, direction ?? Ticket.noWindow), ticket: index))
    }
}

// MARK: Who may come

extension LineModel {
    /// For how long back walk-ins are looked at, and those set aside stay away at most, in seconds.
    private static let arrivalSeconds: Int32 = 3_600
    static let parkedSeconds = 900
    /// The most who are expected to come; more would change little.
    private static let expectedLimit = 256

    private mutating func expect(_ day: OfficeDay) {
        guard let last = places.last?.key else { return }
        for booking in day.bookings
        where booking.state == .confirmed && booking.start < last
            && booking.start + day.plan.rules.graceSeconds > now
        {
            expect(Expected(key: booking.start, group: group(of: booking.service), kind: .booking))
            for turn in 0..<Int(booking.visit.count) {
                let group = group(of: booking.visit.service(turn))
                expect(Expected(key: booking.start, group: group, kind: .booking))
            }
        }
        for ticket in day.tickets where ticket.state == .parked && ticket.key < last {
            expect(Expected(key: ticket.key, group: group(of: ticket.service), kind: .parked))
        }
        // Only a booking that came early has walk-ins after it that go before it.
        guard last > now else { return }
        let opening = day.plan.hours.first?.start ?? 0
        let lookback = min(LineModel.arrivalSeconds, max(600, now - opening))
        let recent = day.tickets.reversed().prefix { $0.takenAt > now - lookback }
            .filter { $0.booking == 0 }
        // A quiet morning says little of the evening, and so many are more than can be called.
        let chance = min(
            Int(last - now) * 1_024 / Int(lookback),
            LineModel.expectedLimit * 1_024 / max(1, recent.count))
        for ticket in recent {
            expect(
                Expected(
                    key: last, group: group(of: ticket.service), kind: .walkIn(chance: chance)))
        }
    }

    private mutating func group(of service: UInt8) -> Int { group(service, Ticket.noWindow) }

    private mutating func expect(_ expected: Expected) {
        if self.expected.count < LineModel.expectedLimit { self.expected.append(expected) }
    }
}

// MARK: Windows

extension LineModel {
    private mutating func addCounters(_ day: OfficeDay, _ opened: [Int]) {
        for (index, window) in day.plan.windows.enumerated() {
            let status = day.windows[index]
            let spans =
                opened.contains(index)
                ? calling(day, window, from: now) : spans(day, window, status)
            let able = groups.indices.filter {
                day.plan.mayCall(groups[$0].service, at: index)
                    && (groups[$0].window == Ticket.noWindow || groups[$0].window == UInt8(index))
            }
            guard !spans.isEmpty, !able.isEmpty else { continue }
            let busy = day.ticket(at: index).map {
                (service: Int($0.service), seconds: max(0, now - $0.calledAt))
            }
            counters.append(Counter(spans: spans, busy: busy, groups: able))
        }
    }

    /// When a window is expected to call.
    ///
    /// An open one does from now on as its plan has it. One on break comes back when its next
    /// planned hours begin, or at once if the break began before the hours in which the present
    /// lies; from any other break nobody knows when it comes back, so it does not count, and
    /// neither does one that is planned to be open and is closed.
    private func spans(
        _ day: OfficeDay, _ window: DayPlan.Window, _ status: WindowStatus
    ) -> [DayPlan.Span] {
        switch status.state {
        case .closed: return []
        case .open: return calling(day, window, from: now)
        case .onBreak:
            guard let next = window.spans.first(where: { now < $0.end }) else { return [] }
            return status.since < next.start ? calling(day, window, from: max(now, next.start)) : []
        }
    }

    /// The planned hours from a time on, as a window that is open then keeps them.
    ///
    /// One open outside its hours stays so until the next of them end. Hours that end with the
    /// office's own last have no end here: those who are in the line then are still called.
    private func calling(
        _ day: OfficeDay, _ window: DayPlan.Window, from start: Int32
    ) -> [DayPlan.Span] {
        let closing = day.plan.hours.last?.end ?? 0
        var left = window.spans.filter { start < $0.end }.map { span in
            DayPlan.Span(start: span.start, end: span.end == closing ? .max : span.end)
        }
        guard let first = left.first else { return [DayPlan.Span(start: start, end: .max)] }
        left[0] = DayPlan.Span(start: start, end: first.end)
        return left
    }
}
