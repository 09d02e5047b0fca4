// SPDX-License-Identifier: Apache-2.0

/// What the clocks of one IANA time zone showed and will show: an offset and its transitions.
///
/// Both ways of converting handle the hour that happens twice: on 29 February 2024 the clocks of
/// Asia/Almaty showed 23:00–24:00 once at +06:00 and once more at +05:00.
public struct TimeZoneRules: Hashable, Sendable {
    /// A moment from which another offset holds.
    public struct Transition: Hashable, Sendable {
        public let at: Timestamp
        public let offset: UTCOffset

        public init(at: Timestamp, offset: UTCOffset) {
            self.at = at
            self.offset = offset
        }
    }

    /// The points in time at which a wall clock of the zone shows a given date and time.
    public enum Resolution: Hashable, Sendable {
        case once(Timestamp)
        /// The clock was set back over this time: it happens twice.
        case twice(earlier: Timestamp, later: Timestamp)
        /// The clock was set forward over this time: it never happens.
        case never
    }

    /// The IANA name, such as `Asia/Almaty`.
    public let name: String
    private let firstOffset: UTCOffset
    private let transitions: [Transition]

    /// The rules with these transitions; nil unless they are in strictly rising order.
    public init?(name: String, firstOffset: UTCOffset, transitions: [Transition]) {
        guard zip(transitions, transitions.dropFirst()).allSatisfy({ $0.at < $1.at }) else {
            return nil
        }
        self.name = name
        self.firstOffset = firstOffset
        self.transitions = transitions
    }

    /// The offset in force at a point in time.
    public func offset(at time: Timestamp) -> UTCOffset {
        transitions.last(where: { $0.at <= time })?.offset ?? firstOffset
    }

    /// What a wall clock of the zone shows at a point in time.
    public func civil(at time: Timestamp) -> CivilDateTime { time.civil(offset: offset(at: time)) }

    /// The points in time at which a wall clock of the zone shows this date and time.
    public func resolve(_ civil: CivilDateTime) -> Resolution {
        var found: [Timestamp] = []
        for offset in [firstOffset] + transitions.map(\.offset) {
            let second = civil.secondsIfUTC - Int64(offset.seconds)
            guard let candidate = Timestamp(second: second), !found.contains(candidate),
                self.civil(at: candidate) == civil
            else { continue }
            found.append(candidate)
        }
        switch (found.min(), found.max()) {
        case (let earlier?, let later?) where earlier != later:
            return .twice(earlier: earlier, later: later)
        case (let only?, _): return .once(only)
        default: return .never
        }
    }

    /// The single point in time for a wall clock's reading: the earlier of two, or, where the clock
    /// skipped the reading, the moment of the skip.
    ///
    /// Nil only at the ends of the calendar.
    public func timestamp(_ civil: CivilDateTime) -> Timestamp? {
        switch resolve(civil) {
        case .once(let time), .twice(let time, _): time
        case .never: transitions.first(where: { self.civil(at: $0.at) > civil })?.at
        }
    }
}
