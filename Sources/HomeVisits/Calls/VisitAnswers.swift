// SPDX-License-Identifier: Apache-2.0

public import Parties

/// An answer on home visits.
public enum VisitAnswer: Hashable, Sendable {
    indirect case area(VisitArea, revision: UInt32)
    case windows(FreeWindows)
    case visit(VisitView)
    case explanation(VisitExplained)
    case plan(AreaPlan)
}

extension VisitView {
    /// The same with its secret.
    public func with(_ secret: BookingSecret) -> VisitView {
        VisitView(
            id: id, state: state, words: words, needs: needs, avoided: avoided, service: service,
            setup: setup, askedAt: askedAt, due: due, promise: promise, heldUntil: heldUntil,
            isUnkept: isUnkept, reason: reason, secret: secret)
    }
}

extension AreaPlan.CrewDay {
    /// Seconds after its hours until it is back; 0 if it is back within them.
    public var overtime: Int64 { back.map { max(0, $0 - hours.end) } ?? 0 }
}

extension AreaPlan.Stop {
    public enum Kind: Hashable, Sendable {
        case visit(UInt32)
        /// A place in the plan that is held for a caller.
        case held(UInt32)
        case lunch
    }
}
