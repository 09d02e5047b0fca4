// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Parties
import Queue
import TestKit

@testable import KezekWire

/// One example of every event, with every optional part there and absent.
enum RecordExamples {
    static let applicant = Applicant(high: 0xFEDC_BA98_7654_3210, low: 1)

    static let plan = DayPlan(
        midnight: 1_773_860_400, policy: .electronicQueue, policyRule: "R7.5",
        hours: [.init(start: 32_400, end: 46_800), .init(start: 46_800, end: 72_000)],
        closedBecause: nil,
        services: [
            .init(id: ServiceID("acceptance")!, letter: UInt8(ascii: "A"), seconds: 1_200),
            .init(id: ServiceID("issue")!, letter: UInt8(ascii: "Z"), seconds: 60),
        ],
        windows: [
            .init(
                id: WindowID("1")!, services: 3,
                spans: [.init(start: 32_400, end: 40_000), .init(start: 0, end: 86_400)]),
            .init(id: WindowID("vip-2")!, services: 0, spans: []),
        ], rules: QueueExamples.description.rules, waitLimit: 1_200, serviceLimit: 0,
        calendarVersion: "kz-0123456789abcdef")

    static let closed = DayPlan(
        midnight: -1, policy: .walkInOnly, policyRule: "", hours: [],
        closedBecause: QueueExamples.text("Nauryz"), services: [], windows: [],
        rules: QueueRules(), waitLimit: 0, serviceLimit: 0, calendarVersion: "",
        clockChange: ClockChange(after: 86_400, by: -3_600))

    static let shortened = DayPlan(
        midnight: 0, policy: .electronicQueue, policyRule: "",
        hours: [.init(start: 36_000, end: 46_800)], closedBecause: nil, services: [], windows: [],
        rules: QueueRules(), waitLimit: 0, serviceLimit: 2_400, calendarVersion: "",
        slotHours: [.init(start: 32_400, end: 46_800)])

    /// Of an office that adds everything that it can to how people are received.
    static let bookingsOnly = DayPlan(
        midnight: 0, policy: .bookingsOnly, policyRule: "R7.5", hours: [], closedBecause: nil,
        services: [], windows: [], rules: QueueRules(), waitLimit: 0, serviceLimit: 0,
        calendarVersion: "", reception: QueueExamples.reception)

    static let reads = [
        PersonRead(kind: .visit, area: QueueExamples.office, visit: 17, minute: 29_564_940),
        PersonRead(kind: .watch, area: QueueExamples.office, visit: 0, minute: -1),
    ]

    static func held(_ until: Int32?, _ movedFrom: Held.MovedFrom? = nil) -> DayEvent {
        .held(
            Held(
                number: 1_234, applicant: applicant, service: 7, start: 71_880, channel: .office,
                until: until.map { DayMoment($0) }, movedFrom: movedFrom))
    }

    static let label = TicketLabel("A-017")!
    static let last = TicketLabel("Z-9999")!
    static let foretold = WaitQuantiles(p50: 0, p90: 3_600)

    static let events: [DayEvent] =
        [
            .planned(plan), .planned(closed), .planned(shortened), .planned(bookingsOnly),
            held(-1_209_600), held(0),
            held(nil),
            held(nil, Held.MovedFrom(date: date("1969-12-31"), number: 3)), .confirmed(1),
            .released(.max), .expired(3), .placeFreed(5), .missed(7),
            .placedNearby(9, start: 36_000), .placedNearby(9, start: nil),
            .held(
                Held(
                    number: 1, applicant: applicant, service: 0, start: 36_000, channel: .portal,
                    until: DayMoment(0, stood: 3_599), movedFrom: nil)),
            .held(
                Held(
                    number: 2, applicant: applicant, service: 0, start: 36_000, channel: .kiosk,
                    until: nil,
                    movedFrom: Held.MovedFrom(date: QueueExamples.day, number: 1),
                    isMovedByOffice: true)),
            .held(
                Held(
                    number: 3, applicant: applicant, service: 0, start: 36_000, channel: .kiosk,
                    until: nil, movedFrom: nil,
                    further: FurtherTurns(services: [1, 1, 7], isAtOneWindow: true))),
            .held(
                Held(
                    number: 4, applicant: applicant, service: 0, start: 36_000, channel: .kiosk,
                    until: 0, movedFrom: nil,
                    further: FurtherTurns(services: [0], isAtOneWindow: false))),
            .turnEnded(last, .served),
            .cancelled(Cancelled(number: 4, by: .applicant, reason: "", freeFrom: 0)),
            .cancelled(
                Cancelled(
                    number: 4, by: .applicant, reason: "", freeFrom: DayMoment(82_800, stood: 1))),
            .cancelled(Cancelled(number: 4, by: .office, reason: "су тасқыны", freeFrom: -1)),
            .moved(6, to: QueueExamples.day, number: 1),
            .arrived(Arrived(booking: 8, label: last, foretold: foretold)),
            .arrived(Arrived(booking: 8, label: label, foretold: nil)),
            .arrived(
                Arrived(booking: 8, label: label, foretold: WaitQuantiles(p50: 60, p90: 61))),
            .ticketTaken(TicketTaken(label: label, service: 0, at: 0, foretold: foretold)),
            .ticketTaken(TicketTaken(label: last, service: 7, at: 86_399, foretold: nil)),
            .ticketReported(TicketTaken(label: label, service: 1, at: 36_000, foretold: nil)),
            .ticketTaken(
                TicketTaken(
                    label: label, service: 0, at: 1, foretold: nil, reason: QueueExamples.reason)),
            .endedAs(last, ListedCode("no-papers")!), .pausedFor(63, ListedCode("lunch")!),
            .seated(1, SeatName("clerk-7")!), .numberVoided(last),
            .numbersLeased(QueueExamples.lease), .leaseEnded(1, used: 0),
            .leaseEnded(1_000, used: 200),
            .windowOpened(0), .windowClosed(63), .breakBegun(1), .breakEnded(0),
            .called(label, window: 0), .called(last, window: 63), .recalled(label),
            .servingBegun(label), .skipped(label), .parked(last), .resumed(label),
            .transferred(label, service: 0, window: 0),
            .transferred(label, service: 7, window: nil),
            .waitingJoined(
                WaitingJoined(
                    number: 1, applicant: applicant, service: 7, from: 0, to: 86_340,
                    channel: .kiosk, booking: nil)),
            .waitingJoined(
                WaitingJoined(
                    number: .max, applicant: applicant, service: 0, from: 36_000, to: 36_000,
                    channel: .portal,
                    booking: Held.MovedFrom(date: date("1969-12-31"), number: 3))),
            .placeOffered(
                PlaceOffered(
                    booking: 9, waiting: 1, start: 36_000, until: DayMoment(34_200, stood: 3_599))),
            .offerAccepted(OfferAccepted(booking: 9, movedFrom: nil)),
            .offerAccepted(
                OfferAccepted(
                    booking: 9, movedFrom: Held.MovedFrom(date: QueueExamples.day, number: 1))),
        ] + OfferEnd.allCases.map { .offerEnded(9, $0) }
        + WaitingEnd.allCases.map { .waitingEnded(1, $0) }
        + Outcome.allCases.map { .finished(label, $0) }

    static let entries: [Entry] = {
        let stream = StreamName.officeDay("astana-1", QueueExamples.day)
        func entry(
            _ revision: UInt32, _ at: Int64, _ request: RequestMark?, _ claims: [ClaimChange],
            _ body: [UInt8]
        ) -> Entry {
            Entry(
                stream: stream, revision: revision, at: Timestamp(second: at)!, request: request,
                recordedCaller: nil, claims: claims, body: body)
        }
        let mark = RequestMark(id: QueueExamples.request, fingerprint: 0x8000_0000_0000_0001)
        let claim = Claim(high: 1, low: .max)
        return [
            entry(1, 1_773_860_400, nil, [], []),
            entry(2, 1_773_860_401, mark, [.taken(claim)], [1, 2, 3]),
            entry(3, 1_773_860_399, mark, [.given(claim), .taken(Claim(high: 5, low: 6))], [0]),
            entry(9, -5, nil, [.given(claim)], Array(repeating: 255, count: 1_000)),
            entry(.max, 1_773_860_500, mark, [], [9]),
        ]
    }()
}
