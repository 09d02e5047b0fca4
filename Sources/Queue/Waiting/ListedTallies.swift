// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties

/// What is counted by codes of the office's own lists, and by who sat at the windows.
struct ListedTallies: Hashable, Sendable {
    struct EndingKey: Hashable, Sendable {
        let outcome: Outcome
        let code: ListedCode
    }

    struct PauseTally: Hashable, Sendable {
        var breaks = 0
        var seconds = 0
    }

    struct SeatTally: Hashable, Sendable {
        var tickets = 0
        var openSeconds = 0
    }

    var withoutBooking: [ListedCode: Int] = [:]
    var endings: [EndingKey: Int] = [:]
    var pauses: [ListedCode: PauseTally] = [:]
    var seats: [SeatName: SeatTally] = [:]
    var waiting: [ServiceID: WaitingTally] = [:]

    mutating func add(_ other: ListedTallies) {
        withoutBooking.merge(other.withoutBooking, uniquingKeysWith: +)
        endings.merge(other.endings, uniquingKeysWith: +)
        pauses.merge(other.pauses) {
            PauseTally(breaks: $0.breaks + $1.breaks, seconds: $0.seconds + $1.seconds)
        }
        seats.merge(other.seats) {
            SeatTally(
                tickets: $0.tickets + $1.tickets, openSeconds: $0.openSeconds + $1.openSeconds)
        }
        for (service, tally) in other.waiting {
            waiting[service, default: WaitingTally()].add(tally)
        }
    }

    // MARK: As they are told, by code

    var withoutBookingFigures: [QueueStatistics.WithoutBooking] {
        withoutBooking.sorted { $0.key < $1.key }.map {
            QueueStatistics.WithoutBooking(reason: $0.key, tickets: $0.value)
        }
    }

    var endingFigures: [QueueStatistics.Ending] {
        endings.sorted {
            ($0.key.outcome.rawValue, $0.key.code) < ($1.key.outcome.rawValue, $1.key.code)
        }.map {
            QueueStatistics.Ending(outcome: $0.key.outcome, code: $0.key.code, tickets: $0.value)
        }
    }

    var pauseFigures: [QueueStatistics.Pause] {
        pauses.sorted { $0.key < $1.key }.map {
            QueueStatistics.Pause(
                code: $0.key, breaks: $0.value.breaks, seconds: $0.value.seconds)
        }
    }

    var seatFigures: [QueueStatistics.Seat] {
        seats.sorted { $0.key < $1.key }.map {
            QueueStatistics.Seat(
                who: $0.key, tickets: $0.value.tickets, openSeconds: $0.value.openSeconds)
        }
    }
}

extension OfficeDay {
    /// The day's figures by codes and seats, what lasts at that time included.
    func listedTallies(at now: Int32) -> ListedTallies {
        var tallies = ListedTallies()
        for ticket in tickets {
            if let reason = ticket.reason { tallies.withoutBooking[reason, default: 0] += 1 }
            if let code = ticket.ending, let outcome = ticket.outcome {
                let key = ListedTallies.EndingKey(outcome: outcome, code: code)
                tallies.endings[key, default: 0] += 1
            }
        }
        for turn in endedTurns {
            guard let code = turn.ending else { continue }
            let key = ListedTallies.EndingKey(outcome: turn.outcome, code: code)
            tallies.endings[key, default: 0] += 1
        }
        for pause in pauses {
            tallies.pauses[pause.reason, default: .init()].breaks += 1
            tallies.pauses[pause.reason, default: .init()].seconds += Int(pause.seconds)
        }
        for (who, time) in seats {
            tallies.seats[who] = ListedTallies.SeatTally(
                tickets: time.tickets, openSeconds: Int(time.openSeconds))
        }
        for spot in waitingList {
            let service = plan.services[Int(spot.joined.service)].id
            tallies.waiting[service, default: WaitingTally()].add(WaitingTally(spot))
        }
        for window in windows {
            let lasts = Int(max(0, now - window.since))
            if window.state == .onBreak, let reason = window.pause {
                tallies.pauses[reason, default: .init()].breaks += 1
                tallies.pauses[reason, default: .init()].seconds += lasts
            }
            // Whoever has just sat down has done nothing yet, and sits there.
            guard window.state != .closed, let who = window.who else { continue }
            tallies.seats[who, default: .init()].openSeconds += window.state == .open ? lasts : 0
        }
        return tallies
    }

    /// What windows could do in each hour of the day, what of it was booked, and what was done; hours
    /// in which there is nothing are left out.
    ///
    /// Planned are windows that render a service, for as long as the plan has somebody there. A booking sets its
    /// service's time aside from its slot on, unless it was cancelled, moved away, given back or ran out. Served
    /// is as the figures of services count it.
    func hours(_ date: CivilDate) -> [QueueStatistics.Hour] {
        var (planned, booked, served) = (HourSums(), HourSums(), HourSums())
        for window in plan.windows where window.services != 0 {
            for span in window.spans { planned.add(span.start, span.end) }
        }
        for booking in bookings where booking.state.counts {
            for turn in plan.turns(booking.service, booking.further, from: booking.start) {
                booked.add(turn.start, turn.start + plan.services[Int(turn.service)].seconds)
            }
        }
        for spell in spells where spell.kind == .service && spell.isCounted {
            served.add(spell.end - spell.seconds, spell.end)
        }
        return (0..<24).compactMap { hour in
            let sums = [planned, booked, served].map { $0.seconds[hour] }
            guard sums.contains(where: { $0 > 0 }) else { return nil }
            return QueueStatistics.Hour(
                date: date, hour: hour, plannedSeconds: sums[0], bookedSeconds: sums[1],
                servedSeconds: sums[2])
        }
    }
}

/// Seconds by the hours of a day.
private struct HourSums {
    var seconds = Array(repeating: 0, count: 24)

    /// Adds a stretch of the day; what lies without it is not counted.
    mutating func add(_ start: Int32, _ end: Int32) {
        for hour in 0..<24 {
            let (from, to) = (Int32(hour) * 3_600, Int32(hour + 1) * 3_600)
            seconds[hour] += Int(max(0, min(end, to) - max(start, from)))
        }
    }
}

extension Booking.State {
    /// Whether the booking takes something of its day: not one that was cancelled, moved away, given back or ran out.
    ///
    /// It counts for what one person may book, too.
    public var counts: Bool {
        switch self {
        case .held, .confirmed, .arrived, .served, .noShow, .left: true
        case .released, .expired, .cancelled, .moved, .offered: false
        }
    }
}
