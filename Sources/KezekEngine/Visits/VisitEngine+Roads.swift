// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Dispatch
import HomeVisits
import Journal
import Synchronization

/// Ways by road: asked for before a command is decided that needs them, and in the background.
///
/// Nothing waits for them under an area's lock, and nothing fails for want of them: what is not known in
/// time is estimated, and asked for again.
extension VisitEngine {
    /// What is to be asked before a command is decided; nil if nothing is, or nobody would answer.
    func questionFirst(
        _ command: VisitCommand, _ mark: RequestMark, _ room: VisitRoom, _ now: Timestamp
    ) -> RoadQuestion? {
        guard room.survey != nil, isRoadAsked(now) else { return nil }
        return room.state.withLock { state in
            guard case .new = state.requests.known(mark), let roads = state.decided.roads else {
                return nil
            }
            var places = state.decided.places(of: command)
            if state.roads.isBehind, !state.roads.isCatchingUp { places += due(&state, now) }
            return roads.question(about: places.filter { !state.roads.isRefused($0, now) })
        }
    }

    /// Asks, takes the answer in, and goes on with the time that it is by then.
    func ask(
        _ question: RoadQuestion, _ room: VisitRoom, _ now: Timestamp, isPatient: Bool,
        _ goOn: @escaping @Sendable (Timestamp, _ isAnswered: Bool) -> Void
    ) {
        guard let survey = room.survey else { return goOn(now, false) }
        guard question.known.count + question.places.count > 1 else {
            let alone = RoadAnswer(from: [[0]], to: [[]])
            room.state.withLock { takeIn(.success(alone), question, &$0, now, isPatient) }
            return goOn(now, true)
        }
        let began = DispatchTime.now().uptimeNanoseconds
        survey(question, isPatient) { [self] result in
            let passed = (DispatchTime.now().uptimeNanoseconds - began) / 1_000_000_000
            let later = Timestamp(second: now.second + Int64(passed)) ?? now
            if case .failure(.failed) = result {
                roadsRest.store(later.second + Limits.roadPause, ordering: .relaxed)
            }
            room.state.withLock { takeIn(result, question, &$0, later, isPatient) }
            if case .success = result { goOn(later, true) } else { goOn(later, false) }
        }
    }

    /// Whether the server of roads is asked now: not for a while after it gave no answer.
    private func isRoadAsked(_ now: Timestamp) -> Bool {
        roadsRest.load(ordering: .relaxed) <= now.second
    }

    private func takeIn(
        _ result: Result<RoadAnswer, RoadTrouble>, _ question: RoadQuestion,
        _ state: inout VisitRoomState, _ now: Timestamp, _ isPatient: Bool
    ) {
        state.roads.isBehind = true
        switch result {
        case .success(let answer):
            guard var roads = state.decided.roads else { return }
            roads.take(answer, to: question)
            if roads.count > state.roads.limit, let needed = needed(state, now) {
                roads.keep(Set(needed + question.places))
                state.roads.limit = 2 * roads.count + RoadState.spare
            }
            let isOther = state.decided.take(roads, about: question.places)
            _ = state.committed.take(roads, about: question.places)
            state.roads.batch = min(2 * state.roads.batch, RoadState.usualBatch)
            // In the background it is always about places of the plan.
            if isOther || isPatient { state.roads.hasChanged = true }
        case .failure(.refused):
            // Where there are several, one of them spoils it for all.
            state.roads.batch = max(1, question.places.count / 4)
            guard question.places.count == 1 else { return }
            state.roads.refused[question.places[0]] = now.second + Limits.refusedPause
        case .failure(.failed), .failure(.busy): return
        }
    }

    private func needed(_ state: VisitRoomState, _ now: Timestamp) -> [HomePoint]? {
        (try? terms(state.decided.book.area, now)).map {
            state.decided.placesInPlan($0, now: now.second)
        }
    }

    /// Places of the plan whose ways are to be asked for next, and counts all of them.
    private func due(_ state: inout VisitRoomState, _ now: Timestamp) -> [HomePoint] {
        guard let roads = state.decided.roads, let needed = needed(state, now) else { return [] }
        let open = needed.filter { !roads.isSettled($0) }
        state.roads.waiting = open.count
        state.roads.isBehind = !open.isEmpty
        state.roads.refused = state.roads.refused.filter { $0.value > now.second }
        let asked = open.filter { !state.roads.isRefused($0, now) }
        return Array(asked.prefix(state.roads.batch))
    }

    // MARK: In the background

    /// Asks for the ways of places that nobody was told about in time, a few places after the other;
    /// then the plan is put right.
    func catchUp(_ room: VisitRoom, _ now: Timestamp) {
        guard room.survey != nil else { return }
        let isAsked = isRoadAsked(now)
        let (question, hasChanged) = room.state.withLock { state -> (RoadQuestion?, Bool) in
            guard !state.roads.isCatchingUp else { return (nil, false) }
            let places = state.roads.isBehind ? due(&state, now) : []
            let question = isAsked ? state.decided.roads?.question(about: places) : nil
            state.roads.isCatchingUp = question != nil
            return (question, question == nil && state.roads.hasChanged)
        }
        if hasChanged { putRight(room, now) }
        guard let question else { return }
        ask(question, room, now, isPatient: true) { [self] later, isAnswered in
            room.state.withLock { $0.roads.isCatchingUp = false }
            // Otherwise the next second sees to it.
            if isAnswered { catchUp(room, later) }
        }
    }

    /// What becomes of the plan by ways that have changed.
    private func putRight(_ room: VisitRoom, _ now: Timestamp) {
        room.state.withLock { state in
            state.roads.hasChanged = false
            guard state.decided.book.revision > 0,
                let time = try? settle(
                    Timestamp(second: max(now.second, queue.latestRecorded)) ?? now),
                let terms = try? terms(state.decided.book.area, time)
            else { return }
            var writing = VisitWriting(at: time)
            try? writing.add(state.decided.due(time.second, terms), nil, &state)
            let events = try? state.decided.repairMeasured(terms, now: time.second)
            try? writing.add(events ?? [], nil, &state)
            // A plan that was made by other ways may be made better.
            state.lastReplan.revision = 0
            if !writing.decisions.isEmpty { send(writing, room, &state) }
        }
    }

    /// Places of all plans whose ways nobody has asked for yet, or that were refused.
    public var placesWithoutRoads: Int {
        rooms.withLock { Array($0.values) }.reduce(0) { sum, room in
            sum + (room.survey == nil ? 0 : room.state.withLock { $0.roads.waiting })
        }
    }
}

extension RoadState {
    fileprivate func isRefused(_ place: HomePoint, _ now: Timestamp) -> Bool {
        refused[place].map { $0 > now.second } ?? false
    }
}
