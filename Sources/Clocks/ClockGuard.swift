// SPDX-License-Identifier: Apache-2.0

/// What a machine's clocks said at one moment, in milliseconds.
public struct ClockReading: Hashable, Sendable {
    /// Since 1970, by the clock that is set.
    public let wall: Int64
    /// Since the machine started, its sleep included, by the clock that nobody sets (CLOCK_BOOTTIME).
    public let boot: Int64
    /// Whether the kernel says that the clock is synchronised; nil if it was not asked.
    public let isSynchronised: Bool?

    public init(wall: Int64, boot: Int64, isSynchronised: Bool? = nil) {
        self.wall = wall
        self.boot = boot
        self.isSynchronised = isSynchronised
    }
}

/// Why the clock that is set is not believed, in whole seconds.
public enum ClockDoubt: Hashable, Sendable {
    /// It was set ahead by more than the slack; negative: back.
    case stepped(Int64)
    /// At the start it was so far behind what was recorded last.
    case behindRecord(Int64)
    /// At the start it was so far ahead of what was recorded last.
    case aheadOfRecord(Int64)
}

/// Whether the clock that is set may be believed.
///
/// A clock that is slewed keeps its distance to the one that counts from the machine's start, also while the
/// machine sleeps; only a step changes it. Small steps add up until the kernel has said for a while that the
/// clock is synchronised.
///
///     var guard = ClockGuard(first: reading, recorded: 1_773_896_400)
///     if let doubt = guard.look(later) { /* decide nothing, write nothing */ }
public struct ClockGuard: Sendable {
    public enum Limits {
        /// Milliseconds by which the clock may step without a doubt, and be behind the record at a start.
        public static let slack: Int64 = 5_000
        /// Milliseconds by which the clock may be ahead of the record at a start: 31 days.
        public static let aheadAtStart: Int64 = 31 * 86_400_000
        /// Milliseconds for which the kernel must say that the clock is synchronised.
        public static let synchronised: Int64 = 60_000
    }

    /// The wall's distance to the boot clock that is believed.
    private var distance: Int64
    /// The walls that are believed while it is not known how the clock stood before; nil later.
    private var range: ClosedRange<Int64>?
    private var synchronisedSince: Int64?
    /// The distance at which the present doubt began.
    private var doubted: Int64?
    public private(set) var doubt: ClockDoubt?

    /// The guard of a program that starts.
    ///
    /// `recorded` is the time of what was recorded last, in seconds since 1970; nil if nothing was, or if
    /// the clock is not to be compared with it.
    public init(first reading: ClockReading, recorded: Int64?) {
        distance = reading.wall - reading.boot
        if let recorded, recorded.magnitude < 1 << 50 {
            let last = recorded * 1_000
            // The record has whole seconds.
            range = (last - Limits.slack)...(last + 999 + Limits.aheadAtStart)
        }
        look(reading)
    }

    /// Takes a reading; why the clock is not believed, or nil.
    ///
    /// A doubt ends when the clock is back, and when the kernel has said for a minute, without a further
    /// step, that it is synchronised.
    @discardableResult
    public mutating func look(_ reading: ClockReading) -> ClockDoubt? {
        let now = reading.wall - reading.boot
        switch reading.isSynchronised {
        case true?: synchronisedSince = synchronisedSince ?? reading.boot
        case false?: synchronisedSince = nil
        case nil: break
        }
        let found = found(now, reading.wall)
        if let found, doubted.map({ abs(now - $0) > Limits.slack }) ?? true {
            // What was synchronised before the step says nothing of the time after it.
            synchronisedSince = reading.isSynchronised == true ? reading.boot : nil
            (doubted, doubt) = (now, found)
        }
        let isSettled =
            synchronisedSince.map { reading.boot - $0 >= Limits.synchronised } ?? false
        if found == nil || isSettled {
            (doubted, doubt) = (nil, nil)
            if range != nil || isSettled { distance = now }
            range = nil
        } else {
            doubt = found
        }
        return doubt
    }

    private func found(_ now: Int64, _ wall: Int64) -> ClockDoubt? {
        if let range {
            if wall < range.lowerBound {
                return .behindRecord((range.lowerBound + Limits.slack - wall) / 1_000)
            }
            guard wall > range.upperBound else { return nil }
            return .aheadOfRecord((wall - range.lowerBound - Limits.slack) / 1_000)
        }
        let step = now - distance
        return abs(step) > Limits.slack ? .stepped(step / 1_000) : nil
    }

    /// Believes the clock as it is, because somebody has looked at it.
    public mutating func accept(_ reading: ClockReading) {
        distance = reading.wall - reading.boot
        (range, doubted, doubt) = (nil, nil, nil)
    }
}
