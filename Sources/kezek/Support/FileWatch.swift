// SPDX-License-Identifier: Apache-2.0

import Dispatch
import Foundation

/// Looks every second whether one of some files is another than before.
struct FileWatch {
    private let timer: any DispatchSourceTimer

    /// `onChange` is called on a thread of its own, not at the start.
    init(_ paths: [String], onChange: @escaping @Sendable () -> Void) {
        var seen = paths.map(Self.stamp)
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "kezek.files"))
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler {
            let stamps = paths.map(Self.stamp)
            guard stamps != seen else { return }
            seen = stamps
            onChange()
        }
        timer.resume()
    }

    func stop() { timer.cancel() }

    /// What changes when a file is written anew.
    private static func stamp(_ path: String) -> String {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        let number = attributes?[.systemFileNumber] as? Int ?? 0
        let date = attributes?[.modificationDate] as? Date
        return "\(number) \(date?.timeIntervalSince1970 ?? 0)"
    }
}
