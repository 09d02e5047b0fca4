// SPDX-License-Identifier: Apache-2.0

import Glibc
import NIOCore

/// Which user owns the other end of a connection within this machine.
enum SocketOwner {
    /// What the kernel tells of the peer of a Unix socket (`SO_PEERCRED`, socket(7)).
    struct Credentials: Sendable {
        let process: Int32
        let user: UInt32
        let group: UInt32
    }

    /// The user whose socket is at `peer`, connected to `own`; nil if none is, or nobody has it open any
    /// more, or the kernel does not tell.
    ///
    /// A socket that was closed and still sends is root's in the kernel's books, so one without an inode
    /// is nobody's.
    static func user(at peer: SocketAddress, connectedTo own: SocketAddress) -> UInt32? {
        guard let ends = SocketEnds(peer, own) else { return nil }
        return switch SocketDiagnosis.ask(ends) {
        case .found(let user): user
        case .notFound: nil
        // Where the service manager allows no netlink, say.
        case .silent: SocketTable.user(of: ends)
        }
    }
}

/// The two ends of a connection over TCP, as the kernel names them.
struct SocketEnds: Hashable {
    let isVersion6: Bool
    let peerPort: UInt16
    let ownPort: UInt16
    /// Addresses in the order of the network: 4 or 16 bytes.
    let peer: [UInt8]
    let own: [UInt8]

    init?(_ peer: SocketAddress, _ own: SocketAddress) {
        guard let peerPort = peer.port, let ownPort = own.port else { return nil }
        self.peerPort = UInt16(truncatingIfNeeded: peerPort)
        self.ownPort = UInt16(truncatingIfNeeded: ownPort)
        guard let peer = peer.bytes, let own = own.bytes, peer.count == own.count else {
            return nil
        }
        (self.peer, self.own) = (peer, own)
        isVersion6 = peer.count == 16
    }
}
