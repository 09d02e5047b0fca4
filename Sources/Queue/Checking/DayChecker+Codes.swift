// SPDX-License-Identifier: Apache-2.0

/// Codes of the office's own lists, as the plan has them that holds.
extension DayChecker {
    /// Where the office gives tickets only to those who have booked, whoever has not has a reason of its list;
    /// elsewhere nobody has one.
    func requireReason(of taken: TicketTaken, _ plan: DayPlan) throws(Violation) {
        var listed: Set<String> = []
        if case .bookingsOnly = plan.policy {
            for reason in plan.reception.bookingsOnly?.withoutBooking ?? [] {
                listed.insert(reason.code.description)
            }
            guard let reason = taken.reason else {
                throw violation(.withoutBooking, "\(taken.label)")
            }
            try require(
                listed.contains(reason.description), .withoutBooking, "\(taken.label): \(reason)")
        } else {
            try require(taken.reason == nil, .withoutBooking, "\(taken.label)")
        }
    }

    /// Told of the ticket that has just ended so.
    func end(_ label: TicketLabel, as code: ListedCode, _ plan: DayPlan) throws(Violation) {
        let outcome: Outcome
        switch preceding {
        case .finished(label, let how), .turnEnded(label, let how): outcome = how
        default: throw violation(.code, "\(label)")
        }
        try require(
            plan.reception.endings.contains { $0.code == code && $0.outcome == outcome }, .code,
            "\(label): \(code)")
    }

    /// Told of the window that has just begun to pause.
    func pause(_ window: UInt8, for code: ListedCode, _ plan: DayPlan) throws(Violation) {
        try require(preceding == .breakBegun(window), .code, "window \(window)")
        try require(
            plan.reception.pauses.map(\.code).contains(code), .code, "window \(window): \(code)")
    }

    /// Told of the window that was just opened.
    func seat(at window: UInt8) throws(Violation) {
        try require(preceding == .windowOpened(window), .code, "window \(window)")
    }
}
