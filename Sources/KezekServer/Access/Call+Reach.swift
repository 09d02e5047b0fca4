// SPDX-License-Identifier: Apache-2.0

import Applications
import HomeVisits
import KezekWire
import Parties
import Queue

extension Call {
    /// The office that the call names, where it touches one; nil where it names none.
    var office: OfficeID? {
        switch self {
        case .queue(let question): question.office
        case .watchBoard(let office, _): office
        case .command(_, let command): command.office
        case .applications(let question): question.office
        case .watchWorkingList(let question): question.office
        case .applicationCommand(_, let command): command.office
        case .visits(let question): question.area
        case .watchVisitPlan(let area, _): area
        case .visitCommand(_, let command): command.area
        // Of one that is forgotten here and touches an office, every office is asked for.
        default: nil
        }
    }
}

extension Call {
    /// The offices that the call names, where it names several; nil for every other call.
    var severalOffices: [OfficeID]? {
        guard case .queue(.nearestFree(let question)) = self else { return nil }
        return question.offices
    }
}

extension ApplicationQuestion {
    fileprivate var office: OfficeID? {
        switch self {
        case .intakeCheck, .decrees: nil
        case .application(let id), .status(let id, _): id.office
        case .paper(let question): question.id.office
        case .workingList(let question): question.office
        case .punctuality(let question): question.office
        }
    }
}
