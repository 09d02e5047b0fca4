// SPDX-License-Identifier: Apache-2.0

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
        let clock = ContinuousClock()
        let end = clock.now + .seconds(limits.all)
        for call in TableCall.all(places.count, batch: limits.batch) {
            guard clock.now < end else { throw .slow(seconds: limits.all) }
            let left = (end - clock.now) / .seconds(1)
            let answer = try await ask(
                call.path(places, prefix: prefix), limits, within: min(limits.answer, left))
            try call.fill(&table, from: answer)
        }
        return table
    }

    /// One call on a connection of its own.
    private func ask(
        _ path: String, _ limits: RoadLimits, within seconds: Double
    ) async throws(RoadFault) -> Answer {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: Answer.self)
        let channel: any Channel
        do {
            channel = try await ClientBootstrap(group: loop)
                .connectTimeout(Self.amount(min(limits.connect, seconds)))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHTTPClientHandlers()
                        try channel.pipeline.syncOperations.addHandler(
                            AnswerHandler(promise, limit: limits.bytes))
                    }
                }
                .connect(host: host, port: port).get()
        } catch let error as ChannelError {
            promise.fail(error)
            if case .connectTimeout = error { throw .slow(seconds: limits.connect) }
            throw .unreachable("\(error)")
        } catch {
            promise.fail(error)
            throw .unreachable("\(error)")
        }
        let alarm = loop.scheduleTask(in: Self.amount(seconds)) {
            promise.fail(RoadFault.slow(seconds: seconds))
            channel.close(promise: nil)
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
        do { return try await promise.futureResult.get() } catch let fault as RoadFault {
            throw fault
        } catch { throw .unreachable("\(error)") }
    }

    private static func amount(_ seconds: Double) -> TimeAmount {
        .nanoseconds(Int64(max(0, min(seconds, 86_400)) * 1e9))
    }
}
