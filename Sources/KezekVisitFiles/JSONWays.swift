// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts
import Visits

/// The travel times of a file, a matrix for each profile.
enum JSONWays {
    /// The matrices of the profiles in their order; none if the file has no travel times.
    static func read(
        _ file: JSONField, _ profiles: [String], _ keys: inout VisitKeys
    ) throws(VisitFileFault) -> [TravelMatrix] {
        guard let matrices = try file.optional("matrices") else {
            let other = profiles.firstIndex { $0 != "car" }
            if let matrix = try file.optional("matrix") {
                if let other { throw missing(profiles[other]) }
                return [try self.matrix(matrix, &keys)]
            }
            if let other { throw missing(profiles[other]) }
            return []
        }
        if let matrix = try file.optional("matrix") { keys.passOver(matrix.path) }
        // A file without vehicles still has its places.
        let wanted = profiles.isEmpty ? ["car"] : profiles
        for name in try matrices.names {
            guard let field = try matrices.optional(name) else { continue }
            if wanted.contains(name) {
                try keys.look(at: field, as: .matrix)
            } else {
                keys.passOver(field.path)
            }
        }
        var ways: [TravelMatrix] = []
        for profile in wanted {
            guard let field = try matrices.optional(profile) else { throw missing(profile) }
            let matrix = try self.matrix(try field.member("durations"), &keys)
            guard matrix.size == ways.first?.size ?? matrix.size else {
                throw VisitFileFault(
                    field: "\(field.path).durations",
                    "has \(matrix.size) places, that of \(wanted[0]) \(ways[0].size)")
            }
            ways.append(matrix)
        }
        return ways
    }

    private static func missing(_ profile: String) -> VisitFileFault {
        VisitFileFault(
            field: "matrices.\(profile.prefix(40))",
            "is missing: a vehicle has this profile, so its travel times are needed")
    }

    /// Numbers are read in bulk: a field of its own for each of a million would be slow.
    private static func matrix(
        _ rows: JSONField, _ keys: inout VisitKeys
    ) throws(VisitFileFault) -> TravelMatrix {
        guard let lists = rows.value as? [Any] else {
            throw VisitFileFault(field: rows.path, "a list of rows is expected")
        }
        guard lists.count <= TravelMatrix.placeLimit else {
            throw VisitFileFault(field: rows.path, "more than \(TravelMatrix.placeLimit) places")
        }
        var isRounded = false
        var seconds: [Int32] = []
        seconds.reserveCapacity(lists.count * lists.count)
        for (row, list) in lists.enumerated() {
            guard let numbers = list as? [Any], numbers.count == lists.count else {
                throw VisitFileFault(
                    field: "\(rows.path)[\(row)]", "\(lists.count) numbers are expected")
            }
            for (column, value) in numbers.enumerated() {
                // The diagonal says nothing of a way.
                guard row != column else {
                    seconds.append(0)
                    continue
                }
                guard let time = time(value, &isRounded) else {
                    throw VisitFileFault(
                        field: "\(rows.path)[\(row)][\(column)]",
                        "seconds are expected, or null where there is no way")
                }
                seconds.append(time)
            }
        }
        if isRounded { keys.remark("\(rows.path): fractions of seconds are rounded up") }
        if lists.count > 1, seconds.allSatisfy({ $0 == 0 }) {
            keys.remark("\(rows.path): all ways take no time; is that meant?")
        }
        do { return try TravelMatrix(size: lists.count, seconds: seconds) } catch {
            throw VisitFileFault(field: rows.path, Phrase(sentence: "\(error)"))
        }
    }

    /// A way in whole seconds, fractions rounded up, no way as the longest; nil for what is no way.
    private static func time(_ value: Any, _ isRounded: inout Bool) -> Int32? {
        if value is NSNull { return Int32(TravelMatrix.longest) }
        guard let number = value as? NSNumber, !JSONField.isBoolean(number) else { return nil }
        let seconds = number.doubleValue.rounded(.up)
        if seconds != number.doubleValue { isRounded = true }
        return seconds >= 0 ? Int32(exactly: seconds) : nil
    }
}
