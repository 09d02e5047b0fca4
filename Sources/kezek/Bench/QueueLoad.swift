// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Enquiries
import Foundation
import Histogram
import Journal
import KezekWire
import Queue
import Texts

/// A load of queue calls from one thread.
///
/// Closed: each connection keeps so many operations going. Open: operations begin at a fixed rate
/// whatever the server does, and each one's latency counts from when it was to begin, so that a
/// server that stalls is charged for all who would have waited (no coordinated omission).
struct QueueLoad {
    enum Kind: String, CaseIterable {
        /// One durable command: a hold.
        case hold
        /// A booking as applicants make it: a hold, then its confirmation.
        case book
        /// The slots of one office-day.
        case slots
    }

    struct Result {
        let perSecond: Double
        let refused: Int
        /// Refused for want of room, to be repeated later; their time is not in `latency`.
        let overloaded: Int
        let latency: Histogram<UInt64>

        func microseconds(_ percentile: Double) -> Double {
            Double(latency.valueAtPercentile(percentile) / 100) / 10
        }
    }

    private struct Connection {
        var socket: LoadSocket
        /// When the operation of each place began, or was to begin; 0 for a place that is free.
        var began: [UInt64]
        var isTouched = false
    }

    private let kind: Kind
    private let targets: BenchTargets
    private let rate: Double?
    private var connections: [Connection] = []
    private let arena = Arena(limit: CallLimit.decodedResponseBytes)
    private var generator = SplitMix()
    private var latency = Histogram<UInt64>(
        highestTrackableValue: 60_000_000_000, numberOfSignificantValueDigits: .three)
    private var (finished, refused, overloaded) = (0, 0, 0)
    /// Of an open load: places that are free, and operations that had to wait for one.
    private var free: [(connection: Int, place: Int)] = []
    private var late: [UInt64] = []

    /// `rate` is operations a second for an open load; nil for a closed one.
    init(
        _ kind: Kind, _ targets: BenchTargets, endpoint: Endpoint, connections: Int,
        pipeline: Int, rate: Double?
    ) throws {
        self.kind = kind
        self.targets = targets
        self.rate = rate
        for index in 0..<connections {
            self.connections.append(
                Connection(
                    socket: try LoadSocket(endpoint), began: Array(repeating: 0, count: pipeline)))
            for place in 0..<pipeline { free.append((index, place)) }
        }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }

    mutating func run(seconds: Double) throws -> Result {
        defer { for connection in connections { close(connection.socket.descriptor) } }
        var sockets = connections.map {
            pollfd(fd: $0.socket.descriptor, events: Int16(POLLIN), revents: 0)
        }
        let first = Self.now()
        let warm = first + 500_000_000
        var (start, end) = (UInt64.max, UInt64.max)
        var begun = 0.0
        if rate == nil {
            for (connection, place) in free { try begin(connection, place, at: first) }
        }
        while true {
            let now = Self.now()
            if let rate {
                // Everything that is due by now begins, late or not.
                while begun / rate * 1e9 + Double(first) <= Double(now) {
                    try beginOpen(at: first + UInt64(begun / rate * 1e9))
                    begun += 1
                }
            }
            try flush()
            _ = poll(&sockets, nfds_t(sockets.count), rate == nil ? 1_000 : 0)
            if start == .max, now >= warm {
                (start, end) = (now, now + UInt64(seconds * 1e9))
                latency.reset()
                (finished, refused, overloaded) = (0, 0, 0)
            }
            if now >= end {
                return Result(
                    perSecond: Double(finished) / (Double(now - start) / 1e9), refused: refused,
                    overloaded: overloaded, latency: latency)
            }
            for index in sockets.indices where sockets[index].revents != 0 { try receive(index) }
        }
    }

    private mutating func flush() throws {
        for index in connections.indices where connections[index].isTouched {
            connections[index].isTouched = false
            try connections[index].socket.flush()
        }
    }

    private mutating func beginOpen(at time: UInt64) throws {
        guard let (connection, place) = free.popLast() else { return late.append(time) }
        try begin(connection, place, at: time)
    }

    private mutating func begin(_ connection: Int, _ place: Int, at time: UInt64) throws {
        connections[connection].began[place] = time
        let call: Call =
            kind == .slots
            ? .queue(targets.slots(&generator))
            : .command(Self.requestID(&generator), targets.hold(&generator))
        try send(call, connection, place)
    }

    private static func requestID(_ generator: inout some RandomNumberGenerator) -> RequestID {
        RequestID(high: generator.next(), low: generator.next())
    }

    private mutating func send(_ call: Call, _ connection: Int, _ place: Int) throws {
        arena.reset()
        let request = WireRequest(
            id: UInt64(place + 1), deadlineMilliseconds: 0, language: .en, call: call)
        guard let message = RequestCodec.encode(request, arena) else {
            throw CommandFailure("the request is longer than a frame")
        }
        connections[connection].socket.add(message)
        connections[connection].isTouched = true
    }

    private mutating func receive(_ index: Int) throws {
        var responses: [WireResponse] = []
        let arena = arena
        try connections[index].socket.receive { message in
            arena.reset()
            guard let response = ResponseCodec.decode(message, arena) else {
                throw CommandFailure("the server sent something that is no response")
            }
            responses.append(response)
        }
        for response in responses { try take(response, index) }
    }

    private mutating func take(_ response: WireResponse, _ index: Int) throws {
        let place = Int(response.id) - 1
        guard connections[index].began.indices.contains(place) else {
            throw CommandFailure("the server answered a request that was not sent")
        }
        var isAnswered = true
        switch response.result {
        case .failure(let refusal) where refusal.reason == .overloaded:
            overloaded += 1
            isAnswered = false
        case .failure(let refusal):
            guard refusal.reason != .unknownOffice else {
                throw CommandFailure("\(refusal.message)")
            }
            refused += 1
        case .success(.receipt(let receipt)):
            if kind == .book, let booking = receipt.booking, booking.state == .held {
                let id = Self.requestID(&generator)
                return try send(.command(id, .booking(booking.id, .confirm)), index, place)
            }
            finished += 1
        case .success: finished += 1
        }
        let now = Self.now()
        if isAnswered {
            latency.record(min(now - connections[index].began[place], 60_000_000_000))
        }
        if rate == nil {
            try begin(index, place, at: now)
        } else if late.isEmpty {
            free.append((index, place))
        } else {
            try begin(index, place, at: late.removeFirst())
        }
    }
}

/// SplitMix64 from a seed that differs in every run: drawing from the system takes a call each time.
struct SplitMix: RandomNumberGenerator {
    private var state = UInt64.random(in: .min ... .max)

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
