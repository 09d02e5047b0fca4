// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekEngine
import Queue
import TestKit
import Testing

/// Small offices that are changed at random: what a dry run tells is done, as many as can be have a place,
/// and no place is promised twice.
@Suite struct ChangedPlacesTests {
    private static let days = ["2026-11-25", "2026-11-26", "2026-11-27"]
    private static let starts = ["09:00", "10:00", "11:00", "12:00"]

    @Test(arguments: 0..<4)
    func asManyAsCanBeHaveAPlaceAndNonePromisedTwice(lane: Int) throws {
        var found = Found()
        for seed in stride(from: lane, to: 240, by: 4) { try play(UInt64(seed), &found) }
        // All that is looked for came about.
        #expect(found.displaced > 20 && found.cancelled > 0 && found.withoutPlace > 0, "\(found)")
        #expect(found.earlier > 0, "\(found)")
    }

    private struct Found {
        var displaced = 0, cancelled = 0, withoutPlace = 0, earlier = 0
    }

    /// Each window's hours on each day: some of the starts, for twenty minutes.
    private typealias Rota = [[[String]]]

    private func draw(_ chance: inout SeededGenerator, windows: Int, of four: Int) -> Rota {
        Self.days.map { _ in
            (0..<windows).map { _ in
                Self.starts.filter { _ in Int.random(in: 0..<4, using: &chance) < four }
            }
        }
    }

    private func described(_ services: [String], _ rota: Rota) -> QueueOffice {
        let ends = ["09:00": "09:20", "10:00": "10:20", "11:00": "11:20", "12:00": "12:20"]
        var there: [Hall.There] = []
        for (day, windows) in zip(Self.days, rota) {
            for (place, starts) in windows.enumerated() {
                there.append((day, place + 1, starts.map { "\($0)-\(ends[$0]!)" }))
            }
        }
        return Hall.described(services, there, horizon: 2)
    }

    private func play(_ seed: UInt64, _ found: inout Found) throws {
        var chance = SeededGenerator(seed: seed)
        let services = (0..<Int.random(in: 2...3, using: &chance)).map { place in
            place == 0 ? "ab" : ["a", "b", "ab"].randomElement(using: &chance)!
        }
        var hall = try Hall(at: "2026-11-25T03:30Z")
        try hall.put(described(services, draw(&chance, windows: services.count, of: 2)))
        var booked: [BookingID] = []
        for _ in 0..<Int.random(in: 3...7, using: &chance) {
            guard
                let id = try? hall.book(
                    ["a", "b"].randomElement(using: &chance)!,
                    Self.days.randomElement(using: &chance)!,
                    Self.starts.randomElement(using: &chance)!)
            else { continue }
            booked.append(id)
        }
        for id in booked where id.date == date(Self.days[0]) && Bool.random(using: &chance) {
            try hall.arrive(id)
        }
        if Bool.random(using: &chance) {
            let (service, kiosk) = (ServiceID("a")!, "hall")
            try hall.order(.leaseNumbers(service: service, count: 5, kiosk: kiosk))
        }
        // Between two slots, so that some have passed and nobody is late.
        if Bool.random(using: &chance) {
            hall.wait(until: "2026-11-25T04:10Z")
            let label = try hall.order(.takeTicket(service: ServiceID("b")!)).ticket?.label
            let window = WindowID("\(Int.random(in: 1...services.count, using: &chance))")
            _ = try? hall.order(.transfer(try #require(label), service: nil, window: window))
        }
        for _ in 0..<2 {
            let rota = draw(&chance, windows: services.count, of: 1)
            try change(&hall, services, rota, seed, &found)
        }
        hall.audit()
    }

    private func change(
        _ hall: inout Hall, _ services: [String], _ rota: Rota, _ seed: UInt64,
        _ found: inout Found
    ) throws {
        let office = described(services, rota)
        let told = try hall.put(office, dryRun: true)
        let done = try hall.put(office)
        #expect(told.displaced == done.displaced, "seed \(seed)")
        #expect(told.tickets == done.tickets && told.leases == done.leases, "seed \(seed)")
        let model = PlacesModel(services, Self.days.map { date($0) }, Self.starts, rota, hall.time)
        var fixed: [PlacesModel.Wish] = []
        let new = Set(done.displaced.compactMap(\.replacement?.id))
        var here: [PlacesModel.Wish] = []
        let days = hall.queue.daysInMemory(of: Hall.office)
        for (day, state) in days.sorted(by: { $0.key < $1.key }) {
            for number in state.bookings.indices {
                let view = try state.view(
                    booking: UInt32(number + 1), office: Hall.office, date: day)
                guard !new.contains(view.id) else { continue }
                let wish = PlacesModel.Wish(
                    service: view.service.description, date: day, start: view.start)
                if view.state == .arrived { here.append(wish) }
                if view.state == .confirmed { fixed.append(wish) }
            }
        }
        // Those who are here keep what they have; who has nothing waits.
        for wish in here {
            if model.serves(fixed + [wish]) { fixed.append(wish) } else { found.withoutPlace += 1 }
        }
        #expect(model.serves(fixed), "seed \(seed)")
        let moved = done.displaced.compactMap(\.replacement)
        if moved.count < done.displaced.count {
            let wanted = done.displaced.map(\.booking.service.description)
            #expect(moved.count == model.most(of: wanted, fixed), "seed \(seed)")
        }
        #expect(
            model.serves(
                fixed
                    + moved.map {
                        PlacesModel.Wish(
                            service: $0.service.description, date: $0.id.date, start: $0.start)
                    }), "seed \(seed)")
        found.displaced += done.displaced.count
        found.cancelled += done.displaced.count - moved.count
        found.earlier +=
            done.displaced.count { one in
                one.replacement.map { $0.id.date < one.booking.id.date } ?? false
            }
        // Whoever books what is left takes nobody's place: the audit goes through all of it.
        for _ in 0..<2 {
            for day in Self.days {
                guard
                    let start = try hall.free("b", date(day)).filter({ $0.value > 0 }).keys.min()
                else { continue }
                _ = try hall.book("b", day, "\(start)")
            }
        }
    }
}

/// What the windows of a few days can take, by trying everything; each service takes one slot.
struct PlacesModel {
    struct Wish: Hashable {
        let service: String
        let date: CivilDate
        let start: TimeOfDay
    }

    private struct Place: Hashable {
        let date: CivilDate
        let start: TimeOfDay
    }

    private let services: [String]
    /// The windows that are there in each slot that is to come.
    private var windows: [Place: [Int]] = [:]
    private var coming: [Place] = []

    init(
        _ services: [String], _ days: [CivilDate], _ starts: [String], _ rota: [[[String]]],
        _ now: CivilDateTime
    ) {
        self.services = services
        for (day, there) in zip(days, rota) {
            for start in starts {
                let place = Place(date: day, start: TimeOfDay(start)!)
                windows[place] = there.indices.filter { there[$0].contains(start) }
                if CivilDateTime(day, place.start) >= now { coming.append(place) }
            }
        }
    }

    /// Whether all have a window at once.
    func serves(_ wishes: [Wish]) -> Bool {
        let places = Dictionary(grouping: wishes) { Place(date: $0.date, start: $0.start) }
        return places.allSatisfy { place, wishes in
            fits(wishes.map(\.service), windows[place] ?? [])
        }
    }

    private func fits(_ wanted: [String], _ windows: [Int]) -> Bool {
        guard let first = wanted.first else { return true }
        return windows.contains { window in
            services[window].contains(first)
                && fits(Array(wanted.dropFirst()), windows.filter { $0 != window })
        }
    }

    /// How many of some services can have a place beside those who have one.
    func most(of wanted: [String], _ fixed: [Wish]) -> Int {
        guard let service = wanted.first else { return 0 }
        let others = Array(wanted.dropFirst())
        var best = 0
        for place in coming where best < wanted.count {
            let next = fixed + [Wish(service: service, date: place.date, start: place.start)]
            if serves(next) { best = max(best, 1 + most(of: others, next)) }
        }
        return best == wanted.count ? best : max(best, most(of: others, fixed))
    }
}
