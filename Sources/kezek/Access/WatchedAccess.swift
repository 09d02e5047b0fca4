// SPDX-License-Identifier: Apache-2.0

import Access
import Dispatch
import Foundation
import KezekFiles
import KezekServer
import Logging

/// A list of tokens that is read anew when its file changes, so that a revocation holds at once.
struct WatchedAccess {
    let rules: AccessGuard
    private let timer: any DispatchSourceTimer

    /// - Throws: what is wrong with the file; also if there is none, since nobody could call then.
    init(path: String, logger: Logger) throws {
        let url = URL(fileURLWithPath: path)
        guard FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(
                "there is no access list \(path); 'kezek access issue --file \(path)' makes it")
        }
        let file = AccessFile(url: url)
        let rules = AccessGuard(try file.read())
        self.rules = rules
        var seen = Self.stamp(url)
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "kezek.access"))
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler {
            let stamp = Self.stamp(url)
            guard stamp != seen else { return }
            seen = stamp
            do {
                let list = try file.read()
                rules.replace(list)
                logger.notice("access list read", metadata: ["entries": "\(list.entries.count)"])
            } catch {
                // The list that holds goes on holding.
                logger.error("the access list cannot be read", metadata: ["cause": "\(error)"])
            }
        }
        timer.resume()
    }

    func stop() { timer.cancel() }

    /// What changes when the file is written anew.
    private static func stamp(_ url: URL) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
        let number = attributes?[.systemFileNumber] as? Int ?? 0
        let date = attributes?[.modificationDate] as? Date
        return "\(number) \(date?.timeIntervalSince1970 ?? 0)"
    }
}
