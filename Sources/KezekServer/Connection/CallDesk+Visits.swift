// SPDX-License-Identifier: Apache-2.0

import Enquiries
import HomeVisits
import Journal
import KezekEngine
import KezekWire
import Parties
import Texts

/// Home visits.
extension CallDesk {
    /// Answers a question on home visits, which may have to drive the routes of days.
    func answerSlowly(
        _ question: VisitQuestion, by caller: CallerID, as standing: Standing,
        _ language: Language, to address: ReturnAddress
    ) {
        background {
            guard let visits else {
                return address.send(Result<Reply, Refusal>.failure(CallDesk.noQueue(language)))
            }
            do throws(VisitFault) {
                let answer = try visits.answer(question, as: standing, now: now())
                engine?.reads.note(answer, by: caller, now: now())
                address.send(Result<Reply, Refusal>.success(.visits(answer)))
            } catch {
                note(error.cause)
                address.send(Result<Reply, Refusal>.failure(error.refusal(in: language)))
            }
        }
    }

    /// Has a command on home visits carried out.
    func carryOut(
        _ command: VisitCommand, _ request: RequestID, by caller: CallerID,
        as standing: Standing, _ language: Language, to address: ReturnAddress
    ) {
        guard let visits else {
            return address.send(Result<Reply, Refusal>.failure(CallDesk.noQueue(language)))
        }
        // It may have to look for room in a plan.
        visitsInOrder {
            visits.submit(command, request: request, by: caller, as: standing, now: now()) {
                result in
                address.send(
                    result.map { .visitReceipt($0) }.mapError {
                        note($0.cause)
                        return $0.refusal(in: language)
                    })
            }
        }
    }

    /// Answers once what is asked to be watched: the plan of an area, or what has changed of it.
    func plan(
        of area: OfficeID, since revision: UInt32, by caller: CallerID, _ language: Language
    ) -> Result<Reply, Refusal> {
        guard let visits else { return .failure(CallDesk.noQueue(language)) }
        do throws(VisitFault) {
            let answer = VisitAnswer.plan(try visits.plan(area, since: revision, now: now()))
            engine?.reads.note(answer, by: caller, now: now())
            return .success(.visits(answer))
        } catch {
            note(error.cause)
            return .failure(error.refusal(in: language))
        }
    }
}
