// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import HomeVisits
import Parties
import Queue
import Texts

/// `VisitArea`, as it travels and as it is kept.
extension WireWriter {
    func area(_ area: VisitArea) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitArea> {
        try message(kezek__v1__visit_area__init) { (message) throws(Full) in
            message.id = try text(area.id.description)
            message.title = try localized(area.title)
            message.standard = try text(area.standard)
            message.kind = try text(area.kind)
            message.zone = try text(area.zone)
            message.home = try place(area.home)
            try list(area.needs, &message.n_needs, &message.needs) { (need) throws(Full) in
                try self.message(kezek__v1__visit_area__need__init) { (inner) throws(Full) in
                    inner.id = try text(need.id.description)
                    inner.title = try localized(need.title)
                }
            }
            try list(area.crews, &message.n_crews, &message.crews) { (crew) throws(Full) in
                try self.crew(crew)
            }
            try texts(
                area.duties.map(\.member), &message.n_duty_member, &message.duty_member)
            try column(
                area.duties.map(\.date.dayNumber), &message.n_duty_day, &message.duty_day)
            message.rules = try rules(area.rules)
        }
    }

    private func crew(
        _ crew: VisitArea.Crew
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitArea__Crew> {
        try message(kezek__v1__visit_area__crew__init) { (message) throws(Full) in
            message.id = try text(crew.id.description)
            try texts(crew.members, &message.n_members, &message.members)
            try texts(crew.needs, &message.n_needs, &message.needs)
            // In the order of the week, so that one area has one encoding.
            let weekdays = Weekday.allCases.filter { crew.weekdays.contains($0) }
            try column(
                weekdays.map { UInt32($0.rawValue) }, &message.n_weekdays, &message.weekdays)
            if let interval = crew.hours { message.hours = try hours(interval) }
            message.travel = Kezek__V1__VisitTravel(UInt32(crew.profile.rawValue))
        }
    }

    private func rules(
        _ rules: VisitRules
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitArea__Rules> {
        try message(kezek__v1__visit_area__rules__init) { (message) throws(Full) in
            message.visit_minutes = Int32(clamping: rules.visitMinutes)
            message.setup_minutes = Int32(clamping: rules.setupMinutes)
            message.due_days = Int32(clamping: rules.dueDays)
            message.horizon_days = Int32(clamping: rules.horizonDays)
            message.window_minutes = Int32(clamping: rules.windowMinutes)
            message.lead_minutes = Int32(clamping: rules.leadMinutes)
            message.hold_minutes = Int32(clamping: rules.holdMinutes)
            message.held_windows = Int32(clamping: rules.heldWindows)
            message.lunch_minutes = Int32(clamping: rules.lunchMinutes)
            message.lunch = try hours(rules.lunch)
            message.frozen_order_days = Int32(clamping: rules.frozenOrderDays)
            message.frozen_crew_days = Int32(clamping: rules.frozenCrewDays)
            message.move_price_seconds = Int32(clamping: rules.movePrice)
        }
    }
}

extension WireReader {
    /// An area that can be planned with: what `VisitArea.fault` finds is refused.
    func area(_ message: Kezek__V1__VisitArea) throws(Refusal) -> VisitArea {
        try limit(message.n_needs, VisitArea.needLimit, "area.needs")
        try limit(message.n_crews, VisitArea.crewLimit, "area.crews")
        try limit(message.n_duty_member, VisitArea.dutyLimit, "area.duty_member")
        try same([message.n_duty_day], as: message.n_duty_member, "area.duty_day")
        var duties: [VisitArea.OfficeDuty] = []
        for index in 0..<message.n_duty_member {
            duties.append(
                VisitArea.OfficeDuty(
                    member: try within("area.duty_member[\(index)]") { () throws(Refusal) in
                        try member(message.duty_member[index], "")
                    },
                    date: try within("area.duty_day[\(index)]") { () throws(Refusal) in
                        try date(message.duty_day[index], "")
                    }))
        }
        let area = VisitArea(
            id: try office(message.id, "area.id"),
            title: try localized(message.title, "area.title", limit: OfficeLimits.text),
            standard: try name(message.standard, "area.standard"),
            kind: try name(message.kind, "area.kind"), zone: try name(message.zone, "area.zone"),
            home: try place(message.home, "area.home"),
            needs: try list(message.n_needs, message.needs, at: "area.needs") {
                (inner) throws(Refusal) in
                VisitArea.Need(
                    id: try need(inner.id, "id"),
                    title: try localized(inner.title, "title", limit: OfficeLimits.text))
            },
            crews: try list(message.n_crews, message.crews, at: "area.crews") {
                (inner) throws(Refusal) in try crew(inner)
            }, duties: duties, rules: try given(message.rules, "area.rules", rules))
        if let fault = area.fault { throw refusal(of: fault) }
        return area
    }

    /// Files write names with hyphens that the wire writes with low lines.
    private func refusal(of fault: AreaFault) -> Refusal {
        let field = "area." + fault.field.map { $0 == "-" ? "_" : $0 }
        return Refusal(.invalidField, "\(field): \(fault.problem[language])", field: field)
    }

    private func member(
        _ bytes: ProtobufCBinaryData, _ field: StaticString
    ) throws(Refusal) -> MemberID {
        try short(bytes, field, 32)
    }

    private func crew(_ message: Kezek__V1__VisitArea__Crew) throws(Refusal) -> VisitArea.Crew {
        try limit(message.n_members, VisitArea.memberLimit, "members")
        try limit(message.n_weekdays, Weekday.allCases.count, "weekdays")
        var weekdays: Set<Weekday> = []
        for (index, number) in column(message.n_weekdays, message.weekdays).enumerated() {
            try within("weekdays[\(index)]") { () throws(Refusal) in
                let weekday = try self.weekday(number, "") { !weekdays.contains($0) }
                weekdays.insert(weekday)
            }
        }
        return VisitArea.Crew(
            id: try crew(message.id, "id"),
            members: try names(message.n_members, message.members, at: "members") {
                (name) throws(Refusal) in try member(name, "")
            }, needs: try needs(message.n_needs, message.needs, "needs"),
            weekdays: weekdays,
            hours: try message.hours.map { (inner) throws(Refusal) in
                try within("hours") { () throws(Refusal) in try interval(inner.pointee) }
            }, profile: try choice(message.travel.rawValue, "travel"))
    }

    private func rules(_ message: Kezek__V1__VisitArea__Rules) throws(Refusal) -> VisitRules {
        var rules = VisitRules()
        rules.visitMinutes = Int(message.visit_minutes)
        rules.setupMinutes = Int(message.setup_minutes)
        rules.dueDays = Int(message.due_days)
        rules.horizonDays = Int(message.horizon_days)
        rules.windowMinutes = Int(message.window_minutes)
        rules.leadMinutes = Int(message.lead_minutes)
        rules.holdMinutes = Int(message.hold_minutes)
        rules.heldWindows = Int(message.held_windows)
        rules.lunchMinutes = Int(message.lunch_minutes)
        rules.lunch = try given(message.lunch, "area.rules.lunch") { (lunch) throws(Refusal) in
            try within("area.rules.lunch") { () throws(Refusal) in try interval(lunch) }
        }
        rules.frozenOrderDays = Int(message.frozen_order_days)
        rules.frozenCrewDays = Int(message.frozen_crew_days)
        rules.movePrice = Int(message.move_price_seconds)
        return rules
    }
}
