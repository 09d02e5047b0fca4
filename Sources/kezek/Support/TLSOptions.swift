// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekServer
import NIOSSL

/// Whom to trust when a server is asked, and who asks: `--tls-ca` and `--tls-client`.
///
/// It is no group of options: a debug build looks through groups within groups again and again, which
/// takes a command of four levels a second.
struct TLSOptions {
    static let caHelp = ArgumentHelp(
        "The certificate authority to trust, by default that of KEZEK_TLS_CA; the server is then "
            + "asked over TLS.",
        valueName: "pem-file")
    static let clientHelp = ArgumentHelp(
        "A client certificate to show in place of a token, by default that of KEZEK_TLS_CLIENT; "
            + "its key is FILE with .key for .pem.",
        valueName: "pem-file")

    let tlsCA: String?
    let tlsClient: String?

    /// What was given, or stands in the environment.
    private func chosen(_ given: String?, _ variable: String) -> String? {
        let value = given ?? ProcessInfo.processInfo.environment[variable]
        return value?.isEmpty == false ? value : nil
    }

    private var authority: String? { chosen(tlsCA, "KEZEK_TLS_CA") }
    private var client: String? { chosen(tlsClient, "KEZEK_TLS_CLIENT") }

    /// Whether a client certificate is shown to the server.
    var showsCertificate: Bool { authority != nil && client != nil }

    func validate() throws {
        guard tlsClient == nil || authority != nil else {
            throw Wrong.needs("--tls-client", "--tls-ca")
        }
    }

    /// Nil for plain TCP.
    /// - Throws: what is wrong with which file.
    func context() throws -> NIOSSLContext? {
        guard let authority else { return nil }
        guard FileManager.default.isReadableFile(atPath: authority) else {
            throw CommandFailure.cannotRead(authority)
        }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.cipherSuiteValues = TLSFiles.cipherSuites
        tls.trustRoots = .file(authority)
        do { _ = try NIOSSLContext(configuration: tls) } catch {
            throw CommandFailure.noCertificate(authority)
        }
        if let client {
            let key = URL(fileURLWithPath: client).deletingPathExtension()
                .appendingPathExtension("key").path
            for file in [client, key] where !FileManager.default.isReadableFile(atPath: file) {
                throw CommandFailure.cannotRead(file)
            }
            do {
                tls.certificateChain = try NIOSSLCertificate.fromPEMFile(client)
                    .map { .certificate($0) }
            } catch { throw CommandFailure.noCertificate(client) }
            do {
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            } catch { throw CommandFailure.noKey(key) }
        }
        do { return try NIOSSLContext(configuration: tls) } catch {
            throw CommandFailure.otherKey(client ?? authority)
        }
    }
}

extension CommandFailure {
    static func noCertificate(_ path: String) -> CommandFailure {
        CommandFailure(
            kk: "\(path): ішінде PEM түріндегі сертификат жоқ; дұрыс файлды көрсетіңіз",
            ru: "\(path): в нём нет сертификата в PEM; укажите верный файл",
            en: "\(path) has no certificate in PEM; name the right file")
    }

    static func otherKey(_ path: String) -> CommandFailure {
        CommandFailure(
            kk: "\(path) мен оның .key файлы бір-біріне сай емес; сол сертификаттың кілтін қойыңыз",
            ru: "\(path) и его файл .key не подходят друг к другу; положите ключ этого сертификата",
            en:
                "\(path) and its .key file do not belong together; put the certificate's own key there"
        )
    }

    static func noKey(_ path: String) -> CommandFailure {
        CommandFailure(
            kk: "\(path): ішінде PEM түріндегі кілт жоқ; дұрыс файлды көрсетіңіз",
            ru: "\(path): в нём нет ключа в PEM; укажите верный файл",
            en: "\(path) has no key in PEM; name the right file")
    }
}
