// SPDX-License-Identifier: Apache-2.0

/// Mixes rotas of windows so that all bookings are served: a linear program, which is nearly always
/// solved by whole rotas.
///
/// Each turn has a mixture of rotas that adds up to one, and each slot is served as often as it has
/// bookings. At first every turn has the rota that it has now, and what is missing is the new
/// booking. The simplex method gives each slot a price, zero where it is served too often anyway. A
/// turn with a rota that earns more than its mixture does takes that rota in, as far as no slot is
/// served too little. When nothing is missing, it is done. When no turn earns more, the prices prove
/// that not all can be served (Dantzig and Wolfe, Decomposition principle for linear programs, 1960).
///
/// Only slots and turns that matter have a row: of the others a slot's price is zero and a turn's
/// rota is as it is now.
struct RotaMix: ~Copyable {
    enum Answer {
        /// Nothing is missing.
        case served
        /// Not all can be served.
        case tooMany
        /// The work that was permitted is done.
        case undecided
    }

    private static let tolerance = 1e-7
    /// What a slot may be served less, so that few steps lead nowhere.
    private static let slack = 1e-4

    let rotas: Rotas
    /// What was done so far: cells looked at by prices, and rows that were reckoned with.
    private(set) var work = 0
    /// Why not all can be served, if that was found.
    private(set) var proof: FullProof?
    /// The turn that is asked next.
    private var asked = 0
    private var basis: MixBasis
    /// By how much each slot without a row is served too often.
    private var surplus: [Double]
    private let prices: UnsafeMutablePointer<Double>
    /// By how much each slot is served more often in a step; zero between steps.
    private var change: [Double]
    private var changed: [Int] = []

    /// A mixture in which so many of the new bookings' slot are missing.
    init(_ rotas: Rotas, missing: Int, of slot: Int) {
        self.rotas = rotas
        basis = MixBasis(
            slots: rotas.slots, turns: rotas.turns.count, missing: missing, of: slot)
        prices = .allocate(capacity: rotas.slots)
        prices.initialize(repeating: 0, count: rotas.slots)
        change = Array(repeating: 0, count: rotas.slots)
        // Different for each, so that no two come to nothing at once.
        var state: UInt32 = 0x9E37_79B9
        surplus = (0..<rotas.slots).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return RotaMix.slack * (0.5 + Double(state >> 16) / 65_536)
        }
    }

    deinit { prices.deallocate() }

    /// Mixes until it is decided, or so much work is done (``work``).
    mutating func run(atMost limit: Int) -> Answer {
        while work < limit {
            takePrices()
            var entering: MixBasis.Basic?
            if let slot = overpriced() {
                entering = .surplus(slot)
            } else if let turn = turnThatEarnsMore() {
                guard basis.hasRoom else { return .undecided }
                basis.touch(turn, now: rotas.now(turn))
                entering = .rota(basis.addRota(of: turn, rotas.chosen(turn)))
            }
            guard let entering else {
                if missing < 0.01 { return .served }
                proof = rotas.proof(prices)
                return proof == nil ? .undecided : .tooMany
            }
            guard basis.hasRoom, bring(entering) else { return .undecided }
            if missing < 0.005 { return .served }
        }
        return .undecided
    }

    /// How much is missing.
    private var missing: Double {
        if case .missing = basis.basis[0] { basis.amounts[0] } else { 0 }
    }

    // MARK: What comes in

    private func takePrices() {
        for place in basis.rows.indices {
            if case .slot(let slot) = basis.rows[place] {
                prices[slot] = max(0, basis.price(of: place))
            }
        }
    }

    /// The slot whose price is below zero most: it may be served too often.
    private func overpriced() -> Int? {
        var worst: (slot: Int, price: Double)?
        for place in basis.rows.indices {
            guard case .slot(let slot) = basis.rows[place] else { continue }
            let price = basis.price(of: place)
            if price < worst?.price ?? -RotaMix.tolerance { worst = (slot, price) }
        }
        return worst?.slot
    }

    /// A turn that could earn more than its mixture does (``Rotas/chosen(_:)`` says how); nil if
    /// there is none.
    ///
    /// The turns are asked in rotation, and the first that has one is taken: that ends sooner, and
    /// with whole rotas more often, than taking the best of all.
    private mutating func turnThatEarnsMore() -> Int? {
        var able: UInt64 = 0
        for place in basis.rows.indices {
            if case .slot(let slot) = basis.rows[place], prices[slot] > RotaMix.tolerance {
                able |= rotas.able(slot)
            }
        }
        for _ in rotas.turns.indices {
            let turn = asked
            asked = asked + 1 < rotas.turns.count ? asked + 1 : 0
            guard able & 1 << UInt64(rotas.turns[turn].window) != 0 else { continue }
            work += rotas.turns[turn].cells.count
            let row = Int(basis.rowOfTurn[turn])
            let now = row >= 0 ? -basis.price(of: row) : rotas.earned(turn, prices)
            if rotas.best(turn, prices) > now + RotaMix.tolerance { return turn }
        }
        return nil
    }

    // MARK: What goes

    /// Takes something in as far as it goes; false if nothing would end it.
    private mutating func bring(_ entering: MixBasis.Basic) -> Bool {
        work += basis.rows.count * 8
        basis.takeRates(of: entering)
        collectChanges(entering)
        var (leaving, amount) = shortest()
        var short: Int?
        for slot in changed where change[slot] < -RotaMix.tolerance {
            let most = max(0, surplus[slot]) / -change[slot]
            if most < amount - 1e-12 { (short, amount) = (slot, most) }
        }
        if let short {
            leaving = basis.rates.count
            basis.touch(slot: short, surplus: surplus[short])
            basis.rates.append(-change[short])
        }
        for slot in changed {
            if leaving != nil, slot != short { surplus[slot] += amount * change[slot] }
            // It may stand there twice.
            change[slot] = 0
        }
        changed.removeAll(keepingCapacity: true)
        guard let leaving else { return false }
        basis.bring(entering, amount, for: leaving)
        return true
    }

    /// How the slots without a row are served more often or less.
    private mutating func collectChanges(_ entering: MixBasis.Basic) {
        if case .rota(let rota) = entering { change(rota, by: 1) }
        for place in basis.basis.indices {
            let rate = basis.rates[place]
            guard abs(rate) > 1e-9, case .rota(let rota) = basis.basis[place] else { continue }
            change(rota, by: -rate)
        }
    }

    @inline(__always)
    private mutating func change(_ rota: Int, by value: Double) {
        for place in basis.range(of: rota) {
            let slot = basis.slot(place)
            guard basis.rowOfSlot[slot] < 0 else { continue }
            if change[slot] == 0 { changed.append(slot) }
            change[slot] += value
        }
    }

    /// What is used up first, and how much comes in until then.
    private func shortest() -> (leaving: Int?, amount: Double) {
        var (leaving, amount): (Int?, Double) = (nil, .infinity)
        for place in basis.rates.indices where basis.rates[place] > RotaMix.tolerance {
            let most = max(0, basis.amounts[place]) / basis.rates[place]
            if most < amount - 1e-12 { (leaving, amount) = (place, most) }
        }
        return (leaving, amount)
    }

    // MARK: What came of it

    /// The turns whose rotas were mixed.
    var mixed: [Int] {
        basis.rows.compactMap { if case .turn(let turn) = $0 { turn } else { nil } }
    }

    /// The rota that each of those turns has most of.
    var mostly: [(turn: Int, slots: ArraySlice<Int32>)] {
        var best: [Int: (amount: Double, rota: Int)] = [:]
        for place in basis.basis.indices {
            guard case .rota(let rota) = basis.basis[place] else { continue }
            let turn = Int(basis.turns[rota])
            let amount = basis.amounts[place]
            if amount > best[turn]?.amount ?? -1 { best[turn] = (amount, rota) }
        }
        return best.sorted { $0.key < $1.key }
            .map { ($0.key, basis.slots(of: $0.value.rota)) }
    }
}
