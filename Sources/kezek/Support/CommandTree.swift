// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Texts

/// The commands and their options, as a line of arguments goes through them.
///
/// The parser tells the first thing that it stumbles over, which is not always what was typed wrong: of
/// `kezek jurnal verify --language ru` it misses the option, as only `kezek` itself was found.
struct CommandTree {
    /// What in a line is the name of nothing.
    enum Unknown: Equatable {
        case command(String, nearest: String?)
        case option(String, nearest: String?)

        var text: LocalizedText {
            switch self {
            case .command(let name, let nearest):
                LocalizedText(
                    kk: "мұндай команда жоқ: \(name)" + (nearest.map { "; мүмкін, \($0)?" } ?? ""),
                    ru: "такой команды нет: \(name)"
                        + (nearest.map { "; может быть, \($0)?" } ?? ""),
                    en: "no such command: \(name)" + (nearest.map { "; did you mean \($0)?" } ?? "")
                )
            case .option(let name, let nearest):
                LocalizedText(
                    kk: "\(name) деген опция жоқ" + (nearest.map { "; мүмкін, \($0)?" } ?? ""),
                    ru: "опции \(name) нет" + (nearest.map { "; может быть, \($0)?" } ?? ""),
                    en: "there is no option \(name)"
                        + (nearest.map { "; did you mean \($0)?" } ?? ""))
            }
        }
    }

    /// The first word of the line that is no command where one must stand, or no option of its command; nil if
    /// there is none.
    static func unknown(in arguments: [String]) -> Unknown? {
        let (found, rest) = descended(arguments)
        let below = subcommands(of: found).map(\.name)
        // What an option before the command has for a value cannot be told from a command.
        if !below.isEmpty, let name = rest.first, !name.hasPrefix("-") {
            return name == "help" ? nil : .command(name, nearest: nearest(to: name, of: below))
        }
        let command = found.configuration.defaultSubcommand ?? found
        let known = options(of: command).union(everywhere)
        for argument in rest where argument.hasPrefix("--") {
            let name = String(argument.prefix { $0 != "=" })
            // They wait for their command.
            guard !known.contains(name), below.isEmpty || !SharedOptions.contain(name) else {
                continue
            }
            return .option(name, nearest: nearest(to: name, of: known.sorted()))
        }
        return nil
    }

    /// The options that every command takes; what it tells in a language it does whether it lists that or not.
    private static let everywhere: Set<String> = [
        "--help", "--version", "--generate-completion-script", SharedOptions.language,
    ]

    /// Whether the command of a line lists an option.
    static func takes(_ option: String, in arguments: [String]) -> Bool {
        let command = descended(arguments).command
        return options(of: command.configuration.defaultSubcommand ?? command).contains(option)
    }

    /// The command with these words; nil if there is none.
    static func command(of words: [String]) -> (any ParsableCommand.Type)? {
        let (command, rest) = descended(words)
        return rest.isEmpty ? command : nil
    }

    /// As many of the first words as are a command, and what stands behind them.
    private static func descended(
        _ arguments: [String]
    ) -> (command: any ParsableCommand.Type, rest: ArraySlice<String>) {
        var command: any ParsableCommand.Type = Kezek.self
        var rest = arguments[...]
        while let name = rest.first,
            let found = subcommands(of: command).first(where: { $0.name == name })
        {
            (command, rest) = (found.type, rest.dropFirst())
        }
        return (command, rest)
    }

    private static func subcommands(
        of command: any ParsableCommand.Type
    ) -> [(name: String, type: any ParsableCommand.Type)] {
        let configuration = command.configuration
        return (configuration.subcommands + configuration.groupedSubcommands.flatMap(\.subcommands))
            .map { ($0.configuration.commandName ?? "", $0) }
    }

    /// The long options of a command, as its help lists them.
    private static func options(of command: any ParsableCommand.Type) -> Set<String> {
        let help = Kezek.helpMessage(for: command, includeHidden: true, columns: 400)
        var options: Set<String> = []
        for line in help.split(separator: "\n") {
            let line = line.drop { $0 == " " }
            guard line.hasPrefix("-") else { continue }
            let label = line.firstRange(of: "  ").map { line[..<$0.lowerBound] } ?? line
            options.formUnion(label.matches(of: /--[a-z0-9][a-zA-Z0-9-]*/).map { String($0.0) })
        }
        return options
    }

    /// The name that differs in the fewest letters, unless that is too many for a slip.
    static func nearest(to name: String, of names: [String]) -> String? {
        let limit = max(1, name.drop { $0 == "-" }.count / 3)
        return names.map { (name: $0, distance: Spelling.distance(name, $0)) }
            .filter { $0.distance <= limit }
            .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }
}
