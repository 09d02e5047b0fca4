// SPDX-License-Identifier: Apache-2.0

public import CivilTime

extension PersonLimit {
    /// A booking as far as a limit counts it.
    public struct Counted: Hashable, Sendable {
        public let date: CivilDate
        /// Of a booking for several, each once.
        public let services: Set<ServiceID>

        public init(date: CivilDate, service: ServiceID) {
            self.init(date: date, services: [service])
        }

        public init(date: CivilDate, services: Set<ServiceID>) {
            (self.date, self.services) = (date, services)
        }
    }

    /// Whether one more may be booked beside those that somebody has.
    ///
    /// It may unless some `days` consecutive days with its date among them would have more than `most`: bookings,
    /// or services, of which each counts once within these days.
    ///
    ///     // 2 bookings within 10 days: on 1, 5 and 11 December there are never more than 2.
    ///     limit.allows(.init(date: dec11, service: a), beside: [.init(date: dec1, …), .init(date: dec5, …)])  // true
    ///
    /// - Complexity: O(d·n) for d days and n bookings.
    public func allows(_ new: Counted, beside others: [Counted]) -> Bool {
        let near = others.filter { abs(new.date.days(until: $0.date)) < days }
        return (0..<days).allSatisfy { back in
            // The stretch of days that begins so many before the new one's date.
            let within = near.filter {
                (-back..<days - back).contains(new.date.days(until: $0.date))
            }
            switch counts {
            case .bookings: return within.count < most
            case .services:
                return within.reduce(new.services) { $0.union($1.services) }.count <= most
            }
        }
    }
}

extension DayPlan {
    /// The names of the limits that the day's bookings count under together with other offices'.
    public var sharedLimits: [ListedCode] { reception.limits.compactMap(\.shared) }
}
