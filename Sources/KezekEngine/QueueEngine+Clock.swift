// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Clocks
public import Journal
import KezekWire
import Synchronization

/// Whether the clock is believed, and that somebody says so.
extension QueueEngine {
    /// Called with whether there was a doubt to end.
    public typealias ClockHandler = @Sendable (Result<Bool, CommandFault>) -> Void

    /// Why the clock is not believed; nil if it is.
    public var clockDoubt: ClockDoubt? { clock?.doubt }

    /// Looks at the clocks; to be called about once a second.
    public func lookAtClock() { clock?.look() }

    /// Believes the clock as it is, because somebody has looked at it: an entry says so, and from it on its
    /// time is the latest, also where another was recorded before.
    ///
    /// Repeating it is harmless: there is nothing left to accept.
    public func acceptClock(
        request: RequestID, by caller: CallerID = .local, now: Timestamp,
        _ handler: @escaping ClockHandler
    ) {
        clock?.look()
        let recorded = latestRecorded
        guard clockDoubt != nil || recorded - now.second > Limits.clockSlack else {
            return handler(.success(false))
        }
        let last: UInt32
        do throws(StoreFailure) {
            last = try store.streams().first { $0.stream == .clock }?.revision ?? 0
        } catch { return handler(.failure(.unavailable(error.description))) }
        var command = Fingerprint()
        command.add("accept clock")
        let entry = Entry(
            stream: .clock, revision: last + 1, at: now,
            request: RequestMark(id: request, fingerprint: command.value, caller: caller),
            claims: [],
            body: ClockRecordCodec.encode(
                recorded: recorded == .min ? 0 : recorded, Arena(limit: 1 << 16)))
        inFlight.add(1, ordering: .relaxed)
        store.submit(
            Batch(entries: [entry]) { [self] result in
                note(result)
                if case .success = result {
                    latest.store(now.second, ordering: .relaxed)
                    clock?.accept()
                }
                handler(result.map { true }.mapError { $0.fault })
                inFlight.subtract(1, ordering: .releasing)
            })
    }
}
