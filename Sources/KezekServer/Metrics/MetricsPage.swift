// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekEngine
import KezekWire
import Parties

/// All that a server tells about itself to whoever watches it.
struct MetricsPage: Sendable {
    /// Offices that have numbers of their own, the first by name; of the others there is only how many.
    ///
    /// Each costs a forecast and three series for ever.
    static let officeLimit = 200

    let desk: CallDesk
    /// When the server started, in seconds since 1970.
    let started: Double
    /// Bytes of memory that the process may use; nil if nobody knows.
    let memoryLimit: UInt64?
    /// What the program knows besides, such as of the journal's file.
    let others: @Sendable () -> [MetricFamily]

    func families() -> [MetricFamily] {
        let now = desk.now()
        var families = [
            MetricFamily(
                "kezek_build_info", .gauge, "The version of the program; the number is 1.",
                samples: [.init(1, labels: [.init("version", desk.version)])]),
            MetricFamily(
                "kezek_clock_seconds", .gauge,
                "The server's clock, in seconds since 1970: to be compared with another.",
                now.second),
            MetricFamily(
                "kezek_connections_limit", .gauge, "Connections that may be open.",
                desk.limits.connections),
        ]
        families += desk.counted().families
        families += calendars(now) + queue(now) + certificates + [files]
        families += ProcessFigures.families(started: started)
        if let memoryLimit {
            families.append(
                MetricFamily(
                    "kezek_memory_limit_bytes", .gauge, "Memory that the server may use.",
                    memoryLimit))
        }
        return families + others()
    }

    private func calendars(_ now: Timestamp) -> [MetricFamily] {
        let library = desk.engine?.libraryInForce ?? desk.library
        var ends = MetricFamily(
            "kezek_calendar_end_timestamp_seconds", .gauge,
            "When the last day that a calendar covers is over where it is in force, in seconds since 1970."
        )
        var years = MetricFamily(
            "kezek_calendar_last_year", .gauge, "The last year that a calendar covers.")
        for (name, last) in library.calendarCoverage(now: now) {
            ends.add(
                "calendar", name, library.calendarEnd(name, now: now).map { Double($0.second) } ?? 0
            )
            years.add("calendar", name, Double(last?.year ?? 0))
        }
        return [ends, years]
    }

    private func queue(_ now: Timestamp) -> [MetricFamily] {
        guard let engine = desk.engine else { return [] }
        var waiting = MetricFamily(
            "kezek_queue_waiting_tickets", .gauge, "Tickets that wait, by office.")
        var late = MetricFamily(
            "kezek_queue_late_tickets", .gauge,
            "Waiting tickets that are likely to wait longer than permitted (R3.5), by office.")
        var windows = MetricFamily(
            "kezek_queue_open_windows", .gauge, "Windows that are open, by office.")
        for office in engine.figures(atMost: Self.officeLimit, now: now) {
            let name = office.office.description
            waiting.add("office", name, Double(office.waiting))
            late.add("office", name, Double(office.late))
            windows.add("office", name, Double(office.openWindows))
        }
        return [
            MetricFamily(
                "kezek_queue_offices", .gauge, "Offices of the queue.", engine.officeCount),
            MetricFamily(
                "kezek_queue_offices_untold", .gauge,
                "Offices beyond the first \(Self.officeLimit), which have no numbers of their own.",
                max(0, engine.officeCount - Self.officeLimit)),
            MetricFamily(
                "kezek_queue_loaded_dates", .gauge,
                "Dates of offices that are kept in memory.", engine.daysInMemory),
            waiting, late, windows,
            MetricFamily(
                "kezek_journal_writable", .gauge,
                "1 if the last writing went well, 0 if the journal could not be written.",
                engine.trouble == nil ? 1 : 0),
            MetricFamily(
                "kezek_journal_files_lost", .gauge,
                "1 if the journal's files that are open are not those at their paths.",
                engine.hasLostFiles ? 1 : 0),
            MetricFamily(
                "kezek_person_reads_waiting_seconds", .gauge,
                "For how long the oldest record of who read whose name or address has waited for the disk.",
                engine.reads.waitingSeconds(now: now)),
            MetricFamily(
                "kezek_person_reads_lost_total", .counter,
                "Records of who read whose name or address that there was no room for.",
                engine.reads.lost),
            MetricFamily(
                "kezek_journal_commands_in_flight", .gauge, "Commands on their way to the disk.",
                engine.commandsInFlight),
            MetricFamily(
                "kezek_clock_in_doubt", .gauge,
                "1 if the clock was set, or is far from what is recorded, and is not believed.",
                engine.clockDoubt == nil ? 0 : 1),
            MetricFamily(
                "kezek_clock_behind_seconds", .gauge,
                "How far the clock is behind the latest time in the journal.",
                engine.clockBehind(now: now)),
        ]
    }

    private var files: MetricFamily {
        var family = MetricFamily(
            "kezek_file_unreadable", .gauge,
            "1 if a file that a start needs is gone or cannot be read; the server goes on with what it has read."
        )
        for (kind, trouble) in desk.files {
            family.add("file", kind.rawValue, trouble == nil ? 0 : 1)
        }
        return family
    }

    private var certificates: [MetricFamily] {
        guard let identity = desk.identity else { return [] }
        var ends = MetricFamily(
            "kezek_certificate_expiry_timestamp_seconds", .gauge,
            "When a certificate ends, in seconds since 1970; of a file with several the first.")
        for (name, end) in identity.ends.sorted(by: { $0.key < $1.key }) {
            ends.add("certificate", name, Double(end))
        }
        return [ends]
    }
}
