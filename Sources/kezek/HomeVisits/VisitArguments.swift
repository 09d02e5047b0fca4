// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import HomeVisits
import KezekFiles

// The names of home visits as arguments. Each has one spelling, so a typing error is an error.

extension HomeVisitID: ExpressibleByArgument {}
extension CrewID: ExpressibleByArgument {}
extension NeedID: ExpressibleByArgument {}

extension HomePoint: ExpressibleByArgument {
    /// A place written as `71.4306,51.1282`: degrees, the longitude first.
    public init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, let longitude = Degrees.millionths(parts[0]),
            let latitude = Degrees.millionths(parts[1])
        else { return nil }
        self.init(longitude: longitude, latitude: latitude)
    }

    /// The place as an argument.
    var text: String { "\(Degrees.text(longitude)),\(Degrees.text(latitude))" }
}

/// Who calls a visit off, as an argument.
extension CancellerName {
    var visitCanceller: VisitCanceller {
        switch self {
        case .applicant: .applicant
        case .office: .office
        }
    }
}

/// What a crew tells of a visit, as an argument.
enum VisitReportName: String, CaseIterable, ExpressibleByArgument {
    case underWay = "under-way"
    case arrived, done
    case nobodyHome = "nobody-home"
    case longer
}

/// States and reasons in words, for tables.
extension HomeVisit.State {
    var words: String {
        switch self {
        case .requested: "asked for"
        case .held: "held"
        case .promised: "promised"
        case .underWay: "under way"
        case .done: "done"
        case .cancelled: "cancelled"
        case .failed: "nobody home"
        }
    }
}

extension RefusedWindow.Reason {
    var words: String {
        switch self {
        case .noShift: "no crew is on a shift"
        case .avoided: "only crews that must not come are on a shift"
        case .need: "no crew has what the visit needs"
        case .pastDue: "it would end after the visit is due"
        case .noSlack: "no crew has the time; so many minutes are wanting"
        }
    }
}
