// SPDX-License-Identifier: Apache-2.0

import Access
import Applications
import HomeVisits
import KezekWire
import Parties
import Queue

extension CallKind {
    /// Who may make the call: the whole table.
    ///
    /// Nobody need say who they are for what needs no role (`isOpen`).
    var roles: Set<Role> {
        switch self {
        // What the law says is nobody's secret.
        case .dueDate, .dueDates, .latestStart, .timeLeft, .workingTime, .officeHours, .standards,
            .addWorkingDays, .countWorkingDays, .calendarDays, .balance, .calendarChanges,
            .health, .authenticate, .describe, .endWatch, .undecodable:
            Set(Role.allCases)
        case .stats: [.operator]
        case .offices, .office: Set(Role.allCases)
        case .slots, .firstFree:
            [.kiosk, .portal, .clerk, .office, .contactCentre, .dispatcher]
        case .booking, .hold, .confirm, .release, .cancel, .reschedule:
            [.kiosk, .portal, .clerk, .office, .contactCentre]
        case .board: [.kiosk, .clerk, .office]
        case .wait: [.kiosk, .portal, .clerk, .office, .contactCentre]
        case .day: [.clerk, .office]
        case .queueStats: [.office, .operator]
        case .arrive, .takeTicket, .leaseNumbers, .reportTickets: [.kiosk, .clerk, .office]
        case .openWindow, .closeWindow, .beginBreak, .endBreak, .callNext, .callTicket, .recall,
            .serve, .skip, .park, .resume, .transfer, .finish:
            [.clerk, .office]
        case .changeOffice: [.office, .operator]
        case .intakeCheck: [.kiosk, .portal, .clerk, .office, .contactCentre, .dispatcher]
        case .applicationStatus: [.portal, .contactCentre, .clerk, .office]
        case .application, .paper, .workingList: [.clerk, .office]
        case .punctuality: [.office, .operator]
        case .acceptApplication, .declineApplication, .suspendApplication, .resumeApplication,
            .completeApplication, .handOver, .returnUnclaimed, .requestResult, .redeliverResult,
            .withdrawApplication:
            [.clerk, .office]
        case .decree, .forgetApplicant, .acceptClock: [.operator]
        case .decrees: [.office, .operator]
        case .getVisitArea: [.contactCentre, .dispatcher, .operator]
        case .getVisitWindows, .getVisitPlan, .watchVisitPlan, .getVisit, .explainVisit,
            .offerVisit, .promiseVisit, .cancelVisit:
            [.contactCentre, .dispatcher]
        case .reportVisit, .reportCrew, .changeRoad, .replanVisits: [.dispatcher]
        case .putVisitArea: [.operator]
        }
    }

    /// Whether it is answered to somebody who has not said who they are.
    var isOpen: Bool {
        switch self {
        case .health, .authenticate, .endWatch, .undecodable: true
        default: false
        }
    }
}

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
