// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Queue

/// Who may act on which home visit.
extension VisitEngine {
    /// - Throws: `unproven` unless the caller may act on the visit: by its number, its secret or its
    ///   applicant; what is not there is told as what is another's.
    func prove(
        _ standing: Standing, _ id: HomeVisitID?, _ book: VisitBook, _ now: Timestamp
    ) throws(VisitFault) {
        guard let id, !standing.actsByNumber else { return }
        let applicant = book[id.number]?.applicant
        let isRight =
            switch standing.proof {
            case nil: throw VisitFault.command(.unproven(.missing))
            case .code: throw VisitFault.command(.unproven(.codeDoesNoMore))
            case .secret(let secret): queue.keys.isSecret(secret, of: id, now: now)
            case .applicant(let name): applicant.map { queue.keys.all(name).contains($0) } ?? false
            }
        guard isRight, applicant != nil else { throw .command(.unproven(.wrongVisit)) }
    }

    /// A receipt with the secret of the visit that it is about.
    func keyed(_ receipt: VisitReceipt) -> VisitReceipt {
        receipt.visit.map { receipt.with(queue.keys.secret(of: $0)) } ?? receipt
    }

    /// The same of an answer that is about one visit.
    func keyed(_ answer: VisitAnswer) -> VisitAnswer {
        guard case .visit(let view) = answer else { return answer }
        return .visit(view.with(queue.keys.secret(of: view.id)))
    }
}
