// SPDX-License-Identifier: Apache-2.0

import CKezekWire
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
}
