// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Enquiries
import HomeVisits
import Parties

/// The commands on home visits.
extension WireReader {
    /// The call, if it is a command on home visits; nil for any other.
    func visitCommand(_ message: Kezek__V1__Request) throws(Refusal) -> VisitCommand? {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_PUT_VISIT_AREA:
            .describe(
                try given(message.put_visit_area.pointee.area, "area", area),
                breaking: message.put_visit_area.pointee.break_promises != 0)
        case KEZEK__V1__REQUEST__CALL_OFFER_VISIT: .offer(try offer(message.offer_visit.pointee))
        case KEZEK__V1__REQUEST__CALL_PROMISE_VISIT:
            .promise(
                try visit(message.promise_visit.pointee.visit),
                start: try second(message.promise_visit.pointee.start, "start"),
                breaking: message.promise_visit.pointee.break_promises != 0)
        case KEZEK__V1__REQUEST__CALL_CANCEL_VISIT:
            .cancel(
                try visit(message.cancel_visit.pointee.visit),
                by: try choice(message.cancel_visit.pointee.by.rawValue, "by"),
                reason: try remark(message.cancel_visit.pointee.reason, "reason"),
                breaking: message.cancel_visit.pointee.break_promises != 0)
        case KEZEK__V1__REQUEST__CALL_REPORT_VISIT:
            .report(
                try visit(message.report_visit.pointee.visit),
                try report(
                    message.report_visit.pointee.report, message.report_visit.pointee.minutes),
                by: message.report_visit.pointee.crew.len == 0
                    ? nil : try crew(message.report_visit.pointee.crew, "crew"))
        case KEZEK__V1__REQUEST__CALL_REPORT_CREW:
            .crew(
                try office(message.report_crew.pointee.area, "area"),
                try crew(message.report_crew.pointee.crew, "crew"),
                try report(message.report_crew.pointee))
        case KEZEK__V1__REQUEST__CALL_CHANGE_ROAD: try road(message.change_road.pointee)
        case KEZEK__V1__REQUEST__CALL_REPLAN_VISITS:
            .replan(
                try office(message.replan_visits.pointee.area, "area"),
                seconds: try number(
                    message.replan_visits.pointee.seconds, VisitCommand.replanSeconds, "seconds"))
        default: nil
        }
    }

    private func offer(_ message: Kezek__V1__OfferVisitRequest) throws(Refusal) -> OfferCommand {
        let area = try office(message.area, "area")
        switch message.subject_case {
        case KEZEK__V1__OFFER_VISIT_REQUEST__SUBJECT_NEW_VISIT:
            return OfferCommand(
                area: area, subject: .new(try newVisit(message.new_visit.pointee)))
        case KEZEK__V1__OFFER_VISIT_REQUEST__SUBJECT_AGAIN:
            guard message.again > 0 else { throw missing("again") }
            return OfferCommand(area: area, subject: .again(message.again))
        default: throw missing("subject")
        }
    }

    private func newVisit(
        _ message: Kezek__V1__OfferVisitRequest__NewVisit
    ) throws(Refusal) -> NewVisit {
        let applicant: ApplicantName
        switch message.applicant_case {
        case KEZEK__V1__OFFER_VISIT_REQUEST__NEW_VISIT__APPLICANT_IIN:
            applicant = try iin(message.iin)
        case KEZEK__V1__OFFER_VISIT_REQUEST__NEW_VISIT__APPLICANT_REFERENCE:
            applicant = try reference(message.reference)
        default: throw missing("applicant")
        }
        return NewVisit(
            applicant: applicant, words: try person(message.person),
            needs: try needs(message.n_needs, message.needs, "needs"),
            avoided: try crews(message.n_avoided, message.avoided, "avoided"),
            minutes: try minutes(message.minutes))
    }

    func report(
        _ report: Kezek__V1__ReportVisitRequest__Report, _ minutes: UInt32
    ) throws(Refusal) -> VisitReport {
        switch report {
        case KEZEK__V1__REPORT_VISIT_REQUEST__REPORT__REPORT_LONGER:
            return .longer(minutes: try number(minutes, CallLimit.visitMinutes, "minutes"))
        default:
            let known: [VisitReport] = [.underWay, .arrived, .done, .nobodyHome]
            guard let report = known.first(where: { $0.wire.report == report }) else {
                throw unknownValue("report")
            }
            _ = try number(minutes, 0...0, "minutes")
            return report
        }
    }

    private func report(_ message: Kezek__V1__ReportCrewRequest) throws(Refusal) -> CrewReport {
        switch message.report_case {
        case KEZEK__V1__REPORT_CREW_REQUEST__REPORT_DELAYED_MINUTES:
            .delayed(
                minutes: try number(
                    message.delayed_minutes, CallLimit.crewDelayMinutes, "delayed_minutes"))
        case KEZEK__V1__REPORT_CREW_REQUEST__REPORT_ABSENT_DAY:
            .absent(try date(message.absent_day, "absent_day"))
        case KEZEK__V1__REPORT_CREW_REQUEST__REPORT_PRESENT_DAY:
            .present(try date(message.present_day, "present_day"))
        default: throw missing("report")
        }
    }

    private func road(_ message: Kezek__V1__ChangeRoadRequest) throws(Refusal) -> VisitCommand {
        let area = try office(message.area, "area")
        switch message.change_case {
        case KEZEK__V1__CHANGE_ROAD_REQUEST__CHANGE_CLOSE:
            return .closeRoad(area, try closure(message.close.pointee))
        case KEZEK__V1__CHANGE_ROAD_REQUEST__CHANGE_OPEN:
            return .openRoad(area, try need(message.open, "open"))
        default: throw missing("change")
        }
    }

    func closure(_ message: Kezek__V1__RoadClosure) throws(Refusal) -> RoadClosure {
        let radius = try number(
            message.radius_metres, CallLimit.closureMetres, "close.radius_metres")
        let extra = try number(
            message.extra_seconds, CallLimit.closureSeconds, "close.extra_seconds")
        guard
            let closure = RoadClosure(
                name: try need(message.name, "close.name"),
                centre: try place(message.centre, "close.centre"), radius: radius, extra: extra)
        else { throw unknownValue("close") }
        return closure
    }
}
