// SPDX-License-Identifier: Apache-2.0

import Texts

/// Reads the text format of Solomon (1987) and of Gehring and Homberger (1999).
///
/// The first word is the name; a line of two numbers has the vehicles and their capacity; a line
/// of seven has a customer: number, x, y, demand, ready time, due time, service. The depot is 0.
enum SolomonText {
    private static var noInstance: VisitFileFault {
        VisitFileFault(
            "this is neither VROOM-shaped JSON nor an instance in Solomon's text or VRPLIB's")
    }

    static func read(_ text: Substring) throws(VisitFileFault) -> InstanceDraft {
        var draft = InstanceDraft()
        for (number, line) in TextLines(text) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            if draft.name.isEmpty {
                draft.name = String(first)
                continue
            }
            guard first.first!.isNumber || first.first == "-" || first.first == "." else {
                continue
            }
            let values: [Double]
            do { values = try TextLines.numbers(words, line: number) } catch {
                throw draft.capacity == nil && draft.rows.isEmpty ? noInstance : error
            }
            if values.count == 2, draft.capacity == nil {
                try readFleet(values, number, &draft)
            } else if values.count == 7 {
                try readCustomer(values, number, &draft)
            } else {
                if draft.capacity == nil, draft.rows.isEmpty { throw noInstance }
                throw VisitFileFault(
                    line: number, "a line of 7 numbers is expected, not of \(values.count)")
            }
        }
        guard draft.capacity != nil || !draft.rows.isEmpty else {
            throw noInstance
        }
        guard draft.capacity != nil else {
            throw VisitFileFault("the line with the vehicles and their capacity is missing")
        }
        guard !draft.rows.isEmpty else { throw VisitFileFault("there is not even a depot") }
        return draft
    }

    private static func readFleet(
        _ values: [Double], _ line: Int, _ draft: inout InstanceDraft
    ) throws(VisitFileFault) {
        guard values[0] >= 0, values[0] <= VisitFileLimits.number, values[1] >= 0 else {
            throw VisitFileFault(line: line, "vehicles and capacity must not be negative")
        }
        // As in the file's tradition, no vehicles at all are as many as are needed.
        draft.vehicles = values[0] >= 1 ? Int(values[0]) : nil
        draft.capacity = values[1]
    }

    private static func readCustomer(
        _ values: [Double], _ line: Int, _ draft: inout InstanceDraft
    ) throws(VisitFileFault) {
        guard values[0] == Double(draft.rows.count) else {
            throw VisitFileFault(line: line, "customer \(draft.rows.count) is expected here")
        }
        guard draft.rows.count <= VisitFileLimits.customers else {
            throw VisitFileFault(line: line, "more than \(VisitFileLimits.customers) customers")
        }
        guard values[3] >= 0, values[6] >= 0 else {
            throw VisitFileFault(line: line, "demand and service must not be negative")
        }
        guard values[4] <= values[5] else {
            throw VisitFileFault(line: line, "due before ready")
        }
        draft.rows.append(
            InstanceDraft.Row(
                point: Instance.Point(x: values[1], y: values[2]), demand: values[3],
                opens: values[4], closes: values[5], service: values[6]))
    }
}
