// SPDX-License-Identifier: Apache-2.0

extension StringProtocol {
    /// Whether it has neither line breaks nor control characters (Unicode's categories Cc, Zl and Zp), so
    /// that it cannot pass for two lines or steer a terminal.
    public var isOnOneLine: Bool {
        unicodeScalars.allSatisfy {
            $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) && $0 != "\u{2028}"
                && $0 != "\u{2029}"
        }
    }
}
