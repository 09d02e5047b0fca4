// SPDX-License-Identifier: Apache-2.0

import Dispatch
import KezekSQLite
import Logging

/// Logs what a journal has found damaged and done without: at its opening, and each second from then on.
struct FindingsLog: Sendable {
    /// May be cancelled from any thread.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer

    init(of store: SQLiteStore, _ logger: Logger) {
        let tell = { @Sendable in
            for finding in store.takeFindings() {
                logger.warning(
                    "a part of the journal is damaged", metadata: ["what": "\(finding)"])
            }
        }
        tell()
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "kezek.findings"))
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler(handler: tell)
        timer.resume()
    }

    func stop() { timer.cancel() }
}
