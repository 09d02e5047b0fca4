// SPDX-License-Identifier: Apache-2.0

import Dispatch
import HomeVisits
import KezekEngine
import KezekRoads
import KezekVisitFiles
import Logging
import Synchronization

/// Asks one server of roads for the areas, tells the log when it begins and ceases to fail, and counts.
final class RoadSurveyor: Sendable {
    /// What came of a question.
    enum Outcome: String, CaseIterable, Sendable {
        case answered, slow, unreachable, refused, unreadable
        case tooLarge = "too_large"
        /// There were too many questions at one time, and it was not asked.
        case busy
    }

    /// The most questions at one time while somebody waits, and of those that nobody waits for.
    static let waitedFor = 8
    static let inBackground = 2

    private struct State {
        var asking = (waitedFor: 0, inBackground: 0)
        var counts: [Outcome: UInt64] = [:]
        /// The fault that was told last; nil if the last answer was good.
        var told: String?
    }

    private let server: RoadServer
    private let limits: (waitedFor: RoadLimits, patient: RoadLimits)
    private let logger: Logger
    private let state = Mutex(State())
    /// What follows an answer may have to look for room in a plan.
    private let queue = DispatchQueue(label: "kezek.roads")

    /// `seconds` is how long somebody waits, and `places` how many a call names at most.
    init(_ server: RoadServer, seconds: Double, places: Int, logger: Logger) {
        self.server = server
        self.logger = logger
        limits = (
            RoadLimits(
                connect: seconds, answer: seconds, all: seconds, bytes: Self.bytes(places),
                batch: places),
            RoadLimits(
                connect: 3, answer: 10, all: 30, bytes: Self.bytes(places), batch: places)
        )
    }

    /// Room for an answer on so many places: half as many rows as columns, a number each, and what OSRM
    /// tells of the places besides.
    private static func bytes(_ places: Int) -> Int {
        min(16 << 20, 64 << 10 + places * 1_000 + places * places * 8)
    }

    var counts: [Outcome: UInt64] { state.withLock { $0.counts } }

    /// Calls back within seconds if somebody waits, on a thread of its own.
    func ask(
        _ question: RoadQuestion, isPatient: Bool,
        _ handler: @escaping @Sendable (Result<RoadAnswer, RoadTrouble>) -> Void
    ) {
        guard begin(isPatient) else {
            note(.busy, nil)
            return queue.async { handler(.failure(.busy)) }
        }
        let limits = isPatient ? limits.patient : limits.waitedFor
        Task { [self] in
            let result: Result<RoadAnswer, RoadTrouble>
            do throws(RoadFault) {
                let rows = try await server.rows(
                    of: question.places.map { Coordinate($0) },
                    among: question.known.map { Coordinate($0) }, limits: limits)
                note(.answered, nil)
                result = .success(RoadAnswer(from: rows.from, to: rows.to))
            } catch {
                note(error.outcome, error.told)
                result = .failure(error.isRefusal ? .refused : .failed)
            }
            end(isPatient)
            queue.async { handler(result) }
        }
    }

    private func begin(_ isPatient: Bool) -> Bool {
        state.withLock { state in
            if isPatient {
                guard state.asking.inBackground < Self.inBackground else { return false }
                state.asking.inBackground += 1
            } else {
                guard state.asking.waitedFor < Self.waitedFor else { return false }
                state.asking.waitedFor += 1
            }
            return true
        }
    }

    private func end(_ isPatient: Bool) {
        state.withLock { state in
            if isPatient { state.asking.inBackground -= 1 } else { state.asking.waitedFor -= 1 }
        }
    }

    /// Counts, and tells what is new.
    private func note(_ outcome: Outcome, _ fault: String?) {
        let isNew = state.withLock { state in
            state.counts[outcome, default: 0] += 1
            guard outcome != .busy else { return false }
            defer { state.told = fault }
            return state.told != fault
        }
        guard isNew else { return }
        let metadata: Logger.Metadata = ["osrm": "\(server)"]
        if let fault {
            logger.warning(
                "the server of roads gave no travel times; ways are estimated, and asked for again",
                metadata: metadata.merging(["cause": "\(fault)"]) { $1 })
        } else {
            logger.notice("the server of roads answers again", metadata: metadata)
        }
    }
}

extension RoadFault {
    fileprivate var outcome: RoadSurveyor.Outcome {
        switch self {
        case .unreachable: .unreachable
        case .slow: .slow
        case .tooLarge: .tooLarge
        case .refused: .refused
        case .unreadable: .unreadable
        }
    }

    /// Whether the server works, and does not take these places.
    fileprivate var isRefusal: Bool {
        if case .refused(let status, _) = self { status < 500 } else { false }
    }

    /// For the log, once for each cause, and without places of homes: not what the server says, which
    /// may repeat them.
    fileprivate var told: String {
        switch self {
        case .refused(let status, _): "it refused with status \(status)"
        case .slow: "it took too long"
        default: "\(self)"
        }
    }
}
