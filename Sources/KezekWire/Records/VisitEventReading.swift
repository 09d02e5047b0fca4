// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import Enquiries
import HomeVisits
import Parties
import Visits

/// The events of home visits, read from the journal.
extension WireReader {
    func event(
        _ message: Kezek__Journal__V1__VisitEvent, _ words: WordUnsealing
    ) throws(Refusal) -> VisitEvent {
        switch message.event_case {
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_DESCRIBED:
            return .described(try area(message.described.pointee))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ASKED:
            return .asked(try asked(message.asked.pointee, words))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_OFFERED:
            return .offered(
                try visit(number: message.offered.pointee.number),
                try given(message.offered.pointee.offer, "offered.offer", offer))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_RELEASED:
            return .released(try visit(number: message.released))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_PROMISED:
            return .promised(
                try visit(number: message.promised.pointee.number),
                try window(message.promised.pointee.window, "promised.window"))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_CANCELLED:
            let cancelled = message.cancelled.pointee
            return .cancelled(
                try visit(number: cancelled.number),
                by: try choice(cancelled.by.rawValue, "cancelled.by"),
                reason: try self.words(
                    cancelled.reason, cancelled.sealed_reason, words, "cancelled.reason"))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_REPORTED:
            let reported = message.reported.pointee
            return .reported(
                try visit(number: reported.number),
                try report(reported.report, reported.minutes))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_UNKEPT:
            return .unkept(try unkept(message.unkept.pointee))
        default: return try planEvent(message)
        }
    }

    /// An event of the plan rather than of one visit.
    private func planEvent(
        _ message: Kezek__Journal__V1__VisitEvent
    ) throws(Refusal) -> VisitEvent {
        switch message.event_case {
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_DELAYED:
            .delayed(
                try shift(message.delayed.pointee.shift), until: message.delayed.pointee.until)
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ABSENT: .absent(try shift(message.absent))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_PRESENT: .present(try shift(message.present))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ROAD_CLOSED:
            .roadClosed(try closure(message.road_closed.pointee))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ROAD_OPENED:
            .roadOpened(try need(message.road_opened, "road_opened"))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_ROUTED:
            .routed(try routed(message.routed.pointee))
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_PROGRESSED:
            try progressed(message.progressed.pointee)
        case KEZEK__JOURNAL__V1__VISIT_EVENT__EVENT_REPLANNED:
            .replanned(replan(message.replanned.pointee))
        default: throw unknownValue("event")
        }
    }

    private func visit(number: UInt32) throws(Refusal) -> UInt32 {
        guard number > 0 else { throw missing("visit") }
        return number
    }

    /// The numbers are reckoned with, so they stay far from where sums overflow.
    private func planned(_ number: Int64, _ field: StaticString) throws(Refusal) -> Int {
        guard (-1 << 40...1 << 40).contains(number) else { throw unknownValue("\(field)") }
        return Int(number)
    }

    private func shift(_ number: Int64) throws(Refusal) -> ShiftID {
        ShiftID(try planned(number, "shift"))
    }

    private func asked(
        _ message: Kezek__Journal__V1__VisitAsked, _ words: WordUnsealing
    ) throws(Refusal) -> AskedVisit {
        var person: PersonWords?
        if let text = try unsealed(message.words, message.sealed_words, words, "asked.words"),
            !text.isEmpty
        {
            guard let read = PersonWords(joined: text) else { throw unknownValue("asked.words") }
            person = read
        }
        return AskedVisit(
            number: try visit(number: message.number),
            applicant: Applicant(high: message.applicant_high, low: message.applicant_low),
            words: person, service: message.service_seconds, setup: message.setup_seconds,
            needs: try needs(message.n_needs, message.needs, "asked.needs"),
            avoided: try crews(message.n_avoided, message.avoided, "asked.avoided"),
            due: message.due)
    }

    private func stop(
        _ number: Int64, _ lunch: protobuf_c_boolean
    ) throws(Refusal) -> Stop {
        let number = try planned(number, "stop")
        return lunch != 0 ? .lunch(number) : .visit(VisitID(number))
    }

    private func routed(
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
            changes.append(RouteChange(shift: try shift(message.shift[index]), stops: stops))
            first = end
        }
        guard first == message.n_number else { throw unknownValue("routed.stops") }
        return changes
    }

    private func progressed(
        _ message: Kezek__Journal__V1__ShiftProgressed
    ) throws(Refusal) -> VisitEvent {
        try same(
            [message.n_lunch, message.n_arrival, message.n_start, message.n_end],
            as: message.n_number, "progressed.number")
        var stops: [DoneStop] = []
        stops.reserveCapacity(message.n_number)
        for index in 0..<message.n_number {
            stops.append(
                DoneStop(
                    try stop(message.number[index], message.lunch[index]),
                    arrival: try planned(message.arrival[index], "progressed.arrival"),
                    start: try planned(message.start[index], "progressed.start"),
                    end: try planned(message.end[index], "progressed.end")))
        }
        return .progressed(try shift(message.shift), stops)
    }
}
