// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Enquiries
import HomeVisits
import Parties

/// The questions on home visits, `WatchVisitPlanRequest` included.
extension WireWriter {
    func fill(_ message: inout Kezek__V1__Request, _ question: VisitQuestion) throws(Full) {
        switch question {
        case .area(let area):
            message.call_case = KEZEK__V1__REQUEST__CALL_GET_VISIT_AREA
            message.get_visit_area = try self.message(kezek__v1__visit_area_request__init) {
                (inner) throws(Full) in inner.area = try text(area.description)
            }
        case .windows(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_GET_VISIT_WINDOWS
            message.get_visit_windows = try windows(question)
        case .visit(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_GET_VISIT
            message.get_visit = try visit(id)
        case .explain(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_EXPLAIN_VISIT
            message.explain_visit = try visit(id)
        case .plan(let area, let from, let days):
            message.call_case = KEZEK__V1__REQUEST__CALL_GET_VISIT_PLAN
            message.get_visit_plan = try self.message(kezek__v1__visit_plan_request__init) {
                (inner) throws(Full) in
                inner.area = try text(area.description)
                inner.from = try optional(from)
                inner.days = UInt32(clamping: days)
            }
        }
    }

    private func windows(
        _ question: WindowsQuestion
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitWindowsRequest> {
        try message(kezek__v1__visit_windows_request__init) { (message) throws(Full) in
            message.area = try text(question.area.description)
            message.place = try place(question.place)
            try texts(question.needs, &message.n_needs, &message.needs)
            try texts(question.avoided, &message.n_avoided, &message.avoided)
            message.minutes = UInt32(clamping: question.minutes ?? 0)
        }
    }

    private func visit(
        _ id: HomeVisitID
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__VisitRequest> {
        try message(kezek__v1__visit_request__init) { (message) throws(Full) in
            message.visit = try name(id)
        }
    }

    func visitPlanWatch(
        _ area: OfficeID, since: UInt32
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WatchVisitPlanRequest> {
        try message(kezek__v1__watch_visit_plan_request__init) { (message) throws(Full) in
            message.area = try text(area.description)
            message.since = since
        }
    }
}

extension WireReader {
    /// The call, if it asks about home visits; nil for any other.
    func visitQuestion(_ message: Kezek__V1__Request) throws(Refusal) -> Call? {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_GET_VISIT_AREA:
            .visits(.area(try office(message.get_visit_area.pointee.area, "area")))
        case KEZEK__V1__REQUEST__CALL_GET_VISIT_WINDOWS:
            .visits(.windows(try windows(message.get_visit_windows.pointee)))
        case KEZEK__V1__REQUEST__CALL_GET_VISIT:
            .visits(.visit(try visit(message.get_visit.pointee.visit)))
        case KEZEK__V1__REQUEST__CALL_EXPLAIN_VISIT:
            .visits(.explain(try visit(message.explain_visit.pointee.visit)))
        case KEZEK__V1__REQUEST__CALL_GET_VISIT_PLAN:
            .visits(
                .plan(
                    try office(message.get_visit_plan.pointee.area, "area"),
                    from: try optionalDate(message.get_visit_plan.pointee.from, "from"),
                    days: try number(
                        message.get_visit_plan.pointee.days, VisitQuestion.planDays, "days")))
        case KEZEK__V1__REQUEST__CALL_WATCH_VISIT_PLAN:
            .watchVisitPlan(
                try office(message.watch_visit_plan.pointee.area, "area"),
                since: message.watch_visit_plan.pointee.since)
        default: nil
        }
    }

    private func windows(
        _ message: Kezek__V1__VisitWindowsRequest
    ) throws(Refusal) -> WindowsQuestion {
        WindowsQuestion(
            area: try office(message.area, "area"), place: try place(message.place, "place"),
            needs: try needs(message.n_needs, message.needs, "needs"),
            avoided: try crews(message.n_avoided, message.avoided, "avoided"),
            minutes: try minutes(message.minutes))
    }

    /// How long a visit takes; nil for the area's usual time.
    func minutes(_ minutes: UInt32) throws(Refusal) -> Int? {
        minutes == 0 ? nil : try number(minutes, CallLimit.visitMinutes, "minutes")
    }
}
