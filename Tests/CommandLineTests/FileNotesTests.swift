// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts
import Visits

@testable import kezek

/// What is told of a file and of a plan beside the plan itself.
@Suite struct FileNotesTests {
    /// The first is an IIN, the second has another check digit.
    private static let (number, other) = ("900101300017", "900101300018")

    private static func warning(_ job: String = "", _ vehicle: String = "", _ file: String = "")
        throws -> String?
    {
        let text = """
            {\(file)"matrices":{"car":{"durations":[[0,9],[9,0]]}},
             "vehicles":[{"id":7,"start_index":0\(vehicle)}],
             "jobs":[{"id":3,"location_index":1\(job)}]}
            """
        return try VisitJSON.read(Data(text.utf8)).warningOfNumbers?.description
    }

    /// The job, the vehicle and the file, and where the number is said to stand.
    @Test(
        arguments: [
            (",\"description\":\"call \(number)\"", "", "", "description of job 3"),
            (",\"description\":\"900101 300-017\"", "", "", "description of job 3"),
            ("", ",\"description\":\"\(number)\"", "", "description of vehicle 7"),
            ("", ",\"crew\":\"\(number)\"", "", "crew of vehicle 7"),
            ("", "", "\"name\":\"\(number)\",", "name"),
            ("", "", "\"skill_names\":{\"4\":\"\(number)\"},", "skill_names.4"),
            ("", "", "\"amount_names\":[\"forms\",\"\(number)\"],", "amount_names[1]"),
            (
                ",\"description\":\"\(number)\"", ",\"description\":\"\(number)\"", "",
                "description of vehicle 7 and 1 more"
            ),
            (",\"description\":\"call \(other)\"", ",\"crew\":\"a\"", "\"name\":\"n\",", nil),
            ("", "", "", nil),
        ] as [(String, String, String, String?)])
    func anIINInATextIsTold(_ job: String, _ vehicle: String, _ file: String, _ place: String?)
        throws
    {
        let told = try Self.warning(job, vehicle, file)
        #expect(
            told
                == place.map {
                    "an IIN stands in \($0); it would be shown on sheets and maps, leave it out"
                })
    }

    /// What like shares bring and cost, beside a plan without them.
    @Test func fairnessIsToldWithItsPrice() throws {
        let problem = try RoutingProblem(
            visits: (1...4).map { Visit(id: VisitID($0), place: Place(2), service: 600) },
            shifts: ["a", "b"].enumerated().map { index, crew in
                Shift(
                    id: ShiftID(index), crew: crew, day: 1, start: Place(index), end: Place(index),
                    hours: TimeWindow(0, 9_000)!)
            },
            travel: TravelMatrix(size: 3, seconds: [0, 9, 100, 9, 0, 160, 100, 160, 0]))
        func plan(_ first: Int) -> Plan {
            let visits = (1...4).map { Stop.visit(VisitID($0)) }
            return Plan(
                routes: [
                    Route(shift: ShiftID(0), stops: Array(visits.prefix(first))),
                    Route(shift: ShiftID(1), stops: Array(visits.dropFirst(first))),
                ].filter { !$0.stops.isEmpty })
        }
        let told = FairnessTold(problem, plan(2), without: plan(4))
        #expect(told.extraTravel == 320)
        #expect(told.shares.spreadSeconds == 120 && told.without.spreadSeconds == 2_600)
        #expect(
            VisitWords(language: .en).fairness(told)
                == "2 to 2 visits a crew, 2 min of work apart, for 320 s more on the way; without it "
                + "0 to 4 visits a crew, 43 min of work apart")
        let less = FairnessTold(problem, plan(4), without: plan(2))
        #expect(VisitWords(language: .en).fairness(less).contains("for 320 s less"))
    }
}
