// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Foundation
import HomeVisits
import KezekFiles
import Parties
import Texts

/// Who pays which visit when, of some days of an area: now, or as `kezek visits plan --json` told it.
struct PlannedVisits: Equatable {
    /// When a crew begins a visit.
    struct Place: Equatable {
        let crew: CrewID
        let date: CivilDate
        /// Seconds since the epoch.
        let start: Int64
    }

    let area: OfficeID
    let revision: UInt32
    /// The dates that it covers, both ends included.
    let dates: ClosedRange<CivilDate>
    /// By the visit's number; a visit at which nobody was home may have several.
    private(set) var places: [UInt32: [Place]] = [:]

    /// Where each visit stands on some dates, at last if a crew was there in vain.
    func last(on dates: ClosedRange<CivilDate>) -> [UInt32: Place] {
        places.compactMapValues { places in
            places.filter { dates.contains($0.date) }.max { $0.start < $1.start }
        }
    }

    init(_ plan: AreaPlan) {
        area = plan.area
        revision = plan.revision
        dates = plan.dates
        for day in plan.crewDays {
            for stop in day.stops {
                guard case .visit(let number) = stop.kind else { continue }
                add(number, Place(crew: day.crew, date: day.date, start: stop.start))
            }
        }
    }

    private mutating func add(_ number: UInt32, _ place: Place) {
        places[number, default: []].append(place)
    }
}

/// Reading what was printed.
extension PlannedVisits {
    /// The most bytes of a file: four times those of the fullest plan.
    static let byteLimit = 32 << 20

    /// What is wrong with the text, and where.
    struct Fault: Error, Equatable, CustomStringConvertible {
        /// Such as `crewDays[2].date`; empty for the whole.
        let field: String
        let problem: Phrase

        /// Where it is and what is wrong.
        var words: Phrase { field.isEmpty ? problem : "\(field): \(problem)" }

        /// In English.
        var description: String { words.description }
    }

    /// Reads a file that has what `kezek visits plan --json` printed.
    static func read(_ path: String, of area: OfficeID) throws -> PlannedVisits {
        let text: Data
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            text = try file.read(upToCount: byteLimit + 1) ?? Data()
        } catch { throw CommandFailure.cannotRead(path) }
        do { return try PlannedVisits(reading: text, of: area) } catch let fault as Fault {
            throw CommandFailure("\(path): \(fault.words)")
        }
    }

    /// Reads a plan that was printed as JSON; what else is in it is passed over.
    ///
    /// - Throws: the first ``Fault``; that it is of another area than the given one is one.
    init(reading text: Data, of area: OfficeID) throws {
        guard text.count <= Self.byteLimit else {
            throw Fault(field: "", problem: "at most \(Self.byteLimit >> 20) MiB")
        }
        let printed: PrintedPlan
        do { printed = try JSONDecoder().decode(PrintedPlan.self, from: text) } catch {
            throw Fault(error)
        }
        if let key = text.withUnsafeBytes({ RepeatedKey(in: $0) }) {
            throw Fault(field: key.path, problem: "is there twice")
        }
        let printedArea: OfficeID = try Self.value(printed.area, "area", "an area's name")
        guard printedArea == area else {
            throw Fault(field: "area", problem: "it is the plan of \(printedArea), not of \(area)")
        }
        guard printed.whole else {
            throw Fault(field: "whole", problem: "only changes are in it; print it without --watch")
        }
        let first: CivilDate = try Self.value(printed.fromDay, "fromDay", "a date as 2026-12-01")
        guard let days = Int(exactly: printed.days), CallLimit.visitPlanDays.contains(days),
            let last = first.adding(days: days - 1)
        else { throw Fault(field: "days", problem: "expected 1 to 14") }
        guard let revision = UInt32(exactly: printed.revision) else {
            throw Fault(field: "revision", problem: "expected a number from 0 to \(UInt32.max)")
        }
        self.area = area
        self.revision = revision
        dates = first...last
        var known: [CivilDate: Set<CrewID>] = [:]
        for (index, day) in printed.crewDays.enumerated() {
            let field = "crewDays[\(index)]"
            let date: CivilDate = try Self.value(
                day.day, "\(field).day", "a date as 2026-12-01")
            guard dates.contains(date) else {
                throw Fault(
                    field: "\(field).day", problem: "expected a date from \(first) to \(last)")
            }
            let crew: CrewID = try Self.value(day.crew, "\(field).crew", "a crew's name")
            guard known[date, default: []].insert(crew).inserted else {
                throw Fault(field: field, problem: "\(crew) is there twice on \(date)")
            }
            for (index, stop) in day.stops.enumerated() {
                try add(stop, crew, date, "\(field).stops[\(index)]")
            }
        }
    }

    private mutating func add(
        _ stop: PrintedPlan.Stop, _ crew: CrewID, _ date: CivilDate, _ field: String
    ) throws {
        guard ["visit", "held", "lunch"].contains(stop.kind) else {
            throw Fault(field: "\(field).kind", problem: "expected visit, held or lunch")
        }
        guard stop.kind == "visit" else { return }
        guard let visit = stop.visit.flatMap({ HomeVisitID($0) }), visit.area == area else {
            throw Fault(field: "\(field).visit", problem: "expected a visit as \(area)/17")
        }
        guard case .exact(let start)? = MomentArgument(argument: stop.start) else {
            throw Fault(
                field: "\(field).start", problem: "expected a time as 2026-12-01T11:00:00+05:00")
        }
        add(visit.number, Place(crew: crew, date: date, start: start.second))
    }

    private static func value<Value: LosslessStringConvertible>(
        _ text: String, _ field: String, _ expected: Phrase
    ) throws -> Value {
        guard let value = Value(text) else {
            throw Fault(field: field, problem: "expected \(expected)")
        }
        return value
    }
}

/// What is read of a printed plan.
private struct PrintedPlan: Decodable {
    struct CrewDay: Decodable {
        let crew: String
        let day: String
        let stops: [Stop]
    }

    struct Stop: Decodable {
        let kind: String
        let visit: String?
        let start: String
    }

    let area: String
    let revision: Double
    let whole: Bool
    let fromDay: String
    let days: Double
    let crewDays: [CrewDay]
}

extension PlannedVisits.Fault {
    /// What a decoder has found.
    fileprivate init(_ error: any Error) {
        let found = (error as? DecodingError).map(JSONFault.init)
        let field = found?.field ?? ""
        self.init(
            field: field,
            problem: field.isEmpty
                ? "it is not what 'kezek visits plan --json' prints"
                : found?.problem ?? "is missing")
    }
}
