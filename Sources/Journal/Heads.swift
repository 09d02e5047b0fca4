// SPDX-License-Identifier: Apache-2.0

/// Where every stream ends and which claims are held: all that is needed to say whether a batch may
/// be appended.
///
/// A store admits the batches of a commit one after another, each as if those before it were on
/// disk already. Once they are, it settles them; if they cannot be, it takes all of them back.
///
///     try heads.admit(batch.entries, places: &places)
///     if commit() { heads.settle() } else { heads.takeBack() }
public struct Heads: Sendable {
    /// A stream's last entry.
    public struct Head: Hashable, Sendable {
        public var position: UInt64
        public var revision: UInt32

        public init(position: UInt64, revision: UInt32) {
            self.position = position
            self.revision = revision
        }

        /// The head of a stream that has no entry.
        public static let none = Head(position: 0, revision: 0)
    }

    /// Where an admitted entry goes.
    public struct Place: Hashable, Sendable {
        public let position: UInt64
        /// The number of its stream: streams are numbered from 0 as they appear.
        public let stream: Int
        /// The position of the stream's entry before it; 0 if there is none.
        public let previous: UInt64
    }

    private struct Line {
        let stream: StreamName
        var last: Head
        /// The head without what is admitted and not settled.
        var settled: Head
    }

    private var numbers: [StreamName: Int]
    private var lines: [Line]
    /// Claims that are held.
    public private(set) var claims: Set<Claim>
    /// The position of the last admitted entry.
    public private(set) var position: UInt64
    /// The position of the last settled entry.
    public private(set) var settledPosition: UInt64

    // What has been admitted since the last settling, so that it can be taken back.
    private var changedLines: [(number: Int, before: Head)] = []
    private var changedClaims: [ClaimChange] = []

    /// The heads of an empty journal.
    public init() { self.init(position: 0, streams: [], claims: []) }

    /// The heads of a journal, its streams in the order of their numbers.
    /// - Precondition: no stream is there twice.
    public init(position: UInt64, streams: [(stream: StreamName, head: Head)], claims: Set<Claim>) {
        numbers = Dictionary(
            uniqueKeysWithValues: streams.enumerated().map { ($1.stream, $0) })
        lines = streams.map { Line(stream: $0.stream, last: $0.head, settled: $0.head) }
        self.claims = claims
        self.position = position
        settledPosition = position
    }

    /// The number of streams, those of admitted entries included.
    public var count: Int { lines.count }

    /// The stream of this number.
    public func stream(_ number: Int) -> StreamName { lines[number].stream }

    /// The number of a stream; nil if it has no entry, admitted or settled.
    public func number(of stream: StreamName) -> Int? { numbers[stream] }

    /// The last settled entry of the stream of this number.
    public func settledHead(_ number: Int) -> Head { lines[number].settled }

    /// The last settled entry of the stream; `Head.none` if there is none.
    public func settledHead(of stream: StreamName) -> Head {
        numbers[stream].map { lines[$0].settled } ?? .none
    }

    /// Every stream that has a settled entry, by number.
    public var settledStreams: [(stream: StreamName, revision: UInt32)] {
        lines.compactMap { $0.settled == .none ? nil : ($0.stream, $0.settled.revision) }
    }

    /// Gives the entries their places, or leaves everything as it was.
    /// - Parameters:
    ///   - entries: what is to be appended, in order.
    ///   - places: where they go, appended in the same order.
    /// - Throws: `AppendFailure.conflict` if an entry's revision is not its stream's last plus one,
    ///   or if it gives up a claim that nobody holds: it was decided over another state.
    ///   `AppendFailure.claimed` if it takes a claim that is held.
    public mutating func admit(
        _ entries: [Entry], places: inout [Place]
    ) throws(AppendFailure) {
        let start = (
            lines: changedLines.count, claims: changedClaims.count, streams: lines.count,
            position: position, places: places.count
        )
        for entry in entries {
            do throws(AppendFailure) {
                places.append(try admit(entry))
            } catch {
                places.removeLast(places.count - start.places)
                unwind(lines: start.lines, claims: start.claims, streams: start.streams)
                position = start.position
                throw error
            }
        }
    }

    /// Makes what has been admitted the settled state.
    public mutating func settle() {
        for (number, _) in changedLines { lines[number].settled = lines[number].last }
        changedLines.removeAll(keepingCapacity: true)
        changedClaims.removeAll(keepingCapacity: true)
        settledPosition = position
    }

    /// Forgets what has been admitted since the last settling.
    public mutating func takeBack() {
        let settledCount = lines.lastIndex { $0.settled != .none }.map { $0 + 1 } ?? 0
        unwind(lines: 0, claims: 0, streams: settledCount)
        position = settledPosition
    }

    private mutating func admit(_ entry: Entry) throws(AppendFailure) -> Place {
        let known = numbers[entry.stream]
        let head = known.map { lines[$0].last } ?? .none
        guard head.revision < .max, entry.revision == head.revision + 1 else {
            throw .conflict(entry.stream)
        }
        for change in entry.claims { try admit(change, in: entry.stream) }
        let number = known ?? add(entry.stream)
        position += 1
        changedLines.append((number, head))
        lines[number].last = Head(position: position, revision: entry.revision)
        return Place(position: position, stream: number, previous: head.position)
    }

    private mutating func admit(
        _ change: ClaimChange, in stream: StreamName
    ) throws(AppendFailure) {
        switch change {
        case .taken(let claim):
            guard claims.insert(claim).inserted else { throw .claimed(claim) }
        case .given(let claim):
            guard claims.remove(claim) != nil else { throw .conflict(stream) }
        }
        changedClaims.append(change)
    }

    private mutating func add(_ stream: StreamName) -> Int {
        numbers[stream] = lines.count
        lines.append(Line(stream: stream, last: .none, settled: .none))
        return lines.count - 1
    }

    /// Goes back to so many changed lines, changed claims and streams.
    private mutating func unwind(lines lineCount: Int, claims claimCount: Int, streams: Int) {
        while changedLines.count > lineCount {
            let (number, before) = changedLines.removeLast()
            lines[number].last = before
        }
        while changedClaims.count > claimCount {
            switch changedClaims.removeLast() {
            case .taken(let claim): claims.remove(claim)
            case .given(let claim): claims.insert(claim)
            }
        }
        while lines.count > streams { numbers[lines.removeLast().stream] = nil }
    }
}
