// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekEngine
import Parties
import Queue
import Synchronization
import TestKit
import Testing

/// What wakes those who watch an office's board.
@Suite struct IdleWatchTests {
    private final class Count: Sendable {
        private let count = Mutex(0)

        func add() { count.withLock { $0 += 1 } }
        /// How many there were since it was asked last.
        var taken: Int {
            count.withLock { count in
                defer { count = 0 }
                return count
            }
        }
    }

    /// A whole day of seconds without anything wakes nobody; its midnight does, once.
    @Test func timeAloneWakesNobodyButAtMidnight() throws {
        let desk = try Desk()
        desk.register()
        let woken = Count()
        let watch = try #require(desk.queue.watch(Desk.office) { woken.add() })
        defer { watch.end() }
        desk.queue.tick(now: Desk.morning)
        _ = woken.taken
        let midnight = Timestamp("2026-03-18T19:00:00Z")!.second
        for second in stride(from: Desk.morning.second, to: midnight, by: 1) {
            desk.queue.tick(now: Timestamp(second: second)!)
        }
        #expect(woken.taken == 0)
        desk.queue.tick(now: Timestamp(second: midnight)!)
        #expect(woken.taken == 1)
        for second in midnight + 1..<midnight + 600 {
            desk.queue.tick(now: Timestamp(second: second)!)
        }
        #expect(woken.taken == 0)
        #expect(desk.queue.watch(OfficeID("nowhere")!) {} == nil)
    }

    /// Each entry of the office wakes once, however many events it has; who has ended is not woken.
    @Test func whatHappensWakesOnce() throws {
        let desk = try Desk()
        desk.register()
        let (woken, ended) = (Count(), Count())
        let watch = try #require(desk.queue.watch(Desk.office) { woken.add() })
        let other = try #require(desk.queue.watch(Desk.office) { ended.add() })
        other.end()
        func take(_ office: OfficeID, _ request: UInt64) {
            desk.queue.submit(
                .today(office, .takeTicket(service: Desk.service)), request: Desk.id(request),
                now: Desk.morning
            ) { _ in }
            desk.store.commit()
        }
        take(Desk.office, 10)
        #expect(woken.taken == 1)
        // The same request again writes nothing.
        take(Desk.office, 10)
        #expect(woken.taken == 0)
        take(Desk.provider, 11)
        #expect(woken.taken == 0)
        watch.end()
        take(Desk.office, 12)
        #expect(woken.taken == 0 && ended.taken == 0)
    }
}
