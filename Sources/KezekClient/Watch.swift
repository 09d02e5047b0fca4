// SPDX-License-Identifier: Apache-2.0

import KezekWire
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Texts

/// A watch: a call with many responses, on a connection of its own, whose end ends it at the server.
///
/// The connection is made when the first value is asked for. While more values wait than may, nothing
/// is read, so that the server merges what it has to tell. Whoever lets go of the watch, cancels the
/// task that waits for it, or closes the client, ends it.
final class Watch<Value: Sendable>: Sendable {
    private typealias Waiter = CheckedContinuation<Value?, any Error>

    private enum Stage {
        case idle
        case running(ClientConnection)
        /// Nil if the server has ended it.
        case over((any Error)?)
    }

    private struct State {
        var stage = Stage.idle
        var values: [Value] = []
        var waiter: Waiter?
        var isReading = true
        var ending: UInt64?
    }

    private let call: Call
    private let language: Language
    private let settings: ClientSettings
    private let pool: ConnectionPool
    private let read: @Sendable (Reply) -> Value?
    private let state = NIOLockedValueBox(State())

    init(
        _ call: Call, in language: Language, _ settings: ClientSettings, _ pool: ConnectionPool,
        _ read: @escaping @Sendable (Reply) -> Value?
    ) {
        self.call = call
        self.language = language
        self.settings = settings
        self.pool = pool
        self.read = read
    }

    deinit {
        let (stage, ending) = state.withLockedValue { ($0.stage, $0.ending) }
        if let ending { pool.isOver(ending) }
        if case .running(let connection) = stage { connection.end() }
    }

    /// The next value; nil when the server has ended the watch.
    func next() async throws -> Value? {
        if case .idle = state.withLockedValue({ $0.stage }) { try await begin() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { take($0) }
        } onCancel: {
            finish(ClientError.cancelled, now: true)
        }
    }

    private func begin() async throws {
        let deadline =
            NIODeadline.now() + .milliseconds(Int64(settings.deadlineMilliseconds))
        let opening = Task { [settings, language] in
            try await ClientConnection.open(
                settings, in: language, group: MultiThreadedEventLoopGroup.singleton,
                deadline: deadline)
        }
        // Closing the client ends it, while it is being made and later.
        guard
            let ending = pool.endLater({ [weak self] in
                opening.cancel()
                self?.finish(ClientError.cancelled, now: true)
            })
        else {
            // It may have been made before it could be cancelled.
            opening.cancel()
            (try? await opening.value)?.end()
            throw over(ClientError.cancelled)
        }
        state.withLockedValue { $0.ending = ending }
        let connection: ClientConnection
        do {
            connection = try await withTaskCancellationHandler {
                try await opening.value
            } onCancel: {
                opening.cancel()
            }
        } catch { throw over(error) }
        let isRunning = state.withLockedValue { state in
            guard case .idle = state.stage else { return false }
            state.stage = .running(connection)
            return true
        }
        guard isRunning else { return connection.end() }
        connection.probe(
            after: .milliseconds(Int64(settings.watchSilenceMilliseconds)),
            within: .milliseconds(Int64(settings.deadlineMilliseconds)))
        // The first value comes at once, or in time.
        _ = connection.send(call, language, deadline: deadline) { [weak self] in
            self?.receive($0)
        }
    }

    /// It has come to nothing, for a reason.
    private func over(_ error: any Error) -> any Error {
        finish(error, now: true)
        return error
    }

    private func receive(_ result: Result<WireResponse, CallFailure>) {
        switch result {
        case .failure(let failure):
            finish(failure.error(at: settings.endpoint), now: false)
        case .success(let response):
            switch response.result {
            case .failure(let refusal): finish(ClientError.refused(refusal), now: false)
            case .success(let reply):
                guard let value = read(reply) else {
                    return finish(ClientError.badResponse(settings.endpoint), now: false)
                }
                add(value)
                if !response.more { finish(nil, now: false) }
            }
        }
    }

    private func add(_ value: Value) {
        let (waiter, pausing) = state.withLockedValue { state -> (Waiter?, ClientConnection?) in
            guard case .running(let connection) = state.stage else { return (nil, nil) }
            if let waiter = state.waiter {
                state.waiter = nil
                return (waiter, nil)
            }
            state.values.append(value)
            guard state.isReading, state.values.count >= max(1, settings.watchBuffer) else {
                return (nil, nil)
            }
            state.isReading = false
            return (nil, connection)
        }
        waiter?.resume(returning: value)
        if let pausing { follow(pausing) }
    }

    /// Has the connection read, or not, as it is to be by then.
    ///
    /// Whoever takes the last value and whoever adds one may come here in another order than that in which
    /// they changed the state: so the loop looks at it, and the last look is at the last state.
    private func follow(_ connection: ClientConnection) {
        connection.setReading { [weak self] in self?.state.withLockedValue { $0.isReading } ?? true
        }
    }

    private enum Step {
        case wait
        case value(Value, ClientConnection?)
        case end((any Error)?)
    }

    private func take(_ waiter: Waiter) {
        let step = state.withLockedValue { state -> Step in
            if !state.values.isEmpty {
                let value = state.values.removeFirst()
                guard case .running(let connection) = state.stage, !state.isReading,
                    state.values.isEmpty
                else { return .value(value, nil) }
                state.isReading = true
                return .value(value, connection)
            }
            if case .over(let error) = state.stage { return .end(error) }
            state.waiter = waiter
            return .wait
        }
        switch step {
        case .wait: break
        case .value(let value, let resuming):
            waiter.resume(returning: value)
            if let resuming { follow(resuming) }
        case .end(let error):
            if let error { waiter.resume(throwing: error) } else { waiter.resume(returning: nil) }
        }
    }

    /// Ends it: what has come is still given, unless it is to end now.
    private func finish(_ error: (any Error)?, now: Bool) {
        let (waiter, connection, ending) = state.withLockedValue {
            state -> (Waiter?, ClientConnection?, UInt64?) in
            if case .over = state.stage { return (nil, nil, nil) }
            var connection: ClientConnection?
            if case .running(let running) = state.stage { connection = running }
            state.stage = .over(error)
            if now { state.values = [] }
            defer {
                state.waiter = nil
                state.ending = nil
            }
            return (state.waiter, connection, state.ending)
        }
        if let ending { pool.isOver(ending) }
        connection?.end()
        if let error { waiter?.resume(throwing: error) } else { waiter?.resume(returning: nil) }
    }
}
