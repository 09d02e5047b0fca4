// SPDX-License-Identifier: Apache-2.0

import Access
import CivilTime
import Enquiries
import HomeVisits
import KezekClient
import KezekEngine
import Parties
import Testing
import Texts

/// An area of home visits with one crew, callers who may act in it, and what they ask for.
enum TestArea {
    static let id = OfficeID("astana-1")!

    static func entry(
        _ role: Role, id name: String, holdPercent: Int = AccessEntry.usualHoldPercent
    ) -> AccessEntry {
        AccessEntry(
            id: name, role: role, offices: .all,
            credential: .token(AccessToken.digest("kezek_" + name)), holdPercent: holdPercent,
            issuedAt: Timestamp(QueueServer.morning)!,
            expiresAt: Timestamp("2027-01-01T00:00Z")!, revokedAt: nil, note: "")
    }

    static let description = described(id)

    static func described(_ id: OfficeID) -> VisitArea {
        let text = LocalizedText(kk: "а", ru: "б", en: "c")
        return VisitArea(
            id: id, title: text, standard: "std-7", kind: "corporation", zone: "",
            home: HomePoint(longitude: 71_430_000, latitude: 51_128_000)!, needs: [],
            crews: [
                VisitArea.Crew(
                    id: CrewID("crew-1")!, members: [MemberID("m-1")!], needs: [], weekdays: [],
                    hours: nil)
            ], duties: [], rules: VisitRules())
    }

    static func offer(_ who: String, in area: OfficeID = id) -> VisitCommand {
        let words = PersonWords(
            name: "Айгерим", address: "дом 3", telephone: "1414",
            place: HomePoint(longitude: 71_459_700, latitude: 51_164_200)!)
        return .offer(
            OfferCommand(
                area: area,
                subject: .new(
                    NewVisit(
                        applicant: .reference(who), words: words, needs: [], avoided: [],
                        minutes: nil))))
    }
}

/// Why something was refused; nil if it was not.
func refusal(_ work: () async throws -> Void) async -> Refusal? {
    do {
        try await work()
        return nil
    } catch {
        if case .refused(let refusal) = error as? ClientError { return refusal }
        Issue.record("\(error)")
        return nil
    }
}
