// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import KezekTables
import KezekWire
import Queue
import Texts

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "How did days go at an office: waits, services, windows, breaches?",
        discussion: """
            Today, unless dates are given. --csv has a line for each figure: its table, the
            row in it, the figure's name and its value. The server's own counters are told
            by 'kezek metrics'.

            Examples:
              kezek stats astana-1
              kezek stats astana-1 --from 2026-03-01 --to 2026-03-31 --csv > march.csv
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: "The first date; by default the last.")
    var from: CivilDate?

    @Option(help: "The last date; by default today.")
    var to: CivilDate?

    @Flag(help: "Print CSV.")
    var csv = false

    @Flag(help: "With what was planned, booked and served in each hour of each day.")
    var hours = false

    @OptionGroup var options: QueueOptions

    func validate() throws {
        if csv, options.json { throw Wrong.exclusive("--csv", "--json") }
        if let from, let to, !(0..<CallLimit.queueStatsDays).contains(from.days(until: to)) {
            throw Wrong.dates(CallLimit.queueStatsDays)
        }
    }

    func run() async throws {
        try await options.run { desk in
            var last = to
            if last == nil { last = try await desk.today(office.office) }
            guard let last else { return }
            let first = from ?? last
            guard (0..<CallLimit.queueStatsDays).contains(first.days(until: last)) else {
                throw CommandFailure(
                    "--from must be at most \(CallLimit.queueStatsDays) days back, found \(first)")
            }
            let statistics = try await desk.ask(.statistics(office.office, from: first, to: last))
            if options.json { return try JSONText.print(.queue(.statistics(statistics))) }
            let report = StatisticsReport(
                statistics: statistics, language: desk.language, withHours: hours)
            try Terminal.write(csv ? report.csv : report.text)
        }
    }
}

/// The statistics of a queue for a person, or for a spreadsheet.
struct StatisticsReport {
    let statistics: QueueStatistics
    let language: Language
    let withHours: Bool

    var text: String {
        let period =
            statistics.from == statistics.to
            ? "\(statistics.from)"
            : language.pick(
                "\(statistics.from) – \(statistics.to)", "\(statistics.from) – \(statistics.to)",
                "\(statistics.from) to \(statistics.to)")
        let count = language.count(statistics.days, .day)
        let days = language.pick(
            "келушілер болған \(count)", "с посетителями: \(count)", "\(count) with visitors")
        var lines = [
            Terminal.styled("\(statistics.office)  \(period)", .bold) + "   \(days)", "",
        ]
        lines += services + [""] + windows + listed
        if withHours { lines += [""] + hourLines }
        if statistics.foretold > 0 {
            lines += [
                "",
                language.pick(
                    "\(statistics.foretold) ішінен \(statistics.withinP90) айтылғаннан ұзақ күткен "
                        + "жоқ",
                    "\(statistics.withinP90) из \(statistics.foretold) ждали не дольше обещанного",
                    "\(statistics.withinP90) of \(statistics.foretold) waited no longer than "
                        + "foretold"),
            ]
        }
        if !statistics.callers.isEmpty { lines += [""] + callers }
        if !statistics.breaches.isEmpty { lines.append("") }
        for breach in statistics.breaches {
            let what =
                breach.kind == .wait
                ? language.pick("күтті", "ждал", "waited")
                : language.pick("қызмет алды", "обслуживался", "was served for")
            let permitted = language.pick("рұқсат етілгені", "допустимо", "permitted")
            lines.append(
                Terminal.styled(
                    "\(breach.date)  \(breach.ticket) \(what) \(DaySeconds.span(breach.seconds)), "
                        + "\(permitted) \(DaySeconds.span(breach.limit)) (\(breach.rule))", .red))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var services: [String] {
        var table = QueueTable(
            language.pick(
                "қызмет|талон|жазылған|қабылданған|бас тартылған|кеткен|келмеген|болдырылмаған|"
                    + "күту p50 p90 max|қабылдау p50 p90 max",
                "услуга|талонов|по записи|принято|отказано|ушли|не явились|отменено|"
                    + "ожидание p50 p90 max|приём p50 p90 max",
                "service|tickets|booked|served|refused|left|no-show|cancelled|wait p50 p90 max|"
                    + "serving p50 p90 max"
            ), figures: Set(1...9))
        for service in statistics.services {
            let counts = [
                service.tickets, service.booked, service.served, service.refused, service.left,
                service.noShows, service.cancelled,
            ]
            let spans = [service.wait, service.serving].map {
                [$0.p50, $0.p90, $0.max].map(DaySeconds.span).joined(separator: "  ")
            }
            table.add(
                [service.service.description] + counts.map(String.init) + spans)
        }
        return table.lines
    }

    private var callers: [String] {
        var table = QueueTable(
            language.pick("кім|жазбалар", "кто|записей", "caller|entries"), figures: [1])
        for caller in statistics.callers {
            table.add([
                caller.caller.isEmpty
                    ? language.pick("белгісіз", "неизвестно", "unknown") : caller.caller,
                "\(caller.entries)",
            ])
        }
        return table.lines
    }

    private var windows: [String] {
        var table = QueueTable(
            language.pick(
                "терезе|талон|ашық, мин|бос емес, мин|бос емес, %",
                "окно|талонов|открыто, мин|занято, мин|занято, %",
                "window|tickets|open min|busy min|busy %"
            ), figures: Set(1...4))
        for window in statistics.windows {
            let share = window.openSeconds > 0 ? window.busySeconds * 100 / window.openSeconds : 0
            table.add([
                window.window.description, "\(window.tickets)", "\(window.openSeconds / 60)",
                "\(window.busySeconds / 60)", "\(share)",
            ])
        }
        return table.lines
    }

    /// A line for each figure: `table,row,figure,value`.
    var csv: String {
        var text = CSVForm.plain.line(["table", "row", "figure", "value"])
        func add(_ table: String, _ row: String, _ figures: KeyValuePairs<String, Int>) {
            for (figure, value) in figures {
                text += CSVForm.plain.line([table, row, figure, "\(value)"])
            }
        }
        add(
            "period", "\(statistics.from)/\(statistics.to)",
            [
                "days": statistics.days, "foretold": statistics.foretold,
                "withinP90": statistics.withinP90,
            ])
        for service in statistics.services {
            let (wait, serving) = (service.wait, service.serving)
            add(
                "service", service.service.description,
                [
                    "tickets": service.tickets, "booked": service.booked,
                    "served": service.served, "refused": service.refused, "left": service.left,
                    "noShows": service.noShows, "cancelled": service.cancelled,
                    "waitCount": wait.count, "waitMean": Int(wait.mean), "waitP50": Int(wait.p50),
                    "waitP90": Int(wait.p90), "waitMax": Int(wait.max),
                    "servingCount": serving.count, "servingMean": Int(serving.mean),
                    "servingP50": Int(serving.p50), "servingP90": Int(serving.p90),
                    "servingMax": Int(serving.max),
                ])
        }
        for window in statistics.windows {
            add(
                "window", window.window.description,
                [
                    "tickets": window.tickets, "openSeconds": window.openSeconds,
                    "busySeconds": window.busySeconds,
                ])
        }
        for caller in statistics.callers {
            add("caller", caller.caller, ["entries": caller.entries])
        }
        for reason in statistics.withoutBooking {
            add("withoutBooking", reason.reason.description, ["tickets": reason.tickets])
        }
        for ending in statistics.endings {
            add("ending", "\(ending.outcome)/\(ending.code)", ["tickets": ending.tickets])
        }
        for pause in statistics.pauses {
            add(
                "pause", pause.code.description,
                ["breaks": pause.breaks, "seconds": pause.seconds])
        }
        for seat in statistics.seats {
            add(
                "seat", seat.who.description,
                ["tickets": seat.tickets, "openSeconds": seat.openSeconds])
        }
        for hour in withHours ? statistics.hours : [] {
            add(
                "hour", "\(hour.date)T\(hour.hour < 10 ? "0" : "")\(hour.hour)",
                [
                    "plannedSeconds": hour.plannedSeconds, "bookedSeconds": hour.bookedSeconds,
                    "servedSeconds": hour.servedSeconds,
                ])
        }
        for breach in statistics.breaches {
            add(
                "breach", "\(breach.date)/\(breach.ticket)",
                ["\(breach.kind)Seconds": Int(breach.seconds), "limit": Int(breach.limit)])
        }
        return text
    }
}

extension Breach {
    /// The clause that sets the limit.
    fileprivate var rule: String { kind == .wait ? "R3.5" : "R3.6" }
}
