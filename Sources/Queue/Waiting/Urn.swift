// SPDX-License-Identifier: Apache-2.0

/// Draws that are the same everywhere from the same seed (SplitMix64).
struct Draws {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Any number.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, the bound, which is above 0.
    mutating func below(_ bound: Int) -> Int {
        Int(((next() >> 32) &* UInt64(bound)) >> 32)
    }
}

/// What was seen of a time, to draw from (Pólya's urn).
///
/// A value that is drawn goes back with a copy of itself. So the draws of one replication resemble
/// each other the more, the less was seen: what is not known of the times widens the forecast as
/// much as their own spread does.
struct Urn {
    /// Rising, and never empty.
    private let values: [Int32]
    private var copies: [Int32] = []

    /// An urn of what was seen, and of what is assumed before anything was.
    init(seen: [Int32], assumed: [Int32]) { values = (seen + assumed).sorted() }

    mutating func draw(_ draws: inout Draws) -> Int32 {
        let place = draws.below(values.count + copies.count)
        let value = place < values.count ? values[place] : copies[place - values.count]
        copies.append(value)
        return value
    }

    /// One of the values above a bound; nil if there is none.
    func draw(above bound: Int32, _ draws: inout Draws) -> Int32? {
        var (low, high) = (0, values.count)
        while low < high {
            let middle = (low + high) / 2
            if values[middle] <= bound { low = middle + 1 } else { high = middle }
        }
        return low == values.count ? nil : values[low + draws.below(values.count - low)]
    }

    /// Takes the copies out again, for the next replication.
    mutating func refill() { copies.removeAll(keepingCapacity: true) }
}
