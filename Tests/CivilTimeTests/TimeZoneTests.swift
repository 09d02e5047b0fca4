// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Testing

@Suite struct TimeZoneTests {
    private let almaty = TimeZoneRules(
        name: "Asia/Almaty", firstOffset: UTCOffset("+06:00")!,
        transitions: [
            .init(at: Timestamp("2024-02-29T18:00:00Z")!, offset: UTCOffset("+05:00")!)
        ])!

    @Test(arguments: [
        ("2024-02-29T16:59:59Z", "2024-02-29T22:59:59"), ("2024-02-29T17:00Z", "2024-02-29T23:00"),
        ("2024-02-29T17:59:59Z", "2024-02-29T23:59:59"), ("2024-02-29T18:00Z", "2024-02-29T23:00"),
        ("2024-02-29T19:00Z", "2024-03-01T00:00"), ("2026-03-19T11:05Z", "2026-03-19T16:05"),
        ("1969-12-31T23:59:59Z", "1970-01-01T05:59:59"),
    ])
    func aMomentHasOneReading(utc: String, local: String) {
        #expect(almaty.civil(at: Timestamp(utc)!).description == local)
    }

    @Test func theHourThatHappensTwiceHasTwoMoments() {
        #expect(
            almaty.resolve(CivilDateTime("2024-02-29T23:30")!)
                == .twice(
                    earlier: Timestamp("2024-02-29T17:30Z")!,
                    later: Timestamp("2024-02-29T18:30Z")!))
        #expect(
            almaty.timestamp(CivilDateTime("2024-02-29T23:30")!) == Timestamp("2024-02-29T17:30Z"))
        #expect(
            almaty.resolve(CivilDateTime("2024-02-29T22:59:59")!)
                == .once(Timestamp("2024-02-29T16:59:59Z")!))
        #expect(
            almaty.resolve(CivilDateTime("2024-03-01T00:00")!)
                == .once(Timestamp("2024-02-29T19:00Z")!))
    }

    @Test func aSkippedHourHasNoMoment() {
        let spring = TimeZoneRules(
            name: "Test/Spring", firstOffset: UTCOffset("+02:00")!,
            transitions: [
                .init(at: Timestamp("2022-02-24T22:00Z")!, offset: UTCOffset("+03:00")!)
            ])!
        #expect(spring.resolve(CivilDateTime("2022-02-25T00:30")!) == .never)
        #expect(
            spring.timestamp(CivilDateTime("2022-02-25T00:30")!) == Timestamp("2022-02-24T22:00Z"))
    }

    @Test func everyMinuteAroundTheChangeConvertsThereAndBack() {
        let start = Timestamp("2024-02-29T12:00Z")!.second
        for second in stride(from: start, to: start + 12 * 3600, by: 60) {
            let time = Timestamp(second: second)!
            switch almaty.resolve(almaty.civil(at: time)) {
            case .once(let back): #expect(back == time)
            case .twice(let earlier, let later): #expect(earlier == time || later == time)
            case .never: Issue.record("\(time) has a reading that never happens")
            }
        }
    }

    @Test func offsetsAndTransitionsAreChecked() {
        #expect(UTCOffset("+05:00")?.seconds == 18_000)
        #expect(UTCOffset("-03:30")?.seconds == -12_600)
        for text in ["05:00", "+5:00", "+19:00", "+05:00:01", "", "+"] {
            #expect(UTCOffset(text) == nil)
        }
        let at = Timestamp("2024-02-29T18:00Z")!
        #expect(
            TimeZoneRules(
                name: "Test/Order", firstOffset: .zero,
                transitions: [.init(at: at, offset: .zero), .init(at: at, offset: .zero)]) == nil)
    }
}
