// SPDX-License-Identifier: Apache-2.0

import Dispatch
import KezekDisk

/// What files are like, which differs once one of them is written anew, exchanged, or moved away and back.
struct FileStamps: Equatable, Sendable {
    let paths: [String]
    /// Nil for a file that is not there.
    private let facts: [FileFacts?]

    /// The files as they are now.
    init(_ paths: [String]) {
        self.paths = paths
        facts = paths.map { FileFacts($0) }
    }
}

/// Looks every second whether one of some files is another than before.
struct FileWatch: Sendable {
    /// May be cancelled from any thread.
    nonisolated(unsafe) private let timer: any DispatchSourceTimer

    /// `first` was taken before the files were read, so that no change is missed.
    ///
    /// `onChange` is called on a thread of its own, and again each second as long as it throws, also where the
    /// files are as they were before; `onTrouble` is told why, once for each cause.
    init(
        since first: FileStamps, onChange: @escaping @Sendable () throws -> Void,
        onTrouble: @escaping @Sendable (String) -> Void
    ) {
        var seen = first
        var trouble: String?
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "kezek.files"))
        timer.schedule(deadline: .now() + 1, repeating: 1)
        timer.setEventHandler {
            let now = FileStamps(seen.paths)
            guard now != seen || trouble != nil else { return }
            do {
                try onChange()
                seen = now
                trouble = nil
            } catch {
                let cause = "\(error)"
                if cause != trouble { onTrouble(cause) }
                trouble = cause
            }
        }
        timer.resume()
    }

    func stop() { timer.cancel() }
}
