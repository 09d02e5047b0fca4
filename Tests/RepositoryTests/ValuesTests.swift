// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What the generator of values makes of shapes, properties and enums, each form of them once.
@Suite struct ValuesTests {
    private static let proto = """
        syntax = "proto3";
        package kezek.v1;
        import "kezek/options.proto";
        // Hold a slot `from_day` on.
        message HoldRequest {
          option (kezek.value) = "Hold(office, day: from_day, kind?, until: until ? End(at: until), who)";
          option (kezek.property) = "until = nil";
          string office = 1;
          // The first date.
          sint32 from_day = 2;
          // Unspecified for any.
          Kind kind = 3;
          int64 until = 4;
          // For whom.
          oneof who {
            option (kezek.enum) = "Hold.Who";
            string iin = 5;
            Name name = 6;
          }
        }
        enum Kind {
          option (kezek.named) = "Hold.Kind";
          KIND_UNSPECIFIED = 0;
          // By telephone.
          KIND_BY_PHONE = 2;
        }
        message Name {
          option (kezek.value) = "Name{first, rest: @rest(last)}";
          option (kezek.property) = "first = 'A'";
          option (kezek.property) = "rest: [String] = [] // All others.";
          string first = 1;
          string last = 2 [(kezek.is) = "line 40"];
        }
        // Columns.
        message Names {
          option (kezek.row) = "Names.Row(number, day: born_day) // One of them.";
          option (kezek.property) = "var Names.Row.number";
          repeated uint32 number = 1;
          repeated sint32 born_day = 2;
        }

        """

    private static let swift = """
        public import CivilTime
        public import Parties

        /// Hold a slot `day` on.
        public struct Hold: Hashable, Sendable {
            public let office: OfficeID
            /// The first date.
            public let day: CivilDate
            /// Nil for any.
            public let kind: Hold.Kind?
            public let until: End?
            /// For whom.
            public let who: Hold.Who

            public init(
                office: OfficeID, day: CivilDate, kind: Hold.Kind?, until: End? = nil, who: Hold.Who
            ) {
                self.office = office
                self.day = day
                self.kind = kind
                self.until = until
                self.who = who
            }
        }

        public struct Name: Hashable, Sendable {
            public var first: String = "A"
            /// All others.
            public var rest: [String] = []

            public init() {}
        }

        extension Names {
            /// One of them.
            public struct Row: Hashable, Sendable {
                public internal(set) var number: UInt32
                public let day: CivilDate

                public init(number: UInt32, day: CivilDate) {
                    self.number = number
                    self.day = day
                }
            }
        }

        extension Hold {
            /// The numbers are those of the messages and never change.
            public enum Kind: UInt8, CaseIterable, Hashable, Sendable {
                /// By telephone.
                case byPhone = 2
            }
        }

        """

    @Test func shapesBecomeStructs() async throws {
        let written = try await generated(Self.proto)
        #expect(written.hasSuffix("\n\n\(Self.swift)"), "\(written)")
    }

    /// A type that no kind tells, and a line about a property that is not there.
    @Test(arguments: [
        (
            "option (kezek.property) = \"rest: [String] = [] // All others.\";", "",
            ".kezek.v1.Name: the type of Name.rest is to be told\n"
        ),
        (
            "\"first = 'A'\"", "\"second = 'A'\"",
            ".kezek.v1.Name: second is no property of a value\n"
        ),
    ])
    func whatCannotBeIsRefused(part: String, instead: String, words: String) async throws {
        await #expect(throws: Refused(words: words)) {
            try await generated(Self.proto.replacing(part, with: instead))
        }
    }

    private struct Refused: Error, Equatable {
        let words: String
    }

    /// The values that are made of the text of a .proto file.
    private func generated(_ proto: String) async throws -> String {
        let folder = try TemporaryDirectory()
        try Data(proto.utf8).write(to: folder.url.appendingPathComponent("office.proto"))
        let set = folder.url.appendingPathComponent("set").path
        let protoc = try await Run.of(
            URL(fileURLWithPath: "/usr/bin/protoc"),
            [
                "-I\(folder.url.path)", "-IProtos", "--include_imports", "--include_source_info",
                "--descriptor_set_out=\(set)", "office.proto",
            ])
        #expect(protoc.status == 0, "\(protoc.errors)")
        let values = try await Run.of(
            URL(fileURLWithPath: "/usr/bin/python3"), ["Protos/values.py", set, folder.url.path])
        guard values.status == 0 else { throw Refused(words: values.errors) }
        return try String(
            contentsOf: folder.url.appendingPathComponent(
                "Sources/Queue/Generated/OfficeValues.swift"), encoding: .utf8)
    }
}
