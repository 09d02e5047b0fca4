// SPDX-License-Identifier: Apache-2.0

import Foundation
public import KezekVisitFiles
import NIOCore
import NIOHTTP1
import NIOPosix

extension RoadServer {
    /// The travel times between all places, asked in as many calls as are needed, one by one.
    ///
    /// - Throws: the first fault; a table in part is none.
    public func table(
        of places: [Coordinate], limits: RoadLimits = .usual
    ) async throws(RoadFault) -> RoadTable {
        var table = RoadTable(places)
        guard places.count > 1 else { return table }
        let end = ContinuousClock().now + .seconds(limits.all)
        for call in TableCall.all(places.count, batch: limits.batch) {
            let rows = try await ask(call, places, limits, until: end)
            for (row, values) in zip(call.sources, rows) {
                for (column, value) in zip(call.destinations, values) where row != column {
                    table.seconds[row * places.count + column] = value
                }
            }
        }
        return table
    }

    /// The travel times between new places and known ones, both ways, and among the new ones.
    ///
    /// - Throws: the first fault; an answer in part is none.
    public func rows(
        of new: [Coordinate], among known: [Coordinate], limits: RoadLimits = .usual
    ) async throws(RoadFault) -> RoadRows {
        let all = known + new
        let end = ContinuousClock().now + .seconds(limits.all)
        var rows = RoadRows(new: new.count, known: known.count)
        for call in TableCall.all(new: new.count, known: known.count, batch: limits.batch) {
            let durations = try await ask(call, all, limits, until: end)
            rows.put(durations, call, known: known.count)
        }
        return rows
    }

    private func ask(
        _ call: TableCall, _ places: [Coordinate], _ limits: RoadLimits,
        until end: ContinuousClock.Instant
    ) async throws(RoadFault) -> [[Int32?]] {
        let left = (end - ContinuousClock().now) / .seconds(1)
        guard left > 0 else { throw .slow(seconds: limits.all) }
        let answer = try await ask(
            call.path(places, prefix: prefix), limits, within: min(limits.answer, left))
        return try call.durations(answer)
    }

    /// One call on a connection of its own.
    private func ask(
        _ path: String, _ limits: RoadLimits, within seconds: Double
    ) async throws(RoadFault) -> Answer {
        let began = ContinuousClock().now
        let channel = try await connect(limits, within: seconds)
        let answer: EventLoopFuture<Answer>?
        do {
            answer = try await channel.eventLoop.submit {
                try channel.pipeline.syncOperations.handler(type: AnswerHandler.self).answer
            }.get()
        } catch { throw .unreachable("the connection was closed") }
        guard let answer else { throw .unreachable("the connection was closed") }
        // Connecting has taken its part.
        let left = seconds - (ContinuousClock().now - began) / .seconds(1)
        let alarm = channel.eventLoop.scheduleTask(in: Self.amount(left)) {
            channel.pipeline.fireErrorCaught(RoadFault.slow(seconds: seconds))
        }
        defer { alarm.cancel() }
        let head = HTTPRequestHead(
            version: .http1_1, method: .GET, uri: path,
            headers: [
                "Host": authority, "Accept": "application/json", "Connection": "close",
                "User-Agent": "kezek",
            ])
        channel.write(HTTPClientRequestPart.head(head), promise: nil)
        channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        do { return try await answer.get() } catch let fault as RoadFault {
            throw fault
        } catch { throw .unreachable("\(error)") }
    }

    private func connect(
        _ limits: RoadLimits, within seconds: Double
    ) async throws(RoadFault) -> any Channel {
        do {
            // Where a name has several addresses there may be several connections for a while, each
            // with a handler of its own.
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(Self.amount(min(limits.connect, seconds)))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(
                            AnswerHandler(limit: limits.bytes))
                    }
                }
                .connect(host: host, port: port).get()
        } catch let error as ChannelError {
            if case .connectTimeout = error {
                throw .slow(seconds: min(limits.connect, seconds))
            }
            throw .unreachable("\(error)")
        } catch { throw .unreachable(Self.reason(error)) }
    }

    /// In the system's words, why there is no connection.
    private static func reason(_ error: any Error) -> String {
        guard let error = error as? NIOConnectionError else { return "\(error)" }
        guard let first = error.connectionErrors.first else { return "its name is not known" }
        return (first.error as? IOError).map { String(cString: strerror($0.errnoCode)) }
            ?? "\(first.error)"
    }

    private static func amount(_ seconds: Double) -> TimeAmount {
        .nanoseconds(Int64(max(0, min(seconds, 86_400)) * 1e9))
    }
}
