// SPDX-License-Identifier: Apache-2.0

import KezekSimulator
import TestKit
import Testing

@Suite struct SimulationTests {
    /// What a seed has found once is tried for ever.
    @Test(arguments: Array(UInt64(1)...20) + [176])
    func whateverPeopleAndMachinesDoTheQueueStaysSound(seed: UInt64) async throws {
        let summary = try await offThePool {
            var simulation = QueueSimulation(seed: seed, library: try Repository.library())
            return try simulation.run(steps: 600)
        }
        #expect(summary.acknowledged > 20)
        #expect(summary.repeated > 10)
    }

    /// Offices receive by booking alone, one person may book so much, and codes are named.
    @Test(arguments: Array(UInt64(1)...20))
    func whateverOfficesAddTheQueueStaysSound(seed: UInt64) async throws {
        let summary = try await offThePool {
            var simulation = QueueSimulation(
                seed: seed, library: try Repository.library(), hasReceptions: true)
            return try simulation.run(steps: 600)
        }
        #expect(summary.acknowledged > 20)
    }

    /// People wait for places that become free, take them, decline them or do not answer.
    @Test(arguments: Array(UInt64(1)...20))
    func whoeverWaitsNobodyIsPassedOver(seed: UInt64) async throws {
        let summary = try await offThePool {
            var simulation = QueueSimulation(
                seed: seed, library: try Repository.library(), hasReceptions: seed % 2 == 0,
                hasWaitingLists: true)
            return try simulation.run(steps: 600)
        }
        #expect(summary.acknowledged > 20)
    }
}
