// SPDX-License-Identifier: Apache-2.0

import Texts
public import Visits

/// Plans as VRPLIB's `.sol` text: `Route #1: 5 3 7` for each route, then `Cost 827.3`.
public enum SolutionText {
    /// The routes of a plan and its distance, as the instance's convention counts it.
    public static func write(_ plan: Plan, of instance: Instance) -> String {
        var text = ""
        for (number, route) in plan.routes.enumerated() {
            let visits = route.visits.map { String($0.number) }.joined(separator: " ")
            text += "Route #\(number + 1): \(visits)\n"
        }
        let distance = instance.distance(of: plan)
        let shown =
            distance == distance.rounded()
            ? String(Int(distance)) : String((distance * 1e6).rounded() / 1e6)
        return text + "Cost \(shown)\n"
    }

    /// Reads the routes as a plan of an instance; what the cost is said to be is not needed.
    ///
    /// The first route is the first shift's, and so on.
    ///
    /// - Throws: a fault that names the line.
    public static func read(
        _ text: String, of instance: Instance
    ) throws(VisitFileFault) -> Plan {
        guard text.utf8.count <= VisitFileLimits.bytes else {
            throw VisitFileFault("the file is too large")
        }
        var routes: [Route] = []
        var seen: Set<Int> = []
        for (number, line) in TextLines(text[...]) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first, first.lowercased().hasPrefix("route") else { continue }
            guard let colon = line.firstIndex(of: ":") else {
                throw VisitFileFault(line: number, "\"Route #1: 5 3 7\" is expected")
            }
            var stops: [Stop] = []
            for word in line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace) {
                guard let customer = Int(word), instance.problem.visit(VisitID(customer)) != nil
                else {
                    throw VisitFileFault(
                        line: number,
                        "\"\(word.prefix(40))\" is no customer of 1 to "
                            + "\(instance.problem.visits.count)")
                }
                seen.insert(customer)
                stops.append(.visit(VisitID(customer)))
            }
            if stops.isEmpty { continue }
            guard routes.count < instance.problem.shifts.count else {
                throw VisitFileFault(
                    line: number,
                    "more routes than the \(instance.problem.shifts.count) vehicles")
            }
            routes.append(Route(shift: instance.problem.shifts[routes.count].id, stops: stops))
        }
        guard !routes.isEmpty else {
            throw VisitFileFault("there is no route; \"Route #1: 5 3 7\" is expected")
        }
        return Plan(
            routes: routes,
            unassigned: instance.problem.visits.map(\.id).filter { !seen.contains($0.number) })
    }
}
