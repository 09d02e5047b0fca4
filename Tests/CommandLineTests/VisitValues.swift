// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties
import TestKit
import Texts

@testable import kezek

/// An area's visits as a server tells them, by the clocks of Astana (+05:00).
enum VisitValues {
    static let area = OfficeID("astana-1")!
    static let visit = HomeVisitID(area: area, number: 17)!
    static let clock = AreaClock(
        zone: TimeZoneRules(
            name: "Asia/Almaty", firstOffset: UTCOffset("+05:00")!, transitions: [])!,
        language: .en)

    static func second(_ text: String) -> Int64 { clock.zone.timestamp(moment(text))!.second }

    static func window(_ start: String, _ end: String) -> VisitWindow {
        VisitWindow(start: second(start), end: second(end))!
    }

    static func offered(
        _ start: String, _ end: String, _ crew: String, _ extra: Int32, held: Bool
    ) -> OfferedWindow {
        OfferedWindow(
            window: window(start, end), crew: CrewID(crew)!, extraTravel: extra, isHeld: held,
            moved: 0)
    }

    static func refused(
        _ start: String, _ end: String, _ reason: RefusedWindow.Reason, _ missing: Int32 = 0
    ) -> RefusedWindow {
        RefusedWindow(window: window(start, end), reason: reason, missing: missing)
    }

    /// A visit; the persons of the second and the fifth are forgotten.
    static func view(
        _ number: UInt32, _ state: HomeVisit.State, isUnkept: Bool = false
    ) -> VisitView {
        let isForgotten = number == 2 || number == 5
        let promise: VisitWindow? =
            switch state {
            case .requested, .held, .failed, .cancelled: nil
            default:
                number == 3
                    ? window("2026-12-01T15:00", "2026-12-01T17:00")
                    : window("2026-12-01T09:00", "2026-12-01T11:00")
            }
        return VisitView(
            id: HomeVisitID(area: area, number: number)!, state: state,
            words: isForgotten
                ? nil
                : PersonWords(
                    name: "Person \(number)", address: "House \(number)",
                    telephone: "+7 701 000 0\(number)",
                    place: HomePoint(
                        longitude: 71_430_000, latitude: 51_128_200 + Int32(number))!),
            needs: [NeedID("ramp")!], avoided: [CrewID("crew-3")!], service: 1_500,
            askedAt: second("2026-11-30T10:00"), due: second("2026-12-07T20:00"), promise: promise,
            heldUntil: state == .held ? second("2026-11-30T10:35") : nil, isUnkept: isUnkept)
    }

    private static func stop(
        _ kind: AreaPlan.Stop.Kind, _ arrival: String, _ start: String, _ end: String,
        isBegun: Bool = false
    ) -> AreaPlan.Stop {
        let day = "2026-12-01T"
        return AreaPlan.Stop(
            kind: kind, arrival: second(day + arrival), start: second(day + start),
            end: second(day + end), isBegun: isBegun)
    }

    static let plan = AreaPlan(
        area: area, revision: 118, isWhole: true, from: date("2026-12-01"), days: 2,
        crewDays: [
            AreaPlan.CrewDay(
                crew: CrewID("crew-1")!, date: date("2026-12-01"),
                hours: window("2026-12-01T09:00", "2026-12-01T18:00"), isAbsent: false,
                travel: 1_801, waiting: 120,
                stops: [
                    stop(.visit(1), "09:10", "09:12", "09:37", isBegun: true),
                    stop(.visit(2), "09:50", "09:50", "10:15", isBegun: true),
                    stop(.lunch, "12:00", "12:00", "13:00"),
                    stop(.held(4), "13:20", "13:20", "13:45"),
                ], back: second("2026-12-01T13:55")),
            AreaPlan.CrewDay(
                crew: CrewID("crew-2")!, date: date("2026-12-01"),
                hours: window("2026-12-01T11:00", "2026-12-01T20:00"), isAbsent: true, travel: 0,
                waiting: 0, stops: [], back: nil),
            AreaPlan.CrewDay(
                crew: CrewID("crew-1")!, date: date("2026-12-02"),
                hours: window("2026-12-02T09:00", "2026-12-02T18:00"), isAbsent: false, travel: 0,
                waiting: 0, stops: [], back: nil),
        ],
        visits: [
            view(1, .underWay), view(2, .promised), view(3, .promised, isUnkept: true),
            view(4, .held), view(5, .failed),
        ])

    /// A crew's day of nine to six, with visits of 25 minutes that begin then.
    static func day(
        _ crew: String, _ date: String, _ starts: [(UInt32, String)], back: String? = nil
    ) -> AreaPlan.CrewDay {
        AreaPlan.CrewDay(
            crew: CrewID(crew)!, date: TestKit.date(date),
            hours: window("\(date)T09:00", "\(date)T18:00"), isAbsent: false, travel: 600,
            waiting: 0,
            stops: starts.map { number, start in
                let begin = second("\(date)T\(start)")
                return AreaPlan.Stop(
                    kind: .visit(number), arrival: begin, start: begin, end: begin + 1_500,
                    isBegun: false)
            }, back: back.map { second("\(date)T\($0)") })
    }

    /// The plan of some days from the first of December on.
    static func plan(
        _ crewDays: [AreaPlan.CrewDay], from: String = "2026-12-01", days: Int32 = 3,
        revision: UInt32 = 200
    ) -> AreaPlan {
        AreaPlan(
            area: area, revision: revision, isWhole: true, from: TestKit.date(from), days: days,
            crewDays: crewDays, visits: [])
    }

    static func change(
        _ crewDays: [AreaPlan.CrewDay], _ visits: [VisitView], revision: UInt32
    ) -> AreaPlan {
        AreaPlan(
            area: area, revision: revision, isWhole: false, from: date("2026-12-01"), days: 2,
            crewDays: crewDays, visits: visits)
    }
}
