// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing
import Texts

@testable import kezek

/// What cannot be written is told in words, and nothing is left of it.
@Suite(.waits) struct UnwrittenFileTests {
    private let folder: ShellFolder

    init() throws { folder = try ShellFolder() }

    /// Runs the program in a shell that does something with it.
    private func shell(_ script: String, _ arguments: [String]) async throws -> Run {
        try await Run.of(
            URL(fileURLWithPath: "/bin/sh"),
            ["-c", script, try Repository.program.path] + arguments,
            environment: [
                "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin", "KEZEK_PATIENCE": "\(Patience.seconds)",
            ])
    }

    /// Every command that answers by itself, its output going to a disk that is full.
    @Test(arguments: [
        "calendar show 2026", "calendar show 2026 --json", "calendar count 2026-03-02 2026-03-05",
        "calendar export 2026", "calendar check", "standards list", "standards show std-7",
        "standards check", "standards list --json", "open --office provider", "--help",
        "--version", "--help-all", "due --channel provider --accepted 2026-03-19T12:50",
        "visits export Examples/visits/week.json",
        "visits solve Examples/visits/week.json --steps 0",
    ])
    func aFullOutputIsTold(line: String) async throws {
        let arguments = line.split(separator: " ").map(String.init)
        let run = try await shell("exec \"$0\" \"$@\" > /dev/full", arguments)
        #expect(run.status == 1, "\(run.errors)")
        #expect(
            run.errors.contains("cannot be written to standard output: No space left on device"),
            "\(run.errors)")
        MistakeTests.expectPlain(run.errors)
        if arguments.contains("--json") { #expect(run.error["status"] as? Int == 1) }
    }

    @Test func aFullOutputIsToldInTheLanguageAskedFor() async throws {
        for (language, told) in [("ru", "на диске нет места"), ("kk", "дискіде орын жоқ")] {
            let run = try await shell(
                "exec \"$0\" \"$@\" > /dev/full",
                ["calendar", "show", "2026", "--language", language])
            #expect(run.status == 1 && run.errors.contains(told), "\(run.errors)")
        }
    }

    /// Options that name a file to write: a folder, a folder that is not there, a full disk, and a file that
    /// may not become as large.
    @Test func aFileThatCannotBeWrittenIsTold() async throws {
        let queue = try await RunningQueue()
        let whole = folder.path("whole")
        let server = ["--server", queue.address]
        let writers = [
            ["day", "astana-1", "--ics"] + server, ["describe", "--descriptors"] + server,
            ["visits", "export", "Examples/visits/week.json", "--output"],
            ["office", "export", "astana-1"] + server,
        ]
        for writer in writers {
            // The last word takes the file, or it is an argument of its own behind the others.
            let place = writer.firstIndex { ["--ics", "--descriptors", "--output"].contains($0) }
            func line(_ path: String) -> [String] {
                var line = writer
                line.insert(path, at: place.map { $0 + 1 } ?? line.endIndex)
                return line
            }
            for (path, told) in [
                (folder.url.path, "is a folder; name a file"),
                (folder.path("none/x"), "does not exist; make it first"),
                ("/dev/full", "cannot write /dev/full: No space left on device"),
            ] {
                let run = try await kezek(line(path))
                #expect(run.status == 1 && run.errors.contains(told), "\(writer) \(run.errors)")
                MistakeTests.expectPlain(run.errors)
            }
            let run = try await shell(
                "trap '' XFSZ; ulimit -f 0; exec \"$0\" \"$@\"", line(whole))
            #expect(run.status == 1, "\(writer) \(run.errors)")
            #expect(try names() == [], "\(writer)")
            let done = try await kezek(line(whole))
            #expect(done.status == 0, "\(writer) \(done.errors)")
            #expect(try names() == ["whole"])
            try FileManager.default.removeItem(atPath: whole)
        }
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
    }

    /// What is refused leaves no lock behind.
    @Test func aRefusalLeavesNothingBehind() async throws {
        let inner = folder.path("inner")
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        for line in [
            ["journal", "snapshot", inner],
            ["access", "issue", "--file", inner, "--role", "kiosk", "--all-offices"],
        ] {
            let run = try await kezek(line)
            #expect(run.status == 1 && run.errors.contains("is a folder"), "\(run.errors)")
            #expect(try names() == ["inner"], "\(line)")
        }
        let file = try folder.file("file", "x")
        let run = try await kezek("cert", "dev", "--folder", file)
        #expect(run.status == 1 && run.errors.contains("is a file; name a folder"))
    }

    /// What is read from a folder or an empty name.
    @Test func whatCannotBeReadIsTold() async throws {
        let queue = try await RunningQueue()
        for line in [["day", "astana-1", "--import"], ["report", "astana-1", "1"]] {
            let run = try await queue(line + [folder.url.path])
            #expect(run.status == 1 && run.errors.contains("is a folder"), "\(run.errors)")
            MistakeTests.expectPlain(run.errors)
        }
    }
}
