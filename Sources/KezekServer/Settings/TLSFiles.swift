// SPDX-License-Identifier: Apache-2.0

public import NIOSSL
public import Texts

/// The TLS of a server, from PEM files.
public enum TLSFiles {
    /// A file that is not what it should be.
    public struct Fault: Error, CustomStringConvertible {
        public let words: Phrase

        /// In English.
        public var description: String { words.description }
    }

    /// What is taken of TLS 1.2: forward secrecy and authenticated encryption alone (RFC 9325, 4.2).
    ///
    /// TLS 1.3 has nothing else.
    public static let cipherSuites: [NIOTLSCipher] = [
        .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    ]

    /// HTTP, by the names that ALPN has for it (RFC 7301), the newer one first.
    public static let webProtocols = ["h2", "http/1.1"]

    /// TLS 1.2 or later, with ``cipherSuites``.
    ///
    /// With `clientAuthority` clients are asked for a certificate; one that it has not signed ends the
    /// handshake, and whoever shows none may still send a token. `protocols` are those that ALPN chooses from.
    ///
    /// - Throws: what is wrong with which file.
    public static func context(
        certificate: String, key: String, clientAuthority: String?, protocols: [String] = []
    ) throws(Fault) -> NIOSSLContext {
        let chain = try reading(certificate) { try NIOSSLCertificate.fromPEMFile(certificate) }
        let privateKey = try reading(key) { try NIOSSLPrivateKey(file: key, format: .pem) }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(privateKey))
        configuration.minimumTLSVersion = .tlsv12
        configuration.cipherSuiteValues = cipherSuites
        configuration.applicationProtocols = protocols
        if let clientAuthority {
            let roots = try reading(clientAuthority) {
                try NIOSSLCertificate.fromPEMFile(clientAuthority)
            }
            configuration.trustRoots = .certificates(roots)
            configuration.certificateVerification = .optionalVerification
        }
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw Fault(words: "\(certificate) and \(key) do not go together")
        }
    }

    /// When the certificates end, in seconds since 1970: the server's own, and the clients' authority;
    /// of a file with several the first.
    ///
    /// - Throws: what is wrong with which file.
    public static func ends(
        certificate: String, clientAuthority: String?
    ) throws(Fault) -> [String: Int] {
        var ends: [String: Int] = [:]
        for (name, path) in [("server", certificate), ("client_authority", clientAuthority)] {
            guard let path else { continue }
            let certificates = try reading(path) { try NIOSSLCertificate.fromPEMFile(path) }
            ends[name] = certificates.map { Int($0.notValidAfter) }.min()
        }
        return ends
    }

    private static func reading<T>(
        _ path: String, _ read: () throws -> T
    ) throws(Fault) -> T {
        do { return try read() } catch {
            throw Fault(words: "\(path) cannot be read as PEM")
        }
    }
}
