// SPDX-License-Identifier: Apache-2.0

public import CivilTime

/// A date, or a date and time, as files have it, and how it was written there.
///
/// Read are `2026-03-19` and `19.03.2026` alone or with a time as `16:05` or `16:05:00` behind a space,
/// behind the first also a `T`. Behind a time of the first kind there may be fractions of a second,
/// which no term knows, and `Z` or an offset as `+05:00`. Of the second kind a leading zero may be left
/// out: `19.3.2026 9:05`. Years have four digits; which of `03/04/2026` is the month nobody can tell.
public struct WrittenMoment: Hashable, Sendable {
    /// The way in which a moment was written, so that others can be written alike.
    public struct Form: Hashable, Sendable {
        /// Day, month and year with dots between, not year, month and day with dashes.
        public let isDotted: Bool
        /// Between date and time.
        public let separator: String
        public let hasSeconds: Bool
        public let hasOffset: Bool
    }

    public let date: CivilDate
    /// Nil for a date alone.
    public let time: TimeOfDay?
    /// How far the clock that showed it is ahead of UTC; nil if it is not said.
    public let offset: UTCOffset?
    public let form: Form

    /// The moment that a text is; nil for any other text.
    public init?(_ text: String) {
        let text = text.drop(while: \.isWhitespace)
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) }
        var digits = Digits(text[..<(end ?? text.startIndex)])
        guard let (date, isDotted) = Self.date(&digits) else { return nil }
        self.date = date
        guard let between = digits.skip([" ", "T"]) else {
            guard digits.isAtEnd else { return nil }
            (time, offset) = (nil, nil)
            form = Form(
                isDotted: isDotted, separator: isDotted ? " " : "T", hasSeconds: false,
                hasOffset: false)
            return
        }
        guard !isDotted || between == " ", let hour = digits.number(isDotted ? 1...2 : 2...2),
            digits.skip([":"]) != nil, let minute = digits.number(2...2)
        else { return nil }
        var second = 0
        let hasSeconds = digits.skip([":"]) != nil
        if hasSeconds {
            guard let read = digits.number(2...2) else { return nil }
            second = read
        }
        guard let time = TimeOfDay(hour: hour, minute: minute, second: second) else { return nil }
        self.time = time
        if !isDotted {
            if hasSeconds, digits.skip(["."]) != nil {
                guard digits.number(1...9) != nil else { return nil }
            }
            offset = Self.offset(&digits)
        } else {
            offset = nil
        }
        guard digits.isAtEnd else { return nil }
        form = Form(
            isDotted: isDotted, separator: String(between), hasSeconds: hasSeconds,
            hasOffset: offset != nil)
    }

    private static func date(_ digits: inout Digits) -> (CivilDate, isDotted: Bool)? {
        var other = digits
        if let day = other.number(1...2), other.skip(["."]) != nil {
            guard let month = other.number(1...2), other.skip(["."]) != nil,
                let year = other.number(4...4),
                let date = CivilDate(year: year, month: month, day: day)
            else { return nil }
            digits = other
            return (date, true)
        }
        guard let year = digits.number(4...4), digits.skip(["-"]) != nil,
            let month = digits.number(2...2), digits.skip(["-"]) != nil,
            let day = digits.number(2...2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        return (date, false)
    }

    /// `Z`, `+05:00`, `+0500` or `+05`; nil, and nothing read, for anything else.
    private static func offset(_ digits: inout Digits) -> UTCOffset? {
        var rest = digits
        if rest.skip(["Z"]) != nil {
            digits = rest
            return .zero
        }
        guard let sign = rest.skip(["+", "-"]) else { return nil }
        var (hours, minutes) = (0, 0)
        if let both = rest.number(4...4) {
            (hours, minutes) = (both / 100, both % 100)
        } else {
            guard let read = rest.number(2...2) else { return nil }
            hours = read
            if rest.skip([":"]) != nil {
                guard let read = rest.number(2...2) else { return nil }
                minutes = read
            }
        }
        guard hours <= 18, minutes < 60 else { return nil }
        let seconds = Int32(hours * 3_600 + minutes * 60)
        guard let offset = UTCOffset(seconds: sign == "-" ? -seconds : seconds) else { return nil }
        digits = rest
        return offset
    }
}

extension WrittenMoment.Form {
    /// A date in this form.
    public func text(_ date: CivilDate) -> String {
        guard isDotted else { return date.description }
        let parts = date.description.split(separator: "-")
        return "\(parts[2]).\(parts[1]).\(parts[0])"
    }

    /// A moment in this form, with the offset at that moment if the form has one.
    public func text(_ moment: CivilDateTime, offset: UTCOffset?) -> String {
        let time = moment.time.description
        let seconds = hasSeconds && time.utf8.count == 5 ? ":00" : ""
        let ahead = hasOffset ? offset.map(Self.text) ?? "" : ""
        return text(moment.date) + separator + time + seconds + ahead
    }

    private static func text(_ offset: UTCOffset) -> String {
        let minutes = Int(offset.seconds.magnitude) / 60
        let time = TimeOfDay(hour: minutes / 60, minute: minutes % 60)?.description ?? ""
        return (offset.seconds < 0 ? "-" : "+") + time
    }
}

/// Reads numbers in so many decimal digits.
private struct Digits {
    private var rest: Substring.UnicodeScalarView

    init(_ text: Substring) { rest = text.unicodeScalars }

    var isAtEnd: Bool { rest.isEmpty }

    /// The number in the next digits, as many as there are; nil if they are fewer or more than that.
    mutating func number(_ width: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix { ("0"..."9").contains($0) }
        guard width.contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return Int(String(digits))
    }

    /// The next character if it is one of these; then it is consumed.
    mutating func skip(_ characters: [Unicode.Scalar]) -> Unicode.Scalar? {
        guard let first = rest.first, characters.contains(first) else { return nil }
        rest = rest.dropFirst()
        return first
    }
}
