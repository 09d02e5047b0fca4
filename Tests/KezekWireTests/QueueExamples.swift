// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Journal
import Parties
import Queue
import TestKit
import Texts
import WorkingDays

@testable import KezekWire

/// One example of every call and reply of the queue, with every optional part there and absent.
enum QueueExamples {
    static let office = OfficeID("astana-1")!
    static let acceptance = ServiceID("acceptance")!
    static let issue = ServiceID("issue")!
    static let day = date("2026-03-19")
    static let label = TicketLabel("A-017")!
    static let booking = BookingID(office: office, date: day, number: 17)
    static let request = RequestID(high: 0x0102_0304_0506_0708, low: .max)

    static func text(_ text: String) -> LocalizedText {
        LocalizedText(kk: "\(text) қ", ru: "\(text) ы", en: text)
    }

    static func time(_ text: String) -> TimeOfDay { TimeOfDay(text)! }

    static func hours(_ start: String, _ end: String) -> DayInterval {
        DayInterval(start: time(start), end: time(end))!
    }

    /// A book of hours that has everything such a book can have.
    static let book: HoursBook = {
        let (day, evening) = (
            OpeningHours([hours("09:00", "13:00"), hours("14:00", "18:00")])!,
            OpeningHours([DayInterval("18:00-24:00")!])!
        )
        let summer = HoursBook.Season(
            first: MonthDay("06-01")!, last: MonthDay("08-31")!, week: .everyWorkingDay(day),
            act: text("Summer"))
        let winter = HoursBook.Season(
            first: MonthDay("12-20")!, last: MonthDay("02-29")!,
            week: .weekdays([.monday: evening]))
        return HoursBook(
            base: .init(
                week: .weekdays([.monday: day, .saturday: evening]), seasons: [summer, winter]),
            changes: [
                .init(
                    from: date("2027-01-11"), known: date("2026-11-16"),
                    schedule: .init(week: .everyWorkingDay(evening)), act: text("Order 1")),
                .init(
                    from: date("2027-01-11"), known: date("2026-11-17"), schedule: nil,
                    act: text("Order 2")),
            ],
            dates: [
                .init(
                    date: date("2026-12-30"), known: date("2026-11-16"), hours: .open(day),
                    act: text("Order 3")),
                .init(
                    date: date("2026-12-31"), known: date("2026-11-16"), hours: .closed,
                    act: text("Order 3")),
                .init(
                    date: date("2026-12-31"), known: date("2026-11-20"), hours: .takenBack,
                    act: text("Order 4")),
            ])
    }()

    /// An office that has everything an office can have.
    static let description: QueueOffice = {
        var rules = QueueRules()
        rules.portalPercent = 60
        rules.kioskPercent = 0
        rules.rereleaseSeconds = 600
        return QueueOffice(
            id: office, title: text("Astana 1"), address: text("Turan 1"), standard: "std-7",
            kind: "corporation", zone: "Asia/Almaty",
            services: [
                QueueService(
                    id: acceptance, letter: UInt8(ascii: "A"), title: text("Acceptance"),
                    minutes: 20),
                QueueService(
                    id: issue, letter: UInt8(ascii: "B"), title: text("Issue"), minutes: nil),
            ],
            windows: [
                QueueWindow(
                    id: WindowID("1")!, services: [acceptance, issue],
                    roster: [
                        .monday: [hours("09:00", "13:00"), hours("14:00", "18:00")],
                        .sunday: [],
                    ], breaks: [hours("11:00", "11:15")]),
                QueueWindow(id: WindowID("vip-2")!, services: [], roster: [:], breaks: []),
            ],
            exceptions: [
                RosterException(
                    date: day, window: WindowID("1")!, hours: [hours("10:00", "12:00")]),
                RosterException(date: day, window: WindowID("vip-2")!, hours: []),
            ],
            closures: [
                Closure(date: date("1970-01-01"), hours: nil, reason: text("flood")),
                Closure(
                    date: day, hours: hours("15:00", "16:00"),
                    reason: LocalizedText(kk: "", ru: "", en: "")),
            ], rules: rules, hours: book, reception: reception)
    }()

    /// Everything that an office can add to how people are received.
    static let reception = Reception(
        bookingsOnly: BookingsOnly(
            order: text("Order No. 1"),
            withoutBooking: [ListedReason(code: reason, title: text("Disability"))]),
        limits: [
            PersonLimit(counts: .bookings, most: 2, days: 10, shared: ListedCode("astana")!),
            PersonLimit(counts: .services, most: 1, days: 1, shared: nil),
        ],
        endings: Outcome.allCases.map {
            Reception.Ending(
                code: ListedCode("ending-\($0.rawValue)")!, outcome: $0, title: text("Ended"))
        }, pauses: [ListedReason(code: ListedCode("lunch")!, title: text("Lunch"))],
        waitingList: WaitingRules(offerMinutes: 1_440, perDay: 500, perPerson: 1))
    static let reason = ListedCode("disability")!

    static let plain = QueueOffice(
        id: office, title: text("Astana 1"), address: LocalizedText(kk: "", ru: "", en: ""),
        standard: "std-7", kind: "provider", zone: "",
        services: [
            QueueService(
                id: acceptance, letter: UInt8(ascii: "Z"), title: text("Acceptance"), minutes: 480)
        ], windows: [], exceptions: [], closures: [], rules: QueueRules())

    /// By the calendar of a town, with bookings for as many services as there may be.
    static let local: QueueOffice = {
        var rules = QueueRules()
        rules.furtherServices = 7
        return QueueOffice(
            id: office, title: text("Astana 1"), address: text("Astana"), standard: "std-7",
            kind: "provider", zone: "", services: plain.services, windows: [], exceptions: [],
            closures: [], rules: rules, calendar: "kz-town")
    }()

    static let questions: [QueueQuestion] = [
        .offices, .office(office),
        .slots(
            SlotsQuestion(
                office: office, service: acceptance, channel: .portal, from: day,
                to: day.adding(days: 61)!)),
        .firstFree(
            FirstFreeQuestion(
                office: office, service: issue, channel: .kiosk, from: moment("2026-03-19T16:05"),
                count: 50)),
        .nearestFree(
            NearestFreeQuestion(
                offices: [office, OfficeID("astana-2")!], service: issue, channel: .portal,
                from: moment("2026-03-19T16:05"), count: 1)),
        .nearestFree(
            NearestFreeQuestion(
                offices: [office], service: issue, channel: .office,
                from: moment("2026-03-19T16:05"), count: 1,
                further: FurtherServices(services: [acceptance, issue], isAtOneWindow: true))),
        .bookings(BookingsQuestion(office: nil, applicant: .iin(IIN("900101300017")!))),
        .bookings(BookingsQuestion(office: office, applicant: .reference("crm-4711"))),
        .slots(
            SlotsQuestion(
                office: office, service: issue, channel: .portal, from: day, to: day,
                further: FurtherServices(services: [acceptance], isAtOneWindow: false))),
        .firstFree(
            FirstFreeQuestion(
                office: office, service: issue, channel: .kiosk,
                from: CivilDateTime(day, time("09:20")), count: 1,
                further: FurtherServices(services: [issue], isAtOneWindow: true))),
        .booking(booking), .board(office, since: 0), .board(office, since: .max),
        .wait(office, .ticket(label)), .wait(office, .newcomer(issue)),
        .day(office, date("1969-12-31")),
        .statistics(office, from: day, to: day.adding(days: 365)!),
        .waitingPlace(waiting), .waitingList(office, date("1969-12-31")),
    ]

    static let commands: [QueueCommand] =
        [
            .hold(
                HoldCommand(
                    office: office, service: acceptance, date: day, start: time("09:20"),
                    channel: .portal, applicant: .iin(IIN("900101300017")!))),
            .hold(
                HoldCommand(
                    office: office, service: acceptance, date: day, start: .midnight,
                    channel: .office,
                    applicant: .reference(String(repeating: "r", count: 64)))),
            .hold(
                HoldCommand(
                    office: office, service: acceptance, date: day, start: time("09:20"),
                    channel: .office, applicant: .reference("r"),
                    further: FurtherServices(services: [acceptance, issue], isAtOneWindow: true))),
            .booking(booking, .confirm), .booking(booking, .release),
            .booking(booking, .cancel(by: .applicant, reason: "")),
            .booking(
                booking, .cancel(by: .office, reason: String(repeating: "қ", count: 250))),
            .booking(booking, .arrive),
            .reschedule(booking, to: day.adding(days: 1)!, start: time("23:59:59")),
            .changeOffice(OfficeChangeCommand(change: .put(description), dryRun: true)),
            .changeOffice(OfficeChangeCommand(change: .put(plain), dryRun: false)),
            .changeOffice(OfficeChangeCommand(change: .put(local), dryRun: false)),
            .changeOffice(
                OfficeChangeCommand(
                    change: .close(office, description.closures[0]), dryRun: false)),
            .changeOffice(
                OfficeChangeCommand(
                    change: .close(office, description.closures[1]), dryRun: true)),
            .changeOffice(OfficeChangeCommand(change: .reopen(office, day), dryRun: false)),
            .changeOffice(OfficeChangeCommand(change: .recalculate(office), dryRun: true)),
            .waiting(waiting, .leave),
        ] + dayCommands.map { .today(office, $0) } + wishes.map { .joinWaitingList($0) }
        + OfferAnswer.allCases.map { .waiting(waiting, .answer($0)) }

    static let dayCommands: [DayCommand] =
        [
            .takeTicket(service: acceptance), .takeTicket(service: issue, reason: reason),
            .leaseNumbers(service: issue, count: 200, kiosk: "киоск у входа"),
            .reportTickets(lease: 3, tickets: [], ends: true),
            .reportTickets(
                lease: .max,
                tickets: [
                    ReportedTicket(number: 1, service: acceptance, takenAt: 32_400),
                    ReportedTicket(number: 2, service: issue, takenAt: -1),
                    ReportedTicket(number: 3, service: issue, takenAt: 0, reason: reason),
                    ReportedTicket(void: 9_999),
                ], ends: false),
            .call(label, WindowID("vip-2")!), .recall(label), .serve(label), .skip(label),
            .park(label), .resume(label), .transfer(label, service: issue, window: nil),
            .transfer(label, service: issue, window: WindowID("1")!),
        ] + Outcome.allCases.map { .finish(TicketLabel("Z-9999")!, $0) }
        + [
            .openWindow(WindowID("1")!), .closeWindow(WindowID("2")!), .beginBreak(WindowID("3")!),
            .endBreak(WindowID("4")!), .callNext(WindowID("5")!),
            .openWindow(WindowID("1")!, by: SeatName("clerk-7")!),
            .beginBreak(WindowID("3")!, reason: ListedCode("lunch")!),
            .finish(label, .refused, ending: ListedCode("no-papers")!),
        ]

    static let calls: [Call] =
        questions.map(Call.queue)
        + [
            .watchBoard(office, .nothing),
            .watchBoard(office, BoardSeen(revision: 1_000_000, date: day)),
            .endWatch(request: 7),
        ]
        + commands.map { .command(request, $0) }

    // MARK: Replies

    static func view(_ state: Booking.State, _ channel: BookingChannel = .portal) -> BookingView {
        BookingView(
            id: booking, service: acceptance, start: time("09:20"), minutes: 20, channel: channel,
            state: state,
            until: state == .held || state == .offered ? Timestamp("2026-03-18T10:00:00Z") : nil,
            ticket: state == .arrived ? label : nil,
            counterpart: state == .moved
                ? BookingID(office: office, date: date("2026-03-20"), number: 1) : nil,
            reason: state == .cancelled ? "Window 3 is flooded" : "",
            key: state == .moved
                ? BookingKey(secret: secret, code: code, counterpart: secret)
                : state == .held ? BookingKey(secret: secret, code: code) : nil,
            further: state == .noShow
                ? FurtherServices(services: [issue, issue], isAtOneWindow: true) : nil)
    }

    static func view(_ state: Ticket.State) -> TicketView {
        let isFinished = state == .finished
        return TicketView(
            label: TicketLabel(letter: UInt8(ascii: "C"), number: Int(state.rawValue) * 999)!,
            service: issue, state: state, window: isFinished ? WindowID("1") : nil, calls: 2,
            outcome: isFinished ? .refused : nil, booking: isFinished ? 17 : 0, takenAt: 32_400,
            dueAt: isFinished ? 32_401 : -5, calledAt: 32_402, servedAt: 0, finishedAt: 32_404,
            foretold: isFinished ? WaitQuantiles(p50: 60, p90: 600) : nil,
            reason: isFinished ? reason : nil,
            ending: isFinished ? ListedCode("no-papers")! : nil,
            secret: isFinished ? secret : nil)
    }

    static let secret = BookingSecret(high: 0x0011_2233_4455_6677, low: .max)
    static let code = CheckInCode("007312")!

    static let proofs: [BookingProof] = [
        .secret(secret), .code(code), .applicant(.iin(IIN("900101300017")!)),
        .applicant(.reference("application-4711")),
    ]

    static let lease = NumberLease(
        id: 1, letter: UInt8(ascii: "Q"), first: 9_800, count: 200, kiosk: "kiosk-2")

    static let effects = OfficeEffects(
        isDone: true, dates: [day, date("1970-01-01")],
        displaced: [
            .init(booking: view(.confirmed), replacement: view(.held)),
            .init(booking: view(.held), replacement: nil),
        ], tickets: [OfficeEffects.Here(office: office, ticket: view(.waiting))],
        leases: [OfficeEffects.Leased(office: nil, lease: lease)])

    static let answers: [QueueAnswer] =
        [
            .offices([]),
            .offices([
                OfficeSummary(
                    id: office, title: text("Astana 1"), standard: "std-7", kind: "corporation",
                    takesBookings: true, windows: 64, services: [acceptance, issue],
                    zone: "Asia/Almaty", today: day, bookingsOnly: true),
                OfficeSummary(
                    id: office, title: text("Astana 2"), standard: "std-8", kind: "provider",
                    takesBookings: false, windows: 0, services: [], zone: "Asia/Oral",
                    today: date("1970-01-02")),
            ]),
            .office(description), .office(plain), .slots([]),
            .slots([
                DaySlots(
                    date: day, revision: 0, starts: [32_400, 33_600, 0], free: [0, 64, 1]),
                DaySlots(date: date("1970-01-01"), revision: .max, starts: [], free: []),
            ]),
            .firstFree([]), .firstFree([moment("2026-03-19T09:00"), moment("2026-03-20T09:20")]),
            .nearestFree([]),
            .nearestFree([OfficeSlot(office: office, start: moment("2026-03-19T09:00"))]),
            .bookings([]), .bookings([view(.confirmed), view(.served)]),
            .board(
                Board(
                    office: office, date: day, revision: 5, isWhole: true,
                    windows: WindowStatus.State.allCases.map { state in
                        WindowView(
                            id: WindowID("\(state.rawValue)")!, state: state,
                            ticket: state == .open ? label : nil,
                            services: state == .open ? [acceptance, issue] : [])
                    }, tickets: Ticket.State.allCases.map { view($0) })),
            .board(
                Board(
                    office: office, date: day, revision: 6, isWhole: false, windows: [],
                    tickets: [])),
            .wait(
                WaitAnswer(revision: 0, wait: nil, ahead: 0, openWindows: 0, alarm: nil)),
            .wait(
                WaitAnswer(
                    revision: 5, wait: WaitQuantiles(p50: 0, p90: 1_200), ahead: 3, openWindows: 2,
                    alarm: WaitAlarm(
                        limit: 1_200, tickets: [label, TicketLabel("B-1000")!],
                        cure: [WindowID("2")!]))),
            .wait(
                WaitAnswer(
                    revision: 5, wait: WaitQuantiles(p50: -1, p90: 0), ahead: 3, openWindows: 2,
                    alarm: WaitAlarm(limit: 1_200, tickets: [], cure: []))),
            .day(
                DayRecord(
                    office: office, date: day, revision: 9,
                    bookings: Booking.State.allCases.map { view($0) },
                    tickets: Ticket.State.allCases.map { view($0) })),
            .statistics(statistics), .waitingList([]), .waitingList(places),
        ] + places.map { .waitingPlace($0) } + Booking.State.allCases.map { .booking(view($0)) }
        + BookingChannel.allCases.map { .booking(view(.served, $0)) }

    static let statistics = QueueStatistics(
        office: office, from: day, to: day.adding(days: 30)!, days: 22,
        services: [
            .init(
                service: acceptance, tickets: 1 << 33, booked: 2, served: 3, refused: 4, left: 5,
                noShows: 6, cancelled: 7, wait: .init(count: 8, mean: 9, p50: 10, p90: 11, max: 12),
                serving: .init(count: 0, mean: 0, p50: 0, p90: 0, max: 0))
        ],
        windows: [
            .init(window: WindowID("1")!, tickets: 1, openSeconds: 28_800, busySeconds: 20_000)
        ],
        breaches: Breach.Kind.allCases.map {
            Breach(kind: $0, date: day, ticket: label, seconds: 1_201, limit: 1_200)
        }, foretold: 100, withinP90: 91,
        callers: [.init(caller: "-", entries: 7), .init(caller: "k7q2ab", entries: 1 << 33)],
        withoutBooking: [.init(reason: reason, tickets: 3)],
        endings: Outcome.allCases.map {
            .init(outcome: $0, code: ListedCode("ending-\($0.rawValue)")!, tickets: 1)
        }, pauses: [.init(code: ListedCode("lunch")!, breaks: 2, seconds: 3_600)],
        seats: [.init(who: SeatName("clerk-7")!, tickets: 9, openSeconds: 28_800)],
        hours: [
            .init(
                date: day, hour: 0, plannedSeconds: 1 << 33, bookedSeconds: 0, servedSeconds: 1),
            .init(date: day, hour: 23, plannedSeconds: 3_600, bookedSeconds: 2, servedSeconds: 0),
        ],
        waiting: [
            .init(
                service: acceptance, joined: 1 << 33, offered: 5, accepted: 4, declined: 3,
                unanswered: 2)
        ])

    static let served = TicketView(
        label: label, service: issue, state: .serving, window: WindowID("1"), calls: 1,
        outcome: nil, booking: 0, takenAt: 0, dueAt: 1, calledAt: 2, servedAt: 32_403,
        finishedAt: 0, foretold: nil, secret: nil)

    static let receipts: [Receipt] = [
        Receipt(revision: 8, ticket: served),
        Receipt(
            revision: 10,
            ticket: TicketView(
                label: label, service: issue, state: .waiting, window: nil, calls: 0, outcome: nil,
                booking: 3, takenAt: 0, dueAt: 1, calledAt: 0, servedAt: 0, finishedAt: 0,
                foretold: nil, then: [acceptance, issue])),
        Receipt(revision: 1), Receipt(revision: 2, booking: view(.held)),
        Receipt(revision: 3, booking: view(.arrived), ticket: view(.waiting)),
        Receipt(revision: 4, ticket: view(.called), window: WindowID("1")),
        Receipt(revision: 5, lease: lease), Receipt(revision: 6, effects: effects),
        Receipt(revision: 7, effects: OfficeEffects.none),
        Receipt(revision: 9, booking: view(.confirmed), waiting: view(WaitingState.offered)),
    ]

    static let replies: [Reply] = answers.map(Reply.queue) + receipts.map(Reply.receipt)
}
