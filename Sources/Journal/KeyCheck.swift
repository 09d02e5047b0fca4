// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// By what a journal knows a key beside it.
public struct KeyCheck: Hashable, Sendable {
    /// Made of the key, which cannot be found from it.
    public let value: [UInt8]
    /// Since when the key is used; nil if that was not written down.
    public let since: Timestamp?

    public init(_ value: [UInt8], since: Timestamp?) {
        self.value = value
        self.since = since
    }

    /// By what people tell one key from another: the first four bytes of the value, as `3f9a12bc`.
    public var name: String {
        value.prefix(4).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
