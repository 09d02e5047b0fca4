// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOPosix

/// The connections of a client, each made when it is first needed and again when it is lost.
actor ConnectionPool {
    private let settings: ClientSettings
    private var slots: [Task<ClientConnection, any Error>?]
    private var turn = 0
    private var isClosed = false

    init(_ settings: ClientSettings) {
        self.settings = settings
        slots = Array(repeating: nil, count: max(1, settings.connections))
    }

    /// A connection that takes calls.
    func connection(before deadline: NIODeadline) async throws(ClientError) -> ClientConnection {
        guard !isClosed else { throw .cancelled }
        turn = (turn + 1) % slots.count
        let slot = turn
        if let task = slots[slot] {
            if let connection = try? await task.value, await connection.isUsable {
                return connection
            }
            // Another call may have replaced it while this one waited.
            if slots[slot] == task { slots[slot] = nil }
            guard !isClosed else { throw .cancelled }
        }
        let task = slots[slot] ?? connecting(slot, deadline)
        do {
            let connection = try await task.value
            guard !isClosed else {
                await connection.close()
                throw ClientError.cancelled
            }
            return connection
        } catch {
            if slots[slot] == task { slots[slot] = nil }
            throw error as? ClientError ?? .cannotConnect(settings.endpoint, "\(error)")
        }
    }

    private func connecting(
        _ slot: Int, _ deadline: NIODeadline
    ) -> Task<ClientConnection, any Error> {
        let settings = settings
        let left = max(1, (deadline - .now()).nanoseconds)
        let task = Task {
            try await ClientConnection.open(
                settings, group: MultiThreadedEventLoopGroup.singleton,
                timeout: .nanoseconds(left))
        }
        slots[slot] = task
        return task
    }

    func close() async {
        isClosed = true
        for task in slots.compactMap({ $0 }) {
            if let connection = try? await task.value { await connection.close() }
        }
        slots = slots.map { _ in nil }
    }
}
