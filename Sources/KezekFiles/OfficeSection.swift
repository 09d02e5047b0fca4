// SPDX-License-Identifier: Apache-2.0

import CivilTime
import ServiceStandards
import Texts
import WorkingDays

/// Reads one office of a standard.
enum OfficeSection {
    static func office(_ id: String, _ field: Field) throws(FileFault) -> Office {
        var fields = try field.fields()
        let office = Office(
            id: id, title: try fields.required("title").localized(),
            rule: try fields.required("rule").rule(), week: try fields.required("week").name(),
            work: try hours(fields.required("work")),
            reception: try hours(fields.required("reception")),
            pause: try fields.optional("pause").map {
                (field) throws(FileFault) in try field.localized()
            },
            queue: try queue(fields.required("queue")),
            longestWait: try limit(fields.optional("longest-wait")),
            longestService: try limit(fields.optional("longest-service")))
        try fields.finish()
        return office
    }

    private static func hours(_ field: Field) throws(FileFault) -> Office.Hours {
        var fields = try field.fields()
        let rule = try fields.required("rule").rule()
        let open = try HoursSection.book(fields.required("open"))
        try fields.finish()
        return Office.Hours(rule: rule, open: open)
    }

    private static func queue(_ field: Field) throws(FileFault) -> Office.QueueTerms {
        var fields = try field.fields()
        let policy = try fields.required("policy").word(Office.QueueTerms.Policy.self)
        let rule = try fields.required("rule").rule()
        let bookingField = fields.optional("booking-rule")
        let bookingRule = try bookingField.map { (field) throws(FileFault) in try field.rule() }
        if let bookingField, policy == .walkInOnly {
            throw bookingField.fault("expected none: a walk-in-only queue takes no bookings")
        }
        try fields.finish()
        return Office.QueueTerms(policy: policy, rule: rule, bookingRule: bookingRule)
    }

    private static func limit(_ field: Field?) throws(FileFault) -> Office.Limit? {
        guard let field else { return nil }
        var fields = try field.fields()
        let limit = Office.Limit(
            minutes: try fields.required("minutes").number(1...1440),
            rule: try fields.required("rule").rule())
        try fields.finish()
        return limit
    }
}
