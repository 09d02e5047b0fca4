// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import Journal
import KezekWire
import NIOCore

/// What a connection may cost before somebody has said who is calling, and how that ends.
extension ConnectionHandler {
    /// Counts the connection among the strangers; false if there is no place, and it is closed.
    ///
    /// Where there is none, another stranger gives way: so whoever holds connections open keeps nobody
    /// out. A caller needs milliseconds to say who is calling.
    @discardableResult
    func becomeStranger() -> Bool {
        guard let context else { return false }
        var admission = desk.strangers.admit(address)
        if admission != .admitted,
            let other = loop.strangerToReplace(
                ofAddress: admission == .addressIsFull ? address : nil)
        {
            other.giveWay()
            admission = desk.strangers.admit(address)
        }
        guard admission == .admitted else {
            notify(.tooManyConnections, context)
            close(
                for: admission == .addressIsFull ? .tooManyOfAddress : .tooManyStrangers, context)
            return false
        }
        isStranger = true
        state.becameStranger(at: Self.seconds(.now()))
        loop.addStranger(number, address)
        setBuffers(context, ServerLimits.strangerBuffers)
        return true
    }

    /// Somebody has said who is calling: from now on the connection may cost what others do.
    func becomeKnown() {
        guard isStranger else { return }
        leaveStrangers()
        state.becameKnown()
        if let context { setBuffers(context, ServerLimits.buffers) }
    }

    func leaveStrangers() {
        guard isStranger else { return }
        isStranger = false
        loop.removeStranger(number, address)
        desk.strangers.leave(address)
    }

    func giveWay() {
        leaveStrangers()
        if let context { close(for: .strangerReplaced, context) }
    }

    private func setBuffers(_ context: ChannelHandlerContext, _ buffers: ServerLimits.Buffers) {
        let options = context.channel.syncOptions
        try? options?.setOption(
            .writeBufferWaterMark, value: .init(low: buffers.unsentLow, high: buffers.unsentHigh))
        try? options?.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(
                minimum: 2_048, initial: min(8_192, buffers.reading), maximum: buffers.reading))
    }

    /// Who is recorded with what the connection has done.
    var callerID: CallerID {
        guard desk.access != nil else { return .local }
        // Without an entry no command comes this far.
        return caller.flatMap { CallerID($0) } ?? .time
    }

    /// Who hears what the server says of itself.
    var listener: CallDesk.Listener {
        // Where nobody is asked, another user of the machine hears what a caller does.
        guard let access = desk.access else {
            return localPeer?.isOwn == false ? .caller : .operator
        }
        return switch access.role(of: caller, now: desk.now()) {
        case nil: .stranger
        case .operator: .operator
        default: .caller
        }
    }
}
