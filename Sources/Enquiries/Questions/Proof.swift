// SPDX-License-Identifier: Apache-2.0

public import WorkingDays

extension Proof {
    /// Why a line was counted or passed over.
    public func reason(_ line: Line) -> Reason { reasons[line.reason] }
}

extension Proof.Reason {
    public var isEstimate: Bool { withinDays != nil }
}

extension Proof.Kind {
    public init(_ kind: DayStatus.Kind) {
        self =
            switch kind {
            case .working: .working
            case .movedWorking: .movedWorking
            case .weeklyRest: .weeklyRest
            case .holiday: .holiday
            case .substitute: .substitute
            case .movedRest: .movedRest
            }
    }
}
