// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekFiles
import Texts

/// When a journal was last copied, and last proved whole: a line beside it that the server tells to whoever
/// watches.
enum JournalMark: String, CaseIterable {
    case backup
    case verify

    var help: String {
        switch self {
        case .backup: "When the last backup was proved whole, in seconds since 1970; 0 for never."
        case .verify:
            "When the journal or a backup was last proved whole, in seconds since 1970; 0 for never."
        }
    }

    private func path(beside journal: String) -> String { "\(journal).last-\(rawValue)" }

    /// Notes that it was done just now, up to a position and its hash.
    ///
    /// Whoever may read the journal need not be able to write beside it: then it is said and nothing else.
    func note(beside journal: String, _ last: String) {
        let path = path(beside: journal)
        do throws(ReplacedFile.Failure) {
            let now = (try? RehearsalFile(beside: journal).now()) ?? Clock.now()
            try ReplacedFile.write("\(now) \(last)\n".utf8, to: path, like: journal)
        } catch {
            let why = ErrorWords.words(of: CommandFailure(error, path))
            Terminal.note("\(why); its age is not told to whoever watches the server")
        }
    }

    /// When it was done last; nil for never.
    func time(beside journal: String) -> Timestamp? {
        guard let text = try? String(contentsOfFile: path(beside: journal), encoding: .utf8),
            let time = text.split(separator: " ").first
        else { return nil }
        return Timestamp(String(time))
    }
}
