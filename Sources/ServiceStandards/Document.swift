// SPDX-License-Identifier: Apache-2.0

public import Texts

/// A group of applicants for whom the list of documents differs (R8.9, R8.11, R8.13).
public struct ApplicantGroup: Hashable, Sendable {
    public let id: String
    public let title: LocalizedText

    public init(id: String, title: LocalizedText) {
        self.id = id
        self.title = title
    }
}

/// A document that an applicant hands in (R8).
public struct Document: Hashable, Sendable {
    /// In what form it is shown.
    public enum Form: String, CaseIterable, Hashable, Sendable {
        case original
        /// The original is given back after it was compared with the copy (R8.12).
        case originalAndCopy = "original-and-copy"
    }

    /// Of which applicants it is asked.
    public enum Condition: String, CaseIterable, Hashable, Sendable {
        case always
        /// Of those who have been on retraining courses (R8.4).
        case ifRetrained = "if-retrained"
        /// Of those who hold a qualification category (R8.6).
        case ifCategoryHeld = "if-category-held"
    }

    public let id: String
    /// Names that it had once: journals hold them, and callers may still send them.
    public let formerly: [String]
    public let rule: RuleID
    public let title: LocalizedText
    public let form: Form
    public let givenBack: Bool
    public let required: Condition
    /// The groups of applicants of whom it is asked.
    public let groups: Set<String>

    public init(
        id: String, formerly: [String] = [], rule: RuleID, title: LocalizedText, form: Form,
        givenBack: Bool, required: Condition, groups: Set<String>
    ) {
        self.id = id
        self.formerly = formerly
        self.rule = rule
        self.title = title
        self.form = form
        self.givenBack = givenBack
        self.required = required
        self.groups = groups
    }
}
