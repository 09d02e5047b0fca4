// SPDX-License-Identifier: Apache-2.0

import Applications
import HomeVisits
import KezekWire
import Parties
import Queue

extension Call {
    /// What the call touches, as far as roles are limited to offices.
    enum Reach: Hashable {
        /// No office in particular, and none is harmed.
        case nothing
        case office(OfficeID)
        /// All of them.
        case everything
    }

    var reach: Reach {
        switch self {
        case .question, .health, .describe, .stats, .authenticate, .endWatch: .nothing
        case .queue(let question): question.office.map { .office($0) } ?? .nothing
        case .watchBoard(let office, _): .office(office)
        case .command(_, let command): .office(command.office)
        case .applications(let question): question.reach
        case .watchWorkingList(let question): .office(question.office)
        case .applicationCommand(_, let command): .office(command.office)
        case .visits(let question): .office(question.area)
        case .watchVisitPlan(let area, _): .office(area)
        case .visitCommand(_, let command): .office(command.area)
        case .decree, .forgetApplicant, .acceptClock: .everything
        }
    }
}

extension ApplicationQuestion {
    fileprivate var reach: Call.Reach {
        switch self {
        case .intakeCheck, .decrees: .nothing
        case .application(let id), .status(let id, _): .office(id.office)
        case .paper(let question): .office(question.id.office)
        case .workingList(let question): .office(question.office)
        case .punctuality(let question): question.office.map { .office($0) } ?? .everything
        }
    }
}
