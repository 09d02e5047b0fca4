// SPDX-License-Identifier: Apache-2.0

import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import Texts

/// The connections of a client, each made when it is first needed and again when it is lost.
///
/// Whoever needs one waits for it no longer than its own deadline, and not at all once its task is
/// cancelled or the client is closed.
final class ConnectionPool: Sendable {
    private let settings: ClientSettings
    private let state: NIOLockedValueBox<State>

    private typealias Waiter = @Sendable (Result<ClientConnection, ClientError>) -> Void

    private enum Slot {
        case empty
        case connecting(UInt64, Task<Void, Never>, [UInt64: Waiter])
        case open(ClientConnection)
    }

    private struct State {
        var slots: [Slot]
        var turn = 0
        var last: UInt64 = 0
        var isClosed = false
        /// What else is to be ended with the client.
        var endings: [UInt64: @Sendable () -> Void] = [:]

        mutating func next() -> UInt64 {
            last += 1
            return last
        }
    }

    init(_ settings: ClientSettings) {
        self.settings = settings
        state = NIOLockedValueBox(
            State(slots: Array(repeating: .empty, count: max(1, settings.connections))))
    }

    /// A connection that takes calls.
    ///
    /// Why the server lets nobody in is told in the language of whoever has it made.
    func connection(
        before deadline: NIODeadline, in language: Language
    ) async throws(ClientError) -> ClientConnection {
        let waiting = Waiting()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiting.begin { continuation.resume(returning: $0) }
                let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(
                    deadline: deadline
                ) { [endpoint = settings.endpoint] in
                    waiting.finish(.failure(.timedOut(endpoint)))
                }
                waiting.onEnd { timer.cancel() }
                find(waiting, language, deadline)
            }
        } onCancel: {
            waiting.finish(.failure(.cancelled))
        }
        return try result.get()
    }

    /// Gives whoever waits the connection whose turn it is, or has one made.
    private func find(_ waiting: Waiting, _ language: Language, _ deadline: NIODeadline) {
        enum Step {
            case done(Result<ClientConnection, ClientError>)
            case waits(UInt64, slot: Int)
        }
        let step = state.withLockedValue { state -> Step in
            guard !state.isClosed else { return .done(.failure(.cancelled)) }
            state.turn = (state.turn + 1) % state.slots.count
            let slot = state.turn
            if case .open(let connection) = state.slots[slot] {
                if connection.isUsable { return .done(.success(connection)) }
                // It ends by itself once what still waits on it is answered.
                state.slots[slot] = .empty
            }
            let id = state.next()
            var waiters: [UInt64: Waiter] = [id: { waiting.finish($0) }]
            if case .connecting(let number, let task, let others) = state.slots[slot] {
                waiters.merge(others) { $1 }
                state.slots[slot] = .connecting(number, task, waiters)
            } else {
                let number = state.next()
                state.slots[slot] = .connecting(
                    number, connecting(slot, number, language, deadline), waiters)
            }
            return .waits(id, slot: slot)
        }
        switch step {
        case .done(let result): waiting.finish(result)
        case .waits(let id, let slot): waiting.onEnd { [self] in forget(id, slot) }
        }
    }

    /// Somebody waits no more.
    private func forget(_ id: UInt64, _ slot: Int) {
        state.withLockedValue { state in
            guard case .connecting(let number, let task, var waiters) = state.slots[slot] else {
                return
            }
            waiters[id] = nil
            state.slots[slot] = .connecting(number, task, waiters)
        }
    }

    private func connecting(
        _ slot: Int, _ number: UInt64, _ language: Language, _ deadline: NIODeadline
    ) -> Task<Void, Never> {
        Task {
            let result: Result<ClientConnection, ClientError>
            do throws(ClientError) {
                result = .success(
                    try await ClientConnection.open(
                        settings, in: language, group: MultiThreadedEventLoopGroup.singleton,
                        deadline: deadline))
            } catch { result = .failure(error) }
            made(result, slot, number)
        }
    }

    private func made(
        _ result: Result<ClientConnection, ClientError>, _ slot: Int, _ number: UInt64
    ) {
        let waiters = state.withLockedValue { state -> [Waiter]? in
            guard case .connecting(number, _, let waiters) = state.slots[slot] else { return nil }
            if case .success(let connection) = result {
                state.slots[slot] = .open(connection)
            } else {
                state.slots[slot] = .empty
            }
            return Array(waiters.values)
        }
        guard let waiters else {
            // The client was closed meanwhile.
            if case .success(let connection) = result { connection.end() }
            return
        }
        for waiter in waiters { waiter(result) }
    }

    /// Has something ended with the client; nil if it is closed already.
    func endLater(_ ending: @escaping @Sendable () -> Void) -> UInt64? {
        state.withLockedValue { state in
            guard !state.isClosed else { return nil }
            let id = state.next()
            state.endings[id] = ending
            return id
        }
    }

    func isOver(_ id: UInt64) { state.withLockedValue { $0.endings[id] = nil } }

    /// Closes what is open, and ends what is being made or watched.
    func close() {
        let (slots, endings) = state.withLockedValue {
            state -> ([Slot], [@Sendable () -> Void]) in
            defer {
                state.isClosed = true
                state.slots = state.slots.map { _ in .empty }
                state.endings = [:]
            }
            return (state.slots, Array(state.endings.values))
        }
        for slot in slots {
            switch slot {
            case .empty: break
            case .open(let connection): connection.end()
            case .connecting(_, let task, let waiters):
                task.cancel()
                for waiter in waiters.values { waiter(.failure(.cancelled)) }
            }
        }
        for ending in endings { ending() }
    }
}

/// One who waits for a connection: told once, whatever comes first.
private final class Waiting: Sendable {
    typealias Outcome = Result<ClientConnection, ClientError>

    private struct State {
        var told: (@Sendable (Outcome) -> Void)?
        var outcome: Outcome?
        var endings: [@Sendable () -> Void] = []
    }

    private let state = NIOLockedValueBox(State())

    func begin(_ told: @escaping @Sendable (Outcome) -> Void) {
        let outcome = state.withLockedValue { state in
            if state.outcome == nil { state.told = told }
            return state.outcome
        }
        if let outcome { told(outcome) }
    }

    /// Called when it is over; at once if it is.
    func onEnd(_ ending: @escaping @Sendable () -> Void) {
        let isOver = state.withLockedValue { state in
            if state.outcome == nil { state.endings.append(ending) }
            return state.outcome != nil
        }
        if isOver { ending() }
    }

    func finish(_ outcome: Outcome) {
        let (told, endings) = state.withLockedValue {
            state -> ((@Sendable (Outcome) -> Void)?, [@Sendable () -> Void]) in
            guard state.outcome == nil else { return (nil, []) }
            state.outcome = outcome
            defer {
                state.told = nil
                state.endings = []
            }
            return (state.told, state.endings)
        }
        for ending in endings { ending() }
        told?(outcome)
    }
}
