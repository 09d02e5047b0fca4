// SPDX-License-Identifier: Apache-2.0

/// Why a problem cannot be one.
public enum ProblemError: Error, Hashable, Sendable, CustomStringConvertible {
    /// More of something than its limit.
    case tooMany(String, limit: Int)
    case repeatedVisit(VisitID)
    case repeatedShift(ShiftID)
    case repeatedLunch(ShiftID, number: Int)
    case unknownPlace(String, row: Int)
    case unknownShift(VisitID, ShiftID)
    /// A number of seconds or an amount that is negative or beyond its limit.
    case number(String, Int)
    case matrixShape(size: Int, numbers: Int)
    case travelTime(from: Int, to: Int, seconds: Int)
    /// The shifts span more seconds than the search counts.
    case span(Int)

    public var description: String {
        switch self {
        case .tooMany(let what, let limit): "more than \(limit) \(what)"
        case .repeatedVisit(let id): "\(id) is there twice"
        case .repeatedShift(let id): "\(id) is there twice"
        case .repeatedLunch(let id, let number): "\(id) has two lunches of the number \(number)"
        case .unknownPlace(let what, let row): "\(what) is at place \(row), which is not there"
        case .unknownShift(let visit, let shift): "\(visit) names \(shift), which is not there"
        case .number(let what, let value): "\(what) is \(value), which is out of range"
        case .matrixShape(let size, let numbers):
            "a matrix of \(size) places cannot have \(numbers) numbers"
        case .travelTime(let from, let to, let seconds):
            "the travel time from place \(from) to \(to) is \(seconds), which is out of range"
        case .span(let seconds): "the shifts span \(seconds) seconds, more than can be counted"
        }
    }
}
