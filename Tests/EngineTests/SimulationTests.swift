// SPDX-License-Identifier: Apache-2.0

import KezekSimulator
import TestKit
import Testing

@Suite struct SimulationTests {
    /// What a seed has found once is tried for ever.
    @Test(arguments: Array(UInt64(1)...30) + [176])
    func whateverPeopleAndMachinesDoTheQueueStaysSound(seed: UInt64) throws {
        var simulation = QueueSimulation(seed: seed, library: try Repository.library())
        let summary = try simulation.run(steps: 600)
        #expect(summary.acknowledged > 20)
        #expect(summary.repeated > 10)
    }
}
