// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Queue
import Texts
import WorkingDays

/// Books of hours, which no shape tells.
extension WireWriter {
    func hoursBook(
        _ book: HoursBook
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HoursBook> {
        try message(kezek__v1__hours_book__init) { (message) throws(Full) in
            message.beginning = try schedule(book.base)
            try list(book.changes, &message.n_changes, &message.changes) {
                (change) throws(Full) in try self.change(change)
            }
            try list(book.dates, &message.n_dates, &message.dates) {
                (dated) throws(Full) in try self.dated(dated)
            }
        }
    }

    private func schedule(
        _ schedule: HoursBook.Schedule
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HoursBook__Schedule> {
        try message(kezek__v1__hours_book__schedule__init) { (message) throws(Full) in
            message.week = try week(schedule.week)
            try list(schedule.seasons, &message.n_seasons, &message.seasons) {
                (season) throws(Full) in
                try self.message(kezek__v1__hours_book__season__init) { (inner) throws(Full) in
                    inner.first_month = UInt32(season.first.month)
                    inner.first_of_month = UInt32(season.first.day)
                    inner.last_month = UInt32(season.last.month)
                    inner.last_of_month = UInt32(season.last.day)
                    inner.week = try week(season.week)
                    if let act = season.act { inner.act = try localized(act) }
                }
            }
        }
    }

    private func week(
        _ week: WeekHours
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HoursBook__Week> {
        try message(kezek__v1__hours_book__week__init) { (message) throws(Full) in
            switch week {
            case .everyWorkingDay(let hours):
                try list(
                    hours.intervals, &message.n_every_working_day, &message.every_working_day
                ) { (interval) throws(Full) in try self.hours(interval) }
            case .weekdays(let table):
                // In the order of the week, so that one book has one encoding.
                let weekdays = Weekday.allCases.filter { table[$0] != nil }
                try list(weekdays, &message.n_days, &message.days) { (weekday) throws(Full) in
                    try self.message(kezek__v1__hours_book__week__day__init) {
                        (inner) throws(Full) in
                        inner.weekday = UInt32(weekday.rawValue)
                        try list(table[weekday]?.intervals ?? [], &inner.n_hours, &inner.hours) {
                            (interval) throws(Full) in try self.hours(interval)
                        }
                    }
                }
            }
        }
    }

    private func change(
        _ change: HoursBook.Change
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HoursBook__Change> {
        try message(kezek__v1__hours_book__change__init) { (message) throws(Full) in
            message.from_day = change.from.dayNumber
            message.known_day = change.known.dayNumber
            if let schedule = change.schedule { message.schedule = try self.schedule(schedule) }
            message.act = try localized(change.act)
        }
    }

    private func dated(
        _ dated: HoursBook.Dated
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HoursBook__Date> {
        try message(kezek__v1__hours_book__date__init) { (message) throws(Full) in
            message.day = dated.date.dayNumber
            message.known_day = dated.known.dayNumber
            if case .open(let hours) = dated.hours {
                try list(hours.intervals, &message.n_hours, &message.hours) {
                    (interval) throws(Full) in try self.hours(interval)
                }
            }
            message.taken_back = dated.hours == .takenBack ? 1 : 0
            message.act = try localized(dated.act)
        }
    }
}

extension WireReader {
    /// A book of hours, the contradictions in which are for its office to tell.
    func hoursBook(_ message: Kezek__V1__HoursBook) throws(Refusal) -> HoursBook {
        try limit(message.n_changes, HoursLimits.changes, "changes")
        try limit(message.n_dates, HoursLimits.dates, "dates")
        return HoursBook(
            base: try part(message.beginning, "beginning") { (part) throws(Refusal) in
                try schedule(part)
            },
            changes: try list(message.n_changes, message.changes, at: "changes") {
                (inner) throws(Refusal) in try change(inner)
            },
            dates: try list(message.n_dates, message.dates, at: "dates") {
                (inner) throws(Refusal) in try dated(inner)
            })
    }

    private func schedule(
        _ message: Kezek__V1__HoursBook__Schedule
    ) throws(Refusal) -> HoursBook.Schedule {
        try limit(message.n_seasons, HoursLimits.seasons, "seasons")
        return HoursBook.Schedule(
            week: try part(message.week, "week") { (part) throws(Refusal) in try week(part) },
            seasons: try list(message.n_seasons, message.seasons, at: "seasons") {
                (inner) throws(Refusal) in try season(inner)
            })
    }

    private func season(
        _ message: Kezek__V1__HoursBook__Season
    ) throws(Refusal) -> HoursBook.Season {
        HoursBook.Season(
            first: try day(message.first_month, message.first_of_month, "first_of_month"),
            last: try day(message.last_month, message.last_of_month, "last_of_month"),
            week: try part(message.week, "week") { (part) throws(Refusal) in try week(part) },
            act: message.act == nil
                ? nil : try localized(message.act, "act", limit: OfficeLimits.text))
    }

    private func day(
        _ month: UInt32, _ day: UInt32, _ field: StaticString
    ) throws(Refusal) -> MonthDay {
        guard let found = MonthDay(month: Int(month), day: Int(day)) else {
            throw unknownValue("\(field)")
        }
        return found
    }

    private func week(_ message: Kezek__V1__HoursBook__Week) throws(Refusal) -> WeekHours {
        guard message.n_every_working_day == 0 else {
            guard message.n_days == 0 else { throw unknownValue("days") }
            return .everyWorkingDay(
                try openingHours(
                    message.n_every_working_day, message.every_working_day, "every_working_day"))
        }
        try limit(message.n_days, Weekday.allCases.count, "days")
        guard message.n_days > 0 else { throw missing("days") }
        var table: [Weekday: OpeningHours] = [:]
        _ = try list(message.n_days, message.days, at: "days") { (inner) throws(Refusal) in
            let weekday = try weekday(inner.weekday, "weekday") { table[$0] == nil }
            table[weekday] = try openingHours(inner.n_hours, inner.hours, "hours")
        }
        return .weekdays(table)
    }

    private func openingHours(
        _ count: Int, _ items: UnsafeMutablePointer<UnsafeMutablePointer<Kezek__V1__DayHours>?>?,
        _ field: StaticString
    ) throws(Refusal) -> OpeningHours {
        guard count > 0 else { throw missing("\(field)") }
        guard let hours = OpeningHours(try hours(count, items, field)) else {
            throw invalid(
                "\(field)", kk: "аралықтар ретімен, араларында үзіліспен тұруы керек.",
                ru: "промежутки должны идти по порядку, с перерывами между ними.",
                en: "intervals must stand in order, with gaps between them.")
        }
        return hours
    }

    private func change(
        _ message: Kezek__V1__HoursBook__Change
    ) throws(Refusal) -> HoursBook.Change {
        HoursBook.Change(
            from: try date(message.from_day, "from_day"),
            known: try date(message.known_day, "known_day"),
            schedule: message.schedule == nil
                ? nil
                : try part(message.schedule, "schedule") { (part) throws(Refusal) in
                    try schedule(part)
                }, act: try localized(message.act, "act", limit: OfficeLimits.text))
    }

    private func dated(_ message: Kezek__V1__HoursBook__Date) throws(Refusal) -> HoursBook.Dated {
        var hours = HoursBook.Dated.Hours.closed
        if message.taken_back != 0 {
            guard message.n_hours == 0 else { throw unknownValue("hours") }
            hours = .takenBack
        } else if message.n_hours > 0 {
            hours = .open(try openingHours(message.n_hours, message.hours, "hours"))
        }
        return HoursBook.Dated(
            date: try date(message.day, "day"), known: try date(message.known_day, "known_day"),
            hours: hours, act: try localized(message.act, "act", limit: OfficeLimits.text))
    }
}
