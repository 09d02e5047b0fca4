// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import WorkingDays

/// A term as a standard sets it: a stage or several, each beginning where the one before it ends.
///
/// Of a stage with several terms the longer or the shorter decides. All stages share the suspensions: one
/// lengthens the stage that runs when it begins, and moves those after it.
///
///     // The Corporation sends papers on within 1 working day, the provider answers within 5.
///     StagedClock([Stage(.only, [transfer]), Stage(.only, [answer])])
public final class StagedClock: Sendable {
    /// Which of the terms of a stage decides.
    public enum Choice: Hashable, Sendable {
        /// There is one.
        case only
        /// The one that ends last.
        case longer
        /// The one that ends first.
        case shorter
    }

    public struct Stage: Sendable {
        public let choice: Choice
        /// Never empty.
        public let clocks: [TermClock]

        /// - Precondition: there is a clock, and only one if there is no choice.
        public init(_ choice: Choice, _ clocks: [TermClock]) {
            precondition(choice == .only ? clocks.count == 1 : !clocks.isEmpty)
            self.choice = choice
            self.clocks = clocks
        }
    }

    /// Never empty.
    public let stages: [Stage]

    /// - Precondition: there is a stage.
    public init(_ stages: [Stage]) {
        precondition(!stages.isEmpty)
        self.stages = stages
    }

    /// One term.
    public convenience init(_ clock: TermClock) { self.init([Stage(.only, [clock])]) }

    /// The clock of the start: it has the hours of reception.
    public var first: TermClock { stages[0].clocks[0] }

    /// The only term; nil if there are several.
    public var single: TermClock? {
        stages.count == 1 && stages[0].clocks.count == 1 ? first : nil
    }

    /// All terms.
    public var clocks: [TermClock] { stages.flatMap(\.clocks) }

    /// The moment from which the term runs for something handed in at `moment`.
    ///
    /// - Throws: as ``TermClock/start(_:_:)``.
    public func start(
        _ moment: CivilDateTime, _ rule: TermClock.OutsideReception
    ) throws(DeadlineError) -> CivilDateTime {
        try first.start(moment, rule)
    }

    /// When something is due whose term runs from `start`.
    ///
    /// - Throws: `calendar` where a year is not published; `clockStopped` if an open suspension
    ///   keeps the term from ending.
    public func due(
        from start: CivilDateTime, _ suspensions: Suspensions = .none
    ) throws(DeadlineError) -> DueDate {
        if let single { return try single.due(from: start, suspensions) }
        return try run(from: start, suspensions).due
    }

    /// How the term runs from `start`, stage by stage.
    ///
    /// - Throws: as ``due(from:_:)``.
    public func run(
        from start: CivilDateTime, _ suspensions: Suspensions = .none
    ) throws(DeadlineError) -> TermRun {
        var (ends, from): ([StageEnd], CivilDateTime) = ([], start)
        for stage in stages {
            let end = try stage.end(from: from, suspensions)
            ends.append(end)
            from = end.due.at
        }
        return TermRun(ends: ends)
    }

    /// The last second at which the term can start and still end by `due`.
    ///
    /// As no term that starts later ends earlier, the last stage says by when the one before it has to
    /// end, and so on; of several terms in a stage each says its own, and the earliest will do where the
    /// longer decides, the latest where the shorter does.
    ///
    /// - Throws: `calendar` where a year is not published.
    public func latestStart(dueBy due: CivilDateTime) throws(DeadlineError) -> CivilDateTime {
        var by = due
        for (place, stage) in stages.enumerated().reversed() {
            var starts: [CivilDateTime] = []
            for clock in stage.clocks {
                // Nothing is handed in for a later stage.
                starts.append(
                    place == 0
                        ? try clock.latestStart(dueBy: by)
                        : try clock.latestStartAtAnyTime(dueBy: by))
            }
            by = (stage.choice == .shorter ? starts.max() : starts.min()) ?? by
        }
        return by
    }
}

/// How a term runs.
public struct TermRun: Hashable, Sendable {
    /// The end of each stage; never empty.
    public let ends: [StageEnd]

    /// The whole term as if it were one.
    public var due: DueDate {
        let last = ends[ends.count - 1].due
        return DueDate(start: ends[0].due.start, at: last.at, nominal: last.nominal)
    }
}

/// The end of a stage.
public struct StageEnd: Hashable, Sendable {
    /// When each of the stage's terms ends; nil for one that a suspension keeps from ending.
    public let terms: [DueDate?]
    /// The place of the term that decides.
    public let deciding: Int
    public let due: DueDate
}

extension StagedClock.Stage {
    /// The end by the term that decides; the first of those that end together.
    fileprivate func end(
        from start: CivilDateTime, _ suspensions: Suspensions
    ) throws(DeadlineError) -> StageEnd {
        var terms: [DueDate?] = []
        var stopped: DeadlineError?
        for clock in clocks {
            do throws(DeadlineError) { terms.append(try clock.due(from: start, suspensions)) } catch
            {
                guard case .clockStopped = error else { throw error }
                stopped = stopped ?? error
                terms.append(nil)
            }
        }
        // A term that is stopped would end after every one that is not.
        if let stopped, choice != .shorter || terms.allSatisfy({ $0 == nil }) { throw stopped }
        var deciding: (place: Int, due: DueDate)?
        for (place, due) in terms.enumerated() {
            guard let due else { continue }
            let isNext =
                deciding.map { choice == .longer ? $0.due.at < due.at : due.at < $0.due.at } ?? true
            if isNext { deciding = (place, due) }
        }
        guard let deciding else { throw .outOfRange }
        return StageEnd(terms: terms, deciding: deciding.place, due: deciding.due)
    }
}
