// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing

/// What the generator of codecs makes of shapes, each kind of them once.
@Suite struct CodecsTests {
    private static let proto = """
        syntax = "proto3";
        package kezek.v1;
        import "kezek/options.proto";
        message HoldRequest {
          option (kezek.value) = "Hold(office, day: from_day, kind?, until: until ? End(at: until), who)";
          string office = 1;
          sint32 from_day = 2;
          Kind kind = 3;
          int64 until = 4;
          repeated Name names = 7 [(kezek.most) = "Hold.nameLimit"];
          oneof who {
            option (kezek.enum) = "Who";
            string iin = 5;
            Name name = 6 [(kezek.case) = ".named(first, last: last?)"];
          }
        }
        enum Kind { KIND_UNSPECIFIED = 0; }
        message Name {
          option (kezek.value) = "Name(first, rest: @rest(last))";
          option (kezek.hot) = "write";
          string first = 1;
          string last = 2 [(kezek.is) = "line 40"];
        }

        """

    private static let reader = """
        extension WireReader {
            func holdRequest(_ message: Kezek__V1__HoldRequest) throws(Refusal) -> Hold {
                try limit(message.n_names, Hold.nameLimit, "names")
                return Hold(
                    office: try office(message.office, "office"),
                    day: try date(message.from_day, "from_day"),
                    kind: message.kind.rawValue == 0 ? nil : try choice(message.kind.rawValue, "kind"),
                    until: message.until == 0 ? nil : End(at: fit(message.until)),
                    who: try holdRequestWho(message))
            }

            func holdRequestWho(_ message: Kezek__V1__HoldRequest) throws(Refusal) -> Who {
                switch message.who_case {
                case KEZEK__V1__HOLD_REQUEST__WHO_IIN:
                    return .iin(try iin(message.iin, "iin"))
                case KEZEK__V1__HOLD_REQUEST__WHO_NAME:
                    return .named(
                        try text(message.name.pointee.first, "name.first"),
                        last: message.name.pointee.last.len == 0
                            ? nil : try line(message.name.pointee.last, "name.last", limit: 40))
                default: throw missing("who")
                }
            }

            func name(_ message: Kezek__V1__Name) throws(Refusal) -> Name {
                return Name(first: try text(message.first, "first"), rest: try self.rest(message.last))
            }
        }

        """

    private static let writer = """
        extension WireWriter {
            func holdRequest(_ value: Hold) throws(Full) -> UnsafeMutablePointer<Kezek__V1__HoldRequest> {
                try self.message(kezek__v1__hold_request__init) { (message) throws(Full) in
                    message.office = try self.text(value.office.description)
                    message.from_day = value.day.dayNumber
                    if let given = value.kind {
                        message.kind = Kezek__V1__Kind(UInt32(given.rawValue))
                    }
                    if let given = value.until {
                        message.until = fit(given.at)
                    }
                    try self.fill(&message, value.who)
                }
            }

            func fill(_ message: inout Kezek__V1__HoldRequest, _ value: Who) throws(Full) {
                switch value {
                case .iin(let value):
                    message.who_case = KEZEK__V1__HOLD_REQUEST__WHO_IIN
                    message.iin = try self.text(value.digits)
                case .named(let first, last: let last):
                    message.who_case = KEZEK__V1__HOLD_REQUEST__WHO_NAME
                    message.name = try self.message(kezek__v1__name__init) { (inner) throws(Full) in
                        inner.first = try self.text(first)
                        if let given = last {
                            inner.last = try self.text(given)
                        }
                    }
                }
            }

            @inline(__always)
            func name(_ value: Name) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Name> {
                try self.message(kezek__v1__name__init) { (message) throws(Full) in
                    message.first = try self.text(value.first)
                    try self.rest(value.rest, &message.last)
                }
            }
        }

        """

    @Test func shapesBecomeReadersAndWriters() async throws {
        let written = try await generated(Self.proto)
        #expect(written.hasSuffix("\n\(Self.reader)\n\(Self.writer)"), "\(written)")
    }

    @Test func aShapeThatNamesNoFieldIsRefused() async throws {
        await #expect(throws: Refused(words: ".kezek.v1.HoldRequest has no field day\n")) {
            try await generated(Self.proto.replacing("day: from_day", with: "day"))
        }
    }

    private struct Refused: Error, Equatable {
        let words: String
    }

    /// The Swift that is made of the text of a .proto file.
    private func generated(_ proto: String) async throws -> String {
        let folder = try TemporaryDirectory()
        try Data(proto.utf8).write(to: folder.url.appendingPathComponent("ten.proto"))
        let set = folder.url.appendingPathComponent("set").path
        let protoc = try await Run.of(
            URL(fileURLWithPath: "/usr/bin/protoc"),
            [
                "-I\(folder.url.path)", "-IProtos", "--include_imports",
                "--descriptor_set_out=\(set)", "ten.proto",
            ])
        #expect(protoc.status == 0, "\(protoc.errors)")
        let codecs = try await Run.of(
            URL(fileURLWithPath: "/usr/bin/python3"),
            ["Protos/codecs.py", set, folder.url.path])
        guard codecs.status == 0 else { throw Refused(words: codecs.errors) }
        return try String(
            contentsOf: folder.url.appendingPathComponent("TenCodecs.swift"), encoding: .utf8)
    }
}
