// SPDX-License-Identifier: Apache-2.0

/// How much a text of JSON, or a message, may hold.
public struct JSONLimits: Hashable, Sendable {
    /// Objects within objects.
    public var depth: Int
    /// The bytes that are read.
    public var bytesIn: Int
    /// The bytes that are written.
    public var bytesOut: Int
    /// Fields and items of lists, counted together.
    public var values: Int

    public init(depth: Int = 32, bytesIn: Int, bytesOut: Int, values: Int) {
        self.depth = depth
        self.bytesIn = bytesIn
        self.bytesOut = bytesOut
        self.values = values
    }
}
