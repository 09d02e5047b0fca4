// SPDX-License-Identifier: Apache-2.0

import Glibc

/// Asks the kernel for one socket (sock_diag(7)), however many there are.
enum SocketDiagnosis {
    enum Outcome: Hashable {
        case found(UInt32)
        case notFound
        /// It cannot be asked here.
        case silent
    }

    private static let byFamily: UInt16 = 20
    private static let headerSize = 16
    private static let messageSize = 72
    private static let listening: UInt8 = 10

    static func ask(_ ends: SocketEnds) -> Outcome {
        let descriptor = socket(
            AF_NETLINK, Int32(SOCK_RAW.rawValue | SOCK_CLOEXEC.rawValue), 4)
        guard descriptor >= 0 else { return .silent }
        defer { close(descriptor) }
        let request = request(ends)
        guard send(descriptor, request, request.count, 0) == request.count else { return .silent }
        var answer = [UInt8](repeating: 0, count: 4_096)
        // The kernel has answered before `send` returns.
        let count = recv(descriptor, &answer, answer.count, Int32(MSG_DONTWAIT))
        guard count >= headerSize else { return .silent }
        return outcome(Array(answer[..<count]), ends)
    }

    /// `nlmsghdr` and `inet_diag_req_v2`: exactly this socket, in whatever state.
    private static func request(_ ends: SocketEnds) -> [UInt8] {
        var bytes: [UInt8] = []
        func append(_ value: some FixedWidthInteger) {
            withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
        }
        func append(address: [UInt8]) {
            bytes += address + Array(repeating: 0, count: 16 - address.count)
        }
        append(UInt32(headerSize + 56))
        append(byFamily)
        append(UInt16(1))
        append(UInt64(0))
        append(UInt8(ends.isVersion6 ? AF_INET6 : AF_INET))
        append(UInt8(IPPROTO_TCP))
        append(UInt16(0))
        append(UInt32.max)
        append(ends.peerPort.bigEndian)
        append(ends.ownPort.bigEndian)
        append(address: ends.peer)
        append(address: ends.own)
        append(UInt32(0))
        // No cookie.
        append(UInt64.max)
        return bytes
    }

    /// What `inet_diag_msg` says: state at 1, ports at 4, user at 64, inode at 68.
    private static func outcome(_ answer: [UInt8], _ ends: SocketEnds) -> Outcome {
        let (type, body): (UInt16, ArraySlice<UInt8>) = answer.withUnsafeBytes {
            ($0.loadUnaligned(fromByteOffset: 4, as: UInt16.self), answer[headerSize...])
        }
        guard type == byFamily, body.count >= messageSize else {
            // ENOENT says that there is no such socket, or that nobody here can be asked: the kernel's
            // table tells which.
            return .silent
        }
        let ports = [UInt8](body.dropFirst(4).prefix(4))
        let asked = [ends.peerPort, ends.ownPort].flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        // Where there is no connection the kernel answers with whoever listens there.
        guard body[body.startIndex + 1] != listening, ports == asked, number(body, at: 68) != 0
        else { return .notFound }
        return .found(number(body, at: 64))
    }

    private static func number(_ bytes: ArraySlice<UInt8>, at offset: Int) -> UInt32 {
        bytes.dropFirst(offset).prefix(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}
