// SPDX-License-Identifier: Apache-2.0

public import KezekProtoJSON

/// What pages and portals ask for by GET, told as `kezek … --json` tells it.
public struct PlainPath: Sendable {
    /// The call's name, such as `due_date`.
    let call: String
    /// The fields of the reply that a stream's events are named by, and the fields of the question that go on from there;
    /// nil for one answer.
    public var stream: (reply: [String], request: [String])?

    /// The call.
    public var entry: CallEntry {
        // Every call is in the table.
        CallEntry.all.first { $0.name == call }!
    }

    public static let all: [String: PlainPath] = [
        "/v1/offices": .init(call: "offices"),
        "/v1/hours": .init(call: "office_hours"),
        "/v1/slots": .init(call: "slots"),
        "/v1/first-free": .init(call: "first_free"),
        "/v1/wait": .init(call: "wait"),
        "/v1/board": .init(call: "board"),
        "/v1/due": .init(call: "due_date"),
        "/v1/calendar": .init(call: "calendar_days"),
        "/v1/status": .init(call: "application_status"),
        "/v1/board/events": .init(
            call: "board", stream: (["day", "revision"], ["day", "since"])),
        "/v1/working-list/events": .init(
            call: "working_list", stream: (["run", "revision"], ["seenRun", "seenRevision"])),
        "/v1/visit-plan/events": .init(
            call: "watch_visit_plan", stream: (["revision"], ["since"])),
        "/v1/health/events": .init(call: "health", stream: ([], [])),
    ]

    /// The first and the last date of a month such as `2026-03`; nil for another text.
    static func month(_ text: String) -> (first: String, last: String)? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard text.utf8.count == 7, parts.count == 2, parts[0].utf8.count == 4,
            let year = Int(parts[0]), let month = Int(parts[1]), (1...12).contains(month)
        else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
        return ("\(text)-01", "\(text)-\(days)")
    }
}
