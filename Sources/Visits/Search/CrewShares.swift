// SPDX-License-Identifier: Apache-2.0

/// How the visits are shared between crews, as a part of what a plan costs.
///
/// A visit costs the price for each other visit of its crew, divided by the crew's shifts. So what is made small
/// grows with the square of what one crew has, and the sum is least where all have as much on a day.
final class CrewShares {
    private let crewOf: [Int]
    private let shiftsOf: [[Int]]
    /// Per crew what a visit costs for each other one, in seconds on the way.
    private let prices: [Int]

    /// `price` is in seconds on the way; a shift without a crew is one of its own.
    init(_ shifts: [Shift], price: Int) {
        var numbers: [String: Int] = [:]
        var shiftsOf: [[Int]] = []
        crewOf = shifts.enumerated().map { index, shift in
            let number = shift.crew.flatMap { numbers[$0] } ?? shiftsOf.count
            if let crew = shift.crew { numbers[crew] = number }
            if number == shiftsOf.count { shiftsOf.append([]) }
            shiftsOf[number].append(index)
            return number
        }
        self.shiftsOf = shiftsOf
        prices = shiftsOf.map { max(1, (price + $0.count / 2) / $0.count) }
    }

    private func visits(_ crew: Int, _ state: RouteState) -> Int {
        shiftsOf[crew].reduce(0) { $0 + Int(state.count[$1]) }
    }

    /// What one more visit of a shift costs.
    func more(_ shift: Int, _ state: RouteState) -> Int {
        let crew = crewOf[shift]
        return prices[crew] * visits(crew, state)
    }

    /// What all routes cost.
    func cost(_ state: RouteState) -> Int {
        prices.indices.reduce(0) { sum, crew in
            let visits = visits(crew, state)
            return sum + prices[crew] * (visits * (visits - 1) / 2)
        }
    }
}
