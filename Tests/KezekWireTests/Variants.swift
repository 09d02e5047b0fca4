// SPDX-License-Identifier: Apache-2.0

import CKezekWire

/// One message changed in one place: by the path of the field and what became of it.
struct Variant {
    let name: String
    let bytes: [UInt8]
}

/// The messages that come of one by leaving out, emptying or spoiling each of its fields in turn, at every
/// depth.
struct Variants {
    private struct Field {
        let number: UInt32
        let type: UInt64
        /// The whole of it, and its value without a length.
        let bytes: [UInt8]
        let value: [UInt8]
    }

    static func of(
        _ bytes: [UInt8], _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>,
        path: String = ""
    ) -> [Variant] {
        let fields = split(bytes)
        var variants: [Variant] = []
        for (index, field) in fields.enumerated() {
            guard let known = protobuf_c_message_descriptor_get_field(descriptor, field.number)
            else { continue }
            let name = path + String(cString: known.pointee.name)
            func add(_ what: String, _ bytes: [UInt8]) {
                let changed = fields.enumerated().flatMap { $0 == index ? bytes : $1.bytes }
                variants.append(Variant(name: "\(name)\(what)", bytes: changed))
            }
            add(" left out", [])
            let tag = UInt64(field.number) << 3
            guard field.type == 2 else {
                add(" at most", spoiled(tag, field.type))
                continue
            }
            func add(_ what: String, value: [UInt8]) {
                add(what, varint(tag | 2) + varint(UInt64(value.count)) + value)
            }
            add(" empty", value: [])
            if known.pointee.type == PROTOBUF_C_TYPE_MESSAGE, let inner = known.pointee.descriptor {
                let inner = inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
                for variant in of(field.value, inner, path: name + ".") {
                    add(String(variant.name.dropFirst(name.count)), value: variant.bytes)
                }
                if known.pointee.label == PROTOBUF_C_LABEL_REPEATED {
                    add(" 2,000 times", (0..<2_000).flatMap { _ in field.bytes })
                }
            } else {
                add(" odd", value: [1, 0x7F, 1, 1])
                add(" twice", value: field.value + field.value)
                add(" not UTF-8", value: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
                add(" long", value: Array(repeating: UInt8(ascii: "1"), count: 5_000))
            }
        }
        return variants
    }

    private static func spoiled(_ tag: UInt64, _ type: UInt64) -> [UInt8] {
        switch type {
        case 0: varint(tag) + varint(UInt64(UInt32.max))
        case 1: varint(tag | 1) + Array(repeating: 0xFF, count: 8)
        default: varint(tag | 5) + [0xFF, 0xFF, 0xFF, 0x7F]
        }
    }

    private static func split(_ bytes: [UInt8]) -> [Field] {
        var (fields, place) = ([Field](), 0)
        func number() -> UInt64 {
            var (number, shift) = (UInt64(0), UInt64(0))
            while place < bytes.count {
                let byte = bytes[place]
                place += 1
                number |= UInt64(byte & 0x7F) << shift
                if byte & 0x80 == 0 { break }
                shift += 7
            }
            return number
        }
        while place < bytes.count {
            let first = place
            let tag = number()
            var start = place
            switch tag & 7 {
            case 0: _ = number()
            case 1: place += 8
            case 2:
                let count = Int(number())
                start = place
                place += count
            default: place += 4
            }
            fields.append(
                Field(
                    number: UInt32(tag >> 3), type: tag & 7, bytes: Array(bytes[first..<place]),
                    value: Array(bytes[start..<place])))
        }
        return fields
    }
}
