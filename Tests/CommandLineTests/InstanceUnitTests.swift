// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import TestKit
import Testing
import Texts
import VisitChecking
import Visits

@testable import kezek

/// Instances of the literature: all that is told of them is in the units of their files.
@Suite(.waits) struct InstanceUnitTests {
    /// Times that need hundredths, loads that need tenths, and a place that is reached late.
    private static let text = """
        SMALL

        VEHICLE
        NUMBER     CAPACITY
          1         2.5

        CUSTOMER
        0      0         0          0          0       20.5          0
        1      3         4         1.5         0        2.75        1
        2      3         4         1.5         0       90           9
        """

    private static let solution = "Route #1: 1 2\n"

    /// On the way there for 5, a service of 1 and one of 9, and 5 back: 20 in all, so nobody is late at home.
    @Test func faultsAreToldByTheUnitsOfTheFile() async throws {
        let folder = try ShellFolder()
        let instance = try folder.file("small.txt", Self.text)
        let plan = try folder.file("small.sol", Self.solution)
        let check = try await kezek("visits", "check", instance, plan)
        #expect(check.status == 1)
        #expect(
            check.output == """
                fault: visit 1 on shift 1: starts 2.25 behind its window
                fault: shift 1: load 0 is 0.5 over the capacity
                2 of 2 visits in 1 shift, 10.0 on the way, 0.0 of waiting, 10.0 of visits

                """, "\(check.output)\(check.errors)")
        let russian = try await kezek("visits", "check", instance, plan, "--language", "ru")
        #expect(russian.output.contains("выезд 1, смена 1: начинается на 2.25 позже своего окна"))
        #expect(russian.output.contains("груз 0 больше вместимости на 0.5"))
        let json = try await kezek("visits", "check", instance, plan, "--json")
        let faults = try #require(json.object["faults"] as? [[String: Any]])
        #expect(faults.map { $0["amount"] as? Double } == [2.25, 0.5])
        #expect(
            faults[0]["message"] as? String == "visit 1 on shift 1: starts 2.25 behind its window")
        #expect(json.object["service"] as? Double == 10)
        // Of a week they stay seconds.
        let late = try folder.file("late.txt", Self.text.replacing("20.5 ", with: "19.5 "))
        let home = try await kezek("visits", "check", late, plan)
        #expect(home.output.contains("fault: shift 1: at work 0.5 after its hours"))
    }

    /// What is written as JSON has whole numbers, and the parts are told.
    @Test func whatIsWrittenInPartsIsToldToBe() async throws {
        let folder = try ShellFolder()
        let instance = try folder.file("small.txt", Self.text)
        let output = folder.path("x.json")
        let export = try await kezek("visits", "export", instance, "--output", output)
        let parts = "times and distances are in parts, 100 of which make one of the instance"
        let loads = "loads are in parts, 10 of which make one of the instance"
        #expect(export.errors.contains(parts) && export.errors.contains(loads))
        let plan = try await kezek(
            "visits", "solve", instance, "--steps", "10", "--output", folder.path("p.json"))
        #expect(plan.errors.contains(parts) && plan.errors.contains(loads))
        let whole = try folder.file(
            "whole.vrp",
            """
            TYPE : CVRP
            DIMENSION : 2
            CAPACITY : 3
            EDGE_WEIGHT_TYPE : EUC_2D
            NODE_COORD_SECTION
            1 0 0
            2 3 4
            DEMAND_SECTION
            1 0
            2 3
            """)
        let silent = try await kezek("visits", "export", whole, "--output", output)
        #expect(silent.status == 0 && silent.errors.isEmpty, "\(silent.errors)")
    }

    /// A second of a day is nothing that an instance has.
    @Test func anInstanceHasNoSheets() async throws {
        let folder = try ShellFolder()
        let instance = try folder.file("small.txt", Self.text)
        let plan = try folder.file("small.sol", Self.solution)
        let run = try await kezek("visits", "sheet", instance, plan, "--origin", "2026-03-16")
        #expect(run.status == 1 && run.output.isEmpty)
        #expect(run.errors.contains("the times of an instance are no seconds of a day"))
    }

    /// Every kind of fault that has an amount, by an instance and without one.
    @Test func everyAmountHasItsUnit() throws {
        let instance = try InstanceFile.read(Self.text, isPlain: false)
        #expect(instance.scale == 100 && instance.loadScale == 10)
        for (amount, told) in [
            (0, "0.0"), (1, "0.01"), (10, "0.1"), (100, "1.0"), (225, "2.25"), (-305, "-3.05"),
        ] { #expect(instance.told(amount) == told) }
        #expect(instance.told(load: 25) == "2.5")
        // One of the two is paid.
        let progress = Planner(instance.problem).search { Double($0.steps) / 10 }.progress
        #expect(progress.travel == 1_000)
        for language in Language.allCases {
            let words = VisitWords(language: language).progress(1, progress, of: instance)
            #expect(words.contains("10.0") && !words.contains("1000"), "\(words)")
        }
    }

    /// What is too large to be counted is told as the file has it.
    @Test(arguments: [
        (
            "90           9", "90    100000000",
            "the service of visit 2 is 100000000, which is out of range"
        ),
        ("20.5 ", "1000000000 ", "the depot is open for 1000000000, more than can be counted"),
    ])
    func whatIsOutOfRangeIsToldAsItStands(_ old: String, _ new: String, _ words: String) throws {
        let text = Self.text.replacing(old, with: new)
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try InstanceFile.read(text, isPlain: false)
        }
        #expect(fault?.description == words)
        #expect(fault?.words.isTranslated == true)
    }
}
