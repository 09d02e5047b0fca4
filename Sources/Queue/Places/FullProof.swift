// SPDX-License-Identifier: Apache-2.0

/// Prices of slots that prove a day full: all its windows together earn no more than `most`, whatever
/// bookings they serve that pay so.
///
/// It holds for every set of bookings of the day's plan.
struct FullProof {
    /// The slots that cost something: service after service, one for each cell of the day.
    let prices: [(slot: Int, price: Int)]
    let most: Int

    /// How many more bookings of a slot may be served beside so many of each slot; no bound if it
    /// costs nothing.
    func more(of slot: Int, _ counts: [Int32]) -> Int {
        guard let own = prices.first(where: { $0.slot == slot }) else { return .max }
        let paid = prices.reduce(0) { $0 + $1.price * Int(counts[$1.slot]) }
        return max(0, most - paid) / own.price
    }
}
