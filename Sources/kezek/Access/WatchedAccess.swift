// SPDX-License-Identifier: Apache-2.0

import Access
import Foundation
import KezekFiles
import KezekServer
import Logging

/// A list of tokens that is read anew when its file changes, so that a revocation holds at once.
struct WatchedAccess {
    let rules: AccessGuard
    private let watch: FileWatch

    /// - Throws: what is wrong with the file; also if there is none, since nobody could call then.
    init(path: String, logger: Logger) throws {
        let url = URL(fileURLWithPath: path)
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                kk:
                    "\(path) деген қол жеткізу тізімі жоқ; оны «kezek access issue --file \(path) --role "
                    + "РӨЛ --office АТ» жасайды",
                ru:
                    "списка доступа \(path) нет; его создаёт «kezek access issue --file \(path) --role "
                    + "РОЛЬ --office ИМЯ»",
                en:
                    "there is no access list \(path); 'kezek access issue --file \(path) --role ROLE "
                    + "--office NAME' makes it")
        }
        let stamps = FileStamps([path])
        let file = AccessFile(url: url)
        try SecretFile.check(path)
        let rules = AccessGuard(try file.read())
        self.rules = rules
        watch = FileWatch(since: stamps) {
            try SecretFile.check(path)
            let list = try file.read()
            rules.replace(list)
            rules.noteFile(nil)
            logger.notice("access list read", metadata: ["entries": "\(list.entries.count)"])
        } onTrouble: { cause in
            // The list that holds goes on holding.
            rules.noteFile(cause)
            logger.error(
                "the access list cannot be read; the earlier one holds",
                metadata: ["cause": "\(cause)"])
        }
    }

    func stop() { watch.stop() }
}
