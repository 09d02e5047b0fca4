// SPDX-License-Identifier: Apache-2.0

/// A time on the clock, to the second, without a date or a zone: 00:00:00 to 23:59:59.
public struct TimeOfDay: Hashable, Comparable, Sendable {
    /// Seconds since midnight, 0…86,399.
    public let second: Int32

    public static let midnight = TimeOfDay(second: 0)!
    public static let secondsPerDay: Int32 = 86_400

    /// The time so many seconds after midnight; nil unless 0…86,399.
    @inlinable
    public init?(second: Int32) {
        guard second >= 0, second < 86_400 else { return nil }
        self.second = second
    }

    /// The time with these numbers; nil if the clock has no such time.
    public init?(hour: Int, minute: Int, second: Int = 0) {
        guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second)
        else { return nil }
        self.second = Int32(hour * 3600 + minute * 60 + second)
    }

    public var hour: Int { Int(second) / 3600 }
    public var minute: Int { Int(second) / 60 % 60 }

    @inlinable
    public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.second < b.second }
}

extension TimeOfDay: LosslessStringConvertible {
    /// The time written as `HH:MM` or `HH:MM:SS`; nil for any other text.
    public init?(_ text: String) {
        var digits = DigitReader(text)
        guard let hour = digits.number(2), digits.skip(":"), let minute = digits.number(2)
        else { return nil }
        var second = 0
        if !digits.isAtEnd {
            guard digits.skip(":"), let read = digits.number(2), digits.isAtEnd else { return nil }
            second = read
        }
        self.init(hour: hour, minute: minute, second: second)
    }

    /// `HH:MM`, and `:SS` only if the seconds are not zero.
    public var description: String {
        let seconds = Int(second) % 60
        return String(unsafeUninitializedCapacity: 8) { utf8 in
            func write(_ number: Int, at place: Int) {
                utf8[place] = UInt8(ascii: "0") + UInt8(number / 10)
                utf8[place + 1] = UInt8(ascii: "0") + UInt8(number % 10)
            }
            write(hour, at: 0)
            utf8[2] = UInt8(ascii: ":")
            write(minute, at: 3)
            guard seconds > 0 else { return 5 }
            utf8[5] = UInt8(ascii: ":")
            write(seconds, at: 6)
            return 8
        }
    }
}
