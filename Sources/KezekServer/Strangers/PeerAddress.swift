// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// Whom connections are counted by as long as they have not said who they are.
///
/// Of IPv6 it is the network of 64 bits, as whoever has one has all of its addresses (RFC 6177).
enum PeerAddress: Hashable, Sendable {
    /// A Unix socket.
    case local
    case version4(UInt32)
    /// The first half of the address.
    case version6(UInt64)

    init(_ address: SocketAddress?) { self.init(bytes: address?.bytes) }

    /// The address that the kernel tells of a peer.
    init(_ address: sockaddr_storage) {
        self.init(
            bytes: withUnsafeBytes(of: address) { bytes in
                Self.place(CInt(address.ss_family)).map { Array(bytes[$0]) }
            })
    }

    /// `bytes` are the 4 of an address of IPv4 or the 16 of one of IPv6; nil for a Unix socket.
    private init(bytes: [UInt8]?) {
        guard let bytes else {
            self = .local
            return
        }
        // An address of IPv4 that is written as one of IPv6 (RFC 4291, 2.5.5.2) is the same.
        let isMapped = bytes.count == 16 && bytes.starts(with: Self.mapped)
        self =
            bytes.count == 4 || isMapped
            ? .version4(bytes.suffix(4).reduce(0) { $0 << 8 | UInt32($1) })
            : .version6(bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// A peer with its port, as the log names it; a Unix socket that connects has no name.
    static func name(of address: SocketAddress?) -> String {
        guard let address, address.port != nil else { return "a local socket" }
        return address.description
    }

    private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]

    /// Where the bytes of an address lie: `sockaddr_in` and `sockaddr_in6` of ip(7) and ipv6(7).
    fileprivate static func place(_ family: CInt) -> Range<Int>? {
        switch family {
        case AF_INET: 4..<8
        case AF_INET6: 8..<24
        default: nil
        }
    }
}

/// As the log names it: 192.0.2.7, 2001:db8::/64, or a local socket.
extension PeerAddress: CustomStringConvertible {
    var description: String {
        switch self {
        case .local: "a local socket"
        case .version4(let address): Self.text(AF_INET, Self.bytes(address))
        case .version6(let network):
            Self.text(AF_INET6, Self.bytes(network) + Array(repeating: 0, count: 8)) + "/64"
        }
    }

    /// In the order of the network.
    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    /// The usual text of an address (inet_ntop(3), RFC 5952).
    private static func text(_ family: CInt, _ bytes: [UInt8]) -> String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else {
            return "unknown"
        }
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension SocketAddress {
    /// The 4 bytes of an IPv4 address, or the 16 of one of IPv6; nil for a Unix socket.
    var bytes: [UInt8]? {
        guard let place = PeerAddress.place(CInt(self.protocol.rawValue)) else { return nil }
        return withSockAddr { address, size in
            let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(address), count: size)
            return Array(bytes[place])
        }
    }
}
