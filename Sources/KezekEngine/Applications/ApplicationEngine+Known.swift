// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Journal
import KezekWire
import Synchronization
import Texts

/// What becomes known later moves when it is known.
extension ApplicationEngine {
    /// Works everything out anew on each day on which more of a calendar in force becomes known.
    ///
    /// It is a decree without a file, recorded as any other. A day counts that lay ahead when the
    /// calendar came into force: by a decree, or by the start that found a file that no decree knows.
    func moveWhatBecameKnown(_ now: Timestamp) {
        guard let day = lastKnown(queue.libraryInForce, now), mayTry(now) else { return }
        submit(
            DecreeCommand(calendar: "", dryRun: false), request: Self.request(knownOn: day),
            by: .time, now: now, in: .kk
        ) { _ in }
    }

    /// Whether it was not tried a moment ago: what cannot be done now can hardly be a second later.
    private func mayTry(_ now: Timestamp) -> Bool {
        state.withLock { state in
            guard abs(now.second - state.lastMoving.second) >= 60 else { return false }
            state.lastMoving = now
            return true
        }
    }

    /// The last day on which something became known that no clock was worked out by; nil if there is
    /// none.
    private func lastKnown(_ library: Library, _ now: Timestamp) -> CivilDate? {
        let (adopted, last, started) = state.withLock {
            ($0.decrees.inForce, $0.decrees.lastAt, $0.startedAt)
        }
        guard let started else { return nil }
        var found: CivilDate?
        for (name, views) in library.calendars {
            var since = started
            if let adopted = adopted[name], adopted.digest == views.source { since = adopted.at }
            let reckoned = views.today(max(since, last ?? since))
            let today = views.today(now)
            guard reckoned < today else { continue }
            if let day = views.knownDates(after: reckoned).last(where: { $0 <= today }) {
                found = max(found ?? day, day)
            }
        }
        return found
    }

    /// The id under which it is recorded, so that it is done once.
    private static func request(knownOn day: CivilDate) -> RequestID {
        RequestID(high: 0x6B6E_6F77_6E00_0000, low: UInt64(UInt32(bitPattern: day.dayNumber)))
    }
}

extension Library {
    /// The days after today on which more of a calendar becomes known, each once, in rising order.
    func knownLater(than now: Timestamp) -> [CivilDate] {
        Set(calendars.values.flatMap { $0.knownDates(after: $0.today(now)) }).sorted()
    }
}
