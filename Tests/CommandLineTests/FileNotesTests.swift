// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
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
        return try VisitJSON.read(Data(text.utf8)).warningOfNumbers
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
}
