// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekServer
import NIOSSL

/// Whom to trust when a server is asked, and who asks.
struct TLSOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The certificate authority to trust; the server is then asked over TLS.",
            valueName: "pem-file"))
    var tlsCA: String?

    @Option(
        help: ArgumentHelp(
            "A client certificate to show in place of a token; its key is FILE with .key for .pem.",
            valueName: "pem-file"))
    var tlsClient: String?

    func validate() throws {
        guard tlsClient == nil || tlsCA != nil else {
            throw ValidationError("--tls-client needs --tls-ca.")
        }
    }

    /// Nil for plain TCP.
    /// - Throws: what is wrong with which file.
    func context() throws -> NIOSSLContext? {
        guard let tlsCA else { return nil }
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        tls.cipherSuiteValues = TLSFiles.cipherSuites
        tls.trustRoots = .file(tlsCA)
        if let tlsClient {
            let key = URL(fileURLWithPath: tlsClient).deletingPathExtension()
                .appendingPathExtension("key").path
            do {
                tls.certificateChain = try NIOSSLCertificate.fromPEMFile(tlsClient)
                    .map { .certificate($0) }
                tls.privateKey = .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            } catch {
                throw CommandFailure(
                    "--tls-client \(tlsClient): it or its key \(key) cannot be read (\(error))")
            }
        }
        do { return try NIOSSLContext(configuration: tls) } catch {
            throw CommandFailure(
                "--tls-ca \(tlsCA): no certificates can be read there (\(error))")
        }
    }
}
