// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import KezekServer

@Suite struct ConnectionStateTests {
    private var limits: ServerLimits {
        var limits = ServerLimits()
        limits.idleSeconds = 100
        limits.frameSeconds = 10
        limits.writeStallSeconds = 20
        limits.drainSeconds = 5
        return limits
    }

    private func state() -> ConnectionState { ConnectionState(limits: limits, now: 0) }

    @Test func aConnectionWithoutRequestsIsClosedAsIdle() {
        var state = state()
        #expect(state.check(at: 99) == .carryOn)
        #expect(state.check(at: 100) == .close(.idle))
        state.received(at: 90)
        state.worked(requests: 1, partOfFrameLeft: false, at: 90)
        #expect(state.check(at: 189) == .carryOn)
        #expect(state.check(at: 190) == .close(.idle))
    }

    @Test func aWatcherMayBeSilent() {
        var state = state()
        state.beginWatch()
        #expect(state.check(at: 10_000) == .carryOn)
        state.goAway(at: 10_000)
        #expect(state.check(at: 10_001) == .finish)
    }

    @Test func bytesThatNeverBecomeARequestDoNotKeepItOpen() {
        var state = state()
        for second in stride(from: 1.0, through: 9, by: 1) {
            state.received(at: second)
            state.worked(requests: 0, partOfFrameLeft: true, at: second)
            #expect(state.check(at: second) == .carryOn)
        }
        #expect(state.check(at: 11) == .close(.frameUnfinished))
    }

    @Test func aFramesTimeBeginsAfterTheOneBefore() {
        var state = state()
        state.worked(requests: 0, partOfFrameLeft: true, at: 1)
        state.worked(requests: 1, partOfFrameLeft: true, at: 9)
        #expect(state.check(at: 18) == .carryOn)
        #expect(state.check(at: 19) == .close(.frameUnfinished))
        state.worked(requests: 1, partOfFrameLeft: false, at: 18)
        #expect(state.check(at: 19) == .carryOn)
    }

    @Test func aPeerThatDoesNotReadIsGivenUp() {
        var state = state()
        state.writable(false, at: 5)
        #expect(!state.takesRequests)
        state.writable(false, at: 20)
        #expect(state.check(at: 24) == .carryOn)
        #expect(state.check(at: 25) == .close(.peerTooSlow))
        state.writable(true, at: 24)
        #expect(state.takesRequests)
        #expect(state.check(at: 50) == .carryOn)
    }

    @Test func whileThePeerDoesNotReadItsFrameIsNotTimed() {
        var state = state()
        state.worked(requests: 0, partOfFrameLeft: true, at: 1)
        state.writable(false, at: 2)
        #expect(state.check(at: 15) == .carryOn)
    }

    @Test func goingAwayFinishesWhenQuietOrWhenTimeIsUp() {
        var state = state()
        state.goAway(at: 10)
        #expect(state.isGoingAway)
        #expect(state.check(at: 10.1) == .carryOn)
        #expect(state.check(at: 10.25) == .finish)
        for tenth in 1...49 {
            let now = 10 + Double(tenth) / 10
            state.received(at: now)
            #expect(state.check(at: now) == .carryOn)
        }
        #expect(state.check(at: 15) == .finish)
    }

    @Test func closingInTheMiddleOfAFrameIsACause() {
        var state = state()
        #expect(!state.inputClosed)
        state.closeInput()
        #expect(state.inputClosed)
        #expect(state.endOfInput(partOfFrameLeft: true) == .close(.truncated))
        #expect(state.endOfInput(partOfFrameLeft: false) == .finish)
    }
}
