// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A turn in what is on the books about a ticket: when it came to what.
struct TicketTurn {
    let at: Int32
    let stage: TicketBook.Stage
    let due: Int32
    let outcome: Outcome?
    /// The longest permitted then, in seconds; 0 where nothing was forbidden.
    let waitLimit: Int32
    let serviceLimit: Int32
}

extension DayChecker {
    /// Notes what a ticket has just come to.
    mutating func note(_ label: TicketLabel, at: Int32? = nil, _ outcome: Outcome? = nil) {
        guard let plan, let ticket = tickets[label] else { return }
        tickets[label]?.turns.append(
            TicketTurn(
                at: at ?? now, stage: ticket.stage, due: ticket.due, outcome: outcome,
                waitLimit: plan.waitLimit, serviceLimit: plan.serviceLimit))
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
                let end = min(next?.at ?? now, 86_400)
                spans.append(
                    (.wait, end - max(first.at, first.due), (next ?? lasting(turn)).waitLimit))
            case .called:
                guard let next, next.stage != .serving, wasThere(next) else { continue }
                spans.append((.service, min(next.at, 86_400) - turn.at, next.serviceLimit))
            case .serving:
                let end = min(next?.at ?? now, 86_400)
                spans.append((.service, end - turn.at, (next ?? lasting(turn)).serviceLimit))
            case .parked, .skipped, .finished: continue
            }
        }
        return spans
    }

    /// Whether somebody who was called came to the window, by what came of it.
    private func wasThere(_ turn: TicketTurn) -> Bool {
        switch turn.stage {
        case .parked, .waiting: true
        case .finished: turn.outcome == .served || turn.outcome == .refused
        case .called, .serving, .skipped: false
        }
    }

    /// What lasts is held to what is permitted now.
    private func lasting(_ turn: TicketTurn) -> TicketTurn {
        TicketTurn(
            at: turn.at, stage: turn.stage, due: turn.due, outcome: nil,
            waitLimit: plan?.waitLimit ?? 0, serviceLimit: plan?.serviceLimit ?? 0)
    }
}
