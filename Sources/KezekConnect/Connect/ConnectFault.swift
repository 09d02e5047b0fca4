// SPDX-License-Identifier: Apache-2.0

import KezekProtoJSON
public import Texts

/// A call that is not made, as what came over HTTP is none.
public struct ConnectFault: Error {
    var code: ConnectCode
    /// The status where it is not the code's.
    var status: Int?
    var headers: [(name: String, value: String)] = []
    /// The field of the message, or the header that is wrong; empty for none.
    var field = ""
    var text: LocalizedText

    public init(
        _ code: ConnectCode, status: Int? = nil, headers: [(name: String, value: String)] = [],
        kk: String, ru: String, en: String
    ) {
        self.code = code
        self.status = status
        self.headers = headers
        text = LocalizedText(kk: kk, ru: ru, en: en)
    }

    /// A header, a parameter or a field that is wrong.
    public init(field: String, _ problem: LocalizedText) {
        code = .invalidArgument
        self.field = field
        let name = field.isEmpty ? "JSON" : field
        text = LocalizedText(
            kk: "\(name): \(problem.kk).", ru: "\(name): \(problem.ru).",
            en: "\(name): \(problem.en).")
    }

    init(_ fault: JSONFault) { self.init(field: fault.path, fault.problem.told) }

    /// The fault as `kezek.v1.Status`.
    func details(_ language: Language) -> [UInt8] {
        // REASON_INVALID_FIELD, REASON_UNKNOWN_CALL, or REASON_MALFORMED_REQUEST.
        let reason: UInt8 = !field.isEmpty ? 3 : code == .unimplemented ? 2 : 1
        var bytes: [UInt8] = [0x08, code.rawValue, 0x10, reason]
        for (tag, text) in [(UInt8(0x1A), text[language]), (0x22, field)] where !text.isEmpty {
            bytes.append(tag)
            var count = text.utf8.count
            while count >= 0x80 {
                bytes.append(UInt8(count & 0x7F) | 0x80)
                count >>= 7
            }
            bytes.append(UInt8(count))
            bytes += Array(text.utf8)
        }
        return bytes
    }
}
