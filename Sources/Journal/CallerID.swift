// SPDX-License-Identifier: Apache-2.0

/// Who had something written: the id of an entry of the access list, `local` where nobody is asked, `-`
/// where time brought it about.
public struct CallerID: Hashable, Sendable, CustomStringConvertible {
    /// 1 to 64 bytes of printable ASCII without spaces.
    public let name: String

    /// Nil for a text that is no name of a caller.
    public init?(_ name: String) {
        guard (1...Self.longest).contains(name.utf8.count),
            name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.name = name
    }

    private init(known name: String) { self.name = name }

    /// Somebody whom a server without an access list did not ask.
    public static let local = CallerID(known: "local")
    /// Nobody: a hold that expired, a day that was closed.
    public static let time = CallerID(known: "-")

    /// Whether an entry of an access list may have this id: it must not be taken for another caller.
    public var isNameOfAnEntry: Bool { self != .local && self != .time }

    public static let longest = 64

    public var description: String { name }
}
