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
    /// What is to be asked before a command is decided, for each way of travelling of the area's crews; nothing
    /// if nobody would answer.
    func questionsFirst(
        _ command: VisitCommand, _ mark: RequestMark, _ room: VisitRoom, _ now: Timestamp
    ) -> [TravelProfile: RoadQuestion] {
        guard !room.surveys.isEmpty else { return [:] }
        return room.state.withLock { state in
            guard case .new = state.requests.known(mark) else { return [:] }
            let places = state.decided.places(of: command)
            var questions: [TravelProfile: RoadQuestion] = [:]
            for profile in state.decided.profiles
            where room.surveys[profile] != nil && areRoadsAsked(profile, now) {
                guard let roads = state.decided.roads(profile) else { continue }
                let known = state.roads[profile, default: RoadState()]
                var places = places
                if known.isBehind, !known.isCatchingUp { places += due(profile, &state, now) }
                questions[profile] = roads.question(
                    about: places.filter { !known.isRefused($0, now) })
            }
            return questions
        }
    }

    /// Asks while somebody waits, takes the answers in, and goes on with the time that it is by then.
    func ask(
        _ questions: [TravelProfile: RoadQuestion], _ room: VisitRoom, _ now: Timestamp,
        _ goOn: @escaping @Sendable (Timestamp) -> Void
    ) {
        let answers = AnswersToCome(questions.count, now)
        for (profile, question) in questions {
            ask(question, profile, room, now, isPatient: false) { later, _ in
                if let latest = answers.take(at: later) { goOn(latest) }
            }
        }
    }

    private func ask(
        _ question: RoadQuestion, _ profile: TravelProfile, _ room: VisitRoom, _ now: Timestamp,
        isPatient: Bool, _ goOn: @escaping @Sendable (Timestamp, _ isAnswered: Bool) -> Void
    ) {
        guard let survey = room.surveys[profile] else { return goOn(now, false) }
        guard question.known.count + question.places.count > 1 else {
            let alone = RoadAnswer(from: [[0]], to: [[]])
            room.state.withLock {
                takeIn(.success(alone), question, profile, &$0, now, isPatient)
            }
            return goOn(now, true)
        }
        let began = DispatchTime.now().uptimeNanoseconds
        survey(question, isPatient) { [self] result in
            let passed = (DispatchTime.now().uptimeNanoseconds - began) / 1_000_000_000
            let later = Timestamp(second: now.second + Int64(passed)) ?? now
            if case .failure(.failed) = result {
                roadsRest.withLock { $0[profile] = later.second + Limits.roadPause }
            }
            room.state.withLock { takeIn(result, question, profile, &$0, later, isPatient) }
            if case .success = result { goOn(later, true) } else { goOn(later, false) }
        }
    }

    /// Whether the server of roads is asked now: not for a while after it gave no answer.
    private func areRoadsAsked(_ profile: TravelProfile, _ now: Timestamp) -> Bool {
        roadsRest.withLock { $0[profile] ?? 0 } <= now.second
    }

    private func takeIn(
        _ result: Result<RoadAnswer, RoadTrouble>, _ question: RoadQuestion,
        _ profile: TravelProfile, _ state: inout VisitRoomState, _ now: Timestamp,
        _ isPatient: Bool
    ) {
        var known = state.roads[profile] ?? RoadState()
        defer { state.roads[profile] = known }
        known.isBehind = true
        switch result {
        case .success(let answer):
            guard var roads = state.decided.roads(profile) else { return }
            roads.take(answer, to: question)
            if roads.count > known.limit, let needed = needed(state, now) {
                roads.keep(Set(needed + question.places))
                known.limit = 2 * roads.count + RoadState.spare
            }
            let isOther = state.decided.take(roads, about: question.places, for: profile)
            _ = state.committed.take(roads, about: question.places, for: profile)
            known.batch = min(2 * known.batch, RoadState.usualBatch)
            // In the background it is always about places of the plan.
            if isOther || isPatient { known.hasChanged = true }
        case .failure(.refused):
            // Where there are several, one of them spoils it for all.
            known.batch = max(1, question.places.count / 4)
            guard question.places.count == 1 else { return }
            known.refused[question.places[0]] = now.second + Limits.refusedPause
        case .failure(.failed), .failure(.busy): return
        }
    }

    private func needed(_ state: VisitRoomState, _ now: Timestamp) -> [HomePoint]? {
        (try? terms(state.decided.book.area, now)).map {
            state.decided.placesInPlan($0, now: now.second)
        }
    }

    /// Places of the plan whose ways are to be asked for next, and counts all of them.
    private func due(
        _ profile: TravelProfile, _ state: inout VisitRoomState, _ now: Timestamp
    ) -> [HomePoint] {
        guard let roads = state.decided.roads(profile), let needed = needed(state, now) else {
            return []
        }
        var known = state.roads[profile] ?? RoadState()
        let open = needed.filter { !roads.isSettled($0) }
        known.waiting = open.count
        known.isBehind = !open.isEmpty
        known.refused = known.refused.filter { $0.value > now.second }
        state.roads[profile] = known
        return Array(open.filter { !known.isRefused($0, now) }.prefix(known.batch))
    }

    // MARK: In the background

    /// Asks for the ways of places that nobody was told about in time, a few places after the other;
    /// then the plan is put right.
    func catchUp(_ room: VisitRoom, _ now: Timestamp) {
        for profile in TravelProfile.allCases where room.surveys[profile] != nil {
            catchUp(profile, room, now)
        }
    }

    private func catchUp(_ profile: TravelProfile, _ room: VisitRoom, _ now: Timestamp) {
        let isAsked = areRoadsAsked(profile, now)
        let (question, hasChanged) = room.state.withLock { state -> (RoadQuestion?, Bool) in
            let known = state.roads[profile] ?? RoadState()
            guard !known.isCatchingUp, state.decided.profiles.contains(profile) else {
                return (nil, false)
            }
            let places = known.isBehind ? due(profile, &state, now) : []
            let question = isAsked ? state.decided.roads(profile)?.question(about: places) : nil
            state.roads[profile, default: RoadState()].isCatchingUp = question != nil
            return (question, question == nil && known.hasChanged)
        }
        if hasChanged { putRight(room, now) }
        guard let question else { return }
        ask(question, profile, room, now, isPatient: true) { [self] later, isAnswered in
            room.state.withLock { $0.roads[profile]?.isCatchingUp = false }
            // Otherwise the next second sees to it.
            if isAnswered { catchUp(profile, room, later) }
        }
    }

    /// What becomes of the plan by ways that have changed.
    private func putRight(_ room: VisitRoom, _ now: Timestamp) {
        room.state.withLock { state in
            for profile in state.roads.keys { state.roads[profile]?.hasChanged = false }
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

    /// Places of all plans whose ways nobody has asked for yet, or that were refused; one for each way of
    /// travelling.
    public var placesWithoutRoads: Int {
        rooms.withLock { Array($0.values) }.reduce(0) { sum, room in
            guard !room.surveys.isEmpty else { return sum }
            return sum
                + room.state.withLock { state in
                    state.decided.profiles.reduce(0) { $0 + (state.roads[$1]?.waiting ?? 0) }
                }
        }
    }
}

/// Several answers that somebody waits for.
private final class AnswersToCome: Sendable {
    private let state: Mutex<(left: Int, latest: Timestamp)>

    init(_ count: Int, _ now: Timestamp) { state = Mutex((count, now)) }

    /// Notes one of them; the latest of their times with the last, and nil before.
    func take(at later: Timestamp) -> Timestamp? {
        state.withLock { state in
            state.left -= 1
            state.latest = max(state.latest, later)
            return state.left == 0 ? state.latest : nil
        }
    }
}

extension RoadState {
    fileprivate func isRefused(_ place: HomePoint, _ now: Timestamp) -> Bool {
        refused[place].map { $0 > now.second } ?? false
    }
}
