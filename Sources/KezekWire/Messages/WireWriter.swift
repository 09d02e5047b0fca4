// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CivilTime

/// Builds messages in an arena, for packing right after.
struct WireWriter {
    let arena: Arena

    /// What cannot be built because the arena's limit is reached becomes this error.
    struct Full: Error {}

    /// A message with its defaults, changed by the closure.
    @inline(__always)
    func message<M>(
        _ initialise: (UnsafeMutablePointer<M>?) -> Void,
        _ fill: (inout M) throws(Full) -> Void = { (_) throws(Full) in }
    ) throws(Full) -> UnsafeMutablePointer<M> {
        let message = try allocate(1, of: M.self)
        initialise(message)
        try fill(&message.pointee)
        return message
    }

    @inline(__always)
    func allocate<T>(_ count: Int, of type: T.Type) throws(Full) -> UnsafeMutablePointer<T> {
        guard let memory = arena.allocate(count * MemoryLayout<T>.stride) else { throw Full() }
        return memory.bindMemory(to: T.self, capacity: count)
    }

    @inline(__always)
    func text(_ text: String) throws(Full) -> ProtobufCBinaryData {
        var text = text
        let count = text.utf8.count
        guard count > 0 else { return ProtobufCBinaryData(len: 0, data: nil) }
        let memory = try allocate(count, of: UInt8.self)
        text.withUTF8 { memory.update(from: $0.baseAddress!, count: count) }
        return ProtobufCBinaryData(len: count, data: memory)
    }

    func secret(_ secret: Secret) throws(Full) -> ProtobufCBinaryData {
        let count = secret.count
        guard count > 0 else { return ProtobufCBinaryData(len: 0, data: nil) }
        let memory = try allocate(count, of: UInt8.self)
        secret.withBytes {
            UnsafeMutableRawPointer(memory).copyMemory(from: $0.baseAddress!, byteCount: count)
        }
        return ProtobufCBinaryData(len: count, data: memory)
    }

    func bytes(_ bytes: [UInt8]) throws(Full) -> ProtobufCBinaryData {
        var count = 0
        var data: UnsafeMutablePointer<UInt8>?
        try column(bytes, &count, &data)
        return ProtobufCBinaryData(len: count, data: data)
    }

    /// A packed column.
    @inline(__always)
    func column<T>(
        _ values: [T], _ count: inout Int, _ target: inout UnsafeMutablePointer<T>?
    ) throws(Full) {
        guard !values.isEmpty else { return }
        let memory = try allocate(values.count, of: T.self)
        values.withUnsafeBufferPointer {
            memory.update(from: $0.baseAddress!, count: values.count)
        }
        count = values.count
        target = memory
    }

    /// A repeated message.
    func list<V, M>(
        _ values: [V], _ count: inout Int,
        _ target: inout UnsafeMutablePointer<UnsafeMutablePointer<M>?>?,
        _ build: (V) throws(Full) -> UnsafeMutablePointer<M>
    ) throws(Full) {
        guard !values.isEmpty else { return }
        let memory = try allocate(values.count, of: UnsafeMutablePointer<M>?.self)
        for (index, value) in values.enumerated() {
            (memory + index).initialize(to: try build(value))
        }
        count = values.count
        target = memory
    }

    /// A repeated text.
    func texts(
        _ values: [some CustomStringConvertible], _ count: inout Int,
        _ target: inout UnsafeMutablePointer<ProtobufCBinaryData>?
    ) throws(Full) {
        guard !values.isEmpty else { return }
        let memory = try allocate(values.count, of: ProtobufCBinaryData.self)
        for (index, value) in values.enumerated() {
            (memory + index).initialize(to: try text(value.description))
        }
        count = values.count
        target = memory
    }

    @inline(__always)
    func moment(
        _ moment: CivilDateTime
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CivilDateTime> {
        try message(kezek__v1__civil_date_time__init) {
            $0.day = moment.date.dayNumber
            $0.second = UInt32(moment.time.second)
        }
    }

    func day(_ date: CivilDate) throws(Full) -> UnsafeMutablePointer<Kezek__V1__CivilDay> {
        try message(kezek__v1__civil_day__init) { $0.day = date.dayNumber }
    }
}
