// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Parties
import Queue

/// `QueueStatsReply`.
extension WireWriter {
    func statistics(
        _ statistics: QueueStatistics
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__QueueStatsReply> {
        try message(kezek__v1__queue_stats_reply__init) { (message) throws(Full) in
            message.office = try text(statistics.office.description)
            message.from_day = statistics.from.dayNumber
            message.to_day = statistics.to.dayNumber
            message.days = UInt32(clamping: statistics.days)
            try list(statistics.services, &message.n_services, &message.services) {
                (service) throws(Full) in try self.service(service)
            }
            try list(statistics.windows, &message.n_windows, &message.windows) {
                (window) throws(Full) in
                try self.message(kezek__v1__queue_stats_reply__window__init) {
                    (inner) throws(Full) in
                    inner.window = try text(window.window.description)
                    inner.tickets = UInt64(clamping: window.tickets)
                    inner.open_seconds = UInt64(clamping: window.openSeconds)
                    inner.busy_seconds = UInt64(clamping: window.busySeconds)
                }
            }
            try list(statistics.breaches, &message.n_breaches, &message.breaches) {
                (breach) throws(Full) in
                try self.message(kezek__v1__queue_stats_reply__breach__init) {
                    (inner) throws(Full) in
                    inner.kind = Kezek__V1__QueueStatsReply__BreachKind(
                        UInt32(breach.kind.rawValue))
                    inner.day = breach.date.dayNumber
                    inner.ticket = try label(breach.ticket)
                    inner.seconds = breach.seconds
                    inner.limit_seconds = breach.limit
                }
            }
            message.foretold = UInt64(clamping: statistics.foretold)
            message.within_p90 = UInt64(clamping: statistics.withinP90)
            try list(statistics.callers, &message.n_callers, &message.callers) {
                (caller) throws(Full) in
                try self.message(kezek__v1__queue_stats_reply__caller__init) {
                    (inner) throws(Full) in
                    inner.caller = try text(caller.caller)
                    inner.entries = UInt64(clamping: caller.entries)
                }
            }
        }
    }

    private func service(
        _ service: QueueStatistics.Service
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__QueueStatsReply__Service> {
        try message(kezek__v1__queue_stats_reply__service__init) { (message) throws(Full) in
            message.service = try text(service.service.description)
            message.tickets = UInt64(clamping: service.tickets)
            message.booked = UInt64(clamping: service.booked)
            message.served = UInt64(clamping: service.served)
            message.refused = UInt64(clamping: service.refused)
            message.left = UInt64(clamping: service.left)
            message.no_shows = UInt64(clamping: service.noShows)
            message.cancelled = UInt64(clamping: service.cancelled)
            message.wait = try spread(service.wait)
            message.serving = try spread(service.serving)
        }
    }

    private func spread(
        _ spread: QueueStatistics.Spread
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__QueueStatsReply__Spread> {
        try message(kezek__v1__queue_stats_reply__spread__init) {
            $0.count = UInt64(clamping: spread.count)
            $0.mean = spread.mean
            $0.p50 = spread.p50
            $0.p90 = spread.p90
            $0.max = spread.max
        }
    }
}

extension WireReader {
    func statistics(_ message: Kezek__V1__QueueStatsReply) throws(Refusal) -> QueueStatistics {
        QueueStatistics(
            office: try office(message.office), from: try date(message.from_day, "from_day"),
            to: try date(message.to_day, "to_day"), days: Int(message.days),
            services: try list(message.n_services, message.services) { (inner) throws(Refusal) in
                try service(inner)
            },
            windows: try list(message.n_windows, message.windows) { (inner) throws(Refusal) in
                QueueStatistics.Window(
                    window: try window(inner.window, "windows.window"),
                    tickets: Int(clamping: inner.tickets),
                    openSeconds: Int(clamping: inner.open_seconds),
                    busySeconds: Int(clamping: inner.busy_seconds))
            },
            breaches: try list(message.n_breaches, message.breaches) { (inner) throws(Refusal) in
                Breach(
                    kind: try choice(inner.kind.rawValue, "breaches.kind"),
                    date: try date(inner.day, "breaches.day"),
                    ticket: try label(inner.ticket, "breaches.ticket"), seconds: inner.seconds,
                    limit: inner.limit_seconds)
            }, foretold: Int(clamping: message.foretold),
            withinP90: Int(clamping: message.within_p90),
            callers: try list(message.n_callers, message.callers) { (inner) throws(Refusal) in
                QueueStatistics.Caller(
                    caller: try text(inner.caller, "callers.caller"),
                    entries: Int(clamping: inner.entries))
            })
    }

    private func service(
        _ message: Kezek__V1__QueueStatsReply__Service
    ) throws(Refusal) -> QueueStatistics.Service {
        QueueStatistics.Service(
            service: try service(message.service, "services.service"),
            tickets: Int(clamping: message.tickets), booked: Int(clamping: message.booked),
            served: Int(clamping: message.served), refused: Int(clamping: message.refused),
            left: Int(clamping: message.left), noShows: Int(clamping: message.no_shows),
            cancelled: Int(clamping: message.cancelled),
            wait: try given(message.wait, "services.wait", spread),
            serving: try given(message.serving, "services.serving", spread))
    }

    private func spread(
        _ message: Kezek__V1__QueueStatsReply__Spread
    ) throws(Refusal) -> QueueStatistics.Spread {
        QueueStatistics.Spread(
            count: Int(clamping: message.count), mean: message.mean, p50: message.p50,
            p90: message.p90, max: message.max)
    }
}
