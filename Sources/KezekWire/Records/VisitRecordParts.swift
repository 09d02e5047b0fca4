// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
import HomeVisits
import Parties
import Visits

/// What records of home visits have that no shape tells: a person's words in one text, stops in columns.
extension WireWriter {
    func personWords(
        _ words: PersonWords?, of number: UInt32, _ sealing: WordSealing,
        _ plain: inout ProtobufCBinaryData, _ sealed: inout ProtobufCBinaryData
    ) throws(Full) {
        try self.words(words?.joined ?? "", of: number, sealing, &plain, &sealed)
    }

    func shift(_ shift: ShiftID) throws(Full) -> Int64 { Int64(shift.number) }

    func routes(
        _ changes: [RouteChange], _ message: inout Kezek__Journal__V1__RoutesChanged
    ) throws(Full) {
        try column(
            changes.map { Int64($0.shift.number) }, &message.n_shift, &message.shift)
        try column(
            changes.map { UInt32(clamping: $0.stops.count) }, &message.n_stops, &message.stops)
        let stops = changes.flatMap(\.stops)
        try column(stops.map(\.record.number), &message.n_number, &message.number)
        try column(stops.map(\.record.lunch), &message.n_lunch, &message.lunch)
    }

    func doneStops(
        _ stops: [DoneStop], _ message: inout Kezek__Journal__V1__ShiftProgressed
    ) throws(Full) {
        try column(stops.map(\.stop.record.number), &message.n_number, &message.number)
        try column(stops.map(\.stop.record.lunch), &message.n_lunch, &message.lunch)
        try column(stops.map { Int64($0.arrival) }, &message.n_arrival, &message.arrival)
        try column(stops.map { Int64($0.start) }, &message.n_start, &message.start)
        try column(stops.map { Int64($0.end) }, &message.n_end, &message.end)
    }
}

extension Stop {
    /// Its number, and whether that is a lunch's.
    fileprivate var record: (number: Int64, lunch: protobuf_c_boolean) {
        switch self {
        case .visit(let visit): (Int64(visit.number), 0)
        case .lunch(let number): (Int64(number), 1)
        }
    }
}

extension WireReader {
    func visitNumber(_ number: UInt32, _ field: StaticString) throws(Refusal) -> UInt32 {
        try positive(number, "visit")
    }

    func personWords(
        _ plain: ProtobufCBinaryData, _ sealed: ProtobufCBinaryData, _ words: WordUnsealing,
        _ field: StaticString
    ) throws(Refusal) -> PersonWords? {
        guard let text = try unsealed(plain, sealed, words, field), !text.isEmpty else {
            return nil
        }
        guard let person = PersonWords(joined: text) else { throw unknownValue("\(field)") }
        return person
    }

    /// The numbers are reckoned with, so they stay far from where sums overflow.
    private func planned(_ number: Int64, _ field: StaticString) throws(Refusal) -> Int {
        guard (-1 << 40...1 << 40).contains(number) else { throw unknownValue("\(field)") }
        return Int(number)
    }

    func shift(_ number: Int64, _ field: StaticString) throws(Refusal) -> ShiftID {
        ShiftID(try planned(number, "shift"))
    }

    private func stop(
        _ number: Int64, _ lunch: protobuf_c_boolean
    ) throws(Refusal) -> Stop {
        let number = try planned(number, "stop")
        return lunch != 0 ? .lunch(number) : .visit(VisitID(number))
    }

    func routes(
        _ message: Kezek__Journal__V1__RoutesChanged
    ) throws(Refusal) -> [RouteChange] {
        try same([message.n_stops], as: message.n_shift, "routed.stops")
        try same([message.n_lunch], as: message.n_number, "routed.lunch")
        var changes: [RouteChange] = []
        changes.reserveCapacity(message.n_shift)
        var first = 0
        for index in 0..<message.n_shift {
            let end = first + Int(message.stops[index])
            guard end <= message.n_number else { throw unknownValue("routed.stops") }
            var stops: [Stop] = []
            for place in first..<end {
                stops.append(try stop(message.number[place], message.lunch[place]))
            }
            changes.append(
                RouteChange(shift: try shift(message.shift[index], "shift"), stops: stops))
            first = end
        }
        guard first == message.n_number else { throw unknownValue("routed.stops") }
        return changes
    }

    func doneStops(
        _ message: Kezek__Journal__V1__ShiftProgressed
    ) throws(Refusal) -> [DoneStop] {
        try rows(
            message.n_number, [message.n_lunch, message.n_arrival, message.n_start, message.n_end],
            "progressed.number"
        ) { (row) throws(Refusal) in
            DoneStop(
                try stop(message.number[row], message.lunch[row]),
                arrival: try planned(message.arrival[row], "progressed.arrival"),
                start: try planned(message.start[row], "progressed.start"),
                end: try planned(message.end[row], "progressed.end"))
        }
    }
}
