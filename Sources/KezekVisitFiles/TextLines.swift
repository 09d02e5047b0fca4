// SPDX-License-Identifier: Apache-2.0

import Texts

/// The lines of a text with their numbers, from 1, whichever way they end.
struct TextLines: Sequence, IteratorProtocol {
    private var rest: Substring
    private var number = 0
    private var isAtEnd = false

    init(_ text: Substring) { rest = text }

    mutating func next() -> (number: Int, line: Substring)? {
        guard !isAtEnd else { return nil }
        number += 1
        let line = rest.prefix { !$0.isNewline }
        if line.endIndex == rest.endIndex {
            isAtEnd = true
        } else {
            rest = rest[rest.index(after: line.endIndex)...]
        }
        return (number, line)
    }

    /// Words as numbers that can be counted with.
    static func numbers(_ words: [Substring], line: Int) throws(VisitFileFault) -> [Double] {
        var numbers: [Double] = []
        for word in words {
            guard let value = Double(word), value.magnitude <= VisitFileLimits.number else {
                throw VisitFileFault(
                    line: line, "\"\(word.prefix(40))\" is not a number that can be")
            }
            numbers.append(value)
        }
        return numbers
    }
}
