// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import KezekJSON
import KezekWire
import Parties
import Queue
import Texts

struct SlotsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slots",
        abstract: "When is a place free?",
        discussion: """
            One date gives every slot with its free places, several dates a line each. The
            date is today where the office is, unless another is given.

            Examples:
              kezek slots astana-1 --service acceptance
              kezek slots astana-1 --service acceptance --date 2026-03-19 --channel portal
              kezek slots astana-1 --service results --from 2026-03-19 --to 2026-03-27
              kezek slots astana-1 --service acceptance --first 5 --after 2026-03-19T16:00
              kezek slots astana-1 --service acceptance --persons 3 --one-window
            """)

    @OptionGroup var office: OfficeArgument

    @OptionGroup var booked: ServiceOptions

    @Option(help: "The date.")
    var date: CivilDate?

    @Option(help: "The first of several dates.")
    var from: CivilDate?

    @Option(help: "The last of several dates.")
    var to: CivilDate?

    @Option(help: "Who would book.")
    var channel = ChannelName.office

    @Option(help: ArgumentHelp("Tell only the first free slots, so many.", valueName: "count"))
    var first: Int?

    @Option(help: ArgumentHelp("The first free slots from then on.", valueName: "date-time"))
    var after: CivilDateTime?

    @OptionGroup var options: QueueOptions

    func validate() throws {
        if (from == nil) != (to == nil) { throw Wrong.together("--from", "--to") }
        if let from, let to {
            if date != nil { throw Wrong.exclusive("--date", "--from") }
            guard (0..<CallLimit.slotsDates).contains(from.days(until: to)) else {
                throw Wrong.dates(CallLimit.slotsDates)
            }
        }
        if let first {
            if date != nil || from != nil {
                throw Wrong.exclusive("--first", date == nil ? "--from" : "--date")
            }
            try Wrong.unless(first, in: 1...CallLimit.firstFreeCount, "--first")
        } else if after != nil {
            throw Wrong.needs("--after", "--first")
        }
    }

    func run() async throws {
        try await options.run { desk in
            if let first {
                try await tellFirst(first, desk)
            } else {
                try await tellAll(desk)
            }
        }
    }

    /// What the slots are of.
    private var asked: [JSONValue.Member] {
        [
            .init("office", office.office.description), .init("service", booked.named),
            .init("channel", channel.rawValue),
        ]
    }

    private func tellFirst(_ count: Int, _ desk: QueueDesk) async throws {
        var start = after
        if start == nil { start = CivilDateTime(try await desk.today(office.office), .midnight) }
        let found = try await desk.ask(
            .firstFree(
                FirstFreeQuestion(
                    office: office.office, service: booked.first, channel: channel.channel,
                    from: start ?? CivilDateTime(.earliest, .midnight), count: count,
                    further: booked.further)))
        if options.json {
            return try JSONText.print(.queue(.firstFree(found)), with: asked)
        }
        let lines = found.map { "\($0)  \(desk.language.weekdayName($0.date.weekday))" }
        try Terminal.lines(
            lines.isEmpty
                ? [
                    desk.language.pick(
                        "бос орын жоқ", "свободных мест нет", "no free slot")
                ] : lines)
    }

    private func tellAll(_ desk: QueueDesk) async throws {
        var dates = date.map { ($0, $0) }
        if let from, let to { dates = (from, to) }
        if dates == nil {
            let today = try await desk.today(office.office)
            dates = (today, today)
        }
        guard let (from, to) = dates else { return }
        let days = try await desk.ask(
            .slots(
                SlotsQuestion(
                    office: office.office, service: booked.first, channel: channel.channel,
                    from: from, to: to, further: booked.further)))
        if days.allSatisfy({ $0.free.allSatisfy { $0 == 0 } }) {
            try await requireOpen(from, to, desk)
        }
        if options.json {
            return try JSONText.print(.queue(.slots(days)), with: asked)
        }
        let text = SlotsText(language: desk.language)
        let lines =
            from == to ? days.flatMap { text.hours($0) } : days.map { text.summary($0) }
        try Terminal.lines(lines)
    }
}

extension SlotsCommand {
    /// - Throws: that no slot of these dates can be had, as all of them are past or beyond the horizon.
    private func requireOpen(_ from: CivilDate, _ to: CivilDate, _ desk: QueueDesk) async throws {
        let today = try await desk.today(office.office)
        guard to >= today else {
            throw CommandFailure(
                kk: "\(to) өтіп кеткен; бүгін \(today)", ru: "\(to) уже прошло; сегодня \(today)",
                en: "\(to) is past; today is \(today)")
        }
        let ahead = Int(try await desk.ask(.office(office.office)).rules.horizonDays)
        guard let last = today.adding(days: ahead), from > last else { return }
        let days = (
            kk: Language.kk.count(ahead, .day), ru: Language.ru.count(ahead, .day),
            en: Language.en.count(ahead, .day)
        )
        throw CommandFailure(
            kk: "орындар \(days.kk) бұрын ашылады, соңғысы \(last)",
            ru: "запись открыта на \(days.ru) вперёд, до \(last)",
            en: "slots are open for \(days.en) ahead, to \(last)")
    }
}

/// Slots for a person at a terminal.
private struct SlotsText {
    let language: Language

    private func head(_ day: DaySlots) -> String {
        "\(day.date)  \(language.weekdayName(day.date.weekday))"
    }

    private var closed: String { language.pick("жабық", "закрыто", "closed") }

    private func freePlaces(_ count: Int) -> String {
        let places = language.count(count, .place)
        return language.pick("\(places) бос", "свободно: \(places)", "\(places) free")
    }

    private func total(_ day: DaySlots) -> Int { day.free.reduce(0) { $0 + Int($1) } }

    /// A line for each hour, with the minutes at which slots start and the places left.
    func hours(_ day: DaySlots) -> [String] {
        guard !day.starts.isEmpty else { return ["\(head(day)): \(closed)"] }
        let free = total(day)
        var lines = [
            Terminal.styled(head(day), .bold)
                + "   " + freePlaces(free), "",
        ]
        var hour: Int32 = -1
        for (start, free) in zip(day.starts, day.free) {
            if start / 3600 != hour {
                hour = start / 3600
                lines.append(" " + String(DaySeconds.clock(start).prefix(2)) + " ")
            }
            let cell = "  " + String(DaySeconds.clock(start).dropFirst(2)) + "\(free)".leftPadded(3)
            lines[lines.count - 1] +=
                free > 0
                ? Terminal.styled(cell, .green)
                : Terminal.styled(cell.dropLast() + "–", .dim)
        }
        return lines
    }

    /// A line for a date: its free places, and the first time of them.
    func summary(_ day: DaySlots) -> String {
        let weekday = language.weekdayAbbreviation(day.date.weekday)
        guard !day.starts.isEmpty else {
            return Terminal.styled("\(day.date) \(weekday)  \(closed)", .dim)
        }
        let first = zip(day.starts, day.free).first { $0.1 > 0 }.map { DaySeconds.clock($0.0) }
        let from = first.map {
            ", " + language.pick("\($0) бастап", "с \($0)", "from \($0)")
        }
        return "\(day.date) \(weekday)  \("\(total(day))".leftPadded(4)) "
            + language.pick("бос", "свободно", "free") + (from ?? "")
    }
}
