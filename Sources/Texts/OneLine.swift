// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
    /// Whether it has neither line breaks nor control characters (Unicode's categories Cc, Zl and Zp), so
    /// that it cannot pass for two lines or steer a terminal.
    public var isOnOneLine: Bool { unicodeScalars.allSatisfy { !$0.breaksLine } }

    /// Whether it is one line that reads as it is written: also without what nobody sees or what turns
    /// the order of other characters (Cf), but for the two joiners that some scripts need.
    ///
    ///     "Айгүл Сапарова".isPlainLine  // true
    ///     "A-1\u{202E}2".isPlainLine    // false
    public var isPlainLine: Bool { unicodeScalars.allSatisfy(\.isPlain) }

    /// Whether it has something in it, and nothing that anybody sees.
    public var isBlank: Bool { !isEmpty && unicodeScalars.allSatisfy(\.isUnseen) }
}

extension Unicode.Scalar {
    fileprivate var breaksLine: Bool {
        value < 0x20 || (0x7F...0x9F).contains(value) || value == 0x2028 || value == 0x2029
    }

    fileprivate var isPlain: Bool {
        // Most texts are of these.
        if (0x20..<0x7F).contains(value) || (0x400..<0x530).contains(value) { return true }
        let isJoiner = value == 0x200C || value == 0x200D
        return !breaksLine && (properties.generalCategory != .format || isJoiner)
    }

    fileprivate var isUnseen: Bool {
        properties.isWhitespace || properties.isDefaultIgnorableCodePoint || value == 0x2800
            || properties.generalCategory == .format || properties.generalCategory == .control
    }
}
