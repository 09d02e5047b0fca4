// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import Texts
import WorkingDays

/// Reads an office's windows, and the dates that differ from their rosters.
struct OfficeWindowSection {
    /// The names under `services` and `windows`, the wrong ones too: each fault is told once.
    let services: [String]
    let windows: [String]

    func window(_ key: String, _ field: Field) throws(FileFault) -> QueueWindow {
        guard let id = WindowID(key) else {
            throw field.fault(
                "expected a window's name of 1 to 8 lower-case letters, digits and hyphens, "
                    + "found '\(key.prefix(60))'")
        }
        var fields = try field.fields()
        let servicesField = try fields.required("services")
        var rendered: [ServiceID] = []
        for item in try servicesField.items() {
            let text = try item.text()
            guard services.contains(text), let service = ServiceID(text) else {
                throw item.fault(
                    "expected a service of this office: \(services.joined(separator: ", "))")
            }
            guard !rendered.contains(service) else {
                throw item.fault("expected each service once, found '\(text)' again")
            }
            rendered.append(service)
        }
        try servicesField.require(rendered.count, in: 0...QueueOffice.serviceLimit, "services")
        var roster: [Weekday: [DayInterval]] = [:]
        for (name, value) in try fields.optional("roster")?.entries() ?? [] {
            guard let weekday = Weekday(name: name) else {
                throw value.fault("expected a weekday, monday to sunday")
            }
            roster[weekday] = try value.intervals()
        }
        let breaks = try fields.optional("breaks")?.intervals() ?? []
        try fields.finish()
        return QueueWindow(id: id, services: rendered, roster: roster, breaks: breaks)
    }

    func exception(_ field: Field) throws(FileFault) -> RosterException {
        var fields = try field.fields()
        let date = try fields.required("date").date()
        let windowField = try fields.required("window")
        guard windows.contains(try windowField.text()),
            let window = WindowID(try windowField.text())
        else {
            throw windowField.fault(
                "expected a window of this office: \(windows.joined(separator: ", "))")
        }
        let hours = try fields.required("hours").intervals()
        try fields.finish()
        return RosterException(date: date, window: window, hours: hours)
    }

    func closure(_ field: Field) throws(FileFault) -> Closure {
        var fields = try field.fields()
        let date = try fields.required("date").date()
        let hours = try fields.optional("hours").map {
            (field) throws(FileFault) in try field.interval()
        }
        let reason = try fields.optional("reason").map {
            (field) throws(FileFault) in try field.officeText(isRequired: false, isRemark: true)
        }
        try fields.finish()
        return Closure(date: date, hours: hours, reason: reason ?? .empty)
    }
}

extension Field {
    /// Times as `09:00-13:00`.
    func interval() throws(FileFault) -> DayInterval {
        guard let interval = DayInterval(try text()) else {
            throw fault("expected times as 09:00-13:00, the first earlier, until 24:00 at most")
        }
        return interval
    }

    /// Times in rising order, with gaps between them; there may be none.
    fileprivate func intervals() throws(FileFault) -> [DayInterval] {
        var intervals: [DayInterval] = []
        for item in try items() {
            let interval = try item.interval()
            if let last = intervals.last, interval.start.second <= last.end.second {
                throw item.fault("expected times in rising order, with gaps between them")
            }
            intervals.append(interval)
        }
        try require(intervals.count, in: 0...OfficeLimits.intervals, "entries")
        return intervals
    }
}
