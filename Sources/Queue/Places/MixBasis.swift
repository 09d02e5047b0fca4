// SPDX-License-Identifier: Apache-2.0

/// The basis of a mixture of rotas (``RotaMix``): what there is some of, and how each of it depends
/// on the slots and turns that have a row.
///
/// The first of the basis is what is missing, as long as something is.
final class MixBasis {
    /// The most rows.
    static let width = 192

    enum Row {
        case slot(Int)
        case turn(Int)
    }

    enum Basic {
        case missing
        case rota(Int)
        case surplus(Int)
    }

    struct Rota {
        let turn: Int
        let slots: [Int32]
    }

    private(set) var rows: [Row] = []
    private(set) var basis: [Basic] = []
    /// How much there is of each of the basis.
    private(set) var amounts: [Double] = []
    /// All rotas that were ever in it.
    private(set) var rotas: [Rota] = []
    /// The row of each slot and turn; −1 for none.
    private(set) var rowOfSlot: [Int]
    private(set) var rowOfTurn: [Int]
    /// The inverse of the basis, row after row.
    private let inverse: UnsafeMutablePointer<Double>

    init(slots: Int, turns: Int, missing: Int, of slot: Int) {
        inverse = .allocate(capacity: MixBasis.width * MixBasis.width)
        rowOfSlot = Array(repeating: -1, count: slots)
        rowOfTurn = Array(repeating: -1, count: turns)
        inverse[0] = 1
        add(.slot(slot), .missing, Double(missing))
        rowOfSlot[slot] = 0
    }

    deinit { inverse.deallocate() }

    /// Whether a turn and a slot can get rows yet.
    var hasRoom: Bool { rows.count + 2 <= MixBasis.width }

    /// How much more would be missing if a row asked for one more.
    @inline(__always)
    func price(of row: Int) -> Double { inverse[row] }

    func add(_ rota: Rota) -> Basic {
        rotas.append(rota)
        return .rota(rotas.count - 1)
    }

    private func add(_ row: Row, _ basic: Basic, _ amount: Double) {
        rows.append(row)
        basis.append(basic)
        amounts.append(amount)
    }

    /// Gives a turn a row, its rota as it is now being all of its mixture.
    func touch(_ turn: Int, now: [Int32]) {
        guard rowOfTurn[turn] < 0 else { return }
        let count = rows.count
        for place in 0..<count {
            var value = 0.0
            for slot in now where rowOfSlot[Int(slot)] >= 0 {
                value += inverse[place * MixBasis.width + rowOfSlot[Int(slot)]]
            }
            inverse[place * MixBasis.width + count] = -value
            inverse[count * MixBasis.width + place] = 0
        }
        inverse[count * MixBasis.width + count] = 1
        add(.turn(turn), add(Rota(turn: turn, slots: now)), 1)
        rowOfTurn[turn] = count
    }

    /// Gives a slot a row, as it may be served too little.
    func touch(slot: Int, surplus: Double) {
        let count = rows.count
        for place in 0..<count {
            inverse[count * MixBasis.width + place] = 0
            inverse[place * MixBasis.width + count] = 0
        }
        for (place, basic) in basis.enumerated() {
            guard case .rota(let rota) = basic, rotas[rota].slots.contains(Int32(slot)) else {
                continue
            }
            for other in 0..<count {
                inverse[count * MixBasis.width + other] += inverse[place * MixBasis.width + other]
            }
        }
        inverse[count * MixBasis.width + count] = -1
        add(.slot(slot), .surplus(slot), surplus)
        rowOfSlot[slot] = count
    }

    /// By how much less there is of each of the basis for one of something else.
    func rates(of entering: Basic) -> [Double] {
        var columns: [(row: Int, value: Double)] = []
        switch entering {
        case .surplus(let slot): columns = [(rowOfSlot[slot], -1)]
        case .rota(let rota):
            for slot in rotas[rota].slots where rowOfSlot[Int(slot)] >= 0 {
                columns.append((rowOfSlot[Int(slot)], 1))
            }
            columns.append((rowOfTurn[rotas[rota].turn], 1))
        case .missing: break
        }
        return basis.indices.map { place in
            var rate = 0.0
            for (row, value) in columns {
                rate += value * inverse[place * MixBasis.width + row]
            }
            return rate
        }
    }

    /// Takes so much of something in, in the place of another of the basis.
    func bring(_ entering: Basic, _ amount: Double, for leaving: Int, _ rates: [Double]) {
        for place in rates.indices { amounts[place] -= amount * rates[place] }
        amounts[leaving] = amount
        basis[leaving] = entering
        let count = rows.count
        let row = inverse + leaving * MixBasis.width
        for column in 0..<count { row[column] /= rates[leaving] }
        let used = (0..<count).filter { row[$0] != 0 }
        for place in 0..<count where place != leaving && abs(rates[place]) > 1e-12 {
            let other = inverse + place * MixBasis.width
            for column in used { other[column] -= rates[place] * row[column] }
        }
    }
}
