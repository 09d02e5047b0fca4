// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
import Parties
import Queue
import Texts

/// `BookingProof`, and the secrets and codes of bookings and tickets.
extension WireWriter {
    func proof(
        _ proof: BookingProof
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__BookingProof> {
        try message(kezek__v1__booking_proof__init) { (message) throws(Full) in
            switch proof {
            case .secret(let secret):
                message.proof_case = KEZEK__V1__BOOKING_PROOF__PROOF_SECRET
                message.secret = try self.secret(secret)
            case .code(let code):
                message.proof_case = KEZEK__V1__BOOKING_PROOF__PROOF_CODE
                message.code = try text(code.description)
            case .applicant(.iin(let iin)):
                message.proof_case = KEZEK__V1__BOOKING_PROOF__PROOF_IIN
                message.iin = try text(iin.digits)
            case .applicant(.reference(let reference)):
                message.proof_case = KEZEK__V1__BOOKING_PROOF__PROOF_REFERENCE
                message.reference = try text(reference)
            }
        }
    }

    /// The 16 bytes of a secret.
    func secret(_ secret: BookingSecret) throws(Full) -> ProtobufCBinaryData {
        let memory = UnsafeMutableRawPointer(try allocate(16, of: UInt8.self))
        memory.storeBytes(of: secret.high.bigEndian, as: UInt64.self)
        memory.storeBytes(of: secret.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        return ProtobufCBinaryData(
            len: 16, data: memory.assumingMemoryBound(to: UInt8.self))
    }
}

extension WireReader {
    /// For whom the caller speaks; nil if nothing was said.
    @inline(__always)
    func proof(
        _ message: UnsafeMutablePointer<Kezek__V1__BookingProof>?
    ) throws(Refusal) -> BookingProof? {
        guard let message else { return nil }
        return try proof(message.pointee)
    }

    private func proof(_ message: Kezek__V1__BookingProof) throws(Refusal) -> BookingProof {
        switch message.proof_case {
        case KEZEK__V1__BOOKING_PROOF__PROOF_SECRET:
            guard let secret = try optionalSecret(message.secret, "secret") else {
                throw missing("secret")
            }
            return .secret(secret)
        case KEZEK__V1__BOOKING_PROOF__PROOF_CODE: return .code(try code(message.code, "code"))
        case KEZEK__V1__BOOKING_PROOF__PROOF_IIN: return .applicant(try iin(message.iin))
        case KEZEK__V1__BOOKING_PROOF__PROOF_REFERENCE:
            return .applicant(try reference(message.reference))
        default: throw missing("secret")
        }
    }

    /// A secret; nil where there are no bytes.
    func optionalSecret(
        _ bytes: ProtobufCBinaryData, _ field: StaticString
    ) throws(Refusal) -> BookingSecret? {
        guard let data = bytes.data, bytes.len > 0 else { return nil }
        guard bytes.len == 16 else {
            throw invalid(
                "\(field)",
                LocalizedText(
                    kk: "16 байт күтілді.", ru: "ожидалось 16 байт.", en: "expected 16 bytes."))
        }
        let raw = UnsafeRawPointer(data)
        return BookingSecret(
            high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    func code(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> CheckInCode {
        guard let code = CheckInCode(try name(bytes, field)) else {
            throw invalid(
                "\(field)",
                LocalizedText(
                    kk: "алты цифр күтілді.", ru: "ожидались шесть цифр.",
                    en: "expected six digits."))
        }
        return code
    }
}
