// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekVisitFiles
import Testing
import Texts

/// Files that have a key twice: none of them is read.
@Suite struct RepeatedKeyFileTests {
    private static let problem = """
        {"name": "a", "now": 90, "skill_names": {"4": "signs", "5": "kit"}, "amount_names": ["forms"],
         "vehicles": [{"id": 1, "profile": "car", "description": "A", "start_index": 0, "end_index": 0,
           "capacity": [9], "skills": [4], "time_window": [0, 5000], "max_tasks": 9, "crew": "c",
           "day": 1, "breaks": [{"id": 4, "service": 300, "time_windows": [[900, 2000]]}],
           "begun": [{"type": "job", "id": 10, "arrival": 90, "start": 100, "end": 180},
             {"type": "job", "id": 13, "start": 400, "end": 450, "in_vain": true,
              "location_index": 2, "description": "D"}]}],
         "jobs": [{"id": 10, "location_index": 1, "setup": 1, "service": 100, "delivery": [1],
           "skills": [4], "time_windows": [[0, 900]], "due": 3000, "required": true, "fixed": true,
           "promised": {"window": [0, 500], "vehicles": [1]}, "forbidden_vehicles": [],
           "allowed_vehicles": [1], "priority": 0}],
         "matrices": {"car": {"durations": [[0, 100, 200], [100, 0, 150], [200, 150, 0]]},
           "unread": {"durations": []}}}
        """

    private static let plan = """
        {"code": 0, "summary": {"cost": 9}, "unassigned": [{"id": 12}],
         "routes": [{"vehicle": 1, "duration": 7, "steps": [
          {"type": "start", "arrival": 10, "waiting_time": 1},
          {"type": "job", "id": 10, "arrival": 20, "waiting_time": 5, "violations": []}]}]}
        """

    /// The file once for each of its keys, which is there twice, and with its path.
    private static func twice(_ text: String) throws -> [(path: String, text: String)] {
        let file = try JSONSerialization.jsonObject(with: Data(text.utf8))
        var paths: [String] = []
        _ = try write(file, "", "", &paths)
        return try paths.map { path in
            var none: [String] = []
            return (path, try write(file, "", path, &none))
        }
    }

    private static func write(
        _ value: Any, _ path: String, _ repeated: String, _ paths: inout [String]
    ) throws -> String {
        if let members = value as? [String: Any] {
            var parts: [String] = []
            for (key, value) in members.sorted(by: { $0.key < $1.key }) {
                let inner = path.isEmpty ? key : "\(path).\(key)"
                paths.append(inner)
                let text = "\"\(key)\": \(try write(value, inner, repeated, &paths))"
                parts += inner == repeated ? [text, text] : [text]
            }
            return "{\(parts.joined(separator: ", "))}"
        }
        if let values = value as? [Any] {
            let parts = try values.enumerated().map {
                try write($1, "\(path)[\($0)]", repeated, &paths)
            }
            return "[\(parts.joined(separator: ", "))]"
        }
        return String(
            decoding: try JSONSerialization.data(
                withJSONObject: value, options: .fragmentsAllowed), as: UTF8.self)
    }

    @Test func noKeyOfAProblemIsThereTwice() throws {
        let document = try VisitJSON.read(Data(Self.problem.utf8))
        #expect(document.unread == ["matrices.unread"])
        let files = try Self.twice(Self.problem)
        #expect(files.count > 50)
        for (path, text) in files {
            let fault = #expect(throws: VisitFileFault.self, "\(path)") {
                _ = try VisitJSON.read(Data(text.utf8))
            }
            #expect(fault?.field == path && fault?.line == 1)
            #expect(fault?.description == "line 1: \(path): is there twice")
            #expect(fault?.words.isTranslated == true)
        }
    }

    @Test func noKeyOfAPlanIsThereTwice() throws {
        _ = try PlanJSON.readTimed(Data(Self.plan.utf8))
        let files = try Self.twice(Self.plan)
        #expect(files.count > 15)
        for (path, text) in files {
            let fault = #expect(throws: VisitFileFault.self, "\(path)") {
                _ = try PlanJSON.readTimed(Data(text.utf8))
            }
            #expect(fault?.field == path)
        }
    }

    /// Two spellings of a number would be one skill with two names.
    @Test(arguments: ["04", "+4", "-0", "4.0", " 4"]) func aSkillHasOneName(_ name: String) throws {
        let text = Self.problem.replacing("\"5\"", with: "\"\(name)\"")
        let fault = #expect(throws: VisitFileFault.self) {
            _ = try VisitJSON.read(Data(text.utf8))
        }
        #expect(fault?.description == "skill_names: \"\(name)\" is no skill's number")
    }

    /// JSON is in UTF-8 (RFC 8259); in another encoding nothing of a file would be looked at.
    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian])
    func anotherEncodingIsNoJSON(_ encoding: String.Encoding) throws {
        let data = try #require(Self.problem.data(using: encoding))
        let fault = #expect(throws: VisitFileFault.self) { _ = try VisitJSON.read(data) }
        #expect(fault?.description == "this is not JSON")
    }
}
