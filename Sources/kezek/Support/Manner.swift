// SPDX-License-Identifier: Apache-2.0

import Foundation
import Texts

/// In which language and shape a command speaks, and how it reaches its server: known from its arguments and
/// the environment before they are read, as they may be wrong.
struct Manner: Sendable {
    /// That of the command that runs.
    @TaskLocal static var current = Manner([])

    let language: Language
    let isJSON: Bool
    /// Those before `--`.
    let arguments: [String]

    /// Of these arguments; `language` stands for that of the environment where they name none.
    init(_ arguments: [String], language: Language? = nil) {
        self.arguments = Array(
            SharedOptions.behindCommand(arguments).prefix { $0 != "--" })
        let named = Self.value("--language", in: self.arguments)
        self.language = .chosen(named.flatMap { Language(rawValue: $0) } ?? language)
        isJSON = self.arguments.contains("--json")
    }

    /// The value that was given to an option; nil if it was not given.
    func value(_ option: String) -> String? { Self.value(option, in: arguments) }

    private static func value(_ option: String, in arguments: [String]) -> String? {
        var found: String?
        for (place, argument) in arguments.enumerated() {
            if argument == option { found = arguments.dropFirst(place + 1).first }
            if argument.hasPrefix(option + "=") {
                found = String(argument.dropFirst(option.count + 1))
            }
        }
        return found
    }

    /// A field of a call, such as `papers.group`, as the command line has it: `--group`, if that was given.
    func name(of field: String) -> String {
        let word = String(field.split(separator: ".").last ?? "").replacing("_", with: "-")
        return value("--" + word) == nil ? word : "--" + word
    }

    /// A command for the person to type next: it reaches the same server as this one.
    func hint(_ command: String) -> String {
        let reaching = ["--server", "--tls-ca", "--tls-client"].flatMap { option in
            value(option).map { [option, Self.quoted($0)] } ?? []
        }
        return ([command] + reaching).joined(separator: " ")
    }

    /// A word as a shell takes it for one.
    static func quoted(_ word: String) -> String {
        let plain = word.utf8.allSatisfy {
            (48...57).contains($0) || (65...90).contains($0) || (97...122).contains($0)
                || "-_./:,=@%+[]".utf8.contains($0)
        }
        return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}

/// A text in the language of the command that runs.
func said(kk: String, ru: String, en: String) -> String {
    LocalizedText(kk: kk, ru: ru, en: en)[Manner.current.language]
}
