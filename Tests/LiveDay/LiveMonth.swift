// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import HomeVisits
import Parties
import TestKit
import Visits

/// A month of an area from a seed, played on a desk and beside it in a ledger.
///
/// After each event what the desk tells is compared with the ledger and with the town's own arithmetic;
/// `faults` has what differs, in words.
public struct LiveMonth {
    public internal(set) var town: Town
    public internal(set) var desk: VisitDesk
    public internal(set) var now: Int64
    public internal(set) var faults: [String] = []
    /// How often each kind of event was taken.
    public internal(set) var counts: [String: Int] = [:]
    /// Everything that was decided, with its time.
    public internal(set) var journal: [(at: Int64, events: [VisitEvent])] = []
    /// Somebody else who looks at each plan.
    public var look: ((LiveMonth, AreaPlan) throws -> [String])?

    var ledger = Ledger()
    var random: SeededGenerator
    var watcher = Watcher()
    /// Somebody who watches the present day and the next, and begins anew each day.
    var near = Watcher()
    /// The plan before the event that is being played.
    var before: AreaPlan
    /// The visits that crews have begun today, or are on their way to.
    var begun: Set<UInt32> = []
    /// What has just happened, for faults.
    var story = ""
    let first: CivilDate
    private var calls = 0
    let buildings: [HomePoint]

    public var terms: AreaTerms { town.calendar.terms }
    public var today: CivilDate { TownCalendar.date(now) }

    public init(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        func roll(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }
        var rules = VisitRules()
        rules.horizonDays = 3
        rules.frozenCrewDays = 1
        rules.movePrice = 60
        rules.setupMinutes = [0, 10, 25][roll(3)]
        rules.lunchMinutes = [0, 30, 60][roll(3)]
        rules.windowMinutes = [60, 120][roll(2)]
        rules.leadMinutes = [30, 90][roll(2)]
        let isSpring = seed % 2 == 0
        town = Town(rules, isSpring ? try TownCalendar.victory() : try TownCalendar.nauryz())
        first = CivilDate(isSpring ? "2018-04-16" : "2026-03-02")!
        town.inForce = isSpring ? 0 : roll(2)
        town.onFoot = Set(Town.crews.map(\.id).filter { _ in roll(3) == 0 })
        buildings = (0..<9).map { _ in
            HomePoint(
                longitude: Town.home.longitude + Int32(roll(50) - 25) * 1_000 + 500,
                latitude: Town.home.latitude + Int32(roll(36) - 18) * 1_000 + 500)!
        }
        self.random = random
        now = TownCalendar.second(first, 8 * 3_600)
        desk = VisitDesk(
            VisitBook(town.area),
            WayTable([
                .car: ProfileWays(TownWays(isOnFoot: false)),
                .foot: ProfileWays(TownWays(isOnFoot: true)),
            ]))
        before = try desk.plan(nil, 1, since: nil, town.calendar.terms, now: now)
        take([.described(town.area)])
    }

    // MARK: The desk

    mutating func roll(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }

    func clock(_ second: Int64) -> String {
        Timestamp(second: second).map { "\(terms.zone.civil(at: $0))" } ?? "\(second)"
    }

    func text(_ moments: ClosedRange<Int64>) -> String {
        "\(clock(moments.lowerBound)) to \(clock(moments.upperBound))"
    }

    mutating func fault(_ text: String) { faults.append("\(clock(now)) after \(story): \(text)") }

    mutating func take(_ events: [VisitEvent]) {
        guard !events.isEmpty else { return }
        journal.append((now, events))
        if !desk.take(events, at: now) { fault("the journal does not follow: \(events)") }
        for case .routed(let changes) in events {
            for change in changes where change.shift.number >> 6 == Int(today.dayNumber) {
                // What is new in a route cannot have begun before, even if it is gone again.
                let crew = desk.book.crews[PlanNumbers.crew(of: change.shift)]
                ledger.crews[crew, default: CrewNotes()].changed = now
            }
        }
    }

    /// Time goes on, and the server looks at each moment at which something ends; now and then it has been off.
    mutating func go(to then: Int64) throws {
        let isOff = roll(40) == 0
        while !isOff, let due = desk.nextDue, due <= then {
            now = max(now, due)
            try time()
        }
        now = then
        if isOff { try time(isLate: true) }
    }

    /// What time brings about, at the desk and in the ledger: nobody's promise is broken by a hold that ends.
    mutating func time(isLate: Bool = false) throws {
        let events = desk.due(now, terms)
        take(events)
        ledger.expire(now)
        if !events.isEmpty {
            story = "the end of a hold"
            settle(
                VisitReceipt(Town.id, revision: desk.book.revision, of: events), trouble: isLate)
        }
    }

    mutating func plan(_ from: CivilDate? = nil, _ days: Int = 14) throws -> AreaPlan {
        try desk.plan(from, days, since: nil, terms, now: now)
    }

    /// Plays a command; nil if it is refused, and then nothing may have changed.
    mutating func play(
        _ story: String, _ command: VisitCommand, applicant: Int = 0
    ) throws -> Result<VisitReceipt, VisitRefusal> {
        try time()
        self.story = story
        before = try plan()
        checkSettingOut()
        let events: [VisitEvent]
        do {
            events = try desk.decide(
                command, Applicant(high: 1, low: UInt64(applicant)), terms, now: now)
        } catch {
            counts["refused", default: 0] += 1
            return .failure(error)
        }
        take(events)
        counts[story.split(separator: " ").first.map(String.init) ?? "", default: 0] += 1
        return .success(VisitReceipt(Town.id, revision: desk.book.revision, of: events))
    }

    static func id(_ number: UInt32) -> HomeVisitID { HomeVisitID(area: Town.id, number: number)! }

    // MARK: Days

    /// Plays so many days; ends early with the first fault.
    public mutating func play(days: Int) throws {
        var date = first
        for _ in 0..<days {
            try play(date)
            guard faults.isEmpty, let next = date.adding(days: 1) else { return }
            date = next
        }
    }

    private mutating func play(_ date: CivilDate) throws {
        ledger.beginDay()
        near = Watcher()
        begun = []
        try go(to: max(now, TownCalendar.second(date, 8 * 3_600)))
        let end = TownCalendar.second(date, 21 * 3_600)
        // On a rest day the contact centre takes a call or two.
        let pause = town.calendar.weekday(date) == nil ? 20_000 : 3_000
        while now < end {
            try event()
            try check()
            guard faults.isEmpty else { return }
            try go(to: now + Int64(300 + roll(pause)))
        }
        try go(to: max(now, TownCalendar.second(date, 23 * 3_600)))
        story = "the end of \(date)"
        try checkAllDays()
    }

    private mutating func event() throws {
        switch roll(24) {
        case 0...7: try call()
        case 8...13: try crewsTell()
        case 14, 15: try cancel()
        case 16: try chooseAnew()
        case 17: try delay()
        case 18: try absence()
        case 19: try road()
        case 20: try tellOfThePast()
        case 21: try describeAnew()
        case 22: try decree()
        default: try replan()
        }
    }

    // MARK: Applicants

    private mutating func place() -> HomePoint {
        // Several visits are in one building.
        if roll(3) > 0 { return buildings[roll(buildings.count)] }
        return HomePoint(
            longitude: Town.home.longitude + Int32(roll(50) - 25) * 1_000 + 500,
            latitude: Town.home.latitude + Int32(roll(36) - 18) * 1_000 + 500)!
    }

    private mutating func call() throws {
        calls += 1
        let words = PersonWords(
            name: "N \(calls)", address: "A \(calls)", telephone: "1414", place: place())
        let needs = roll(4) == 0 ? [Town.kit] : roll(8) == 0 ? [Town.signs] : []
        let avoided = roll(8) == 0 ? [Town.crews[roll(3)].id] : []
        let new = NewVisit(
            applicant: .reference("r\(calls)"), words: words, needs: needs,
            avoided: avoided.filter { id in town.crews.contains { $0.id == id } },
            minutes: roll(5) == 0 ? 10 + roll(50) : nil)
        guard
            case .success(let receipt) = try play(
                "call \(calls)", .offer(OfferCommand(area: Town.id, subject: .new(new))),
                applicant: calls), let offer = receipt.offer, let id = receipt.visit
        else { return fault("a call was not answered") }
        ledger.append(
            Entry(
                number: id.number, place: words.place, needs: needs, avoided: new.avoided,
                service: Int64(new.minutes ?? town.rules.visitMinutes) * 60,
                setup: Int64(town.rules.setupMinutes) * 60))
        ledger.note(id.number, offer)
        settle(receipt, trouble: false)
        checkState(receipt, ledger[id.number].state)
        checkRefused(id.number, offer)
        try check()
        // Some hang up, and their hold ends by itself.
        guard roll(7) > 0 else { return }
        try go(to: now + Int64(roll(town.rules.holdMinutes * 60)))
        try choose(id.number, offer)
    }

    /// Promises one of the windows that were offered; held ones must be there.
    private mutating func choose(_ number: UInt32, _ offer: OfferList) throws {
        guard !offer.windows.isEmpty, faults.isEmpty else { return }
        let chosen = offer.windows[min(roll(7), offer.windows.count - 1)]
        if try promise(number, chosen.window.start) == nil, chosen.isHeld {
            fault("visit \(number) was held \(clock(chosen.window.start)), and is not promised it")
        }
    }

    /// What the promise breaks to others; nil if it is refused.
    private mutating func promise(_ number: UInt32, _ start: Int64) throws -> Bool? {
        let story = "promise \(number) \(clock(start))"
        let result = try play(story, .promise(Self.id(number), start: start))
        switch result {
        case .success(let receipt):
            note(promise: receipt, number)
            return true
        case .failure(.breaksPromises(let harmed)):
            guard roll(2) == 0 else { return true }
            let breaking = VisitCommand.promise(Self.id(number), start: start, breaking: true)
            guard case .success(let receipt) = try play(story + " breaking", breaking) else {
                fault("what was refused for others is refused for itself")
                return nil
            }
            note(promise: receipt, number, harming: Set(harmed))
            return true
        case .failure: return nil
        }
    }

    private mutating func note(
        promise receipt: VisitReceipt, _ number: UInt32, harming harmed: Set<UInt32> = []
    ) {
        guard let window = receipt.promise else { return fault("a promise without a window") }
        ledger.notePromise(number, window)
        settle(receipt, trouble: false, own: number, harmed: harmed)
    }

    /// A visit that somebody has, but for those of days that are over.
    private mutating func anybody(_ isMeant: (Entry) -> Bool) -> Entry? {
        let known = ledger.entries.filter(isMeant)
        return known.isEmpty ? nil : known[roll(known.count)]
    }

    private mutating func cancel() throws {
        guard let entry = anybody({ $0.state != .done && $0.state != .cancelled }) else { return }
        let story = "cancel \(entry.number)"
        var command = VisitCommand.cancel(Self.id(entry.number), by: .applicant, reason: "")
        var result = try play(story, command)
        var harmed: Set<UInt32> = []
        if case .failure(.breaksPromises(let others)) = result {
            guard roll(2) == 0 else { return }
            harmed = Set(others)
            command = .cancel(Self.id(entry.number), by: .office, reason: "", breaking: true)
            result = try play(story + " breaking", command)
        }
        guard case .success(let receipt) = result else { return fault("it cannot be cancelled") }
        // A crew that was there, or on its way, has driven in vain.
        let wasBegun = before.own(entry)?.stop.isBegun == true
        ledger.noteCancelled(entry.number, wasBegun: wasBegun)
        settle(receipt, trouble: false, own: entry.number, harmed: harmed)
    }

    private mutating func chooseAnew() throws {
        guard
            let entry = anybody({
                $0.state == .promised || $0.state == .failed || $0.state == .requested
            })
        else { return }
        let number = entry.number
        guard
            case .success(let receipt) = try play(
                "again \(number)", .offer(OfferCommand(area: Town.id, subject: .again(number)))),
            let offer = receipt.offer
        else { return fault("it is offered nothing anew") }
        ledger.note(number, offer)
        settle(receipt, trouble: false)
        checkState(receipt, ledger[number].state)
        if receipt.promise != ledger[number].promise || offer.promise != receipt.promise {
            fault("\(number) is offered other windows, and its promise is told otherwise")
        }
        checkRefused(number, offer)
        try check()
        if roll(4) > 0 { try choose(number, offer) }
    }

    // MARK: What was said

    /// Notes what a receipt says of promises; only trouble breaks any but the own, unless somebody was
    /// told before.
    mutating func settle(
        _ receipt: VisitReceipt, trouble: Bool, own: UInt32? = nil, harmed: Set<UInt32> = []
    ) {
        for unkept in receipt.unkept {
            let entry = ledger[unkept.number]
            if entry.state == .done { fault("\(unkept.number) is done, and told to be late") }
            if unkept.promise != entry.promise {
                fault("what was promised to \(unkept.number) is told otherwise")
            }
            // What has found a place again over a place that is held may lose it with that.
            let wasLost = entry.wasLost && story == "the end of a hold"
            let isBroken = !wasLost && !entry.isSaidLost
            if !trouble, unkept.number != own, !harmed.contains(unkept.number), isBroken {
                let days = [before, try? plan()].map { text($0?.own(entry), in: $0) }
                fault(
                    "the promise to \(unkept.number) is broken by what breaks none: \(days[0]), then "
                        + "\(days[1]), \(unkept)")
            }
        }
        ledger.note(receipt.unkept)
    }
}
