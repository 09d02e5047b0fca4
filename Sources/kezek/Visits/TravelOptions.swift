// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import KezekRoads
import KezekVisitFiles
import Texts
import Visits

/// Where travel times come from when a file has none.
struct TravelOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Without travel times in the file: the speed; by default 30.", valueName: "km/h"))
    var speedKmh: Double?

    @Option(
        help: ArgumentHelp(
            "How much longer the roads are than the great circle; by default 1.4.",
            valueName: "factor"))
    var detour: Double?

    @Option(
        help: ArgumentHelp(
            "Minutes to park and to start, for every way; by default 3.", valueName: "minutes"))
    var extraMinutes: Double?

    @Option(
        help: ArgumentHelp(
            "Ask a server with OSRM's table service; if it fails, ways are estimated.",
            valueName: "http://host:port"))
    var osrm: String?

    func validate() throws {
        guard estimate != nil else {
            throw Wrong.say(
                kk: "--speed-kmh 1–200, --detour 1–10, --extra-minutes 0–120 болуы керек.",
                ru: "--speed-kmh: от 1 до 200, --detour: от 1 до 10, --extra-minutes: от 0 до 120.",
                en: "--speed-kmh must be 1 to 200, --detour 1 to 10, --extra-minutes 0 to 120.")
        }
        guard osrm == nil || server != nil else {
            throw Wrong.say(
                kk: "--osrm: http://127.0.0.1:5000 сияқты мекенжай күтілді.",
                ru: "--osrm: ожидается адрес, как http://127.0.0.1:5000.",
                en: "--osrm must be an address like http://127.0.0.1:5000.")
        }
    }

    var estimate: TravelEstimate? {
        let usual = TravelEstimate.usual
        return TravelEstimate(
            speedKmh ?? usual.kilometresPerHour, detour: detour ?? usual.detour,
            extraMinutes: extraMinutes ?? usual.extraMinutes)
    }

    private var server: RoadServer? { osrm.flatMap { RoadServer($0) } }

    /// The travel times of a document, and where they are from; what is made is said on standard error.
    func times(_ document: VisitDocument) async throws -> (TravelMatrix, TravelTold) {
        if let travel = document.travel, osrm == nil {
            guard speedKmh == nil, detour == nil, extraMinutes == nil else {
                throw CommandFailure(
                    "the file has its own travel times; --speed-kmh, --detour and --extra-minutes "
                        + "are for a file without")
            }
            return (travel, TravelTold(source: .file))
        }
        let places = try document.located()
        guard let estimate else { throw CommandFailure("the estimate is out of range") }
        guard let server else { return (try estimate.matrix(places), tell(estimate)) }
        if !server.isLocal {
            Terminal.note("the places are sent to \(server.host) without encryption")
        }
        do {
            let table = try await server.table(of: places)
            var told = TravelTold(source: .roads)
            if table.gaps > 0 {
                told.estimatedPairs = table.gaps
                Terminal.note(
                    "\(server) knows no way between \(table.gaps) pairs of places; "
                        + "these are estimated")
            }
            return (try table.matrix(filling: estimate), told)
        } catch let fault as RoadFault {
            Terminal.note("no travel times from \(server): \(fault.words)")
            return (try estimate.matrix(places), tell(estimate, insteadOf: fault))
        }
    }

    private func tell(_ estimate: TravelEstimate, insteadOf fault: RoadFault? = nil) -> TravelTold {
        let (speed, detour, extra) = (
            estimate.kilometresPerHour.plain, estimate.detour.plain, estimate.extraMinutes.plain
        )
        Terminal.note(
            "travel times are estimated: great circle × \(detour) at \(speed) km/h "
                + "+ \(extra) min")
        return TravelTold(
            source: .estimate, speedKmh: estimate.kilometresPerHour, detour: estimate.detour,
            extraMinutes: estimate.extraMinutes,
            insteadOfRoads: fault.map { $0.words[Manner.current.language] })
    }
}

extension Double {
    /// The number without a fraction that is none.
    fileprivate var plain: String { self == rounded() ? "\(Int(self))" : "\(self)" }
}

extension RoadFault {
    /// What is wrong, in the language of whoever reads it.
    var words: Phrase {
        switch self {
        case .unreachable(let why): "it cannot be reached: \(Phrase.system(why))"
        case .slow(let seconds): "it took longer than \(seconds) s"
        case .tooLarge(let bytes): "its answer is longer than \(bytes) bytes"
        case .refused(let status, let why): "it refused with status \(status): \(why)"
        case .unreadable(let why): "its answer is not understood: \(why)"
        }
    }
}

/// Where travel times are from, as JSON.
struct TravelTold: Encodable {
    enum Source: String, Encodable {
        case file, roads, estimate
    }

    let source: Source
    var speedKmh: Double?
    var detour: Double?
    var extraMinutes: Double?
    /// Why the server of roads was not used.
    var insteadOfRoads: String?
    /// Pairs of places between which it knew no way.
    var estimatedPairs: Int?
}
