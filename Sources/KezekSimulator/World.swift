// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Parties
import Queue
import Texts
import WorkingDays

/// The small world of a simulation: two offices, few people and few places, so that they get into
/// each other's way.
struct World {
    let corporation = OfficeID("astana-1")!
    let provider = OfficeID("almaty-edu")!
    let services = [ServiceID("acceptance")!, ServiceID("results")!]
    let windows = ["1", "2", "3"].compactMap { WindowID($0) }
    let dates: [CivilDate]
    let start: Timestamp
    let offices: [QueueOffice]
    /// Reasons, endings and pauses of the offices' lists, and one that is in none.
    let codes = ["disability", "no-papers", "lunch", "unheard-of"].compactMap { ListedCode($0) }
    let clerks = ["clerk-1", "clerk-2"].compactMap { SeatName($0) }

    /// Whether offices add to how people are received, people name codes, and some book several services at once: where not, a seed's days are what
    /// they were before offices could.
    let hasReceptions: Bool
    /// Whether people wait for places that become free: where not, a seed's days are what they were before.
    let hasWaitingLists: Bool

    /// Wednesday 18 March 2026, 8:50 in Astana: Nauryz lies within the days ahead.
    init(_ dice: inout Dice, hasReceptions: Bool = false, hasWaitingLists: Bool = false) {
        self.hasReceptions = hasReceptions
        self.hasWaitingLists = hasWaitingLists
        start = Timestamp("2026-03-18T03:50:00Z")!
        dates = (0...8).compactMap { CivilDate("2026-03-18")!.adding(days: $0) }
        let text = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")
        var rules = QueueRules()
        rules.holdSeconds = Int32(dice.pick([60, 600, 3_600]))
        rules.graceSeconds = Int32(dice.pick([0, 600, 1_800]))
        rules.leadSeconds = Int32(dice.pick([0, 1_800]))
        rules.horizonDays = 7
        rules.rereleaseSeconds = Int32(dice.pick([0, 0, 900]))
        rules.slotMinutes = Int32(dice.pick([20, 60]))
        rules.portalPercent = Int32(dice.pick([100, 60, 34, 0]))
        rules.kioskPercent = Int32(dice.pick([100, 50]))
        let services = services
        let windows = windows
        let isSplit = dice.once(in: 2)
        var (atCorporation, atProvider): (Reception?, Reception?) = (nil, nil)
        if hasReceptions {
            (atCorporation, atProvider) = World.receptions(codes, text, &dice)
            rules.furtherServices = Int32(dice.pick([0, 1, 3]))
        }
        if hasWaitingLists {
            let rules = WaitingRules(
                offerMinutes: dice.pick([1, 10, 60]), perDay: dice.pick([3, 50]),
                perPerson: dice.pick([1, 3]))
            atCorporation = Reception(
                bookingsOnly: atCorporation?.bookingsOnly, limits: atCorporation?.limits ?? [],
                endings: atCorporation?.endings ?? [], pauses: atCorporation?.pauses ?? [],
                waitingList: rules)
        }
        let receptions = [corporation: atCorporation, provider: atProvider]
        func office(_ id: OfficeID, _ kind: String) -> QueueOffice {
            QueueOffice(
                id: id, title: text, address: text, standard: "std-7", kind: kind, zone: "",
                services: [
                    QueueService(
                        id: services[0], letter: UInt8(ascii: "A"), title: text, minutes: nil),
                    QueueService(
                        id: services[1], letter: UInt8(ascii: isSplit ? "B" : "A"), title: text,
                        minutes: 40),
                ],
                windows: windows.enumerated().map { place, id in
                    QueueWindow(
                        id: id, services: place == 0 ? services : [services[place % 2]],
                        roster: place < 2
                            ? [:] : [.wednesday: World.morning, .thursday: World.morning],
                        breaks: [])
                }, exceptions: [], closures: [], rules: rules,
                reception: receptions[id] ?? nil)
        }
        offices = [office(corporation, "corporation"), office(provider, "provider")]
    }

    /// What the two offices add to how people are received.
    private static func receptions(
        _ codes: [ListedCode], _ text: LocalizedText, _ dice: inout Dice
    ) -> (Reception?, Reception?) {
        guard !dice.once(in: 3) else { return (nil, nil) }
        let shared = dice.once(in: 2) ? ListedCode("region") : nil
        var limits: [PersonLimit] = []
        if dice.once(in: 2) {
            limits.append(
                PersonLimit(
                    counts: .bookings, most: dice.number(1...3), days: dice.pick([1, 3, 10]),
                    shared: shared))
        }
        if dice.once(in: 3) {
            limits.append(PersonLimit(counts: .services, most: 1, days: 1, shared: nil))
        }
        let only = BookingsOnly(
            order: text, withoutBooking: [ListedReason(code: codes[0], title: text)])
        let endings = [Reception.Ending(code: codes[1], outcome: .refused, title: text)]
        let pauses = [ListedReason(code: codes[2], title: text)]
        return (
            Reception(
                bookingsOnly: dice.once(in: 2) ? only : nil, limits: limits, endings: endings,
                pauses: pauses),
            limits.isEmpty ? nil : Reception(limits: limits)
        )
    }

    private static let morning = [
        DayInterval(
            start: TimeOfDay(hour: 9, minute: 0)!, end: TimeOfDay(hour: 13, minute: 0)!)!
    ]
}

/// What applicants, kiosks and clerks think of doing, sensible or not.
struct People {
    private(set) var bookings: [BookingID] = []
    private(set) var tickets: [TicketLabel] = []
    private var leases: [NumberLease] = []
    private var waiting: [WaitingID] = []

    /// Learns of what is there from a receipt.
    mutating func learn(_ receipt: Receipt) {
        if let booking = receipt.booking { bookings.append(booking.id) }
        if let ticket = receipt.ticket, !tickets.contains(ticket.label) {
            tickets.append(ticket.label)
        }
        if let lease = receipt.lease { leases.append(lease) }
        if let place = receipt.waiting?.id, !waiting.contains(place) { waiting.append(place) }
    }

    /// Forgets the tickets of a day that is over.
    mutating func newDay() {
        tickets = []
        leases = []
    }

    /// Something that somebody might do now.
    func command(_ world: World, today: CivilDate, second: Int32, _ dice: inout Dice)
        -> QueueCommand
    {
        let office = dice.once(in: 6) ? world.provider : world.corporation
        if world.hasWaitingLists, dice.once(in: 4) { return waits(office, world, &dice) }
        switch dice.number(0...99) {
        case 0..<28: return .hold(hold(office, world, &dice))
        case 28..<44: return booking(.confirm, office, world, &dice)
        case 44..<47: return booking(.release, office, world, &dice)
        case 47..<51:
            return booking(
                .cancel(by: dice.pick(Canceller.allCases), reason: "себебі"), office, world, &dice)
        case 51..<57: return booking(.arrive, office, world, &dice)
        case 57..<61:
            return .reschedule(
                anyBooking(office, world, &dice), to: dice.pick(world.dates), start: time(&dice))
        case 61..<63: return .changeOffice(change(office, world, &dice))
        default: return .today(office, line(world, second, &dice))
        }
    }

    /// Joins a waiting list, or says something there.
    private func waits(
        _ office: OfficeID, _ world: World, _ dice: inout Dice
    ) -> QueueCommand {
        if let place = waiting.suffix(20).randomElement(using: &dice), !dice.once(in: 3) {
            let action: WaitingAction =
                switch dice.number(0...9) {
                case 0..<5: .answer(.accept)
                case 5..<7: .answer(.decline)
                default: .leave
                }
            return .waiting(place, action)
        }
        let (from, to) = (time(&dice), time(&dice))
        let who: WaitingWish.Who =
            dice.once(in: 2)
            ? .booking(anyBooking(office, world, &dice))
            : .person(
                WaitingWish.Person(
                    office: office, service: dice.pick(world.services),
                    channel: dice.pick(BookingChannel.allCases),
                    applicant: .reference("person-\(dice.number(1...40))")))
        return .joinWaitingList(
            WaitingWish(
                date: dice.pick(world.dates), from: min(from, to), to: max(from, to), who: who))
    }

    private func time(_ dice: inout Dice) -> TimeOfDay {
        TimeOfDay(second: Int32(9 * 3_600 + 1_200 * dice.number(0...34)))!
    }

    private func hold(_ office: OfficeID, _ world: World, _ dice: inout Dice) -> HoldCommand {
        HoldCommand(
            office: office, service: dice.pick(world.services), date: dice.pick(world.dates),
            start: time(&dice), channel: dice.pick(BookingChannel.allCases),
            applicant: .reference("person-\(dice.number(1...40))"), further: further(world, &dice))
    }

    /// Some come for several services, or bring their family.
    private func further(_ world: World, _ dice: inout Dice) -> FurtherServices? {
        guard world.hasReceptions, dice.once(in: 3) else { return nil }
        let services = (0..<dice.number(1...3)).map { _ in dice.pick(world.services) }
        return FurtherServices(services: services, isAtOneWindow: dice.once(in: 2))
    }

    private func anyBooking(
        _ office: OfficeID, _ world: World, _ dice: inout Dice
    ) -> BookingID {
        guard !bookings.isEmpty, !dice.once(in: 20) else {
            return BookingID(
                office: office, date: dice.pick(world.dates), number: UInt32(dice.number(1...9)))
        }
        // Those made lately are the likely ones.
        return dice.pick(bookings.suffix(12))
    }

    private func booking(
        _ action: BookingAction, _ office: OfficeID, _ world: World, _ dice: inout Dice
    ) -> QueueCommand {
        .booking(anyBooking(office, world, &dice), action)
    }

    private func change(
        _ office: OfficeID, _ world: World, _ dice: inout Dice
    ) -> OfficeChangeCommand {
        let reason = LocalizedText(kk: "Жөндеу", ru: "Ремонт", en: "Repairs")
        let hours = DayInterval(
            start: TimeOfDay(hour: 10, minute: 0)!, end: TimeOfDay(hour: 15, minute: 0)!)
        let change: OfficeChangeCommand.Change =
            switch dice.number(0...3) {
            case 0:
                .close(
                    office,
                    Closure(
                        date: dice.pick(world.dates), hours: dice.once(in: 2) ? nil : hours,
                        reason: reason))
            case 1: .reopen(office, dice.pick(world.dates))
            case 2: .put(dice.pick(world.offices))
            default: .recalculate(office)
            }
        return OfficeChangeCommand(change: change, dryRun: dice.once(in: 3))
    }

    private func line(_ world: World, _ second: Int32, _ dice: inout Dice) -> DayCommand {
        let window = dice.pick(world.windows)
        let label = tickets.isEmpty ? TicketLabel("A-001")! : dice.pick(tickets.suffix(10))
        switch dice.number(0...99) {
        case 0..<22:
            return .takeTicket(service: dice.pick(world.services), reason: code(world, &dice))
        case 22..<32:
            let isNamed = world.hasReceptions && dice.once(in: 2)
            return .openWindow(window, by: isNamed ? dice.pick(world.clerks) : nil)
        case 32..<54: return .callNext(window)
        case 54..<58: return .call(label, window)
        case 58..<61: return .recall(label)
        case 61..<68: return .serve(label)
        case 68..<71: return .skip(label)
        case 71..<74: return .park(label)
        case 74..<77: return .resume(label)
        case 77..<80:
            return .transfer(
                label, service: dice.once(in: 2) ? dice.pick(world.services) : nil,
                window: dice.once(in: 2) ? window : nil)
        case 80..<92:
            return .finish(label, dice.pick(Outcome.allCases), ending: code(world, &dice))
        case 92..<94: return .beginBreak(window, reason: code(world, &dice))
        case 94..<96: return .endBreak(window)
        case 96..<97: return .closeWindow(window)
        case 97..<98:
            return .leaseNumbers(
                service: dice.pick(world.services), count: dice.number(1...5), kiosk: "kiosk-1")
        default: return report(world, second, &dice)
        }
    }

    private func code(_ world: World, _ dice: inout Dice) -> ListedCode? {
        world.hasReceptions && dice.once(in: 3) ? dice.pick(world.codes) : nil
    }

    private func report(_ world: World, _ second: Int32, _ dice: inout Dice) -> DayCommand {
        guard let lease = leases.randomElement(using: &dice) else {
            return .reportTickets(lease: 1, tickets: [], ends: true)
        }
        let count = dice.number(0...Int(lease.count))
        return .reportTickets(
            lease: lease.id,
            tickets: (0..<count).map {
                dice.once(in: 10)
                    ? ReportedTicket(void: lease.first + UInt16($0))
                    : ReportedTicket(
                        number: lease.first + UInt16($0), service: dice.pick(world.services),
                        takenAt: second, reason: code(world, &dice))
            }, ends: dice.once(in: 2))
    }
}
