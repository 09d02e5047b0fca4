// SPDX-License-Identifier: Apache-2.0

/// Plays a line through again and again, each time with other times drawn from what was seen.
struct LineSimulation {
    /// Somebody who is still to come in this replication.
    private struct Coming {
        let at: Int32
        let key: Int32
        let group: Int
    }

    private let model: LineModel
    private var seen: SeenTimes
    /// The seed of each replication, and what is drawn in the present one.
    private var seeds: Draws
    private var draws: Draws
    /// Of each group, its places in the line.
    private var queues: [[Int32]]
    /// Of each group, how many of its places were called.
    private var heads: [Int]
    /// Of each group, the keys of those who came since, rising.
    private var came: [[Int32]]
    /// Latest first.
    private var coming: [Coming] = []
    /// From when on each counter can call; `.max` if it calls nobody more.
    private var free: [Int32]
    /// Whether it will call then whoever is first, as the pause before it is over.
    private var isCalling: [Bool]

    init(_ model: LineModel, seed: UInt64) {
        self.model = model
        seen = model.seen
        seeds = Draws(seed: seed)
        draws = seeds
        queues = Array(repeating: [], count: model.groups.count)
        for (index, place) in model.places.enumerated() {
            queues[place.group].append(Int32(index))
        }
        heads = Array(repeating: 0, count: model.groups.count)
        came = Array(repeating: [], count: model.groups.count)
        free = Array(repeating: 0, count: model.counters.count)
        isCalling = Array(repeating: false, count: model.counters.count)
    }

    /// When a place is called in each replication, in rising order.
    ///
    /// Each replication is the same up to there, whichever place is asked about.
    mutating func calls(of wanted: Int, replications: Int) -> [Int32] {
        (0..<replications).map { _ in
            var time = Int32.max
            replicate { place, call in
                if place == wanted { time = call }
                return place != wanted
            }
            return time
        }.sorted()
    }

    /// When each place is called: half the replications have it called by then.
    mutating func medianCalls(replications: Int) -> [Int32] {
        let count = model.places.count
        var calls = [Int32](repeating: .max, count: count * replications)
        for replication in 0..<replications {
            var left = count
            replicate { place, call in
                calls[place * replications + replication] = call
                left -= 1
                return left > 0
            }
        }
        return (0..<count).map { place in
            let own = calls[place * replications..<(place + 1) * replications].sorted()
            return own[LineSimulation.rank(1, in: 2, of: replications)]
        }
    }

    /// The place in a rising sample below which the truth lies in so many of so many cases, the
    /// truth being one more of its kind.
    static func rank(_ part: Int, in whole: Int, of count: Int) -> Int {
        min(count, ((count + 1) * part + whole - 1) / whole) - 1
    }

    // MARK: One replication

    /// Plays once, and tells of each call until it is told to stop.
    ///
    /// Calls come in the order of their times: a counter that could call somebody pauses first, and then calls
    /// whoever is first by then.
    private mutating func replicate(_ called: (_ place: Int, _ time: Int32) -> Bool) {
        start()
        while let counter = earliest() {
            let time = free[counter]
            if !isCalling[counter] {
                let span = model.counters[counter].spans.first { time < $0.end }
                guard let span else {
                    free[counter] = .max
                    continue
                }
                guard span.start <= time else {
                    free[counter] = span.start
                    continue
                }
            }
            while let next = coming.last, next.at <= time { arrive(coming.removeLast()) }
            guard let (group, place) = first(for: counter) else {
                isCalling[counter] = false
                free[counter] = coming.last?.at ?? .max
                continue
            }
            isCalling[counter].toggle()
            guard !isCalling[counter] else {
                free[counter] = time + seen.gap.draw(&draws)
                continue
            }
            let service = Int(model.groups[group].service)
            free[counter] = time + seen.serving[service].draw(&draws)
            if let place {
                heads[group] += 1
                guard called(place, time) else { return }
            } else {
                came[group].removeFirst()
            }
        }
    }

    private mutating func start() {
        draws = Draws(seed: seeds.next())
        seen.refill()
        for group in heads.indices {
            heads[group] = 0
            came[group].removeAll(keepingCapacity: true)
        }
        for (index, counter) in model.counters.enumerated() {
            free[index] = model.now
            isCalling[index] = false
            if let busy = counter.busy {
                free[index] += seen.remaining(busy.service, after: busy.seconds, &draws)
            }
        }
        coming.removeAll(keepingCapacity: true)
        for expected in model.expected { expect(expected) }
        if coming.count > 1 { coming.sort { $0.at > $1.at } }
    }

    private mutating func expect(_ expected: LineModel.Expected) {
        let now = model.now
        switch expected.kind {
        case .booking:
            let late = seen.lateness.draw(above: now - expected.key, &draws) ?? SeenTimes.never
            guard late != SeenTimes.never else { return }
            come(expected.key + late, expected.key, expected.group)
        case .parked:
            let back = now + Int32(draws.below(LineModel.parkedSeconds))
            come(back, expected.key, expected.group)
        case .walkIn(let chance):
            let times = chance / 1_024 + (draws.below(1_024) < chance % 1_024 ? 1 : 0)
            for _ in 0..<times {
                let time = now + Int32(draws.below(Int(expected.key - now)))
                come(time, time, expected.group)
            }
        }
    }

    private mutating func come(_ at: Int32, _ key: Int32, _ group: Int) {
        coming.append(Coming(at: at, key: key, group: group))
    }

    private mutating func arrive(_ coming: Coming) {
        let keys = came[coming.group]
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] <= coming.key { low = middle + 1 } else { high = middle }
        }
        came[coming.group].insert(coming.key, at: low)
    }

    /// The counter that can call first; nil if none calls anybody more.
    private func earliest() -> Int? {
        var (best, least) = (-1, Int32.max)
        for (counter, time) in free.enumerated() where time < least {
            (best, least) = (counter, time)
        }
        return best < 0 ? nil : best
    }

    /// Whom the counter calls next, by group and place, with no place for those who came since.
    private func first(for counter: Int) -> (group: Int, place: Int?)? {
        var (group, place) = (-1, Int32.max)
        var (other, key) = (-1, Int32.max)
        for candidate in model.counters[counter].groups {
            let head = heads[candidate]
            if head < queues[candidate].count, queues[candidate][head] < place {
                (group, place) = (candidate, queues[candidate][head])
            }
            if let first = came[candidate].first, first < key { (other, key) = (candidate, first) }
        }
        if other >= 0, group < 0 || key < model.places[Int(place)].key { return (other, nil) }
        return group < 0 ? nil : (group, Int(place))
    }
}
