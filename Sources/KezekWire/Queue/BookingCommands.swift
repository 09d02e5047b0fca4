// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime
import Enquiries
import Parties
import Queue
import Texts

/// The commands on bookings and on offices.
extension WireWriter {
    /// A command; one on a day's bookings that names no date does not travel.
    func fill(_ message: inout Kezek__V1__Request, _ command: QueueCommand) throws(Full) {
        switch command {
        case .hold(let command):
            message.call_case = KEZEK__V1__REQUEST__CALL_HOLD
            message.hold = try hold(command)
        case .booking(let id, .confirm):
            message.call_case = KEZEK__V1__REQUEST__CALL_CONFIRM
            message.confirm = try booking(id)
        case .booking(let id, .release):
            message.call_case = KEZEK__V1__REQUEST__CALL_RELEASE
            message.release = try booking(id)
        case .booking(let id, .cancel(let by, let reason)):
            message.call_case = KEZEK__V1__REQUEST__CALL_CANCEL
            message.cancel = try self.message(kezek__v1__cancel_request__init) {
                (inner) throws(Full) in
                inner.booking = try name(id)
                inner.by = Kezek__V1__Canceller(UInt32(by.rawValue))
                inner.reason = try text(reason)
            }
        case .booking(let id, .arrive):
            message.call_case = KEZEK__V1__REQUEST__CALL_ARRIVE
            message.arrive = try booking(id)
        case .reschedule(let id, let date, let start):
            message.call_case = KEZEK__V1__REQUEST__CALL_RESCHEDULE
            message.reschedule = try self.message(kezek__v1__reschedule_request__init) {
                (inner) throws(Full) in
                inner.booking = try name(id)
                inner.to_day = date.dayNumber
                inner.start_second = UInt32(start.second)
            }
        case .today(let office, let command): try fill(&message, office, command)
        case .changeOffice(let command):
            message.call_case = KEZEK__V1__REQUEST__CALL_CHANGE_OFFICE
            message.change_office = try change(command)
        }
    }

    private func hold(
        _ command: HoldCommand
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HoldRequest> {
        try message(kezek__v1__hold_request__init) { (message) throws(Full) in
            message.office = try text(command.office.description)
            message.service = try text(command.service.description)
            message.day = command.date.dayNumber
            message.start_second = UInt32(command.start.second)
            message.channel = Kezek__V1__BookingChannel(UInt32(command.channel.rawValue))
            switch command.applicant {
            case .iin(let iin):
                message.applicant_case = KEZEK__V1__HOLD_REQUEST__APPLICANT_IIN
                message.iin = try text(iin.digits)
            case .reference(let reference):
                message.applicant_case = KEZEK__V1__HOLD_REQUEST__APPLICANT_REFERENCE
                message.reference = try text(reference)
            }
        }
    }

    private func change(
        _ command: OfficeChangeCommand
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ChangeOfficeRequest> {
        try message(kezek__v1__change_office_request__init) { (message) throws(Full) in
            message.dry_run = command.dryRun ? 1 : 0
            switch command.change {
            case .put(let office):
                message.change_case = KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_PUT
                message.put = try self.office(office)
            case .close(let office, let closure):
                message.change_case = KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_CLOSE
                message.close = try self.message(kezek__v1__change_office_request__close__init) {
                    (inner) throws(Full) in
                    inner.office = try text(office.description)
                    inner.closure = try self.closure(closure)
                }
            case .reopen(let office, let date):
                message.change_case = KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_REOPEN
                message.reopen = try self.message(kezek__v1__change_office_request__reopen__init) {
                    (inner) throws(Full) in
                    inner.office = try text(office.description)
                    inner.day = date.dayNumber
                }
            case .recalculate(let office):
                message.change_case = KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_RECALCULATE
                message.recalculate = try text(office.description)
            }
        }
    }
}

extension WireReader {
    /// The call, if it is a command on bookings or offices; nil for any other.
    @inline(__always)
    func bookingCommand(_ message: Kezek__V1__Request) throws(Refusal) -> QueueCommand? {
        switch message.call_case {
        case KEZEK__V1__REQUEST__CALL_HOLD: .hold(try hold(message.hold.pointee))
        case KEZEK__V1__REQUEST__CALL_CONFIRM:
            .booking(try booking(message.confirm.pointee.booking), .confirm)
        case KEZEK__V1__REQUEST__CALL_RELEASE:
            .booking(try booking(message.release.pointee.booking), .release)
        case KEZEK__V1__REQUEST__CALL_CANCEL: try cancel(message.cancel.pointee)
        case KEZEK__V1__REQUEST__CALL_ARRIVE:
            .booking(try booking(message.arrive.pointee.booking), .arrive)
        case KEZEK__V1__REQUEST__CALL_RESCHEDULE:
            .reschedule(
                try booking(message.reschedule.pointee.booking),
                to: try date(message.reschedule.pointee.to_day, "to_day"),
                start: try time(message.reschedule.pointee.start_second, "start_second"))
        case KEZEK__V1__REQUEST__CALL_CHANGE_OFFICE:
            .changeOffice(try change(message.change_office.pointee))
        default: nil
        }
    }

    @inline(__always)
    private func hold(_ message: Kezek__V1__HoldRequest) throws(Refusal) -> HoldCommand {
        HoldCommand(
            office: try office(message.office), service: try service(message.service),
            date: try date(message.day, "day"),
            start: try time(message.start_second, "start_second"),
            channel: try choice(message.channel.rawValue, "channel"),
            applicant: try applicant(message))
    }

    /// Who the hold is for.
    @inline(__always)
    private func applicant(_ message: Kezek__V1__HoldRequest) throws(Refusal) -> ApplicantName {
        switch message.applicant_case {
        case KEZEK__V1__HOLD_REQUEST__APPLICANT_IIN:
            return try iin(message.iin)
        case KEZEK__V1__HOLD_REQUEST__APPLICANT_REFERENCE: return try reference(message.reference)
        default: throw missing("iin")
        }
    }

    private func cancel(_ message: Kezek__V1__CancelRequest) throws(Refusal) -> QueueCommand {
        .booking(
            try booking(message.booking),
            .cancel(
                by: try choice(message.by.rawValue, "by"),
                reason: try remark(message.reason, "reason")))
    }

    private func change(
        _ message: Kezek__V1__ChangeOfficeRequest
    ) throws(Refusal) -> OfficeChangeCommand {
        let change: OfficeChangeCommand.Change
        switch message.change_case {
        case KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_PUT:
            change = .put(
                try within("put") { () throws(Refusal) in try office(message.put.pointee) })
        case KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_CLOSE:
            let close = message.close.pointee
            guard let closure = close.closure else { throw missing("close.closure") }
            change = .close(
                try office(close.office, "close.office"),
                try within("close.closure") { () throws(Refusal) in
                    try self.closure(closure.pointee)
                })
        case KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_REOPEN:
            let reopen = message.reopen.pointee
            change = .reopen(
                try office(reopen.office, "reopen.office"), try date(reopen.day, "reopen.day"))
        case KEZEK__V1__CHANGE_OFFICE_REQUEST__CHANGE_RECALCULATE:
            change = .recalculate(try office(message.recalculate, "recalculate"))
        default: throw missing("put")
        }
        return OfficeChangeCommand(change: change, dryRun: message.dry_run != 0)
    }
}
