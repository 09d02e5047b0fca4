// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import HomeVisits
import Parties

/// The commands on home visits.
extension WireWriter {
    func fill(_ message: inout Kezek__V1__Request, _ command: VisitCommand) throws(Full) {
        switch command {
        case .describe(let area, let breaking):
            message.call_case = KEZEK__V1__REQUEST__CALL_PUT_VISIT_AREA
            message.put_visit_area = try self.message(kezek__v1__put_visit_area_request__init) {
                (inner) throws(Full) in
                inner.area = try self.area(area)
                inner.break_promises = breaking ? 1 : 0
            }
        case .offer(let command):
            message.call_case = KEZEK__V1__REQUEST__CALL_OFFER_VISIT
            message.offer_visit = try offer(command)
        case .promise(let id, let start, let isBreaking):
            message.call_case = KEZEK__V1__REQUEST__CALL_PROMISE_VISIT
            message.promise_visit = try self.message(kezek__v1__promise_visit_request__init) {
                (inner) throws(Full) in
                inner.visit = try name(id)
                inner.start = start
                inner.break_promises = isBreaking ? 1 : 0
            }
        case .cancel(let id, let by, let reason, let isBreaking):
            message.call_case = KEZEK__V1__REQUEST__CALL_CANCEL_VISIT
            message.cancel_visit = try self.message(kezek__v1__cancel_visit_request__init) {
                (inner) throws(Full) in
                inner.visit = try name(id)
                inner.by = Kezek__V1__Canceller(UInt32(by.rawValue))
                inner.reason = try text(reason)
                inner.break_promises = isBreaking ? 1 : 0
            }
        case .report(let id, let report, let crew):
            message.call_case = KEZEK__V1__REQUEST__CALL_REPORT_VISIT
            message.report_visit = try self.message(kezek__v1__report_visit_request__init) {
                (inner) throws(Full) in
                inner.visit = try name(id)
                inner.report = report.wire.report
                inner.minutes = report.wire.minutes
                inner.crew = try text(crew?.description ?? "")
            }
        case .crew(let area, let crew, let report):
            message.call_case = KEZEK__V1__REQUEST__CALL_REPORT_CREW
            message.report_crew = try self.report(area, crew, report)
        case .closeRoad(let area, let closure):
            message.call_case = KEZEK__V1__REQUEST__CALL_CHANGE_ROAD
            message.change_road = try self.message(kezek__v1__change_road_request__init) {
                (inner) throws(Full) in
                inner.area = try text(area.description)
                inner.change_case = KEZEK__V1__CHANGE_ROAD_REQUEST__CHANGE_CLOSE
                inner.close = try self.closure(closure)
            }
        case .openRoad(let area, let name):
            message.call_case = KEZEK__V1__REQUEST__CALL_CHANGE_ROAD
            message.change_road = try self.message(kezek__v1__change_road_request__init) {
                (inner) throws(Full) in
                inner.area = try text(area.description)
                inner.change_case = KEZEK__V1__CHANGE_ROAD_REQUEST__CHANGE_OPEN
                inner.open = try text(name.description)
            }
        case .replan(let area, let seconds):
            message.call_case = KEZEK__V1__REQUEST__CALL_REPLAN_VISITS
            message.replan_visits = try self.message(kezek__v1__replan_visits_request__init) {
                (inner) throws(Full) in
                inner.area = try text(area.description)
                inner.seconds = UInt32(clamping: seconds)
            }
        }
    }

    private func offer(
        _ command: OfferCommand
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__OfferVisitRequest> {
        try message(kezek__v1__offer_visit_request__init) { (message) throws(Full) in
            message.area = try text(command.area.description)
            switch command.subject {
            case .new(let visit):
                message.subject_case = KEZEK__V1__OFFER_VISIT_REQUEST__SUBJECT_NEW_VISIT
                message.new_visit = try self.visit(visit)
            case .again(let number):
                message.subject_case = KEZEK__V1__OFFER_VISIT_REQUEST__SUBJECT_AGAIN
                message.again = number
            }
        }
    }

    private func visit(
        _ visit: NewVisit
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__OfferVisitRequest__NewVisit> {
        try message(kezek__v1__offer_visit_request__new_visit__init) { (message) throws(Full) in
            switch visit.applicant {
            case .iin(let iin):
                message.applicant_case = KEZEK__V1__OFFER_VISIT_REQUEST__NEW_VISIT__APPLICANT_IIN
                message.iin = try text(iin.digits)
            case .reference(let reference):
                message.applicant_case =
                    KEZEK__V1__OFFER_VISIT_REQUEST__NEW_VISIT__APPLICANT_REFERENCE
                message.reference = try text(reference)
            }
            message.person = try person(visit.words)
            try texts(visit.needs, &message.n_needs, &message.needs)
            try texts(visit.avoided, &message.n_avoided, &message.avoided)
            message.minutes = UInt32(clamping: visit.minutes ?? 0)
        }
    }

    private func report(
        _ area: OfficeID, _ crew: CrewID, _ report: CrewReport
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ReportCrewRequest> {
        try message(kezek__v1__report_crew_request__init) { (message) throws(Full) in
            message.area = try text(area.description)
            message.crew = try text(crew.description)
            switch report {
            case .delayed(let minutes):
                message.report_case = KEZEK__V1__REPORT_CREW_REQUEST__REPORT_DELAYED_MINUTES
                message.delayed_minutes = UInt32(clamping: minutes)
            case .absent(let date):
                message.report_case = KEZEK__V1__REPORT_CREW_REQUEST__REPORT_ABSENT_DAY
                message.absent_day = date.dayNumber
            case .present(let date):
                message.report_case = KEZEK__V1__REPORT_CREW_REQUEST__REPORT_PRESENT_DAY
                message.present_day = date.dayNumber
            }
        }
    }

    func closure(
        _ closure: RoadClosure
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__RoadClosure> {
        try message(kezek__v1__road_closure__init) { (message) throws(Full) in
            message.name = try text(closure.name.description)
            message.centre = try place(closure.centre)
            message.radius_metres = UInt32(clamping: closure.radius)
            message.extra_seconds = UInt32(clamping: closure.extra)
        }
    }
}

extension VisitReport {
    /// What it is on the wire, and the minutes beside it.
    var wire: (report: Kezek__V1__ReportVisitRequest__Report, minutes: UInt32) {
        switch self {
        case .underWay: (KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_UNDER_WAY, 0)
        case .arrived: (KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_ARRIVED, 0)
        case .done: (KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_DONE, 0)
        case .nobodyHome: (KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_NOBODY_HOME, 0)
        case .longer(let minutes):
            (KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_LONGER, UInt32(clamping: minutes))
        }
    }
}
