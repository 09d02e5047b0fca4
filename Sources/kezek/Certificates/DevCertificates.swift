// SPDX-License-Identifier: Apache-2.0

import Crypto
import Foundation
import SwiftASN1
import Texts
import X509

/// A folder with an authority for trying TLS, and the certificates that it has signed.
///
/// What is there is kept: a second run makes only what is missing.
struct DevCertificates {
    /// A file that was made.
    struct Made {
        let name: String
        let until: Date
    }

    private struct Authority {
        let certificate: Certificate
        let key: Certificate.PrivateKey
    }

    /// What a certificate is for.
    private enum Purpose {
        case authority
        case server([GeneralName])
        case client
    }

    /// Days for which an authority is valid.
    static let authorityDays = 1_825
    /// Days for which what it signs is; browsers take no longer ones, and renewing ought to be tried.
    static let leafDays = 397
    /// Clocks that are behind by no more than this take a new certificate at once, in seconds.
    private static let clockSlack: TimeInterval = 3_600
    /// The longest file that is read.
    static let sizeLimit = 1 << 20

    let folder: URL
    let now: Date

    /// Makes what is missing of the authority, the server's certificate and those of clients.
    ///
    /// - Throws: what is there and does not go together, with what to do about it.
    func make(hosts: [HostName], clients: [String]) throws -> [Made] {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
            !isFolder.boolValue
        {
            throw CommandFailure("\(folder.path) is a file; name a folder")
        }
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                "the folder \(folder.path) cannot be made; see who owns the one above it, and whether "
                    + "there is room")
        }
        var made: [Made] = []
        let authority = try authority(&made)
        try leaf("server", .server(hosts.map(\.generalName)), of: authority, &made)
        for client in clients { try leaf(client, .client, of: authority, &made) }
        return made
    }

    private func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    private func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: path(name))
    }

    // MARK: Certificates

    private func authority(_ made: inout [Made]) throws -> Authority {
        let key = try key("ca")
        if exists("ca.pem") {
            let certificate = try certificate("ca")
            try check(certificate, "ca", key)
            return Authority(certificate: certificate, key: key)
        }
        let certificate = try issue("Kezek development authority", .authority, key, by: nil)
        try keep(certificate, "ca", &made)
        return Authority(certificate: certificate, key: key)
    }

    private func leaf(
        _ name: String, _ purpose: Purpose, of authority: Authority, _ made: inout [Made]
    ) throws {
        let key = try key(name)
        if exists("\(name).pem") {
            let certificate = try certificate(name)
            try check(certificate, name, key)
            guard
                authority.certificate.publicKey.isValidSignature(
                    certificate.signature, for: certificate)
            else { throw again(name, "was not signed by \(path("ca.pem"))") }
            if case .server(let names) = purpose {
                let held = try certificate.extensions.subjectAlternativeNames.map(Array.init) ?? []
                guard names.allSatisfy(held.contains) else {
                    throw again(name, "is for \(held.map(HostName.text).joined(separator: ", "))")
                }
            }
            return
        }
        try keep(try issue(name, purpose, key, by: authority), name, &made)
    }

    private func check(
        _ certificate: Certificate, _ name: String, _ key: Certificate.PrivateKey
    ) throws {
        guard certificate.publicKey == key.publicKey else {
            throw CommandFailure(
                "\(path("\(name).pem")) and \(path("\(name).key")) do not go together")
        }
        guard now < certificate.notValidAfter else {
            throw again(name, "ended at \(certificate.notValidAfter.timestamp)")
        }
    }

    private func again(_ name: String, _ what: Phrase) -> CommandFailure {
        CommandFailure(
            "\(path("\(name).pem")) \(what), and nothing is overwritten; to have another one made, "
                + "move it and \(name).key away")
    }

    private func issue(
        _ name: String, _ purpose: Purpose, _ key: Certificate.PrivateKey, by authority: Authority?
    ) throws -> Certificate {
        let subject = try DistinguishedName {
            OrganizationName("Kezek, for development only")
            CommonName(name)
        }
        let days = authority == nil ? Self.authorityDays : Self.leafDays
        var until = now.addingTimeInterval(Double(days) * 86_400)
        if let end = authority?.certificate.notValidAfter { until = min(until, end) }
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: key.publicKey,
            notValidBefore: now.addingTimeInterval(-Self.clockSlack), notValidAfter: until,
            issuer: authority?.certificate.subject ?? subject, subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Self.extensions(purpose, key, authority),
            issuerPrivateKey: authority?.key ?? key)
    }

    private static func extensions(
        _ purpose: Purpose, _ key: Certificate.PrivateKey, _ authority: Authority?
    ) throws -> Certificate.Extensions {
        let own = SubjectKeyIdentifier(hash: key.publicKey)
        let issuer = try authority?.certificate.extensions.subjectKeyIdentifier ?? own
        return try Certificate.Extensions {
            own
            AuthorityKeyIdentifier(keyIdentifier: issuer.keyIdentifier)
            switch purpose {
            case .authority:
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            case .server(let names):
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(names)
            case .client:
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.clientAuth])
            }
        }
    }

    // MARK: Files

    /// The key of this name; a new one if neither it nor its certificate is there.
    private func key(_ name: String) throws -> Certificate.PrivateKey {
        let file = "\(name).key"
        if exists(file) {
            do { return try Certificate.PrivateKey(pemEncoded: try text(file)) } catch {
                throw CommandFailure("\(path(file)) cannot be read as a key in PEM")
            }
        }
        guard !exists("\(name).pem") else {
            throw CommandFailure(
                "\(path("\(name).pem")) is there without its key \(file); put the key back, or move "
                    + "the certificate away")
        }
        let key = P256.Signing.PrivateKey()
        try NewFile.make(path(file), (key.pemRepresentation + "\n").utf8, for: .owner)
        return Certificate.PrivateKey(key)
    }

    private func certificate(_ name: String) throws -> Certificate {
        do { return try Certificate(pemEncoded: try text("\(name).pem")) } catch {
            throw CommandFailure(
                "\(path("\(name).pem")) cannot be read as a certificate in PEM")
        }
    }

    private func text(_ name: String) throws -> String { try PEMText.read(path(name)) }

    private func keep(_ certificate: Certificate, _ name: String, _ made: inout [Made]) throws {
        let pem = try certificate.serializeAsPEM().pemString + "\n"
        try NewFile.make(path("\(name).pem"), pem.utf8, for: .everybody)
        made.append(Made(name: name, until: certificate.notValidAfter))
    }
}
