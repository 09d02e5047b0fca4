// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts
import VisitChecking
import Visits

/// Files that say what has happened of their day.
@Suite struct BegunFileTests {
    private static let day = """
        {"now": 1500, "vehicles": [{"id": 1, "start_index": 0, "end_index": 0,
          "time_window": [0, 5000], "breaks": [{"id": 4, "service": 300, "time_windows": [[900, 2000]]}],
          "begun": [{"type": "job", "id": 10, "arrival": 90, "start": 100, "end": 180},
           {"type": "job", "id": 12, "start": 400, "end": 450, "in_vain": true},
           {"type": "break", "id": 4, "start": 1000, "end": 1300}]},
          {"id": 2, "start_index": 0, "time_window": [0, 5000]}],
         "jobs": [{"id": 10, "location_index": 1, "service": 100},
          {"id": 11, "location_index": 2, "service": 100},
          {"id": 12, "location_index": 1, "service": 100}],
         "matrices": {"car": {"durations": [[0, 100, 200], [100, 0, 150], [200, 150, 0]]}}}
        """

    private static let soFar = DaySoFar(
        now: 1_500,
        begun: [
            ShiftID(1): [
                DaySoFar.Begun(DoneStop(.visit(VisitID(10)), arrival: 90, start: 100, end: 180)),
                DaySoFar.Begun(
                    DoneStop(.visit(VisitID(12)), arrival: 400, start: 400, end: 450),
                    isInVain: true),
                DaySoFar.Begun(DoneStop(.lunch(4), arrival: 1_000, start: 1_000, end: 1_300)),
            ]
        ])

    @Test func whatHasBegunIsReadAndWritten() throws {
        let document = try VisitJSON.read(Data(Self.day.utf8))
        #expect(document.soFar == Self.soFar)
        #expect(document.unread == [])
        let written = VisitJSON.write(try document.problem(), after: document.soFar)
        #expect(try VisitJSON.read(written).soFar == Self.soFar)
    }

    @Test(arguments: [
        ("\"id\": 10, \"arrival\"", "\"id\": 13, \"arrival\"", "vehicles[0].begun[0].id"),
        ("\"id\": 12, \"start\"", "\"id\": 13, \"start\"", "vehicles[0].begun[1].id"),
        (
            "450, \"in_vain\": true",
            "450}, {\"type\": \"job\", \"id\": 12, \"start\": 500, \"end\": 500",
            "vehicles[0].begun[2]"
        ),
        ("\"break\", \"id\": 4", "\"break\", \"id\": 5", "vehicles[0].begun[2].id"),
        (
            "\"end\": 1300}",
            "\"end\": 1300}, {\"type\": \"break\", \"id\": 4, \"start\": 1400, \"end\": 1401}",
            "vehicles[0].begun[3].id"
        ),
        ("\"break\", \"id\"", "\"pickup\", \"id\"", "vehicles[0].begun[2]"),
        ("\"end\": 180", "\"end\": 99", "vehicles[0].begun[0]"),
        ("\"arrival\": 90", "\"arrival\": 101", "vehicles[0].begun[0]"),
        ("\"start\": 400", "\"start\": 179", "vehicles[0].begun[1]"),
        ("\"start\": 1000, ", "", "vehicles[0].begun[2].start"),
        ("\"end\": 450, ", "", "vehicles[0].begun[1].end"),
        ("\"in_vain\": true", "\"in_vain\": 1", "vehicles[0].begun[1].in_vain"),
        (
            "\"arrival\": 90", "\"location_index\": 1, \"arrival\": 90", "vehicles[0].begun[0]"
        ),
        ("\"in_vain\"", "\"invain\"", "vehicles[0].begun[1].invain"),
        ("\"now\": 1500", "\"now\": \"noon\"", "now"),
    ])
    func whatCannotHaveHappenedIsTold(_ old: String, _ new: String, _ field: String) throws {
        let text = Self.day.replacing(old, with: new)
        try #require(text != Self.day)
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try VisitJSON.read(Data(text.utf8))
        }
        #expect(fault?.field == field)
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
    }

    /// What was tried in vain and is no job any more has its place with it.
    @Test func aTryInVainHasItsPlaceIfItIsNoJob() throws {
        let text = Self.day.replacing(
            "{\"type\": \"job\", \"id\": 12,",
            with: "{\"type\": \"job\", \"id\": 99, \"location_index\": 2,")
        let document = try VisitJSON.read(Data(text.utf8))
        let entry = document.soFar.begun[ShiftID(1)]![1]
        #expect(entry.done.stop == .visit(VisitID(99)) && entry.place == Place(2))
        let written = VisitJSON.write(try document.problem(), after: document.soFar)
        #expect(try VisitJSON.read(written).soFar == document.soFar)
    }

    /// Where that was is written beside it, once for each, and not of what the file's jobs tell.
    @Test func aTryInVainHasItsAddress() throws {
        let other = "{\"type\": \"job\", \"id\": 99, \"location_index\": 2, "
        let begun = "\"description\": \"Abai 5\", "
        let text = Self.day.replacing(
            "{\"type\": \"job\", \"id\": 12,", with: other + begun)
        let document = try VisitJSON.read(Data(text.utf8))
        #expect(document.notes.visits == [VisitID(99): "Abai 5"] && document.unread.isEmpty)
        let written = VisitJSON.write(
            try document.problem(), notes: document.notes, after: document.soFar)
        let again = try VisitJSON.read(written)
        #expect(again.notes == document.notes && again.soFar == document.soFar)
        #expect(again.unread.isEmpty)
        // Another time the same, and otherwise.
        func later(_ begun: String) throws -> VisitDocument {
            let entry = other + begun + "\"start\": 600, \"end\": 650, \"in_vain\": true},"
            let lunch = "{\"type\": \"break\""
            return try VisitJSON.read(Data(text.replacing(lunch, with: entry + lunch).utf8))
        }
        #expect(try later(begun).notes == document.notes)
        #expect(try later("").notes == document.notes)
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try later("\"description\": \"Abai 6\", ")
        }
        #expect(fault?.field == "vehicles[0].begun[2].description")
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
        // A job of the file and a break say it elsewhere, or not at all.
        for entry in ["\"id\": 10, \"arrival\"", "\"id\": 4, \"start\""] {
            let known = try VisitJSON.read(
                Data(Self.day.replacing(entry, with: begun + entry).utf8))
            #expect(known.notes.visits.isEmpty && known.unread.count == 1)
            #expect(known.unread[0].hasSuffix(".description"))
        }
    }

    /// The end of what has begun is written with a plan: as long as it took.
    @Test func whatHasBegunTakesAsLongAsItTook() throws {
        let problem = try VisitJSON.readProblem(Data(Self.day.utf8))
        let plan = TimedPlan(
            courses: [
                TimedPlan.Course(shift: ShiftID(1), steps: [TimedPlan.Step(.visit(VisitID(11)))])
            ]
        ).recalling(Self.soFar)
        let text = String(decoding: try PlanJSON.write(plan, of: problem), as: UTF8.self)
        #expect(text.contains(#""arrival":90,"id":10,"service":80,"setup":0"#), "\(text)")
        let again = try PlanJSON.readTimed(Data(text.utf8)).recalling(Self.soFar)
        #expect(again.courses[0].steps.map(\.start) == [100, 1_000, 1_300])
        #expect(again.courses[0].steps.map(\.end) == [180, 1_300, nil])
    }
}
