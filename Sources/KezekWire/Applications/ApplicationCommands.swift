// SPDX-License-Identifier: Apache-2.0

import Applications
import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Parties
import Texts

/// The commands on applications, and decrees.
extension WireWriter {
    func fill(_ message: inout Kezek__V1__Request, _ command: ApplicationCommand) throws(Full) {
        switch command {
        case .accept(let handIn):
            message.call_case = KEZEK__V1__REQUEST__CALL_ACCEPT_APPLICATION
            message.accept_application = try self.handIn(handIn)
        case .decline(let handIn):
            message.call_case = KEZEK__V1__REQUEST__CALL_DECLINE_APPLICATION
            message.decline_application = try self.handIn(handIn)
        case .act(let id, let action): try fill(&message, id, action)
        }
    }

    private func fill(
        _ message: inout Kezek__V1__Request, _ id: ApplicationID, _ action: ApplicationAction
    ) throws(Full) {
        switch action {
        case .suspend(let reason, let date):
            message.call_case = KEZEK__V1__REQUEST__CALL_SUSPEND_APPLICATION
            message.suspend_application = try self.message(kezek__v1__suspend_request__init) {
                (inner) throws(Full) in
                inner.application = try name(id)
                inner.reason = try text(reason)
                inner.review_day = date.dayNumber
            }
        case .resume:
            message.call_case = KEZEK__V1__REQUEST__CALL_RESUME_APPLICATION
            message.resume_application = try application(id)
        case .complete(let ground, let note):
            message.call_case = KEZEK__V1__REQUEST__CALL_COMPLETE_APPLICATION
            message.complete_application = try self.message(kezek__v1__complete_request__init) {
                (inner) throws(Full) in
                inner.application = try name(id)
                inner.ground = try text(ground ?? "")
                inner.note = try text(note)
            }
        case .handOver(let recipient):
            message.call_case = KEZEK__V1__REQUEST__CALL_HAND_OVER
            message.hand_over = try self.message(kezek__v1__hand_over_request__init) {
                (inner) throws(Full) in
                inner.application = try name(id)
                inner.to = Kezek__V1__Recipient(UInt32(recipient.rawValue))
            }
        case .returnUnclaimed:
            message.call_case = KEZEK__V1__REQUEST__CALL_RETURN_UNCLAIMED
            message.return_unclaimed = try application(id)
        case .request:
            message.call_case = KEZEK__V1__REQUEST__CALL_REQUEST_RESULT
            message.request_result = try application(id)
        case .redeliver:
            message.call_case = KEZEK__V1__REQUEST__CALL_REDELIVER_RESULT
            message.redeliver_result = try application(id)
        case .withdraw(let reason):
            message.call_case = KEZEK__V1__REQUEST__CALL_WITHDRAW_APPLICATION
            message.withdraw_application = try self.message(kezek__v1__withdraw_request__init) {
                (inner) throws(Full) in
                inner.application = try name(id)
                inner.reason = try text(reason)
            }
        }
    }

    func application(
        _ id: ApplicationID
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ApplicationRequest> {
        try message(kezek__v1__application_request__init) { (message) throws(Full) in
            message.application = try name(id)
        }
    }

    private func handIn(
        _ handIn: HandIn
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HandInRequest> {
        try message(kezek__v1__hand_in_request__init) { (message) throws(Full) in
            message.office = try text(handIn.office.description)
            message.channel = try text(handIn.channel)
            switch handIn.applicant {
            case .iin(let iin):
                message.applicant_case = KEZEK__V1__HAND_IN_REQUEST__APPLICANT_IIN
                message.iin = try text(iin.digits)
            case .reference(let reference):
                message.applicant_case = KEZEK__V1__HAND_IN_REQUEST__APPLICANT_REFERENCE
                message.reference = try text(reference)
            }
            message.papers = try papers(handIn.profile, handIn.documents)
            message.consent = Kezek__V1__Consent(UInt32(handIn.consent?.rawValue ?? 0))
            message.at = try optional(handIn.at)
            message.ticket = try text(handIn.ticket)
        }
    }

    func forgotten(
        _ name: ApplicantName
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ForgetRequest> {
        try message(kezek__v1__forget_request__init) { (message) throws(Full) in
            switch name {
            case .iin(let iin):
                message.applicant_case = KEZEK__V1__FORGET_REQUEST__APPLICANT_IIN
                message.iin = try text(iin.digits)
            case .reference(let reference):
                message.applicant_case = KEZEK__V1__FORGET_REQUEST__APPLICANT_REFERENCE
                message.reference = try text(reference)
            }
        }
    }

    func fill(_ message: inout Kezek__V1__Request, _ command: DecreeCommand) throws(Full) {
        message.call_case = KEZEK__V1__REQUEST__CALL_DECREE
        message.decree = try self.message(kezek__v1__decree_request__init) {
            (inner) throws(Full) in
            inner.calendar = try text(command.calendar)
            inner.dry_run = command.dryRun ? 1 : 0
            inner.office = try text(command.office?.description ?? "")
        }
    }
}

extension WireReader {
    /// The call, if it is a command on applications; nil for any other.
    func applicationCommand(
        _ message: Kezek__V1__Request
    ) throws(Refusal) -> ApplicationCommand? {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_ACCEPT_APPLICATION:
            .accept(try handIn(message.accept_application.pointee))
        case KEZEK__V1__REQUEST__CALL_DECLINE_APPLICATION:
            .decline(try handIn(message.decline_application.pointee))
        case KEZEK__V1__REQUEST__CALL_SUSPEND_APPLICATION:
            try suspend(message.suspend_application.pointee)
        case KEZEK__V1__REQUEST__CALL_RESUME_APPLICATION:
            .act(try application(message.resume_application.pointee.application), .resume)
        case KEZEK__V1__REQUEST__CALL_COMPLETE_APPLICATION:
            try complete(message.complete_application.pointee)
        case KEZEK__V1__REQUEST__CALL_HAND_OVER:
            .act(
                try application(message.hand_over.pointee.application),
                .handOver(try choice(message.hand_over.pointee.to.rawValue, "to")))
        case KEZEK__V1__REQUEST__CALL_RETURN_UNCLAIMED:
            .act(try application(message.return_unclaimed.pointee.application), .returnUnclaimed)
        case KEZEK__V1__REQUEST__CALL_REQUEST_RESULT:
            .act(try application(message.request_result.pointee.application), .request)
        case KEZEK__V1__REQUEST__CALL_REDELIVER_RESULT:
            .act(try application(message.redeliver_result.pointee.application), .redeliver)
        case KEZEK__V1__REQUEST__CALL_WITHDRAW_APPLICATION:
            .act(
                try application(message.withdraw_application.pointee.application),
                .withdraw(
                    reason: try remark(
                        message.withdraw_application.pointee.reason, "reason")))
        default: nil
        }
    }

    private func suspend(_ message: Kezek__V1__SuspendRequest) throws(Refusal) -> ApplicationCommand
    {
        .act(
            try application(message.application),
            .suspend(
                reason: try remark(message.reason, "reason"),
                reviewBy: try date(message.review_day, "review_day")))
    }

    private func complete(
        _ message: Kezek__V1__CompleteRequest
    ) throws(Refusal) -> ApplicationCommand {
        let ground = try name(message.ground, "ground")
        return .act(
            try application(message.application),
            .complete(
                ground: ground.isEmpty ? nil : ground,
                note: try remark(message.note, "note")))
    }

    private func handIn(_ message: Kezek__V1__HandInRequest) throws(Refusal) -> HandIn {
        let applicant: ApplicantName
        switch message.applicant_case {
        case KEZEK__V1__HAND_IN_REQUEST__APPLICANT_IIN: applicant = try iin(message.iin)
        case KEZEK__V1__HAND_IN_REQUEST__APPLICANT_REFERENCE:
            applicant = try reference(message.reference)
        default: throw missing("applicant")
        }
        let (profile, documents) = try papers(message.papers)
        return HandIn(
            office: try office(message.office), channel: try name(message.channel, "channel"),
            applicant: applicant, profile: profile, documents: documents,
            consent: try consent(message.consent.rawValue),
            at: try optionalMoment(message.at, "at"),
            ticket: try line(message.ticket, "ticket", limit: CallLimit.ticketBytes))
    }

    func forgotten(_ message: Kezek__V1__ForgetRequest) throws(Refusal) -> ApplicantName {
        switch message.applicant_case {
        case KEZEK__V1__FORGET_REQUEST__APPLICANT_IIN: try iin(message.iin)
        case KEZEK__V1__FORGET_REQUEST__APPLICANT_REFERENCE:
            try reference(message.reference)
        default: throw missing("applicant")
        }
    }

    func decree(_ message: Kezek__V1__DecreeRequest) throws(Refusal) -> DecreeCommand {
        DecreeCommand(
            calendar: try text(message.calendar, "calendar", limit: DecreeCommand.textLimit),
            dryRun: message.dry_run != 0,
            office: message.office.len == 0 ? nil : try office(message.office))
    }
}
