// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import Journal
import Parties
import Queue
import TestKit

@testable import KezekWire

/// Calls, replies and records about applications, with every optional part there and absent.
enum ApplicationExamples {
    static let id = ApplicationID("astana-1/2026-03-18/7")!
    static let other = ApplicationID(office: OfficeID("o")!, date: .earliest, number: .max)
    static let documents = [
        PresentedDocument(
            id: "diploma", original: true, copy: false, expires: date("2031-05-02")),
        PresentedDocument(id: "identity", original: false, copy: true),
    ]
    static let profile = ApplicantProfile(
        group: "methodologist", isRetrained: true, holdsCategory: false)
    static let deadline = Deadline(
        at: moment("2026-03-26T20:00"), asKnownOn: date("2026-03-18"),
        calendarVersion: "kz-0123456789abcdef", isProvisional: false)
    static let chosen = Deadline(
        at: moment("2026-04-10T20:00"), asKnownOn: date("1970-01-01"), calendarVersion: "",
        isProvisional: true)

    static let handIns = [
        HandIn(
            office: id.office, channel: "corporation", applicant: .iin(IIN("900101300017")!),
            profile: profile, documents: documents, consent: .given,
            at: moment("2026-03-18T10:00"), ticket: "A-017"),
        HandIn(
            office: id.office, channel: "", applicant: .reference("ә"),
            profile: ApplicantProfile(group: "", holdsCategory: true), documents: [],
            consent: nil),
    ]

    static let actions: [ApplicationAction] = [
        .suspend(reason: "мұрағат", reviewBy: date("2026-04-10")), .resume,
        .complete(ground: nil, note: ""), .complete(ground: "g", note: "жоқ"),
        .handOver(.applicant), .handOver(.representative), .returnUnclaimed, .request, .redeliver,
        .withdraw(reason: ""), .withdraw(reason: "r"),
    ]

    static let questions: [ApplicationQuestion] =
        [
            .intakeCheck(
                IntakeCheckQuestion(
                    standard: "std-7", profile: profile, documents: documents,
                    on: date("2026-03-18"))),
            .intakeCheck(
                IntakeCheckQuestion(standard: "", profile: profile, documents: [], on: nil)),
            .application(id), .application(other), .decrees,
            .status(id, .iin(IIN("900101300017")!)), .status(other, .reference("r")),
            .workingList(WorkingListQuestion(office: id.office)),
            .workingList(
                WorkingListQuestion(
                    office: id.office, within: 250, all: true,
                    since: .init(run: .max, revision: .max))),
            .punctuality(
                PunctualityQuestion(
                    office: nil, from: date("2026-01-01"), to: date("2027-01-01"), period: .whole)),
        ]
        + PaperQuestion.Form.allCases.map { .paper(PaperQuestion(id: id, form: $0, name: "Ә")) }
        + Punctuality.Period.allCases.map {
            .punctuality(
                PunctualityQuestion(
                    office: id.office, from: date("2026-01-01"), to: date("2026-01-01"),
                    period: $0))
        }

    static let request = RequestID(high: 1, low: .max)

    static let calls: [Call] =
        questions.map(Call.applications)
        + handIns.flatMap { handIn in
            [
                .applicationCommand(request, .accept(handIn)),
                .applicationCommand(request, .decline(handIn)),
            ]
        }
        + actions.map { .applicationCommand(request, .act(id, $0)) }
        + [
            .watchWorkingList(WorkingListQuestion(office: id.office, within: 0)),
            .decree(request, DecreeCommand(calendar: "calendar: kz\n", dryRun: false)),
            .decree(request, DecreeCommand(calendar: "", dryRun: true, office: id.office)),
            .forgetApplicant(request, .iin(IIN("900101300017")!)),
            .forgetApplicant(request, .reference("case-4711")),
        ]

    static func view(_ phase: Phase) -> ApplicationView {
        ApplicationView(
            id: id, revision: 3, standard: "std-7", channel: "corporation", profile: profile,
            consent: phase == .declined ? nil : .notRequired, documents: documents,
            ticket: phase == .accepted ? "A-017" : "", handedInAt: moment("2026-03-18T16:05"),
            phase: phase, changedAt: moment("2026-03-19T10:00:59"),
            due: phase == .declined ? nil : deadline,
            clock: phase.clock.map {
                .init(
                    kind: $0, start: moment("2026-03-18T16:05"),
                    end: phase == .ready ? nil : chosen)
            },
            suspended: phase == .suspended
                ? [
                    SuspendedTime(
                        from: moment("2026-03-18T17:00"), until: moment("2026-03-19T09:00"),
                        reason: "себеп"),
                    SuspendedTime(
                        from: moment("2026-03-19T10:00"), until: nil, reason: "",
                        reviews: [
                            .init(
                                at: moment("2026-03-19T11:00"), by: moment("2026-03-30T20:00"),
                                reason: "мұрағат"),
                            .init(
                                at: moment("2026-03-20T11:00"), by: moment("2026-04-30T20:00"),
                                reason: ""),
                        ]),
                ] : [],
            result: phase == .ready
                ? .init(at: moment("2026-03-19T10:00"), ground: "g", note: "n")
                : phase == .handedOver
                    ? .init(at: moment("2026-03-19T10:00"), ground: nil, note: "") : nil,
            recipient: phase == .handedOver ? .representative : nil,
            failing: phase == .declined
                ? [
                    .init(id: "diploma", problems: [.missing]),
                    .init(id: "identity", problems: [.copyMissing, .expired]),
                ] : [], withdrawal: phase == .withdrawn ? "көшті" : "")
    }

    static let list = WorkingList(
        office: id.office, date: date("2026-03-20"), run: .max, revision: 5, isWhole: false,
        items: [
            WorkingItem(
                id: id, urgency: .overdue, phase: .accepted, channel: "corporation",
                deadline: moment("2026-03-19T20:00"), workingDays: -1, isProvisional: false,
                usedPercent: 100, warningPercent: 75),
            WorkingItem(
                id: ApplicationID(office: id.office, date: date("1969-12-31"), number: 9),
                urgency: .waiting, phase: .ready, channel: "provider", deadline: nil,
                workingDays: nil, isProvisional: true),
            WorkingItem(
                id: id, urgency: .later, phase: .requested, channel: "corporation",
                deadline: moment("1970-01-01T00:00"), workingDays: 0, isProvisional: false,
                usedPercent: 0),
        ], gone: [ApplicationID(office: id.office, date: date("2026-03-01"), number: 4)])

    static let change = CalendarChangesAnswer.Change(
        date: date("2026-08-31"), week: "five",
        before: Proof.Reason(kind: .substitute, text: "rest", act: "Law"),
        after: Proof.Reason(kind: .working, text: "working day", act: "Code"), act: "Law 306")

    static let effects = DecreeEffects(
        isDone: true, calendar: "kz", version: "kz-1", moving: 100_000, running: 120_000,
        unanswered: 1, movingBookings: 9, changes: [change, change],
        clocks: [
            MovedClock(
                id: id, kind: .term, from: moment("2026-03-26T20:00"),
                to: moment("2026-03-27T20:00"), changes: 0..<2),
            MovedClock(
                id: other, kind: .redelivery, from: moment("1969-12-31T00:00"),
                to: moment("9999-12-31T23:59:59"), changes: 1..<1),
        ],
        bookings: OfficeEffects(isDone: true, dates: [date("2026-03-20")], displaced: []),
        awaitingYear: 3, knownLater: [date("2026-12-02"), date("9999-12-31")],
        later: [
            DecreeEffects.Later(
                knownOn: date("2026-12-02"), booking: QueueExamples.view(.confirmed))
        ],
        laterClocks: [
            DecreeEffects.LaterClock(
                knownOn: date("2026-12-02"), id: id, kind: .term, from: moment("2026-03-27T20:00"),
                to: moment("2026-03-26T20:00"))
        ], movingLater: 4_001)

    static let nothing = DecreeEffects(
        isDone: false, calendar: "", version: "", moving: 0, running: 0, unanswered: 0,
        movingBookings: 0, changes: [], clocks: [],
        bookings: OfficeEffects(isDone: false, dates: [], displaced: []))

    static let answers: [ApplicationAnswer] =
        Phase.allCases.map { .application(view($0)) }
        + [
            .intakeCheck(
                IntakeAnswer(
                    lines: [
                        .init(
                            document: "diploma", rule: "R8.3", title: "Диплом", isAskedFor: true,
                            needsCopy: true, isGivenBack: true, presented: documents[0],
                            problems: IntakeProblem.allCases),
                        .init(
                            document: "x", rule: "", title: "", isAskedFor: false,
                            needsCopy: false, isGivenBack: false, presented: nil, problems: []),
                    ], isComplete: false, ground: "R9.3")),
            .intakeCheck(IntakeAnswer(lines: [], isComplete: true, ground: "")),
            .paper("<!DOCTYPE html>қ"), .paper(""),
            .status(
                StatusAnswer(
                    id: id, phase: .ready, handedInAt: moment("2026-03-18T16:05"),
                    until: moment("2026-04-27T20:00"), isProvisional: true, sentence: "дайын")),
            .status(
                StatusAnswer(
                    id: id, phase: .unclaimed, handedInAt: moment("2026-03-18T16:05"), until: nil,
                    isProvisional: false, sentence: "")),
            .workingList(list),
            .workingList(
                WorkingList(
                    office: id.office, date: date("2026-03-20"), run: 1, revision: 1,
                    isWhole: true, items: [], gone: [])),
            .punctuality(
                Punctuality(rows: [
                    .init(
                        office: id.office, channel: "corporation", from: date("2026-03-01"),
                        accepted: 7, inTime: 1, late: 2, running: 3, overdue: 4, withdrawn: 5)
                ])), .punctuality(Punctuality(rows: [])),
            .decrees([
                DecreeSummary(
                    number: 1, at: Timestamp("2026-06-12T05:00Z")!, calendar: "kz",
                    version: "kz-1", clocks: 2, bookings: 3)
            ]), .decrees([]),
        ]

    static let replies: [Reply] =
        answers.map(Reply.applications) + [.decree(effects), .decree(nothing)]
        + [.forgotten(keys: 0), .forgotten(keys: 2), .clockAccepted(true), .clockAccepted(false)]

    // MARK: Records

    static let terms = RegisterTerms(
        standard: "std-7", kind: "corporation", channels: ["corporation"],
        groups: ["a", "methodologist"], documents: ["identity", "diploma"], grounds: [])
    static let registered = RegisteredHandIn(
        number: 10_000, applicant: Applicant(high: .max, low: 1), channel: 0, group: 199,
        isRetrained: true, holdsCategory: true, consent: .notRequired,
        documents: [
            RegisteredDocument(place: 199, original: true, copy: false, expires: nil),
            RegisteredDocument(
                place: 0, original: false, copy: true, expires: date("1969-12-31")),
        ], ticket: "Z-9999", at: moment("2026-03-18T16:05:01"))
    static let bare = RegisteredHandIn(
        number: 1, applicant: Applicant(high: 0, low: 0), channel: 0, group: 0,
        isRetrained: false, holdsCategory: false, consent: nil, documents: [], ticket: "",
        at: moment("1970-01-01T00:00"))
    private static let at = moment("2026-03-19T10:00")
    private static let storage = ApplicationEvent.Storage(from: at, until: deadline)

    static let granted = RegisterTerms(
        standard: "", kind: "", channels: [], groups: [], documents: [], grounds: ["g", "h"])
    static let byPost = RegisteredHandIn(
        number: 2, applicant: Applicant(high: 1, low: 0), channel: 3, group: 0, isRetrained: false,
        holdsCategory: false, consent: nil, documents: [], ticket: "",
        at: moment("1970-01-01T00:00"))

    static let events: [ApplicationEvent] = [
        .opened(granted), .accepted(byPost, due: chosen), .withdrawn(9, at: at, reason: "көшті"),
        .opened(terms), .accepted(registered, due: deadline), .accepted(bare, due: chosen),
        .declined(bare, failing: []),
        .declined(
            registered,
            failing: [
                RegisteredProblem(place: 1, problems: IntakeProblem.allCases),
                RegisteredProblem(place: 199, problems: [.expired]),
            ]), .suspended(1, at: at, review: chosen, reason: "себеп"),
        .reviewSet(2, at: at, review: chosen, reason: "әлі келмеді"),
        .resumed(3, at: at, due: deadline),
        .completed(4, at: at, .granted(note: ""), storage: storage),
        .completed(4, at: at, .granted(note: "№ 7 бұйрық"), storage: nil),
        .reviewSet(2, at: at, review: chosen, reason: ""),
        .completed(4, at: at, .refused(ground: 1, note: "жоқ"), storage: nil),
        .handedOver(5, at: at, .representative), .returned(6, at: at),
        .requested(7, at: at, redelivery: deadline), .redelivered(8, at: at, storage: storage),
        .redelivered(8, at: at, storage: nil), .withdrawn(9, at: at, reason: ""),
        .clockMoved(10_000, to: deadline), .termJudged(10_000, by: deadline),
    ]
}
