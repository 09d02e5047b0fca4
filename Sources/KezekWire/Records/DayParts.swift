// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Parties
import Queue
import Texts

/// What records of an office's day have that no shape tells.
extension TicketLabel {
    /// The label as a number: 10,000 for each letter before its own, and its number.
    var place: UInt32 { TicketLabel.place(letter, number) }

    static func place(_ letter: UInt8, _ number: UInt16) -> UInt32 {
        UInt32(letter &- UInt8(ascii: "A")) * 10_000 + UInt32(number)
    }

    /// The label that is this number; nil if none is.
    init?(place: UInt32) {
        guard place < 260_000 else { return nil }
        self.init(
            letter: UInt8(ascii: "A") + UInt8(place / 10_000), number: Int(place % 10_000))
    }
}

extension DayPlan {
    /// Where slots are counted from, if that is another time than when it receives.
    var keptSlotHours: [Span]? { slotHours == hours ? nil : slotHours }
}

extension WireWriter {
    @inline(__always)
    func applicant(
        _ applicant: Applicant, _ high: inout UInt64, _ low: inout UInt64
    ) throws(Full) {
        high = applicant.high
        low = applicant.low
    }

    func numbersLeased(
        _ lease: NumberLease
    ) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__NumbersLeased> {
        try message(kezek__journal__v1__numbers_leased__init) { (message) throws(Full) in
            message.id = lease.id
            message.first_label = TicketLabel.place(lease.letter, lease.first)
            message.count = UInt32(lease.count)
            message.kiosk = try text(lease.kiosk)
        }
    }

    func planRules(
        _ rules: QueueRules
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Office__Rules> {
        try officeRules(rules)
    }

    /// The starts and ends in turn.
    func spans(
        _ spans: [DayPlan.Span], _ count: inout Int, _ target: inout UnsafeMutablePointer<Int32>?
    ) throws(Full) {
        try column(spans.flatMap { [$0.start, $0.end] }, &count, &target)
    }

    func spansInOrder(
        _ spans: [DayPlan.Span], _ count: inout Int, _ target: inout UnsafeMutablePointer<Int32>?
    ) throws(Full) {
        try self.spans(spans, &count, &target)
    }

    func planReception(
        _ reception: Reception
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__Reception> {
        try self.reception(reception)
    }

    func clockChange(
        _ change: ClockChange?, _ after: inout Int32, _ by: inout Int32
    ) throws(Full) {
        after = change?.after ?? 0
        by = change?.by ?? 0
    }
}

extension WireReader {
    /// The letters of services, in ASCII.
    static let letters = Int(UInt8(ascii: "A"))...Int(UInt8(ascii: "Z"))

    @inline(__always)
    func applicant(_ high: UInt64, _ low: UInt64) throws(Refusal) -> Applicant {
        Applicant(high: high, low: low)
    }

    @inline(__always)
    func booking(number: UInt32) throws(Refusal) -> UInt32 { try positive(number, "booking") }

    @inline(__always)
    func label(place: UInt32) throws(Refusal) -> TicketLabel {
        guard let label = TicketLabel(place: place) else { throw unknownValue("label") }
        return label
    }

    @inline(__always)
    func service(place: UInt32) throws(Refusal) -> UInt8 {
        UInt8(try number(place, 0...QueueOffice.serviceLimit - 1, "service"))
    }

    @inline(__always)
    func window(place: UInt32) throws(Refusal) -> UInt8 {
        UInt8(try number(place, 0...QueueOffice.windowLimit - 1, "window"))
    }

    /// Seconds since a day's midnight, within 34 years of it: sums of a few never overflow.
    @inline(__always)
    func seconds(_ seconds: Int32, _ field: StaticString) throws(Refusal) -> Int32 {
        guard (-1 << 30...1 << 30).contains(seconds) else { throw unknownValue("\(field)") }
        return seconds
    }

    func numbersLeased(
        _ message: Kezek__Journal__V1__NumbersLeased
    ) throws(Refusal) -> NumberLease {
        let first = try label(place: message.first_label)
        let left = TicketLabel.numberLimit + 1 - Int(first.number)
        return NumberLease(
            id: try booking(number: message.id), letter: first.letter, first: first.number,
            count: UInt16(try number(message.count, 1...left, "numbers_leased.count")),
            kiosk: try text(message.kiosk, "numbers_leased.kiosk"))
    }

    /// Rules that places can be counted by.
    func planRules(
        _ message: UnsafeMutablePointer<Kezek__V1__Office__Rules>?, _ field: StaticString
    ) throws(Refusal) -> QueueRules {
        let rules = try officeRules(given(message, field))
        if let fault = rules.faults().first {
            throw invalid("\(field).\(fault.field)", fault.expected)
        }
        return rules
    }

    /// What can be in an office's description.
    func planReception(
        _ message: UnsafeMutablePointer<Kezek__V1__Reception>?, _ field: StaticString
    ) throws(Refusal) -> Reception {
        let reception = try reception(given(message, field))
        if let fault = reception.faults().first {
            throw invalid("\(field).\(fault.field)", fault.expected)
        }
        return reception
    }

    /// A plan by which tickets are given to those alone who have booked says for what else.
    func sound(
        _ plan: DayPlan, _: Kezek__Journal__V1__Plan
    ) throws(Refusal) -> DayPlan {
        guard (plan.policy == .bookingsOnly) == (plan.reception.bookingsOnly != nil) else {
            throw unknownValue("plan.policy")
        }
        return plan
    }

    /// No clock is changed by more than a day, or after the day is over.
    func clockChange(_ after: Int32, _ by: Int32) throws(Refusal) -> ClockChange? {
        guard after != 0 || by != 0 else { return nil }
        let day = TimeOfDay.secondsPerDay
        guard by != 0, abs(Int64(by)) <= Int64(day), (0...2 * day).contains(after) else {
            throw unknownValue("plan.clock_change")
        }
        return ClockChange(after: after, by: by)
    }

    func midnight(_ second: Int64, _ field: StaticString) throws(Refusal) -> Int64 {
        guard Timestamp(second: second) != nil else { throw unknownValue("\(field)") }
        return second
    }

    @discardableResult
    func serviceSeconds(_ seconds: Int32, _ field: StaticString) throws(Refusal) -> Int32 {
        guard (1...TimeOfDay.secondsPerDay).contains(seconds) else {
            throw unknownValue("\(field)")
        }
        return seconds
    }

    /// Stretches within the day, from their starts and ends in turn.
    func spans(
        _ count: Int, _ values: UnsafeMutablePointer<Int32>?, _ field: StaticString
    ) throws(Refusal) -> [DayPlan.Span] {
        // More than one a minute no plan has.
        try limit(count, 2 * 1_440, field)
        let ends = column(count, values)
        guard ends.count % 2 == 0 else { throw unknownValue("\(field)") }
        var spans: [DayPlan.Span] = []
        spans.reserveCapacity(ends.count / 2)
        for place in stride(from: 0, to: ends.count, by: 2) {
            guard ends[place] >= 0, ends[place] < ends[place + 1],
                ends[place + 1] <= TimeOfDay.secondsPerDay
            else { throw unknownValue("\(field)") }
            spans.append(DayPlan.Span(start: ends[place], end: ends[place + 1]))
        }
        return spans
    }

    /// Stretches of which none begins before the one before it has ended.
    func spansInOrder(
        _ count: Int, _ values: UnsafeMutablePointer<Int32>?, _ field: StaticString
    ) throws(Refusal) -> [DayPlan.Span] {
        let spans = try spans(count, values, field)
        guard zip(spans, spans.dropFirst()).allSatisfy({ $0.end <= $1.start }) else {
            throw unknownValue("\(field)")
        }
        return spans
    }
}
