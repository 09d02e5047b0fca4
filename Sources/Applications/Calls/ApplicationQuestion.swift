// SPDX-License-Identifier: Apache-2.0

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
