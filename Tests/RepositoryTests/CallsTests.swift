// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What the generator of calls makes of a table of three.
@Suite struct CallsTests {
    private static let messages = """
        syntax = "proto3";
        package kezek.v1;
        import "kezek/options.proto";
        message SlotsRequest {
          option (kezek.value) = "SlotsQuestion(office)";
          string office = 1;
        }
        message SlotsReply { repeated Day days = 1; }
        message Day {
          option (kezek.value) = "DaySlots(number)";
          uint32 number = 1;
        }
        message BoardRequest { string office = 1; uint32 since = 2; bool watch = 3; }
        message HoldRequest { string window = 1; }
        message Receipt {
          option (kezek.value) = "Receipt(number)";
          uint32 number = 1;
        }

        """

    private static let table = """
        syntax = "proto3";
        package kezek.v1;
        import "kezek/options.proto";
        import "kezek/v1/queue.proto";
        service Deadlines {
          // Free slots; all of them
          rpc Slots(SlotsRequest) returns (SlotsReply) {
            option idempotency_level = NO_SIDE_EFFECTS;
            option (kezek.call) = {field: 8 reply: 8 answer: ".slots(days)"};
          }
        }
        service Queue {
          // A board
          rpc Board(BoardRequest) returns (stream Receipt) {
            option idempotency_level = NO_SIDE_EFFECTS;
            option (kezek.call) = {
              field: 9 reply: 60 reply_name: "receipt"
              value: "watch ? .watchBoard(office, since: since) : .queue(.board(office))"
            };
          }
          // Takes a place
          rpc Hold(HoldRequest) returns (Receipt) {
            option (kezek.call) = {field: 60 reply: 60 value: ".command(request_id, .today(.hold(window)))"};
          }
        }

        """

    private static let envelope = """
        syntax = "proto3";
        package kezek.v1;
        import "kezek/options.proto";
        import "kezek/v1/queue.proto";
        message Request {
          bytes request_id = 4 [(kezek.is) = "requestID"];
          oneof call {
            // The fields: generated from service.proto.

            // End of the fields.
          }
        }
        message Response {
          oneof reply {
            // The fields: generated from service.proto.

            // End of the fields.
          }
        }

        """

    @Test func theEnvelopeHasAFieldForEachCallAndReply() async throws {
        let written = try await generated(Self.table)
        #expect(
            written["Protos/kezek/v1/envelope.proto"]?.contains(
                """
                    // The fields: generated from service.proto.

                    SlotsRequest slots = 8;
                    BoardRequest board = 9 [(kezek.case) = "watch ? .watchBoard(office, since: since) : .queue(.board(office))"];
                    HoldRequest hold = 60 [(kezek.case) = ".command(request_id, .today(.hold(window)))"];
                    // End of the fields.
                """) == true)
        #expect(
            written["Protos/kezek/v1/envelope.proto"]?.contains(
                """
                    SlotsReply slots = 8 [(kezek.case) = ".slots(days)"];
                    Receipt receipt = 60;
                """) == true)
    }

    @Test func aCallIsACaseAndAQuestionHasTheTypeOfItsAnswer() async throws {
        let written = try await generated(Self.table)
        let calls = try #require(written["Sources/KezekWire/Generated/Calls.swift"])
        for line in [
            "case slots(SlotsQuestion)", "case watchBoard(OfficeID, since: UInt32)",
            "case queue(QueueQuestion)", "case command(RequestID, QueueCommand)",
            "case slots([DaySlots])", "case receipt(Receipt)", "case .command(let id, _): id",
            "case .watchBoard, .queue(.board): self = .board",
            "case .command(_, .today(.hold)): self = .hold",
        ] {
            #expect(
                calls.contains("        \(line)\n") || calls.contains("    \(line)\n"), "\(line)")
        }
        let questions = try #require(written["Sources/KezekWire/Generated/Questions.swift"])
        #expect(
            questions.contains(
                """
                extension Question where Answer == [DaySlots] {
                    /// Free slots.
                    public static func slots(_ question: SlotsQuestion) -> Self {
                        Self(.slots(question)) { reply in
                            if case .slots(let days) = reply { days } else { nil }
                        }
                    }
                }
                """))
        #expect(
            written["Sources/KezekWire/Generated/Library+Calls.swift"]?.contains(
                "case .slots(let question): .slots(try desk.slots(question))\n") == true)
        #expect(
            written["Sources/KezekClient/Generated/Client+Commands.swift"]?.contains(
                "_ command: QueueCommand, request: RequestID = .random(),\n") == true)
    }

    /// Of each change to the table what is told.
    @Test(arguments: [
        ("answer: \".slots(days)\"", "", "SlotsReply: calls.py does not know its value's type"),
        (".queue(.board(office))", ".watchBoard(office)", ".watchBoard is declared twice"),
        (
            ".command(request_id, .today(.hold(window)))", ".command(request_id, @hold)",
            "the type of a part of .command is not known"
        ),
    ])
    func whatCannotBeMadeIsTold(old: String, new: String, told: String) async throws {
        let table = Self.table.replacingOccurrences(of: old, with: new)
        let refused = await #expect(throws: Refused.self) { try await generated(table) }
        #expect(refused?.words.contains(told) == true, "\(refused?.words ?? "")")
    }

    private struct Refused: Error {
        let words: String
    }

    /// The files that are made of a table of calls, by their paths.
    private func generated(_ table: String) async throws -> [String: String] {
        let folder = try TemporaryDirectory()
        let protos = folder.url.appendingPathComponent("Protos/kezek/v1")
        try FileManager.default.createDirectory(at: protos, withIntermediateDirectories: true)
        for (name, text) in [
            ("queue", Self.messages), ("service", table), ("envelope", Self.envelope),
        ] { try Data(text.utf8).write(to: protos.appendingPathComponent("\(name).proto")) }
        for (what, files) in [("envelope", ["service"]), ("swift", ["service", "envelope"])] {
            let set = folder.url.appendingPathComponent(what).path
            let protoc = try await Run.of(
                URL(fileURLWithPath: "/usr/bin/protoc"),
                [
                    "-I\(folder.url.path)/Protos", "-IProtos", "--include_imports",
                    "--include_source_info", "--descriptor_set_out=\(set)",
                ] + files.map { "kezek/v1/\($0).proto" })
            #expect(protoc.status == 0, "\(protoc.errors)")
            let run = try await Run.of(
                URL(fileURLWithPath: "/usr/bin/python3"),
                ["Protos/calls.py", what, set, folder.url.path])
            guard run.status == 0 else { throw Refused(words: run.errors) }
        }
        var written: [String: String] = [:]
        for path in [
            "Protos/kezek/v1/envelope.proto", "Sources/KezekWire/Generated/Calls.swift",
            "Sources/KezekWire/Generated/Questions.swift",
            "Sources/KezekWire/Generated/Library+Calls.swift",
            "Sources/KezekClient/Generated/Client+Commands.swift",
        ] {
            written[path] = try String(
                contentsOf: folder.url.appendingPathComponent(path), encoding: .utf8)
        }
        return written
    }
}
