// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import ServiceStandards

/// Why papers cannot be checked at all.
public enum IntakeFault: Error, Hashable, Sendable {
    case unknownGroup(String, known: [String])
    case unknownDocument(String, known: [String])
    case documentTwice(String)
}

/// The papers of one applicant beside the list of documents that the standard asks of them.
///
///     let report = try standard.check([], of: ApplicantProfile(group: "pmpc-teacher"), on: date)
///     report.isComplete  // false: R9.3
public struct IntakeReport: Hashable, Sendable {
    /// One document of the standard.
    public struct Line: Hashable, Sendable {
        public let document: Document
        /// Whether it is asked of this applicant.
        public let isAskedFor: Bool
        /// Nil if it was not shown.
        public let presented: PresentedDocument?
        public let problems: [IntakeProblem]
    }

    /// In the standard's order: what is asked of the applicant, and what was shown besides.
    public let lines: [Line]

    /// Whether nothing is missing and nothing has expired.
    public var isComplete: Bool { lines.allSatisfy(\.problems.isEmpty) }

    /// The lines on which acceptance fails.
    public var failing: [Line] { lines.filter { !$0.problems.isEmpty } }
}

extension ServiceStandard {
    /// Compares papers with the list of documents for a group of applicants, on a day.
    ///
    /// A document that is not asked for is told and held against nobody. One that expires on that
    /// very day is still valid. One that is shown under a former name is the same document, and the
    /// report has it under its present one.
    ///
    /// - Throws: `unknownGroup` or `unknownDocument` for a name that the standard does not have;
    ///   `documentTwice` if a document is listed twice.
    public func check(
        _ presented: [PresentedDocument], of profile: ApplicantProfile, on date: CivilDate
    ) throws(IntakeFault) -> IntakeReport {
        guard groups.contains(where: { $0.id == profile.group }) else {
            throw .unknownGroup(profile.group, known: groups.map(\.id))
        }
        var shown: [String: PresentedDocument] = [:]
        for presented in presented {
            guard let document = document(presented.id) else {
                throw .unknownDocument(presented.id, known: documents.map(\.id))
            }
            let named = presented.named(document.id)
            guard shown.updateValue(named, forKey: document.id) == nil else {
                throw .documentTwice(document.id)
            }
        }
        let lines = documents.compactMap { document -> IntakeReport.Line? in
            let isAskedFor = document.isAsked(of: profile)
            let presented = shown[document.id]
            guard isAskedFor || presented != nil else { return nil }
            return IntakeReport.Line(
                document: document, isAskedFor: isAskedFor, presented: presented,
                problems: isAskedFor ? document.problems(with: presented, on: date) : [])
        }
        return IntakeReport(lines: lines)
    }
}

extension Document {
    /// Whether the standard asks it of such an applicant (R8).
    func isAsked(of profile: ApplicantProfile) -> Bool {
        guard groups.contains(profile.group) else { return false }
        return switch required {
        case .always: true
        case .ifRetrained: profile.isRetrained
        case .ifCategoryHeld: profile.holdsCategory
        }
    }

    fileprivate func problems(
        with presented: PresentedDocument?, on date: CivilDate
    ) -> [IntakeProblem] {
        guard let presented, presented.original || presented.copy else { return [.missing] }
        var problems: [IntakeProblem] = []
        if !presented.original { problems.append(.originalMissing) }
        if form == .originalAndCopy, !presented.copy { problems.append(.copyMissing) }
        if let expires = presented.expires, expires < date { problems.append(.expired) }
        return problems
    }
}
