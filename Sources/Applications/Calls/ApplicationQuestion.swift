// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties

/// Everything that can be asked about applications.
public enum ApplicationQuestion: Hashable, Sendable {
    case intakeCheck(IntakeCheckQuestion)
    case application(ApplicationID)
    case paper(PaperQuestion)
    case status(ApplicationID, ApplicantName)
    case workingList(WorkingListQuestion)
    case punctuality(PunctualityQuestion)
    /// The decrees that have moved clocks.
    case decrees
}

/// Asks whether papers are complete for a standard (R8, R9.3).
public struct IntakeCheckQuestion: Hashable, Sendable {
    public let standard: String
    public let profile: ApplicantProfile
    public let documents: [PresentedDocument]
    /// The day on which they are handed in; nil for today.
    public let on: CivilDate?

    public init(
        standard: String, profile: ApplicantProfile, documents: [PresentedDocument],
        on: CivilDate?
    ) {
        self.standard = standard
        self.profile = profile
        self.documents = documents
        self.on = on
    }
}

/// Asks for the paper that goes with an application: a receipt of acceptance (R5.1), or of refusal
/// (R9.3).
public struct PaperQuestion: Hashable, Sendable {
    public enum Form: UInt8, CaseIterable, Hashable, Sendable {
        case text = 1
        /// A page of its own that a browser prints, or turns into a PDF.
        case html = 2
    }

    /// The longest name to print, in bytes.
    public static let nameLimit = CallLimit.paperNameBytes

    public let id: ApplicationID
    public let form: Form
    /// The applicant's name to be printed, which is kept nowhere; empty for a line to write it on.
    public let name: String

    public init(id: ApplicationID, form: Form, name: String) {
        self.id = id
        self.form = form
        self.name = name
    }
}

/// The answer to each kind of ``ApplicationQuestion``, its texts in the language asked for.
public enum ApplicationAnswer: Hashable, Sendable {
    case intakeCheck(IntakeAnswer)
    case application(ApplicationView)
    case paper(String)
    case status(StatusAnswer)
    case workingList(WorkingList)
    case punctuality(Punctuality)
    case decrees([DecreeSummary])
}

/// Papers beside the list of what is asked, in words.
public struct IntakeAnswer: Hashable, Sendable {
    public struct Line: Hashable, Sendable {
        public let document: String
        public let rule: String
        public let title: String
        public let isAskedFor: Bool
        public let needsCopy: Bool
        /// Whether the original returns to the applicant after it was compared (R8.12).
        public let isGivenBack: Bool
        /// Nil if it was not shown.
        public let presented: PresentedDocument?
        public let problems: [IntakeProblem]

        public init(
            document: String, rule: String, title: String, isAskedFor: Bool, needsCopy: Bool,
            isGivenBack: Bool, presented: PresentedDocument?, problems: [IntakeProblem]
        ) {
            self.document = document
            self.rule = rule
            self.title = title
            self.isAskedFor = isAskedFor
            self.needsCopy = needsCopy
            self.isGivenBack = isGivenBack
            self.presented = presented
            self.problems = problems
        }
    }

    public let lines: [Line]
    public let isComplete: Bool
    /// The standard's words on an incomplete package (R9.3); empty if it is complete.
    public let ground: String

    public init(lines: [Line], isComplete: Bool, ground: String) {
        self.lines = lines
        self.isComplete = isComplete
        self.ground = ground
    }
}

/// What an applicant may be told about an application without being in the office (R10.3).
public struct StatusAnswer: Hashable, Sendable {
    public let id: ApplicationID
    public let phase: Phase
    public let handedInAt: CivilDateTime
    /// The end of the clock that the applicant waits for, or that waits for the applicant; nil if
    /// there is none.
    public let until: CivilDateTime?
    public let isProvisional: Bool
    /// The whole answer in words.
    public let sentence: String

    public init(
        id: ApplicationID, phase: Phase, handedInAt: CivilDateTime, until: CivilDateTime?,
        isProvisional: Bool, sentence: String
    ) {
        self.id = id
        self.phase = phase
        self.handedInAt = handedInAt
        self.until = until
        self.isProvisional = isProvisional
        self.sentence = sentence
    }
}

/// A decree that was adopted, in brief.
public struct DecreeSummary: Hashable, Sendable {
    /// Counted from 1.
    public let number: UInt32
    public let at: Timestamp
    /// The calendar that it changed, or of which more became known; empty if all was only worked out anew.
    public let calendar: String
    /// The calendar's version from then on.
    public let version: String
    /// How many moved, at all offices.
    public let clocks: Int
    public let bookings: Int

    public init(
        number: UInt32, at: Timestamp, calendar: String, version: String, clocks: Int,
        bookings: Int
    ) {
        self.number = number
        self.at = at
        self.calendar = calendar
        self.version = version
        self.clocks = clocks
        self.bookings = bookings
    }
}
