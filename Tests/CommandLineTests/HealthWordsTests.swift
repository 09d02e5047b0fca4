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
