// SPDX-License-Identifier: Apache-2.0

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

    init(_ address: SocketAddress?) {
        guard let bytes = address?.bytes else {
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

    private static let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
}

extension SocketAddress {
    /// The 4 bytes of an IPv4 address, or the 16 of one of IPv6; nil for a Unix socket.
    var bytes: [UInt8]? {
        // Where they lie is fixed: `sockaddr_in` and `sockaddr_in6` of ip(7) and ipv6(7).
        let (offset, count): (Int, Int)
        switch self.protocol {
        case .inet: (offset, count) = (4, 4)
        case .inet6: (offset, count) = (8, 16)
        default: return nil
        }
        return withSockAddr { address, size in
            let bytes = UnsafeRawBufferPointer(start: UnsafeRawPointer(address), count: size)
            return Array(bytes[offset..<offset + count])
        }
    }
}
