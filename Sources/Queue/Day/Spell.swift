// SPDX-License-Identifier: Apache-2.0

/// A wait in the line or a time at a window that is over.
///
/// Nothing that happens to its ticket later changes it: the register of breaches is made of these.
struct Spell: Hashable, Sendable {
    let kind: Breach.Kind
    /// The ticket's place among the day's tickets.
    let ticket: Int32
    /// What was waited for, or rendered.
    let service: UInt8
    /// Where it was rendered; `Ticket.noWindow` for a wait.
    let window: UInt8
    let seconds: Int32
    /// The longest permitted then, in seconds (R3.5, R3.6); 0 where nothing was forbidden.
    let limit: Int32
    /// Whether it is one of the day's figures; a breach is one even where it is not.
    let isCounted: Bool
    /// When it ended, which is not after the day.
    let end: Int32
}

extension OfficeDay {
    /// Ends the wait of a ticket that is in the line; it is one of the figures if a call ended it.
    mutating func endWait(_ index: Int, _ now: Int32, isCalled: Bool) {
        let ticket = tickets[index]
        guard ticket.state == .waiting else { return }
        spells.append(
            Spell(
                kind: .wait, ticket: Int32(index), service: ticket.service,
                window: Ticket.noWindow, seconds: max(0, within(now) - ticket.waitsFrom),
                limit: limit(of: ticket, .wait), isCounted: isCalled, end: within(now)))
        tickets[index].exceeded = 0
    }

    /// Ends the time of a ticket at its window.
    ///
    /// It counts from the start of serving, or from the call where the clerk did not say. Who did not come was
    /// served only if the clerk said so. Who left is none of the figures (`isServed`).
    mutating func endServing(_ index: Int, _ now: Int32, wasThere: Bool, isServed: Bool) {
        let ticket = tickets[index]
        tickets[index].exceeded = 0
        let hasBegun = ticket.state == .serving
        guard hasBegun || wasThere else { return }
        let begin = hasBegun ? ticket.servedAt : ticket.calledAt
        spells.append(
            Spell(
                kind: .service, ticket: Int32(index), service: ticket.service,
                window: ticket.window, seconds: max(0, within(now) - begin),
                limit: limit(of: ticket, .service), isCounted: isServed, end: within(now)))
    }

    /// The limit by which what lasts is a breach: that which it was beyond already, else the plan's.
    func limit(of ticket: Ticket, _ kind: Breach.Kind) -> Int32 {
        guard ticket.exceeded == 0 else { return ticket.exceeded }
        return kind == .wait ? plan.waitLimit : plan.serviceLimit
    }

    /// Keeps what is a breach by now one, whatever limits are to hold from now on.
    mutating func keepBreaches(_ now: Int32) {
        for index in tickets.indices where tickets[index].exceeded == 0 {
            let ticket = tickets[index]
            let (begin, limit): (Int32, Int32)
            switch ticket.state {
            case .waiting: (begin, limit) = (ticket.waitsFrom, plan.waitLimit)
            // Should the clerk not say when serving begins, it is the call that counts.
            case .called: (begin, limit) = (ticket.calledAt, plan.serviceLimit)
            case .serving: (begin, limit) = (ticket.servedAt, plan.serviceLimit)
            case .parked, .skipped, .finished: continue
            }
            // Where nothing is forbidden it stays 0.
            if within(now) - begin > limit { tickets[index].exceeded = limit }
        }
    }
}

/// A turn of a visit that is over, whose ticket went on to another.
struct EndedTurn: Hashable, Sendable {
    /// The ticket's place among the day's tickets.
    let ticket: Int32
    let service: UInt8
    let window: UInt8
    let outcome: Outcome
    /// In which way it ended, by the office's list.
    var ending: ListedCode?
}

/// A break that is over and whose reason was told.
struct PauseSpell: Hashable, Sendable {
    let reason: ListedCode
    let seconds: Int32
}

/// What somebody has done at windows.
struct SeatTime: Hashable, Sendable {
    var tickets = 0
    /// With the window open.
    var openSeconds: Int32 = 0
}
