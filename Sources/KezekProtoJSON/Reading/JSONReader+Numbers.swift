// SPDX-License-Identifier: Apache-2.0

extension JSONReader {
    /// Reads a whole number, bare or as text; beyond `Int64.max` it comes as the same bits.
    ///
    /// `1.0` and `1e3` are whole, as is `"1e3"`. No number is rounded.
    @inline(__always)
    mutating func number(from low: Int64, to high: UInt64) throws(JSONProblem) -> Int64 {
        let place = at
        let isText = take(UInt8(ascii: "\""))
        let isNegative = take(UInt8(ascii: "-"))
        let digits = at
        var value: UInt64 = 0
        while at < end, at.pointee &- UInt8(ascii: "0") < 10, at - digits < 19 {
            value = value &* 10 &+ UInt64(at.pointee &- UInt8(ascii: "0"))
            at += 1
        }
        let isPlain = at > digits && (digits.pointee != UInt8(ascii: "0") || at - digits == 1)
        let isEnd = isText ? next == UInt8(ascii: "\"") : Self.endsNumber(next)
        guard isPlain, isEnd else {
            at = place
            return try oddNumber(from: low, to: high)
        }
        if isText { at += 1 }
        guard let number = Self.number(isNegative, value, from: low, to: high) else {
            at = place
            throw .noNumber(from: low, to: high)
        }
        return number
    }

    @inline(__always)
    private static func endsNumber(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            false
        default: true
        }
    }

    @inline(__always)
    private static func number(
        _ isNegative: Bool, _ magnitude: UInt64, from low: Int64, to high: UInt64
    ) -> Int64? {
        if isNegative {
            guard magnitude <= low.magnitude else { return nil }
            return Int64(truncatingIfNeeded: 0 &- magnitude)
        }
        return magnitude <= high ? Int64(bitPattern: magnitude) : nil
    }

    /// A number that is long, or has a fraction or an exponent; or something else.
    @inline(never)
    private mutating func oddNumber(from low: Int64, to high: UInt64) throws(JSONProblem) -> Int64 {
        let problem = JSONProblem.noNumber(from: low, to: high)
        let place = at
        guard next == UInt8(ascii: "\"") else {
            guard let decimal = Decimal(&at, end) else {
                at = place
                let isNumber = next == UInt8(ascii: "-") || next &- UInt8(ascii: "0") < 10
                throw isNumber ? .syntax(.value) : wrong(problem)
            }
            return try whole(decimal, place, from: low, to: high)
        }
        let before = out.count
        try string()
        var text = UnsafePointer(out.start + before)
        let textEnd = UnsafePointer(out.start + out.count)
        let decimal = Decimal(&text, textEnd)
        let isAll = text == textEnd
        out.count = before
        // The text may have moved the buffer, in which the caller has made room.
        try out.reserve(10)
        guard let decimal, isAll else {
            at = place
            throw problem
        }
        return try whole(decimal, place, from: low, to: high)
    }

    private mutating func whole(
        _ decimal: Decimal, _ place: UnsafePointer<UInt8>, from low: Int64, to high: UInt64
    ) throws(JSONProblem) -> Int64 {
        guard let magnitude = decimal.magnitude,
            let number = Self.number(decimal.isNegative, magnitude, from: low, to: high)
        else {
            at = place
            throw .noNumber(from: low, to: high)
        }
        return number
    }
}

/// A number of JSON, exactly.
private struct Decimal {
    let isNegative: Bool
    /// Its value without the sign; nil if it is not whole, or beyond 64 bits.
    let magnitude: UInt64?

    /// Reads a number up to where it ends; nil if there is none.
    init?(_ at: inout UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
        func digits() -> UnsafeBufferPointer<UInt8> {
            let start = at
            while at < end, at.pointee &- UInt8(ascii: "0") < 10 { at += 1 }
            return UnsafeBufferPointer(start: start, count: at - start)
        }
        isNegative = at < end && at.pointee == UInt8(ascii: "-")
        if isNegative { at += 1 }
        let whole = digits()
        guard let first = whole.first, first != UInt8(ascii: "0") || whole.count == 1 else {
            return nil
        }
        var fraction = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        if at < end, at.pointee == UInt8(ascii: ".") {
            at += 1
            fraction = digits()
            guard !fraction.isEmpty else { return nil }
        }
        var exponent = 0
        if at < end, at.pointee | 0x20 == UInt8(ascii: "e") {
            at += 1
            let isBelow = at < end && at.pointee == UInt8(ascii: "-")
            if isBelow || (at < end && at.pointee == UInt8(ascii: "+")) { at += 1 }
            let power = digits()
            guard !power.isEmpty else { return nil }
            for digit in power where exponent < 1 << 40 {
                exponent = exponent * 10 + Int(digit - UInt8(ascii: "0"))
            }
            if isBelow { exponent = -exponent }
        }
        magnitude = Self.magnitude(whole, fraction, exponent)
    }

    private static func magnitude(
        _ whole: UnsafeBufferPointer<UInt8>, _ fraction: UnsafeBufferPointer<UInt8>, _ exponent: Int
    ) -> UInt64? {
        let count = whole.count + fraction.count
        func digit(_ place: Int) -> UInt8 {
            let byte = place < whole.count ? whole[place] : fraction[place - whole.count]
            return byte - UInt8(ascii: "0")
        }
        // Noughts at the end are the exponent's.
        var last = count
        while last > 0, digit(last - 1) == 0 { last -= 1 }
        guard last > 0 else { return 0 }
        var first = 0
        while digit(first) == 0 { first += 1 }
        let power = exponent - fraction.count + count - last
        guard power >= 0, last - first + power <= 20 else { return nil }
        var value: UInt64 = 0
        for place in first..<last + power {
            let (tens, isOver) = value.multipliedReportingOverflow(by: 10)
            let (sum, isBeyond) = tens.addingReportingOverflow(
                place < last ? UInt64(digit(place)) : 0)
            guard !isOver, !isBeyond else { return nil }
            value = sum
        }
        return value
    }
}
