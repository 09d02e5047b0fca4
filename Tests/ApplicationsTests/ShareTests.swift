// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import TestKit
import Testing

/// How much of a term is used, as a working list tells it.
@Suite struct ShareTests {
    /// Accepted on Tuesday, due on Friday 9 October 2026 at 20:00: three working days.
    private func clerk() throws -> Clerk {
        var clerk = try Clerk(on: "2026-10-06")
        try clerk.accept("2026-10-06T10:00")
        return clerk
    }

    private func item(_ clerk: Clerk, at now: String, warnings: [Int]) throws -> WorkingItem? {
        let library = try Repository.library()
        let today = moment(now).date
        let present = library.zone("Asia/Almaty")!.timestamp(of: moment(now))
        let rule = WorkingListRule(now: moment(now), within: 2, all: true) { _ in
            1
        } share: {
            application, channel in
            library.termShare(
                of: ClockName(standard: application.standard, channel: channel),
                from: application.handIn.at, application.suspensions,
                at: CivilDateTime(today, .midnight), now: present
            ).map { share in
                (share.usedPercent, warnings.last { $0 <= share.usedPercent })
            }
        }
        return rule.item(clerk.application, clerk.id(), clerk.register.terms)
    }

    @Test func daysThatHaveEndedBeforeTodayAreUsed() throws {
        for (now, used, warning) in [
            ("2026-10-06T10:00", 0, Int?.none), ("2026-10-07T23:00", 0, nil),
            ("2026-10-08T10:00", 33, nil), ("2026-10-09T10:00", 66, 50),
            ("2026-10-09T20:00", 66, 50), ("2026-10-10T09:00", 100, 75),
        ] {
            let item = try item(clerk(), at: now, warnings: [50, 75])
            #expect(item?.usedPercent == used, "\(now)")
            #expect(item?.warningPercent == warning, "\(now)")
        }
    }

    @Test func onlyTheTermOfTheServiceHasAShare() throws {
        var clerk = try clerk()
        try clerk.act(.complete(ground: nil, note: ""), "2026-10-07T10:00")
        let ready = try #require(try item(clerk, at: "2026-10-09T10:00", warnings: [50]))
        #expect(ready.phase == .ready && ready.usedPercent == nil && ready.warningPercent == nil)
    }

    @Test func aStandardThatGivesNoWarningHasNone() throws {
        let library = try Repository.library()
        let share = library.termShare(
            of: ClockName(standard: "std-7", channel: "corporation"),
            from: moment("2026-10-06T10:00"), try clerk().application.suspensions,
            at: moment("2026-10-09T23:00"),
            now: Timestamp("2026-10-10T00:00Z")!)
        #expect(share?.usedPercent == 100 && share?.warningPercent == nil)
    }
}
