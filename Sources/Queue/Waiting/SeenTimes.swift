// SPDX-License-Identifier: Apache-2.0

/// What the day has shown so far of how long things take.
///
/// The last of each kind count; a few assumed values stand beside them, so that there is something
/// to draw from in the morning, and weigh less with each that is seen.
struct SeenTimes {
    /// How many of the last tickets are looked at.
    static let lookback = 256
    /// Who was called and did not come.
    static let never = Int32.max
    /// A longer gap was no clerk's pause between two applicants but a break.
    private static let longestGap: Int32 = 180

    /// Seconds that each service keeps a window, from the call to the end; 0 where nobody came.
    ///
    /// The planned duration is the longest permitted (R3.6): what is assumed is spread evenly below
    /// it.
    var serving: [Urn]
    /// Seconds from when a window could call the next one to the call.
    ///
    /// The time lost by calling somebody who did not come is in the gap before the next call.
    var gap: Urn
    /// Seconds from a booking's time to the arrival; `never` for a no-show.
    var lateness: Urn

    init(_ day: OfficeDay) {
        let recent = day.tickets.suffix(SeenTimes.lookback)
        var serving = [[Int32]](repeating: [], count: day.plan.services.count)
        for ticket in recent where ticket.calls > 0 {
            switch (ticket.state, ticket.outcome) {
            case (.finished, .served), (.finished, .refused):
                serving[Int(ticket.service)].append(ticket.finishedAt - ticket.calledAt)
            case (.finished, _), (.skipped, _): serving[Int(ticket.service)].append(0)
            default: break
            }
        }
        self.serving = day.plan.services.indices.map { service in
            let planned = day.plan.services[service].seconds
            return Urn(
                seen: serving[service], assumed: [planned / 6, planned / 2, planned * 5 / 6])
        }
        gap = Urn(seen: SeenTimes.gaps(recent), assumed: [5, 10, 20, 30])
        lateness = Urn(
            seen: SeenTimes.latenesses(day),
            assumed: [-1_200, -900, -600, -420, -240, -60, 240, SeenTimes.never])
    }

    private static func gaps(_ tickets: ArraySlice<Ticket>) -> [Int32] {
        let called = tickets.filter { $0.outcome == .served || $0.outcome == .refused }
            .sorted { ($0.window, $0.calledAt) < ($1.window, $1.calledAt) }
        return zip(called, called.dropFirst()).compactMap { before, ticket in
            let gap = ticket.calledAt - max(before.finishedAt, ticket.waitsFrom)
            let isGap = before.window == ticket.window && (0...longestGap).contains(gap)
            return isGap ? gap : nil
        }
    }

    private static func latenesses(_ day: OfficeDay) -> [Int32] {
        day.bookings.suffix(lookback).compactMap { booking in
            if booking.ticket >= 0 {
                return day.tickets[Int(booking.ticket)].takenAt - booking.start
            }
            return booking.state == .noShow ? never : nil
        }
    }

    /// Takes the copies out of every urn.
    mutating func refill() {
        for service in serving.indices { serving[service].refill() }
        gap.refill()
    }

    /// How much longer somebody stays at a window, after so many seconds there.
    func remaining(_ service: Int, after seconds: Int32, _ draws: inout Draws) -> Int32 {
        if let whole = serving[service].draw(above: seconds, &draws) { return whole - seconds }
        // Longer than anybody was seen to take: half as long again at the most.
        return Int32(draws.below(Int(seconds) / 2 + 1))
    }
}
