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
        var command: any ParsableCommand.Type = Kezek.self
        var rest = arguments[...]
        while !subcommands(of: command).isEmpty {
            // What an option before the command has for a value cannot be told from a command.
            guard let name = rest.first, !name.hasPrefix("-") else { break }
            guard name != "help" else { return nil }
            guard let found = subcommands(of: command).first(where: { $0.name == name }) else {
                let names = subcommands(of: command).map(\.name)
                return .command(name, nearest: nearest(to: name, of: names))
            }
            (command, rest) = (found.type, rest.dropFirst())
        }
        command = command.configuration.defaultSubcommand ?? command
        let known = options(of: command)
        for argument in rest where argument.hasPrefix("--") {
            let name = String(argument.prefix { $0 != "=" })
            guard !known.contains(name) else { continue }
            return .option(name, nearest: nearest(to: name, of: known.sorted()))
        }
        return nil
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
        var options: Set<String> = ["--help", "--version", "--generate-completion-script"]
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
