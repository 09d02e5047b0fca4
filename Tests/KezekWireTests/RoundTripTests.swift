// SPDX-License-Identifier: Apache-2.0

import Access
import CallLimits
import CivilTime
import Deadlines
import Enquiries
import Parties
import Queue
import TestKit
import Testing
import Texts
import WorkingDays

@testable import KezekWire

/// One example of every question and answer, with every optional part there and absent.
enum Examples {
    static let clock = ClockName(standard: "std-7", channel: "corporation")
    static let office = OfficeName(standard: "std-8", office: "provider")
    static let calendar = CalendarName(
        calendar: "kz", week: "five", asKnownOn: date("2024-06-01"))
    static let stops = Suspensions(merging: [
        Suspension(from: moment("2026-03-20T10:00"), until: moment("2026-03-21T10:00"))!,
        Suspension(from: moment("2026-03-25T10:00"), until: nil)!,
    ])

    static let questions: [Call] = [
        .dueDate(DueDateQuestion(clock: clock, start: moment("2026-03-19T16:05"))),
        .dueDate(
            DueDateQuestion(
                clock: clock, start: moment("1969-12-31T23:59:59"), suspensions: stops,
                outsideReception: .countFromOpening, asKnownOn: date("1970-01-01"), proof: false)),
        .dueDates(
            DueDatesQuestion(
                clock: clock, outsideReception: .countFromOpening, asKnownOn: date("2026-01-01"),
                startDays: [-5, 0, 20_531, .max], startSeconds: [0, 1, 86_399, -1])),
        .dueDates(
            DueDatesQuestion(
                clock: clock, outsideReception: .refuse, asKnownOn: nil, startDays: [],
                startSeconds: [])),
        .latestStart(
            LatestStartQuestion(
                clock: clock, dueBy: moment("2026-04-02T20:00"), asKnownOn: date("2026-01-01"))),
        .timeLeft(
            TimeLeftQuestion(
                due: DueDateQuestion(clock: clock, start: moment("2026-03-19T16:05")), at: nil)),
        .timeLeft(
            TimeLeftQuestion(
                due: DueDateQuestion(
                    clock: clock, start: moment("2026-03-19T16:05"), suspensions: stops),
                at: moment("2026-03-19T17:05"))),
        .workingTime(
            WorkingTimeQuestion(
                office: office, from: moment("2026-03-19T16:05"), to: moment("2026-03-26T10:00"),
                asKnownOn: nil)),
        .workingTime(
            WorkingTimeQuestion(
                office: office, from: moment("2026-03-19T16:05"), to: moment("2026-03-26T10:00"),
                asKnownOn: date("2026-01-01"))),
        .officeHours(OfficeHoursQuestion(office: office, at: nil, asKnownOn: nil)),
        .officeHours(
            OfficeHoursQuestion(
                office: office, at: moment("2026-03-19T16:05"), asKnownOn: date("2026-01-01"))),
        // By the calendar of a town.
        .dueDate(
            DueDateQuestion(
                clock: clock, start: moment("2026-03-19T16:05"), calendar: "kz-town")),
        .dueDates(
            DueDatesQuestion(
                clock: clock, outsideReception: .refuse, asKnownOn: nil, startDays: [20_531],
                startSeconds: [], calendar: "kz-town")),
        .latestStart(
            LatestStartQuestion(
                clock: clock, dueBy: moment("2026-04-02T20:00"), asKnownOn: nil,
                calendar: "kz-town")),
        .workingTime(
            WorkingTimeQuestion(
                office: office, from: moment("2026-03-19T16:05"), to: moment("2026-03-26T10:00"),
                asKnownOn: nil, calendar: "kz-town")),
        .officeHours(
            OfficeHoursQuestion(office: office, at: nil, asKnownOn: nil, calendar: "kz-town")),
        .addWorkingDays(
            AddWorkingDaysQuestion(calendar: calendar, date: date("2026-03-19"), count: -7)),
        .countWorkingDays(
            CountWorkingDaysQuestion(
                calendar: CalendarName(calendar: "kz", week: "six", asKnownOn: nil),
                from: date("0001-01-01"), to: date("9999-12-31"))),
        .calendarDays(
            CalendarDaysQuestion(
                calendar: calendar, first: date("2026-01-01"), last: date("2026-12-31"))),
        .balance(BalanceQuestion(calendar: calendar, year: 2026)),
        .calendarChanges(
            CalendarChangesQuestion(
                calendar: "kz", year: 2026, knownFrom: date("2025-12-31"),
                knownTo: date("2026-11-22"))),
        .standards,
    ]

    static let basis = Basis(
        calendar: "kz", version: "kz-0123456789abcdef", asKnownOn: date("2026-11-22"),
        estimates: [
            Basis.Estimate(
                date: date("2027-05-16"), withinDays: 1, name: "Құрбан айт", act: "есептеу")
        ])
    static let firm = Basis(
        calendar: "kz", version: "kz-1", asKnownOn: date("1970-01-01"), estimates: [])
    static let reasons = Proof.Kind.allCases.map {
        Proof.Reason(kind: $0, text: "reason \($0) – себеп", act: "act \($0.rawValue)")
    }
    static let proof = Proof(
        rule: "R3.3",
        lines: reasons.indices.map { index in
            Proof.Line(
                date: date("2026-03-19").adding(days: index)!,
                part: index % 2 == 0
                    ? nil : DayInterval(start: .midnight, end: TimeOfDay("13:00")!),
                counted: index % 3 == 0, reason: index)
        }, reasons: reasons,
        policies: [
            Proof.AppliedPolicy(name: "week", value: "five", text: "бес күндік"),
            Proof.AppliedPolicy(
                name: "last-day", value: "forward", text: "т", source: "Азаматтық кодекс"),
        ],
        sentence: "Мерзімі",
        stages: [
            Proof.Stage(
                title: "Жіберу", office: "corporation", choice: .only,
                terms: [
                    Proof.StageTerm(
                        term: "1 жұмыс күні", rule: "R3.2", dueAt: moment("2026-03-20T20:00"))
                ], start: moment("2026-03-19T16:05"), dueAt: moment("2026-03-20T20:00"),
                firstLine: 0),
            Proof.Stage(
                title: nil, office: "provider", choice: .shorter,
                terms: [
                    Proof.StageTerm(
                        term: "5 жұмыс күні", rule: "R3.3", dueAt: moment("2026-04-02T20:00")),
                    Proof.StageTerm(term: "9 күн", rule: "R3.3", dueAt: nil),
                ], start: moment("2026-03-20T20:00"), dueAt: moment("2026-04-02T20:00"),
                firstLine: 2),
        ])

    static let answers: [Reply] = [
        .dueDate(
            DueDateAnswer(
                start: moment("2026-03-19T16:05"), dueAt: moment("2026-04-02T20:00"),
                zone: "Asia/Almaty", basis: basis, proof: proof)),
        .dueDate(
            DueDateAnswer(
                start: moment("2026-03-19T16:05"), dueAt: moment("2026-04-02T20:00"), zone: "UTC",
                basis: firm,
                proof: Proof(
                    rule: "R1.1",
                    lines: [
                        Proof.Line(
                            date: date("2026-03-19"), part: nil, counted: true, reason: 0)
                    ], reasons: [reasons[0]], policies: [], sentence: ""))),
        .dueDate(
            DueDateAnswer(
                start: moment("2026-03-19T16:05"), dueAt: moment("2026-04-02T20:00"), zone: "UTC",
                basis: firm, proof: nil)),
        .dueDates(
            DueDatesAnswer(
                dueDays: [1, -1, 0], dueSeconds: [0, 1, 86_399], provisionalRows: [1],
                refused: [DueDatesAnswer.RefusedRow(row: 2, reason: .outsideReception)],
                basis: basis)),
        .dueDates(
            DueDatesAnswer(
                dueDays: [], dueSeconds: [72_000], provisionalRows: [], refused: [], basis: firm)),
        .latestStart(
            LatestStartAnswer(
                latestStart: moment("2026-03-19T19:59:59"), dueAt: moment("2026-03-27T20:00"),
                basis: firm)),
        .timeLeft(
            TimeLeftAnswer(
                at: moment("2026-03-19T19:59:59"), dueAt: moment("2026-03-27T20:00"),
                workingDays: 3, workingSeconds: 1 << 33, isOverdue: true,
                suspendedSince: moment("2026-03-19T10:00"), basis: firm)),
        .timeLeft(
            TimeLeftAnswer(
                at: moment("2026-03-19T19:59:59"), dueAt: moment("2026-03-27T20:00"),
                workingDays: 0, workingSeconds: 0, isOverdue: false, suspendedSince: nil,
                basis: basis)),
        .timeLeft(
            TimeLeftAnswer(
                at: moment("2026-03-26T10:00"), dueAt: nil, workingDays: 3,
                workingSeconds: 118_800, isOverdue: false,
                suspendedSince: moment("2026-03-20T10:00"), basis: firm, calendarDays: 9,
                calendarSeconds: 1 << 33, usedPercent: 76, warningPercent: 75, stage: "Қарау",
                runsOnRestDays: true)),
        .workingTime(WorkingTimeAnswer(workingDays: -3, workingSeconds: -1, basis: firm)),
        .officeHours(
            OfficeHoursAnswer(
                at: moment("2026-03-19T10:00"), isWorking: true, isReceiving: true,
                nextOpening: moment("2026-03-19T14:30"), nextClosing: moment("2026-03-19T13:00"),
                nextReception: moment("2026-03-19T14:30"),
                nextReceptionEnd: moment("2026-03-19T17:30"), unknown: nil, basis: firm,
                workHours: [DayInterval("09:00-13:00")!, DayInterval("14:30-24:00")!],
                receptionHours: [DayInterval("09:00-13:00")!], ground: "маусым", act: "бұйрық")),
        .officeHours(
            OfficeHoursAnswer(
                at: moment("2027-12-31T19:00"), isWorking: false, isReceiving: false,
                nextOpening: nil, nextClosing: nil, nextReception: nil, nextReceptionEnd: nil,
                unknown: "2028 жыл", basis: firm, workHours: [], receptionHours: [], ground: nil,
                act: nil)),
        .addWorkingDays(AddWorkingDaysAnswer(date: date("1970-01-01"), basis: firm)),
        .addWorkingDays(AddWorkingDaysAnswer(date: date("2026-03-20"), basis: firm)),
        .countWorkingDays(CountWorkingDaysAnswer(workingDays: -9, basis: basis)),
        .calendarDays(
            CalendarDaysAnswer(
                first: date("2026-01-01"), days: [0, 3, 10, 3, 0], reasons: reasons, basis: firm,
                knownSince: nil)),
        .calendarDays(
            CalendarDaysAnswer(
                first: date("2027-05-16"), days: [0, 1],
                reasons: [
                    Proof.Reason(kind: .holiday, text: "Құрбан айт", act: "есептеу", withinDays: 0),
                    Proof.Reason(kind: .substitute, text: "демалыс", act: "act", withinDays: 31),
                ], basis: basis, knownSince: date("1970-01-01"))),
        .calendarDays(
            CalendarDaysAnswer(
                first: date("2026-12-31"), days: [0],
                reasons: [
                    Proof.Reason(
                        kind: .working, text: "қысқа", act: "act", shortenedMinutes: 1_440)
                ], basis: firm, knownSince: nil)),
        .balance(
            BalanceAnswer(
                year: 2026,
                months: (1...12).map {
                    MonthBalance(month: $0, workingDays: $0 + 10, workingMinutes: $0 * 60)
                }, basis: firm)),
        .calendarChanges(
            CalendarChangesAnswer(
                changes: [
                    .init(
                        date: date("2026-08-31"), week: "five", before: reasons[4],
                        after: reasons[0], act: "Law")
                ], before: firm, after: basis)),
        .standards([
            StandardSummary(
                id: "std-7", title: "t", act: "a", calendar: "kz", zone: "Asia/Almaty",
                offices: ["provider", "corporation"],
                clocks: [
                    .init(
                        id: "c", title: "т", rule: "R3.1", term: "20", office: "provider",
                        startsAtReception: true),
                    .init(
                        id: "portal", title: "п", rule: "R3.1", term: "15", office: "provider",
                        startsAtReception: true, isAroundTheClock: true),
                ])
        ]),
    ]

    static let calls: [Call] =
        questions + [
            .health(watch: true), .health(watch: false), .describe, .stats,
            .authenticate(token: "kezek_0"), .authenticate(token: ""),
        ] + QueueExamples.calls + ApplicationExamples.calls + VisitExamples.calls
        + [.acceptClock(ApplicationExamples.request)]

    /// None at all, and each role for every office and for two.
    static let rights: [Authentication.Rights?] =
        [nil]
        + Role.allCases.flatMap { role in
            [OfficeScope.all, .only([OfficeID("almaty-edu")!, OfficeID("astana-1")!])].map {
                Authentication.Rights(
                    role: role, offices: $0, expiresAt: Timestamp("2027-01-01T00:00Z")!)
            }
        }

    static let results: [Result<Reply, Refusal>] =
        answers.map { .success($0) }
        + QueueExamples.replies.map { .success($0) }
        + ApplicationExamples.replies.map { .success($0) }
        + VisitExamples.replies.map { .success($0) }
        + [
            .success(
                .health(
                    Health(parts: [
                        .init(name: "server", isServing: false, detail: "stopping"),
                        .init(name: "calendar kz", isServing: true, detail: "kz-1"),
                    ]))),
            .success(
                .description(
                    ServerDescription(
                        version: "0.1.0", fileDescriptorSet: [0, 1, 255],
                        limits: [.init(name: "connections", value: .max)]))),
            .success(
                .stats(
                    ServerStatistics(
                        uptimeSeconds: .max, openConnections: 3, acceptedConnections: 4,
                        closedForCause: 1, failedAuthentications: 3, bytesIn: 10, bytesOut: 20,
                        calls: [
                            .init(
                                name: "due_date", answered: 1, refused: 2, p50: 3, p99: 4,
                                p999: 5, max: 6)
                        ]))),
        ]
        + rights.map { .success(.authenticated(Authentication(rights: $0))) }
        + [true, false].map { .success(.watchEnded($0)) }
        + [
            .failure(
                Refusal(.alreadyBooked, "m", subject: .booking("astana-1/2026-03-19/17"))),
            .failure(Refusal(.wouldOvertake, "m", subject: .ticket("A-017"))),
            .failure(Refusal(.overloaded, "m", retryAfterMilliseconds: 250)),
        ]
        + Refusal.Reason.allCases.map { .failure(Refusal($0, "message \($0)")) }
        + [
            .failure(
                Refusal(
                    .outsideReception, "жабық", field: "start",
                    nextOpening: moment("2026-03-26T09:00"))),
            .failure(
                Refusal(
                    .slotTaken, "занято",
                    alternatives: [moment("2026-03-26T09:00"), moment("2026-03-27T10:20")])),
            .failure(Refusal(.storeUnavailable, "m", isOutcomeUnknown: true)),
        ]
}

/// The bytes of a response without the frame's header.
func encoded(_ response: WireResponse) -> [UInt8] {
    let arena = Arena(limit: CallLimit.decodedResponseBytes)
    var bytes: [UInt8] = []
    let fits = ResponseCodec.encode(response, arena) { size, fill in
        bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            fill(buffer.baseAddress!)
            count = size
        }
    }
    #expect(fits)
    let header = bytes.withUnsafeBytes { FrameHeader.read($0, limit: CallLimit.responseFrameBytes) }
    guard case .complete(let headerLength, let length) = header else { return [] }
    #expect(headerLength + length == bytes.count)
    return Array(bytes[headerLength...])
}

@Suite struct RoundTripTests {
    @Test func everyRequestComesBackAsItWas() throws {
        let arena = Arena(limit: CallLimit.decodedRequestBytes)
        for (index, call) in Examples.calls.enumerated() {
            for language in Language.allCases {
                let request = WireRequest(
                    id: UInt64(index) + 1, deadlineMilliseconds: UInt32(index), language: language,
                    call: call)
                arena.reset()
                let bytes = try #require(RequestCodec.encode(request, arena))
                arena.reset()
                let decoded = bytes.withUnsafeBytes { RequestCodec.decode($0, arena) }
                guard case .request(let back, _) = decoded else {
                    Issue.record("\(call) came back as \(decoded)")
                    continue
                }
                #expect(back == request)
            }
        }
    }

    @Test func everyProofComesBackAsItWas() throws {
        let arena = Arena(limit: CallLimit.decodedRequestBytes)
        for proof in QueueExamples.proofs {
            let request = WireRequest(
                id: 1, deadlineMilliseconds: 0, language: .en,
                call: .queue(.booking(QueueExamples.booking)), proof: proof)
            arena.reset()
            let bytes = try #require(RequestCodec.encode(request, arena))
            arena.reset()
            guard
                case .request(let back, _) = bytes.withUnsafeBytes({
                    RequestCodec.decode($0, arena)
                })
            else {
                Issue.record("\(proof) is refused")
                continue
            }
            #expect(back == request)
        }
    }

    @Test func everyResponseComesBackAsItWas() throws {
        let arena = Arena(limit: CallLimit.decodedResponseBytes)
        for (index, result) in Examples.results.enumerated() {
            let response = WireResponse(
                id: UInt64(index), result: result, more: index % 2 == 0)
            let bytes = encoded(response)
            arena.reset()
            #expect(bytes.withUnsafeBytes { ResponseCodec.decode($0, arena) } == response)
        }
    }
}
