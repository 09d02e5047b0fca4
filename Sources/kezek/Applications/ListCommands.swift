// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
import CallLimits
import CivilTime
import Enquiries
import KezekClient
import KezekJSON
import KezekTables
import KezekWire
import Parties
import Texts

struct WorkingListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "What an office has to do, most urgent first.",
        discussion: """
            Overdue, due today, due soon, to be returned, waiting for collection. With
            --watch it goes on telling what changes; a lost connection is made again, and
            nothing that changed meanwhile is missed.

            Examples:
              kezek application list astana-1
              kezek application list astana-1 --within 5 --csv > list.csv
              kezek application list astana-1 --watch --json
            """)

    @OptionGroup var office: OfficeArgument

    @Option(help: ArgumentHelp("So many working days ahead count as soon.", valueName: "days"))
    var within = 2

    @Flag(help: "What is due later, too.")
    var all = false

    @Flag(help: "Go on telling what changes.")
    var watch = false

    @Flag(help: "As CSV, for a spreadsheet.")
    var csv = false

    @OptionGroup var options: QueueOptions

    func validate() throws {
        try Wrong.unless(within, in: 0...CallLimit.workingListWithin, "--within")
        guard !(watch && csv) else { throw Wrong.exclusive("--csv", "--watch") }
        guard !(csv && options.json) else { throw Wrong.exclusive("--csv", "--json") }
    }

    private func question(_ seen: WorkingListQuestion.Seen? = nil) -> WorkingListQuestion {
        WorkingListQuestion(office: office.office, within: within, all: all, since: seen)
    }

    func run() async throws {
        try await options.run { desk in
            guard !watch else { return try await follow(desk) }
            let list = try await desk.ask(.workingList(question()))
            if options.json { return try JSONText.print(.applications(.workingList(list))) }
            let text = WorkingListText(list: list, language: desk.language)
            try Terminal.write(csv ? text.csv : text.text)
        }
    }

    /// Shows changes until the program is stopped.
    private func follow(_ desk: QueueDesk) async throws {
        var whole: [ApplicationID: WorkingItem] = [:]
        var seen: WorkingListQuestion.Seen?
        var isLost = false
        while true {
            do {
                for try await told in desk.watch(.watchWorkingList(question(seen))) {
                    // What was never on the list does not leave it.
                    let change = told.telling(gone: told.gone.filter { whole[$0] != nil })
                    if change.isWhole { whole = [:] }
                    for item in change.items { whole[item.id] = item }
                    for id in change.gone { whole[id] = nil }
                    seen = .init(run: change.run, revision: change.revision)
                    if isLost {
                        isLost = false
                        Terminal.note("connected again, from revision \(change.revision)")
                    }
                    try show(change, whole.values.sorted(), desk)
                }
            } catch let error as ClientError where error.mayPass(isFirst: seen == nil) {}
            if !isLost {
                isLost = true
                Terminal.note("the connection is lost; it is tried again each second")
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func show(
        _ change: WorkingList, _ items: [WorkingItem], _ desk: QueueDesk
    ) throws {
        if options.json {
            return try JSONText.line(
                try JSONText.value(.applications(.workingList(change))))
        }
        guard Terminal.isScreen else {
            let lines = WorkingListText(list: change, language: desk.language).log
            return try Terminal.write(lines.map { $0 + "\n" }.joined())
        }
        let list = WorkingList(
            office: change.office, date: change.date, run: change.run, revision: change.revision,
            isWhole: true, items: items, gone: [])
        let text = WorkingListText(list: list, language: desk.language).text
        try Terminal.write("\u{1B}[2J\u{1B}[H" + text)
    }
}

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "What may the applicant be told? (R10.3)",
        discussion: """
            By the receipt's number and who asks. It tells where the application stands and
            until when, and nothing of the papers or the decision.

            Example:
              kezek application status astana-1/2026-03-19/7 --iin - --language kk < iin
            """)

    @OptionGroup var application: ApplicationArgument
    @OptionGroup var applicant: ApplicantOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let answer = try await desk.ask(
                .status(application.application, try applicant.applicant()))
            if options.json { return try JSONText.print(.applications(.status(answer))) }
            try Terminal.write(answer.sentence + "\n")
        }
    }
}

struct PunctualityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "punctuality",
        abstract: "How many applications were done in time?",
        discussion: """
            By the days on which they were accepted: per office, channel and period.

            Examples:
              kezek application punctuality --from 2026-01-01 --to 2026-06-30
              kezek application punctuality --office astana-1 --from 2026-03-01 \\
                        --to 2026-03-31 --by day --csv
            """)

    enum PeriodName: String, CaseIterable, ExpressibleByArgument {
        case whole, month, day
    }

    @Option(help: ArgumentHelp("One office; by default all.", valueName: "name"))
    var office: OfficeID?

    @Option(help: ArgumentHelp("The first day.", valueName: "date"))
    var from: CivilDate

    @Option(help: ArgumentHelp("The last day.", valueName: "date"))
    var to: CivilDate

    @Option(help: "What a row is about: the whole time, a month or a day.")
    var by = PeriodName.month

    @Flag(help: "As CSV, for a spreadsheet.")
    var csv = false

    @OptionGroup var options: QueueOptions

    func validate() throws {
        guard (0..<CallLimit.punctualityDays).contains(from.days(until: to)) else {
            throw Wrong.dates(CallLimit.punctualityDays)
        }
        guard !(csv && options.json) else { throw Wrong.exclusive("--csv", "--json") }
    }

    func run() async throws {
        try await options.run { desk in
            let period: Punctuality.Period =
                switch by {
                case .whole: .whole
                case .month: .month
                case .day: .day
                }
            let question = PunctualityQuestion(office: office, from: from, to: to, period: period)
            let answer = try await desk.ask(.punctuality(question))
            if options.json { return try JSONText.print(try Self.json(answer)) }
            try Terminal.write(csv ? Self.csv(answer) : Self.text(answer, desk.language))
        }
    }

    /// With the share that was done in time, where anything is done or overdue.
    private static func json(_ answer: Punctuality) throws -> JSONValue {
        var rows = answer.rows[...]
        return try JSONText.value(.applications(.punctuality(answer))).changing("rows") {
            $0.each { row in
                let share = rows.popFirst()?.perMille
                return share.map { row.adding([.init("perMille", $0)]) } ?? row
            }
        }
    }

    private static func cells(_ row: Punctuality.Row) -> [String] {
        [row.office.description, row.from.description, row.channel]
            + [row.accepted, row.inTime, row.late, row.overdue, row.running, row.withdrawn]
            .map(String.init)
    }

    private static func text(_ answer: Punctuality, _ language: Language) -> String {
        let head = language.pick(
            "кеңсе|басталуы|арна|қабылданды|мерзімінде|кеш|мерзімі өткен|жүріп жатыр|кері алынды|үлес",
            "отделение|с|канал|принято|в срок|с опозданием|просрочено|идёт|отозвано|доля",
            "office|from|channel|accepted|in time|late|overdue|running|withdrawn|share")
        var table = QueueTable(head, figures: Set(3...9))
        for row in answer.rows {
            let share = row.perMille.map { "\($0 / 10).\($0 % 10) %" } ?? "–"
            table.add(cells(row) + [share])
        }
        return table.lines.joined(separator: "\n") + "\n"
    }

    private static func csv(_ answer: Punctuality) -> String {
        let names = [
            "office", "from", "channel", "accepted", "inTime", "late", "overdue", "running",
            "withdrawn", "perMille",
        ]
        let rows = answer.rows.map { cells($0) + [$0.perMille.map(String.init) ?? ""] }
        return ([names] + rows).map(CSVForm.plain.line).joined()
    }
}
