// SPDX-License-Identifier: Apache-2.0

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
        let read = { @Sendable in
            try SecretFile.check(key)
            return try TLSFiles.context(
                certificate: certificate, key: key, clientAuthority: clientAuthority)
        }
        let ends = { @Sendable in
            try TLSFiles.ends(certificate: certificate, clientAuthority: clientAuthority)
        }
        for file in [certificate, key, clientAuthority].compactMap({ $0 }) {
            try CommandFailure.requireFile(file)
        }
        let stamps = FileStamps([certificate, key, clientAuthority].compactMap { $0 })
        let identity = TLSIdentity(try read(), ends: try ends())
        self.identity = identity
        watch = FileWatch(since: stamps) {
            identity.replace(try read(), ends: try ends())
            logger.notice("certificate read", metadata: ["file": "\(certificate)"])
        } onTrouble: { cause in
            // The one that is shown goes on being shown; half of a renewal looks like this.
            logger.error("the certificate cannot be read", metadata: ["cause": "\(cause)"])
        }
    }

    func stop() { watch.stop() }
}
