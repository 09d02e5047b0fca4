// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Foundation
import KezekFiles

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
    /// - Throws: `CommandFailure` if the file has something else in it, is another user's, or cannot be written.
    func secondsAhead(from start: Timestamp?) throws -> Int64 {
        let now = Clock.now().second
        // Whoever may write it says what time it is.
        try SecretFile.requireOwner(path)
        let asked = start.map { $0.second - now }
        let ahead = try [asked, isThere ? read() : nil].compactMap { $0 }.max() ?? 0
        do {
            try write("\(ahead)\n".utf8)
        } catch {
            throw CommandFailure(
                kk:
                    "\(path) файлын жазу мүмкін емес; қалтасы бар ма, оған жазуға бола ма — тексеріңіз",
                ru: "\(path) не записать; проверьте, что папка есть и в неё можно писать",
                en: "\(path) cannot be written; see that its folder is there and may be written")
        }
        return ahead
    }

    /// The time of the journal that the file lies beside: that of its rehearsal, or the machine's.
    func now() throws -> Timestamp {
        let now = Clock.now()
        guard isThere else { return now }
        let ahead = try read()
        return Timestamp(second: now.second + ahead) ?? now
    }

    /// Its owner's alone.
    private func write(_ bytes: some Sequence<UInt8>) throws(ReplacedFile.Failure) {
        try ReplacedFile.write(bytes, to: path)
        _ = SecretFile.close(path)
    }

    /// Forgets an earlier rehearsal, whose journal is gone.
    func remove() { try? FileManager.default.removeItem(atPath: path) }

    /// What is in the file; nil if there is none.
    var content: Data? { FileManager.default.contents(atPath: path) }

    /// Has the file as it was before a start that failed; nil for none.
    func putBack(_ earlier: Data?) {
        guard content != earlier else { return }
        guard let earlier else { return remove() }
        try? write(earlier)
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
