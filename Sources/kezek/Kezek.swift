// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// The version of the program, as `--version` and `Describe` tell it.
let programVersion = "0.1.0"

@main
struct Kezek: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kezek",
        abstract: "Due dates with proof, and the electronic queue, of Kazakhstan's offices.",
        discussion: """
            Questions about deadlines and the calendar are answered here directly, or by a
            running server with --server. The queue is kept by a server: its commands ask
            127.0.0.1:7447 unless --server or KEZEK_SERVER names another.

            Every command speaks Kazakh, Russian or English with --language kk, ru or en. It may
            stand before the command or behind it, and so may --json, --server, --tls-ca,
            --tls-client and --data where the command has them.

            Statuses: 0 done, 1 refused or faulty, 2 done in part or not yet, 3 the server was
            not reached, 4 not let in, 64 the command line is wrong.

            Examples:
              kezek due --standard std-7 --channel corporation --accepted 2026-03-19T16:05
              kezek calendar show 2026 --month 3
              kezek calendar add 2026-03-19 7 --week five
              kezek serve
              kezek due --server 127.0.0.1:7447 --standard std-7 --channel provider \\
                        --accepted 2026-03-19T12:50
              kezek office import Examples/offices/astana-corporation.yaml
              kezek slots astana-1 --service acceptance --first 5
              kezek board astana-1
              kezek application list astana-1
              kezek --language ru board astana-1

            Completion for your shell: kezek --generate-completion-script bash|zsh|fish
            Everything on one page:    kezek --help-all
            """,
        version: programVersion,
        groupedSubcommands: [
            CommandGroup(
                name: "Deadlines",
                subcommands: [
                    DueCommand.self, LatestStartCommand.self, TimeLeftCommand.self,
                    WorkingTimeCommand.self, OpenCommand.self, StandardsCommand.self,
                ]),
            CommandGroup(name: "Calendar", subcommands: [CalendarCommand.self]),
            CommandGroup(
                name: "Queue",
                subcommands: [
                    QueueOfficeCommand.self, SlotsCommand.self, NearestCommand.self,
                    FindBookingsCommand.self, WaitingGroup.self, HoldSlot.self, BookSlot.self,
                    ConfirmBooking.self, ReleaseBooking.self, CancelBooking.self,
                    RescheduleBooking.self, ShowBooking.self, ArriveCommand.self,
                    TicketCommand.self, WaitCommand.self, WindowCommand.self, NextCommand.self,
                    CallCommand.self, RecallCommand.self, ServeTicket.self, SkipCommand.self,
                    ParkCommand.self, ResumeCommand.self, TransferCommand.self,
                    FinishCommand.self, LeaseCommand.self, ReportCommand.self,
                    BoardCommand.self, DayRecordCommand.self, StatsCommand.self,
                ]),
            CommandGroup(
                name: "Applications",
                subcommands: [ApplicationGroup.self, DecreeGroup.self]),
            CommandGroup(name: "Visits at home", subcommands: [VisitsGroup.self]),
            CommandGroup(
                name: "Server",
                subcommands: [
                    ServeCommand.self, AccessGroup.self, CertGroup.self, KeyGroup.self,
                    ForgetCommand.self, ClockGroup.self, HealthCommand.self, MetricsCommand.self,
                    DescribeCommand.self, RPCCommand.self, JournalCommand.self, AuditCommand.self,
                    DemoCommand.self,
                    BenchCommand.self, SoakCommand.self,
                ]),
        ])

    /// Runs the command, and tells what kept it from its work.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let manner = Manner(arguments)
        do { try await run(arguments, in: manner) } catch {
            var failure = error
            // Help and the like, which go to standard output.
            if exitCode(for: error) == .success {
                let told = fullMessage(for: error)
                do {
                    try Terminal.write(told.isEmpty ? "" : told + "\n")
                    Foundation.exit(EXIT_SUCCESS)
                } catch { failure = error }
            }
            let end = CommandEnd(failure, manner)
            Terminal.writeError(end.text)
            Foundation.exit(end.status)
        }
    }

    /// Runs a command to its end.
    static func run(_ arguments: [String], in manner: Manner) async throws {
        try await Manner.$current.withValue(manner) {
            var command = try parsed(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        }
    }

    /// A negative number is a value, never an option.
    private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
        let line = NegativeNumbers.behindOptions(SharedOptions.behindCommand(arguments))
        do { return try parseAsRoot(line) } catch {
            guard line.contains(where: SharedOptions.isLanguage),
                !CommandTree.takes(SharedOptions.language, in: line),
                let rest = try SharedOptions.withoutLanguage(line)
            else { throw error }
            return try parseAsRoot(rest)
        }
    }

    @Flag(name: .customLong("help-all"), help: "Show the help of every command.")
    var helpAll = false

    func run() async throws {
        guard helpAll else { throw CleanExit.helpRequest(self) }
        try Terminal.line(Self.helpMessage(columns: 100))
        try Self.printHelp(of: Self.self)
    }

    private static func printHelp(of command: any ParsableCommand.Type) throws {
        for subcommand in command.configuration.allSubcommands {
            try Terminal.line(String(repeating: "─", count: 100))
            try Terminal.line(Self.helpMessage(for: subcommand, columns: 100))
            try printHelp(of: subcommand)
        }
    }
}

extension CommandConfiguration {
    fileprivate var allSubcommands: [any ParsableCommand.Type] {
        subcommands + groupedSubcommands.flatMap(\.subcommands)
    }
}
