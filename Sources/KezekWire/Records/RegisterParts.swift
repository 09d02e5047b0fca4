// SPDX-License-Identifier: Apache-2.0

import Applications
import CKezekWire
import CivilTime
import Enquiries

/// What records of a register have that no shape tells: outcomes, and documents in columns.
extension WireWriter {
    func outcome(
        _ outcome: ServiceOutcome, _ message: inout Kezek__Journal__V1__ResultReady,
        _ words: WordSealing
    ) throws(Full) {
        let number = message.number
        switch outcome {
        case .granted(let note):
            try self.words(note, of: number, words, &message.note, &message.sealed_note)
        case .refused(let ground, let note):
            message.refused = try self.message(kezek__journal__v1__result_ready__refused__init) {
                (inner) throws(Full) in
                inner.ground = UInt32(ground)
                try self.words(note, of: number, words, &inner.note, &inner.sealed_note)
            }
        }
    }

    /// Of what was shown the 1 is the original, the 2 a copy.
    func registeredDocuments(
        _ documents: [RegisteredDocument], _ count: inout Int,
        _ places: inout UnsafeMutablePointer<UInt32>?, _ shownCount: inout Int,
        _ shown: inout UnsafeMutablePointer<UInt32>?, _ expiresCount: inout Int,
        _ expires: inout UnsafeMutablePointer<Int32>?
    ) throws(Full) {
        try column(documents.map { UInt32($0.place) }, &count, &places)
        try column(
            documents.map { ($0.original ? 1 : 0) + ($0.copy ? 2 : 0) }, &shownCount, &shown)
        try column(
            documents.map { $0.expires?.dayNumber ?? .min }, &expiresCount, &expires)
    }

    /// A bit for each problem.
    func registeredProblems(
        _ failing: [RegisteredProblem], _ count: inout Int,
        _ places: inout UnsafeMutablePointer<UInt32>?, _ problemCount: inout Int,
        _ problems: inout UnsafeMutablePointer<UInt32>?
    ) throws(Full) {
        try column(failing.map { UInt32($0.place) }, &count, &places)
        try column(
            failing.map { failing in
                failing.problems.reduce(0) { $0 | 1 << UInt32($1.rawValue - 1) }
            }, &problemCount, &problems)
    }
}

extension WireReader {
    func applicationNumber(_ number: UInt32, _ field: StaticString) throws(Refusal) -> UInt32 {
        UInt32(try self.number(number, 1...ApplicationRegister.applicationLimit, "number"))
    }

    /// A place in the register's terms.
    func termPlace(_ place: UInt32, _ field: StaticString) throws(Refusal) -> UInt8 {
        UInt8(try number(place, 0...RegisterTerms.nameLimit - 1, field))
    }

    func outcome(
        _ message: Kezek__Journal__V1__ResultReady, _ words: WordUnsealing
    ) throws(Refusal) -> ServiceOutcome {
        guard let refused = message.refused?.pointee else {
            return .granted(
                note: try self.words(message.note, message.sealed_note, words, "completed.note"))
        }
        return .refused(
            ground: try termPlace(refused.ground, "completed.ground"),
            note: try self.words(refused.note, refused.sealed_note, words, "completed.note"))
    }

    func registeredDocuments(
        _ count: Int, _ places: UnsafeMutablePointer<UInt32>?, _ shownCount: Int,
        _ shown: UnsafeMutablePointer<UInt32>?, _ expiresCount: Int,
        _ expires: UnsafeMutablePointer<Int32>?
    ) throws(Refusal) -> [RegisteredDocument] {
        try same([shownCount, expiresCount], as: count, "document")
        guard let places, let shown, let expires else { return [] }
        var documents: [RegisteredDocument] = []
        documents.reserveCapacity(count)
        for index in 0..<count {
            documents.append(
                RegisteredDocument(
                    place: try termPlace(places[index], "document"),
                    original: shown[index] & 1 != 0, copy: shown[index] & 2 != 0,
                    expires: expires[index] == .min ? nil : try date(expires[index], "expires")))
        }
        return documents
    }

    func registeredProblems(
        _ count: Int, _ places: UnsafeMutablePointer<UInt32>?, _ problemCount: Int,
        _ problems: UnsafeMutablePointer<UInt32>?
    ) throws(Refusal) -> [RegisteredProblem] {
        try same([problemCount], as: count, "declined.document")
        var failing: [RegisteredProblem] = []
        for (place, bits) in zip(column(count, places), column(count, problems)) {
            failing.append(
                RegisteredProblem(
                    place: try termPlace(place, "declined.document"),
                    problems: IntakeProblem.allCases.filter {
                        bits & 1 << UInt32($0.rawValue - 1) != 0
                    }))
        }
        return failing
    }
}
