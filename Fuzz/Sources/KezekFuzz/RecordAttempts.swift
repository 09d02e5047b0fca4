// SPDX-License-Identifier: Apache-2.0

import Journal
import KezekWire

/// Bytes of the journal: the first says which record the others are.
enum RecordAttempts {
    /// As much as a store gives a record to be decoded in.
    nonisolated(unsafe) private static let arena = Arena(limit: 64 << 20)

    static func record(_ bytes: UnsafeRawBufferPointer) {
        guard let kind = bytes.first else { return }
        let body = Array(bytes.dropFirst())
        switch kind % 9 {
        case 0:
            roundTrip(
                body, "day",
                { (bytes, arena) throws(RecordFailure) in
                    try DayEventCodec.decode(bytes, arena, words: .locked)
                }, { DayEventCodec.encode($0, $1, words: .plain) })
        case 1: roundTrip(body, "office", OfficeEventCodec.decode, OfficeEventCodec.encode)
        case 2:
            roundTrip(
                body, "register",
                { (bytes, arena) throws(RecordFailure) in
                    try RegisterEventCodec.decode(bytes, arena, words: .locked)
                }, { RegisterEventCodec.encode($0, $1, words: .plain) })
        case 3: roundTrip(body, "decree", DecreeRecordCodec.decode, DecreeRecordCodec.encode)
        case 4: roundTrip(body, "people", PeopleRecordCodec.decode, PeopleRecordCodec.encode)
        case 6:
            roundTrip(
                body, "visits",
                { (bytes, arena) throws(RecordFailure) in
                    try VisitEventCodec.decode(bytes, arena, words: .locked)
                }, { VisitEventCodec.encode($0, $1, words: .plain) })
        case 7:
            roundTrip(
                body, "clock", ClockRecordCodec.decode,
                { ClockRecordCodec.encode(recorded: $0, $1) })
        case 8: roundTrip(body, "reads", ReadsRecordCodec.decode, ReadsRecordCodec.encode)
        default:
            roundTrip(
                body, "pack",
                { (bytes, arena) throws(RecordFailure) in
                    try EntryPackCodec.decode(bytes, stream: .offices, arena)
                }, EntryPackCodec.encode)
        }
    }

    private static func roundTrip<Record: Equatable>(
        _ bytes: [UInt8], _ name: StaticString,
        _ decode: ([UInt8], Arena) throws(RecordFailure) -> Record,
        _ encode: (Record, Arena) -> [UInt8]
    ) {
        arena.reset()
        guard let record = try? decode(bytes, arena) else { return }
        arena.reset()
        let written = encode(record, arena)
        arena.reset()
        do throws(RecordFailure) {
            let again = try decode(written, arena)
            expect(again == record, "a record (\(name)) changes as it is written and read")
        } catch { fail("a written record (\(name)) is refused: \(error)") }
    }
}
