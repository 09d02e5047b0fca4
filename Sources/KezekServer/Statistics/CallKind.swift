// SPDX-License-Identifier: Apache-2.0

import Applications
import Enquiries
import HomeVisits
import KezekWire
import Queue

/// The calls as statistics count them.
///
/// Each is named after its field in `kezek.v1.Request`.
enum CallKind: Int, CaseIterable {
    case dueDate, dueDates, latestStart, timeLeft, workingTime, officeHours, standards
    case addWorkingDays, countWorkingDays, calendarDays, balance, calendarChanges, health
    case describe, stats, authenticate, endWatch

    case offices, office, slots, firstFree, booking, board, wait, day, queueStats

    case hold, confirm, release, cancel, arrive, reschedule, takeTicket, leaseNumbers
    case reportTickets, openWindow, closeWindow, beginBreak, endBreak, callNext, callTicket
    case recall, serve, skip, park, resume, transfer, finish, changeOffice

    case intakeCheck, application, paper, applicationStatus, workingList, punctuality, decrees
    case acceptApplication, declineApplication, suspendApplication, resumeApplication
    case completeApplication, handOver, returnUnclaimed, requestResult, redeliverResult
    case withdrawApplication, decree, forgetApplicant, acceptClock

    case getVisitArea, getVisitWindows, getVisit, explainVisit, getVisitPlan, watchVisitPlan
    case putVisitArea, offerVisit, promiseVisit, cancelVisit, reportVisit, reportCrew, changeRoad
    case replanVisits
    /// A frame that is no call.
    case undecodable

    /// The field's name in `kezek.v1.Request`.
    var name: String { CallKind.names[rawValue] }

    private static let names = CallKind.allCases.map(FieldName.of)

    init(_ call: Call) {
        self =
            switch call {
            case .question(let question): CallKind(question)
            case .queue(let question): CallKind(question)
            case .watchBoard: .board
            case .command(_, let command): CallKind(command)
            case .applications(let question): CallKind(question)
            case .watchWorkingList: .workingList
            case .applicationCommand(_, let command): CallKind(command)
            case .decree: .decree
            case .forgetApplicant: .forgetApplicant
            case .acceptClock: .acceptClock
            case .visits(let question): CallKind(question)
            case .watchVisitPlan: .watchVisitPlan
            case .visitCommand(_, let command): CallKind(command)
            case .health: .health
            case .describe: .describe
            case .stats: .stats
            case .authenticate: .authenticate
            case .endWatch: .endWatch
            }
    }

    private init(_ question: Question) {
        self =
            switch question {
            case .dueDate: .dueDate
            case .dueDates: .dueDates
            case .latestStart: .latestStart
            case .timeLeft: .timeLeft
            case .workingTime: .workingTime
            case .officeHours: .officeHours
            case .standards: .standards
            case .addWorkingDays: .addWorkingDays
            case .countWorkingDays: .countWorkingDays
            case .calendarDays: .calendarDays
            case .balance: .balance
            case .calendarChanges: .calendarChanges
            }
    }

    private init(_ question: QueueQuestion) {
        self =
            switch question {
            case .offices: .offices
            case .office: .office
            case .slots: .slots
            case .firstFree: .firstFree
            case .booking: .booking
            case .board: .board
            case .wait: .wait
            case .day: .day
            case .statistics: .queueStats
            }
    }

    private init(_ question: ApplicationQuestion) {
        self =
            switch question {
            case .intakeCheck: .intakeCheck
            case .application: .application
            case .paper: .paper
            case .status: .applicationStatus
            case .workingList: .workingList
            case .punctuality: .punctuality
            case .decrees: .decrees
            }
    }

    private init(_ question: VisitQuestion) {
        self =
            switch question {
            case .area: .getVisitArea
            case .windows: .getVisitWindows
            case .visit: .getVisit
            case .explain: .explainVisit
            case .plan: .getVisitPlan
            }
    }

    private init(_ command: VisitCommand) {
        self =
            switch command {
            case .describe: .putVisitArea
            case .offer: .offerVisit
            case .promise: .promiseVisit
            case .cancel: .cancelVisit
            case .report: .reportVisit
            case .crew: .reportCrew
            case .closeRoad, .openRoad: .changeRoad
            case .replan: .replanVisits
            }
    }

    private init(_ command: ApplicationCommand) {
        self =
            switch command {
            case .accept: .acceptApplication
            case .decline: .declineApplication
            case .act(_, .suspend): .suspendApplication
            case .act(_, .resume): .resumeApplication
            case .act(_, .complete): .completeApplication
            case .act(_, .handOver): .handOver
            case .act(_, .returnUnclaimed): .returnUnclaimed
            case .act(_, .request): .requestResult
            case .act(_, .redeliver): .redeliverResult
            case .act(_, .withdraw): .withdrawApplication
            }
    }

    private init(_ command: QueueCommand) {
        self =
            switch command {
            case .hold: .hold
            case .booking(_, let action): CallKind(action)
            case .reschedule: .reschedule
            case .today(_, let command): CallKind(command)
            case .changeOffice: .changeOffice
            }
    }

    private init(_ action: BookingAction) {
        self =
            switch action {
            case .confirm: .confirm
            case .release: .release
            case .cancel: .cancel
            case .arrive: .arrive
            }
    }

    private init(_ command: DayCommand) {
        self =
            switch command {
            case .hold: .hold
            case .confirm: .confirm
            case .release: .release
            case .cancel: .cancel
            case .arrive: .arrive
            case .takeTicket: .takeTicket
            case .leaseNumbers: .leaseNumbers
            case .reportTickets: .reportTickets
            case .openWindow: .openWindow
            case .closeWindow: .closeWindow
            case .beginBreak: .beginBreak
            case .endBreak: .endBreak
            case .callNext: .callNext
            case .call: .callTicket
            case .recall: .recall
            case .serve: .serve
            case .skip: .skip
            case .park: .park
            case .resume: .resume
            case .transfer: .transfer
            case .finish: .finish
            }
    }
}
