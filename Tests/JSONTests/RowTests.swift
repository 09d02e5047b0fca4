// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekJSON
import Testing

/// How replies are told: columns as rows, and what is there whatever it is.
@Suite struct RowTests {
    /// A message that is given with columns, as it is told.
    private func told(_ name: String, _ text: String) throws -> String {
        let shape = try #require(MessageShape(name))
        let bytes = try shape.bytes(try #require(JSONValue(text), "\(text)"))
        return try #require(shape.json(bytes[...])).text(indented: false)
    }

    @Test func aListHasNamesMomentsAndWhatItsColumnsReferTo() throws {
        let list = try told(
            "WorkingListReply",
            """
            {"office": "a", "day": "2026-03-19", "run": 1, "revision": 2, "whole": true,
             "applicationDay": ["2026-03-18", "2026-03-19"], "applicationNumber": [7, 1],
             "urgency": ["later", "overdue"], "phase": ["accepted", "suspended"],
             "channels": ["provider", "storage"], "channel": [1, 0],
             "deadlineDay": ["2026-03-27", -2147483648], "deadlineSecond": ["20:00", "00:00"],
             "workingDays": [0, -2147483648], "provisional": [1], "goneDay": ["2026-03-01"],
             "goneNumber": [3]}
            """)
        #expect(
            list
                == #"{"office":"a","day":"2026-03-19","run":1,"revision":2,"whole":true,"#
                + #""applications":[{"application":"a/2026-03-18/7","urgency":"later","#
                + #""phase":"accepted","channel":"storage","deadline":"2026-03-27T20:00:00","#
                + #""workingDays":0,"provisional":false},"#
                + #"{"application":"a/2026-03-19/1","urgency":"overdue","phase":"suspended","#
                + #""channel":"provider","provisional":true}],"gone":["a/2026-03-01/3"]}"#)
        #expect(
            try told(
                "DecreeReply",
                #"{"offices": ["a", "b"], "office": [1],"#
                    + #""applicationDay": ["2026-03-18"], "applicationNumber": [7]}"#
            )
            .contains(#""clocks":[{"application":"b/2026-03-18/7"}]"#))
    }

    @Test func aProofHasItsReasonsAndThePartsOfDays() throws {
        let proof = try told(
            "Proof",
            """
            {"rule": "R3.4", "day": ["2026-03-19", "2026-03-20"], "counted": [false, true],
             "reason": [1, 0], "reasons": [{"kind": "working"}, {"kind": "firstDay", "withinDays": 1}],
             "partStartSecond": ["00:00", "00:00"], "partEndSecond": ["00:00", "10:00"]}
            """)
        #expect(
            proof
                == #"{"rule":"R3.4","lines":[{"day":"2026-03-19","counted":false,"#
                + #""reason":{"kind":"firstDay","estimated":false,"withinDays":1}},"#
                + #"{"day":"2026-03-20","part":{"startSecond":"00:00:00","endSecond":"10:00:00"},"#
                + #""counted":true,"reason":{"kind":"working","estimated":false}}],"policies":[],"#
                + #""stages":[]}"#)
    }

    @Test func daysAndMonthsFollowFromTheirPlaces() throws {
        let days = try told(
            "CalendarDaysReply",
            #"{"fromDay": "2026-02-28", "reason": [0, 0], "reasons": [{"text": "x"}]}"#)
        #expect(
            days
                == #"{"fromDay":"2026-02-28","days":[{"day":"2026-02-28","reason":{"text":"x","#
                + #""estimated":false}},{"day":"2026-03-01","reason":{"text":"x","estimated":false}}]}"#
        )
        #expect(
            try told("BalanceReply", #"{"workingDays": [19], "workingMinutes": [9120]}"#)
                == #"{"year":0,"months":[{"month":1,"workingDays":19,"workingMinutes":9120}]}"#)
    }

    @Test func visitsAreNamedByTheirAreas() throws {
        let plan = try told(
            "VisitPlanReply",
            """
            {"area": "a", "crewDays": [{"crew": "c", "day": "2026-03-19", "stop": ["visit", "lunch"],
             "visit": [3, 0], "arrival": ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"], "way": [60, 0]}]}
            """)
        #expect(
            plan.contains(
                #""stops":[{"kind":"visit","visit":"a/3","arrival":"1970-01-01T00:00:00Z","way":60},"#
                    + #"{"kind":"lunch","arrival":"1970-01-01T00:00:00Z","way":0}]"#), "\(plan)")
        #expect(
            try told("VisitReceipt", #"{"area": "a", "unkept": [{"number": 12}]}"#)
                == #"{"area":"a","revision":0,"unkept":[{"visit":"a/12","alternatives":[]}]}"#)
        let bound = try told("VisitExplanationReply", #"{"id": "a/1", "boundVisit": 12}"#)
        #expect(bound.contains(#""boundVisit":"a/12","others":[]"#), "\(bound)")
        #expect(try !told("VisitExplanationReply", #"{"id": "a/1"}"#).contains("boundVisit"))
    }

    @Test func aMessageOfColumnsIsAList() throws {
        let offer = try told(
            "VisitReceipt.Offer",
            #"{"refused": {"start": ["2026-03-19T05:00:00Z"], "end": ["2026-03-19T07:00:00Z"],"#
                + #""reason": ["pastDue"], "missing": [0]}}"#)
        #expect(
            offer
                == #"{"windows":[],"refused":[{"start":"2026-03-19T05:00:00Z","#
                + #""end":"2026-03-19T07:00:00Z","reason":"pastDue"}],"unkept":false}"#)
    }

    @Test(arguments: [
        ("WaitReply", #"{"revision":0,"ahead":0,"openWindows":0}"#),
        ("Ticket", #"{"calls":0,"takenSecond":"00:00:00","dueSecond":"00:00:00","then":[]}"#),
        ("OfficesReply", #"{"offices":[]}"#), ("AcceptClockReply", #"{"accepted":false}"#),
        ("Office.Service", "{}"), ("WindowRequest", "{}"),
        ("DueDateRequest", #"{"suspensions":[],"outsideReception":"refuse","proof":"full"}"#),
    ])
    func numbersListsAndChoicesAreThereWhateverTheyAre(name: String, text: String) throws {
        #expect(try told(name, "{}") == text)
    }

    @Test func plainRowsAreReadBack() throws {
        let shape = try #require(MessageShape("VisitArea"))
        func bytes(_ text: String) throws -> [UInt8] {
            try shape.bytes(try #require(JSONValue(text)))
        }
        let rows = #"{"duties": [{"member": "x", "day": "2026-03-19"}], "home": "71.43,-51.1282"}"#
        let columns =
            #"{"dutyMember": ["x"], "dutyDay": ["2026-03-19"], "home": "71.43,-51.1282"}"#
        let found = try #require(shape.json(bytes(rows)[...]))
        #expect(found == shape.json(try bytes(columns)[...]))
        #expect(
            found.text(indented: false)
                == #"{"home":"71.43,-51.1282","needs":[],"crews":[],"#
                + #""duties":[{"member":"x","day":"2026-03-19"}]}"#)
        for (text, path) in [
            (#"{"duties": {}}"#, "duties"), (#"{"duties": [1]}"#, "duties[0]"),
            (#"{"duties": [{"member": "x"}]}"#, "duties[0].day"),
            (#"{"duties": [{"membr": "x"}]}"#, "duties[0].membr"),
            (#"{"home": "71.43"}"#, "home"),
        ] {
            do {
                _ = try bytes(text)
                Issue.record("\(text) is taken")
            } catch { #expect((error as? MessageFault)?.path == path) }
        }
    }
}
