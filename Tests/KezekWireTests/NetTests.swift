// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import Enquiries
import Foundation
import Journal
import TestKit
import Testing

@testable import KezekWire

/// What stays as it is when codecs are written anew: `SeedTests` has the bytes, this the refusals.
@Suite struct NetTests {
    private static let corpus = Repository.root.appendingPathComponent("Fuzz/Corpus")
    private typealias Descriptor = UnsafePointer<ProtobufCMessageDescriptor>

    private let arena = Arena(limit: CallLimit.decodedResponseBytes)

    /// The messages of records, by the first byte of a seed.
    nonisolated(unsafe) private static let records: [Descriptor] = [
        descriptor(kezek__journal__v1__day_entry__descriptor),
        descriptor(kezek__journal__v1__office_entry__descriptor),
        descriptor(kezek__journal__v1__register_entry__descriptor),
        descriptor(kezek__journal__v1__decree_entry__descriptor),
        descriptor(kezek__journal__v1__people_entry__descriptor),
        descriptor(kezek__journal__v1__entry_pack__descriptor),
        descriptor(kezek__journal__v1__visit_entry__descriptor),
        descriptor(kezek__journal__v1__clock_entry__descriptor),
        descriptor(kezek__journal__v1__reads_entry__descriptor),
    ]
    nonisolated(unsafe) private static let request = descriptor(kezek__v1__request__descriptor)
    nonisolated(unsafe) private static let response = descriptor(kezek__v1__response__descriptor)

    /// A copy for as long as the tests run: a pointer to a constant of C does not outlive a call.
    private static func descriptor(_ constant: ProtobufCMessageDescriptor) -> Descriptor {
        let memory = UnsafeMutablePointer<ProtobufCMessageDescriptor>.allocate(capacity: 1)
        memory.initialize(to: constant)
        return Descriptor(memory)
    }

    /// The examples of a folder of the corpus, in the order of their names.
    private func examples(_ folder: String) throws -> [[UInt8]] {
        let folder = Self.corpus.appendingPathComponent(folder)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("example-") }.sorted()
            .map { Array(try Data(contentsOf: folder.appendingPathComponent($0))) }
    }

    /// A field that no example has could change its meaning without a test that tells.
    @Test func everyFieldOfEveryMessageOccursInAnExample() throws {
        var (all, found) = (Set<String>(), Set<String>())
        func look(_ root: Descriptor, _ examples: [[UInt8]]) {
            var names: Set<String> = []
            for bytes in examples {
                for variant in Variants.of(bytes, root) { names.insert(variant.name) }
            }
            walk(root) { message, field, path in
                all.insert("\(message).\(field)")
                if names.contains("\(path)\(field) left out") {
                    found.insert("\(message).\(field)")
                }
            }
        }
        look(Self.request, try examples("requests"))
        look(Self.response, try examples("responses"))
        let records = try examples("records")
        for (kind, root) in Self.records.enumerated() {
            look(root, records.filter { Int($0[0]) == kind }.map { Array($0.dropFirst()) })
        }
        #expect(all.subtracting(found).sorted() == [])
        #expect(all.count > 800)
    }

    /// Each field that can be reached, with the name of its message and the path to it.
    private func walk(_ root: Descriptor, _ visit: (String, String, String) -> Void) {
        var pending: [(Descriptor, String)] = [(root, "")]
        while let (descriptor, path) = pending.popLast() {
            for index in 0..<Int(descriptor.pointee.n_fields) {
                let field = descriptor.pointee.fields[index]
                let name = String(cString: field.name)
                visit(String(cString: descriptor.pointee.name), name, path)
                if field.type == PROTOBUF_C_TYPE_MESSAGE, let inner = field.descriptor {
                    let inner = inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self)
                    pending.append((inner, "\(path)\(name)."))
                }
            }
        }
    }

    @Test func whatIsWrongWithARequestIsToldAsBefore() throws {
        try compare("requests", try examples("requests").map { (Self.request, $0, []) }) {
            bytes, _ in
            let decoded = bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
            switch decoded {
            case .request(let request, let name):
                arena.reset()
                return "\(name) \(hash(RequestCodec.encode(request, arena) ?? []))"
            case .refused(_, let refusal), .malformed(let refusal): return refusal.message
            }
        }
    }

    @Test func whatIsWrongWithAResponseIsSeenAsBefore() throws {
        try compare("responses", try examples("responses").map { (Self.response, $0, []) }) {
            bytes, _ in
            guard let response = bytes.withUnsafeBytes({ ResponseCodec.decode($0, arena) }) else {
                return "nothing"
            }
            return hash(encoded(response))
        }
    }

    @Test func whatIsWrongWithARecordIsToldAsBefore() throws {
        let examples = try examples("records").map {
            (Self.records[Int($0[0])], Array($0.dropFirst()), [$0[0]])
        }
        try compare("records", examples) { bytes, kind in
            do throws(RecordFailure) {
                return hash(try copy(bytes, kind[0]))
            } catch { return error.description }
        }
    }

    /// The record read and written.
    private func copy(_ bytes: [UInt8], _ kind: UInt8) throws(RecordFailure) -> [UInt8] {
        let unsealing = WordUnsealing { sealed in
            sealed.first == 1 ? .damaged : .words(String(decoding: sealed, as: UTF8.self))
        }
        switch kind {
        case 0:
            let events = try DayEventCodec.decode(bytes, arena, words: unsealing)
            return DayEventCodec.encode(events, arena, words: .plain)
        case 1: return OfficeEventCodec.encode(try OfficeEventCodec.decode(bytes, arena), arena)
        case 2:
            let events = try RegisterEventCodec.decode(bytes, arena, words: unsealing)
            return RegisterEventCodec.encode(events, arena, words: .plain)
        case 3: return DecreeRecordCodec.encode(try DecreeRecordCodec.decode(bytes, arena), arena)
        case 4: return PeopleRecordCodec.encode(try PeopleRecordCodec.decode(bytes, arena), arena)
        case 5: return EntryPackCodec.encode(try EntryPackCodec.decode(bytes, stream: .offices))
        case 6:
            let events = try VisitEventCodec.decode(bytes, arena, words: unsealing)
            return VisitEventCodec.encode(events, arena, words: .plain)
        case 7:
            return ClockRecordCodec.encode(
                recorded: try ClockRecordCodec.decode(bytes, arena), arena)
        default: return ReadsRecordCodec.encode(try ReadsRecordCodec.decode(bytes, arena), arena)
        }
    }

    private func hash(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0x811C_9DC5 as UInt32) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
        return "= \(String(hash, radix: 16))"
    }

    /// What comes of each variant of the examples, a line each, is what the kept file has.
    ///
    /// With `KEZEK_WRITE_NET` in the environment the file is written anew.
    private func compare(
        _ name: String, _ examples: [(Descriptor, bytes: [UInt8], kind: [UInt8])],
        _ outcome: ([UInt8], [UInt8]) throws -> String
    ) throws {
        var lines: [String: String] = [:]
        for (descriptor, bytes, kind) in examples {
            let message = String(cString: descriptor.pointee.short_name)
            for variant in Variants.of(bytes, descriptor) {
                let key = "\(message).\(variant.name)"
                guard lines[key] == nil else { continue }
                arena.reset()
                lines[key] = try outcome(variant.bytes, kind)
            }
        }
        let told = lines.map { "\($0.key): \($0.value)" }.sorted()
        let file = Repository.root.appendingPathComponent("Tests/Fixtures/net/\(name).txt")
        if ProcessInfo.processInfo.environment["KEZEK_WRITE_NET"] != nil {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data((told.joined(separator: "\n") + "\n").utf8).write(to: file)
        }
        let kept = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(
            String.init)
        let known = Set(kept)
        for line in told.filter({ !known.contains($0) }).prefix(40) {
            Issue.record("now \(line)")
        }
        #expect(kept.count == told.count)
    }
}
