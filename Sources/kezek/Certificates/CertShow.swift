// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Foundation
import KezekEngine
import KezekFiles
import SwiftASN1
import Texts
import X509

struct CertShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Whose is a certificate, until when, and by which digest is it known?",
        discussion: """
            The digest is the SHA-256 of the certificate, by which the access list knows it.

            Example:
              kezek cert show dev-certs/server.pem
            """)

    @Argument(
        help: ArgumentHelp("The certificate, or a chain of them.", valueName: "pem-file"),
        completion: .file())
    var file: String

    @Flag(help: "Print JSON.")
    var json = false

    private struct Shown: Encodable {
        let subject: String
        let issuer: String
        let names: [String]
        let issuedAt: String
        let expiresAt: String
        let digest: String
    }

    func run() async throws {
        let shown = try Self.certificates(file).map(Self.shown)
        if json { return try JSONText.print(shown) }
        let now = Clock.now()
        for (place, one) in shown.enumerated() {
            let end = try Self.certificates(file)[place].notValidAfter.timestamp
            let days = (end.second - now.second) / 86_400
            let words = Words(language: Manner.current.language)
            let rows = [
                (words.who, one.subject), (words.by, one.issuer),
                (words.hosts, one.names.joined(separator: ", ")), (words.from, one.issuedAt),
                (
                    words.until,
                    "\(one.expiresAt)  (\(end <= now ? words.ended : words.left(Int(days))))"
                ),
                (words.digest, one.digest),
            ]
            try Terminal.write(
                (place > 0 ? "\n" : "")
                    + rows.filter { !$0.1.isEmpty }
                    .map { $0.0.padded(words.width) + $0.1 + "\n" }.joined())
        }
    }

    private struct Words: Wording {
        let language: Language

        var who: String { pick("кімдікі", "чей", "who") }
        var by: String { pick("берген", "выдал", "by") }
        var hosts: String { pick("хосттар", "хосты", "hosts") }
        var from: String { pick("басталуы", "с", "from") }
        var until: String { pick("аяқталуы", "до", "until") }
        var digest: String { pick("дайджест", "дайджест", "digest") }
        var ended: String { pick("мерзімі өткен", "истёк", "ended") }
        var width: Int { language == .en ? 8 : 10 }

        func left(_ days: Int) -> String {
            let count = language.count(days, .day)
            return pick("\(count) қалды", "осталось: \(count)", "\(count) left")
        }
    }

    private static func certificates(_ file: String) throws -> [Certificate] {
        try CommandFailure.requireFile(file)
        let text = try PEMText.read(file)
        do {
            let found = try PEMDocument.parseMultiple(pemString: text)
                .filter { $0.discriminator == Certificate.defaultPEMDiscriminator }
                .map { try Certificate(pemDocument: $0) }
            if !found.isEmpty { return found }
        } catch {}
        throw CommandFailure.noCertificate(file)
    }

    private static func shown(_ certificate: Certificate) throws -> Shown {
        var bytes = DER.Serializer()
        try bytes.serialize(certificate)
        let names = try certificate.extensions.subjectAlternativeNames.map(Array.init) ?? []
        return Shown(
            subject: "\(certificate.subject)", issuer: "\(certificate.issuer)",
            names: names.map(HostName.text),
            issuedAt: certificate.notValidBefore.timestamp.description,
            expiresAt: certificate.notValidAfter.timestamp.description,
            digest: AccessToken.digest(bytes.serializedBytes)
                .map { String(format: "%02x", $0) }.joined())
    }
}
