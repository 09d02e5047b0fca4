// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts

/// A value of a JSON text together with its path, so that faults can name it.
struct JSONField {
    let value: Any
    let path: String

    init(_ text: Data) throws(VisitFileFault) {
        guard text.count <= VisitFileLimits.bytes else {
            throw VisitFileFault("the file is too large")
        }
        // Some editors put a mark before a text in UTF-8.
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = text.starts(with: mark) ? text.dropFirst(mark.count) : text
        // Foundation reads other encodings, too; JSON is in UTF-8, which has no zero byte in its first four.
        guard !text.prefix(4).contains(0),
            let value = try? JSONSerialization.jsonObject(with: text)
        else { throw VisitFileFault("this is not JSON") }
        if let key = text.withUnsafeBytes({ RepeatedKey(in: $0) }) { throw VisitFileFault(key) }
        self.value = value
        path = ""
        _ = try members
    }

    private init(_ value: Any, _ path: String) {
        self.value = value
        self.path = path
    }

    private var members: [String: Any] {
        get throws(VisitFileFault) {
            guard let members = value as? [String: Any] else {
                throw VisitFileFault(field: path.isEmpty ? "file" : path, "an object is expected")
            }
            return members
        }
    }

    /// A member; nil if it is missing or null.
    func optional(_ name: String) throws(VisitFileFault) -> JSONField? {
        guard let value = try members[name], !(value is NSNull) else { return nil }
        return JSONField(value, path.isEmpty ? name : "\(path).\(name)")
    }

    func member(_ name: String) throws(VisitFileFault) -> JSONField {
        guard let member = try optional(name) else {
            throw VisitFileFault(field: path.isEmpty ? name : "\(path).\(name)", "is missing")
        }
        return member
    }

    /// The names of an object's members.
    var names: [String] {
        get throws(VisitFileFault) { try members.keys.sorted() }
    }

    var elements: [JSONField] {
        get throws(VisitFileFault) {
            guard let values = value as? [Any] else {
                throw VisitFileFault(field: path, "a list is expected")
            }
            return values.enumerated().map { JSONField($1, "\(path)[\($0)]") }
        }
    }

    var number: Double {
        get throws(VisitFileFault) {
            guard let number = value as? NSNumber, !Self.isBoolean(number),
                number.doubleValue.isFinite
            else { throw VisitFileFault(field: path, "a number is expected") }
            return number.doubleValue
        }
    }

    /// A whole number of at most fifty bits.
    var integer: Int {
        get throws(VisitFileFault) {
            let number = try number
            guard number == number.rounded(), number.magnitude <= Double(1 << 50) else {
                throw VisitFileFault(field: path, "a whole number below 2^50 is expected")
            }
            return Int(number)
        }
    }

    var string: String {
        get throws(VisitFileFault) {
            guard let string = value as? String else {
                throw VisitFileFault(field: path, "a text is expected")
            }
            return string
        }
    }

    var boolean: Bool {
        get throws(VisitFileFault) {
            guard let number = value as? NSNumber, Self.isBoolean(number) else {
                throw VisitFileFault(field: path, "true or false is expected")
            }
            return number.boolValue
        }
    }

    /// Tells true and false from 1 and 0, which Foundation gives the same type.
    static func isBoolean(_ number: NSNumber) -> Bool {
        String(cString: number.objCType) == "c"
    }

    func integers(_ name: String) throws(VisitFileFault) -> [Int] {
        guard let list = try optional(name) else { return [] }
        var numbers: [Int] = []
        for element in try list.elements { numbers.append(try element.integer) }
        return numbers
    }
}
