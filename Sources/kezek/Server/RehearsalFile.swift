// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation

/// What lies beside the journal of a rehearsal: how far its clock is ahead of the machine's.
///
/// By it a server that is started again goes on with the rehearsal, and a journal with made-up times is
/// told from one with real ones.
struct RehearsalFile {
    let path: String

    init(beside journal: String) { path = journal + ".rehearsal" }

    var isThere: Bool { FileManager.default.fileExists(atPath: path) }

    /// The seconds by which the clock is ahead that goes on from where the rehearsal's has come to, or
    /// from `start` if that is later.
    ///
    /// - Throws: `CommandFailure` if the file has something else in it, or cannot be written.
    func secondsAhead(from start: Timestamp?) throws -> Int64 {
        let now = Clock.now().second
        let asked = start.map { $0.second - now }
        let ahead = try [asked, isThere ? read() : nil].compactMap { $0 }.max() ?? 0
        do {
            try Data("\(ahead)\n".utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandFailure(
                kk:
                    "\(path) файлын жазу мүмкін емес; қалтасы бар ма, оған жазуға бола ма — тексеріңіз",
                ru: "\(path) не записать; проверьте, что папка есть и в неё можно писать",
                en: "\(path) cannot be written; see that its folder is there and may be written")
        }
        return ahead
    }

    /// Forgets an earlier rehearsal, whose journal is gone.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// What is in the file; nil if there is none.
    var content: Data? { FileManager.default.contents(atPath: path) }

    /// Has the file as it was before a start that failed; nil for none.
    func putBack(_ earlier: Data?) {
        guard content != earlier else { return }
        guard let earlier else { return remove() }
        try? earlier.write(to: URL(fileURLWithPath: path), options: .atomic)
    }

    private func read() throws -> Int64 {
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        // As far as civil dates go, from the first to the last.
        guard let text, let ahead = Int64(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            ahead.magnitude < 400_000_000_000
        else {
            throw CommandFailure(
                kk:
                    "\(path): жаттығу сағаты машина сағатынан неше секунд озып тұрғанын айтатын бір бүтін "
                    + "сан күтілді",
                ru:
                    "\(path): ожидается одно целое число: на сколько секунд часы учений впереди часов "
                    + "машины",
                en:
                    "\(path): expected one whole number, the seconds by which the rehearsal's clock is "
                    + "ahead of the machine's")
        }
        return ahead
    }
}
