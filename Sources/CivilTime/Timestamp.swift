// SPDX-License-Identifier: Apache-2.0

/// A point in time to the second: seconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Seconds since 1970-01-01T00:00:00Z.
    public let second: Int64

    /// The earliest and the latest second that have a civil date in every zone.
    static let range: ClosedRange<Int64> =
        Int64(CivilDate.earliest.dayNumber + 1) * 86_400...Int64(CivilDate.latest.dayNumber)
        * 86_400

    /// The point in time so many seconds after 1970-01-01T00:00:00Z; nil outside 0001-01-02 to
    /// 9999-12-31, where some zone has no civil date.
    public init?(second: Int64) {
        guard Timestamp.range.contains(second) else { return nil }
        self.second = second
    }

    public static func < (a: Timestamp, b: Timestamp) -> Bool { a.second < b.second }

    /// The date and time on a clock that runs so many seconds ahead of UTC.
    func civil(offset: UTCOffset) -> CivilDateTime {
        let local = second + Int64(offset.seconds)
        let day = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let time = TimeOfDay(second: Int32(local - day * 86_400))!
        return CivilDateTime(CivilDate(dayNumber: Int32(day))!, time)
    }
}

extension Timestamp: LosslessStringConvertible {
    /// A point in time written as `YYYY-MM-DDTHH:MM:SSZ`; nil for any other text.
    public init?(_ text: String) {
        guard text.hasSuffix("Z"), let civil = CivilDateTime(String(text.dropLast()))
        else { return nil }
        self.init(second: civil.secondsIfUTC)
    }

    /// `YYYY-MM-DDTHH:MM:SSZ` (RFC 3339), the seconds left out if they are zero.
    public var description: String { "\(civil(offset: .zero))Z" }
}

extension CivilDateTime {
    /// Seconds since 1970-01-01T00:00 on the same clock.
    var secondsIfUTC: Int64 { Int64(date.dayNumber) * 86_400 + Int64(time.second) }
}

/// How far a zone's clock is ahead of UTC: −18:00 to +18:00.
public struct UTCOffset: Hashable, Sendable {
    public let seconds: Int32

    public static let zero = UTCOffset(seconds: 0)!

    /// The offset of so many seconds east of UTC; nil beyond 18 hours either way.
    public init?(seconds: Int32) {
        guard abs(Int64(seconds)) <= 64_800 else { return nil }
        self.seconds = seconds
    }

    /// The offset written as `+HH:MM` or `-HH:MM`; nil for any other text.
    public init?(_ text: String) {
        guard let sign = text.first, sign == "+" || sign == "-",
            let time = TimeOfDay(String(text.dropFirst())), time.second % 60 == 0
        else { return nil }
        self.init(seconds: sign == "-" ? -time.second : time.second)
    }
}
