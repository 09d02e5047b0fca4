// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation

struct CertGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cert",
        abstract: "Certificates: some to try TLS with, and what is in one.",
        discussion: """
            Examples:
              kezek cert dev --folder dev-certs --client kiosk
              kezek cert show dev-certs/server.pem
            """,
        subcommands: [CertDev.self, CertShow.self])
}

struct CertDev: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dev",
        abstract: "Make an authority for development, and certificates that it signs.",
        discussion: """
            Writes ca.pem, server.pem and NAME.pem for each client into the folder, and beside
            each its key, which its owner alone can read. What is there is kept; a second
            run makes what is missing. It is meant for trying things out: whoever has ca.key can
            be any server and any client.

            Examples:
              kezek cert dev
              kezek cert dev --folder dev-certs --host kezek.example --host 10.1.2.3 \\
                        --client kiosk --client office
            """)

    @Option(help: ArgumentHelp("Where the files are, or are made.", valueName: "folder"))
    var folder = "dev-certs"

    @Option(
        name: .customLong("host"),
        help: ArgumentHelp(
            "A name or address of the server; may be repeated. Without any: localhost, 127.0.0.1 "
                + "and ::1.", valueName: "name|address"))
    var hosts: [HostName] = []

    @Option(
        name: .customLong("client"),
        help: ArgumentHelp("A client that gets a certificate; may be repeated.", valueName: "name"))
    var clients: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        for client in clients {
            guard client.wholeMatch(of: /[a-z0-9][a-z0-9-]{0,62}/) != nil,
                client != "ca", client != "server"
            else {
                throw Wrong.say(
                    kk: "--client: кіші латын әріптері, цифрлар мен сызықша күтілді, «ca» мен "
                        + "«server» болмайды; жазылғаны: «\(client)».",
                    ru:
                        "--client: ожидаются строчные латинские буквы, цифры и дефисы, но не «ca» и "
                        + "не «server»; написано «\(client)».",
                    en: "--client must be small letters, digits and hyphens, and not 'ca' or "
                        + "'server'; found '\(client)'.")
            }
        }
        guard Set(clients).count == clients.count else {
            throw Wrong.say(
                kk: "--client бір атаумен екі рет берілмейді.",
                ru: "--client нельзя указать дважды с одним именем.",
                en: "--client must not be given twice with one name.")
        }
    }

    func run() async throws {
        let names = hosts.isEmpty ? Self.ownNames : hosts
        let url = URL(fileURLWithPath: folder)
        let made = try DevCertificates(folder: url, now: Date()).make(
            hosts: names, clients: clients)
        if json {
            return try JSONText.print(
                made.map { file -> JSONObject in
                    [
                        "file": "\(folder)/\(file.name).pem", "key": "\(folder)/\(file.name).key",
                        "expiresAt": file.until.timestamp.description,
                    ]
                })
        }
        for file in made {
            try Terminal.write(
                "\(folder)/\(file.name).pem".padded(28)
                    + said(
                        kk: "  жарамдылығы: \(file.until.timestamp)\n",
                        ru: "  действует до \(file.until.timestamp)\n",
                        en: "  until \(file.until.timestamp)\n"))
        }
        if made.isEmpty {
            try Terminal.line(
                said(
                    kk: "бәрі бұрыннан бар", ru: "всё это уже есть",
                    en: "all of it is there already"))
        }
        try Terminal.write(nextSteps(host: HostName.text(names[0].generalName)))
    }

    private static let ownNames = ["localhost", "127.0.0.1", "::1"].compactMap(HostName.init)

    /// What to type next, with the names that were given.
    private func nextSteps(host: String) -> String {
        let client = clients.first ?? "NAME"
        let made = clients.isEmpty ? "  kezek cert dev --folder \(folder) --client NAME\n" : ""
        let shownHost = host.contains(":") ? "[\(host)]" : host
        return """

            \(said(kk: "әрі қарай", ru: "дальше", en: "next")):
            \(made)\
              kezek access issue --file access.json --role office --office NAME \\
                        --certificate \(folder)/\(client).pem
              kezek serve --listen 0.0.0.0:7447 --store kezek.sqlite --create --access access.json \\
                        --tls-certificate \(folder)/server.pem --tls-key \(folder)/server.key \\
                        --tls-client-ca \(folder)/ca.pem
              kezek office list --server \(shownHost):7447 --tls-ca \(folder)/ca.pem \\
                        --tls-client \(folder)/\(client).pem

            """
    }
}
