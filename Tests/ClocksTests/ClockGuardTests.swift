// SPDX-License-Identifier: Apache-2.0

import Clocks
import Testing

/// Clocks that are given: nothing here reads one.
@Suite struct ClockGuardTests {
    private static let noon: Int64 = 1_773_896_400

    /// A machine whose clocks go on as told.
    private struct Machine {
        var wall = ClockGuardTests.noon * 1_000
        var boot: Int64 = 10_000_000
        var synchronised: Bool? = false
        var reading: ClockReading {
            ClockReading(wall: wall, boot: boot, isSynchronised: synchronised)
        }

        mutating func pass(_ milliseconds: Int64) {
            wall += milliseconds
            boot += milliseconds
        }
    }

    /// A step in milliseconds, and the doubt that it makes.
    @Test(
        arguments: [
            (0, nil), (5_000, nil), (-5_000, nil), (5_001, .stepped(5)), (-5_001, .stepped(-5)),
            (400 * 86_400_000, .stepped(34_560_000)), (-3_600_000, .stepped(-3_600)),
        ] as [(Int64, ClockDoubt?)])
    func aStepIsADoubtBeyondFiveSeconds(step: Int64, doubt: ClockDoubt?) {
        var machine = Machine()
        var clock = ClockGuard(first: machine.reading, recorded: nil)
        machine.pass(1_000)
        #expect(clock.look(machine.reading) == nil)
        machine.wall += step
        #expect(clock.look(machine.reading) == doubt)
        machine.pass(3_600_000)
        #expect(clock.look(machine.reading) == doubt)
        // It ends by itself when the clock is back.
        machine.wall -= step
        #expect(clock.look(machine.reading) == nil)
    }

    /// Seconds from the last entry to the clock at a start, and the doubt.
    @Test(
        arguments: [
            (0, nil), (-5, nil), (-6, .behindRecord(6)), (31 * 86_400, nil),
            (31 * 86_400 + 1, .aheadOfRecord(31 * 86_400 + 1)), (-86_400, .behindRecord(86_400)),
            (400 * 86_400, .aheadOfRecord(400 * 86_400)),
        ] as [(Int64, ClockDoubt?)])
    func aStartFarFromTheRecordIsADoubt(seconds: Int64, doubt: ClockDoubt?) {
        var machine = Machine()
        let recorded = Self.noon - seconds
        var clock = ClockGuard(first: machine.reading, recorded: recorded)
        #expect(clock.doubt == doubt)
        guard doubt != nil else { return }
        // Set right, it is believed, wherever in that range; from then on each step counts.
        machine.wall = recorded * 1_000
        machine.pass(10_000)
        #expect(clock.look(machine.reading) == nil)
        machine.wall += 5_001
        #expect(clock.look(machine.reading) == .stepped(5))
    }

    @Test func withoutARecordAnyClockIsBelieved() {
        var machine = Machine()
        machine.wall = 0
        #expect(ClockGuard(first: machine.reading, recorded: nil).doubt == nil)
    }

    /// The machine sleeps: both clocks go on.
    @Test func sleepIsNoStep() {
        var machine = Machine()
        var clock = ClockGuard(first: machine.reading, recorded: Self.noon)
        machine.pass(8 * 3_600_000)
        #expect(clock.look(machine.reading) == nil)
    }

    /// A virtual machine is halted and goes on elsewhere: its clocks stood still, and then one is set.
    ///
    /// Once the kernel has said for a minute that it is synchronised, it is believed.
    @Test func aMovedMachineIsBelievedOnceItIsSynchronised() {
        var machine = Machine()
        machine.synchronised = true
        var clock = ClockGuard(first: machine.reading, recorded: Self.noon)
        machine.pass(600_000)
        #expect(clock.look(machine.reading) == nil)
        // To set a clock ends its being synchronised.
        machine.wall += 7_200_000
        machine.synchronised = false
        #expect(clock.look(machine.reading) == .stepped(7_200))
        machine.pass(20_000)
        machine.synchronised = true
        #expect(clock.look(machine.reading) == .stepped(7_200))
        machine.pass(59_999)
        #expect(clock.look(machine.reading) == .stepped(7_200))
        machine.pass(1)
        #expect(clock.look(machine.reading) == nil)
        machine.pass(1_000)
        #expect(clock.look(machine.reading) == nil)
        machine.wall -= 7_200_000
        #expect(clock.look(machine.reading) == .stepped(-7_200))
    }

    /// That it was synchronised before the step is not counted, nor what was before a further step, nor a
    /// minute with a gap.
    @Test func theMinuteBeginsWithTheLastStep() {
        var machine = Machine()
        machine.synchronised = true
        var clock = ClockGuard(first: machine.reading, recorded: nil)
        machine.pass(3_600_000)
        #expect(clock.look(machine.reading) == nil)
        machine.wall += 60_000
        #expect(clock.look(machine.reading) == .stepped(60))
        machine.pass(59_000)
        #expect(clock.look(machine.reading) == .stepped(60))
        machine.wall += 60_000
        #expect(clock.look(machine.reading) == .stepped(120))
        machine.pass(59_000)
        #expect(clock.look(machine.reading) == .stepped(120))
        machine.synchronised = false
        #expect(clock.look(machine.reading) == .stepped(120))
        machine.synchronised = true
        machine.pass(59_000)
        #expect(clock.look(machine.reading) == .stepped(120))
        machine.pass(59_000)
        // A reading for which the kernel was not asked changes nothing.
        machine.synchronised = nil
        #expect(clock.look(machine.reading) == .stepped(120))
        machine.pass(1_000)
        #expect(clock.look(machine.reading) == nil)
    }

    /// Small steps add up; on a machine that is synchronised they are taken in.
    @Test func smallStepsAddUpUnlessSynchronised() {
        for isSynchronised in [false, true] {
            var machine = Machine()
            machine.synchronised = isSynchronised
            var clock = ClockGuard(first: machine.reading, recorded: nil)
            var doubts = 0
            for _ in 1...10 {
                machine.pass(100_000)
                machine.wall += 1_000
                if clock.look(machine.reading) != nil { doubts += 1 }
            }
            #expect(doubts == (isSynchronised ? 0 : 5))
        }
    }

    @Test func whoLooksMayAccept() {
        var machine = Machine()
        var clock = ClockGuard(first: machine.reading, recorded: Self.noon + 1_000)
        #expect(clock.doubt == .behindRecord(1_000))
        clock.accept(machine.reading)
        #expect(clock.doubt == nil)
        machine.pass(1_000)
        #expect(clock.look(machine.reading) == nil)
        machine.wall += 6_000
        #expect(clock.look(machine.reading) == .stepped(6))
    }
}
