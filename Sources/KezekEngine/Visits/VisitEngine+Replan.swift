// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import Dispatch
import HomeVisits
import Journal
import Parties
import Synchronization
import Texts

/// Plans made anew, and what time brings about.
extension VisitEngine {
    /// Begins a search that a dispatcher has asked for; called under the area's lock.
    func replan(
        _ seconds: Int, _ mark: RequestMark, _ room: VisitRoom, _ state: inout VisitRoomState,
        _ now: Timestamp, _ handler: @escaping VisitHandler
    ) throws(VisitFault) -> (@Sendable () -> Void)? {
        guard VisitCommand.replanSeconds.contains(seconds) else {
            throw .refused(
                .fault(AreaFault(field: "seconds", problem: "must be 1 to 600")))
        }
        let terms = try terms(state.decided.book.area, now)
        let job: ReplanSearch?
        do { job = try state.decided.replanning(terms, now: now.second) } catch {
            throw .refused(error)
        }
        state.requests.begin(mark, handler)
        return { [self] in
            wantedSearch { [self] in
                let found = job.map { Self.run($0, seconds: seconds) }
                publish(found, mark, room, at: now, after: found == nil ? 0 : seconds)
            }
        }
    }

    /// Runs a search by the clock.
    private static func run(_ job: ReplanSearch, seconds: Int) -> ReplanFound {
        let began = DispatchTime.now().uptimeNanoseconds
        let budget = Double(seconds) * 1e9
        return job.run(seed: began) { _ in
            Double(DispatchTime.now().uptimeNanoseconds - began) / budget
        }
    }

    /// Puts a plan that was found in force if it is better than the plan as it is now.
    private func publish(
        _ found: ReplanFound?, _ mark: RequestMark?, _ room: VisitRoom, at began: Timestamp,
        after seconds: Int
    ) {
        var failure: VisitFault?
        let handlers = room.state.withLock { state -> [VisitHandler] in
            do throws(VisitFault) {
                // Others were recorded meanwhile.
                let now = try settle(
                    Timestamp(second: max(began.second + Int64(seconds), queue.latestRecorded))
                        ?? began)
                let terms = try terms(state.decided.book.area, now)
                var writing = VisitWriting(at: now)
                try writing.add(state.decided.due(now.second, terms), nil, &state)
                let events: [VisitEvent]
                do throws(VisitRefusal) {
                    events = try state.decided.replanned(
                        found, terms, now: now.second, wanted: mark != nil)
                } catch { throw .refused(error) }
                try writing.add(events, mark, &state)
                state.lastReplan = (now.second, state.decided.book.revision)
                state.isReplanning = false
                if !writing.decisions.isEmpty { send(writing, room, &state) }
                return []
            } catch {
                state.isReplanning = false
                failure = error
                return mark.map { state.requests.finish($0.id) } ?? []
            }
        }
        for handler in handlers { handler(.failure(failure ?? .command(.overloaded))) }
    }

    // MARK: Once a second

    /// What time brings about: holds that run out, crews that have no shift any more after a decree
    /// or a duty, ways that are asked for again, and every ten minutes, where something has changed, a
    /// plan made anew.
    public func tick(now: Timestamp) {
        // By a clock that is not believed nothing is due.
        guard (try? settle(now)) != nil else { return }
        for room in rooms.withLock({ Array($0.values) }) {
            let (job, isOld) = room.state.withLock { state in
                sweep(room, &state, now)
                return (backgroundJob(room, &state, now), hasOldBoard(state, now))
            }
            catchUp(room, now)
            if isOld { refreshBoard(room, now) }
            guard let job else { continue }
            search { [self] in
                publish(
                    Self.run(job, seconds: replanSeconds), nil, room, at: now,
                    after: replanSeconds)
            }
        }
    }

    /// Whether the plan should be made ready anew, as somebody may ask again.
    private func hasOldBoard(_ state: VisitRoomState, _ now: Timestamp) -> Bool {
        guard now.second - state.lastAsked < Limits.askedWithin,
            let terms = try? terms(state.decided.book.area, now)
        else { return false }
        return state.decided.wantsBoard(terms, now: now.second)
    }

    private func sweep(_ room: VisitRoom, _ state: inout VisitRoomState, _ now: Timestamp) {
        let isDue = (state.decided.nextDue ?? .max) <= now.second
        let isTime = now.second - state.lastSweep >= Limits.sweepEvery
        guard isDue || isTime, state.decided.book.revision > 0, let time = try? settle(now),
            let terms = try? terms(state.decided.book.area, time)
        else { return }
        var writing = VisitWriting(at: time)
        try? writing.add(state.decided.due(time.second, terms), nil, &state)
        if isTime {
            state.lastSweep = now.second
            let events = try? state.decided.repairVanished(terms, now: time.second)
            try? writing.add(events ?? [], nil, &state)
        }
        if !writing.decisions.isEmpty { send(writing, room, &state) }
    }

    private func backgroundJob(
        _ room: VisitRoom, _ state: inout VisitRoomState, _ now: Timestamp
    ) -> ReplanSearch? {
        guard replanSeconds > 0, !state.isReplanning,
            now.second - state.lastReplan.at >= Limits.replanEvery,
            state.decided.book.revision > state.lastReplan.revision,
            let terms = try? terms(state.decided.book.area, now),
            let job = try? state.decided.replanning(terms, now: now.second)
        else { return nil }
        state.isReplanning = true
        return job
    }
}
