// SPDX-License-Identifier: Apache-2.0

/// The parameters of a path, as HTML's forms write them.
struct ConnectQuery {
    private var values: [String: [UInt8]] = [:]

    /// Nil if a sign is not written as it should be, or a parameter is there twice.
    init?(_ text: String) {
        for part in text.split(separator: "&") {
            let halves = part.split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.bytes(halves[0]),
                let value = Self.bytes(halves.count > 1 ? halves[1] : "")
            else { return nil }
            let key = String(decoding: name, as: UTF8.self)
            guard values.updateValue(value, forKey: key) == nil else { return nil }
        }
    }

    subscript(name: String) -> [UInt8]? { values[name] }

    /// All of them as texts, by their names.
    var texts: [(name: String, text: String)] {
        values.map { ($0.key, String(decoding: $0.value, as: UTF8.self)) }
            .sorted { $0.name < $1.name }
    }

    func text(_ name: String) -> String? {
        values[name].map { String(decoding: $0, as: UTF8.self) }
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()) else {
                    return nil
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func digit(_ byte: UInt8?) -> UInt8? {
        byte.flatMap { Character(UnicodeScalar($0)).hexDigitValue }.map(UInt8.init)
    }
}
