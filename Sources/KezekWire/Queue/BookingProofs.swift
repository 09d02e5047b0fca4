// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
import Parties
import Queue
import Texts

/// The secrets and codes of bookings and tickets.
extension WireWriter {
    /// The 16 bytes of a secret.
    func bookingSecret(_ secret: BookingSecret) throws(Full) -> ProtobufCBinaryData {
        let memory = UnsafeMutableRawPointer(try allocate(16, of: UInt8.self))
        memory.storeBytes(of: secret.high.bigEndian, as: UInt64.self)
        memory.storeBytes(of: secret.low.bigEndian, toByteOffset: 8, as: UInt64.self)
        return ProtobufCBinaryData(
            len: 16, data: memory.assumingMemoryBound(to: UInt8.self))
    }
}

extension WireReader {
    func bookingSecret(
        _ bytes: ProtobufCBinaryData, _ field: StaticString
    ) throws(Refusal) -> BookingSecret {
        guard let data = bytes.data, bytes.len > 0 else { throw missing("\(field)") }
        guard bytes.len == 16 else {
            throw invalid(
                "\(field)", kk: "16 байт күтілді.", ru: "ожидалось 16 байт.",
                en: "expected 16 bytes.")
        }
        let raw = UnsafeRawPointer(data)
        return BookingSecret(
            high: UInt64(bigEndian: raw.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    func code(_ bytes: ProtobufCBinaryData, _ field: StaticString) throws(Refusal) -> CheckInCode {
        guard let code = CheckInCode(try name(bytes, field)) else {
            throw invalid(
                "\(field)", kk: "алты цифр күтілді.", ru: "ожидались шесть цифр.",
                en: "expected six digits.")
        }
        return code
    }
}
