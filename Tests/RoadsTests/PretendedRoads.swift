// SPDX-License-Identifier: Apache-2.0

import KezekRoads
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small HTTP server in the place of OSRM, as good or bad as a test wants it.
final class PretendedRoads: Sendable {
    enum Manner: Sendable {
        /// Answers as the table service does: so many seconds for a thousandth of a degree.
        case good
        /// The same in pieces, as HTTP calls it chunked.
        case pieces
        /// Knows no way to the east of this longitude.
        case island(east: Double)
        /// Answers with this status and text, whatever was asked.
        case says(Int, String)
        /// Takes the call and says nothing.
        case silent
        /// Says the head of an answer, and then a byte now and then, but never all.
        case drips
        /// Ends the connection without a word.
        case rude
        /// Says what is no HTTP.
        case babbles
        /// Answers with as many bytes as these.
        case endless(Int)
    }

    let server: RoadServer
    private let channel: any Channel
    private let asked = Paths()

    /// The paths that were asked for.
    var calls: [String] { asked.all }

    init(_ manner: Manner) async throws {
        let asked = asked
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        TableHandler(manner) { asked.add($0) })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server = RoadServer("http://127.0.0.1:\(channel.localAddress!.port!)/osrm/")!
    }

    func stop() async throws { try await channel.close() }

    /// Paths, collected from any thread.
    private final class Paths: Sendable {
        private let list = Mutex<[String]>([])
        var all: [String] { list.withLock { $0 } }
        func add(_ path: String) { list.withLock { $0.append(path) } }
    }
}
