// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekServer
import Logging

/// A certificate that is read anew when its files change, so that renewing it needs no restart.
struct WatchedTLS {
    let identity: TLSIdentity
    private let watch: FileWatch

    /// - Throws: what is wrong with a file.
    init(
        certificate: String, key: String, clientAuthority: String?, logger: Logger
    ) throws {
        let read = { @Sendable (protocols: [String]) in
            try SecretFile.check(key)
            return try TLSFiles.context(
                certificate: certificate, key: key, clientAuthority: clientAuthority,
                protocols: protocols)
        }
        let ends = { @Sendable in
            try TLSFiles.ends(certificate: certificate, clientAuthority: clientAuthority)
        }
        for file in [certificate, key, clientAuthority].compactMap({ $0 }) {
            try CommandFailure.requireFile(file)
        }
        let stamps = FileStamps([certificate, key, clientAuthority].compactMap { $0 })
        let identity = TLSIdentity(
            try read([]), web: try read(TLSFiles.webProtocols), ends: try ends())
        self.identity = identity
        Self.warn(try ends(), logger)
        watch = FileWatch(since: stamps) {
            identity.replace(
                try read([]), web: try read(TLSFiles.webProtocols), ends: try ends())
            identity.noteFiles(nil)
            Self.warn(try ends(), logger)
            logger.notice("certificate read", metadata: ["file": "\(certificate)"])
        } onTrouble: { cause in
            // The one that is shown goes on being shown; half of a renewal looks like this.
            identity.noteFiles(cause)
            logger.error("the certificate cannot be read", metadata: ["cause": "\(cause)"])
        }
    }

    /// Whoever connects is told so by the program; the log tells it sooner.
    private static func warn(_ ends: [String: Int], _ logger: Logger) {
        let now = Clock.now().second
        for (use, end) in ends.sorted(by: { $0.key < $1.key }) where Int64(end) < now {
            logger.warning(
                "a certificate has ended: nobody who asks over TLS trusts it",
                metadata: [
                    "use": "\(use)",
                    "ended": "\(Timestamp(second: Int64(end))?.description ?? "")",
                ])
        }
    }

    func stop() { watch.stop() }
}
