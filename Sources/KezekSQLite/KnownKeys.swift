// SPDX-License-Identifier: Apache-2.0

import CivilTime
public import Journal
public import Texts

/// The keys that a journal knows: that by which it was written last, and the earlier ones that were not
/// retired.
public struct KnownKeys: Hashable, Sendable {
    /// The present one first, then the latest of the earlier ones.
    public let list: [KeyCheck]

    /// Nil of no key.
    public init?(_ list: [KeyCheck]) {
        guard !list.isEmpty else { return nil }
        self.list = list
    }

    /// Those that are not among some keys, and were not retired.
    ///
    /// The key by which the journal was written last cannot be retired.
    public func missing(in keys: [KeyCheck], retired: Set<[UInt8]>) -> [KeyCheck] {
        let found = Set(keys.map(\.value))
        return list.enumerated().filter { place, key in
            !found.contains(key.value) && (place == 0 || !retired.contains(key.value))
        }.map(\.element)
    }

    /// What is wrong with the keys that are beside the journal.
    ///
    /// Keys that it does not know may be there too: those that follow stand before the present one, and what
    /// stands behind it is taken for an earlier one, as beside a journal of an earlier version.
    ///
    /// - Parameters:
    ///   - keys: the key file's, the one in use first.
    ///   - retired: the values of those that the file says were destroyed on purpose or given up.
    /// - Returns: a sentence that names what is missing; nil if nothing is wrong.
    public func fault(beside keys: [KeyCheck], retired: Set<[UInt8]>) -> Phrase? {
        let missing = missing(in: keys, retired: retired)
        let names = missing.map(use).joined(separator: ", ")
        if missing.first == list[0] {
            return
                "the key beside it is not the one by which it was written last, which is \(names): put that "
                + "one back (people would not be known again by another, and could book twice)"
        }
        guard missing.isEmpty else {
            return
                "the key file beside it lacks an earlier key, \(names): who came in that time would not be "
                + "known again, could book twice, and could not be told of their papers nor be forgotten. "
                + "Put the copy back that has it; if none is left, 'kezek key retire --lost' gives it up"
        }
        if let first = keys.first?.value, list.dropFirst().contains(where: { $0.value == first }) {
            return
                "the key file beside it begins with an earlier key than that by which it was written last, "
                + "which is \(use(list[0])): put its lines in order, the latest first"
        }
        return nil
    }

    /// A key's name, and from when until when it was the present one, as
    /// `3f9a12bc (2026-03-19T05:00:00Z – 2027-03-19T05:00:00Z)`; dots stand for what is not known, and for the end
    /// of the one in use.
    public func use(_ key: KeyCheck) -> String {
        let place = list.firstIndex { $0.value == key.value } ?? 0
        let until = place > 0 ? list[place - 1].since : nil
        let ends = [key.since, until].map { $0.map { "\($0)" } ?? "…" }
        return "\(key.name) (\(ends[0]) – \(ends[1]))"
    }
}
