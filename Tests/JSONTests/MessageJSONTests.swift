// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CProtobufC
import CallLimits
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekJSON
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

/// Messages as JSON: what was said comes back, and what is wrong is told with its place.
@Suite struct MessageJSONTests {
    private static func corpus(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
        let url = Repository.root.appendingPathComponent("Fuzz/Corpus/\(folder)")
        return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted().map {
            ($0, Array(try Data(contentsOf: url.appendingPathComponent($0))))
        }
    }

    /// The bytes of a message by way of its JSON.
    private static func back(_ bytes: [UInt8], _ shape: MessageShape) throws -> [UInt8] {
        let value = try #require(shape.json(bytes[...], inRows: false), "\(bytes)")
        let again = try #require(JSONValue(value.text(indented: true)))
        #expect(JSONValue(value.text(indented: false)) == again)
        return try shape.bytes(again)
    }

    @Test func whatARequestSaysComesBack() throws {
        let arena = Arena(limit: CallLimit.decodedRequestBytes)
        let shape = try #require(MessageShape("Request"))
        func decode(_ bytes: [UInt8]) -> WireRequest? {
            arena.reset()
            guard
                case .request(let request, _) = bytes.withUnsafeBytes({
                    RequestCodec.decode($0, arena)
                })
            else { return nil }
            return request
        }
        var names: Set<CallName> = []
        for (name, bytes) in try Self.corpus("requests") {
            guard let request = decode(bytes) else { continue }
            if let call = CallName(request.call) { names.insert(call) }
            arena.reset()
            let written = try #require(RequestCodec.encode(request, arena))
            // A token is any bytes, and a text of JSON is not.
            if case .authenticate = request.call, String(validating: written, as: UTF8.self) == nil
            {
                continue
            }
            #expect(decode(try Self.back(written, shape)) == request, "\(name)")
        }
        #expect(names == Set(CallName.allCases))
    }

    @Test func whatAResponseSaysComesBack() throws {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        let shape = try #require(MessageShape("Response"))
        func decode(_ bytes: [UInt8]) -> WireResponse? {
            arena.reset()
            return bytes.withUnsafeBytes { ResponseCodec.decode($0, arena) }
        }
        var understood = 0
        for (name, bytes) in try Self.corpus("responses") {
            guard let response = decode(bytes) else { continue }
            // Its descriptors are told in another form, as nobody sends them.
            if case .success(.description) = response.result { continue }
            var written: [UInt8] = []
            arena.reset()
            _ = ResponseCodec.encode(response, arena) { size, fill in
                written = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                    fill(buffer.baseAddress!)
                    count = size
                }
            }
            let header = written.withUnsafeBytes {
                FrameHeader.read($0, limit: CallLimit.responseFrameBytes)
            }
            guard case .complete(let begin, _) = header else { continue }
            let body = Array(written.dropFirst(begin))
            understood += 1
            #expect(decode(try Self.back(body, shape)) == response, "\(name)")
        }
        #expect(understood > 50)
    }

    /// Whether a reply has timestamps is known before it is told, by whoever asks for the clocks to tell them by.
    @Test func whetherAReplyHasTimestampsIsKnownBefore() throws {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        var told: [Bool: Int] = [:]
        for (name, bytes) in try Self.corpus("responses") {
            arena.reset()
            guard
                case .success(let reply)? = bytes.withUnsafeBytes({
                    ResponseCodec.decode($0, arena)
                })?.result
            else { continue }
            let encoded = try #require(EncodedReply(reply), "\(name)")
            var isAsked = false
            _ = encoded.json { timestamp in
                isAsked = true
                return MessageShape.utc(timestamp)
            }
            #expect(encoded.hasTimestamps == isAsked, "\(name)")
            told[isAsked, default: 0] += 1
        }
        #expect(told[true] != nil && told[false] != nil, "\(told)")
    }

    /// The table that the generator wrote has the fields that the compiler of the messages knows.
    @Test func everyFieldIsThere() throws {
        var (left, done) = ([("Request", kezek__v1__request__descriptor)], Set<String>())
        left.append(("Response", kezek__v1__response__descriptor))
        while let (name, descriptor) = left.popLast() {
            guard done.insert(name).inserted else { continue }
            let shape = try #require(MessageShape(name), "\(name)")
            let fields = UnsafeBufferPointer(
                start: descriptor.fields, count: Int(descriptor.n_fields))
            #expect(shape.fields.map(\.number).sorted() == fields.map(\.id).sorted(), "\(name)")
            for field in fields {
                let words = String(cString: field.name).split(separator: "_")
                let camel = words.dropFirst().reduce(String(words[0])) { $0 + $1.capitalized }
                let known = try #require(shape.fields.first { $0.number == field.id })
                #expect(known.name == camel, "\(name)")
                #expect(
                    known.isMany == (field.label == PROTOBUF_C_LABEL_REPEATED), "\(name).\(camel)")
                guard field.type == PROTOBUF_C_TYPE_MESSAGE, let inner = field.descriptor else {
                    continue
                }
                let next = inner.assumingMemoryBound(to: ProtobufCMessageDescriptor.self).pointee
                left.append((String(String(cString: next.name).dropFirst("kezek.v1.".count)), next))
            }
        }
        #expect(done.count > 150)
    }

    @Test func datesTimesAndNamesAreWrittenForPeople() throws {
        let text = """
            {"office": "astana-1", "service": "acceptance", "day": "2026-03-19", "startSecond": "10:20",
             "channel": "portal", "reference": "a"}
            """
        let value = try #require(JSONValue(text))
        let id = RequestID(high: 1, low: 2)
        let request = try CallJSON.call(.hold, value, proof: nil, request: id, in: .en)
        guard case .command(let sent, .hold(let hold)) = request.call else {
            Issue.record("\(request)")
            return
        }
        #expect(sent == id)
        #expect(hold.date == date("2026-03-19") && hold.start == TimeOfDay("10:20"))
        #expect(hold.channel == .portal && hold.applicant == .reference("a"))
        let shape = CallJSON.request(.hold)
        #expect(
            shape.json(try shape.bytes(value)[...])?.text(indented: false)
                == #"{"office":"astana-1","service":"acceptance","day":"2026-03-19","#
                + #""startSecond":"10:20:00","channel":"portal","reference":"a"}"#)
        // Names of the protocol's files, numbers of many kinds, and moments with an offset.
        let promise = CallJSON.request(.promiseVisit)
        let start = try #require(
            JSONValue(
                #"{"visit": "astana-1/17", "start": "2026-03-19T10:00+05:00", "break_promises": true}"#
            ))
        #expect(
            promise.json(try promise.bytes(start)[...])?.text(indented: false)
                == #"{"visit":"astana-1/17","start":"2026-03-19T05:00:00Z","breakPromises":true}"#)
        let days = CallJSON.request(.addWorkingDays)
        let back = try #require(
            JSONValue(
                #"{"calendar": {"calendar": "kz", "week": "five"}, "day": "1969-12-31", "count": -7}"#
            ))
        #expect(
            days.json(try days.bytes(back)[...])?.text(indented: false)
                == #"{"calendar":{"calendar":"kz","week":"five"},"day":"1969-12-31","count":-7}"#)
    }

    @Test(arguments: [
        (#"[]"#, "", "must be an object"),
        (#"{"offce": "a"}"#, "offce", "there is no such key; there are: office, service, day"),
        (#"{"office": 1}"#, "office", #"must be like this: "…""#),
        (#"{"day": "2026-02-30"}"#, "day", #"must be like this: "2026-03-19""#),
        (#"{"day": 20531}"#, "day", "2026-03-19"),
        (#"{"startSecond": "25:00"}"#, "startSecond", "10:20"),
        (#"{"channel": "post"}"#, "channel", #""portal", "kiosk", "office""#),
    ])
    func whatIsWrongIsToldWithItsPlace(text: String, path: String, words: String) throws {
        let value = try #require(JSONValue(text))
        do {
            _ = try CallJSON.request(.hold).bytes(value)
            Issue.record("\(text) is taken")
        } catch {
            #expect(error.path == path)
            #expect(error.problem.en.contains(words), "\(error.problem.en)")
            #expect(error.problem.kk != error.problem.en && error.problem.ru != error.problem.en)
        }
    }

    @Test func aPlaceWithinListsIsNamed() throws {
        let text = """
            {"office": "astana-1", "channel": "corporation",
             "papers": {"documents": [{"id": "a"}, {"id": "b", "expires": "soon"}]}}
            """
        #expect(throws: MessageFault.self) {
            _ = try CallJSON.request(.acceptApplication).bytes(#require(JSONValue(text)))
        }
        do { _ = try CallJSON.request(.acceptApplication).bytes(#require(JSONValue(text))) } catch {
            #expect((error as? MessageFault)?.path == "papers.documents[1].expires")
        }
    }

    @Test(
        arguments: [
            (CallName.hold, #"{"office": "a", "reference": "r"}"#, "reference"),
            (.hold, #"{"office": "a"}"#, nil),
            (.authenticate, #"{"token": "t"}"#, "token"),
            (
                .offerVisit, #"{"area": "a", "newVisit": {"person": {"address": "x"}}}"#,
                "newVisit.person.address"
            ),
            (.offerVisit, #"{"area": "a", "new_visit": {"iin": "1"}}"#, "new_visit.iin"),
        ] as [(CallName, String, String?)])
    func whatIsAboutAPersonIsFound(call: CallName, text: String, place: String?) throws {
        #expect(CallJSON.request(call).personalPlace(try #require(JSONValue(text))) == place)
    }

    @Test func textsAreEscaped() throws {
        let text = "a\"b\\c\nd\te\u{1}ә\u{7F}"
        let value = JSONValue.text(text)
        #expect(value.text(indented: false) == #""a\"b\\c\nd\te\u0001ә\u007f""#)
        #expect(JSONValue(value.text(indented: false)) == value)
    }
}
