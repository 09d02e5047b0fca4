// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekWire
import Queue
import Texts

/// One connection of a soak, and how its owner behaves.
struct SoakPeer {
    enum Manner: CaseIterable {
        /// Asks now and then, as most systems do.
        case quiet
        /// Asks again half a second after each answer.
        case busy
        /// Books, and remembers what was acknowledged.
        case booking
        /// Watches the board.
        case watching
        /// Asks for much and does not read it.
        case deaf
        /// Begins a frame and does not finish it.
        case stuttering
        /// Asks once, and is gone before the answer.
        case leaving

        /// So many of a hundred are like this.
        var share: Int {
            switch self {
            case .quiet: 60
            case .busy: 16
            case .booking: 1
            case .watching: 8
            case .deaf, .stuttering, .leaving: 5
            }
        }
    }

    let manner: Manner
    private(set) var socket: LoadSocket
    /// When it does something next, in seconds of the soak.
    var next: Double
    /// Since when an answer is waited for; nil if none is.
    var asked: Double?
    private let arena: Arena

    init(_ manner: Manner, _ endpoint: Endpoint, _ arena: Arena, next: Double) throws {
        self.manner = manner
        self.arena = arena
        self.next = next
        socket = try LoadSocket(endpoint)
    }

    /// Whether what comes is read.
    var isReading: Bool { manner != .deaf }

    /// Does what it does next.
    mutating func act(_ dates: [CivilDate], at time: Double) throws {
        switch manner {
        case .quiet, .busy:
            try send([.queue(Self.slots(dates)), .queue(.board(Victim.office, since: 0))])
            asked = time
        case .booking:
            try send([.command(.random(), Victim.hold(dates))])
            asked = time
        case .watching:
            try send([.watchBoard(Victim.office, .nothing)])
            next = .infinity
        case .deaf:
            let days = Call.calendarDays(
                CalendarDaysQuestion(
                    calendar: CalendarName(calendar: "kz", week: "five", asKnownOn: nil),
                    first: CivilDate("2026-01-01")!, last: CivilDate("2026-12-31")!))
            try send(Array(repeating: days, count: 200))
            next = .infinity
        case .stuttering:
            // The length of a frame, and a byte of it.
            try socket.sendRaw([100, 8])
            next = .infinity
        case .leaving:
            try send([.queue(Self.slots(dates))])
            next = time
        }
    }

    private mutating func send(_ calls: [Call]) throws {
        for call in calls {
            arena.reset()
            let request = WireRequest(
                id: 1, deadlineMilliseconds: 0, language: .en, call: call)
            guard let message = RequestCodec.encode(request, arena) else {
                throw CommandFailure("the request is longer than a frame")
            }
            socket.add(message)
        }
        try socket.flush()
    }

    /// The whole responses that have arrived; throws if the server has closed the connection.
    mutating func receive() throws -> [WireResponse] {
        var responses: [WireResponse] = []
        let arena = arena
        try socket.receive { message in
            arena.reset()
            guard let response = ResponseCodec.decode(message, arena) else {
                throw CommandFailure("the server sent something that is no response")
            }
            responses.append(response)
        }
        return responses
    }

    func close() { Glibc.close(socket.descriptor) }

    private static func slots(_ dates: [CivilDate]) -> QueueQuestion {
        let date = dates.randomElement()!
        return .slots(
            SlotsQuestion(
                office: Victim.office, service: Victim.services[0], channel: .office, from: date,
                to: date))
    }
}
