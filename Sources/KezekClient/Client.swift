// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Journal
public import KezekWire
import NIOCore
public import Queue
public import Texts

/// Asks a Kezek server over the network.
///
/// Connections are made when they are needed, kept, and shared: any number of tasks may ask at the
/// same time, and their calls are pipelined. A call that is lost on the way is repeated until its
/// deadline; every call of this API may be repeated safely, commands by their request id. The error of a
/// command whose answer never came has that id (`ClientError.mayBeDone`), also where none was given.
///
///     let client = Client(ClientSettings(endpoint: Endpoint("127.0.0.1:7447")!))
///     let answer = try await client.ask(.standards, in: .en)
///     await client.close()
public final class Client: Sendable {
    public let settings: ClientSettings
    private let pool: ConnectionPool

    public init(_ settings: ClientSettings) {
        self.settings = settings
        pool = ConnectionPool(settings)
    }

    /// The answer to a question, its texts in the given language.
    ///
    /// `proof` shows for whom the caller speaks.
    /// - Throws: `refused` with the server's reason, or why no answer came before the deadline.
    public func ask<Answer>(
        _ question: Question<Answer>, showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> Answer {
        let reply = try await reply(to: question.call, showing: proof, in: language)
        guard let answer = question.answer(in: reply) else {
            throw .badResponse(settings.endpoint)
        }
        return answer
    }

    /// The answer to a question that watches, now and at each change, until the server stops.
    ///
    /// Ends with an error if the connection is lost: watch again from what was told last on.
    public func watch<Answer>(
        _ question: Question<Answer>, in language: Language = .en
    ) -> AsyncThrowingStream<Answer, any Error> {
        watch(question.call, in: language) { question.answer(in: $0) }
    }

    /// What a call that watches is answered with, now and at each change, until the server stops.
    ///
    /// Ends with an error if the connection is lost.
    public func replies(
        to call: Call, in language: Language = .en
    ) -> AsyncThrowingStream<Reply, any Error> {
        watch(call, in: language) { $0 }
    }

    private func watch<T: Sendable>(
        _ call: Call, in language: Language, _ read: @escaping @Sendable (Reply) -> T?
    ) -> AsyncThrowingStream<T, any Error> {
        let watch = Watch(call, in: language, settings, pool, read)
        return AsyncThrowingStream(unfolding: { try await watch.next() })
    }

    /// Closes the connections.
    ///
    /// Calls that wait, for an answer or for a connection, and watches are cancelled at once.
    public func close() async { pool.close() }

    /// What any call is answered with: it is sent, and again if it is lost, until its deadline.
    public func reply(
        to call: Call, showing proof: BookingProof? = nil, in language: Language
    ) async throws(ClientError) -> Reply {
        let start = NIODeadline.now()
        let deadline = start + .milliseconds(Int64(settings.deadlineMilliseconds))
        let connected = start + .milliseconds(Int64(settings.connectMilliseconds))
        var pause = Int64(settings.firstRetryMilliseconds)
        var attempts = settings.attempts
        var lastFailure: ClientError?
        // Whether a command was once sent of which nobody knows what came of it.
        var isOpen = false
        // The server itself has said so: its words say more than those of a later attempt that did nothing.
        var unknown: ClientError?
        func told(_ error: ClientError) -> ClientError {
            guard isOpen, let id = call.changes, !error.settles else { return error }
            if case .refused = error, let unknown { return .mayBeDone(id, unknown) }
            return .mayBeDone(id, error)
        }
        while true {
            let failure: ClientError
            do throws(ClientError) {
                return try await callOnce(call, proof, language, deadline, &isOpen)
            } catch {
                if case .refused(let refusal) = error, refusal.isOutcomeUnknown {
                    isOpen = true
                    unknown = error
                }
                // Why it was repeated says more than that there was no time left to repeat it.
                if case .timedOut = error, let lastFailure { throw told(lastFailure) }
                attempts -= 1
                guard error.mayBeRepeated, attempts > 0 else { throw told(error) }
                failure = error
                lastFailure = error
            }
            // Waiting a random part of the pause keeps many clients from coming back at once.
            let asked = failure.retryAfterMilliseconds
            let wait = TimeAmount.milliseconds(asked + Int64.random(in: pause / 2...pause))
            guard NIODeadline.now() + wait < deadline else { throw told(failure) }
            if case .cannotConnect = failure, NIODeadline.now() + wait >= connected {
                throw told(failure)
            }
            do { try await Task.sleep(nanoseconds: UInt64(wait.nanoseconds)) } catch {
                throw told(.cancelled)
            }
            pause = min(pause * 2, 2_000)
        }
    }

    private func callOnce(
        _ call: Call, _ proof: BookingProof?, _ language: Language, _ deadline: NIODeadline,
        _ isOpen: inout Bool
    ) async throws(ClientError) -> Reply {
        let connection = try await pool.connection(before: deadline, in: language)
        switch await connection.answer(
            to: call, showing: proof, language, deadline: deadline)
        {
        case .success(let response):
            switch response.result {
            case .success(let reply): return reply
            case .failure(let refusal): throw .refused(refusal)
            }
        case .failure(let failure):
            isOpen = isOpen || failure.mayBeAnswered
            throw failure.error(at: settings.endpoint)
        }
    }
}

extension Call {
    /// The request id of a command that changes something, which a dry run does not; nil for a question.
    fileprivate var changes: RequestID? {
        switch self {
        case .command(let id, .changeOffice(let command)): command.dryRun ? nil : id
        case .decree(let id, let command): command.dryRun ? nil : id
        default: requestID
        }
    }
}

extension ClientError {
    /// How long the server asked to wait before the call is repeated.
    var retryAfterMilliseconds: Int64 {
        if case .refused(let refusal) = self { Int64(refusal.retryAfterMilliseconds) } else { 0 }
    }

    /// Whether it says that a command was not carried out, whatever became of it when it was sent before.
    fileprivate var settles: Bool {
        if case .refused(let refusal) = self { !refusal.reason.mayBeRetried } else { false }
    }

    /// Whether the same call may succeed if it is sent again.
    var mayBeRepeated: Bool {
        switch self {
        case .connectionLost, .cannotConnect, .notTrusted(_, .endedEarly): true
        case .refused(let refusal): refusal.reason.mayBeRetried
        case .timedOut, .badResponse, .requestTooLarge, .cancelled, .notTrusted, .mayBeDone: false
        }
    }
}
