// SPDX-License-Identifier: Apache-2.0

import Texts

/// Options that commands share, which may stand before the command as well as behind it.
///
/// ```sh
/// kezek --language ru visits --json plan --area astana-1
/// kezek visits plan --language ru --json --area astana-1    # the same
/// ```
enum SharedOptions {
    /// Those with a value.
    private static let valued: Set<String> = [
        language, "--server", "--tls-ca", "--tls-client", "--data",
    ]
    private static let flags: Set<String> = ["--json"]
    static let language = "--language"

    /// Whether an argument is one of them, with its value or without.
    static func contain(_ argument: String) -> Bool {
        let name = String(argument.prefix { $0 != "=" })
        return valued.contains(name) || flags.contains(name)
    }

    /// Whether an argument gives a language.
    static func isLanguage(_ argument: String) -> Bool {
        argument == language || argument.hasPrefix(language + "=")
    }

    /// The line with those that stand before a command's last word right behind it; what is given once more
    /// behind the command comes later, and so it counts.
    static func behindCommand(_ arguments: [String]) -> [String] {
        var (command, moved) = ([String](), [String]())
        var rest = arguments[...]
        while let next = rest.first {
            if contain(next) {
                let isApart = valued.contains(next)
                moved += rest.prefix(isApart ? 2 : 1)
                rest = rest.dropFirst(isApart ? 2 : 1)
            } else if CommandTree.command(of: command + [next]) != nil {
                command.append(next)
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        return command.isEmpty ? rest + moved : command + moved + rest
    }

    /// The line without `--language`, for a command that has no such option and speaks it all the same.
    ///
    /// - Returns: nil if it is not given, or has no value.
    /// - Throws: that its value is no language.
    static func withoutLanguage(_ arguments: [String]) throws -> [String]? {
        let given = arguments.prefix { $0 != "--" }
        var (rest, value) = ([String](), String?.none)
        var place = given.startIndex
        while place < given.endIndex {
            let argument = given[place]
            if argument == language {
                guard place + 1 < given.endIndex else { return nil }
                value = given[place + 1]
                place += 1
            } else if argument.hasPrefix(language + "=") {
                value = String(argument.dropFirst(language.count + 1))
            } else {
                rest.append(argument)
            }
            place += 1
        }
        guard let value else { return nil }
        guard Language(rawValue: value) != nil else {
            throw Wrong.choice(language, value, Language.allCases.map(\.rawValue))
        }
        return rest + arguments[given.endIndex...]
    }
}
