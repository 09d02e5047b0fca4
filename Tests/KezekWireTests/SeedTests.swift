// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Foundation
import Queue
import TestKit
import Testing
import Texts

@testable import KezekWire

/// The fuzzer starts from every message that there is an example of.
@Suite struct SeedTests {
    private static let corpus = Repository.root.appendingPathComponent("Fuzz/Corpus")

    /// The bytes of each seed by its path below the corpus, in which a hash of them stands: so a new
    /// example changes no other's name.
    private func seeds() throws -> [String: [UInt8]] {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        var seeds: [String: [UInt8]] = [:]
        func add(_ folder: String, _ bytes: [UInt8]) {
            // FNV-1a.
            let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
            seeds["\(folder)/example-\(String(hash, radix: 16))"] = bytes
            arena.reset()
        }
        var stream: [UInt8] = []
        for (index, call) in Examples.calls.enumerated() {
            let request = WireRequest(
                id: 1, deadlineMilliseconds: 0, language: .kk, call: call)
            let bytes = try #require(RequestCodec.encode(request, arena))
            add("requests", bytes)
            if index % 20 == 0 { stream += varint(UInt64(bytes.count)) + bytes }
        }
        let hurried = WireRequest(
            id: 1, deadlineMilliseconds: 1_500, language: .en, call: .describe)
        add("requests", try #require(RequestCodec.encode(hurried, arena)))
        for proof in QueueExamples.proofs {
            let request = WireRequest(
                id: 1, deadlineMilliseconds: 0, language: .kk,
                call: .queue(.booking(QueueExamples.booking)), proof: proof)
            add("requests", try #require(RequestCodec.encode(request, arena)))
        }
        add("frames", stream)
        for result in Examples.results {
            add("responses", encoded(WireResponse(id: 1, result: result)))
        }
        add(
            "responses",
            encoded(WireResponse(id: 1, result: .success(.watchEnded(true)), more: true)))
        try addRecords(arena, add)
        return seeds
    }

    /// The records, those with words about a person as they are and sealed.
    private func addRecords(_ arena: Arena, _ add: (String, [UInt8]) -> Void) throws {
        let sealing = WordSealing { number, words in
            [UInt8(truncatingIfNeeded: number)] + words.utf8
        }
        for event in RecordExamples.events {
            add(
                "records", [0] + DayEventCodec.encode([event], arena, words: .plain)
            )
            add("records", [0] + DayEventCodec.encode([event], arena, words: sealing))
        }
        for office in [QueueExamples.description, QueueExamples.plain] {
            let event = OfficeEvent(office: office, effects: QueueExamples.effects)
            add("records", [1] + OfficeEventCodec.encode(event, arena))
        }
        for event in ApplicationExamples.events {
            add(
                "records", [2] + RegisterEventCodec.encode([event], arena, words: .plain))
            add("records", [2] + RegisterEventCodec.encode([event], arena, words: sealing))
        }
        add(
            "records",
            [4]
                + PeopleRecordCodec.encode(
                    ForgottenPerson(keys: [1, .max], cause: .asked), arena))
        add("records", [7] + ClockRecordCodec.encode(recorded: 1_773_896_400, arena))
        let decree = DecreeRecord(
            calendar: "kz", text: "calendar: kz", digest: "1", earlierDigest: "0",
            effects: ApplicationExamples.effects, clocks: 100_001, bookings: 9)
        add("records", [3] + DecreeRecordCodec.encode(decree, arena))
        for event in VisitExamples.events {
            add("records", [6] + VisitEventCodec.encode([event], arena, words: .plain))
            add("records", [6] + VisitEventCodec.encode([event], arena, words: sealing))
        }
        add("records", [8] + ReadsRecordCodec.encode(RecordExamples.reads, arena))
        add("records", [5] + EntryPackCodec.encode(RecordExamples.entries))
    }

    /// With `KEZEK_WRITE_SEEDS` in the environment the seeds are written anew.
    @Test func everyExampleIsASeedOfTheFuzzer() throws {
        let seeds = try seeds()
        #expect(seeds.count > 150)
        if ProcessInfo.processInfo.environment["KEZEK_WRITE_SEEDS"] != nil {
            for path in try kept() where seeds[path] == nil {
                try FileManager.default.removeItem(at: Self.corpus.appendingPathComponent(path))
            }
            for (path, bytes) in seeds {
                let file = Self.corpus.appendingPathComponent(path)
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
            }
        }
        let kept = try kept()
        #expect(
            kept.symmetricDifference(seeds.keys) == [],
            "KEZEK_WRITE_SEEDS=1 swift test --filter SeedTests")
        for (path, bytes) in seeds where kept.contains(path) {
            let data = try Data(contentsOf: Self.corpus.appendingPathComponent(path))
            #expect(Array(data) == bytes, "\(path)")
        }
    }

    /// The examples' paths in the corpus.
    private func kept() throws -> Set<String> {
        var kept: Set<String> = []
        for folder in ["frames", "requests", "responses", "records"] {
            let names = try FileManager.default.contentsOfDirectory(
                atPath: Self.corpus.appendingPathComponent(folder).path)
            for name in names where name.hasPrefix("example-") { kept.insert("\(folder)/\(name)") }
        }
        return kept
    }

    /// What the fuzzer kept is read without harm in this build too, and what was understood comes
    /// back as it was.
    @Test func whatTheFuzzerKeptIsReadHereToo() throws {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        var understood = 0
        for name in try FileManager.default.contentsOfDirectory(
            atPath: Self.corpus.appendingPathComponent("requests").path)
        {
            let data = try Data(
                contentsOf: Self.corpus.appendingPathComponent("requests/\(name)"))
            func decode(_ bytes: [UInt8]) -> RequestCodec.Decoded {
                arena.reset()
                return bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
            }
            guard case .request(let request, _) = decode(Array(data)) else { continue }
            understood += 1
            arena.reset()
            let written = try #require(RequestCodec.encode(request, arena), "\(name)")
            guard case .request(let again, _) = decode(written) else {
                Issue.record("\(name) is refused once it is written")
                continue
            }
            #expect(again == request, "\(name)")
        }
        #expect(understood >= Examples.calls.count)
    }
}
