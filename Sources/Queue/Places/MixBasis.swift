// SPDX-License-Identifier: Apache-2.0

/// The basis of a mixture of rotas (``RotaMix``): what there is some of, and how each of it depends
/// on the slots and turns that have a row.
///
/// The first of the basis is what is missing, as long as something is.
struct MixBasis: ~Copyable {
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

    private(set) var rows: [Row] = []
    private(set) var basis: [Basic] = []
    /// How much there is of each of the basis.
    private(set) var amounts: [Double] = []
    /// By how much less there is of each of the basis for one of what was asked about last; one more
    /// may be added.
    var rates: [Double] = []
    /// The row of each slot and turn; −1 for none.
    private(set) var rowOfSlot: [Int32]
    private(set) var rowOfTurn: [Int32]
    /// All rotas that were ever in it: the turn of each, and where its slots begin.
    private(set) var turns: [Int32] = []
    private var offsets: [Int32] = [0]
    private var slots: [Int32] = []
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

    /// Where the slots of a rota are.
    @inline(__always)
    func range(of rota: Int) -> Range<Int> { Int(offsets[rota])..<Int(offsets[rota + 1]) }

    @inline(__always)
    func slot(_ place: Int) -> Int { Int(slots[place]) }

    /// The slots of a rota.
    func slots(of rota: Int) -> ArraySlice<Int32> { slots[range(of: rota)] }

    mutating func addRota(of turn: Int, _ slots: some Sequence<Int32>) -> Int {
        self.slots += slots
        turns.append(Int32(turn))
        offsets.append(Int32(self.slots.count))
        return turns.count - 1
    }

    private mutating func add(_ row: Row, _ basic: Basic, _ amount: Double) {
        rows.append(row)
        basis.append(basic)
        amounts.append(amount)
    }

    /// Gives a turn a row, its rota as it is now being all of its mixture.
    mutating func touch(_ turn: Int, now: ArraySlice<Int32>) {
        guard rowOfTurn[turn] < 0 else { return }
        let count = rows.count
        for place in 0..<count {
            let row = inverse + place * MixBasis.width
            var value = 0.0
            for slot in now {
                let column = Int(rowOfSlot[Int(slot)])
                if column >= 0 { value += row[column] }
            }
            row[count] = -value
            inverse[count * MixBasis.width + place] = 0
        }
        inverse[count * MixBasis.width + count] = 1
        add(.turn(turn), .rota(addRota(of: turn, now)), 1)
        rowOfTurn[turn] = Int32(count)
    }

    /// Gives a slot a row, as it may be served too little.
    mutating func touch(slot: Int, surplus: Double) {
        let count = rows.count
        let new = inverse + count * MixBasis.width
        for place in 0...count {
            new[place] = 0
            inverse[place * MixBasis.width + count] = 0
        }
        for place in 0..<count {
            guard case .rota(let rota) = basis[place],
                range(of: rota).contains(where: { slots[$0] == slot })
            else { continue }
            let row = inverse + place * MixBasis.width
            for column in 0..<count { new[column] += row[column] }
        }
        new[count] = -1
        add(.slot(slot), .surplus(slot), surplus)
        rowOfSlot[slot] = Int32(count)
    }

    /// Reckons by how much less there is of each of the basis for one of something else.
    mutating func takeRates(of entering: Basic) {
        let count = basis.count
        rates.removeAll(keepingCapacity: true)
        rates.append(contentsOf: repeatElement(0, count: count))
        switch entering {
        case .surplus(let slot): addColumn(Int(rowOfSlot[slot]), -1)
        case .rota(let rota):
            for place in range(of: rota) {
                let row = rowOfSlot[slot(place)]
                if row >= 0 { addColumn(Int(row), 1) }
            }
            addColumn(Int(rowOfTurn[Int(turns[rota])]), 1)
        case .missing: break
        }
    }

    private mutating func addColumn(_ column: Int, _ factor: Double) {
        for place in rates.indices {
            rates[place] += factor * inverse[place * MixBasis.width + column]
        }
    }

    /// Takes so much of something in, in the place of another of the basis.
    mutating func bring(_ entering: Basic, _ amount: Double, for leaving: Int) {
        for place in rates.indices { amounts[place] -= amount * rates[place] }
        amounts[leaving] = amount
        basis[leaving] = entering
        let count = rows.count
        let row = inverse + leaving * MixBasis.width
        let scale = 1 / rates[leaving]
        for column in 0..<count { row[column] *= scale }
        for place in 0..<count where place != leaving {
            let rate = rates[place]
            guard abs(rate) > 1e-12 else { continue }
            let other = inverse + place * MixBasis.width
            for column in 0..<count { other[column] -= rate * row[column] }
        }
    }
}
