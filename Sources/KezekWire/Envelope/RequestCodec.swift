// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
public import Enquiries
import Journal
import Texts

/// `kezek.v1.Request` from and to bytes.
public enum RequestCodec {
    /// What the bytes of a request frame turned out to be.
    public enum Decoded: Sendable {
        case request(WireRequest, CallName)
        /// A request that cannot be carried out.
        case refused(id: UInt64, Refusal)
        /// No request: the bytes do not decode, a known field has another wire type, or there is no
        /// `id`.
        ///
        /// Whoever sent them speaks another protocol, so what comes after them is not to be read.
        case malformed(Refusal)
    }

    /// Decodes a frame's message.
    ///
    /// Whatever the bytes are, there is an answer to give.
    public static func decode(_ bytes: UnsafeRawBufferPointer, _ arena: Arena) -> Decoded {
        let unpacked = arena.withAllocator { allocator in
            kezek__v1__request__unpack(
                allocator, bytes.count, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self))
        }
        guard let unpacked, hasRightTypes(bytes) else {
            return .malformed(
                Refusal(
                    .malformedRequest,
                    "The frame is not a kezek.v1.Request message; the connection ends."))
        }
        return decode(unpacked.pointee)
    }

    private static func hasRightTypes(_ bytes: UnsafeRawBufferPointer) -> Bool {
        withUnsafePointer(to: kezek__v1__request__descriptor) {
            WireTypes.boolsAreNumbers(bytes, $0)
        }
    }

    @inline(__always)
    private static func decode(_ message: Kezek__V1__Request) -> Decoded {
        let known = language(message.language)
        // A refusal must be in some language; Kazakh is the default.
        let reader = WireReader(language: known ?? .kk, isRequest: true)
        guard message.id != 0 else {
            return .malformed(
                reader.invalid(
                    "id",
                    LocalizedText(
                        kk: "1 немесе одан үлкен болуы керек.", ru: "должно быть 1 или больше.",
                        en: "must be 1 or greater.")))
        }
        guard let language = known else {
            return .refused(id: message.id, reader.unknownValue("language"))
        }
        do throws(Refusal) {
            guard let name = CallName(field: message.call_case.rawValue) else {
                throw reader.unknownCall()
            }
            let call = try reader.requestCall(message)
            return .request(
                WireRequest(
                    id: message.id, deadlineMilliseconds: message.deadline_ms, language: language,
                    call: call,
                    proof: message.proof == nil
                        ? nil : try reader.bookingProof(message.proof.pointee)), name)
        } catch { return .refused(id: message.id, error) }
    }

    private static func language(_ language: Kezek__V1__Language) -> Language? {
        switch language {
        case KEZEK__V1__LANGUAGE__LANGUAGE_UNSPECIFIED, KEZEK__V1__LANGUAGE__LANGUAGE_KK: .kk
        case KEZEK__V1__LANGUAGE__LANGUAGE_RU: .ru
        case KEZEK__V1__LANGUAGE__LANGUAGE_EN: .en
        default: nil
        }
    }

    /// The bytes of a request; nil if it is larger than a frame may be, or if it is one of the day
    /// commands on bookings, which travel as `QueueCommand.hold` and `.booking`.
    public static func encode(_ request: WireRequest, _ arena: Arena) -> [UInt8]? {
        guard let message = try? WireWriter(arena: arena).request(request) else { return nil }
        let size = kezek__v1__request__get_packed_size(message)
        guard size <= CallLimit.requestFrameBytes else { return nil }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = kezek__v1__request__pack(message, buffer.baseAddress)
        }
    }
}

extension WireReader {
    /// What is asked with a request's id, which is read after what is asked.
    @inline(__always)
    func requestCall<Command>(
        _ id: ProtobufCBinaryData, _ command: Command, _ call: (RequestID, Command) -> Call
    ) throws(Refusal) -> Call {
        call(try requestID(id), command)
    }

    func unknownCall() -> Refusal {
        Refusal(
            .unknownCall,
            LocalizedText(
                kk: "Бұл сервер білетін шақыру жоқ; Describe тізімін қараңыз.",
                ru: "Нет вызова, известного этому серверу; см. Describe.",
                en: "The request has no call that this server knows; see Describe."
            )[language], field: "call")
    }
}

extension WireWriter {
    fileprivate func request(
        _ request: WireRequest
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Request> {
        try message(kezek__v1__request__init) { (message) throws(Full) in
            message.id = request.id
            message.deadline_ms = request.deadlineMilliseconds
            if let proof = request.proof { message.proof = try bookingProof(proof) }
            message.language =
                switch request.language {
                case .kk: KEZEK__V1__LANGUAGE__LANGUAGE_KK
                case .ru: KEZEK__V1__LANGUAGE__LANGUAGE_RU
                case .en: KEZEK__V1__LANGUAGE__LANGUAGE_EN
                }
            try fill(&message, request.call)
        }
    }
}
