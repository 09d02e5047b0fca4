// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Foundation
import KezekEngine
import KezekFiles
import KezekWire
import Parties
import Queue
import TestKit
import Testing
import Texts

/// Applications through a channel that is open around the clock.
@Suite struct AroundTheClockTests {
    /// The example that ships, for one kind of applicant.
    private static func library() throws -> Library {
        let text = try Repository.text("Examples/standards/access-to-information.yaml")
        let group = "groups:\n  - {id: anyone, title: {kk: кез келген, ru: любой, en: anyone}}\n\n"
        return try DataFolder(root: Repository.root).library(
            standard: text.replacingOccurrences(of: "\nprovisions:", with: "\n\(group)provisions:"),
            named: "access-to-information.yaml")
    }

    @Test(arguments: [
        // Saturday night waits for Monday: fifteen days after the 30th of November.
        ("2026-11-28T18:00Z", "2026-11-28T23:00", "2026-12-15T18:30"),
        // Monday evening, after hours, for Tuesday.
        ("2026-11-30T15:00Z", "2026-11-30T20:00", "2026-12-17T18:30"),
        // Within hours the day itself is that of the start; the 12th of December is a Saturday.
        ("2026-11-27T05:00Z", "2026-11-27T10:00", "2026-12-14T18:30"),
        ("2026-11-28T05:00Z", "2026-11-28T10:00", "2026-12-15T18:30"),
    ])
    func whatComesAtNightIsAcceptedAndCountsFromTheOpening(
        now: String, handedIn: String, due: String
    ) throws {
        let desk = try Desk(MemoryStore(commitsByItself: false), try Self.library())
        let time = Timestamp(now)!
        let text = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
        let office = QueueOffice(
            id: Desk.office, title: text, address: text, standard: "access-to-information",
            kind: "holder", zone: "",
            services: [
                QueueService(id: Desk.service, letter: UInt8(ascii: "A"), title: text, minutes: 20)
            ],
            windows: [
                QueueWindow(id: WindowID("1")!, services: [Desk.service], roster: [:], breaks: [])
            ], exceptions: [], closures: [], rules: QueueRules())
        desk.queue.submit(
            .changeOffice(.init(change: .put(office), dryRun: false)), request: Desk.id(1),
            now: time
        ) { _ in }
        desk.store.commit()
        let handIn = HandIn(
            office: Desk.office, channel: "portal", applicant: .reference("a"),
            profile: ApplicantProfile(group: "anyone"), documents: [], consent: .given)
        let view = try #require(desk.send(.accept(handIn), 10, at: time)).get()
        #expect(view.handedInAt == moment(handedIn))
        #expect(view.due?.at == moment(due))
        // The same by every calendar: a decree that changes nothing leaves it there.
        let effects = try #require(
            desk.send(DecreeCommand(calendar: "", dryRun: true, office: nil), 11, at: time)
        ).get()
        #expect(effects.running == 1 && effects.moving == 0)
    }
}
