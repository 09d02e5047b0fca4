// SPDX-License-Identifier: Apache-2.0

import Clocks
import Testing

@testable import kezek

/// What the kernel tells of its clock (`adjtimex`), by answers that a test gives: the machine's is not asked.
@Suite struct KernelClockTests {
    /// What `adjtimex` returns, and the status that it fills in (linux/timex.h).
    private struct Answer {
        var returned: Int32 = 0
        var status: Int32 = 1

        func isSynchronised() -> Bool {
            Clock.isSynchronised { words in
                // The status is the sixth word, of which it takes the first half; the rest is of others.
                words.storeBytes(of: Int64(-1), toByteOffset: 24, as: Int64.self)
                words.storeBytes(of: -1, toByteOffset: 44, as: Int32.self)
                words.storeBytes(of: status, toByteOffset: 40, as: Int32.self)
                return returned
            }
        }
    }

    /// TIME_OK to TIME_WAIT, with and without a leap second ahead, are answers of a clock that is synchronised;
    /// TIME_ERROR, STA_UNSYNC and a kernel that may not be asked are none.
    @Test func anUnsynchronisedClockIsToldFromASynchronisedOne() {
        for returned in Int32(-1)...6 {
            for status in Int32(0)..<0x4000 {
                let isSynchronised =
                    [0, 1, 2, 3, 4].contains(returned) && status / 64 % 2 == 0
                let answer = Answer(returned: returned, status: status)
                if answer.isSynchronised() != isSynchronised {
                    Issue.record("returned \(returned), status \(status)")
                }
            }
        }
    }

    /// A clock that was set is in doubt until the kernel has said for 60 seconds, without a gap, that it is
    /// synchronised.
    @Test func aMinuteOfSynchronisationEndsADoubt() {
        var kernel = Answer()
        var (wall, boot): (Int64, Int64) = (1_773_896_400_000, 5_000_000)
        func reading() -> ClockReading {
            ClockReading(wall: wall, boot: boot, isSynchronised: kernel.isSynchronised())
        }
        var clock = ClockGuard(first: reading(), recorded: nil)
        func pass(seconds: Int, isInDoubt: Bool, _ comment: Comment) {
            for _ in 0..<seconds {
                wall += 1_000
                boot += 1_000
                #expect((clock.look(reading()) != nil) == isInDoubt, comment)
            }
        }
        pass(seconds: 120, isInDoubt: false, "nothing was set")
        wall += 7_200_000
        kernel = Answer(returned: 5, status: 64)
        pass(seconds: 300, isInDoubt: true, "set by hand, and not synchronised")
        kernel = Answer(returned: 5, status: 1)
        pass(seconds: 90, isInDoubt: true, "the kernel reports an error")
        kernel = Answer(returned: -1, status: 1)
        pass(seconds: 90, isInDoubt: true, "the kernel may not be asked")
        kernel = Answer()
        pass(seconds: 59, isInDoubt: true, "not yet a minute")
        kernel = Answer(status: 65)
        pass(seconds: 1, isInDoubt: true, "a gap")
        kernel = Answer(returned: 1, status: 17)
        pass(seconds: 60, isInDoubt: true, "59 seconds from the first look to the last")
        pass(seconds: 1, isInDoubt: false, "a minute")
        pass(seconds: 300, isInDoubt: false, "and from then on")
    }
}
