// SPDX-License-Identifier: Apache-2.0

import KezekVisitFiles
import Testing
import Texts
import VisitChecking
import Visits

/// Instances in VRPLIB's text, and plans as `.sol`.
@Suite struct VRPLIBTests {
    /// A depot and three customers on the corners of a square of 30.
    private static func text(
        type: String = "CVRP", weights: String = "EUC_2D", head: String = "", tail: String = ""
    ) -> String {
        """
        NAME : SQUARE
        COMMENT : (Ours, No of trucks: 2)
        TYPE : \(type)
        DIMENSION : 4
        EDGE_WEIGHT_TYPE : \(weights)
        CAPACITY : 10\(head)
        DEMAND_SECTION
        1 0
        2 4
        3 4
        4 4
        DEPOT_SECTION
         1
         -1
        \(tail)EOF

        """
    }

    private static let corners = """
        NODE_COORD_SECTION
        1 0 0
        2 0 30
        3 30 30
        4 30 0

        """
    private static let windows = """
        TIME_WINDOW_SECTION
        1 0 500
        2 10 100
        3 20 200
        4 30 300

        """

    /// A key of the head that is not read is told, and one that is another misspelt is refused.
    @Test func noKeyOfTheHeadIsPassedOverInSilence() throws {
        let text = Self.text(
            head: "\nSPEED : 2\nNUM_DEPOTS: 2\nDISPLAY_DATA_TYPE : COORD_DISPLAY\nFOO : 30",
            tail: Self.corners)
        #expect(
            try InstanceFile.read(text, isPlain: false).unread == ["SPEED", "NUM_DEPOTS", "FOO"])
        let plain = Self.text(tail: Self.corners)
        #expect(try InstanceFile.read(plain, isPlain: false).unread == [])
        for (key, meant) in [
            ("SERVICETIME", "SERVICE_TIME"), ("VEHICLE", "VEHICLES"), ("vehicles", "VEHICLES"),
            ("SERVICE_TIMES", "SERVICE_TIME"),
        ] {
            let text = Self.text(head: "\n\(key) : 5", tail: Self.corners)
            let fault = #expect(throws: VisitFileFault.self) {
                _ = try InstanceFile.read(text, isPlain: false)
            }
            #expect(fault?.words.isTranslated == true)
            #expect(fault?.description.contains("is \(meant) meant?") == true, "\(key)")
        }
    }

    @Test func distancesAreToTheNearestWholeNumber() throws {
        let instance = try InstanceFile.read(Self.text(tail: Self.corners), isPlain: false)
        #expect(instance.name == "SQUARE" && instance.convention == .rounded)
        let flat = Self.text(head: "\nNODE_COORD_TYPE : TWOD_COORDS", tail: Self.corners)
        #expect(try InstanceFile.read(flat, isPlain: false).points == instance.points)
        #expect(instance.problem.travel[Place(0), Place(2)] == 42)
        #expect(instance.problem.travel[Place(1), Place(2)] == 30)
        #expect(instance.problem.visits.allSatisfy { $0.windows.isEmpty })
        let plan = Planner(instance.problem).search { Double($0.steps) / 500 }.plan
        #expect(plan.unassigned.isEmpty && plan.routes.count == 2)
        // One load of 4 goes alone: 30 + 42 + 30 for two neighbours, and 60 for the other.
        #expect(instance.distance(of: plan) == 162)
        let plain = try InstanceFile.read(Self.text(tail: Self.corners), isPlain: true)
        #expect(plain.convention == .double)
        #expect((plain.distance(of: plan) - 120 - 30 * 2.0.squareRoot()).magnitude < 1e-9)
    }

    /// However far the customers are, one vehicle could drive to all of them.
    @Test func aRouteWithoutWindowsMayBeLong() throws {
        let nodes = (1...60).map { "\($0) \($0 % 2 * 100000) \($0)\n" }.joined()
        let demands = (1...60).map { "\($0) 0\n" }.joined()
        let text = """
            TYPE : CVRP
            DIMENSION : 60
            EDGE_WEIGHT_TYPE : EUC_2D
            CAPACITY : 1
            VEHICLES : 1
            NODE_COORD_SECTION
            \(nodes)DEMAND_SECTION
            \(demands)EOF
            """
        let instance = try InstanceFile.read(text, isPlain: true)
        #expect(instance.scale == 10)
        // From side to side for every customer, as bad as can be: still within the hours.
        let stops = (1...59).map { Stop.visit(VisitID($0)) }
        let worst = Plan(routes: [Route(shift: ShiftID(1), stops: stops)])
        #expect(PlanChecker(instance.problem).check(TimedPlan(worst)).faults == [])
    }

    @Test func windowsAndServiceAreThoseOfSolomon() throws {
        let text = Self.text(
            type: "VRPTW", head: "\nVEHICLES : 2\nSERVICE_TIME : 10",
            tail: Self.corners + Self.windows)
        let solomon = """
            SQUARE
            2 10
            0 0 0 0 0 500 0
            1 0 30 4 10 100 10
            2 30 30 4 20 200 10
            3 30 0 4 30 300 10
            """
        for isPlain in [false, true] {
            let one = try InstanceFile.read(text, isPlain: isPlain)
            let other = try InstanceFile.read(solomon, isPlain: isPlain)
            #expect(one.problem.visits == other.problem.visits)
            #expect(one.problem.shifts == other.problem.shifts)
            #expect(one.problem.travel == other.problem.travel)
            #expect(one.convention == other.convention && one.scale == other.scale)
        }
        let each = Self.text(
            type: "VRPTW",
            tail: Self.corners + Self.windows + "SERVICE_TIME_SECTION\n1 0\n2 10\n3 11\n4 12\n")
        #expect(
            try InstanceFile.read(each, isPlain: false).problem.visits.map(\.service)
                == [100, 110, 120])
    }

    /// The same distances in every order in which they may be stated.
    @Test func statedDistancesMayStandInAnyOrder() throws {
        let orders = [
            ("FULL_MATRIX", "0 1 2 3\n1 0 4 5\n2 4 0 6\n3 5 6 0"),
            ("LOWER_ROW", "1\n2 4\n3 5 6"), ("UPPER_COL", "1 2 4 3 5 6"),
            ("UPPER_ROW", "1 2 3 4 5 6"), ("LOWER_COL", "1 2 3\n4 5\n6"),
            ("LOWER_DIAG_ROW", "0 1 0 2 4 0 3 5 6 0"), ("UPPER_DIAG_COL", "0 1 0 2 4 0 3 5 6 0"),
            ("UPPER_DIAG_ROW", "0 1 2 3 0 4 5 0 6 0"), ("LOWER_DIAG_COL", "0 1 2 3 0 4 5 0 6 0"),
        ]
        for (name, numbers) in orders {
            let instance = try InstanceFile.read(
                Self.text(
                    weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : \(name)",
                    tail: "EDGE_WEIGHT_SECTION\n\(numbers)\n"), isPlain: false)
            #expect(instance.convention == .stated && instance.points.isEmpty)
            #expect(
                instance.problem.travel.seconds == [
                    0, 1, 2, 3, 1, 0, 4, 5, 2, 4, 0, 6, 3, 5, 6, 0,
                ],
                "\(name)")
        }
        let oneWay = try InstanceFile.read(
            Self.text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : FULL_MATRIX",
                tail: "EDGE_WEIGHT_SECTION\n9 1 2 3\n7 9 4 5\n2 4 9 6\n3 5 6 9\n"), isPlain: false)
        #expect(
            oneWay.problem.travel.seconds == [0, 1, 2, 3, 7, 0, 4, 5, 2, 4, 0, 6, 3, 5, 6, 0])
        let tenths = try InstanceFile.read(
            Self.text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : LOWER_ROW",
                tail: "EDGE_WEIGHT_SECTION\n1.5 2 4 3 5 6\n"), isPlain: false)
        #expect(tenths.scale == 10)
        let plan = Plan(routes: [Route(shift: ShiftID(1), stops: [.visit(VisitID(1))])])
        #expect(tenths.distance(of: plan) == 3)
    }

    @Test(arguments: [
        (text(type: "TSP", tail: corners), "line 3: TYPE"),
        (text(type: "VRPTW", tail: corners), "TIME_WINDOW"),
        (text(weights: "GEO", tail: corners), "line 5: EDGE_WEIGHT_TYPE"),
        (text(), "NODE_COORD_SECTION is missing"),
        (text(head: "\nDISTANCE : 40", tail: corners), "line 7: DISTANCE"),
        (text(head: "\nCAPACITY : 40", tail: corners), "line 7: CAPACITY is there twice"),
        (text(tail: corners).replacing("CAPACITY : 10\n", with: ""), "CAPACITY is missing"),
        (text(tail: corners).replacing("CAPACITY : 10", with: "CAPACITY : ten"), "line 6"),
        (text(tail: corners).replacing("DIMENSION : 4", with: "DIMENSION : 4e9"), "line 4"),
        (
            text(tail: corners).replacing("DIMENSION : 4\n", with: ""),
            "line 6: DIMENSION is missing"
        ),
        (text(tail: corners).replacing("4 30 0", with: "3 30 0"), "node 3 is there twice"),
        (text(tail: corners).replacing("4 30 0", with: "5 30 0"), "from 1 to 4"),
        (text(tail: corners).replacing("4 30 0\n", with: ""), "lacks node 4"),
        (text(tail: corners).replacing("4 30 0", with: "4 30"), "3 numbers"),
        (text(tail: corners).replacing("4 30 0", with: "4 30 x"), "\"x\" is not a number"),
        (text(tail: corners).replacing("2 4", with: "2 -4"), "line 9: must not be negative"),
        (text(tail: corners).replacing(" 1\n -1", with: " 2\n -1"), "only node 1"),
        (text(tail: corners + "FLEET_SECTION\n1 1\n"), "FLEET_SECTION"),
        (text(tail: corners + corners), "NODE_COORD_SECTION is there twice"),
        (
            text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : LOWER_ROW",
                tail: "EDGE_WEIGHT_SECTION\n"
            )
            .replacing("DIMENSION : 4", with: "DIMENSION : 3001"), "more than 3000 nodes"
        ),
        (text(head: "\nNODE_COORD_TYPE : THREED_COORDS", tail: corners), "NODE_COORD_TYPE"),
        (text(tail: corners + "SERVICE_TIME_SECTION\n1 0\n2 5\n"), "SERVICE_TIME_SECTION lacks"),
        (text(tail: corners + "REMARK : none\n5 5 5\n"), "line 21: numbers stand before"),
        (text(tail: corners).replacing(" -1\n", with: " 0\n -1\n"), "only node 1"),
        (text(head: "\n5 5", tail: corners), "before any section"),
        (text(weights: "EXPLICIT", tail: "EDGE_WEIGHT_SECTION\n1\n"), "EDGE_WEIGHT_FORMAT"),
        (
            text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : LOWER_ROW",
                tail: "EDGE_WEIGHT_SECTION\n1 2\n"), "2 numbers, 6 are expected"
        ),
        (
            text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : LOWER_ROW",
                tail: "EDGE_WEIGHT_SECTION\n1 2 3 4 5 6 7\n"), "more than the 6"
        ),
        (
            text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : LOWER_ROW",
                tail: "EDGE_WEIGHT_SECTION\n1 2 3 4 5 -6\n"), "negative"
        ),
        (
            text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : LOWER_ROW",
                tail: "EDGE_WEIGHT_SECTION\n1 2 3 4 5 6.00001\n"), "decimals"
        ),
        (
            text(type: "VRPTW", tail: corners + windows.replacing("2 10 100", with: "2 100 10")),
            "line 22: the window closes before"
        ),
    ])
    func whatIsWrongIsSaid(_ text: String, _ words: String) {
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try InstanceFile.read(text, isPlain: false)
        }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
    }

    @Test func aSolutionIsReadAsItWasWritten() throws {
        let instance = try InstanceFile.read(Self.text(tail: Self.corners), isPlain: false)
        let plan = Planner(instance.problem).search { Double($0.steps) / 100 }.plan
        let text = SolutionText.write(plan, of: instance)
        let again = try SolutionText.read(text, of: instance)
        #expect(again.routes.map(\.visits) == plan.routes.map(\.visits))
        let part = try SolutionText.read("Route #1:\r\nRoute #2: 3\r\nCost 60\r\n", of: instance)
        #expect(part.unassigned == [VisitID(1), VisitID(2)] && part.routes.count == 1)
    }

    @Test(arguments: [
        ("Cost 1\n", "no route"), ("Route #1: 1 9\n", "line 1"),
        ("Route #1: 1\nRoute 2 3\n", "line 2"),
        ("Route #1: a\n", "no customer"),
        ("Route #1: 1\nRoute #2: 2\nRoute #3: 3\nRoute #4: 1\n", "more routes than the 3"),
    ])
    func whatIsWrongWithASolutionIsSaid(_ text: String, _ words: String) throws {
        let instance = try InstanceFile.read(Self.text(tail: Self.corners), isPlain: false)
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try SolutionText.read(text, of: instance)
        }
        #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
    }

    /// Cut off or changed anywhere, a text is read or refused, and never more than that.
    @Test func brokenTextsNeverHarmAReader() throws {
        var state: UInt64 = 7
        let texts = [
            Self.text(type: "VRPTW", tail: Self.corners + Self.windows),
            Self.text(
                weights: "EXPLICIT", head: "\nEDGE_WEIGHT_FORMAT : LOWER_ROW",
                tail: "EDGE_WEIGHT_SECTION\n1 2 3 4 5 6\n"),
        ]
        let instance = try InstanceFile.read(Self.text(tail: Self.corners), isPlain: false)
        for text in texts {
            let bytes = Array(text.utf8)
            for round in 0..<2_000 {
                var broken = round < bytes.count ? Array(bytes[..<round]) : bytes
                for _ in 0..<3 where broken.count > 1 {
                    state = state &* 6_364_136_223_846_793_005 &+ 1
                    let place = Int((state >> 33) % UInt64(broken.count))
                    switch state >> 62 {
                    case 0: broken.remove(at: place)
                    case 1: broken[place] = UInt8(truncatingIfNeeded: state >> 40)
                    case 2: broken.insert(UInt8(ascii: "9"), at: place)
                    default: broken.swapAt(place, Int((state >> 20) % UInt64(broken.count)))
                    }
                }
                let told = String(decoding: broken, as: UTF8.self)
                _ = try? InstanceFile.read(told, isPlain: round % 2 == 0)
                _ = try? SolutionText.read(told, of: instance)
            }
        }
    }

    /// Demands and the capacity are scaled together, so that fractions stay what they are.
    @Test func fractionsOfLoadsAreCounted() throws {
        func loads(_ capacity: String, _ demands: [String]) throws -> (Int, Int, unassigned: Int) {
            let rows = demands.enumerated().map { "\($0 + 2) \($1)" }.joined(separator: "\n")
            let text = """
                NAME : LOADS
                COMMENT : one
                COMMENT : another
                TYPE : CVRP (a remark)
                DIMENSION : \(demands.count + 1)
                EDGE_WEIGHT_TYPE : EXPLICIT
                EDGE_WEIGHT_FORMAT : FULL_MATRIX
                NODE_COORD_TYPE : NO_COORDS
                CAPACITY : \(capacity)
                EDGE_WEIGHT_SECTION
                \((0...demands.count).map { a in
                    (0...demands.count).map { "\(a == $0 ? 0 : 10)" }.joined(separator: " ")
                }.joined(separator: "\n"))
                DEMAND_SECTION
                1 0
                \(rows)
                EOF
                """
            let instance = try InstanceFile.read(text, isPlain: false)
            let plan = Planner(instance.problem).search { Double($0.steps) / 300 }.plan
            return (plan.routes.count, Int(instance.distance(of: plan)), plan.unassigned.count)
        }
        #expect(try loads("1", ["0.5", "0.25", "0.25"]) == (1, 40, 0))
        #expect(try loads("1", ["0.5", "0.25", "0.26"]) == (2, 50, 0))
        #expect(try loads("2.5", ["1", "1.5", "2.5"]) == (2, 50, 0))
    }

    /// Windows and services may be finer than the distances.
    @Test func fractionsOfTimesAreCounted() throws {
        func left(_ service: String, _ closes: String) throws -> Int {
            let text = """
                NAME : TIMES
                TYPE : VRPTW
                DIMENSION : 3
                EDGE_WEIGHT_TYPE : EXPLICIT
                EDGE_WEIGHT_FORMAT : FULL_MATRIX
                CAPACITY : 10
                VEHICLES : 1
                SERVICE_TIME : \(service)
                EDGE_WEIGHT_SECTION
                0 2 4
                2 0 2
                4 2 0
                DEMAND_SECTION
                1 0
                2 1
                3 1
                TIME_WINDOW_SECTION
                1 0 100
                2 0 2.5
                3 0 \(closes)
                EOF
                """
            let instance = try InstanceFile.read(text, isPlain: false)
            return Planner(instance.problem).search { Double($0.steps) / 300 }.plan.unassigned.count
        }
        #expect(try left("0.5", "4.5") == 0)
        #expect(try left("0.25", "4.25") == 0)
        #expect(try left("0.5", "4.4") == 1)
    }

    @Test func aTextThatIsNoInstanceIsToldSo() {
        for text in ["hello", "a,b\n1,2", "", "{}x\n1 2 3"] {
            let fault = #expect(throws: VisitFileFault.self) {
                _ = try InstanceFile.read(text, isPlain: false)
            }
            #expect(fault?.description.contains("neither") == true, "\(text)")
            #expect(fault?.words.isTranslated == true, "\(fault?.description ?? "")")
        }
        let marked = "\u{FEFF}" + Self.text(tail: Self.corners)
        #expect(throws: Never.self) { _ = try InstanceFile.read(marked, isPlain: false) }
    }
}
