// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Clocks
import Synchronization

/// The clocks of the machine as the engine doubts them: a `ClockGuard` with somebody who reads them.
public final class ClockWatch: Sendable {
    /// Seconds by which a time that is given may be ahead of the clock, as what takes long is told the
    /// time at which it will be done.
    private static let foresight: Int64 = 60

    private let state = Mutex<ClockGuard?>(nil)
    /// Reads the clocks; whether the kernel is asked if they are synchronised, which costs a call.
    private let read: @Sendable (Bool) -> ClockReading
    /// Whether the clock is compared with the record at the start; a rehearsal's may jump.
    private let comparesRecord: Bool
    private let onChange: @Sendable (ClockDoubt?) -> Void

    /// `onChange` is told of each doubt, and nil once the clock is believed again.
    public init(
        comparesRecord: Bool = true, read: @escaping @Sendable (_ asksKernel: Bool) -> ClockReading,
        onChange: @escaping @Sendable (ClockDoubt?) -> Void = { _ in }
    ) {
        self.read = read
        self.comparesRecord = comparesRecord
        self.onChange = onChange
    }

    /// Begins, when the time of the last entry is known.
    func start(recorded: Timestamp?) {
        let reading = read(true)
        change { clock in
            clock = ClockGuard(first: reading, recorded: comparesRecord ? recorded?.second : nil)
        }
    }

    /// Looks at the clocks; to be called about once a second, so that a step is noticed and a doubt ends.
    func look() {
        let reading = read(true)
        change { clock in clock?.look(reading) }
    }

    /// Why a time that was read a moment ago is not believed; nil if it is.
    func doubt(about now: Timestamp) -> ClockDoubt? {
        let reading = read(false)
        let doubt = change { clock in clock?.look(reading) }
        if let doubt { return doubt }
        // It was read while the clock was ahead, which has been set back since.
        let ahead = now.second - reading.wall / 1_000
        return ahead > Self.foresight ? .stepped(ahead) : nil
    }

    /// Why the clock is not believed, as it was seen last.
    var doubt: ClockDoubt? { state.withLock { $0?.doubt } }

    /// Believes the clock as it is.
    func accept() {
        let reading = read(true)
        change { clock in clock?.accept(reading) }
    }

    @discardableResult
    private func change(_ body: (inout ClockGuard?) -> Void) -> ClockDoubt? {
        let (before, after) = state.withLock { clock in
            let before = clock?.doubt
            body(&clock)
            return (before, clock?.doubt)
        }
        // How far it is off may go on growing.
        if (before == nil) != (after == nil) { onChange(after) }
        return after
    }
}

extension ClockDoubt {
    /// What is wrong with the clock and what ends it, as a sentence for the operator.
    public var sentence: String {
        let what =
            switch self {
            case .stepped(let seconds):
                "the clock was set \(seconds < 0 ? "back" : "ahead") by \(abs(seconds)) s"
            case .behindRecord(let seconds):
                "the clock is \(seconds) s behind the last entry of the journal"
            case .aheadOfRecord(let seconds):
                "the clock is \(seconds / 86_400) days ahead of the last entry of the journal"
            }
        return "\(what); nothing is written until it is back, or synchronised for a minute, or "
            + "accepted with 'kezek clock accept'"
    }
}
