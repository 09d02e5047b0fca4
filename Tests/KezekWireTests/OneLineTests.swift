// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Enquiries
import Testing
import Texts

@testable import KezekWire

/// No text of one line holds two, whichever call brings it.
@Suite struct OneLineTests {
    /// Texts and bytes that may be anything: a calendar's file, ids and tokens, which are shown nowhere.
    private static let free: Set<String> = ["decree.calendar", "request_id", "token"]

    /// A text of a request with another in its place.
    private struct Changed {
        let field: String
        let bytes: [UInt8]
    }

    /// The request once for each of its texts, with `text` there.
    private func changed(
        _ bytes: ArraySlice<UInt8>, _ descriptor: UnsafePointer<ProtobufCMessageDescriptor>,
        _ path: String, _ text: [UInt8]
    ) -> [Changed] {
        var found: [Changed] = []
        var rest = bytes
        while let tag = number(&rest) {
            let start = rest.startIndex
            switch tag & 7 {
            case 0: _ = number(&rest)
            case 1: rest = rest.dropFirst(8)
            case 5: rest = rest.dropFirst(4)
            default:
                let length = Int(number(&rest)!)
                let value = rest.prefix(length)
                rest = rest.dropFirst(length)
                guard
                    let field = protobuf_c_message_descriptor_get_field(
                        descriptor, UInt32(tag >> 3))
                else { continue }
                let name = (path.isEmpty ? "" : path + ".") + String(cString: field.pointee.name)
                func whole(_ inner: [UInt8]) -> [UInt8] {
                    Array(bytes[bytes.startIndex..<start]) + varint(UInt64(inner.count)) + inner
                        + Array(rest)
                }
                switch field.pointee.type {
                case PROTOBUF_C_TYPE_BYTES:
                    found.append(Changed(field: name, bytes: whole(text)))
                case PROTOBUF_C_TYPE_MESSAGE:
                    let inner = field.pointee.descriptor.assumingMemoryBound(
                        to: ProtobufCMessageDescriptor.self)
                    found += changed(value, inner, name, text).map {
                        Changed(field: $0.field, bytes: whole($0.bytes))
                    }
                default: break
                }
            }
        }
        return found
    }

    private func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var (number, shift) = (UInt64(0), UInt64(0))
        while let byte = rest.popFirst() {
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
            shift += 7
        }
        return nil
    }

    /// Why an office is closed is told to everybody, and lies in the journal for ever.
    @Test func theReasonOfAClosureHasNoIIN() throws {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        var seen = 0
        for (text, isFine) in [
            ("for 900101300017", false), ("900101; 300017", false),
            ("until 20.03.2026, 10:15", true),
        ] {
            for call in Examples.calls {
                arena.reset()
                let bytes = try #require(
                    RequestCodec.encode(
                        WireRequest(id: 1, deadlineMilliseconds: 0, language: .en, call: call),
                        arena))
                let all = withUnsafePointer(to: kezek__v1__request__descriptor) {
                    changed(bytes[...], $0, "", Array(text.utf8))
                }
                for change in all
                where change.field.contains("closure") && change.field.contains(".reason.") {
                    seen += 1
                    arena.reset()
                    let decoded = change.bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
                    if case .refused(_, let why) = decoded {
                        #expect(
                            !isFine && why.field?.hasSuffix(".reason") == true, "\(change.field)")
                    } else {
                        #expect(isFine, "\(change.field)")
                    }
                }
            }
        }
        #expect(seen >= 9)
    }

    @Test func everyTextOfEveryCallIsRefusedWithALineBreak() throws {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        var count = 0
        for text in [
            "a\nb", "a\u{1B}[2J", "a\u{85}b", "a\u{2028}b", "a\u{202E}b", "a\u{200B}b",
            "\u{2066}a", "a\u{FEFF}",
        ] {
            var fields: Set<String> = []
            for call in Examples.calls {
                arena.reset()
                let bytes = try #require(
                    RequestCodec.encode(
                        WireRequest(id: 1, deadlineMilliseconds: 0, language: .en, call: call),
                        arena))
                let all = withUnsafePointer(to: kezek__v1__request__descriptor) {
                    changed(bytes[...], $0, "", Array(text.utf8))
                }
                for change in all where fields.insert(change.field).inserted {
                    arena.reset()
                    check(change, arena)
                }
            }
            count = fields.count
        }
        #expect(count > 100, "\(count)")
    }

    private func check(_ change: Changed, _ arena: Arena) {
        let decoded = change.bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
        let isFree = Self.free.contains { change.field.hasSuffix($0) }
        switch decoded {
        case .request: #expect(isFree, "\(change.field) is taken on two lines")
        case .refused(_, let why):
            #expect(why.reason == .invalidField, "\(change.field): \(why.message)")
            let last = change.field.split(separator: ".").last!
            let isLanguage = ["kk", "ru", "en"].contains(last)
            // The field is named as the documents name it, which may be a part of its path; an item of a
            // list by its place.
            let field = (why.field ?? "?").replacing(/\[\d+\]/, with: "")
            let isNamed = change.field.hasSuffix(field) || field.hasSuffix(last)
            #expect(isLanguage || isNamed, "\(change.field): \(why.message)")
        case .malformed(let why): Issue.record("\(change.field): \(why.message)")
        }
    }
}
