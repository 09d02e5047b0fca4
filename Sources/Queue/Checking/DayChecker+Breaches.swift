// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A turn in what is on the books about a ticket: when it came to what.
struct TicketTurn {
    let at: Int32
    let stage: TicketBook.Stage
    let due: Int32
    let outcome: Outcome?
    /// What was permitted then.
    let plan: DayPlan
}

extension DayChecker {
    /// Notes what a ticket has just come to.
    mutating func note(_ label: TicketLabel, at: Int32? = nil, _ outcome: Outcome? = nil) {
        guard let plan, let ticket = tickets[label] else { return }
        tickets[label]?.turns.append(
            TicketTurn(
                at: at ?? now, stage: ticket.stage, due: ticket.due, outcome: outcome, plan: plan))
    }

    /// Every wait and service that took longer than permitted (R3.5, R3.6), read from what became of
    /// each ticket turn by turn: to be compared with the day's register of breaches.
    ///
    /// Tickets stand in the order in which they came.
    public func breaches(date: CivilDate, at now: Int32) -> [Breach] {
        let now = min(now, 86_400)
        return tickets.sorted { $0.value.came < $1.value.came }.flatMap { label, ticket in
            spans(ticket.turns, now).filter { $0.limit > 0 && $0.seconds > $0.limit }.map {
                Breach(
                    kind: $0.kind, date: date, ticket: label, seconds: $0.seconds, limit: $0.limit)
            }
        }
    }

    private func spans(
        _ turns: [TicketTurn], _ now: Int32
    ) -> [(kind: Breach.Kind, seconds: Int32, limit: Int32)] {
        var spans: [(kind: Breach.Kind, seconds: Int32, limit: Int32)] = []
        var begin: TicketTurn?
        for (place, turn) in turns.enumerated() {
            let next = place + 1 < turns.count ? turns[place + 1] : nil
            switch turn.stage {
            case .waiting:
                let first = begin ?? turn
                // A transfer out of the line does not end the wait.
                begin = next?.stage == .waiting ? first : nil
                guard next?.stage != .waiting else { continue }
                let due = max(first.at, first.due)
                let end = min(next?.at ?? now, 86_400)
                let limit = limit(\.waitLimit, from: due, to: end, next?.plan)
                spans.append((.wait, end - due, limit))
            case .called:
                guard let next, next.stage != .serving, wasThere(next) else { continue }
                let end = min(next.at, 86_400)
                let limit = limit(\.serviceLimit, from: turn.at, to: end, next.plan)
                spans.append((.service, end - turn.at, limit))
            case .serving:
                let end = min(next?.at ?? now, 86_400)
                let limit = limit(\.serviceLimit, from: turn.at, to: end, next?.plan)
                spans.append((.service, end - turn.at, limit))
            case .parked, .skipped, .finished: continue
            }
        }
        return spans
    }

    /// Whether somebody who was called came to the window, by what came of it.
    private func wasThere(_ turn: TicketTurn) -> Bool {
        switch turn.stage {
        case .parked, .waiting: true
        case .finished:
            switch turn.outcome {
            case .served, .refused: true
            // What ends with the day is nobody's word.
            case .left: turn.at < 86_400
            case .noShow, nil: false
            }
        case .called, .serving, .skipped: false
        }
    }

    /// The limit to which a wait or service is held: the first that it exceeded while that was in force,
    /// else that of the plan at its end, which is the present one of what lasts.
    private func limit(
        _ limit: KeyPath<DayPlan, Int32>, from begin: Int32, to end: Int32, _ last: DayPlan?
    ) -> Int32 {
        for (until, plan) in former where until <= end {
            let longest = plan[keyPath: limit]
            if longest > 0, min(until, 86_400) - begin > longest { return longest }
        }
        return (last ?? plan)?[keyPath: limit] ?? 0
    }
}
