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

    func papers(
        _ profile: ApplicantProfile, _ documents: [PresentedDocument]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Papers> {
        try message(kezek__v1__papers__init) { (message) throws(Full) in
            message.group = try text(profile.group)
            message.retrained = profile.isRetrained ? 1 : 0
            message.category_held = profile.holdsCategory ? 1 : 0
            try list(documents, &message.n_documents, &message.documents) {
                (document) throws(Full) in try self.document(document)
            }
        }
    }

    func document(
        _ document: PresentedDocument
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__PresentedDocument> {
        try message(kezek__v1__presented_document__init) { (message) throws(Full) in
            message.id = try text(document.id)
            message.original = document.original ? 1 : 0
            message.copy = document.copy ? 1 : 0
            message.expires = try optional(document.expires)
        }
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

    func optional(
        _ deadline: Deadline?
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__ClockEnd>? {
        guard let deadline else { return nil }
        return try clockEnd(deadline)
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

    func papers(
        _ message: UnsafeMutablePointer<Kezek__V1__Papers>?
    ) throws(Refusal) -> (ApplicantProfile, [PresentedDocument]) {
        guard let message = message?.pointee else { throw missing("papers") }
        try limit(message.n_documents, CallLimit.documents, "papers.documents")
        return (
            ApplicantProfile(
                group: try name(message.group, "papers.group"),
                isRetrained: message.retrained != 0, holdsCategory: message.category_held != 0),
            try list(message.n_documents, message.documents, at: "papers.documents") {
                (inner) throws(Refusal) in try document(inner)
            }
        )
    }

    func document(
        _ message: Kezek__V1__PresentedDocument
    ) throws(Refusal) -> PresentedDocument {
        PresentedDocument(
            id: try name(message.id, "id"), original: message.original != 0,
            copy: message.copy != 0,
            expires: try optionalDate(message.expires, "expires"))
    }

    func consent(_ number: UInt32) throws(Refusal) -> Consent? {
        number == 0 ? nil : try choice(number, "consent")
    }

    /// Who applies.
    ///
    /// A refusal names the field and never repeats what stood in it.
    func iin(_ bytes: ProtobufCBinaryData) throws(Refusal) -> ApplicantName {
        guard let iin = IIN(try name(bytes, "iin")) else {
            throw invalid(
                "iin",
                LocalizedText(
                    kk: "бақылау цифры дұрыс 12 цифрлы ЖСН күтілді.",
                    ru: "ожидался ИИН из 12 цифр с верной контрольной цифрой.",
                    en: "expected an IIN of 12 digits whose check digit is right."))
        }
        return .iin(iin)
    }

    /// Another system's name for who applies.
    func reference(_ bytes: ProtobufCBinaryData) throws(Refusal) -> ApplicantName {
        let reference = try line(bytes, "reference", limit: CallLimit.referenceBytes)
        guard !reference.isEmpty else { throw missing("reference") }
        return .reference(reference)
    }

    func clockEnd(
        _ message: UnsafeMutablePointer<Kezek__V1__ClockEnd>?, _ field: StaticString
    ) throws(Refusal) -> Deadline {
        guard let message = message?.pointee else { throw missing("\(field)") }
        return Deadline(
            at: try moment(message.at, field), asKnownOn: try date(message.as_known_on, field),
            calendarVersion: try text(message.calendar_version, field),
            isProvisional: message.provisional != 0)
    }

    func optionalClockEnd(
        _ message: UnsafeMutablePointer<Kezek__V1__ClockEnd>?, _ field: StaticString
    ) throws(Refusal) -> Deadline? {
        message == nil ? nil : try clockEnd(message, field)
    }
}
