// SPDX-License-Identifier: Apache-2.0

import Journal
import Queue
import Synchronization

extension QueueEngine {
    /// What others may have once something is with the store.
    struct GivenUp: Sendable {
        var claims: [Journal.Claim] = []
        var places: [BookedPlace] = []

        init() {}

        init(by sent: [Sent]) {
            for part in sent {
                for case .given(let claim) in part.claims { claims.append(claim) }
                for case .given(let place) in part.booked { places.append(place) }
            }
        }
    }

    func give(_ given: GivenUp) {
        for claim in given.claims { claims.give(claim) }
        guard !given.places.isEmpty else { return }
        persons.withLock { book in for place in given.places { book.give(place) } }
    }
}
