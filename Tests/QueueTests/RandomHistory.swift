// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import TestKit

/// A day's history made of commands drawn by chance, many of them refused.
struct RandomHistory {
    private(set) var desk: Desk
    private(set) var accepted = 0
    private var chance: SeededGenerator
    private let plans: [DayPlan]

    /// The history of a day by the first plan, in whose place the others may come.
    init(_ plans: [DayPlan], commands: Int, seed: UInt64) {
        self.plans = plans
        chance = SeededGenerator(seed: seed)
        desk = Desk(plans[0], at: -86_400)
        for step in 0..<commands {
            // A third of the commands come before the day, the others from shortly before opening.
            let isBefore = step * 3 < commands
            let from: Int32 = isBefore ? -86_400 : Plans.at(8, 30)
            let length = isBefore ? commands / 3 : commands - commands / 3
            let index = isBefore ? step : step - commands / 3
            let hours: Int32 = isBefore ? Plans.at(20) : Plans.at(12)
            desk.now = max(
                desk.now, from + Int32(Int(hours) * index / max(1, length)) + pick(0..<20))
            if pick(0..<200) == 0, plans.count > 1 { replan() } else { act() }
        }
        desk.now = Plans.at(24)
        desk.sweep()
    }

    private mutating func pick(_ range: Range<Int32>) -> Int32 {
        Int32.random(in: range, using: &chance)
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &chance)]
    }

    private mutating func act() {
        if pick(0..<20) == 0, !desk.day.bookings.isEmpty {
            let number = UInt32(pick(1..<Int32(desk.day.bookings.count + 1)))
            if (try? desk.move(number, to: slot())) != nil { accepted += 1 }
            return
        }
        let command = command()
        if case .hold(let service, _, _, let applicant, _) = command,
            desk.checker.liveClaims.contains(LiveBooking(applicant: applicant, service: service))
        {
            return
        }
        if desk.refusal(command) == nil { accepted += 1 }
    }

    private mutating func slot() -> Int32 {
        Plans.at(9) + pick(0..<27) * desk.day.plan.rules.slotMinutes * 60
    }

    private mutating func command() -> DayCommand {
        let day = desk.day
        let service = pick(day.plan.services).id
        let window = pick(day.plan.windows).id
        let booking = UInt32(pick(1..<Int32(day.bookings.count + 2)))
        let label =
            day.tickets.isEmpty
            ? "A1"
            : pick(
                Array(day.tickets.filter { $0.state != .finished }.prefix(12)) + [day.tickets[0]]
            ).label
        if desk.now < Plans.at(8, 30) { return bookingCommand(service, booking) }
        switch pick(0..<40) {
        case 0..<2: return bookingCommand(service, booking)
        case 2..<6: return .arrive(booking)
        case 6..<12: return .takeTicket(service: service)
        case 12: return .leaseNumbers(service: service, count: Int(pick(1..<8)), kiosk: "k1")
        case 13..<15: return report()
        case 15..<18: return .openWindow(window)
        case 18: return pick([.closeWindow(window), .beginBreak(window)])
        case 19: return .endBreak(window)
        case 20..<27: return .callNext(window)
        case 27..<29: return .call(label, window)
        case 29: return .recall(label)
        case 30: return .serve(label)
        case 31: return .skip(label)
        case 32: return .park(label)
        case 33: return .resume(label)
        case 34:
            return .transfer(label, service: pick([nil, service]), window: pick([nil, window]))
        case 35: return .finish(label, pick([.left, .noShow]))
        default:
            let busy = day.windows.indices.compactMap { day.ticket(at: $0)?.label }
            return .finish(busy.isEmpty ? label : pick(busy), pick([.served, .refused]))
        }
    }

    private mutating func bookingCommand(_ service: ServiceID, _ booking: UInt32) -> DayCommand {
        switch pick(0..<10) {
        case 0..<6:
            return .hold(
                service: service, start: slot(), channel: pick(BookingChannel.allCases),
                applicant: Desk.applicant(Int(pick(0..<60))))
        case 6..<8: return .confirm(booking)
        case 8: return .release(booking)
        default: return .cancel(booking, by: .applicant, reason: "")
        }
    }

    private mutating func report() -> DayCommand {
        guard let lease = desk.day.leases.last else { return .arrive(1) }
        let first = Int(lease.lease.first) + lease.used
        let letter = lease.lease.letter
        let own = desk.day.plan.services.filter { $0.letter == letter }
        let tickets = (0..<Int(pick(0..<3))).map { place in
            pick(0..<6) == 0
                ? ReportedTicket(void: UInt16(first + place))
                : ReportedTicket(
                    number: UInt16(first + place), service: pick(own).id,
                    takenAt: max(lease.lastTakenAt, desk.now - pick(0..<60)))
        }
        return .reportTickets(
            lease: UInt32(desk.day.leases.count), tickets: tickets, ends: pick(0..<3) == 0)
    }

    /// Another plan; who has no place in it is moved within the day, or cancelled.
    private mutating func replan() {
        desk.sweep()
        guard let plan = try? desk.day.fitting(pick(plans)), plan != desk.day.plan else { return }
        let date = CivilDate("2026-03-19")!
        var events: [DayEvent] = [.planned(plan)]
        var next = desk.day
        next.apply(events, revision: next.revision + 1, at: desk.now, isPart: true)
        for number in desk.day.displaced(by: plan) {
            guard let old = try? desk.day.movable(number) else { continue }
            let held = try? next.moveIn(
                old, service: plan.services[Int(old.service)].id, channel: old.channel,
                from: Held.MovedFrom(date: date, number: number), leaving: number, start: slot(),
                at: desk.now, isByOffice: true)
            let settled: [DayEvent] =
                held.map { [.held($0), .moved(number, to: date, number: $0.number)] }
                ?? [
                    .cancelled(
                        Cancelled(
                            number: number, by: .office, reason: "", freeFrom: DayMoment(desk.now)))
                ]
            next.apply(settled, revision: next.revision, at: desk.now, isPart: true)
            events += settled
        }
        desk.commit(events + next.nearby(at: desk.now))
    }
}

extension Plans {
    /// Plans by which histories are made: two services and three windows, with fewer windows and
    /// other hours to change to; three services with one of two slots; a provider.
    static let histories: [[DayPlan]] = {
        var rules = QueueRules()
        rules.rereleaseSeconds = 900
        rules.portalPercent = 60
        rules.kioskPercent = 34
        let two = [service("A", minutes: 15), service("B")]
        let three = [service("A", minutes: 10), service("B", minutes: 35), service("C")]
        let noon = [span(at(9), at(13)), span(at(14), at(18))]
        return [
            [
                plan(two, [window(1, [0]), window(2, [0, 1]), window(3, [1])], rules: rules),
                plan(two, [window(1, [0]), window(2, []), window(3, [1])], rules: rules),
                plan(
                    two, [window(1, [0, 1]), window(2, [0, 1]), window(3, [1]), window(4, [0])],
                    hours: noon, rules: rules),
            ],
            [
                plan(
                    three,
                    [
                        window(1, [0, 1, 2]), window(2, [0, 1]), window(3, [2], noon),
                        window(4, [1, 2]),
                    ])
            ],
            [plan(two, [window(1, [0, 1]), window(2, [0])], hours: noon, policy: .walkInOnly)],
        ]
    }()
}
