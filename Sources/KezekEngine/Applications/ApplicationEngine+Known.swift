// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import KezekWire
import Parties
import Queue
import Synchronization
import Texts

/// What becomes known later moves when it is known.
extension ApplicationEngine {
    /// Works everything out anew on each day on which more of a calendar in force becomes known.
    ///
    /// It is a decree without a file, recorded as any other. A day counts that lay ahead when the
    /// calendar came into force: by a decree, or by the start that found a file that no decree knows.
    func moveWhatBecameKnown(_ now: Timestamp) {
        guard let (day, calendar) = lastKnown(queue.libraryInForce, now), mayTry(now) else {
            return
        }
        submit(
            DecreeCommand(calendar: "", dryRun: false), becameKnown: calendar,
            request: Self.request(knownOn: day, calendar), by: .time, now: now, in: .kk
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

    /// The last day on which something became known that no clock was worked out by, and the calendar of
    /// which it did, empty if it is several; nil if there is none.
    private func lastKnown(
        _ library: Library, _ now: Timestamp
    ) -> (day: CivilDate, calendar: String)? {
        let (adopted, last, started) = state.withLock {
            ($0.decrees.inForce, $0.decrees.lastAt, $0.startedAt)
        }
        guard let started else { return nil }
        var found: (day: CivilDate, calendar: String)?
        for (name, views) in library.calendars {
            var since = started
            if let adopted = adopted[name], adopted.digest == views.source { since = adopted.at }
            let reckoned = views.today(max(since, last ?? since))
            let today = views.today(now)
            guard reckoned < today else { continue }
            if let day = views.knownDates(after: reckoned).last(where: { $0 <= today }) {
                found = (max(found?.day ?? day, day), found == nil ? name : "")
            }
        }
        return found
    }

    /// The id under which it is recorded, so that it is done once.
    private static func request(knownOn day: CivilDate, _ calendar: String) -> RequestID {
        // The day of one calendar may begin when that of another has long.
        var mix = Fingerprint()
        mix.add(calendar)
        return RequestID(
            high: 0x6B6E_6F77_6E00_0000,
            low: mix.value << 32 | UInt64(UInt32(bitPattern: day.dayNumber)))
    }
}

/// What moves then is told beforehand.
extension ApplicationEngine {
    /// What moves on each of the days to come on which more becomes known, as all stands before a decree
    /// is decided.
    func foresee(
        _ decree: Decree, _ parts: [Decree.Part]
    ) throws(ApplicationFault) -> Decree.Later {
        guard !decree.new.knownLater(than: decree.time).isEmpty else { return Decree.Later() }
        let queues: [OfficeEffects]
        do throws(CommandFault) {
            queues = try queue.dryDecree(decree.new, now: decree.time)
        } catch { throw .command(error) }
        return foresee(decree, parts, queues)
    }

    /// The same, with what the decree itself does to the queues.
    func foresee(
        _ decree: Decree, _ parts: [Decree.Part], _ queues: [OfficeEffects]
    ) -> Decree.Later {
        let days = decree.new.knownLater(than: decree.time)
        return Decree.Later(
            clocks: clocksMovingLater(decree, parts, days),
            bookings: queue.displacedLater(
                decree.new, on: days.map(\.day),
                already: Set(queues.flatMap(\.displaced).map(\.booking.id))))
    }

    private func clocksMovingLater(
        _ decree: Decree, _ parts: [Decree.Part], _ days: [(day: CivilDate, at: Timestamp)]
    ) -> [DecreeEffects.LaterClock] {
        var registers = parts.map(\.register)
        for index in registers.indices { registers[index].follow(parts[index].outcome) }
        var found: [DecreeEffects.LaterClock] = []
        for (day, moment) in days {
            let clocks = wallClocks(moment)
            var reckoning = DecreeReckoning(
                old: decree.new, new: decree.new, now: moment, language: decree.language,
                tellsCauses: false)
            for (index, part) in parts.enumerated() {
                let outcome = reckoning.reckon(
                    registers[index], part.office, part.date, by: clocks.calendar(of: part.office),
                    at: clocks.moment(in: part.office))
                // What moves on one day moves on from there on the next.
                registers[index].follow(outcome)
                found += outcome.moved.map {
                    DecreeEffects.LaterClock(
                        knownOn: day, id: $0.id, kind: $0.kind, from: $0.from, to: $0.to)
                }
            }
        }
        return found
    }
}

extension ApplicationRegister {
    /// Takes in what a decree would record, which is recorded nowhere.
    fileprivate mutating func follow(_ outcome: DecreeReckoning.Outcome) {
        apply(outcome.events, revision: revision + 1)
    }
}

extension Library {
    /// The days after today on which more of a calendar becomes known, each once, in rising order, and
    /// the moment at which the last of these calendars has the day.
    func knownLater(than now: Timestamp) -> [(day: CivilDate, at: Timestamp)] {
        var moments: [CivilDate: Timestamp] = [:]
        for views in calendars.values {
            for day in views.knownDates(after: views.today(now)) {
                guard let start = day.adding(days: -1).flatMap(views.end(of:)) else { continue }
                moments[day] = max(moments[day] ?? start, start)
            }
        }
        return moments.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
