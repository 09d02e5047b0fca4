// SPDX-License-Identifier: Apache-2.0

import Applications
import CKezekWire
import CivilTime
import Enquiries
import Parties

/// Working lists and what decrees move, in columns.
extension WireWriter {
    func workingListReply(
        _ list: WorkingList
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__WorkingListReply> {
        try message(kezek__v1__working_list_reply__init) { (message) throws(Full) in
            message.office = try text(list.office.description)
            message.day = list.date.dayNumber
            message.run = list.run
            message.revision = list.revision
            message.whole = list.isWhole ? 1 : 0
            let items = list.items
            try column(
                items.map(\.id.date.dayNumber), &message.n_application_day,
                &message.application_day)
            try column(
                items.map(\.id.number), &message.n_application_number,
                &message.application_number)
            try column(
                items.map { Kezek__V1__Urgency(UInt32($0.urgency.rawValue)) },
                &message.n_urgency, &message.urgency)
            try column(
                items.map { Kezek__V1__Phase(UInt32($0.phase.rawValue)) }, &message.n_phase,
                &message.phase)
            var channels = NameTable()
            let places = items.map { channels.place(of: $0.channel) }
            try texts(channels.names, &message.n_channels, &message.channels)
            try column(places, &message.n_channel, &message.channel)
            try column(
                items.map { $0.deadline?.date.dayNumber ?? .min }, &message.n_deadline_day,
                &message.deadline_day)
            try column(
                items.map { UInt32($0.deadline?.time.second ?? 0) },
                &message.n_deadline_second, &message.deadline_second)
            try column(
                items.map { $0.workingDays.map { Int32(clamping: $0) } ?? .min },
                &message.n_working_days, &message.working_days)
            try column(
                items.indices.filter { items[$0].isProvisional }.map { UInt32($0) },
                &message.n_provisional, &message.provisional)
            if items.contains(where: { $0.usedPercent != nil }) {
                try column(
                    items.map { $0.usedPercent.map { Int32(clamping: $0) } ?? .min },
                    &message.n_used_percent, &message.used_percent)
            }
            if items.contains(where: { $0.warningPercent != nil }) {
                try column(
                    items.map { $0.warningPercent.map { Int32(clamping: $0) } ?? .min },
                    &message.n_warning_percent, &message.warning_percent)
            }
            try column(list.gone.map(\.date.dayNumber), &message.n_gone_day, &message.gone_day)
            try column(list.gone.map(\.number), &message.n_gone_number, &message.gone_number)
        }
    }

    func decreeReply(
        _ effects: DecreeEffects
    ) throws(Full) -> UnsafeMutablePointer<Kezek__V1__DecreeReply> {
        try message(kezek__v1__decree_reply__init) { (message) throws(Full) in
            message.done = effects.isDone ? 1 : 0
            message.calendar = try text(effects.calendar)
            message.version = try text(effects.version)
            message.moving = UInt32(clamping: effects.moving)
            message.running = UInt32(clamping: effects.running)
            message.unanswered = UInt32(clamping: effects.unanswered)
            message.moving_bookings = UInt32(clamping: effects.movingBookings)
            message.awaiting_year = UInt32(clamping: effects.awaitingYear)
            try column(
                effects.knownLater.map(\.dayNumber), &message.n_known_later,
                &message.known_later)
            try list(effects.later, &message.n_later, &message.later) { (later) throws(Full) in
                try decreeReplyLater(later)
            }
            try list(effects.laterClocks, &message.n_later_clocks, &message.later_clocks) {
                (clock) throws(Full) in try decreeReplyLaterClock(clock)
            }
            message.moving_later = UInt32(clamping: effects.movingLater)
            try list(effects.changes, &message.n_changes, &message.changes) {
                (change) throws(Full) in try calendarChangesReplyChange(change)
            }
            let clocks = effects.clocks
            var offices = NameTable()
            let places = clocks.map { offices.place(of: $0.id.office.description) }
            try texts(offices.names, &message.n_offices, &message.offices)
            try column(places, &message.n_office, &message.office)
            try column(
                clocks.map(\.id.date.dayNumber), &message.n_application_day,
                &message.application_day)
            try column(
                clocks.map(\.id.number), &message.n_application_number,
                &message.application_number)
            try column(
                clocks.map { Kezek__V1__ClockKind(UInt32($0.kind.rawValue)) }, &message.n_kind,
                &message.kind)
            try column(clocks.map(\.from.date.dayNumber), &message.n_old_day, &message.old_day)
            try column(
                clocks.map { UInt32($0.from.time.second) }, &message.n_old_second,
                &message.old_second)
            try column(clocks.map(\.to.date.dayNumber), &message.n_new_day, &message.new_day)
            try column(
                clocks.map { UInt32($0.to.time.second) }, &message.n_new_second,
                &message.new_second)
            try column(
                clocks.map { UInt32($0.changes.lowerBound) }, &message.n_first_change,
                &message.first_change)
            try column(
                clocks.map { UInt32($0.changes.count) }, &message.n_change_count,
                &message.change_count)
            message.bookings = try queueReceiptOfficeEffects(effects.bookings)
        }
    }
}

/// Names in the order of their first appearance.
private struct NameTable {
    private(set) var names: [String] = []
    private var places: [String: UInt32] = [:]
    private var last: (name: String, place: UInt32)?

    mutating func place(of name: String) -> UInt32 {
        if let last, last.name == name { return last.place }
        let place = places[name] ?? UInt32(names.count)
        if places.updateValue(place, forKey: name) == nil { names.append(name) }
        last = (name, place)
        return place
    }
}

extension WireReader {
    func workingListReply(_ message: Kezek__V1__WorkingListReply) throws(Refusal) -> WorkingList {
        let office = try office(message.office)
        try same([message.n_gone_number], as: message.n_gone_day, "gone_day")
        let channels = try each(message.n_channels, message.channels) { (item) throws(Refusal) in
            try text(item, "channels")
        }
        let provisional = Set(column(message.n_provisional, message.provisional))
        let used = try shares(
            message.n_used_percent, message.used_percent, of: message.n_application_day,
            "used_percent")
        let warnings = try shares(
            message.n_warning_percent, message.warning_percent, of: message.n_application_day,
            "warning_percent")
        let items = try rows(
            message.n_application_day,
            [
                message.n_application_number, message.n_urgency, message.n_phase,
                message.n_channel, message.n_deadline_day, message.n_deadline_second,
                message.n_working_days,
            ], "application_day"
        ) { (row) throws(Refusal) in
            let place = Int(message.channel[row])
            guard channels.indices.contains(place) else { throw unknownValue("channel") }
            var deadline: CivilDateTime?
            if message.deadline_day[row] != .min {
                deadline = CivilDateTime(
                    try date(message.deadline_day[row], "deadline_day"),
                    try time(message.deadline_second[row], "deadline_second"))
            }
            let days = message.working_days[row]
            return WorkingItem(
                id: try id(office, message.application_day[row], message.application_number[row]),
                urgency: try choice(message.urgency[row].rawValue, "urgency"),
                phase: try choice(message.phase[row].rawValue, "phase"),
                channel: channels[place], deadline: deadline,
                workingDays: days == .min ? nil : Int(days),
                isProvisional: provisional.contains(UInt32(row)),
                usedPercent: used.isEmpty ? nil : used[row],
                warningPercent: warnings.isEmpty ? nil : warnings[row])
        }
        let gone = try rows(message.n_gone_day, [], "gone_day") { (row) throws(Refusal) in
            try id(office, message.gone_day[row], message.gone_number[row])
        }
        return WorkingList(
            office: office, date: try date(message.day, "day"), run: message.run,
            revision: message.revision, isWhole: message.whole != 0, items: items, gone: gone)
    }

    /// A share for each row, the lowest number for none; or none at all.
    private func shares(
        _ count: Int, _ values: UnsafeMutablePointer<Int32>?, of rows: Int, _ field: StaticString
    ) throws(Refusal) -> [Int?] {
        guard count > 0 else { return [] }
        try same([count], as: rows, field)
        return column(count, values).map { $0 == .min ? nil : Int($0) }
    }

    private func id(
        _ office: OfficeID, _ day: Int32, _ number: UInt32
    ) throws(Refusal) -> ApplicationID {
        guard number > 0 else { throw missing("application_number") }
        return ApplicationID(
            office: office, date: try date(day, "application_day"), number: number)
    }

    func decreeReply(_ message: Kezek__V1__DecreeReply) throws(Refusal) -> DecreeEffects {
        let count = message.n_office
        try same(
            [
                message.n_application_day, message.n_application_number, message.n_kind,
                message.n_old_day, message.n_old_second, message.n_new_day,
                message.n_new_second, message.n_first_change, message.n_change_count,
            ], as: count, "office")
        let changes = try list(message.n_changes, message.changes) { (inner) throws(Refusal) in
            try calendarChangesReplyChange(inner)
        }
        let offices = try each(message.n_offices, message.offices) { (item) throws(Refusal) in
            try office(item, "offices")
        }
        var clocks: [MovedClock] = []
        clocks.reserveCapacity(count)
        for index in 0..<count {
            let place = Int(message.office[index])
            guard offices.indices.contains(place) else { throw unknownValue("office") }
            let first = Int(message.first_change[index])
            let end = first + Int(message.change_count[index])
            guard end <= changes.count else { throw unknownValue("first_change") }
            clocks.append(
                MovedClock(
                    id: try id(
                        offices[place], message.application_day[index],
                        message.application_number[index]),
                    kind: try choice(message.kind[index].rawValue, "kind"),
                    from: CivilDateTime(
                        try date(message.old_day[index], "old_day"),
                        try time(message.old_second[index], "old_second")),
                    to: CivilDateTime(
                        try date(message.new_day[index], "new_day"),
                        try time(message.new_second[index], "new_second")),
                    changes: first..<end))
        }
        return DecreeEffects(
            isDone: message.done != 0, calendar: try text(message.calendar, "calendar"),
            version: try text(message.version, "version"), moving: Int(message.moving),
            running: Int(message.running), unanswered: Int(message.unanswered),
            movingBookings: Int(message.moving_bookings), changes: changes, clocks: clocks,
            bookings: try queueReceiptOfficeEffects(given(message.bookings, "bookings")),
            awaitingYear: Int(message.awaiting_year),
            knownLater: try each(message.n_known_later, message.known_later) {
                (day) throws(Refusal) in try date(day, "known_later")
            },
            later: try list(message.n_later, message.later) { (inner) throws(Refusal) in
                try decreeReplyLater(inner)
            },
            laterClocks: try list(message.n_later_clocks, message.later_clocks) {
                (inner) throws(Refusal) in try decreeReplyLaterClock(inner)
            }, movingLater: Int(message.moving_later))
    }
}
