// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
import Parties

/// Hides, in a record, the words that were typed about a person.
public struct WordSealing {
    /// Words as they are, for a journal that is about nobody.
    public static var plain: WordSealing { WordSealing(seal: nil) }

    let seal: ((_ number: UInt32, _ words: String) -> [UInt8])?

    /// `seal` gives the bytes for words about the person of a booking, an application or a visit.
    public init(_ seal: @escaping (_ number: UInt32, _ words: String) -> [UInt8]) {
        self.seal = seal
    }

    private init(seal: ((UInt32, String) -> [UInt8])?) { self.seal = seal }
}

/// Finds, in a record, the words that were hidden.
public struct WordUnsealing: Sendable {
    /// What comes of sealed bytes.
    public enum Outcome: Hashable, Sendable {
        case words(String)
        /// The key is not there: it was destroyed, or whoever reads does not have it.
        case locked
        /// The bytes are not what was sealed.
        case damaged
    }

    /// For a reader without keys.
    public static let locked = WordUnsealing { _ in .locked }

    let unseal: @Sendable ([UInt8]) -> Outcome

    public init(_ unseal: @escaping @Sendable ([UInt8]) -> Outcome) { self.unseal = unseal }
}

extension WireWriter {
    /// Words in the one field or the other.
    func words(
        _ words: String, of number: UInt32, _ sealing: WordSealing,
        _ plain: inout ProtobufCBinaryData, _ sealed: inout ProtobufCBinaryData
    ) throws(Full) {
        guard !words.isEmpty else { return }
        if let seal = sealing.seal {
            sealed = try bytes(seal(number, words))
        } else {
            plain = try text(words)
        }
    }
}

extension WireReader {
    /// The words of either field; ``ForgottenWords/mark`` for those that cannot be read any more.
    func words(
        _ plain: ProtobufCBinaryData, _ sealed: ProtobufCBinaryData, _ unsealing: WordUnsealing,
        _ field: StaticString
    ) throws(Refusal) -> String {
        try unsealed(plain, sealed, unsealing, field) ?? ForgottenWords.mark
    }

    /// The words of either field; nil for those that cannot be read any more.
    func unsealed(
        _ plain: ProtobufCBinaryData, _ sealed: ProtobufCBinaryData, _ unsealing: WordUnsealing,
        _ field: StaticString
    ) throws(Refusal) -> String? {
        guard let data = sealed.data, sealed.len > 0 else { return try text(plain, field) }
        let bytes = Array(UnsafeBufferPointer(start: data, count: sealed.len))
        switch unsealing.unseal(bytes) {
        case .words(let words): return words
        case .locked: return nil
        case .damaged: throw unknownValue("\(field)")
        }
    }
}
