// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import HomeVisits
import Parties
import Texts
import WorkingDays

/// What areas, their roads and reports from them have that no shape tells.
extension WireWriter {
    /// In the order of the week, so that one area has one encoding.
    func weekdays(
        _ weekdays: Set<Weekday>, _ count: inout Int, _ target: inout UnsafeMutablePointer<UInt32>?
    ) throws(Full) {
        let numbers = Weekday.allCases.filter(weekdays.contains).map { UInt32($0.rawValue) }
        try column(numbers, &count, &target)
    }

    func duties(
        _ duties: [VisitArea.OfficeDuty], _ count: inout Int,
        _ members: inout UnsafeMutablePointer<ProtobufCBinaryData>?, _ dayCount: inout Int,
        _ days: inout UnsafeMutablePointer<Int32>?
    ) throws(Full) {
        try texts(duties.map(\.member), &count, &members)
        try column(duties.map(\.date.dayNumber), &dayCount, &days)
    }

    func roadClosure(
        _ closure: RoadClosure
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__RoadClosure> {
        try message(kezek__v1__road_closure__init) { (message) throws(Full) in
            message.name = try text(closure.name.description)
            message.centre = try place(closure.centre)
            message.radius_metres = UInt32(clamping: closure.radius)
            message.extra_seconds = UInt32(clamping: closure.extra)
        }
    }

    /// What a report is on the wire, and the minutes beside it.
    func report(
        _ report: VisitReport, _ kind: inout Kezek__V1__ReportVisitRequest__Report,
        _ minutes: inout UInt32
    ) throws(Full) {
        kind = report.wire
        if case .longer(let longer) = report { minutes = UInt32(clamping: longer) }
    }
}

extension VisitReport {
    fileprivate var wire: Kezek__V1__ReportVisitRequest__Report {
        switch self {
        case .underWay: KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_UNDER_WAY
        case .arrived: KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_ARRIVED
        case .done: KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_DONE
        case .nobodyHome: KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_NOBODY_HOME
        case .longer: KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_LONGER
        }
    }
}

extension WireReader {
    /// An area that can be planned with: what `VisitArea.fault` finds is refused.
    ///
    /// Files write names with hyphens that the wire writes with low lines.
    func sound(_ area: VisitArea, _: Kezek__V1__VisitArea) throws(Refusal) -> VisitArea {
        guard let fault = area.fault else { return area }
        let field = String(fault.field.map { $0 == "-" ? "_" : $0 })
        throw Refusal(.invalidField, "\(field): \(fault.problem[language])", field: field)
    }

    func member(
        _ bytes: ProtobufCBinaryData, _ field: StaticString
    ) throws(Refusal) -> MemberID {
        try short(bytes, field, 32)
    }

    func weekdays(
        _ count: Int, _ numbers: UnsafeMutablePointer<UInt32>?, _ field: StaticString
    ) throws(Refusal) -> Set<Weekday> {
        try limit(count, Weekday.allCases.count, field)
        var weekdays: Set<Weekday> = []
        for (index, number) in column(count, numbers).enumerated() {
            try within("\(field)[\(index)]") { () throws(Refusal) in
                let weekday = try self.weekday(number, "") { !weekdays.contains($0) }
                weekdays.insert(weekday)
            }
        }
        return weekdays
    }

    func duties(
        _ count: Int, _ members: UnsafeMutablePointer<ProtobufCBinaryData>?, _ dayCount: Int,
        _ days: UnsafeMutablePointer<Int32>?
    ) throws(Refusal) -> [VisitArea.OfficeDuty] {
        try limit(count, CallLimit.areaDuties, "duty_member")
        try same([dayCount], as: count, "duty_day")
        let members = try each(count, members, at: "duty_member") { (member) throws(Refusal) in
            try self.member(member, "")
        }
        let dates = try each(count, days, at: "duty_day") { (day) throws(Refusal) in
            try date(day, "")
        }
        return zip(members, dates).map { VisitArea.OfficeDuty(member: $0, date: $1) }
    }

    func roadClosure(_ message: Kezek__V1__RoadClosure) throws(Refusal) -> RoadClosure {
        let radius = try number(
            message.radius_metres, CallLimit.closureMetres, "radius_metres")
        let extra = try number(
            message.extra_seconds, CallLimit.closureSeconds, "extra_seconds")
        guard
            let closure = RoadClosure(
                name: try need(message.name, "name"),
                centre: try place(message.centre, "centre"), radius: radius, extra: extra)
        else { throw unknownValue("close") }
        return closure
    }

    func report(
        _ report: Kezek__V1__ReportVisitRequest__Report, _ minutes: UInt32
    ) throws(Refusal) -> VisitReport {
        if report == KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_LONGER {
            return .longer(minutes: try number(minutes, CallLimit.visitMinutes, "minutes"))
        }
        let known: [VisitReport] = [.underWay, .arrived, .done, .nobodyHome]
        guard let report = known.first(where: { $0.wire == report }) else {
            throw unknownValue("report")
        }
        _ = try number(minutes, 0...0, "minutes")
        return report
    }
}
