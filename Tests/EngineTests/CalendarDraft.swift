// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekFiles
import Synchronization
import TestKit
import WorkingDays

/// Calendar files as a ministry changes them.
struct CalendarDraft {
    struct Move: Hashable {
        let working: CivilDate
        let rest: CivilDate
        let known: CivilDate
    }

    var moves: [Move] = []
    /// Since when 2028 is known; nil as long as nobody has published it.
    var publishes: CivilDate?
    /// Whether the last year was taken out.
    var lacksLastYear = false

    /// The last year that is known on a day; nil for all that will ever be.
    func lastYear(knownOn day: CivilDate?) -> Int {
        guard let publishes, !lacksLastYear else {
            return publishes == nil && lacksLastYear ? 2026 : 2027
        }
        guard let day else { return 2028 }
        return publishes <= day ? 2028 : 2027
    }

    func text() throws -> String {
        var text = try Repository.text("Calendars/kz.yaml")
        let last = lastYear(knownOn: nil)
        text = text.replacing("years: 2016-2027", with: "years: 2016-\(last)")
        if let publishes, last >= 2028 {
            text = text.replacing(
                "      - {date: 2027-05-16,",
                with: "      - {date: 2028-05-05, known: \(publishes), status: announced, "
                    + "act: kurban-ait-announcement}\n      - {date: 2027-05-16,")
        }
        let rows = moves.map {
            "  - {working: \($0.working), rest: \($0.rest), known: \($0.known), "
                + "act: order-109-2024}\n"
        }
        return text.replacing("\ntransfers:\n", with: "\ntransfers:\n\(rows.joined())")
    }

    private static let read = Mutex<[String: Library]>([:])

    /// The data with the text of a calendar, each text read once; nil if it is no calendar.
    static func library(_ text: String) throws -> Library? {
        if let known = read.withLock({ $0[text] }) { return known }
        guard let library = try? Repository.library().replacing(calendar: text).library else {
            return nil
        }
        read.withLock { $0[text] = library }
        return library
    }
}
