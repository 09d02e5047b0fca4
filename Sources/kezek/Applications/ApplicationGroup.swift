// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
import CivilTime
import KezekEngine
import KezekJSON
import KezekWire
import Texts

struct ApplicationGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "application",
        abstract: "What was handed in: papers, clocks, receipts, working lists.",
        discussion: """
            From the papers on the counter to the result in the applicant's hands. An
            application is named by its office, the day and its number in that day's
            register, as astana-1/2026-03-19/7.

            Examples:
              kezek application check std-7 --group preschool-teacher --document diploma
              kezek application accept astana-1 --channel corporation --iin - \\
                        --group preschool-teacher --complete --consent < iin
              kezek application receipt astana-1/2026-03-19/7 --language kk
              kezek application list astana-1
            """,
        subcommands: [
            CheckPapers.self, AcceptPapers.self, DeclinePapers.self, ShowApplication.self,
            ReceiptCommand.self, SuspendApplication.self, ResumeApplication.self,
            ReadyCommand.self, RefuseCommand.self, HandOverCommand.self, ReturnCommand.self,
            AskAgainCommand.self, RedeliverCommand.self, WithdrawCommand.self,
            WorkingListCommand.self, StatusCommand.self, PunctualityCommand.self,
        ])
}

/// Which application a command is about.
struct ApplicationArgument: ParsableArguments {
    @Argument(help: "The application, as astana-1/2026-03-19/7.")
    var application: ApplicationID
}

extension SendOptions {
    /// Sends one command on applications, and shows what came of it.
    func send(
        _ command: (QueueDesk) async throws -> ApplicationCommand,
        _ text: (ApplicationView, QueueDesk) async throws -> String = { view, desk in
            ApplicationText(view: view, language: desk.language).line
        }
    ) async throws {
        try await options.run { desk in
            let id = request.id
            let view = try await desk.send(try await command(desk), id)
            if options.json {
                try JSONText.print(.applications(.application(view)), with: [id.member])
            } else {
                try Terminal.write(try await text(view, desk) + "\n")
            }
        }
    }

    /// Sends an action on one application.
    func send(_ action: ApplicationAction, on application: ApplicationArgument) async throws {
        try await send({ _ in .act(application.application, action) })
    }
}

struct CheckPapers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Which documents are asked for, and what is missing?",
        discussion: """
            Nothing is recorded, and no server is needed. The status is 2 if the papers are
            incomplete (R9.3).

            Examples:
              kezek application check std-7 --group methodologist
              kezek application check std-7 --group preschool-teacher --category-held \\
                        --complete --without diploma --document test-statement@2026-01-31
            """)

    @Argument(help: "The service standard.")
    var standard: String

    @OptionGroup var papers: PaperOptions

    @Option(
        help: ArgumentHelp("The day of handing in; by default today.", valueName: "date"))
    var on: CivilDate?

    @OptionGroup var options: SourceOptions

    func run() async throws {
        try await options.run {
            let desk = try options.source()
            let answer: IntakeAnswer
            do { answer = try await check(asking: desk) } catch {
                await desk.close()
                throw error
            }
            await desk.close()
            if options.json {
                try JSONText.print(.applications(.intakeCheck(answer)))
            } else {
                try Terminal.write(Self.text(answer, options.chosenLanguage))
            }
            if !answer.isComplete { throw CommandStatus.inPart.exitCode }
        }
    }

    private func check(asking source: AnswerSource) async throws -> IntakeAnswer {
        let language = options.chosenLanguage
        let documents = try await papers.presented(standard) {
            try await source.intake($0, in: language)
        }
        return try await source.intake(
            IntakeCheckQuestion(
                standard: standard, profile: papers.profile, documents: documents, on: on),
            in: language)
    }

    private static func text(_ answer: IntakeAnswer, _ language: Language) -> String {
        var lines = answer.lines.map { line in
            let problems = line.problems.map { $0.word[language] }.joined(separator: ", ")
            let mark =
                line.problems.isEmpty
                ? Terminal.styled(line.isAskedFor ? "✓" : "·", .green)
                : Terminal.styled("✗", .red)
            let form = line.needsCopy ? "+" : " "
            let back = line.isGivenBack ? "↩" : " "
            let head = "\(mark) \(line.document.padded(24)) \(form)\(back) \(line.rule.padded(6))"
            return "\(head) \(line.title)" + (problems.isEmpty ? "" : "  — \(problems)")
        }
        let legend = LocalizedText(
            kk: "+ көшірмесімен   ↩ түпнұсқасы қайтарылады   · талап етілмейді",
            ru: "+ с копией   ↩ подлинник возвращается   · не требуется",
            en: "+ with a copy   ↩ the original is given back   · not asked for")
        lines += ["", Terminal.styled(legend[language], .dim)]
        if !answer.ground.isEmpty { lines += ["", answer.ground] }
        return lines.joined(separator: "\n") + "\n"
    }
}

struct AcceptPapers: AsyncParsableCommand, PaperSender {
    static let configuration = CommandConfiguration(
        commandName: "accept",
        abstract: "Accept papers: the term runs. Prints the receipt.",
        discussion: """
            Examples:
              kezek application accept astana-1 --channel corporation --iin - \\
                        --group preschool-teacher --complete --consent < iin
              kezek application accept astana-1 --channel corporation-elsewhere \\
                        --reference case-4711 --group methodologist --category-held \\
                        --complete --document identity:original@2031-05-02 --consent \\
                        --ticket A-017 --language ru
            """)

    @OptionGroup var office: OfficeArgument
    @OptionGroup var terms: HandInOptions
    @OptionGroup var applicant: ApplicantOptions
    @OptionGroup var papers: PaperOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send({ .accept(try await handIn($0)) }) { view, desk in
            try await ReceiptCommand.paper(view.id, .text, "", desk)
        }
    }
}

struct DeclinePapers: AsyncParsableCommand, PaperSender {
    static let configuration = CommandConfiguration(
        commandName: "decline",
        abstract: "Decline incomplete or expired papers (R9.3). Prints the refusal receipt.",
        discussion: """
            Example:
              kezek application decline astana-1 --channel corporation \\
                        --reference case-4711 --group preschool-teacher \\
                        --complete --without diploma
            """)

    @OptionGroup var office: OfficeArgument
    @OptionGroup var terms: HandInOptions
    @OptionGroup var applicant: ApplicantOptions
    @OptionGroup var papers: PaperOptions
    @OptionGroup var request: RequestOptions
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await sending.send({ .decline(try await handIn($0)) }) { view, desk in
            try await ReceiptCommand.paper(view.id, .text, "", desk)
        }
    }
}

struct ShowApplication: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "How does an application stand?",
        discussion: """
            Example:
              kezek application show astana-1/2026-03-19/7
            """)

    @OptionGroup var application: ApplicationArgument
    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let view = try await desk.ask(.application(application.application))
            if options.json { return try JSONText.print(.applications(.application(view))) }
            try Terminal.write(ApplicationText(view: view, language: desk.language).text + "\n")
        }
    }
}

struct ReceiptCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receipt",
        abstract: "Print the receipt of acceptance, or of refusal.",
        discussion: """
            As text, or as a page that a browser prints or turns into a PDF. The name is
            printed and kept nowhere.

            Examples:
              kezek application receipt astana-1/2026-03-19/7 --language kk
              kezek application receipt astana-1/2026-03-19/7 --html \\
                        --name 'Айгүл Серікқызы' > receipt.html
            """)

    @OptionGroup var application: ApplicationArgument

    @Flag(help: "As an HTML page.")
    var html = false

    @Option(help: ArgumentHelp("The applicant's name to be printed.", valueName: "text"))
    var name = ""

    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            let paper = try await Self.paper(
                application.application, html ? .html : .text, name, desk)
            if options.json { return try JSONText.print(.applications(.paper(paper))) }
            try Terminal.write(paper)
        }
    }

    static func paper(
        _ id: ApplicationID, _ form: PaperQuestion.Form, _ name: String, _ desk: QueueDesk
    ) async throws -> String {
        let question = PaperQuestion(id: id, form: form, name: name)
        let content = try await desk.ask(.paper(question))
        return content
    }
}
