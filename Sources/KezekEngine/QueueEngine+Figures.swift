// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties
import Queue
import Synchronization

/// How an office's queue stands, for whoever watches the server.
public struct OfficeFigures: Hashable, Sendable {
    public let office: OfficeID
    /// Tickets that wait now.
    public let waiting: Int
    /// Those of them that are likely to wait longer than permitted (R3.5).
    public let late: Int
    /// Windows that are open now.
    public let openWindows: Int
}

extension QueueEngine {
    /// How the queues of the first so many offices by name stand.
    ///
    /// The forecast is made on a copy, without holding an office up; it takes about a millisecond for
    /// each in which somebody waits.
    public func figures(atMost count: Int, now: Timestamp) -> [OfficeFigures] {
        allRooms.sorted { $0.id < $1.id }.prefix(count).map { room in
            let day = room.state.withLock { state in
                state.days[state.today(now).dayNumber]?.committed
            }
            // Nothing has happened there today.
            guard let day else {
                return OfficeFigures(office: room.id, waiting: 0, late: 0, openWindows: 0)
            }
            return OfficeFigures(
                office: room.id, waiting: day.waiting.count,
                late: day.lateTickets(at: day.plan.time(at: now)),
                openWindows: day.windows.count { $0.state == .open })
        }
    }

    /// Days that are kept in memory, of all offices.
    public var daysInMemory: Int {
        allRooms.reduce(0) { $0 + $1.state.withLock { $0.days.count } }
    }

    /// Commands on their way to the disk.
    public var commandsInFlight: Int { inFlight.load(ordering: .relaxed) }

    /// Seconds by which the clock is behind the latest time on record; 0 if it is not.
    public func clockBehind(now: Timestamp) -> Int64 {
        let recorded = latest.load(ordering: .relaxed)
        return recorded > now.second ? recorded - now.second : 0
    }
}
