// SPDX-License-Identifier: Apache-2.0

import CKezekWire
import CallLimits
import CivilTime
import Enquiries
import Queue
import Texts

/// `Plan`: what an office was to do on one day.
extension WireWriter {
    func plan(_ plan: DayPlan) throws(Full) -> UnsafeMutablePointer<Kezek__Journal__V1__Plan> {
        try message(kezek__journal__v1__plan__init) { (message) throws(Full) in
            message.midnight = plan.midnight
            message.policy = Kezek__Journal__V1__Plan__Policy(UInt32(plan.policy.rawValue))
            message.policy_rule = try text(plan.policyRule)
            try spans(plan.hours, &message.n_hours, &message.hours)
            if plan.slotHours != plan.hours {
                try spans(plan.slotHours, &message.n_slot_hours, &message.slot_hours)
            }
            if let because = plan.closedBecause { message.closed_because = try localized(because) }
            try list(plan.services, &message.n_services, &message.services) {
                (service) throws(Full) in
                try self.message(kezek__journal__v1__plan__service__init) {
                    (inner) throws(Full) in
                    inner.id = try text(service.id.description)
                    inner.letter = UInt32(service.letter)
                    inner.seconds = service.seconds
                }
            }
            try list(plan.windows, &message.n_windows, &message.windows) {
                (window) throws(Full) in
                try self.message(kezek__journal__v1__plan__window__init) {
                    (inner) throws(Full) in
                    inner.id = try text(window.id.description)
                    inner.services = UInt32(window.services)
                    try spans(window.spans, &inner.n_spans, &inner.spans)
                }
            }
            message.rules = try rules(plan.rules)
            message.wait_limit = plan.waitLimit
            message.service_limit = plan.serviceLimit
            message.calendar_version = try text(plan.calendarVersion)
            message.clock_change_after = plan.clockChange?.after ?? 0
            message.clock_change_by = plan.clockChange?.by ?? 0
        }
    }

    private func spans(
        _ spans: [DayPlan.Span], _ count: inout Int, _ target: inout UnsafeMutablePointer<Int32>?
    ) throws(Full) {
        try column(spans.flatMap { [$0.start, $0.end] }, &count, &target)
    }
}

extension WireReader {
    /// A plan that places can be counted by: of at most 8 services and 64 windows, with rules and
    /// times in their ranges.
    func plan(_ message: Kezek__Journal__V1__Plan) throws(Refusal) -> DayPlan {
        guard let rules = message.rules.map({ self.rules($0.pointee) }) else {
            throw missing("plan.rules")
        }
        if let fault = rules.faults().first {
            throw invalid("plan.rules.\(fault.field)", fault.expected)
        }
        try limit(message.n_services, QueueOffice.serviceLimit, "plan.services")
        try limit(message.n_windows, QueueOffice.windowLimit, "plan.windows")
        let hours = try spans(message.n_hours, message.hours, "plan.hours")
        guard zip(hours, hours.dropFirst()).allSatisfy({ $0.end <= $1.start }) else {
            throw unknownValue("plan.hours")
        }
        let slotHours = try spans(message.n_slot_hours, message.slot_hours, "plan.slot_hours")
        guard zip(slotHours, slotHours.dropFirst()).allSatisfy({ $0.end <= $1.start }) else {
            throw unknownValue("plan.slot_hours")
        }
        return DayPlan(
            midnight: try midnight(message.midnight),
            policy: try choice(message.policy.rawValue, "plan.policy"),
            policyRule: try text(message.policy_rule, "plan.policy_rule"), hours: hours,
            closedBecause: try message.closed_because.map { (because) throws(Refusal) in
                try localized(because, "plan.closed_because", limit: CallLimit.responseFrameBytes)
            },
            services: try list(message.n_services, message.services) { (inner) throws(Refusal) in
                try service(inner)
            },
            windows: try list(message.n_windows, message.windows) { (inner) throws(Refusal) in
                DayPlan.Window(
                    id: try window(inner.id, "plan.windows.id"),
                    services: UInt8(try number(inner.services, 0...255, "plan.windows.services")),
                    spans: try spans(inner.n_spans, inner.spans, "plan.windows.spans"))
            }, rules: rules, waitLimit: try seconds(message.wait_limit, "plan.wait_limit"),
            serviceLimit: try seconds(message.service_limit, "plan.service_limit"),
            calendarVersion: try text(message.calendar_version, "plan.calendar_version"),
            clockChange: try clockChange(message.clock_change_after, message.clock_change_by),
            slotHours: slotHours.isEmpty ? nil : slotHours)
    }

    /// No clock is changed by more than a day, or after the day is over.
    private func clockChange(_ after: Int32, _ by: Int32) throws(Refusal) -> ClockChange? {
        guard after != 0 || by != 0 else { return nil }
        let day = TimeOfDay.secondsPerDay
        guard by != 0, abs(Int64(by)) <= Int64(day), (0...2 * day).contains(after) else {
            throw unknownValue("plan.clock_change")
        }
        return ClockChange(after: after, by: by)
    }

    private func midnight(_ second: Int64) throws(Refusal) -> Int64 {
        guard Timestamp(second: second) != nil else { throw unknownValue("plan.midnight") }
        return second
    }

    private func service(
        _ message: Kezek__Journal__V1__Plan__Service
    ) throws(Refusal) -> DayPlan.Service {
        let letters = Int(UInt8(ascii: "A"))...Int(UInt8(ascii: "Z"))
        guard (1...TimeOfDay.secondsPerDay).contains(message.seconds) else {
            throw unknownValue("plan.services.seconds")
        }
        return DayPlan.Service(
            id: try service(message.id, "plan.services.id"),
            letter: UInt8(try number(message.letter, letters, "plan.services.letter")),
            seconds: message.seconds)
    }

    /// Stretches within the day, from their starts and ends in turn.
    private func spans(
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
}
