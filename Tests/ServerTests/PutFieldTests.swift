// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Journal
import KezekJSON
import KezekWire
import Testing
import Texts

/// What is wrong in a description of an office is named by its place in each list on the way to it.
@Suite struct PutFieldTests {
    private static let office = """
        {"put": {"id": "a", "title": {"kk": "а", "ru": "б", "en": "c"}, "standard": "std-7", "kind": "k",
         "services": [{"id": "a", "letter": "A", "title": {"kk": "а", "ru": "б", "en": "c"}},
                      {"id": "b", "letter": "B", "title": {"kk": "а", "ru": "б", "en": "c"}}],
         "windows": [{"id": "1", "services": ["a"]},
                     {"id": "2", "services": ["a", "b"],
                      "roster": [{"weekday": 1, "hours": [{"startSecond": "09:00", "endSecond": "13:00"}]},
                                 {"weekday": 5, "hours": [{"startSecond": "09:00", "endSecond": "12:00"},
                                                          {"startSecond": "13:00", "endSecond": "18:00"}]}],
                      "breaks": [{"startSecond": "12:00", "endSecond": "12:30"},
                                 {"startSecond": "15:00", "endSecond": "15:30"}]}],
         "exceptions": [{"day": "2026-03-19", "window": "1"},
                        {"day": "2026-03-20", "window": "2",
                         "hours": [{"startSecond": "09:00", "endSecond": "11:00"}]}],
         "closures": [{"day": "2026-03-25", "reason": {"kk": "а", "ru": "б", "en": "c"}},
                      {"day": "2026-03-26", "hours": {"startSecond": "10:00", "endSecond": "14:00"}}],
         "rules": {"holdSeconds": 600, "horizonDays": 14, "slotMinutes": 20, "portalPercent": 100,
                   "kioskPercent": 100, "callLimit": 3}}}
        """

    private func field(_ text: String) throws -> String? {
        do {
            _ = try CallJSON.call(
                .changeOffice, try #require(JSONValue(text)), proof: nil,
                request: RequestID(high: 1, low: 2), in: .en)
            return nil
        } catch let refusal as Refusal {
            let field = try #require(refusal.field)
            #expect(refusal.message.hasPrefix("\(field): "), "\(refusal.message)")
            #expect(FieldPath.exists(field, in: .changeOffice), "\(field)")
            return field
        }
    }

    @Test func whatIsRightIsTaken() throws { #expect(try field(Self.office) == nil) }

    @Test(arguments: [
        (#""letter": "B""#, #""letter": "b""#, "put.services[1].letter"),
        (#"{"id": "b""#, #"{"id": "B""#, "put.services[1].id"),
        (#"["a", "b"]"#, #"["a", "?"]"#, "put.windows[1].services[1]"),
        (#"["a", "b"]"#, #"["a", "c"]"#, "put.windows[1].services"),
        (#"{"id": "2""#, #"{"id": "!""#, "put.windows[1].id"),
        (#""weekday": 5"#, #""weekday": 8"#, "put.windows[1].roster[1].weekday"),
        (#""weekday": 5"#, #""weekday": 1"#, "put.windows[1].roster[1].weekday"),
        (#""18:00""#, #""12:30""#, "put.windows[1].roster[1].hours[1].end_second"),
        (#""startSecond": "13:00""#, #""startSecond": "11:00""#, "put.windows[1].roster[1].hours"),
        (#""12:30""#, #""12:00""#, "put.windows[1].breaks[0].end_second"),
        (#""15:30""#, #""14:00""#, "put.windows[1].breaks[1].end_second"),
        (#""startSecond": "15:00""#, #""startSecond": "12:10""#, "put.windows[1].breaks"),
        (#""window": "2""#, #""window": "3""#, "put.exceptions[1].window"),
        (#""window": "2""#, #""window": "?""#, "put.exceptions[1].window"),
        (#""11:00""#, #""08:00""#, "put.exceptions[1].hours[0].end_second"),
        (#""14:00""#, #""10:00""#, "put.closures[1].hours.end_second"),
        (#""slotMinutes": 20"#, #""slotMinutes": 4"#, "put.rules.slot_minutes"),
    ])
    func whatIsWrongIsNamedByItsPlace(_ right: String, _ wrong: String, _ expected: String) throws {
        #expect(Self.office.contains(right))
        #expect(try field(Self.office.replacing(right, with: wrong)) == expected)
    }

    @Test func aClosureIsNamedByItsCall() throws {
        let closure = #"{"close": {"office": "a", "closure": {"day": "2026-03-25", "#
        let rows = [
            (#""hours": {"startSecond": "10:00", "endSecond": "09:00"}}}}"#, "hours.end_second"),
            (#""reason": {"kk": "\n", "ru": "", "en": ""}}}}"#, "reason.kk"),
        ]
        for (rest, expected) in rows {
            #expect(try field(closure + rest) == "close.closure.\(expected)")
        }
    }
}
