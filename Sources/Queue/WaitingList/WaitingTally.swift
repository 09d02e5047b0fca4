// SPDX-License-Identifier: Apache-2.0

import Parties

/// What came of a service's waiting list.
struct WaitingTally: Hashable, Sendable {
    var joined = 0
    var offered = 0
    var accepted = 0
    var declined = 0
    var unanswered = 0

    init() {}

    init(_ spot: WaitingSpot) {
        joined = 1
        offered = spot.offers.count
        accepted = spot.state == .accepted ? 1 : 0
        declined = Int(spot.declined)
        unanswered = Int(spot.unanswered)
    }

    mutating func add(_ other: WaitingTally) {
        joined += other.joined
        offered += other.offered
        accepted += other.accepted
        declined += other.declined
        unanswered += other.unanswered
    }
}

extension ListedTallies {
    /// By service.
    var waitingFigures: [QueueStatistics.Waiting] {
        waiting.sorted { $0.key < $1.key }.map { service, tally in
            QueueStatistics.Waiting(
                service: service, joined: tally.joined, offered: tally.offered,
                accepted: tally.accepted, declined: tally.declined, unanswered: tally.unanswered)
        }
    }
}
