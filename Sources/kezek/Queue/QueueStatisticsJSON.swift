// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue

/// The statistics of a queue, as JSON; all spans are in seconds.
struct QueueStatisticsJSON: Encodable {
    struct Spread: Encodable {
        let count: Int
        let mean: Int32
        let p50: Int32
        let p90: Int32
        let max: Int32

        init(_ spread: QueueStatistics.Spread) {
            count = spread.count
            mean = spread.mean
            p50 = spread.p50
            p90 = spread.p90
            max = spread.max
        }
    }

    struct Service: Encodable {
        let service: String
        let tickets: Int
        let booked: Int
        let served: Int
        let refused: Int
        let left: Int
        let noShows: Int
        let cancelled: Int
        let waitSeconds: Spread
        let servingSeconds: Spread
    }

    struct Window: Encodable {
        let window: String
        let tickets: Int
        let openSeconds: Int
        let busySeconds: Int
    }

    struct Breach: Encodable {
        let kind: String
        let date: String
        let ticket: String
        let seconds: Int32
        let limitSeconds: Int32
    }

    struct Caller: Encodable {
        let caller: String
        let entries: Int
    }

    let office: String
    let from: String
    let to: String
    let days: Int
    let services: [Service]
    let windows: [Window]
    let breaches: [Breach]
    let foretold: Int
    let withinP90: Int
    let callers: [Caller]

    init(_ statistics: QueueStatistics) {
        office = statistics.office.description
        from = statistics.from.description
        to = statistics.to.description
        days = statistics.days
        services = statistics.services.map {
            Service(
                service: $0.service.description, tickets: $0.tickets, booked: $0.booked,
                served: $0.served, refused: $0.refused, left: $0.left, noShows: $0.noShows,
                cancelled: $0.cancelled, waitSeconds: Spread($0.wait),
                servingSeconds: Spread($0.serving))
        }
        windows = statistics.windows.map {
            Window(
                window: $0.window.description, tickets: $0.tickets, openSeconds: $0.openSeconds,
                busySeconds: $0.busySeconds)
        }
        breaches = statistics.breaches.map {
            Breach(
                kind: "\($0.kind)", date: $0.date.description, ticket: $0.ticket.description,
                seconds: $0.seconds, limitSeconds: $0.limit)
        }
        foretold = statistics.foretold
        withinP90 = statistics.withinP90
        callers = statistics.callers.map { Caller(caller: $0.caller, entries: $0.entries) }
    }
}
