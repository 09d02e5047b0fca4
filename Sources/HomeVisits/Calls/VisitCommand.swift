// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties

/// Everything that can be asked of home visits and changes something.
///
/// Each is sent with a request id; sending it again changes nothing and gets the same receipt.
public enum VisitCommand: Hashable, Sendable {
    /// A new area, or a new description of one.
    ///
    /// It is refused if a promise cannot be kept then, unless that is `breaking`.
    indirect case describe(VisitArea, breaking: Bool = false)
    /// Asks which windows can be promised, and holds the best of them for the call.
    indirect case offer(OfferCommand)
    /// Promises the window of an offer that starts then; one that is promised already is changed.
    ///
    /// It is refused if a promise to somebody else cannot be kept then, unless that is `breaking`.
    case promise(HomeVisitID, start: Int64, breaking: Bool = false)
    /// Calls a visit off, whatever is held or promised; the reason may be empty.
    ///
    /// It is refused if a promise to somebody else cannot be kept then, unless that is `breaking`.
    case cancel(HomeVisitID, by: VisitCanceller, reason: String, breaking: Bool = false)
    /// What a crew tells of a visit; by the one that has it in the plan, unless another is named.
    ///
    /// Whoever tells of a visit has it from then on, whichever crew, day or place in the plan it had before.
    case report(HomeVisitID, VisitReport, by: CrewID? = nil)
    case crew(OfficeID, CrewID, CrewReport)
    case closeRoad(OfficeID, RoadClosure)
    case openRoad(OfficeID, NeedID)
    /// Makes the plan anew within so many seconds, 1 to 600.
    case replan(OfficeID, seconds: Int)

    public var area: OfficeID {
        switch self {
        case .describe(let area, _): area.id
        case .offer(let offer): offer.area
        case .promise(let id, _, _), .cancel(let id, _, _, _), .report(let id, _, _): id.area
        case .crew(let area, _, _), .closeRoad(let area, _), .openRoad(let area, _),
            .replan(let area, _):
            area
        }
    }

    /// The visit that it is about; nil for a new one, and for what is about none.
    public var visit: HomeVisitID? {
        switch self {
        case .promise(let id, _, _), .cancel(let id, _, _, _), .report(let id, _, _): return id
        case .offer(let offer):
            guard case .again(let number) = offer.subject else { return nil }
            return HomeVisitID(area: offer.area, number: number)
        case .describe, .crew, .closeRoad, .openRoad, .replan: return nil
        }
    }

    /// The seconds that a plan may be made for.
    public static let replanSeconds = CallLimit.replanSeconds
}

/// What is told of a crew.
public enum CrewReport: Hashable, Sendable {
    /// It goes on so many minutes later, 1 to 600.
    case delayed(minutes: Int)
    /// It pays no more visits on that date.
    case absent(CivilDate)
    /// It is back on that date after all.
    case present(CivilDate)
}

extension OfferCommand {
    /// For whom.
    public enum Subject: Hashable, Sendable {
        case new(NewVisit)
        /// A visit that is known: other windows for it.
        case again(UInt32)
    }
}

/// A question on home visits.
public enum VisitQuestion: Hashable, Sendable {
    case area(OfficeID)
    /// Which windows could be promised to somebody now; nothing is held.
    indirect case windows(WindowsQuestion)
    case visit(HomeVisitID)
    /// Why the visit stands where it stands, and what else was possible.
    case explain(HomeVisitID)
    /// The plan of so many days, 1 to 14, from a date on; nil for the present day.
    case plan(OfficeID, from: CivilDate?, days: Int)

    public var area: OfficeID {
        switch self {
        case .area(let area), .plan(let area, _, _): area
        case .windows(let question): question.area
        case .visit(let id), .explain(let id): id.area
        }
    }

    /// The visit that it is about; nil for what is about none.
    public var visit: HomeVisitID? {
        switch self {
        case .visit(let id), .explain(let id): id
        case .area, .windows, .plan: nil
        }
    }
}
