// SPDX-License-Identifier: Apache-2.0

/// The strangers of one loop, in the order in which they give way to one that comes.
///
/// It is the turn of the address that has most of them, and of its oldest. So an address with thousands of
/// connections pushes out its own, and whoever comes from elsewhere stays. Every step takes the same time,
/// however many addresses there are.
struct StrangerLine {
    private struct Place {
        /// Its connections, the oldest first: their numbers grow.
        var connections: [UInt64] = []
        /// Its neighbours among the addresses that have as many, which has for longest first.
        var before: PeerAddress?
        var after: PeerAddress?
    }

    private var places: [PeerAddress: Place] = [:]
    /// The first and last address that has so many connections.
    private var ends: [Int: (first: PeerAddress, last: PeerAddress)] = [:]
    private var most = 0

    /// The oldest connection of an address.
    func first(of address: PeerAddress) -> UInt64? { places[address]?.connections.first }

    /// The oldest connection of the address that has most; of several such addresses, of the one that
    /// has as many for longest.
    var first: UInt64? { ends[most].flatMap { first(of: $0.first) } }

    /// Puts a connection at the end; `number` is greater than all before.
    mutating func add(_ number: UInt64, of address: PeerAddress) {
        var place = take(address) ?? Place()
        place.connections.append(number)
        put(place, address)
        most = max(most, place.connections.count)
    }

    mutating func remove(_ number: UInt64, of address: PeerAddress) {
        guard let index = places[address]?.connections.firstIndex(of: number),
            var place = take(address)
        else { return }
        place.connections.remove(at: index)
        if !place.connections.isEmpty { put(place, address) }
        // An address leaves the greatest number for the next smaller one.
        if most > 0, ends[most] == nil { most -= 1 }
    }

    /// Takes an address out from among those that have as many.
    private mutating func take(_ address: PeerAddress) -> Place? {
        guard var place = places.removeValue(forKey: address) else { return nil }
        let count = place.connections.count
        if let before = place.before {
            places[before]?.after = place.after
        } else {
            ends[count] = place.after.map { ($0, ends[count]!.last) }
        }
        if let after = place.after {
            places[after]?.before = place.before
        } else if let before = place.before {
            ends[count]?.last = before
        }
        (place.before, place.after) = (nil, nil)
        return place
    }

    /// Puts it behind those that have as many.
    private mutating func put(_ place: Place, _ address: PeerAddress) {
        var place = place
        let count = place.connections.count
        if let last = ends[count]?.last {
            places[last]?.after = address
            place.before = last
            ends[count]?.last = address
        } else {
            ends[count] = (address, address)
        }
        places[address] = place
    }
}
