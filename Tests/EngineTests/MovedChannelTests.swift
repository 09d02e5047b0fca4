// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import KezekEngine
import KezekSimulator
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import WorkingDays

private let today = "2026-11-25"
private let tomorrow = "2026-11-26"
private let friday = "2026-11-27"

/// A booking that the office moves stays one of the channel by which it was made, with all that this means.
@Suite struct MovedChannelTests {
    /// Windows that are there tomorrow at some hours alone, and nowhere else if so.
    private func described(_ hours: String? = nil) -> QueueOffice {
        var there: [Hall.There] = []
        for window in 1...4 where hours != nil {
            there += [(today, window, []), (tomorrow, window, [hours!])]
        }
        return Hall.described(["a", "a", "a", "a"], there, horizon: 1, portal: 50)
    }

    @Test func aBookingThatTheOfficeMovesStaysInTheShareOfItsChannel() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        try hall.put(described())
        let early = try hall.book("a", tomorrow, "10:00", .portal)
        var others: [BookingID] = []
        for _ in 1...2 { others.append(try hall.book("a", tomorrow, "10:20", .portal)) }
        let told = try hall.put(described("10:20-10:40"), dryRun: true)
        let effects = try hall.put(described("10:20-10:40"))
        #expect(effects.displaced.map(\.booking.id) == [early])
        #expect(told.displaced.map(\.replacement?.channel) == [.portal])
        let moved = try #require(effects.displaced.first?.replacement)
        #expect(moved.channel == .portal && moved.start == TimeOfDay("10:20")!)
        // Three of the share's two places: the office has the fourth, the portal has none until two are left.
        #expect(try hall.free("a", tomorrow, "10:20") == 1)
        for id in [others[0], moved.id] {
            #expect(try hall.free("a", date(tomorrow), .portal)[TimeOfDay("10:20")!] == 0)
            _ = try hall.send(.booking(id, .cancel(by: .office, reason: "")))
        }
        #expect(try hall.free("a", date(tomorrow), .portal)[TimeOfDay("10:20")!] == 1)
        hall.audit()
    }

    /// Moved once more, it is still the portal's; and so is it as the portal itself moves it.
    @Test func aBookingIsOfItsChannelHoweverOftenItIsMoved() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        let portal = Standing(
            actsByNumber: true, proof: nil, holdPercent: nil, channels: [.portal])
        for channel in BookingChannel.allCases {
            try hall.put(described())
            var id = try hall.book("a", tomorrow, "10:00", channel)
            for hours in ["11:00-11:20", "12:00-12:20", "11:00-12:00"] {
                let effects = try hall.put(described(hours))
                let moved = try #require(effects.displaced.first?.replacement)
                #expect(moved.channel == channel && moved.counterpart == id)
                id = moved.id
            }
            try hall.put(described())
            let later = QueueCommand.reschedule(id, to: date(tomorrow), start: TimeOfDay("15:00")!)
            id = try #require(try hall.send(later).booking).id
            let last = QueueCommand.reschedule(id, to: date(tomorrow), start: TimeOfDay("16:00")!)
            let booking = try #require(try hall.send(last, as: portal).booking)
            #expect(booking.channel == .portal)
            _ = try hall.send(.booking(booking.id, .cancel(by: .office, reason: "")))
        }
        hall.audit()
    }

    /// A place that a token holds and has not confirmed counts as its own wherever the office or a clerk moves it.
    @Test func aHeldPlaceStaysThatOfWhoHoldsIt() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        try hall.put(described())
        let portal = Standing(
            actsByNumber: false, proof: nil, holdPercent: 1, channels: [.portal])
        let (day, ten, noon) = (date(tomorrow), TimeOfDay("10:00")!, TimeOfDay("12:00")!)
        let held = try hall.hold("a", day, ten, .portal, as: portal)
        func isFull() -> Bool {
            do throws(CommandFault) {
                _ = try hall.hold("a", day, noon, .portal, as: portal)
                return false
            } catch {
                #expect(error == .tooManyHolds(limit: 1))
                return true
            }
        }
        #expect(isFull())
        let effects = try hall.close(tomorrow, "10:00-10:20")
        let moved = try #require(effects.displaced.first)
        #expect(moved.booking.id == held && moved.replacement?.state == .held)
        #expect(isFull())
        let again = QueueCommand.reschedule(
            try #require(moved.replacement).id, to: day, start: TimeOfDay("15:00")!)
        let last = try #require(try hall.send(again).booking)
        #expect(isFull())
        _ = try hall.send(.booking(last.id, .release))
        #expect(!isFull())
    }

    // MARK: Many changes

    @Test func whateverAnOfficeDoesEveryBookingKeepsItsChannelAndItsShare() throws {
        var (moved, beyond) = (0, 0)
        for seed in 0..<8 as Range<UInt64> {
            var week = ChannelWeek(seed: seed)
            try week.run()
            moved += week.moved
            beyond += week.beyond
        }
        #expect(moved > 40 && beyond > 40, "\(moved), \(beyond)")
    }

    // MARK: The journal

    private enum Change: CaseIterable {
        case none, otherChannel, otherApplicant, otherTarget, nobodyLeft, nobodyCame
    }

    /// Both halves of a move are looked at beside each other.
    @Test(arguments: [today, tomorrow])
    func theJournalIsAskedForBothHalvesOfAMove(target: String) throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        try hall.put(described())
        _ = try hall.book("a", tomorrow, "10:00", .portal)
        let there: [Hall.There] = (1...4).map {
            (tomorrow, $0, target == today ? [] : ["12:00-12:20"])
        }
        try hall.put(
            Hall.described(["a", "a", "a", "a"], there, horizon: 1, portal: 50))
        for change in Change.allCases {
            let entries = try entries(of: hall).map { try altered($0, change) }
            var failure: String?
            do {
                _ = try JournalAudit { each in
                    for (place, entry) in entries.enumerated() {
                        guard each(PlacedEntry(position: UInt64(place + 1), entry: entry)) else {
                            return
                        }
                    }
                }
            } catch { failure = "\(error)" }
            #expect((failure == nil) == (change == .none), "\(change): \(failure ?? "")")
        }
    }

    private func entries(of hall: Hall) throws -> [Entry] {
        var entries: [Entry] = []
        try hall.store.scan(after: 0) { placed in
            entries.append(placed.entry)
            return true
        }
        return entries
    }

    private func altered(_ entry: Entry, _ change: Change) throws -> Entry {
        guard case .officeDay = entry.stream else { return entry }
        let arena = Arena(limit: 1 << 20)
        let events = try DayEventCodec.decode(entry.body, arena, words: .locked)
        let changed = events.compactMap { event -> DayEvent? in
            switch (event, change) {
            case (.held(let held), _) where held.movedFrom != nil:
                return .held(altered(held, change))
            case (.moved(let number, let date, let new), .otherTarget):
                return .moved(number, to: date, number: new + 1)
            case (.moved(let number, _, _), .nobodyLeft):
                return .cancelled(
                    Cancelled(number: number, by: .office, reason: "", freeFrom: DayMoment(-86_400))
                )
            default: return event
            }
        }
        return Entry(
            stream: entry.stream, revision: entry.revision, at: entry.at, request: entry.request,
            claims: entry.claims, body: DayEventCodec.encode(changed, arena, words: .plain))
    }

    private func altered(_ held: Held, _ change: Change) -> Held {
        Held(
            number: held.number,
            applicant: change == .otherApplicant ? Applicant(high: 1, low: 2) : held.applicant,
            service: held.service, start: held.start,
            channel: change == .otherChannel ? .kiosk : held.channel, until: held.until,
            movedFrom: change == .nobodyCame ? nil : held.movedFrom,
            isMovedByOffice: change != .nobodyCame)
    }
}

/// An office that is booked, moved about and changed at random, beside what is known of each booking's channel.
private struct ChannelWeek {
    private static let windows = ["ab", "ab", "a", "b"]
    private static let starts = ["10:00", "10:20", "10:40", "11:00"].map { TimeOfDay($0)! }

    private var chance: SeededGenerator
    private let seed: UInt64
    private var there: [Hall.There] = []
    /// The live bookings.
    private var channels: [BookingID: BookingChannel] = [:]
    /// How many bookings the office has moved, and how often a slot had more of the portal than its share.
    private(set) var moved = 0
    private(set) var beyond = 0

    init(seed: UInt64) {
        self.seed = seed
        chance = SeededGenerator(seed: seed)
    }

    mutating func run() throws {
        var hall = try Hall(at: "2026-11-25T03:00Z")
        try change(&hall)
        for _ in 0..<60 {
            switch Int.random(in: 0..<10, using: &chance) {
            case 0..<6: try book(&hall)
            case 6..<8: try change(&hall)
            case 8: try move(&hall, .office, stays: true)
            default:
                let portal = Standing(
                    actsByNumber: true, proof: nil, holdPercent: nil, channels: [.portal])
                try move(&hall, portal, stays: false)
            }
            try compare(hall)
        }
        hall.audit()
    }

    private mutating func slot() -> (date: CivilDate, start: TimeOfDay) {
        (
            date([tomorrow, friday].randomElement(using: &chance)!),
            Self.starts.randomElement(using: &chance)!
        )
    }

    private mutating func book(_ hall: inout Hall) throws {
        let (slot, channel) = (slot(), BookingChannel.allCases.randomElement(using: &chance)!)
        let service = Bool.random(using: &chance) ? "a" : "b"
        guard let id = try? hall.hold(service, slot.date, slot.start, channel) else { return }
        channels[id] = channel
        if Bool.random(using: &chance) { _ = try hall.send(.booking(id, .confirm)) }
    }

    /// Windows are there at other times, of which there may be too few.
    private mutating func change(_ hall: inout Hall) throws {
        there = []
        for day in [today, tomorrow, friday] {
            for window in 1...4 where day == today || Bool.random(using: &chance) {
                let hours = ["09:00-11:20", "10:20-10:40", "10:40-11:20"]
                there.append(
                    (day, window, day == today ? [] : [hours.randomElement(using: &chance)!]))
            }
        }
        let office = Hall.described(Self.windows, there, horizon: 2, portal: 50)
        for one in try hall.put(office).displaced {
            let channel = channels.removeValue(forKey: one.booking.id)
            guard let new = one.replacement else { continue }
            #expect(new.channel == channel && one.booking.channel == channel, "seed \(seed)")
            channels[new.id] = channel
            moved += 1
        }
    }

    private mutating func move(
        _ hall: inout Hall, _ standing: Standing, stays: Bool
    ) throws {
        let sorted = channels.keys.sorted { "\($0)" < "\($1)" }
        guard let id = sorted.randomElement(using: &chance) else { return }
        let slot = slot()
        let command = QueueCommand.reschedule(id, to: slot.date, start: slot.start)
        guard let new = try? hall.send(command, as: standing).booking else { return }
        let channel = channels.removeValue(forKey: id)
        channels[new.id] = stays ? channel : .portal
        #expect(new.channel == channels[new.id], "seed \(seed)")
    }

    /// How many windows are there from a time on.
    private func windows(_ day: CivilDate, _ start: TimeOfDay) -> Int {
        (1...4).count { window in
            let told = there.filter { date($0.day) == day && $0.window == window }
            return told.isEmpty
                || told.contains { one in
                    one.hours.map(Hall.hours).contains {
                        $0.start <= start && start.second + 1_200 <= $0.end.second
                    }
                }
        }
    }

    private mutating func compare(_ hall: Hall) throws {
        var own: [CivilDateTime: Int] = [:]
        for (id, channel) in channels {
            guard case .booking(let view) = try hall.queue.answer(.booking(id), now: hall.now)
            else { continue }
            #expect(view.channel == channel && view.state.isLive, "seed \(seed): \(id)")
            if channel == .portal { own[CivilDateTime(id.date, view.start), default: 0] += 1 }
        }
        for day in [tomorrow, friday].map({ date($0) }) {
            for service in ["a", "b"] {
                let portal = try hall.free(service, day, .portal)
                for (start, free) in try hall.free(service, day) {
                    let share = (windows(day, start) + 1) / 2
                    let left = share - own[CivilDateTime(day, start), default: 0]
                    if left < 0 { beyond += 1 }
                    #expect(
                        portal[start] == max(0, min(free, left)),
                        "seed \(seed): \(service) \(day) \(start)")
                }
            }
        }
    }
}
