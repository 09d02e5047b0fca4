// SPDX-License-Identifier: Apache-2.0

import Applications
import Enquiries
import HomeVisits
import Journal
import KezekEngine
import KezekWire
import Queue

/// What is answered later, and what is watched: the same for whatever protocol a call came by.
extension CallDesk {
    /// Hands a call on that is answered later; false if it is answered at once, or watches something.
    @inline(__always)
    func handOn(
        _ request: WireRequest, by caller: @autoclosure () -> CallerID,
        as standing: @autoclosure () -> Standing, to address: @autoclosure () -> ReturnAddress
    ) -> Bool {
        let language = request.language
        switch request.call {
        case .command(let id, let command):
            carryOut(command, id, by: caller(), as: standing(), language, to: address())
        case .queue(let question) where !question.isQuick(now: now()):
            answerSlowly(question, as: standing(), language, to: address())
        case .applicationCommand(let id, let command):
            carryOut(command, id, by: caller(), language, to: address())
        case .decree(let id, let command):
            carryOut(command, id, by: caller(), language, to: address())
        case .forgetApplicant(let id, let applicant):
            forget(applicant, id, by: caller(), language, to: address())
        case .acceptClock(let id): acceptClock(id, by: caller(), language, to: address())
        case .applications(let question): answerSlowly(question, language, to: address())
        case .visitCommand(let id, let command):
            carryOut(command, id, by: caller(), as: standing(), language, to: address())
        case .visits(let question):
            answerSlowly(question, by: caller(), as: standing(), language, to: address())
        default: return false
        }
        return true
    }

    /// Begins to watch something; nil without a store, or if there is no such thing.
    func watch(
        _ subject: Watches.Subject, by caller: CallerID, _ changed: @escaping @Sendable () -> Void
    ) -> EngineWatch? {
        switch subject {
        case .board(let office, _): return engine?.watch(office, changed)
        case .workingList(let question): return applications?.watch(question.office, changed)
        case .visitPlan(let area, _):
            guard let watch = visits?.watch(area, changed) else { return nil }
            engine?.reads.noteWatch(of: area, by: caller, now: now())
            return watch
        }
    }

    /// Answers once what was asked to be watched.
    func once(
        _ subject: Watches.Subject, by caller: CallerID, _ request: WireRequest, _ library: Library
    ) -> Result<Reply, Refusal> {
        let language = request.language
        return switch subject {
        case .board(let office, let seen):
            answer(.queue(.board(office, seen)), in: language, library)
        case .workingList(let question):
            answer(.applications(.workingList(question)), in: language, library)
        case .visitPlan(let area, let since): plan(of: area, since: since, by: caller, language)
        }
    }
}

extension Watches.Subject {
    /// What a call watches; nil for one that watches nothing of the store.
    init?(_ call: Call) {
        switch call {
        case .watchBoard(let office, let seen): self = .board(office, seen)
        case .watchWorkingList(let question): self = .workingList(question)
        case .watchVisitPlan(let area, let since): self = .visitPlan(area, since: since)
        default: return nil
        }
    }
}
