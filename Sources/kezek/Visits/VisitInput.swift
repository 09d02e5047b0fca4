// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Texts
import VisitChecking
import Visits

/// A problem from a file, and what its file says besides.
struct VisitInput {
    let problem: RoutingProblem
    /// The instance of the literature that it is; nil for a week of visits.
    let instance: Instance?
    let coordinates: [Coordinate?]
    let notes: VisitNotes
    /// What has happened of its day.
    var soFar = DaySoFar()
    /// Shifts of which the file says no hours.
    var unbounded: Set<ShiftID> = []
    let travel: TravelTold

    /// Reads VROOM-shaped JSON, or an instance in Solomon's text or VRPLIB's.
    ///
    /// An instance's distances are taken as they are if `isPlain`, or else as its kind is compared.
    static func read(
        _ path: String, _ travel: TravelOptions, isPlain: Bool = false
    ) async throws -> VisitInput {
        let data = try data(path)
        do {
            guard !isJSON(data) else {
                let document = try VisitJSON.read(data)
                if !document.unread.isEmpty {
                    Terminal.note(
                        "\(path): not read: \(document.unread.joined(separator: ", "))")
                }
                for remark in document.remarks + [document.warningOfNumbers].compactMap({ $0 }) {
                    Terminal.note("\(path): \(remark)")
                }
                let (times, told) = try await travel.times(document)
                return VisitInput(
                    problem: try document.problem(travel: times), instance: nil,
                    coordinates: document.coordinates, notes: document.notes,
                    soFar: document.soFar, unbounded: document.unbounded, travel: told)
            }
            let instance = try InstanceFile.read(try text(data), isPlain: isPlain)
            if !instance.unread.isEmpty {
                Terminal.note("\(path): not read: \(instance.unread.joined(separator: ", "))")
            }
            return VisitInput(
                problem: instance.problem, instance: instance, coordinates: [], notes: VisitNotes(),
                travel: TravelTold(source: .file))
        } catch { throw CommandFailure("\(path): \(ErrorWords.words(of: error))") }
    }

    /// A checker of plans of this problem.
    var checker: PlanChecker { PlanChecker(problem, after: soFar) }

    /// A plan of this problem, with what has begun as it was: VROOM-shaped JSON or, of an instance, `.sol`.
    func plan(_ path: String) throws -> TimedPlan {
        let data = try Self.data(path)
        do {
            if Self.isJSON(data) { return try PlanJSON.readTimed(data).recalling(soFar) }
            guard let instance else {
                throw CommandFailure("JSON is expected; only the plan of an instance is .sol")
            }
            return TimedPlan(try SolutionText.read(try Self.text(data), of: instance))
        } catch { throw CommandFailure("\(path): \(ErrorWords.words(of: error))") }
    }

    /// Tells in which parts of an instance's units a file has them, as JSON has whole numbers.
    func tellParts(of path: String) {
        guard let instance else { return }
        if instance.scale > 1 {
            Terminal.note(
                "\(path): times and distances are in parts, \(instance.scale) of which make one of the instance"
            )
        }
        if instance.loadScale > 1 {
            Terminal.note(
                "\(path): loads are in parts, \(instance.loadScale) of which make one of the instance"
            )
        }
    }

    static func data(_ path: String) throws -> Data {
        do { return try Data(contentsOf: URL(fileURLWithPath: path)) } catch {
            throw CommandFailure.cannotRead(path)
        }
    }

    private static func isJSON(_ data: Data) -> Bool {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        return data.first { !(" \n\r\t".utf8.contains($0) || mark.contains($0)) }
            == UInt8(ascii: "{")
    }

    private static func text(_ data: Data) throws -> String {
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CommandFailure("it is no text")
        }
        return text
    }
}
