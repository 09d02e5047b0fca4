// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import KezekEngine
import KezekWire
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOSSL
import Texts

extension ConnectionHandler {
    /// Takes a token, or makes whoever sends a wrong one wait.
    ///
    /// The secret is never logged; of the entry that a right one belongs to only its name is.
    func authenticate(_ token: Secret, _ request: WireRequest, to output: inout ByteBuffer) {
        guard let access = desk.access else {
            let open = Reply.authenticated(Authentication(rights: nil))
            return respond(request.id, .authenticate, .success(open), to: &output)
        }
        let pause = desk.strangers.pause(of: address, at: arrived)
        guard pause > .zero, let context else {
            return look(at: token, request, access, to: &output)
        }
        // What follows may depend on it, so nothing is read until it was looked at.
        state.beginWaiting()
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: pause) {
            handler.value.lookLater(at: token, request, access)
        }
    }

    private func lookLater(at token: Secret, _ request: WireRequest, _ access: AccessGuard) {
        guard let context else { return }
        state.endWaiting(at: Self.seconds(.now()))
        var output = ByteBuffer()
        look(at: token, request, access, to: &output)
        finishChunk(output, context)
        if state.takesRequests, !isContinuing { work(context) }
        settleEnding(context)
        context.flush()
        releaseRead(context)
    }

    private func look(
        at token: Secret, _ request: WireRequest, _ access: AccessGuard,
        to output: inout ByteBuffer
    ) {
        let credential = Credential.token(AccessToken.digest(token))
        switch enter(credential, access) {
        case .entered(let entry):
            failedTokens = 0
            let rights = Authentication.Rights(
                role: entry.role, offices: entry.offices, expiresAt: entry.expiresAt)
            respond(
                request.id, .authenticate,
                .success(.authenticated(Authentication(rights: rights))), to: &output)
        case .full(let entry):
            let refusal = AccessWording.tooManyConnections(entry, request.language)
            respond(request.id, .authenticate, .failure(refusal), to: &output)
        case .nobody: refuseToken(request)
        }
    }

    private func enter(_ credential: Credential, _ access: AccessGuard) -> AccessGuard.Entrance {
        let entrance = access.enter(credential, leaving: caller, now: desk.now())
        caller = nil
        switch entrance {
        case .entered(let entry):
            caller = entry.id
            becomeKnown()
            log.log(.debug, "authenticated", ["access": "\(entry.id)"])
        case .full(let entry):
            log.log(
                .notice, "an entry of the access list has all the connections it may have",
                ["access": "\(entry.id)"])
        case .nobody: desk.strangers.failed(address, at: .now())
        }
        // Whoever has shown a wrong token after a right one is a stranger again.
        if caller == nil, !isStranger { becomeStranger() }
        return entrance
    }

    /// Each further wrong token waits longer for its answer; then the connection is closed.
    private func refuseToken(_ request: WireRequest) {
        guard let context else { return }
        failedTokens += 1
        loop.statistics.withLockedValue { $0.failedAuthentications += 1 }
        log.log(
            .notice, "authentication failed",
            ["peer": "\(peer(context))", "attempt": "\(failedTokens)"])
        guard failedTokens < ServerLimits.wrongTokens else {
            return close(for: .wrongTokens, context)
        }
        let address = handOn(request, .authenticate)
        let refusal = AccessWording.wrongToken(request.language)
        context.eventLoop.scheduleTask(
            in: .milliseconds(ServerLimits.wrongTokenMilliseconds << Int64(failedTokens - 1))
        ) {
            address.send(Result<Reply, Refusal>.failure(refusal))
        }
    }

    /// Takes the certificate that a peer has shown, if the list names it; the peer may still send a token.
    ///
    /// The handshake has proved that the peer has its key, and that an authority that the operator
    /// trusts has signed it.
    func shakenHands(_ context: ChannelHandlerContext) {
        state.handshakeEnded()
        guard let access = desk.access,
            let certificate = try? context.pipeline.syncOperations.nioSSL_peerCertificate(),
            let bytes = try? certificate.toDERBytes()
        else { return }
        switch enter(.certificate(AccessToken.digest(bytes)), access) {
        case .entered: break
        case .full(let entry):
            notify(AccessWording.tooManyConnections(entry, .en), context)
            close(for: .tooManyOfOneEntry, context)
        case .nobody:
            loop.statistics.withLockedValue { $0.failedAuthentications += 1 }
            log.log(
                .notice, "the certificate of a peer is not in the access list",
                ["peer": "\(peer(context))"])
        }
    }
}
