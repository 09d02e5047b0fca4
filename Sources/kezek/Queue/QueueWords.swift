// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import Texts

/// The states of the queue in words, for tables.
extension Language {
    func word(_ state: Booking.State) -> String { state.title[self] }

    func word(_ state: Ticket.State) -> String { state.title[self] }

    func word(_ state: WindowStatus.State) -> String { state.title[self] }

    func word(_ outcome: Outcome) -> String { outcome.title[self] }

    /// The state of a ticket, or how it ended.
    func word(_ ticket: TicketView) -> String {
        ticket.outcome.map { word($0) } ?? word(ticket.state)
    }
}

/// Times and spans of a day that is counted in seconds.
enum DaySeconds {
    /// The time on the clock, to the second; the day's ends for what lies beyond them.
    static func time(_ second: Int32) -> TimeOfDay {
        TimeOfDay(second: min(max(second, 0), TimeOfDay.secondsPerDay - 1)) ?? .midnight
    }

    /// The time as a person reads it, without seconds.
    static func clock(_ second: Int32) -> String { time(second / 60 * 60).description }

    /// A span in whole minutes, rounded up.
    static func minutes(_ seconds: Int32) -> Int { Int((seconds + 59) / 60) }

    /// A span as minutes and seconds, such as `12:05`.
    static func span(_ seconds: Int32) -> String {
        let rest = seconds % 60
        return "\(seconds / 60):\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension BookingView {
    /// When it is for.
    var moment: CivilDateTime { CivilDateTime(id.date, start) }

    /// Its time from start to end.
    var times: String {
        "\(start)–\(DaySeconds.clock(start.second + Int32(minutes) * 60))"
    }
}
