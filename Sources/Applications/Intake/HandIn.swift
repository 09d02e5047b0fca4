// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// A document as an applicant shows it.
public struct PresentedDocument: Hashable, Sendable {
    /// The document's name in the standard, such as `diploma`; one that it had formerly will do.
    public let id: String
    public let original: Bool
    public let copy: Bool
    /// The last day on which it is valid; nil if it has no end.
    public let expires: CivilDate?

    public init(id: String, original: Bool, copy: Bool, expires: CivilDate? = nil) {
        self.id = id
        self.original = original
        self.copy = copy
        self.expires = expires
    }

    /// The same paper under another name of the document.
    func named(_ id: String) -> PresentedDocument {
        PresentedDocument(id: id, original: original, copy: copy, expires: expires)
    }
}

/// What the list of documents depends on (R8.4, R8.6, R8.9, R8.11, R8.13).
public struct ApplicantProfile: Hashable, Sendable {
    /// The group of applicants by its name in the standard, such as `methodologist`.
    public let group: String
    /// Whether the applicant has been on retraining courses.
    public let isRetrained: Bool
    /// Whether the applicant holds a qualification category.
    public let holdsCategory: Bool

    public init(group: String, isRetrained: Bool = false, holdsCategory: Bool = false) {
        self.group = group
        self.isRetrained = isRetrained
        self.holdsCategory = holdsCategory
    }
}

/// The applicant's consent to the use of information that is a secret protected by law and is
/// contained in information systems (R8.14).
public enum Consent: UInt8, CaseIterable, Hashable, Sendable {
    case given = 1
    /// The law lets the information be used without it.
    case notRequired = 2
}

/// Papers that an applicant puts on the counter.
public struct HandIn: Hashable, Sendable {
    public let office: OfficeID
    /// The way to apply by its name in the standard, such as `corporation-elsewhere`.
    public let channel: String
    public let applicant: ApplicantName
    public let profile: ApplicantProfile
    public let documents: [PresentedDocument]
    /// Nil if the applicant was not asked, or said no.
    public let consent: Consent?
    /// When it was handed in, on the office's wall clock; nil for now.
    public let at: CivilDateTime?
    /// The queue ticket under which the applicant came, such as `A-017`; empty for none.
    public let ticket: String

    public init(
        office: OfficeID, channel: String, applicant: ApplicantName, profile: ApplicantProfile,
        documents: [PresentedDocument], consent: Consent?, at: CivilDateTime? = nil,
        ticket: String = ""
    ) {
        self.office = office
        self.channel = channel
        self.applicant = applicant
        self.profile = profile
        self.documents = documents
        self.consent = consent
        self.at = at
        self.ticket = ticket
    }
}
