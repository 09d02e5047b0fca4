// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries

/// `AddWorkingDaysRequest`, `CountWorkingDaysRequest`, `CalendarDaysRequest`, `BalanceRequest` and
/// `CalendarChangesRequest`.
extension WireWriter {
    private func calendar(
        _ name: CalendarName
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CalendarName> {
        try message(kezek__v1__calendar_name__init) { (message) throws(Full) in
            message.calendar = try text(name.calendar)
            message.week = try text(name.week)
            message.as_known_on = try optional(name.asKnownOn)
        }
    }

    func add(
        _ question: AddWorkingDaysQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__AddWorkingDaysRequest> {
        try message(kezek__v1__add_working_days_request__init) { (message) throws(Full) in
            message.calendar = try calendar(question.calendar)
            message.day = question.date.dayNumber
            // More working days than fit are outside every calendar just as these are.
            message.count = Int32(clamping: question.count)
        }
    }

    func count(
        _ question: CountWorkingDaysQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CountWorkingDaysRequest> {
        try message(kezek__v1__count_working_days_request__init) { (message) throws(Full) in
            message.calendar = try calendar(question.calendar)
            message.from_day = question.from.dayNumber
            message.to_day = question.to.dayNumber
        }
    }

    func days(
        _ question: CalendarDaysQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CalendarDaysRequest> {
        try message(kezek__v1__calendar_days_request__init) { (message) throws(Full) in
            message.calendar = try calendar(question.calendar)
            message.from_day = question.first.dayNumber
            message.to_day = question.last.dayNumber
        }
    }

    func balance(
        _ question: BalanceQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__BalanceRequest> {
        try message(kezek__v1__balance_request__init) { (message) throws(Full) in
            message.calendar = try calendar(question.calendar)
            message.year = UInt32(clamping: question.year)
        }
    }

    func changes(
        _ question: CalendarChangesQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CalendarChangesRequest> {
        try message(kezek__v1__calendar_changes_request__init) { (message) throws(Full) in
            message.calendar = try text(question.calendar)
            message.year = UInt32(clamping: question.year)
            message.known_from_day = question.knownFrom.dayNumber
            message.known_to_day = question.knownTo.dayNumber
        }
    }
}

extension WireReader {
    private func calendar(
        _ message: UnsafeMutablePointer<Kezek__V1__CalendarName>?
    ) throws(Refusal) -> CalendarName {
        guard let message = message?.pointee else { throw missing("calendar") }
        return CalendarName(
            calendar: try name(message.calendar, "calendar.calendar"),
            week: try name(message.week, "calendar.week"),
            asKnownOn: try optionalDate(message.as_known_on, "calendar.as_known_on"))
    }

    func add(
        _ message: Kezek__V1__AddWorkingDaysRequest
    ) throws(Refusal) -> AddWorkingDaysQuestion {
        AddWorkingDaysQuestion(
            calendar: try calendar(message.calendar), date: try date(message.day, "day"),
            count: Int(message.count))
    }

    func count(
        _ message: Kezek__V1__CountWorkingDaysRequest
    ) throws(Refusal) -> CountWorkingDaysQuestion {
        CountWorkingDaysQuestion(
            calendar: try calendar(message.calendar), from: try date(message.from_day, "from_day"),
            to: try date(message.to_day, "to_day"))
    }

    func days(_ message: Kezek__V1__CalendarDaysRequest) throws(Refusal) -> CalendarDaysQuestion {
        CalendarDaysQuestion(
            calendar: try calendar(message.calendar),
            first: try date(message.from_day, "from_day"),
            last: try date(message.to_day, "to_day"))
    }

    func balance(_ message: Kezek__V1__BalanceRequest) throws(Refusal) -> BalanceQuestion {
        BalanceQuestion(
            calendar: try calendar(message.calendar),
            year: try number(message.year, 1...9999, "year"))
    }

    func changes(
        _ message: Kezek__V1__CalendarChangesRequest
    ) throws(Refusal) -> CalendarChangesQuestion {
        CalendarChangesQuestion(
            calendar: try name(message.calendar, "calendar"),
            year: try number(message.year, 1...9999, "year"),
            knownFrom: try date(message.known_from_day, "known_from_day"),
            knownTo: try date(message.known_to_day, "known_to_day"))
    }
}
