// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A text that opens something, in memory of its own, which is overwritten when nobody needs it any more.
///
/// It is written nowhere: where it is printed, it is not told.
public final class Secret: Sendable {
    // Written once, before anybody else knows it, and once more when nobody does.
    nonisolated(unsafe) private let bytes: UnsafeMutableRawBufferPointer

    /// A copy of the bytes.
    public init(_ text: UnsafeRawBufferPointer) {
        bytes = .allocate(byteCount: text.count, alignment: 1)
        bytes.copyMemory(from: text)
    }

    /// A copy of the text, of which whoever has it has another one.
    public convenience init(_ text: String) {
        self.init(count: text.utf8.count)
        for (index, byte) in text.utf8.enumerated() { bytes[index] = byte }
    }

    private init(count: Int) { bytes = .allocate(byteCount: count, alignment: 1) }

    deinit {
        bytes.wipe()
        bytes.deallocate()
    }

    /// How many bytes it has.
    public var count: Int { bytes.count }

    /// Runs the body with its bytes, which must not be kept.
    public func withBytes<T>(_ body: (UnsafeRawBufferPointer) -> T) -> T {
        withExtendedLifetime(self) { body(UnsafeRawBufferPointer(bytes)) }
    }
}

extension Secret: Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    public convenience init(stringLiteral text: String) { self.init(text) }

    public static func == (one: Secret, other: Secret) -> Bool {
        one.withBytes { one in other.withBytes { one.elementsEqual($0) } }
    }

    public func hash(into hasher: inout Hasher) { withBytes { hasher.combine(bytes: $0) } }

    public var description: String { "(a secret)" }
}

extension UnsafeMutableRawBufferPointer {
    /// Overwrites the bytes, also where nobody reads them again.
    public func wipe() {
        guard let baseAddress, count > 0 else { return }
        explicit_bzero(baseAddress, count)
    }
}
