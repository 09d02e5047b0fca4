// SPDX-License-Identifier: Apache-2.0

import Applications
import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Parties
import Texts

/// `ApplicationName`, `Papers`, `ClockEnd`, and what else several messages have.
extension WireWriter {
    func name(
        _ id: ApplicationID
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ApplicationName> {
        try message(kezek__v1__application_name__init) { (message) throws(Full) in
            message.office = try text(id.office.description)
            message.day = id.date.dayNumber
            message.number = id.number
        }
    }

    /// The group and the like in the papers, which are there from then on.
    func profile(
        _ profile: ApplicantProfile, _ papers: inout UnsafeMutablePointer<Kezek__V1__Papers>?
    ) throws(Full) {
        let message = try begun(&papers)
        message.pointee.group = try text(profile.group)
        message.pointee.retrained = profile.isRetrained ? 1 : 0
        message.pointee.category_held = profile.holdsCategory ? 1 : 0
    }

    /// The documents in the papers, which are there from then on.
    func documents(
        _ documents: [PresentedDocument],
        _ papers: inout UnsafeMutablePointer<Kezek__V1__Papers>?
    ) throws(Full) {
        let message = try begun(&papers)
        try list(documents, &message.pointee.n_documents, &message.pointee.documents) {
            (document) throws(Full) in try presentedDocument(document)
        }
    }

    private func begun(
        _ papers: inout UnsafeMutablePointer<Kezek__V1__Papers>?
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Papers> {
        if let papers { return papers }
        let message = try self.message(kezek__v1__papers__init)
        papers = message
        return message
    }

    func clockEnd(
        _ deadline: Deadline
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ClockEnd> {
        try message(kezek__v1__clock_end__init) { (message) throws(Full) in
            message.at = try moment(deadline.at)
            message.as_known_on = deadline.asKnownOn.dayNumber
            message.calendar_version = try text(deadline.calendarVersion)
            message.provisional = deadline.isProvisional ? 1 : 0
        }
    }
}

extension WireReader {
    func application(
        _ message: UnsafeMutablePointer<Kezek__V1__ApplicationName>?
    ) throws(Refusal) -> ApplicationID {
        guard let message = message?.pointee else { throw missing("application") }
        guard message.number > 0 else { throw missing("application.number") }
        return ApplicationID(
            office: try office(message.office, "application.office"),
            date: try date(message.day, "application.day"), number: message.number)
    }

    func profile(
        _ papers: UnsafeMutablePointer<Kezek__V1__Papers>?
    ) throws(Refusal) -> ApplicantProfile {
        let papers = try given(papers, "papers")
        try limit(papers.n_documents, CallLimit.documents, "papers.documents")
        return ApplicantProfile(
            group: try name(papers.group, "papers.group"), isRetrained: papers.retrained != 0,
            holdsCategory: papers.category_held != 0)
    }

    func documents(
        _ papers: UnsafeMutablePointer<Kezek__V1__Papers>?
    ) throws(Refusal) -> [PresentedDocument] {
        let papers = try given(papers, "papers")
        return try list(papers.n_documents, papers.documents, at: "papers.documents") {
            (inner) throws(Refusal) in try presentedDocument(inner)
        }
    }

    /// Who applies.
    ///
    /// A refusal names the field and never repeats what stood in it.
    func iin(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> IIN {
        guard let iin = IIN(try name(bytes, field)) else {
            throw invalid(
                "\(field)", kk: "бақылау цифры дұрыс 12 цифрлы ЖСН күтілді.",
                ru: "ожидался ИИН из 12 цифр с верной контрольной цифрой.",
                en: "expected an IIN of 12 digits whose check digit is right.")
        }
        return iin
    }

    /// Another system's name for who applies.
    func reference(
        _ bytes: ProtobufCBinaryData, _ field: StaticString
    ) throws(Refusal) -> String {
        let reference = try line(bytes, field, limit: CallLimit.referenceBytes)
        guard !reference.isEmpty else { throw missing("\(field)") }
        return reference
    }

    func clockEnd(
        _ message: UnsafeMutablePointer<Kezek__V1__ClockEnd>?, _ field: StaticString
    ) throws(Refusal) -> Deadline {
        let message = try given(message, field)
        return Deadline(
            at: try moment(message.at, field), asKnownOn: try date(message.as_known_on, field),
            calendarVersion: try text(message.calendar_version, field),
            isProvisional: message.provisional != 0)
    }

    /// Two dates with as many days as may be counted.
    func punctualityPeriod(_ first: Int32, _ last: Int32) throws(Refusal) {
        let days = try date(first, "from_day").days(until: try date(last, "to_day")) + 1
        _ = try number(UInt32(clamping: days), 1...CallLimit.punctualityDays, "to_day")
    }
}
