// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekEngine
import Journal
import KezekFiles
import Texts

/// The file with the keys of a journal: a line for each, the latest first, with the time since when
/// it is used, in UTC, and 64 hexadecimal digits.
///
/// An earlier key's line says behind them until when the links of bookings that were made with it are
/// taken, if that ends before the key is retired.
///
/// Behind the keys stands a line for each that was retired or given up: `retired`, by what the journal knows it,
/// and when. By it a start tells a key that was destroyed on purpose from one that was lost.
///
/// A file of 32 bytes, as earlier versions made it, is one key.
struct KeyFile {
    struct Line {
        /// Nil for a key of which that was not written down.
        let since: Timestamp?
        let key: [UInt8]
        /// Until when links that were made with it are taken; nil for as long as it is kept.
        var linksUntil: Timestamp?
    }

    /// A key that is not in the file on purpose.
    struct Retired {
        /// By what the journal knows it.
        let value: [UInt8]
        let time: Timestamp
    }

    /// Retired keys that are remembered, the latest.
    private static let retiredLimit = 16

    let path: String
    private(set) var lines: [Line]
    /// The latest last.
    private(set) var retired: [Retired] = []

    /// The keys beside a journal.
    static func path(beside journal: String) -> String { journal + ".key" }

    /// A new file with one new key; it must not be there yet.
    static func create(_ path: String, now: Timestamp) throws -> KeyFile {
        let file = KeyFile(path: path, lines: [Line(since: now, key: ApplicantKeys.newKey())])
        try file.write(to: path)
        return file
    }

    /// Reads a file; nil if there is none.
    static func read(_ path: String) throws -> KeyFile? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let data = try? Data(contentsOf: URL(fileURLWithPath: path)) else {
            throw CommandFailure("the key \(path) cannot be read; check who owns it")
        }
        if data.count == ApplicantKeys.length {
            return KeyFile(path: path, lines: [Line(since: nil, key: Array(data))])
        }
        guard data.count <= 4_096, let text = String(validating: data, as: UTF8.self) else {
            throw wrong(path)
        }
        let all = text.split(separator: "\n").map(String.init)
        let retired = all.drop { !$0.hasPrefix(Retired.word) }
        let lines = all.dropLast(retired.count)
        guard (1...ApplicantKeys.limit).contains(lines.count), retired.count <= retiredLimit else {
            throw wrong(path)
        }
        return KeyFile(
            path: path, lines: try lines.map { try Line($0) ?? { throw wrong(path) }() },
            retired: try retired.map { try Retired($0) ?? { throw wrong(path) }() })
    }

    var keys: ApplicantKeys? {
        ApplicantKeys(latestFirst: lines.map(\.key), linksUntil: lines.map(\.linksUntil))
    }

    /// By what the journal knows the keys, the one in use first.
    var checks: [KeyCheck] {
        zip(keys?.checks ?? [], lines).map { KeyCheck($0, since: $1.since) }
    }

    /// By what the journal knows those that are not in the file on purpose.
    var retiredValues: Set<[UInt8]> { Set(retired.map(\.value)) }

    /// Puts a new key before the others, whose links are taken until then; nil for as long as they are
    /// kept.
    mutating func add(now: Timestamp, linksUntil: Timestamp? = nil) throws {
        guard lines.count < ApplicantKeys.limit else {
            throw CommandFailure(
                "\(path) has \(lines.count) keys, which is the most; retire the earliest one first")
        }
        if let linksUntil {
            for place in lines.indices {
                lines[place].linksUntil = min(lines[place].linksUntil ?? linksUntil, linksUntil)
            }
        }
        lines.insert(Line(since: now, key: ApplicantKeys.newKey()), at: 0)
        try replace()
    }

    /// Takes the earliest key away, and says so.
    mutating func retire(now: Timestamp) throws {
        guard let earliest = checks.last else { return }
        lines.removeLast()
        try giveUp(earliest, now: now)
    }

    /// Says that a key is not in the file on purpose.
    mutating func giveUp(_ key: KeyCheck, now: Timestamp) throws {
        retired.removeAll { $0.value == key.value }
        retired = (retired + [Retired(value: key.value, time: now)]).suffix(Self.retiredLimit)
        try replace()
    }

    private var text: String {
        lines.map(\.text).joined() + retired.map(\.text).joined()
    }

    /// Writes the file anew: there is always the whole of the old one or of the new one.
    private func replace() throws {
        do throws(ReplacedFile.Failure) {
            try ReplacedFile.write(text.utf8, to: path)
        } catch { throw CommandFailure(error, path) }
    }

    private func write(to path: String) throws {
        try NewFile.make(path, text.utf8, for: .owner)
    }

    private static func wrong(_ path: String) -> CommandFailure {
        CommandFailure(
            "\(path) is not a file of 1 to \(ApplicantKeys.limit) keys; restore the one that "
                + "belongs to the journal")
    }
}

extension KeyFile.Line {
    /// Nil unless it is a time and a key.
    fileprivate init?(_ line: String) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count),
            let key = Digits.bytes(parts[1], count: ApplicantKeys.length)
        else { return nil }
        let since = Timestamp(String(parts[0]))
        guard since != nil || parts[0] == "-" else { return nil }
        let linksUntil = parts.count == 3 ? Timestamp(String(parts[2])) : nil
        guard parts.count == 2 || linksUntil != nil else { return nil }
        self.init(since: since, key: key, linksUntil: linksUntil)
    }

    fileprivate var text: String {
        (since.map { "\($0)" } ?? "-") + " " + Digits.text(key)
            + (linksUntil.map { " \($0)" } ?? "") + "\n"
    }
}

extension KeyFile.Retired {
    fileprivate static let word = "retired"

    /// Nil unless it is the word, 32 hexadecimal digits and a time.
    fileprivate init?(_ line: String) {
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == Self.word,
            let value = Digits.bytes(parts[1], count: ApplicantKeys.checkLength),
            let time = Timestamp(String(parts[2]))
        else { return nil }
        self.init(value: value, time: time)
    }

    fileprivate var text: String { "\(Self.word) \(Digits.text(value)) \(time)\n" }
}

/// Bytes as hexadecimal digits.
private enum Digits {
    static func text(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// Nil unless they are the digits of so many bytes.
    static func bytes(_ digits: Substring, count: Int) -> [UInt8]? {
        let values = digits.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard values.count == 2 * count, digits.utf8.count == values.count else { return nil }
        return stride(from: 0, to: values.count, by: 2).map {
            UInt8(values[$0] << 4 | values[$0 + 1])
        }
    }
}
