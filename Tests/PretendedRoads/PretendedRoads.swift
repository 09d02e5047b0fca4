// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A small HTTP server in the place of OSRM, as good or bad as a test wants it.
public final class PretendedRoads: Sendable {
    public enum Manner: Sendable {
        /// Answers as the table service does: so many seconds for a thousandth of a degree.
        case good
        /// The same in pieces, as HTTP calls it chunked.
        case pieces
        /// Knows no way to the east of this longitude.
        case island(east: Double)
        /// Tells where it found the places, those to the east of this longitude ten kilometres away.
        case border(east: Double)
        /// Refuses any call that names a place to the east of this longitude.
        case refuses(east: Double)
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

    /// What it does, and what was asked.
    private struct State {
        var manner: Manner
        var calls: [String] = []
    }

    /// Where it is, as `http://HOST:PORT/osrm/`.
    public let address: String
    private let channel: any Channel
    private let state: Box

    /// The paths that were asked for.
    public var calls: [String] { state.value.withLock { $0.calls } }

    /// Where it listens: an address of loopback that nobody else has, so that no other server of the
    /// tests takes its port when it has stopped.
    private let host: String
    private let port: Int
    private static let count = Mutex(0)

    /// Begins to listen, at a place of its own or where another did that has stopped.
    public init(_ manner: Manner, inPlaceOf other: PretendedRoads? = nil) async throws {
        let number = Self.count.withLock {
            $0 += 1
            return $0
        }
        let host = other?.host ?? "127.42.\(number / 250).\(number % 250 + 1)"
        self.host = host
        let state = Box(State(manner: manner))
        self.state = state
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(
                        TableHandler { path in
                            state.value.withLock {
                                $0.calls.append(path)
                                return $0.manner
                            }
                        })
                }
            }
            .bind(host: host, port: other?.port ?? 0).get()
        port = channel.localAddress!.port!
        address = "http://\(host):\(port)/osrm/"
    }

    /// Does so from now on.
    public func behave(_ manner: Manner) { state.value.withLock { $0.manner = manner } }

    public func stop() async throws { try await channel.close() }

    /// Seconds that it tells for the way between two places in degrees, longitude first.
    public static func seconds(_ a: [Double], _ b: [Double]) -> Double {
        (a[0] - b[0]).magnitude * 1_000 + max(0, b[1] - a[1]) * 3_000
    }

    private final class Box: Sendable {
        let value: Mutex<State>
        init(_ state: State) { value = Mutex(state) }
    }
}
