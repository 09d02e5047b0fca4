// SPDX-License-Identifier: Apache-2.0

import Foundation
import Parties
import Texts

/// People whom a soak makes up, and what nobody may write down about them.
enum MadeUpPeople {
    /// What is typed about them: it must be sealed wherever it is kept.
    static let words = "not for other eyes: "

    /// One of a hundred thousand IINs.
    static func random() -> IIN {
        while true {
            // Born on 1 January 2010 at the latest: the seventh digit tells century and sex.
            let year = Int.random(in: 0...9)
            let rest = Int.random(in: 0...9_999)
            let start =
                "0\(year)01015" + String(repeating: "0", count: 4 - "\(rest)".count) + "\(rest)"
            for digit in 0...9 {
                if let iin = IIN(start + "\(digit)") { return iin }
            }
        }
    }
}

/// Looks through everything that programs have written for what must not be there.
enum WrittenFiles {
    /// - Throws: `CommandFailure` if a file of the folder has one of the IINs or the words.
    /// - Returns: how many bytes were looked through.
    static func requireNothing(of people: Set<String>, in folder: URL) throws -> Int {
        var total = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let file = folder.appendingPathComponent(name)
            guard
                try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
            else { continue }
            let bytes = try Data(contentsOf: file)
            total += bytes.count
            if bytes.range(of: Data(MadeUpPeople.words.utf8)) != nil {
                throw CommandFailure("\(name) has words about a person that are not sealed")
            }
            if has(people, in: bytes) { throw CommandFailure("\(name) has an IIN") }
        }
        return total
    }

    /// Whether twelve digits in a row are one of the IINs.
    private static func has(_ people: Set<String>, in bytes: Data) -> Bool {
        var digits: [UInt8] = []
        for byte in bytes {
            guard (48...57).contains(byte) else {
                digits.removeAll(keepingCapacity: true)
                continue
            }
            if digits.count == 12 { digits.removeFirst() }
            digits.append(byte)
            if digits.count == 12, people.contains(String(decoding: digits, as: UTF8.self)) {
                return true
            }
        }
        return false
    }
}
