// SPDX-License-Identifier: Apache-2.0

import Texts
import Visits

/// The rows of an instance while it is read.
struct InstanceDraft {
    struct Row {
        var point = Instance.Point(x: 0, y: 0)
        var demand = 0.0
        var opens = 0.0
        var closes = 0.0
        var service = 0.0
    }

    var name = ""
    /// The depot first.
    var rows: [Row] = []
    var vehicles: Int?
    var capacity: Double?
    var hasPoints = true
    /// Whether rows have a time to open and to close; without, a route may take any time.
    var hasWindows = true
    /// Distances row by row, if the file states them.
    var weights: [Double]?
    /// The keys of the file's head that are not read, in their order.
    var unread: [String] = []
}

extension InstanceDraft {
    /// The instance, with times and distances as whole numbers of a unit that keeps them exact.
    ///
    /// - Throws: a fault that names what cannot be counted.
    func instance(isPlain: Bool) throws(VisitFileFault) -> Instance {
        let convention = convention(isPlain)
        let scale = try scale(convention)
        let travel = try matrix(convention, scale)
        let hours = try window(rows[0], scale, "the depot")
        let loadScale = loadScale()
        let amounts = Double(loadScale)
        var visits: [Visit] = []
        for (number, row) in rows.enumerated().dropFirst() {
            visits.append(
                Visit(
                    id: VisitID(number), place: Place(number),
                    service: Int((row.service * Double(scale)).rounded(.up)),
                    windows: hasWindows ? [try window(row, scale, "customer \(number)")] : [],
                    demand: capacity == nil ? [] : [Int((row.demand * amounts).rounded())],
                    isRequired: true))
        }
        let most = max(1, min(rows.count - 1, ProblemLimits.pairs / max(1, rows.count)))
        let fleet = min(vehicles ?? most, min(most, ProblemLimits.shifts))
        let shifts = (0..<fleet).map {
            Shift(
                id: ShiftID($0 + 1), start: Place(0), end: Place(0), hours: hours,
                capacity: capacity.map { [Int(($0 * amounts).rounded())] } ?? [])
        }
        do {
            let problem = try RoutingProblem(visits: visits, shifts: shifts, travel: travel)
            return Instance(
                name: name, convention: convention, scale: scale, loadScale: loadScale,
                problem: problem, points: hasPoints ? rows.map(\.point) : [], unread: unread)
        } catch { throw VisitFileFault(Phrase(sentence: Self.words(error, scale))) }
    }

    /// What is wrong, in the unit of the file.
    ///
    /// A load is out of range only where it is counted as it is.
    private static func words(_ error: ProblemError, _ scale: Int) -> String {
        func told(_ seconds: Int) -> String {
            seconds % scale == 0 ? "\(seconds / scale)" : Instance.decimal(seconds, per: scale)
        }
        return switch error {
        case .number(let what, let value)
        where !what.hasPrefix("a demand of") && !what.hasPrefix("a capacity of"):
            "\(what) is \(told(value)), which is out of range"
        case .span(let seconds):
            "the depot is open for \(told(seconds)), more than can be counted"
        default: "\(error)"
        }
    }

    private func convention(_ isPlain: Bool) -> Convention {
        if weights != nil { return .stated }
        if isPlain { return .double }
        return hasWindows ? .truncated : .rounded
    }

    /// When a row is open; a file without windows is open as long as can be counted.
    private func window(
        _ row: Row, _ scale: Int, _ who: String
    ) throws(VisitFileFault) -> TimeWindow {
        guard hasWindows else { return TimeWindow(0, ProblemLimits.span)! }
        guard
            let window = TimeWindow(
                Int((row.opens * Double(scale)).rounded(.up)),
                Int((row.closes * Double(scale)).rounded(.down)))
        else { throw VisitFileFault("\(Phrase(sentence: who)) closes before it opens") }
        return window
    }

    /// What demands and the capacity are multiplied with, all alike, to be whole numbers: as many decimals as
    /// they have, or as can be counted.
    private func loadScale() -> Int {
        let amounts = rows.map(\.demand) + [capacity ?? 0]
        let most = max(1, amounts.max() ?? 1)
        let scales = [
            1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000,
        ].filter { $0 == 1 || most * Double($0) <= Double(ProblemLimits.amount) }
        return scales.first { Self.areWhole(amounts, Double($0)) } ?? scales.last!
    }

    private static func areWhole(_ values: [Double], _ scale: Double) -> Bool {
        values.allSatisfy { ($0 * scale - ($0 * scale).rounded()).magnitude < 1e-6 }
    }

    /// Services and windows, which need as many decimals as they have.
    private var times: [Double] {
        rows.map(\.service) + (hasWindows ? rows.flatMap { [$0.opens, $0.closes] } : [])
    }

    /// Tenths for truncated distances, as many decimals as can be counted for plain ones, and as are needed
    /// for stated ones; more where times need more and they can be counted.
    private func scale(_ convention: Convention) throws(VisitFileFault) -> Int {
        let times = times
        let longest = times.map(\.magnitude).max() ?? 0
        /// The first that keeps the times exact, or else the first of all.
        func keepingTimes(_ scales: [Int]) -> Int {
            scales.first {
                Self.areWhole(times, Double($0))
                    && longest * Double($0) < Double(ProblemLimits.duration)
            } ?? scales[0]
        }
        switch convention {
        case .truncated: return keepingTimes([10, 100, 1_000])
        case .rounded: return 1
        case .stated:
            let scales = [1, 10, 100, 1_000]
            guard let first = scales.firstIndex(where: { Self.areWhole(weights!, Double($0)) })
            else {
                throw VisitFileFault("weights of more than three decimals cannot be counted")
            }
            return keepingTimes(Array(scales[first...]))
        case .double:
            let first = rows[0].point
            let reach = rows.map { $0.point.distance(to: first) }.max() ?? 0
            let longestService = rows.map(\.service).max() ?? 0
            let span =
                hasWindows
                ? rows[0].closes - min(0, rows[0].opens)
                : Double(rows.count) * (2 * reach + longestService)
            for scale in [1_000_000, 100_000, 10_000, 1_000, 100, 10] {
                let factor = Double(scale)
                if 2 * reach * factor < Double(TravelMatrix.longest),
                    span * factor < Double(ProblemLimits.span),
                    longestService * factor < Double(ProblemLimits.duration)
                {
                    return scale
                }
            }
            throw VisitFileFault("distances and times are too large to be counted in tenths")
        }
    }

    private func matrix(_ convention: Convention, _ scale: Int) throws(VisitFileFault)
        -> TravelMatrix
    {
        let size = rows.count
        var seconds: [Int32] = []
        seconds.reserveCapacity(size * size)
        for from in 0..<size {
            for to in 0..<size {
                let plain =
                    weights?[from * size + to] ?? rows[from].point.distance(to: rows[to].point)
                let counted =
                    switch convention {
                    case .truncated: (plain * 10 + 1e-9).rounded(.down) * Double(scale / 10)
                    case .rounded: (plain + 0.5).rounded(.down)
                    case .stated: (plain * Double(scale)).rounded()
                    // Rounded up, so that what is in time here is in time with plain distances.
                    case .double: (plain * Double(scale) - 1e-7).rounded(.up)
                    }
                guard counted >= 0, counted <= Double(TravelMatrix.longest) else {
                    throw VisitFileFault("the distance from \(from) to \(to) is out of range")
                }
                seconds.append(Int32(counted))
            }
        }
        do { return try TravelMatrix(size: size, seconds: seconds) } catch {
            throw VisitFileFault(Phrase(sentence: "\(error)"))
        }
    }
}
