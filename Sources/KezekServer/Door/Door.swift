// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import NIOCore

/// Takes the connections of a listening socket, on a thread of its own, which does nothing else: however
/// busy the loops are, it is asked within the kernel's turn.
struct Door: Sendable {
    /// What becomes of connections.
    struct Rules: Sendable {
        /// Hears how many wait in the kernel, and how many it has room for.
        let kernelHas: @Sendable (_ queued: Int, _ room: Int) -> Void
        /// Whether another one is taken from the kernel.
        let takes: @Sendable () -> Bool
        let admits: @Sendable (PeerAddress) -> Doorkeeper.Admission
        /// Has the socket from then on.
        let take: @Sendable (_ socket: CInt, PeerAddress, _ isSeldom: Bool) -> Void
        /// There was no file or memory for one, as errno tells.
        let onScarcity: @Sendable (CInt) -> Void
    }

    /// Connections that are taken before the thread looks whether it is to end.
    private static let perTurn = 256
    /// Those after which it looks how many wait in the kernel.
    private static let perLook = 32
    /// How long none is taken where there is no room for one.
    private static let breathMilliseconds: CInt = 5

    private let socket: CInt
    private let rules: Rules
    /// The ends of a pipe: whoever writes to `bell` ends the thread, which waits for `wake`.
    private let wake: CInt
    private let bell: CInt

    /// A door of a socket that listens and does not block.
    init(socket: CInt, rules: Rules) {
        self.socket = socket
        self.rules = rules
        var ends: [CInt] = [-1, -1]
        precondition(pipe(&ends) == 0, "a start has files for its own")
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        (wake, bell) = (ends[0], ends[1])
    }

    /// Begins to take connections; `onEnd` is called when the socket is not touched any more.
    func open(onEnd: @escaping @Sendable () -> Void) {
        let thread = Thread {
            run()
            close(wake)
            close(bell)
            onEnd()
        }
        thread.name = "kezek.door"
        thread.start()
    }

    /// Takes no further connection; to be called once.
    func shut() {
        var one: UInt8 = 1
        _ = write(bell, &one, 1)
    }

    private func run() {
        var rest: CInt = 0
        while true {
            var waited = [
                pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
                pollfd(fd: rest > 0 ? -1 : socket, events: Int16(POLLIN), revents: 0),
            ]
            _ = poll(&waited, 2, rest > 0 ? rest : -1)
            if waited[0].revents != 0 { return }
            rest = waited[1].revents != 0 ? takeThoseThatWait() : 0
        }
    }

    /// Tells for how many milliseconds none is to be taken, for want of files, memory or room.
    private func takeThoseThatWait() -> CInt {
        for number in 0..<Self.perTurn {
            if number % Self.perLook == 0 { lookAtQueue() }
            guard rules.takes() else { return Self.breathMilliseconds }
            var address = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let taken = withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    accept(socket, $0, &length)
                }
            }
            guard taken < 0 else {
                admit(taken, PeerAddress(address))
                continue
            }
            let cause = errno
            if Scarcity.causes.contains(cause) {
                rules.onScarcity(cause)
                return Scarcity.pauseMilliseconds
            }
            // A peer that went away before it was taken is no reason to end the turn.
            if cause == EAGAIN || cause == EWOULDBLOCK { break }
        }
        return 0
    }

    /// A socket of TCP that listens tells how many wait and how many may (`tcp_get_info` of the kernel); one of
    /// another kind tells nothing.
    private func lookAtQueue() {
        var words = [UInt32](repeating: 0, count: 26)
        var size = socklen_t(words.count * MemoryLayout<UInt32>.size)
        guard getsockopt(socket, CInt(IPPROTO_TCP), TCP_INFO, &words, &size) == 0,
            size >= Self.queueWords.upperBound * MemoryLayout<UInt32>.size
        else { return }
        rules.kernelHas(
            Int(words[Self.queueWords.lowerBound]), Int(words[Self.queueWords.upperBound - 1]))
    }

    /// Where `tcpi_unacked` and `tcpi_sacked` stand in `tcp_info`: behind eight bytes and four words.
    private static let queueWords = 6..<8

    private func admit(_ taken: CInt, _ address: PeerAddress) {
        guard case .waits(let isSeldom) = rules.admits(address) else {
            // It is reset: nothing of it stays in the kernel.
            var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                taken, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<linger>.size))
            close(taken)
            return
        }
        _ = fcntl(taken, F_SETFD, FD_CLOEXEC)
        rules.take(taken, address, isSeldom)
    }
}
