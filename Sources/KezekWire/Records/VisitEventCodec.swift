// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
public import HomeVisits
import Parties
import Visits

/// The events of an area's home visits from and to bytes: `kezek.journal.v1.VisitEntry`.
///
/// The arena is the caller's to reset before each call.
public enum VisitEventCodec {
    /// The bytes of one entry.
    ///
    /// `words` hides what was typed about the person of a visit, by its number; but for that the same
    /// events have one encoding.
    ///
    /// - Precondition: a described area has no `fault`, or it cannot be decoded.
    public static func encode(
        _ events: [VisitEvent], _ arena: Arena, words: WordSealing
    ) -> [UInt8] {
        Records.pack(
            arena, size: kezek__journal__v1__visit_entry__get_packed_size,
            pack: kezek__journal__v1__visit_entry__pack
        ) { (writer) throws(WireWriter.Full) in
            try writer.message(kezek__journal__v1__visit_entry__init) {
                (message) throws(WireWriter.Full) in
                message.version = Records.version
                try writer.list(events, &message.n_events, &message.events) {
                    (event) throws(WireWriter.Full) in try writer.event(event, words)
                }
            }
        }
    }

    /// The events of an entry.
    ///
    /// - Throws: ``RecordFailure`` if the bytes are no such record, of another version, or hold
    ///   something that this program does not know.
    public static func decode(
        _ bytes: [UInt8], _ arena: Arena, words: WordUnsealing
    ) throws(RecordFailure) -> [VisitEvent] {
        try Records.read(
            bytes, arena, "VisitEntry", unpack: kezek__journal__v1__visit_entry__unpack,
            version: \.version
        ) { (reader, message) throws(Refusal) in
            try reader.list(message.n_events, message.events) { (inner) throws(Refusal) in
                try reader.event(inner, words)
            }
        }
    }
}

extension WireWriter {
    fileprivate func event(
        _ event: VisitEvent, _ words: WordSealing
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__VisitEvent> {
        try message(kezek__journal__v1__visit_event__init) { (message) throws(Full) in
            switch event {
            case .described(let area):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_DESCRIBED
                message.described = try self.area(area)
            case .asked(let visit):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ASKED
                message.asked = try asked(visit, words)
            case .offered(let number, let list):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_OFFERED
                message.offered = try self.message(kezek__journal__v1__visit_offered__init) {
                    (inner) throws(Full) in
                    inner.number = number
                    inner.offer = try offer(list)
                }
            case .released(let number):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_RELEASED
                message.released = number
            case .promised(let number, let promise):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_PROMISED
                message.promised = try self.message(kezek__journal__v1__visit_promised__init) {
                    (inner) throws(Full) in
                    inner.number = number
                    inner.window = try window(promise)
                }
            case .cancelled(let number, let by, let reason):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_CANCELLED
                message.cancelled = try self.message(kezek__journal__v1__visit_cancelled__init) {
                    (inner) throws(Full) in
                    inner.number = number
                    inner.by = Kezek__V1__Canceller(UInt32(by.rawValue))
                    try fill(reason, of: number, words, &inner.reason, &inner.sealed_reason)
                }
            case .reported(let number, let report):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_REPORTED
                message.reported = try self.message(kezek__journal__v1__visit_reported__init) {
                    $0.number = number
                    $0.report = report.wire.report
                    $0.minutes = report.wire.minutes
                }
            case .unkept(let promise):
                message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_UNKEPT
                message.unkept = try unkept(promise)
            case .delayed, .absent, .present, .roadClosed, .roadOpened, .routed, .progressed,
                .replanned:
                try fillPlan(&message, event)
            }
        }
    }

    /// An event of the plan rather than of one visit.
    private func fillPlan(
        _ message: inout Kezek__Journal__V1__VisitEvent, _ event: VisitEvent
    ) throws(Full) {
        switch event {
        case .delayed(let shift, let until):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_DELAYED
            message.delayed = try self.message(kezek__journal__v1__shift_delayed__init) {
                $0.shift = Int64(shift.number)
                $0.until = until
            }
        case .absent(let shift):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ABSENT
            message.absent = Int64(shift.number)
        case .present(let shift):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_PRESENT
            message.present = Int64(shift.number)
        case .roadClosed(let closure):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ROAD_CLOSED
            message.road_closed = try self.closure(closure)
        case .roadOpened(let name):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ROAD_OPENED
            message.road_opened = try text(name.description)
        case .routed(let changes):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ROUTED
            message.routed = try routed(changes)
        case .progressed(let shift, let stops):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_PROGRESSED
            message.progressed = try progressed(shift, stops)
        case .replanned(let figures):
            message.event_case = KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_REPLANNED
            message.replanned = try replan(figures)
        case .described, .asked, .offered, .released, .promised, .cancelled, .reported, .unkept:
            preconditionFailure("written above")
        }
    }

    private func asked(
        _ visit: AskedVisit, _ words: WordSealing
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__VisitAsked> {
        try message(kezek__journal__v1__visit_asked__init) { (message) throws(Full) in
            message.number = visit.number
            message.applicant_high = visit.applicant.high
            message.applicant_low = visit.applicant.low
            try fill(
                visit.words?.joined ?? "", of: visit.number, words, &message.words,
                &message.sealed_words)
            message.service_seconds = visit.service
            message.setup_seconds = visit.setup
            try texts(visit.needs, &message.n_needs, &message.needs)
            try texts(visit.avoided, &message.n_avoided, &message.avoided)
            message.due = visit.due
        }
    }

    private func routed(
        _ changes: [RouteChange]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__RoutesChanged> {
        try message(kezek__journal__v1__routes_changed__init) { (message) throws(Full) in
            try column(
                changes.map { Int64($0.shift.number) }, &message.n_shift, &message.shift)
            try column(
                changes.map { UInt32(clamping: $0.stops.count) }, &message.n_stops,
                &message.stops)
            let stops = changes.flatMap(\.stops)
            try column(stops.map(\.record.number), &message.n_number, &message.number)
            try column(stops.map(\.record.lunch), &message.n_lunch, &message.lunch)
        }
    }

    private func progressed(
        _ shift: ShiftID, _ stops: [DoneStop]
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__ShiftProgressed> {
        try message(kezek__journal__v1__shift_progressed__init) { (message) throws(Full) in
            message.shift = Int64(shift.number)
            try column(stops.map(\.stop.record.number), &message.n_number, &message.number)
            try column(stops.map(\.stop.record.lunch), &message.n_lunch, &message.lunch)
            try column(stops.map { Int64($0.arrival) }, &message.n_arrival, &message.arrival)
            try column(stops.map { Int64($0.start) }, &message.n_start, &message.start)
            try column(stops.map { Int64($0.end) }, &message.n_end, &message.end)
        }
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
