// SPDX-License-Identifier: Apache-2.0

/// How long a server of roads may take, and how much it may say.
public struct RoadLimits: Sendable {
    /// Seconds until a connection stands, until one answer is whole, and until all of them are.
    public var connect: Double
    public var answer: Double
    public var all: Double
    /// The longest answer in bytes.
    public var bytes: Int
    /// The most places that one call names; OSRM takes 100 unless it is told otherwise.
    public var batch: Int

    public static let usual = RoadLimits(
        connect: 3, answer: 20, all: 300, bytes: 8 << 20, batch: 100)

    public init(connect: Double, answer: Double, all: Double, bytes: Int, batch: Int) {
        self.connect = connect
        self.answer = answer
        self.all = all
        self.bytes = bytes
        self.batch = batch
    }
}

/// Why a server of roads gave no travel times.
public enum RoadFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// No connection, or one that broke; with what the system says.
    case unreachable(String)
    /// The limit in seconds that passed.
    case slow(seconds: Double)
    /// The answer is longer than so many bytes.
    case tooLarge(Int)
    /// The server refused: the status of HTTP, and what it says.
    case refused(status: Int, String)
    /// The answer is none that is understood.
    case unreadable(String)

    public var description: String {
        switch self {
        case .unreachable(let why): "it cannot be reached: \(why)"
        case .slow(let seconds): "it took longer than \(seconds) s"
        case .tooLarge(let bytes): "its answer is longer than \(bytes) bytes"
        case .refused(let status, let why): "it refused with status \(status): \(why)"
        case .unreadable(let why): "its answer is not understood: \(why)"
        }
    }
}
