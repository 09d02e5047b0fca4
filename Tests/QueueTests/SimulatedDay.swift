// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import Parties
import Queue
import TestKit

/// A day of an office as chance has it: applicants come, clerks call, serve, and go to lunch.
struct SimulatedDay {
    /// How long applicants really take at a window.
    enum Times: CaseIterable {
        case lognormal
        case bimodal
        case uniform

        /// Seconds with the mean given.
        func draw(mean: Double, _ chance: inout SeededGenerator) -> Int32 {
            let seconds: Double
            switch self {
            case .lognormal:
                let angle = 2 * Double.pi * Double.random(in: 0..<1, using: &chance)
                let normal =
                    (-2 * log(Double.random(in: 0.000_1..<1, using: &chance))).squareRoot()
                    * cos(angle)
                seconds = mean * exp(0.6 * normal - 0.18)
            case .bimodal:
                let isQuick = Double.random(in: 0..<1, using: &chance) < 0.7
                seconds = mean * (isQuick ? 0.5 : 2.1666) * .random(in: 0.8..<1.2, using: &chance)
            case .uniform: seconds = mean * .random(in: 0.4..<1.6, using: &chance)
            }
            return Int32(max(20, seconds))
        }
    }

    let plan: DayPlan
    let times: Times
    /// Seconds that each service takes on average.
    let means: [Double]
    /// Walk-ins an hour for each service.
    let hourly: [Double]
    /// How many have booked.
    let bookings: Int
    /// Of a hundred who are called, how many do not answer, and how many are set aside for a while.
    let silent: Int
    let parked: Int

    private(set) var day: OfficeDay
    private(set) var firstCalls: [TicketLabel: Int32] = [:]
    private var chance: SeededGenerator
    private var revision: UInt32 = 0
    /// When each window does its next thing.
    private var next: [Int32]
    private var arrivals: [(at: Int32, booking: UInt32)] = []
    private var returns: [(at: Int32, label: TicketLabel)] = []

    init(
        plan: DayPlan, times: Times, means: [Double], hourly: [Double], bookings: Int, silent: Int,
        parked: Int, seed: UInt64
    ) {
        (self.plan, self.times, self.means, self.hourly) = (plan, times, means, hourly)
        (self.bookings, self.silent, self.parked) = (bookings, silent, parked)
        day = OfficeDay(plan: plan)
        chance = SeededGenerator(seed: seed)
        next = Array(repeating: 0, count: plan.windows.count)
    }

    /// Plays the whole day, until everybody has gone.
    mutating func run() {
        commit([.planned(plan)], -86_400)
        book()
        let (opening, closing) = (plan.hours[0].start, plan.hours[plan.hours.count - 1].end)
        for window in next.indices {
            let first = plan.windows[window].spans.first?.start ?? .max
            next[window] = first == .max ? .max : first + Int32.random(in: 0..<60, using: &chance)
        }
        var now = opening - 3_600
        while now < closing || !day.waiting.isEmpty || !returns.isEmpty {
            let due = day.due(at: now)
            if !due.isEmpty {
                commit(due, now)
                day.settleDue()
            }
            come(now, closing)
            for window in next.indices where next[window] <= now { act(window, now) }
            now += 1
        }
    }

    private mutating func commit(_ events: [DayEvent], _ now: Int32) {
        revision += 1
        day.apply(events, revision: revision, at: now)
        for case .called(let label, _) in events where firstCalls[label] == nil {
            firstCalls[label] = now
        }
    }

    @discardableResult
    private mutating func order(_ command: DayCommand, _ now: Int32) -> Bool {
        guard let events = try? day.decide(command, at: now) else { return false }
        commit(events, now)
        return true
    }

    private mutating func book() {
        let cells = plan.hours.flatMap {
            Array(stride(from: $0.start, to: $0.end, by: Int(plan.rules.slotMinutes) * 60))
        }
        for number in 0..<bookings {
            let service = Int.random(in: 0..<means.count, using: &chance)
            guard let start = cells.randomElement(using: &chance) else { return }
            let hold = DayCommand.hold(
                service: plan.services[service].id, start: start, channel: .portal,
                applicant: Applicant(high: 0, low: UInt64(number)))
            guard order(hold, -86_400) else { continue }
            let booking = UInt32(day.bookings.count)
            order(.confirm(booking), -86_400)
            // One in ten does not come; a few come late.
            guard Int.random(in: 0..<10, using: &chance) > 0 else { continue }
            let early = Int32.random(in: -240..<1_200, using: &chance)
            arrivals.append((start - early, booking))
        }
    }

    private mutating func come(_ now: Int32, _ closing: Int32) {
        for arrival in arrivals where arrival.at == now { order(.arrive(arrival.booking), now) }
        for back in returns where back.at == now { order(.resume(back.label), now) }
        returns.removeAll { $0.at <= now }
        for service in means.indices where now < closing {
            // More come in the middle of the day.
            let hour = Double(now - plan.hours[0].start) / 3_600
            let rush = 1 + 0.3 * sin(hour / 3)
            if Double.random(in: 0..<3_600, using: &chance) < hourly[service] * rush {
                order(.takeTicket(service: plan.services[service].id), now)
            }
        }
    }

    /// What a clerk does next.
    private mutating func act(_ window: Int, _ now: Int32) {
        let id = plan.windows[window].id
        let spans = plan.windows[window].spans
        let isLast = !spans.contains { now < $0.start }
        let isPlanned = spans.contains { $0.contains(now) }
        switch day.windows[window].state {
        case .closed: order(.openWindow(id), now)
        case .onBreak:
            if isPlanned {
                order(.endBreak(id), now)
            } else {
                next[window] = now + Int32.random(in: 5..<60, using: &chance)
                return
            }
        case .open: break
        }
        if let ticket = day.ticket(at: window) { return leave(ticket, window, now) }
        if !isPlanned, !isLast {
            order(.beginBreak(id), now)
        } else if !isPlanned, spans.last?.end != plan.hours.last?.end {
            order(.closeWindow(id), now)
            next[window] = .max
            return
        } else if day.next(for: window) != nil {
            return call(window, now)
        }
        // Looks up again after a few seconds.
        next[window] = now + Int32.random(in: 5..<15, using: &chance)
    }

    private mutating func call(_ window: Int, _ now: Int32) {
        order(.callNext(plan.windows[window].id), now)
        guard let ticket = day.ticket(at: window) else { return }
        next[window] = now + times.draw(mean: means[Int(ticket.service)], &chance)
        let fate = Int.random(in: 0..<100, using: &chance)
        if fate < silent + parked { next[window] = now + (fate < silent ? 75 : 150) }
        if fate >= silent, fate < silent + parked, ticket.calledAt == firstCalls[ticket.label] {
            aside.insert(ticket.label)
        } else if fate < silent {
            gone.insert(ticket.label)
        }
    }

    private var aside: Set<TicketLabel> = []
    private var gone: Set<TicketLabel> = []

    private mutating func leave(_ ticket: Ticket, _ window: Int, _ now: Int32) {
        if gone.remove(ticket.label) != nil {
            order(.skip(ticket.label), now)
        } else if aside.remove(ticket.label) != nil {
            order(.park(ticket.label), now)
            returns.append((now + Int32.random(in: 120..<800, using: &chance), ticket.label))
        } else {
            order(.finish(ticket.label, .served), now)
        }
        next[window] = now + Int32.random(in: 5..<20, using: &chance)
    }
}
