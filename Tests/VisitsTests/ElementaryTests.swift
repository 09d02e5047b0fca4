// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Visits

/// The functions that the standard library lacks, beside the system's.
@Suite struct ElementaryTests {
    @Test func logarithmsAreTheSystems() {
        #expect(Elementary.log(0) == -.infinity && Elementary.log(1) == 0)
        for step in 1...20_000 {
            let x = Double(step) * Double(step) / 7e4 + 1e-12
            let expected = Foundation.log(x)
            #expect(abs(Elementary.log(x) - expected) <= 4e-15 * max(1, abs(expected)), "\(x)")
        }
    }

    @Test func powersAreTheSystems() {
        #expect(Elementary.exp(0) == 1 && Elementary.exp(-1_000) == 0)
        #expect(Elementary.exp(1_000) == .infinity)
        for step in -6_000...6_000 {
            let x = Double(step) / 10 + 0.01
            let expected = Foundation.exp(x)
            #expect(abs(Elementary.exp(x) / expected - 1) <= 1e-13, "\(x)")
        }
    }
}
