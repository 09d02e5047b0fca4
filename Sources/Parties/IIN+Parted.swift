// SPDX-License-Identifier: Apache-2.0

/// A number in groups that runs of marks, symbols and blanks part: `900101, 300017`, `(900101)(300017)`.
///
/// People write much else so. Dates, times, telephone numbers and lists of numbers that go up or down in
/// small steps are no parts of a number.
extension IIN {
    /// The most marks and blanks in a run between two groups of one number.
    private static let widestGap = 4

    /// Whether such a number stands somewhere in a text.
    static func isParted(in text: String) -> Bool {
        var run: [Group] = []
        for atom in atoms(of: text) {
            if atom.gap > widestGap || atom.isOfAnotherKind {
                if isOne(among: run) { return true }
                run = []
                if atom.isOfAnotherKind { continue }
            }
            run += atom.groups
        }
        return isOne(among: run)
    }

    private typealias Group = [UInt8]

    /// Groups of digits with the same one mark between any two of them and no blank.
    private struct Atom {
        var groups: [Group]
        var marks: [Unicode.Scalar]
        /// The marks and blanks before it; what is no such character makes the gap too wide.
        var gap: Int

        /// Whether it is a date, a time, or a telephone number.
        var isOfAnotherKind: Bool {
            // Longer groups are no part of these, and as numbers they may be beyond all bounds.
            guard (2...3).contains(groups.count), groups.allSatisfy({ $0.count <= 4 }) else {
                return false
            }
            let numbers = groups.map(IIN.number)
            let lengths = groups.map(\.count)
            if lengths.count == 2 {
                guard lengths[0] <= 2, lengths[1] == 2 else { return false }
                let isTime = numbers[0] <= 24 && numbers[1] <= 59
                let isDate = numbers[0] <= 31 && (1...12).contains(numbers[1])
                return isTime || isDate
            }
            switch (lengths[0], lengths[1], lengths[2]) {
            case (1...2, 1...2, 2), (1...2, 1...2, 4):
                let isDate = numbers[0] <= 31 && numbers[1] <= 12
                let isTime = numbers[0] <= 24 && numbers[1] <= 59 && numbers[2] <= 59
                return isDate || isTime || (lengths == [2, 2, 2] && isDashed)
            case (4, 1...2, 1...2): return numbers[1] <= 12 && numbers[2] <= 31
            case (3, 2, 2): return isDashed
            default: return false
            }
        }

        private var isDashed: Bool {
            marks.allSatisfy { $0.properties.generalCategory == .dashPunctuation }
        }
    }

    /// The number that at most twelve digits say.
    private static func number(_ group: Group) -> Int {
        group.reduce(0) { $0 * 10 + Int($1) - 48 }
    }

    private static func atoms(of text: String) -> [Atom] {
        var atoms: [Atom] = []
        var between: [Unicode.Scalar] = []
        var isBroken = true
        var isWithinGroup = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            if properties.numericType == .decimal, let value = properties.numericValue {
                let digit = 48 + UInt8(value)
                if isWithinGroup {
                    let last = atoms[atoms.count - 1].groups.count - 1
                    atoms[atoms.count - 1].groups[last].append(digit)
                } else if !isBroken, between.count == 1, isMark(between[0]),
                    atoms[atoms.count - 1].marks.allSatisfy({ $0 == between[0] })
                {
                    atoms[atoms.count - 1].groups.append([digit])
                    atoms[atoms.count - 1].marks.append(between[0])
                } else {
                    let gap = isBroken ? widestGap + 1 : between.count
                    atoms.append(Atom(groups: [[digit]], marks: [], gap: gap))
                }
                (isWithinGroup, isBroken) = (true, false)
                between = []
            } else {
                isWithinGroup = false
                between.append(scalar)
                if !isGap(scalar) { isBroken = true }
            }
        }
        return atoms
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        isGap(scalar) && scalar.properties.generalCategory != .spaceSeparator
    }

    /// Whether it is neither a letter nor a number of any kind, nor says that a number follows.
    private static func isGap(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            scalar.properties.isDefaultIgnorableCodePoint
        default: scalar != "№"
        }
    }

    private static func isOne(among groups: [Group]) -> Bool {
        for first in groups.indices {
            var (digits, last) = (groups[first], first)
            while digits.count < 12, last + 1 < groups.count {
                last += 1
                digits += groups[last]
            }
            guard digits.count == 12, last > first, !isList(groups[first...last]) else { continue }
            if IIN(String(decoding: digits, as: UTF8.self)) != nil { return true }
        }
        return false
    }

    /// Whether numbers of one length go up, or down, in small steps.
    private static func isList(_ groups: ArraySlice<Group>) -> Bool {
        let numbers = groups.map(number)
        let steps = zip(numbers, numbers.dropFirst()).map { $1 - $0 }
        return Set(groups.map(\.count)).count == 1
            && (steps.allSatisfy { (1...100).contains($0) }
                || steps.allSatisfy { (-100 ... -1).contains($0) })
    }
}
