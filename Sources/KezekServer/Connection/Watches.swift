// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import HomeVisits
import KezekEngine
import KezekWire
import Parties
import Queue
import Synchronization
import Texts

/// The boards and working lists that one connection watches, and what of each it has been told.
struct Watches {
    /// What is watched.
    enum Subject {
        case board(OfficeID, BoardSeen)
        case workingList(WorkingListQuestion)
        case visitPlan(OfficeID, since: UInt32)
    }

    private struct Watched {
        var subject: Subject
        let language: Language
        let watch: EngineWatch
        let isTold: Told
        /// The office's day that was told last; nil as long as nothing was.
        var date: CivilDate?
        /// The windows of a day on which nothing has happened, as they were told: it has no revision to
        /// tell changes by.
        var windows: [WindowView]?
    }

    private var watched: [UInt64: Watched] = [:]

    var requests: [UInt64] { watched.keys.sorted() }
    var count: Int { watched.count }

    mutating func add(
        _ request: UInt64, _ subject: Subject, language: Language, _ watch: EngineWatch,
        _ isTold: Told
    ) {
        watched[request]?.watch.end()
        watched[request] = Watched(
            subject: subject, language: language, watch: watch, isTold: isTold, date: nil)
    }

    mutating func end(_ request: UInt64) {
        watched.removeValue(forKey: request)?.watch.end()
    }

    mutating func endAll() {
        for watched in watched.values { watched.watch.end() }
        watched = [:]
    }

    func language(of request: UInt64) -> Language? { watched[request]?.language }

    /// The call that a watch answers.
    func call(of request: UInt64) -> (Call, CallName)? {
        switch watched[request]?.subject {
        case .board(let office, let seen): (.watchBoard(office, seen), .board)
        case .workingList(let question): (.watchWorkingList(question), .workingList)
        case .visitPlan(let area, let since):
            (.watchVisitPlan(area, since: since), .watchVisitPlan)
        case nil: nil
        }
    }

    /// What the watch has not been told yet; nil if there is no news.
    ///
    /// However much has changed, it is one answer, so a slow reader never lets a queue grow. The last
    /// answer is given even if it has no news.
    mutating func news(
        of request: UInt64, _ desk: CallDesk, isLast: Bool
    ) throws(WatchFault) -> Reply? {
        guard var watching = watched[request] else { return nil }
        // What changes from here on is told by a further word.
        watching.isTold.end()
        let isFirst = watching.date == nil
        let (reply, isNew): (Reply, Bool)
        switch watching.subject {
        case .board(let office, let seen):
            let board = try board(office, seen, desk)
            watching.subject = .board(
                office, BoardSeen(revision: board.revision, date: board.date))
            let isUntouched = board.revision == 0
            let isSame =
                isUntouched && watching.date == board.date && watching.windows == board.windows
            watching.windows = isUntouched ? board.windows : nil
            watching.date = board.date
            isNew =
                !isSame && (board.isWhole || !board.windows.isEmpty || !board.tickets.isEmpty)
            reply = .queue(.board(board))
        case .workingList(let question):
            let list = try list(question, watching.date, desk)
            watching.subject = .workingList(
                question.seeing(.init(run: list.run, revision: list.revision)))
            watching.date = list.date
            isNew = list.isWhole || !list.items.isEmpty || !list.gone.isEmpty
            reply = .applications(.workingList(list))
        case .visitPlan(let area, let since):
            let plan = try plan(area, since, watching.date, desk)
            watching.subject = .visitPlan(area, since: plan.revision)
            watching.date = plan.from
            isNew = plan.isWhole || !plan.crewDays.isEmpty || !plan.visits.isEmpty
            reply = .visits(.plan(plan))
        }
        watched[request] = watching
        return isFirst || isLast || isNew ? reply : nil
    }

    /// On another day the whole of it is told anew.
    private func board(
        _ office: OfficeID, _ seen: BoardSeen, _ desk: CallDesk
    ) throws(WatchFault) -> Board {
        guard let engine = desk.engine else { throw .noStore }
        do throws(CommandFault) {
            return try engine.board(office, seen: seen, now: desk.now())
        } catch { throw .queue(error) }
    }

    private func plan(
        _ area: OfficeID, _ since: UInt32, _ date: CivilDate?, _ desk: CallDesk
    ) throws(WatchFault) -> AreaPlan {
        guard let visits = desk.visits else { throw .noStore }
        do throws(VisitFault) {
            let plan = try visits.plan(area, since: since, now: desk.now())
            guard let date, date != plan.from else { return plan }
            return try visits.plan(area, since: 0, now: desk.now())
        } catch { throw .visits(error) }
    }

    private func list(
        _ question: WorkingListQuestion, _ date: CivilDate?, _ desk: CallDesk
    ) throws(WatchFault) -> WorkingList {
        guard let applications = desk.applications else { throw .noStore }
        do throws(ApplicationFault) {
            let list = try applications.workingList(question, now: desk.now())
            guard let date, date != list.date else { return list }
            return try applications.workingList(question.seeing(nil), now: desk.now())
        } catch { throw .applications(error) }
    }
}

/// Whether the loop of a watch has been told that something changed, and has not looked yet.
final class Told: Sendable {
    private let isWaiting = Atomic<Bool>(false)

    /// Whether it has to be told now.
    func begin() -> Bool { !isWaiting.exchange(true, ordering: .acquiringAndReleasing) }

    func end() { isWaiting.store(false, ordering: .releasing) }
}

/// Why a watch has nothing to tell.
enum WatchFault: Error {
    case noStore
    case queue(CommandFault)
    case applications(ApplicationFault)
    case visits(VisitFault)

    func refusal(in language: Language) -> Refusal {
        switch self {
        case .noStore: CallDesk.noQueue(language)
        case .queue(let fault): fault.refusal(in: language)
        case .applications(let fault): fault.refusal(in: language)
        case .visits(let fault): fault.refusal(in: language)
        }
    }
}

extension WorkingListQuestion {
    /// The same question from somebody who has seen this much.
    fileprivate func seeing(_ seen: Seen?) -> WorkingListQuestion {
        WorkingListQuestion(office: office, within: within, all: all, since: seen)
    }
}
