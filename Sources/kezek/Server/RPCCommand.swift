// SPDX-License-Identifier: Apache-2.0

import Access
import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekFiles
import KezekJSON
import KezekWire
import Texts

struct RPCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rpc",
        abstract: "Make any call of the protocol, with JSON.",
        discussion: """
            Calls are those of Docs/Protocol.md, by their names there; 'kezek rpc --list' lists them and
            'kezek rpc hold --shape' tells what one is asked with. Dates are 2026-03-19, moments local time,
            and names such as astana-1/2026-03-19/17 one text. Of a call that watches each change is a line.

            What is about a person (an IIN, a name, a secret) is read from a file or from standard input
            alone: the words of a command are seen by other users of the machine.

            Examples:
              kezek rpc due_date '{"standard": "std-7", "channel": "corporation",
                                   "start": "2026-03-19T16:05"}'
              kezek rpc hold @hold.json
              kezek rpc board '{"office": "astana-1", "watch": true}'
            """)

    @Argument(help: "The call, such as due_date; --list lists them.")
    var name: String?

    @Argument(
        help: ArgumentHelp(
            "What it is asked with: JSON, @FILE, or - for standard input; nothing for an empty object.",
            valueName: "json"))
    var asked: String?

    @Option(
        help: ArgumentHelp(
            "For whom you speak, on calls about one booking, ticket or home visit: @FILE, or - for "
                + "standard input, with one of 'secret', 'code', 'iin', 'reference'.",
            valueName: "@file"))
    var proof: String?

    @OptionGroup var request: RequestOptions

    @Option(
        help: ArgumentHelp("Timestamps are told on the clocks of this zone, such as Asia/Almaty."))
    var zone: String?

    @Flag(help: "List the calls, with what each is asked with and who may make it.")
    var list = false

    @Flag(help: "Tell the keys of what the call is asked with.")
    var shape = false

    @OptionGroup var data: DataOption
    @OptionGroup var options: ServerOptions

    func run() async throws {
        if list { return try showList() }
        guard let name else {
            throw Wrong.say(
                kk: "шақырудың аты жоқ; тізімі: kezek rpc --list",
                ru: "не назван вызов; список: kezek rpc --list",
                en: "no call is named; for a list: kezek rpc --list")
        }
        let call = try Self.call(name)
        let message = CallJSON.request(call)
        if shape { return try showShape(message, indent: "", within: []) }
        let value = try Self.value(asked ?? "{}", message)
        let proof = try proof.map { try Self.value($0, MessageShape("BookingProof")!) }
        let language = Language.chosen(options.language)
        let id = request.id
        let prepared: WireRequest
        do {
            prepared = try CallJSON.call(
                call, value, proof: proof, request: id, in: language)
        } catch let fault as MessageFault {
            let place = fault.path.isEmpty ? "" : "\(fault.path): "
            throw CommandFailure(
                kk: place + fault.problem.kk, ru: place + fault.problem.ru,
                en: place + fault.problem.en)
        }
        let clock = try clock()
        try await options.ask { client in
            if prepared.call.isWatch {
                for try await reply in client.replies(to: prepared.call, in: language) {
                    try show(reply, clock, indented: false)
                }
            } else {
                let reply = try await client.reply(
                    to: prepared.call, showing: prepared.proof, in: language)
                try show(reply, clock, indented: !options.json)
            }
        }
    }

    /// The call of this name, as the protocol has it or in camel case.
    private static func call(_ name: String) throws -> CallName {
        if let call = CallName.allCases.first(where: { $0.name == name || "\($0)" == name }) {
            return call
        }
        throw CommandFailure(
            kk: "«\(name)» деген шақыру жоқ; тізімі: kezek rpc --list",
            ru: "вызова «\(name)» нет; список: kezek rpc --list",
            en: "there is no call '\(name)'; for a list: kezek rpc --list")
    }

    /// The JSON that a word of the command line says or names.
    private static func value(_ word: String, _ message: MessageShape) throws -> JSONValue {
        let isWord = word != "-" && !word.hasPrefix("@")
        let text: String
        if word == "-" {
            text = String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        } else if isWord {
            text = word
        } else {
            let path = String(word.dropFirst())
            guard let content = FileManager.default.contents(atPath: path) else {
                throw CommandFailure.cannotRead(path)
            }
            text = String(decoding: content, as: UTF8.self)
        }
        guard let value = JSONValue(text) else {
            throw CommandFailure(
                kk: "бұл JSON емес: \(text.prefix(60))", ru: "это не JSON: \(text.prefix(60))",
                en: "this is no JSON: \(text.prefix(60))")
        }
        if let key = Data(text.utf8).withUnsafeBytes({ RepeatedKey(in: $0) }) {
            throw CommandFailure("\(key.path): \("is there twice" as Phrase)")
        }
        if isWord, let place = message.personalPlace(value) {
            throw CommandFailure(
                kk:
                    "«\(place)» адамға қатысты, ал командаларды басқалар көреді: @ФАЙЛ немесе - арқылы беріңіз",
                ru:
                    "«\(place)» касается человека, а команды видны другим: передайте через @ФАЙЛ или -",
                en: "'\(place)' is about a person, and others see commands: give it by @FILE or -")
        }
        return value
    }

    /// How a timestamp is told.
    private func clock() throws -> (Timestamp) -> String {
        guard let zone else { return MessageShape.utc }
        let zones = try data.folder().library().zones
        guard let rules = zones.first(where: { $0.name == zone }) else {
            let names = zones.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                kk: "«\(zone)» деген белдеу жоқ; барлары: \(names)",
                ru: "пояса «\(zone)» нет; есть: \(names)",
                en: "there is no zone '\(zone)'; there are: \(names)")
        }
        return AreaClock(zone: rules, language: Manner.current.language).stamp
    }

    private func show(_ reply: Reply, _ clock: (Timestamp) -> String, indented: Bool) throws {
        let value = try JSONText.value(reply, clock: clock)
        try Terminal.line(value.text(indented: indented))
    }
}

extension RPCCommand {
    private func showList() throws {
        for call in CallName.allCases {
            let message = CallJSON.request(call)
            let roles =
                call.roles == .everybody
                ? said(kk: "бәрі", ru: "все", en: "everybody")
                : Role.allCases.filter(call.roles.contains).map(\.name).joined(separator: " ")
            try Terminal.line("\(call.name.padded(22)) \(message.name.padded(26)) \(roles)")
        }
    }

    private func showShape(_ message: MessageShape, indent: String, within: [String]) throws {
        // Columns that are read as rows are told as these.
        let rows = message.rows.filter(\.isPlain)
        let columns = rows.flatMap(\.columns)
        for rows in rows {
            try Terminal.line("\(indent)\(rows.key.padded(20)) […] {…}")
            for (key, column) in rows.columns {
                let example = message.fields.first { $0.name == column }?.form.example ?? ""
                try Terminal.line("\(indent)  \(key.padded(20)) \(example)")
            }
        }
        for field in message.fields where !columns.contains(where: { $0.field == field.name }) {
            let many = field.isMany ? "[…] " : ""
            try Terminal.line("\(indent)\(field.name.padded(20)) \(many)\(field.form.example)")
            // A message within itself is told once.
            guard case .message(let name) = field.form, !within.contains(name),
                let inner = MessageShape(name)
            else { continue }
            try showShape(inner, indent: indent + "  ", within: within + [name])
        }
    }
}
