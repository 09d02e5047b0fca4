// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import Journal
import KezekEngine
import KezekWire
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import Texts

/// Who calls over a connection: tokens that come with requests, and a certificate.
extension WebConnection {
    /// What a request's token comes to.
    enum Entrance {
        /// The entry of the access list; nil for a stranger, or where nobody is asked.
        case admitted(String?)
        case refused(Refusal, after: TimeAmount)
        /// It is looked at later, as wrong ones came from the address.
        case later(TimeAmount)
    }

    /// Looks at the token of a request; `isPatient` once it has waited.
    func enter(_ credential: WebCredential, isPatient: Bool = false) -> Entrance {
        guard let access = desk.access else { return .admitted(nil) }
        guard let token = credential.token else { return .admitted(certified) }
        let known = Credential.token(AccessToken.digest(token))
        if let id = entered[known] { return .admitted(id) }
        let pause = desk.strangers.pause(of: address, at: .now())
        if pause > .zero, !isPatient { return .later(pause) }
        guard entered.count < ServerLimits.tokensOfAConnection else {
            return .refused(AccessWording.tooManyTokens(credential.language), after: .zero)
        }
        switch access.enter(known, leaving: nil, now: desk.now()) {
        case .entered(let entry):
            entered[known] = entry.id
            failedTokens = 0
            leaveStrangers()
            state.becameKnown()
            desk.log.log(.debug, "authenticated", ["access": "\(entry.id)"])
            return .admitted(entry.id)
        case .full(let entry):
            desk.log.log(
                .notice, "an entry of the access list has all the connections it may have",
                ["access": "\(entry.id)"])
            return .refused(
                AccessWording.tooManyConnections(entry, credential.language), after: .zero)
        case .nobody: return refuseToken(credential.language)
        }
    }

    /// Each further wrong token waits longer for its answer; then the connection is closed.
    private func refuseToken(_ language: Language) -> Entrance {
        failedTokens += 1
        desk.strangers.failed(address, at: .now())
        loop.statistics.withLockedValue { $0.failedAuthentications += 1 }
        desk.log.log(
            .notice, "authentication failed", ["peer": "\(peer)", "attempt": "\(failedTokens)"])
        let refusal = AccessWording.wrongToken(language)
        guard failedTokens < ServerLimits.wrongTokens else {
            close(for: .wrongTokens)
            return .refused(refusal, after: .zero)
        }
        let pause = ServerLimits.wrongTokenMilliseconds << Int64(failedTokens - 1)
        return .refused(refusal, after: .milliseconds(pause))
    }

    /// Takes the certificate that a peer has shown, in its DER form, if the list names it; nil for none.
    public func shookHands(_ certificate: [UInt8]?) {
        state.handshakeEnded()
        guard let access = desk.access, let certificate else { return }
        switch access.enter(
            .certificate(AccessToken.digest(certificate)), leaving: certified, now: desk.now())
        {
        case .entered(let entry):
            certified = entry.id
            leaveStrangers()
            state.becameKnown()
            desk.log.log(.debug, "authenticated", ["access": "\(entry.id)"])
        case .full: close(for: .tooManyOfOneEntry)
        case .nobody:
            desk.strangers.failed(address, at: .now())
            loop.statistics.withLockedValue { $0.failedAuthentications += 1 }
            desk.log.log(
                .notice, "the certificate of a peer is not in the access list", ["peer": "\(peer)"])
        }
    }

    /// Counts the connection among the strangers; false if there is no place.
    ///
    /// Where there is none, another stranger gives way, of whichever protocol.
    func becomeStranger() -> Bool {
        var admission = desk.strangers.admit(address)
        if admission != .admitted,
            let other = loop.strangerToReplace(
                ofAddress: admission == .addressIsFull ? address : nil)
        {
            other.giveWay()
            admission = desk.strangers.admit(address)
        }
        guard admission == .admitted else {
            close(for: admission == .addressIsFull ? .tooManyOfAddress : .tooManyStrangers)
            return false
        }
        isStranger = true
        state.becameStranger(at: Self.now)
        loop.addStranger(number, address)
        return true
    }

    func leaveStrangers() {
        guard isStranger else { return }
        isStranger = false
        loop.removeStranger(number, address)
        desk.strangers.leave(address)
    }

    /// Who is recorded with what a caller has done.
    func callerID(_ caller: String?) -> CallerID {
        guard desk.access != nil else { return .local }
        return caller.flatMap { CallerID($0) } ?? .time
    }

    /// Who hears what the server says of itself.
    func listener(_ caller: String?) -> CallDesk.Listener {
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
