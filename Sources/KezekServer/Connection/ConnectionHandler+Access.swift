// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import KezekWire
import Logging
import NIOCore

extension ConnectionHandler {
    /// Takes a token, or makes whoever sends a wrong one wait.
    ///
    /// The secret is never logged; of the entry that a right one belongs to only its name is.
    func authenticate(_ token: String, _ request: WireRequest, to output: inout ByteBuffer) {
        guard let access = desk.access else {
            let open = Reply.authenticated(Authentication(rights: nil))
            return respond(request.id, .authenticate, .success(open), to: &output)
        }
        if let entry = access.entry(token, now: desk.now()) {
            caller = entry.id
            failedTokens = 0
            logger.debug("authenticated", metadata: ["access": "\(entry.id)"])
            let rights = Authentication.Rights(
                role: entry.role, offices: entry.offices, expiresAt: entry.expiresAt)
            return respond(
                request.id, .authenticate,
                .success(.authenticated(Authentication(rights: rights))), to: &output)
        }
        refuseToken(request)
    }

    /// Each further wrong token waits longer for its answer; then the connection is closed.
    private func refuseToken(_ request: WireRequest) {
        guard let context else { return }
        caller = nil
        failedTokens += 1
        logger.notice(
            "authentication failed",
            metadata: ["peer": "\(peer(context))", "attempt": "\(failedTokens)"])
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
}
