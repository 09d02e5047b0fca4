// SPDX-License-Identifier: Apache-2.0

import Applications
import CKezekWire
import CivilTime
import Enquiries
import Parties

/// The questions about applications, `WorkingListRequest` included.
extension WireWriter {
    func fill(_ message: inout Kezek__V1__Request, _ question: ApplicationQuestion) throws(Full) {
        switch question {
        case .intakeCheck(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_INTAKE_CHECK
            message.intake_check = try self.message(kezek__v1__intake_check_request__init) {
                (inner) throws(Full) in
                inner.standard = try text(question.standard)
                inner.papers = try papers(question.profile, question.documents)
                inner.on = try optional(question.on)
            }
        case .application(let id):
            message.call_case = KEZEK__V1__REQUEST__CALL_APPLICATION
            message.application = try application(id)
        case .paper(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_PAPER
            message.paper = try self.message(kezek__v1__paper_request__init) {
                (inner) throws(Full) in
                inner.application = try name(question.id)
                inner.form = Kezek__V1__PaperForm(UInt32(question.form.rawValue))
                inner.name = try text(question.name)
            }
        case .status(let id, let applicant):
            message.call_case = KEZEK__V1__REQUEST__CALL_APPLICATION_STATUS
            message.application_status = try status(id, applicant)
        case .workingList(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_WORKING_LIST
            message.working_list = try workingList(question, watch: false)
        case .punctuality(let question):
            message.call_case = KEZEK__V1__REQUEST__CALL_PUNCTUALITY
            message.punctuality = try self.message(kezek__v1__punctuality_request__init) {
                (inner) throws(Full) in
                inner.office = try text(question.office?.description ?? "")
                inner.from_day = question.from.dayNumber
                inner.to_day = question.to.dayNumber
                inner.period = Kezek__V1__PunctualityRequest__Period(
                    UInt32(question.period.rawValue))
            }
        case .decrees:
            message.call_case = KEZEK__V1__REQUEST__CALL_DECREES
            message.decrees = try self.message(kezek__v1__decrees_request__init)
        }
    }

    private func status(
        _ id: ApplicationID, _ applicant: ApplicantName
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__StatusRequest> {
        try message(kezek__v1__status_request__init) { (message) throws(Full) in
            message.application = try name(id)
            switch applicant {
            case .iin(let iin):
                message.applicant_case = KEZEK__V1__STATUS_REQUEST__APPLICANT_IIN
                message.iin = try text(iin.digits)
            case .reference(let reference):
                message.applicant_case = KEZEK__V1__STATUS_REQUEST__APPLICANT_REFERENCE
                message.reference = try text(reference)
            }
        }
    }

    func workingList(
        _ question: WorkingListQuestion, watch: Bool
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WorkingListRequest> {
        try message(kezek__v1__working_list_request__init) { (message) throws(Full) in
            message.office = try text(question.office.description)
            message.within = UInt32(clamping: question.within)
            message.all = question.all ? 1 : 0
            message.watch = watch ? 1 : 0
            message.seen_run = question.since?.run ?? 0
            message.seen_revision = question.since?.revision ?? 0
        }
    }
}

extension WireReader {
    /// The call, if it asks about applications; nil for any other.
    func applicationQuestion(_ message: Kezek__V1__Request) throws(Refusal) -> Call? {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_INTAKE_CHECK:
            .applications(.intakeCheck(try intakeCheck(message.intake_check.pointee)))
        case KEZEK__V1__REQUEST__CALL_APPLICATION:
            .applications(
                .application(try application(message.application.pointee.application)))
        case KEZEK__V1__REQUEST__CALL_PAPER:
            .applications(.paper(try paper(message.paper.pointee)))
        case KEZEK__V1__REQUEST__CALL_APPLICATION_STATUS:
            .applications(try status(message.application_status.pointee))
        case KEZEK__V1__REQUEST__CALL_WORKING_LIST:
            try workingList(message.working_list.pointee)
        case KEZEK__V1__REQUEST__CALL_PUNCTUALITY:
            .applications(.punctuality(try punctuality(message.punctuality.pointee)))
        case KEZEK__V1__REQUEST__CALL_DECREES: .applications(.decrees)
        default: nil
        }
    }

    private func intakeCheck(
        _ message: Kezek__V1__IntakeCheckRequest
    ) throws(Refusal) -> IntakeCheckQuestion {
        let (profile, documents) = try papers(message.papers)
        return IntakeCheckQuestion(
            standard: try name(message.standard, "standard"), profile: profile,
            documents: documents, on: try optionalDate(message.on, "on"))
    }

    private func paper(_ message: Kezek__V1__PaperRequest) throws(Refusal) -> PaperQuestion {
        PaperQuestion(
            id: try application(message.application),
            form: try choice(message.form.rawValue, "form"),
            name: try line(message.name, "name", limit: PaperQuestion.nameLimit))
    }

    private func status(_ message: Kezek__V1__StatusRequest) throws(Refusal) -> ApplicationQuestion
    {
        let id = try application(message.application)
        switch message.applicant_case {
        case KEZEK__V1__STATUS_REQUEST__APPLICANT_IIN: return .status(id, try iin(message.iin))
        case KEZEK__V1__STATUS_REQUEST__APPLICANT_REFERENCE:
            return .status(id, try reference(message.reference))
        default: throw missing("applicant")
        }
    }

    private func workingList(
        _ message: Kezek__V1__WorkingListRequest
    ) throws(Refusal) -> Call {
        let question = WorkingListQuestion(
            office: try office(message.office),
            within: try number(message.within, 0...WorkingListQuestion.withinLimit, "within"),
            all: message.all != 0,
            since: message.seen_run == 0
                ? nil : .init(run: message.seen_run, revision: message.seen_revision))
        return message.watch != 0
            ? .watchWorkingList(question) : .applications(.workingList(question))
    }

    private func punctuality(
        _ message: Kezek__V1__PunctualityRequest
    ) throws(Refusal) -> PunctualityQuestion {
        let from = try date(message.from_day, "from_day")
        let to = try date(message.to_day, "to_day")
        _ = try number(
            UInt32(clamping: from.days(until: to) + 1), 1...PunctualityQuestion.dayLimit, "to_day")
        return PunctualityQuestion(
            office: message.office.len == 0 ? nil : try office(message.office), from: from,
            to: to, period: try choice(message.period.rawValue, "period"))
    }
}
