// SPDX-License-Identifier: Apache-2.0

/// A visit all of which is at one window: what such visits must have alike to take the same places.
///
/// It is as a booking of one service that takes the slots of all its turns, and that only windows render
/// which render each of them.
struct LoneVisit: Hashable, Sendable {
    /// How many of them a day tells apart at most: beside eight services as many as there are bits.
    static let limit = 56

    /// A bit for each service.
    let services: UInt8
    let cells: UInt8
}

extension DayPlan {
    /// What a visit at one window takes.
    func loneVisit(_ turns: [UInt8]) -> LoneVisit {
        LoneVisit(
            services: turns.reduce(0) { $0 | 1 << $1 },
            cells: UInt8(clamping: turns.reduce(0) { $0 + max(1, cells(of: Int($1))) }))
    }

    /// For how many seconds a booking has its window, or its windows in turn, from its start to the end of its
    /// last service.
    func seconds(_ service: UInt8, _ further: FurtherTurns?) -> Int32 {
        guard let last = further?.services.last else { return services[Int(service)].seconds }
        return turns(service, further).dropLast().reduce(0) { $0 + slotSeconds(of: $1) }
            + services[Int(last)].seconds
    }

    /// When each turn of a booking begins, and for which service it is.
    func turns(
        _ service: UInt8, _ further: FurtherTurns?, from start: Int32
    ) -> [(service: UInt8, start: Int32)] {
        var next = start
        return turns(service, further).map { turn in
            defer { next += slotSeconds(of: turn) }
            return (turn, next)
        }
    }

    private func turns(_ service: UInt8, _ further: FurtherTurns?) -> [UInt8] {
        [service] + (further?.services ?? [])
    }

    /// The slots that a turn takes, in seconds.
    private func slotSeconds(of turn: UInt8) -> Int32 {
        Int32(cells(of: Int(turn))) * rules.slotMinutes * 60
    }
}
