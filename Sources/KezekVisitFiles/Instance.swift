// SPDX-License-Identifier: Apache-2.0

import Texts
public import Visits

/// How distances of an instance are counted; results in different ways must never be compared.
public enum Convention: String, CaseIterable, Hashable, Sendable {
    /// Cut to one decimal, total distance (DIMACS 2022, CVRPLIB's VRPTW).
    case truncated
    /// To the nearest whole number, total distance (TSPLIB's EUC_2D, CVRPLIB's CVRP).
    case rounded
    /// As a matrix of the file states them.
    case stated
    /// Plain Euclidean distances, fewest vehicles first (SINTEF).
    case double
}

/// A routing instance of the literature: customers around one depot, and equal vehicles.
public struct Instance: Sendable {
    public let name: String
    public let convention: Convention
    /// What the instance's unit is multiplied with in the problem, so that all is whole numbers.
    public let scale: Int
    /// What demands and the capacity are multiplied with there, for the same.
    public let loadScale: Int
    /// Visits are the customers by their numbers, shifts the vehicles from 1.
    public let problem: RoutingProblem
    /// Coordinates of the depot and the customers, in their order; empty if the file has none.
    public let points: [Point]
    /// The keys of the file's head that are not read.
    public var unread: [String] = []

    public struct Point: Hashable, Sendable {
        public let x: Double
        public let y: Double

        func distance(to other: Point) -> Double {
            let (dx, dy) = (x - other.x, y - other.y)
            return (dx * dx + dy * dy).squareRoot()
        }
    }
}

extension Instance {
    /// Seconds of the problem in the instance's unit, exactly, such as `30.5`.
    public func told(_ seconds: Int) -> String { Self.decimal(seconds, per: scale) }

    /// A load of the problem as the instance counts it.
    public func told(load: Int) -> String {
        loadScale == 1 ? "\(load)" : Self.decimal(load, per: loadScale)
    }

    /// A number of parts as a decimal of at least one place; `scale` is a power of ten.
    static func decimal(_ parts: Int, per scale: Int) -> String {
        let (whole, part) = parts.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
        // The one before them keeps the zeros in front.
        var digits = String(String(UInt(scale) + part).dropFirst())
        while digits.last == "0" { digits.removeLast() }
        return (parts < 0 ? "-" : "") + "\(whole)." + (digits.isEmpty ? "0" : digits)
    }

    /// The total distance of a plan in the instance's unit, as its convention counts it.
    public func distance(of plan: Plan) -> Double {
        var counted = 0
        var plain = 0.0
        for route in plan.routes {
            var from = 0
            for to in route.visits.map(\.number) + [0] {
                counted += problem.travel[Place(from), Place(to)]
                if convention == .double { plain += points[from].distance(to: points[to]) }
                from = to
            }
        }
        return convention == .double ? plain : Double(counted) / Double(scale)
    }
}

/// Files of the literature's instances: Solomon's text, or VRPLIB's, whichever it is.
public enum InstanceFile {
    /// Reads an instance.
    ///
    /// Distances are counted as its kind of instance is compared in the literature, or if `isPlain`
    /// as they are.
    ///
    /// - Throws: a fault that names the line.
    public static func read(_ text: String, isPlain: Bool) throws(VisitFileFault) -> Instance {
        guard text.utf8.count <= VisitFileLimits.bytes else {
            throw VisitFileFault("the file is too large")
        }
        // Some editors put a mark before a text in UTF-8.
        let text = text.first == "\u{FEFF}" ? text.dropFirst() : text[...]
        let draft =
            try VRPLIBText.recognises(text) ? VRPLIBText.read(text) : SolomonText.read(text)
        return try draft.instance(isPlain: isPlain)
    }
}
