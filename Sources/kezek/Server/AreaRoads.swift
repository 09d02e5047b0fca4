// SPDX-License-Identifier: Apache-2.0

import Foundation
import HomeVisits
import KezekEngine
import KezekFiles
import KezekRoads
import KezekServer
import KezekVisitFiles
import Logging
import Parties
import Texts

/// Where the ways of each area are from, as the administrator's file says.
struct AreaRoads: Sendable {
    private let file: WaysFile
    private let matrices: [URL: MeasuredWays]
    private let surveyors: [WaysFile.Roads: RoadSurveyor]

    /// All ways are estimated.
    init() {
        file = WaysFile.estimates
        matrices = [:]
        surveyors = [:]
    }

    /// Reads the file at a path and those that it names; no server of roads has to be there.
    ///
    /// - Throws: what is wrong with a file.
    init(path: String, logger: Logger) throws {
        file = try WaysFile.read(URL(fileURLWithPath: path)) { RoadServer($0) != nil }
        var matrices: [URL: MeasuredWays] = [:]
        var surveyors: [WaysFile.Roads: RoadSurveyor] = [:]
        for section in file.sections {
            switch section.roads {
            case .none: continue
            case .matrix(let url):
                guard matrices[url] == nil else { continue }
                let ways = try Self.matrix(url)
                matrices[url] = ways
                logger.info(
                    "ways read", metadata: ["file": "\(url.path)", "places": "\(ways.count)"])
            case .server(let address, let seconds, let places):
                guard surveyors[section.roads] == nil, let server = RoadServer(address) else {
                    continue
                }
                surveyors[section.roads] = RoadSurveyor(
                    server, seconds: seconds, places: places, logger: logger)
                logger.info("ways are asked of a server of roads", metadata: ["osrm": "\(server)"])
                if !server.isLocal {
                    logger.warning(
                        "the places of homes are sent without encryption",
                        metadata: ["osrm": "\(server)"])
                }
            }
        }
        self.matrices = matrices
        self.surveyors = surveyors
    }

    private static func matrix(_ url: URL) throws -> MeasuredWays {
        do {
            let ways = try PlaceWays.read(try VisitInput.data(url.path))
            // A file has a number for each pair, and no place twice.
            return MeasuredWays(ways.places.map { HomePoint($0) }, seconds: ways.seconds)!
        } catch let fault as VisitFileFault {
            throw CommandFailure("\(url.path): \(fault.words)")
        }
    }

    func ways(of area: OfficeID) -> AreaWays {
        let section = file[area]
        let others = TravelProfile.allCases.filter { $0 != .car }
        return AreaWays(
            car: source(section),
            others: Dictionary(uniqueKeysWithValues: others.map { ($0, source(section[$0])) }))
    }

    private func source(_ section: WaysFile.Section) -> AreaWays.Source {
        let estimate = EstimatedWays(TravelEstimate(section))
        switch section.roads {
        case .none: return AreaWays.Source(estimate: estimate)
        case .matrix(let url): return AreaWays.Source(estimate: estimate, roads: matrices[url])
        case .server:
            guard let surveyor = surveyors[section.roads] else {
                return AreaWays.Source(estimate: estimate)
            }
            return AreaWays.Source(estimate: estimate) { question, isPatient, handler in
                surveyor.ask(question, isPatient: isPatient, handler)
            }
        }
    }

    /// What is told to whoever watches the server, whether a server of roads is asked or not.
    func families() -> [MetricFamily] {
        var asked = MetricFamily(
            "kezek_roads_questions_total", .counter,
            "Questions to servers of roads, by what came of them.")
        let counts = surveyors.values.map(\.counts)
        for outcome in RoadSurveyor.Outcome.allCases {
            let count = counts.reduce(0) { $0 + ($1[outcome] ?? 0) }
            asked.add("outcome", outcome.rawValue, Double(count))
        }
        return [asked]
    }
}
