// SPDX-License-Identifier: Apache-2.0

import KezekWire
import Testing
import Texts

@testable import kezek

/// What a server tells of its health in English is told in the reader's language, with its values.
@Suite struct HealthWordsTests {
    /// Of the parts, too: each kind has a name of its own in Kazakh and Russian, or the same as elsewhere.
    @Test func everyKindOfPartIsNamedInThreeLanguages() {
        for kind in Health.Kind.allCases {
            let name = Phrase(sentence: kind.rawValue)
            #expect(name.isTranslated, "\(kind)")
            let part = Health.Part(kind, "kz", isServing: true, detail: "")
            #expect(part.name == "\(kind.rawValue) kz")
            for language in [Language.kk, .ru] {
                let told = Manner.$current.withValue(Manner([], language: language)) {
                    HealthCommand.name(part.name)
                }
                #expect(told == name[language] + " kz")
                #expect(!told.contains { ("a"..."y").contains($0) && $0 != "k" }, "\(told)")
            }
        }
    }

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
            "the disk that holds \(kept) is full, and who reads it needs room for the index of its log: make "
                + "512 KiB free, or copy \(kept) (and \(kept)-wal, if it is there) to another disk and read "
                + "it there",
            "the device that holds \(kept) reports an error (disk I/O error, SQLite code 1034): check the disk",
            "\(kept) is read-only: let this process write it",
            "another program holds \(kept) locked: close it",
            "\(kept): entry 12 is damaged: restore the file from a copy",
            "\(kept).key: the key beside it is not the one by which it was written last, which is 3f9a12bc "
                + "(2026-03-19T05:00:00Z – …): put that one back (people would not be known again by another, "
                + "and could book twice)",
            "\(kept).key: the key file beside it lacks an earlier key, 3f9a12bc (2026-03-19T05:00:00Z – "
                + "2027-03-19T05:00:00Z), 00c1d2e3 (… – 2026-03-19T05:00:00Z): who came in that time would not "
                + "be known again, could book twice, and could not be told of their papers nor be forgotten. "
                + "Put the copy back that has it; if none is left, 'kezek key retire --lost' gives it up",
            "\(kept).key: the key file beside it begins with an earlier key than that by which it was "
                + "written last, which is 3f9a12bc (… – …): put its lines in order, the latest first",
            "\(kept) belongs to the user 1000, who could change it: see how it came there, then 'chown 0 "
                + "\(kept)', or start the server as that user",
            "would not be found at the next start; its operator is told why",
            "\(kept).key has no keys; put it back from a copy",
            "the key \(kept).key cannot be read; check who owns it",
            "\(kept).key is not a file of 1 to 8 keys; restore the one that belongs to the journal",
            "\(kept) may be read or changed by others (its mode is 0644): see who had it, then "
                + "'chmod 600 \(kept)'; 0600, 0640 and 0400 are taken",
            "\(kept) cannot be read as PEM", "\(kept) and \(kept).key do not go together",
            "\(kept): is not there; put it back. 'kezek access issue --file \(kept) --role ROLE --office "
                + "NAME' begins a new one, which lets in nobody of the old one",
            "\(kept): entries[3].role: is no access list: expected a map",
            "in doubt; its operator is told why", "believed",
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
                for word in ["expected", "cannot", " the ", " is ", " not "] where language != .en {
                    #expect(!text.contains(word), "\(text)")
                }
                #expect(!detail.contains(kept) || text.contains(kept), "\(text)")
                #expect(!detail.contains(version) || text.hasPrefix(version), "\(text)")
                told.insert(text)
            }
            #expect(told.count == 3, "\(detail)")
        }
    }
}
