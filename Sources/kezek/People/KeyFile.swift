// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekEngine
import KezekFiles
import Texts

/// The file with the keys of a journal: a line for each, the latest first, with the time since when
/// it is used, in UTC, and 64 hexadecimal digits.
///
/// An earlier key's line says behind them until when the links of bookings that were made with it are
/// taken, if that ends before the key is retired.
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

    let path: String
    private(set) var lines: [Line]

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
        let lines = text.split(separator: "\n").map(String.init)
        guard (1...ApplicantKeys.limit).contains(lines.count) else { throw wrong(path) }
        return KeyFile(path: path, lines: try lines.map { try Line($0) ?? { throw wrong(path) }() })
    }

    var keys: ApplicantKeys? {
        ApplicantKeys(latestFirst: lines.map(\.key), linksUntil: lines.map(\.linksUntil))
    }

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

    /// Takes the earliest key away.
    mutating func retire() throws {
        lines.removeLast()
        try replace()
    }

    /// Writes the file anew: there is always the whole of the old one or of the new one.
    private func replace() throws {
        do throws(ReplacedFile.Failure) {
            try ReplacedFile.write(lines.map(\.text).joined().utf8, to: path)
        } catch { throw CommandFailure(error, path) }
    }

    private func write(to path: String) throws {
        try NewFile.make(path, lines.map(\.text).joined().utf8, for: .owner)
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
        guard (2...3).contains(parts.count), let key = Self.bytes(parts[1]) else { return nil }
        let since = Timestamp(String(parts[0]))
        guard since != nil || parts[0] == "-" else { return nil }
        let linksUntil = parts.count == 3 ? Timestamp(String(parts[2])) : nil
        guard parts.count == 2 || linksUntil != nil else { return nil }
        self.init(since: since, key: key, linksUntil: linksUntil)
    }

    fileprivate var text: String {
        let digits = key.map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }
        return (since.map { "\($0)" } ?? "-") + " " + digits.joined()
            + (linksUntil.map { " \($0)" } ?? "") + "\n"
    }

    private static func bytes(_ digits: Substring) -> [UInt8]? {
        let values = digits.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard values.count == 2 * ApplicantKeys.length, digits.utf8.count == values.count else {
            return nil
        }
        return stride(from: 0, to: values.count, by: 2).map {
            UInt8(values[$0] << 4 | values[$0 + 1])
        }
    }
}
