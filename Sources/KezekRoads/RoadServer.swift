// SPDX-License-Identifier: Apache-2.0

/// The address of a server that knows the roads, as `http://host:port/prefix`.
///
/// It is asked in the way of OSRM's table service. Only plain HTTP is spoken: the places of homes
/// should not leave the machine or its room.
public struct RoadServer: Hashable, Sendable, CustomStringConvertible {
    public let host: String
    public let port: Int
    /// Before `/table`; empty, or begins with a slash and does not end with one.
    public let prefix: String

    /// The longest address that is taken.
    static let longest = 1_000

    /// An address; nil unless it is one of plain HTTP without a question or a user.
    public init?(_ url: String) {
        guard url.utf8.count <= Self.longest, url.hasPrefix("http://"),
            url.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value < 0x7F }),
            !url.contains(where: { "?#@".contains($0) })
        else { return nil }
        let rest = url.dropFirst(7)
        let authority = rest.prefix { $0 != "/" }
        var path = rest[authority.endIndex...]
        while path.last == "/" { path = path.dropLast() }
        var (name, digits) = (authority, Substring("80"))
        let isIPv6 = authority.first == "["
        if let colon = authority.lastIndex(of: ":"),
            !isIPv6 || authority[..<colon].last == "]"
        {
            name = authority[..<colon]
            digits = authority[authority.index(after: colon)...]
        }
        if isIPv6 {
            guard name.last == "]" else { return nil }
            name = name.dropFirst().dropLast()
        }
        guard !name.isEmpty, isIPv6 || !name.contains(":"), digits.allSatisfy(\.isNumber),
            let port = Int(digits), (1...65_535).contains(port)
        else { return nil }
        host = String(name)
        self.port = port
        prefix = String(path)
    }

    /// Whether what is asked stays on this machine.
    public var isLocal: Bool { host == "localhost" || host == "::1" || host.hasPrefix("127.") }

    /// Host and port as the head of a call names them.
    var authority: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    public var description: String { "http://\(authority)\(prefix)" }
}
