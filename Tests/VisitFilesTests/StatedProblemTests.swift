// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts
import VisitChecking
import Visits

/// Small files of which it is known what is right.
@Suite struct StatedProblemTests {
    private func solve(_ text: String) throws -> (plan: Plan, travel: Int, problem: RoutingProblem)
    {
        let problem = try VisitJSON.readProblem(Data(text.utf8))
        let outcome = Planner(problem).search { Double($0.steps) / 300 }
        let report = PlanChecker(problem).check(TimedPlan(outcome.plan))
        #expect(report.faults.filter { $0.kind != .requiredUnpaid }.isEmpty)
        #expect(report.travel == outcome.progress.travel)
        return (outcome.plan, outcome.progress.travel, problem)
    }

    /// A matrix, vehicles and jobs as they are written.
    private func file(_ rows: String, _ vehicles: String, _ jobs: String) -> String {
        "{\"matrices\":{\"car\":{\"durations\":\(rows)}},\"vehicles\":[\(vehicles)],\"jobs\":[\(jobs)]}"
    }

    /// The way from a start to an end elsewhere is on the way too.
    @Test func aShiftThatEndsElsewhereCostsItsWholeWay() throws {
        let rows = """
            [[0,600,600,9000,600],[600,0,300,9000,600],[600,300,0,9000,600],
             [9000,9000,9000,0,9000],[600,600,600,9000,0]]
            """
        let jobs =
            "{\"id\":1,\"location_index\":1,\"service\":600},{\"id\":2,\"location_index\":2,\"service\":600}"
        let back =
            "{\"id\":1,\"start_index\":0,\"end_index\":0,\"time_window\":[0,36000]}"
        let away =
            "{\"id\":2,\"start_index\":0,\"end_index\":3,\"time_window\":[0,36000]}"
        let both = try solve(file(rows, back + "," + away, jobs))
        #expect(both.travel == 1_500 && both.plan.routes.map(\.shift.number) == [1])
        let one = try solve(file(rows, away, jobs))
        #expect(one.travel == 9_900)
    }

    /// Without hours a vehicle is bound by nothing, from whatever moment seconds count.
    @Test(arguments: [0, 1_773_630_000, 86_400 * 365])
    func aVehicleWithoutHoursHasNoBounds(_ origin: Int) throws {
        let solved = try solve(
            file(
                "[[0,600,1200],[600,0,600],[1200,600,0]]",
                "{\"id\":1,\"start_index\":0,\"end_index\":0}",
                """
                {"id":1,"location_index":1,"service":600,
                 "time_windows":[[\(origin),\(origin + 3_600)]]},
                {"id":2,"location_index":2,"service":600,
                 "time_windows":[[\(origin + 7_200),\(origin + 10_800)]]}
                """))
        #expect(solved.travel == 2_400 && solved.plan.unassigned.isEmpty)
    }

    @Test(arguments: ["99999", "null", "-5", "0.5"])
    func theDiagonalSaysNothing(_ number: String) throws {
        let solved = try solve(
            file(
                "[[\(number),600],[600,0]]",
                "{\"id\":1,\"start_index\":0,\"end_index\":0,\"time_window\":[0,5000]}",
                "{\"id\":1,\"location_index\":1}"))
        #expect(solved.travel == 1_200 && solved.plan.unassigned.isEmpty)
    }

    /// A visit that no crew reaches directly, or none comes back from, may be reached over another.
    @Test func waysOverOthersCount() throws {
        let vehicle = "{\"id\":1,\"start_index\":0,\"end_index\":0,\"time_window\":[0,9000]}"
        let jobs =
            "{\"id\":1,\"location_index\":1,\"service\":600},{\"id\":2,\"location_index\":2,\"service\":600}"
        let over = try solve(file("[[0,500,500],[500,0,500],[10000,500,0]]", vehicle, jobs))
        #expect(over.travel == 1_500 && over.plan.routes[0].visits.map(\.number) == [2, 1])
        // Neither can be paid alone.
        let pair = try solve(file("[[0,10000,500],[500,0,500],[10000,500,0]]", vehicle, jobs))
        #expect(pair.travel == 1_500 && pair.plan.unassigned.isEmpty)
    }

    /// A crew travels by the matrix of its profile.
    @Test func eachProfileHasItsMatrix() throws {
        func text(_ profile: String, _ matrices: String) -> String {
            """
            {"matrices":{\(matrices)},
             "vehicles":[{"id":1,"profile":"\(profile)","start_index":0,"end_index":0,
                          "time_window":[0,4000]}],
             "jobs":[{"id":1,"location_index":1,"service":600}]}
            """
        }
        let car = "\"car\":{\"durations\":[[0,100],[100,0]]}"
        let bike = "\"bike\":{\"durations\":[[0,5000],[5000,0]]}"
        #expect(try solve(text("bike", car + "," + bike)).plan.unassigned.count == 1)
        #expect(try solve(text("car", car + "," + bike)).travel == 200)
        #expect(throws: VisitFileFault.self) { try solve(text("bike", car)) }
    }

    @Test func eachProfileIsWrittenAndReadAgain() throws {
        let text = """
            {"matrices":{"car":{"durations":[[0,100],[100,0]]},"foot":{"durations":[[0,900],[800,0]]}},
             "vehicles":[{"id":1,"profile":"foot","start_index":0},{"id":2,"start_index":0}],
             "jobs":[{"id":1,"location_index":1,"service":600}]}
            """
        let document = try VisitJSON.read(Data(text.utf8))
        let problem = try document.problem()
        let again = try VisitJSON.read(VisitJSON.write(problem, notes: document.notes))
        let same = try again.problem()
        #expect(
            same.shifts.map { same.travel(of: $0).seconds } == [
                [0, 900, 800, 0], [0, 100, 100, 0],
            ])
        #expect(
            same.shifts.map { problem.travel(of: $0) } == same.shifts.map { same.travel(of: $0) })
    }

    /// Of two tables of ways the older key is told as not read.
    @Test func oneMatrixBesideTheOthersIsTold() throws {
        let text = file(
            "[[0,600],[600,0]]", "{\"id\":1,\"start_index\":0}", "{\"id\":1,\"location_index\":1}")
        let both = text.replacing("{\"matrices\"", with: "{\"matrix\":[[0]],\"matrices\"")
        try #require(both != text)
        #expect(try VisitJSON.read(Data(both.utf8)).unread == ["matrix"])
    }

    /// What a key says is read, or refused by its name, or told.
    @Test func noKeyIsPassedOverInSilence() throws {
        let vehicle = "\"id\":1,\"start_index\":0,\"time_window\":[0,9000]"
        let job = "\"id\":1,\"location_index\":1"
        func read(_ vehicleMore: String, _ jobMore: String, _ more: String = "") throws
            -> VisitDocument
        {
            try VisitJSON.read(
                Data(
                    """
                    {"matrices":{"car":{"durations":[[0,1],[1,0]]\(more)}},
                     "vehicles":[{\(vehicle)\(vehicleMore)}],"jobs":[{\(job)\(jobMore)}]}
                    """.utf8))
        }
        #expect(try read("", ",\"amount\":[3]").visits[0].demand == [3])
        #expect(try read("", "").unread.isEmpty)
        #expect(
            try read(",\"type\":\"x\"", ",\"colour\":1").unread == [
                "vehicles[0].type", "jobs[0].colour",
            ])
        #expect(try read("", ",\"priority\":0,\"pickup\":[0]").unread.isEmpty)
        for (vehicleMore, jobMore, more, name) in [
            ("", ",\"priority\":5", "", "jobs[0].priority"),
            ("", ",\"pickup\":[1]", "", "jobs[0].pickup"),
            ("", "", ",\"costs\":[[0,1],[1,0]]", "matrices.car.costs"),
            ("", ",\"time_window\":[0,1]", "", "jobs[0].time_window"),
            (",\"time_windows\":[[0,1]]", "", "", "vehicles[0].time_windows"),
            (",\"break\":[]", "", "", "vehicles[0].break"),
            (",\"startindex\":1", "", "", "vehicles[0].startindex"),
            (",\"skill\":[1]", "", "", "vehicles[0].skill"),
            (",\"skils\":[1]", "", "", "vehicles[0].skils"),
            (",\"capacities\":[1]", "", "", "vehicles[0].capacities"),
            ("", ",\"tme_windows\":[[0,1]]", "", "jobs[0].tme_windows"),
            ("", ",\"servcie\":1", "", "jobs[0].servcie"),
            ("", ",\"forbiden_vehicles\":[1]", "", "jobs[0].forbiden_vehicles"),
            ("", ",\"requierd\":true", "", "jobs[0].requierd"),
            ("", ",\"deliverey\":[1]", "", "jobs[0].deliverey"),
            ("", ",\"amount\":[1],\"delivery\":[1]", "", "jobs[0].amount"),
        ] {
            let fault = #expect(throws: VisitFileFault.self) {
                _ = try read(vehicleMore, jobMore, more)
            }
            #expect(fault?.description.contains(name) == true, "\(name)")
            #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
        }
    }

    /// Fractions are rounded up with a word, null is no way, and a truth is no number.
    @Test func waysAreNumbersOrNull() throws {
        func document(_ way: String) throws -> VisitDocument {
            try VisitJSON.read(
                Data(
                    file(
                        "[[0,\(way)],[7,0]]", "{\"id\":1,\"start_index\":0,\"time_window\":[0,99]}",
                        "{\"id\":1,\"location_index\":1}"
                    ).utf8))
        }
        let rounded = try document("5.2")
        #expect(rounded.travel?.seconds == [0, 6, 7, 0] && rounded.remarks.count == 1)
        #expect(try document("5").remarks.isEmpty)
        let outcome = Planner(try document("null").problem()).search { _ in 1 }
        #expect(outcome.plan.unassigned.count == 1)
        #expect(throws: VisitFileFault.self) { _ = try document("true") }
        #expect(throws: VisitFileFault.self) { _ = try document("-1") }
        #expect(throws: VisitFileFault.self) { _ = try document("\"5\"") }
    }

    @Test func whatLooksWrongIsTold() throws {
        let still = file(
            "[[0,0],[0,0]]", "{\"id\":1,\"start_index\":0}", "{\"id\":1,\"location_index\":1}")
        #expect(try VisitJSON.read(Data(still.utf8)).remarks.count == 1)
        func places(_ one: String, _ other: String) throws -> [String] {
            try VisitJSON.read(
                Data(
                    "{\"vehicles\":[{\"id\":1,\"start\":\(one)}],\"jobs\":[{\"id\":1,\"location\":\(other)}]}"
                        .utf8)
            ).remarks.map(\.description)
        }
        #expect(try places("[51.13,71.43]", "[51.2,71.5]").count == 1)
        #expect(try places("[71.43,51.13]", "[71.5,51.2]").isEmpty)
        #expect(try places("[13.4,52.5]", "[13.5,52.6]").isEmpty)
        let marked = Data([0xEF, 0xBB, 0xBF]) + Data(still.utf8)
        #expect(try VisitJSON.read(marked).visits.count == 1)
    }

    /// Why a visit stays out is the first hurdle that no shift takes.
    @Test func whatStaysOutHasItsReason() throws {
        let rows = "[[0,600],[600,0]]"
        let vehicle =
            "{\"id\":1,\"start_index\":0,\"end_index\":0,\"time_window\":[0,2000],\"capacity\":[1]}"
        for (more, reason) in [
            (",\"time_windows\":[[5000,6000]]", OfferHurdle.noShift),
            (",\"forbidden_vehicles\":[1]", .avoided), (",\"skills\":[4]", .skill),
            (",\"delivery\":[2]", .load), (",\"service\":900,\"due\":300", .pastDue),
            (",\"service\":900", .slack(missing: 100, ShiftID(1))),
        ] {
            let solved = try solve(
                file(rows, vehicle, "{\"id\":7,\"location_index\":1\(more)}"))
            #expect(solved.plan.unassigned == [VisitID(7)])
            let explainer = PlanExplainer(solved.problem, solved.plan)
            #expect(explainer.hurdle(of: VisitID(7)) == reason, "\(more)")
        }
    }

    /// Where there is no way there, or back, no seconds are wanting; where there is one, they are told, however
    /// long the hours are.
    @Test(
        arguments: [
            ("[[0,null],[600,0]]", "", OfferHurdle.noWay), ("[[0,600],[null,0]]", "", .noWay),
            ("[[0,null],[null,0]]", "", .noWay), ("[[0,600],[null,0]]", "end", nil),
            ("[[0,null],[600,0]]", "start", nil),
            ("[[0,null],[600,0]]", "hours", .noWay),
            ("[[0,100000000],[600,0]]", "", .slack(missing: 99_999_200, ShiftID(1))),
            ("[[0,900],[900,0]]", "", .slack(missing: 400, ShiftID(1))),
        ] as [(String, String, OfferHurdle?)])
    func whereThereIsNoWayThatIsTold(_ rows: String, _ free: String, _ reason: OfferHurdle?) throws
    {
        let ends = ["start", "end"].filter { $0 != free }.map { "\"\($0)_index\":0" }
        let hours = free == "hours" ? [] : ["\"time_window\":[0,2000]"]
        let vehicle = "{\"id\":1,\((ends + hours).joined(separator: ","))}"
        let solved = try solve(
            file(rows, vehicle, "{\"id\":7,\"location_index\":1,\"service\":600}"))
        let explainer = PlanExplainer(solved.problem, solved.plan)
        #expect(explainer.hurdle(of: VisitID(7)) == reason)
        #expect(solved.plan.unassigned.isEmpty == (reason == nil))
    }

    /// Of several crews one has a way, and another none: what is wanting is told of the first.
    @Test func aWayOfAnotherCrewIsAWay() throws {
        let rows = "[[0,null,900],[600,0,900],[900,900,0]]"
        let vehicles = [0, 2].map {
            "{\"id\":\($0 + 1),\"start_index\":\($0),\"end_index\":\($0),\"time_window\":[0,2000]}"
        }
        let solved = try solve(
            file(
                rows, vehicles.joined(separator: ","),
                "{\"id\":7,\"location_index\":1,\"service\":600}"))
        let explainer = PlanExplainer(solved.problem, solved.plan)
        #expect(explainer.hurdle(of: VisitID(7)) == .slack(missing: 400, ShiftID(3)))
    }

    /// A crew that is busy is on its shift: a visit that could only begin meanwhile finds no time, not nobody.
    @Test func whoIsBusyIsOnItsShift() throws {
        let rows = "[[0,100],[100,0]]"
        let begun =
            ",\"begun\":[{\"type\":\"job\",\"id\":1,\"start\":1000,\"end\":5000}]"
        func hurdle(_ window: String) throws -> OfferHurdle? {
            let text = file(
                rows,
                "{\"id\":1,\"start_index\":0,\"end_index\":0,\"time_window\":[900,9000]\(begun)}",
                "{\"id\":1,\"location_index\":1},{\"id\":7,\"location_index\":1,\"service\":600,"
                    + "\"time_windows\":[\(window)]}")
            let document = try VisitJSON.read(Data(text.utf8))
            let rest = try RestOfDay(try document.problem(), after: document.soFar)
            let plan = Planner(rest.problem).search { Double($0.steps) / 100 }.plan
            return PlanExplainer(rest.problem, plan).hurdle(of: VisitID(7))
        }
        #expect(try hurdle("[1500,2000]") == .slack(missing: 3_000, ShiftID(1)))
        #expect(try hurdle("[800,900]") == .slack(missing: 4_100, ShiftID(1)))
        #expect(try hurdle("[800,899]") == .noShift)
        #expect(try hurdle("[4000,4999]") == .slack(missing: 1, ShiftID(1)))
        #expect(try hurdle("[4000,5000]") == nil)
        #expect(try hurdle("[9001,9500]") == .noShift)
    }
}
