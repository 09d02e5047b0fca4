// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import HomeVisits
import TestKit
import Testing

@testable import kezek

/// The arguments of the commands on home visits, and their help.
@Suite(.waits) struct HomeVisitCommandTests {
    private static let newcomer =
        "offer --area astana-1 --place 71.4597,51.1642 --address a --name n --telephone"

    /// Arguments without a space in them, and what is told.
    private static let wrong: [(String, String)] = [
        ("offer", "Give --visit, or --area"),
        ("offer --area astana-1 --place 71,51", "--telephone"),
        ("offer --visit astana-1/17 --minutes 20", "stands alone"),
        ("offer --visit astana-1/17 --avoid crew-1", "stands alone"),
        ("offer --visit astana-1/0", "astana-1/0"),
        (newcomer + " t", "--iin or --reference"),
        (newcomer + " t --iin 123456789012", "expected the 12 digits"),
        (newcomer + " t --reference r --minutes 481", "1 to 480"),
        (newcomer + " t --reference r --need Ramp", "Ramp"),
        (newcomer + " " + String(repeating: "0", count: 41) + " --reference r", "40 bytes"),
        (newcomer + " a\u{7} --reference r", "--telephone must not have a line break"),
        ("promise astana-1/17 tomorrow", "tomorrow"),
        ("promise astana-1 2026-12-01T11:00", "astana-1"),
        ("cancel astana-1/17 --by crew", "crew"),
        ("cancel astana-1/17 --reason " + String(repeating: "x", count: 501), "500 bytes"),
        ("report astana-1/17 gone", "gone"),
        ("report astana-1/17 longer", "longer needs --minutes"),
        ("report astana-1/17 done --minutes 5", "needs longer"),
        ("report astana-1/17 longer --minutes 481", "1 to 480"),
        ("delay --area a --crew c --minutes 601", "1 to 600"),
        ("absent --area a --crew c --date today", "today"),
        ("road close --area a b --place 71,51 --radius 0 --minutes 5", "1 to 20000"),
        ("road close --area a b --place 71,51 --radius 9 --minutes 241", "1 to 240"),
        ("road close --area a b --place 71;51 --radius 9 --minutes 5", "71;51"),
        ("replan --area a --seconds 601", "1 to 600"),
        ("plan --area a --days 15", "1 to 14"),
        ("plan --area a --output plan.json", "go together"),
        ("plan --area a --watch --output a --problem b", "exclude each other"),
        ("plan --area a --watch --since a", "exclude each other"),
        ("plan --area a --since a --output a --problem b", "exclude each other"),
    ]

    @Test(arguments: wrong)
    func wrongArgumentsSayWhatToDo(arguments: String, text: String) async throws {
        let line = ["visits"] + arguments.split(separator: " ").map(String.init)
        let end = try #require(await ending(of: line))
        #expect(end.status == CommandStatus.usage.rawValue, "\(end.text)")
        #expect(end.text.contains(text), "\(end.text)")
    }

    /// Nothing, and what nobody sees, is no name and no telephone; all that is missing is told at once.
    @Test(arguments: ["", "  ", "\u{2800}"])
    func whatIsLeftEmptyIsNotTold(_ nothing: String) async throws {
        let line = [
            "visits", "offer", "--area", "astana-1", "--place", "71.4597,51.1642", "--address", "a",
            "--name", nothing, "--telephone", nothing, "--reference", "r",
        ]
        let end = try #require(await ending(of: line))
        #expect(end.status == CommandStatus.usage.rawValue)
        #expect(end.text.hasPrefix("kezek: Not told: --name, --telephone. "), "\(end.text)")
    }

    @Test func aWrongFileOfAnAreaIsToldBeforeAServerIsAsked() async throws {
        let folder = try ShellFolder()
        let text = try Repository.text("Examples/visits/area.yaml")
            .replacing("due-days: 5", with: "due-days: 0")
        let file = try folder.file("area.yaml", text)
        let run = try await kezek("visits", "area", "import", file, "--server", "127.0.0.1:1")
        #expect(run.status == 1)
        #expect(run.errors.contains("rules.due-days: expected a number from 1 to 60, found '0'"))
        let missing = try await kezek("visits", "area", "import", "/nonexistent/area.yaml")
        #expect(missing.errors.contains("is not there"))
    }

    @Test func aWrongFileOfAPlanIsToldBeforeAServerIsAsked() async throws {
        let folder = try ShellFolder()
        let wrong = [
            (try folder.file("text", "today"), "it is not what 'kezek visits plan --json' prints"),
            (try folder.file("list", "[]"), "it is not what 'kezek visits plan --json' prints"),
            (folder.url.path, "is a folder"), (folder.path("none"), "is not there"),
            ("/dev/zero", "at most 32 MiB"),
        ]
        for (file, text) in wrong {
            let run = try await kezek(
                "visits", "plan", "--area", "astana-1", "--since", file, "--server", "127.0.0.1:1")
            #expect(run.status == 1)
            #expect(
                run.errors.hasPrefix("kezek: \(file)") && run.errors.contains(text),
                "\(run.errors)")
        }
    }

    @Test func withoutAServerItSaysSo() async throws {
        for arguments in [
            ["area", "import", Repository.root.path + "/Examples/visits/area.yaml"],
            ["area", "export", "astana-1"], ["offer", "--visit", "astana-1/17"],
            ["windows", "--area", "astana-1", "--place", "71.45,51.16"],
            ["plan", "--area", "astana-1"], ["plan", "--area", "astana-1", "--watch"],
            ["show", "astana-1/17"], ["replan", "--area", "astana-1"],
        ] {
            let run = try await kezek(["visits"] + arguments + ["--server", "127.0.0.1:1"])
            #expect(run.status == CommandStatus.notReached.rawValue)
            #expect(run.errors.contains("nothing listens on"), "\(run.errors)")
        }
    }

    @Test func everyCommandHasHelpWithAnExample() async throws {
        for command in [
            ["area", "import"], ["area", "export"], ["windows"], ["offer"], ["promise"], ["cancel"],
            ["report"],
            ["delay"], ["absent"], ["present"], ["road", "close"], ["road", "open"], ["replan"],
            ["plan"], ["show"], ["explain"],
        ] {
            let run = try await kezek(["visits"] + command + ["--help"])
            #expect(run.status == 0)
            #expect(
                run.output.contains("  kezek visits \(command.joined(separator: " "))"),
                "\(command)")
        }
    }

    @Test func aMomentIsLocalOrHasItsOffset() {
        let clock = VisitValues.clock
        let eleven = VisitValues.second("2026-12-01T11:00")
        for text in [
            "2026-12-01T11:00", "2026-12-01T11:00:00", "2026-12-01T11:00:00+05:00",
            "2026-12-01T11:00+05:00", "2026-12-01T06:00:00Z", "2026-12-01T02:30:00-03:30",
        ] {
            let moment = MomentArgument(argument: text)
            #expect(moment.flatMap(clock.second) == eleven, "\(text)")
        }
        for text in ["", "+05:00", "2026-12-01", "2026-12-01T11:00+5", "2026-12-01T25:00+05:00"] {
            #expect(MomentArgument(argument: text) == nil, "\(text)")
        }
        // What is written is read again, to the second.
        for second in [eleven, eleven + 59, eleven + 3_601, 0] {
            let exact = MomentArgument(argument: clock.stamp(second))
            #expect(exact.flatMap(clock.second) == second)
            let local = MomentArgument(argument: clock.argument(second))
            #expect(local.flatMap(clock.second) == second)
        }
        #expect(clock.stamp(eleven) == "2026-12-01T11:00:00+05:00")
        #expect(clock.stamp(eleven + 1) == "2026-12-01T11:00:01+05:00")
    }

    @Test func spansAreRoundedUpToMinutes() {
        let spans = [(0, 0), (1, 1), (60, 1), (61, 2), (-1, 0), (-60, -1), (-61, -1), (600, 10)]
        for (seconds, minutes) in spans { #expect(wholeMinutes(seconds) == minutes, "\(seconds)") }
    }

    @Test func aPlaceIsReadAndWrittenToTheMillionth() {
        let place = HomePoint(argument: "71.4597,51.164201")
        #expect(place == HomePoint(longitude: 71_459_700, latitude: 51_164_201))
        #expect(place?.text == "71.4597,51.164201")
        for text in ["", "71.4", "71.4,51.1,3", "181,51", "71,91", "71.4, 51.1", "71.1234567,5"] {
            #expect(HomePoint(argument: text) == nil, "\(text)")
        }
    }
}
