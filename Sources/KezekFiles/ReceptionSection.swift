// SPDX-License-Identifier: Apache-2.0

import Queue
import Texts

/// Reads what an office adds to how people are received: bookings only, limits per person, its own lists.
///
/// Every fault is gathered with its line; what is wrong is left out of what is read.
enum ReceptionSection {
    static func reception(
        _ field: Field, _ collector: FaultCollector
    ) throws(FileFault) -> Reception {
        var fields = try field.fields()
        let onlyField = fields.optional("bookings-only")
        let only = collector.attempt { () throws(FileFault) -> BookingsOnly? in
            guard let onlyField else { return nil }
            return try bookingsOnly(onlyField, collector)
        }
        let allowed = try fields.optional("limits").map {
            (field) throws(FileFault) in try limits(field, collector)
        }
        let ends = try fields.optional("endings").map {
            (field) throws(FileFault) in try listed(field, collector, ending)
        }
        let pauses = try fields.optional("pauses").map {
            (field) throws(FileFault) in try reasons(field, collector)
        }
        let waiting = try fields.optional("waiting-list").map {
            (field) throws(FileFault) in try waitingList(field)
        }
        try fields.finish()
        return Reception(
            bookingsOnly: only ?? nil, limits: allowed ?? [], endings: ends ?? [],
            pauses: pauses ?? [], waitingList: waiting)
    }

    private static func waitingList(_ field: Field) throws(FileFault) -> WaitingRules {
        var fields = try field.fields()
        let minutes = try fields.optional("offer-minutes").map {
            (field) throws(FileFault) in try field.number(OfficeLimits.offerMinutes)
        }
        let day = try fields.optional("per-day").map {
            (field) throws(FileFault) in try field.number(OfficeLimits.waitingPerDay)
        }
        let person = try fields.optional("per-person").map {
            (field) throws(FileFault) in try field.number(OfficeLimits.waitingPerPerson)
        }
        try fields.finish()
        return WaitingRules(
            offerMinutes: minutes ?? 30, perDay: day ?? 50, perPerson: person ?? 3)
    }

    private static func limits(
        _ field: Field, _ collector: FaultCollector
    ) throws(FileFault) -> [PersonLimit] {
        let items = try field.items()
        try field.require(items.count, in: 0...OfficeLimits.personLimits, "entries")
        return collector.each(items, limit)
    }

    private static func bookingsOnly(
        _ field: Field, _ collector: FaultCollector
    ) throws(FileFault) -> BookingsOnly {
        var fields = try field.fields()
        guard let orderField = fields.optional("order") else {
            throw field.fault(
                "the field 'order' is missing: the act or order that allows "
                    + "receiving by booking alone")
        }
        let order = try orderField.officeText()
        let without = try fields.optional("without-booking").map {
            (field) throws(FileFault) in try reasons(field, collector)
        }
        try fields.finish()
        return BookingsOnly(order: order, withoutBooking: without ?? [])
    }

    /// Reasons by their codes.
    private static func reasons(
        _ field: Field, _ collector: FaultCollector
    ) throws(FileFault) -> [ListedReason] {
        try listed(field, collector, reason)
    }

    private static func reason(
        _ code: ListedCode, _ field: Field
    ) throws(FileFault) -> ListedReason {
        ListedReason(code: code, title: try field.officeText())
    }

    private static func ending(
        _ code: ListedCode, _ field: Field
    ) throws(FileFault) -> Reception.Ending {
        var fields = try field.fields()
        let outcome = try fields.required("outcome").word([
            "served": Outcome.served, "refused": .refused, "left": .left, "no-show": .noShow,
        ])
        let title = try fields.required("title").officeText()
        try fields.finish()
        return Reception.Ending(code: code, outcome: outcome, title: title)
    }

    private static func listed<T>(
        _ field: Field, _ collector: FaultCollector,
        _ read: (ListedCode, Field) throws(FileFault) -> T
    ) throws(FileFault) -> [T] {
        let entries = try field.entries()
        try field.require(entries.count, in: 0...OfficeLimits.codes, "entries")
        return collector.each(entries) { (entry) throws(FileFault) in
            guard let code = ListedCode(entry.key) else {
                throw entry.value.fault(
                    "expected a code of 1 to 32 lower-case letters, digits and hyphens, "
                        + "found '\(entry.key.prefix(60))'")
            }
            return try read(code, entry.value)
        }
    }

    private static func limit(_ field: Field) throws(FileFault) -> PersonLimit {
        var fields = try field.fields()
        let (bookings, services) = (fields.optional("bookings"), fields.optional("services"))
        guard let counted = bookings ?? services, bookings == nil || services == nil else {
            throw field.fault(
                "expected either 'bookings' or 'services', how many one person may book")
        }
        let most = try counted.number(OfficeLimits.personMost)
        let days = try fields.optional("days").map {
            (field) throws(FileFault) in try field.number(OfficeLimits.personDays)
        }
        let shared = try fields.optional("shared").map {
            (field) throws(FileFault) -> ListedCode in
            try field.value("a name of 1 to 32 lower-case letters, digits and hyphens")
        }
        try fields.finish()
        return PersonLimit(
            counts: bookings == nil ? .services : .bookings, most: most, days: days ?? 1,
            shared: shared)
    }
}

extension OfficeFile {
    /// The lines of what an office adds to how people are received; none if that is nothing.
    static func lines(_ reception: Reception) -> [String] {
        var lines: [String] = []
        if let only = reception.bookingsOnly {
            lines.append("  bookings-only:")
            lines += YAMLText.block("order", only.order, indent: "    ")
            if !only.withoutBooking.isEmpty {
                lines.append("    without-booking:")
                lines += only.withoutBooking.flatMap { reason($0, indent: "      ") }
            }
        }
        if !reception.limits.isEmpty {
            lines.append("  limits:")
            lines += reception.limits.map { limit in
                let counted = limit.counts == .bookings ? "bookings" : "services"
                let shared = limit.shared.map { ", shared: \(YAMLText.name($0.description))" } ?? ""
                return "    - {\(counted): \(limit.most), days: \(limit.days)\(shared)}"
            }
        }
        if !reception.endings.isEmpty {
            lines.append("  endings:")
            for ending in reception.endings {
                let outcome =
                    switch ending.outcome {
                    case .served: "served"
                    case .refused: "refused"
                    case .left: "left"
                    case .noShow: "no-show"
                    }
                lines += [
                    "    \(YAMLText.name(ending.code.description)):", "      outcome: \(outcome)",
                ]
                lines += YAMLText.block("title", ending.title, indent: "      ")
            }
        }
        if !reception.pauses.isEmpty {
            lines.append("  pauses:")
            lines += reception.pauses.flatMap { reason($0, indent: "    ") }
        }
        if let rules = reception.waitingList {
            lines += [
                "  waiting-list:", "    offer-minutes: \(rules.offerMinutes)",
                "    per-day: \(rules.perDay)", "    per-person: \(rules.perPerson)",
            ]
        }
        return lines.isEmpty ? [] : ["reception:"] + lines
    }

    private static func reason(_ reason: ListedReason, indent: String) -> [String] {
        YAMLText.block(YAMLText.name(reason.code.description), reason.title, indent: indent)
    }
}
