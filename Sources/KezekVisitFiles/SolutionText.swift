// SPDX-License-Identifier: Apache-2.0

public import Visits

/// Plans as CVRPLIB's `.sol` text: `Route #1: 5 3 7` for each route, then `Cost 827.3`.
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
}
