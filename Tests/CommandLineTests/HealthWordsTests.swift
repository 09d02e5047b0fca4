// SPDX-License-Identifier: Apache-2.0

import Testing
import Texts

@testable import kezek

/// What a server tells of its health in English is told in the reader's language, with its values.
@Suite struct HealthWordsTests {
    @Test func everyDetailOfJournalAndCalendarsIsTranslated() {
        let stopped =
            ", so nothing is written: see where it is, put it back, or stop the server and restore a copy"
        let kept = "/srv/kezek 2/journal.sqlite-wal"
        var details = ["is written", "3 offices", "cannot be written; its operator is told why"]
        for what in [
            " was moved away or removed while it was open",
            " is another file than the one that is open", " was cut off while it was open",
        ] {
            details += [kept + what, kept + what + stopped]
        }
        details += [
            "the disk that holds \(kept) is full: make room on it",
            "the device that holds \(kept) reports an error (disk I/O error, SQLite code 1034): check the disk",
            "\(kept) is read-only: let this process write it",
            "another program holds \(kept) locked: close it",
            "\(kept): entry 12 is damaged: restore the file from a copy",
            "\(kept) lacks the key by which the journal is written; put it back from a copy",
            "\(kept) belongs to the user 1000, who could change it: see how it came there, then 'chown 0 "
                + "\(kept)', or start the server as that user",
            "would not be found at the next start; its operator is told why",
        ]
        let version = "kz-0123456789abcdef"
        for word in ["ends", "ended"] {
            details.append(
                version
                    + "; \(word) on 2027-12-31: adopt the next year, or what is due after it stays "
                    + "provisional")
        }
        for detail in details {
            var told: Set<String> = []
            for language in Language.allCases {
                let text = Manner.$current.withValue(Manner([], language: language)) {
                    HealthCommand.detail(detail)
                }
                #expect((text == detail) == (language == .en), "\(text)")
                #expect(!detail.contains(kept) || text.contains(kept), "\(text)")
                #expect(!detail.contains(version) || text.hasPrefix(version), "\(text)")
                told.insert(text)
            }
            #expect(told.count == 3, "\(detail)")
        }
    }
}
