// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import HomeVisits
import Parties
import ServiceStandards
import TestKit
import Testing
import Texts
import Visits
import WorkingDays

/// Straight ways: a thousandth of a degree east or north takes ten seconds, and every way a minute more.
struct StraightWays: WaySource {
    private var known: [HomePoint] = []

    static func seconds(_ a: HomePoint, _ b: HomePoint) -> Int32 {
        a == b ? 0 : 60 + (abs(a.longitude - b.longitude) + abs(a.latitude - b.latitude)) / 100
    }

    func ways(of place: HomePoint) -> (from: [Int32], to: [Int32]) {
        let ways = known.map { Self.seconds(place, $0) }
        return (ways, ways)
    }

    mutating func add(_ place: HomePoint) { known.append(place) }

    mutating func keep(_ numbers: [Int]) { known = numbers.map { known[$0] } }
}

/// A small town, and somebody who asks and tells.
struct City {
    static let id = OfficeID("astana-1")!
    static let home = HomePoint(longitude: 71_430_000, latitude: 51_128_000)!
    static let signs = NeedID("sign-language")!
    static let kit = NeedID("mobile-kit")!

    var desk: VisitDesk
    let terms: AreaTerms
    var now: Int64
    /// The crews' days as somebody knows them who was told of each change.
    private var watched: [WatchedDay: AreaPlan.CrewDay] = [:]
    private var seen: UInt32 = 0
    /// Everything that was decided, with its time.
    var journal: [(at: Int64, events: [VisitEvent])] = []

    init(
        _ area: VisitArea = City.area(), at time: String = "2026-03-16T09:00"
    ) throws {
        let library = try Repository.library()
        let kind = library.standards["std-7"]!.offices.first { $0.id == "corporation" }!
        let zone = library.zones.first { $0.name == "Asia/Almaty" }!
        terms = AreaTerms(
            zone: zone, hours: kind.work.open,
            calendar: try library.calendars["kz"]!.view(asKnownOn: date("2026-03-01"))
                .week(kind.week))
        desk = VisitDesk(VisitBook(area), WayTable(StraightWays()))
        now = zone.timestamp(moment(time))!.second
        journal = [(now, [.described(area)])]
        _ = desk.take([.described(area)], at: now)
    }

    static func area(crews: Int = 3, rules: VisitRules = VisitRules()) -> VisitArea {
        let text = LocalizedText(kk: "а", ru: "б", en: "c")
        return VisitArea(
            id: id, title: text, standard: "std-7", kind: "corporation", zone: "", home: home,
            needs: [signs, kit].map { VisitArea.Need(id: $0, title: text) },
            crews: (1...crews).map { number in
                VisitArea.Crew(
                    id: CrewID("crew-\(number)")!,
                    members: [MemberID("m-\(number)a")!, MemberID("m-\(number)b")!],
                    needs: number == 1 ? [signs, kit] : number == 2 ? [kit] : [], weekdays: [],
                    hours: nil)
            }, duties: [], rules: rules)
    }

    static func second(_ time: String) -> Int64 {
        TimeZoneRules(name: "x", firstOffset: UTCOffset("+05:00")!, transitions: [])!
            .timestamp(moment(time))!.second
    }

    /// Decides and takes in, after what time has brought about.
    @discardableResult
    mutating func does(
        _ command: VisitCommand, _ applicant: Int = 0
    ) throws(VisitRefusal) -> VisitReceipt {
        time()
        let events = try desk.decide(
            command, Applicant(high: 1, low: UInt64(applicant)), terms, now: now)
        take(events)
        return VisitReceipt(City.id, revision: desk.book.revision, of: events)
    }

    mutating func time() {
        let due = desk.due(now, terms)
        if !due.isEmpty { take(due) }
    }

    mutating func take(_ events: [VisitEvent]) {
        guard !events.isEmpty else { return }
        journal.append((now, events))
        let isSound = desk.take(events, at: now)
        precondition(isSound, "\(events)")
    }

    mutating func asks(
        _ applicant: Int, _ east: Int32 = 0, _ north: Int32 = 0, needs: [NeedID] = [],
        avoided: [CrewID] = []
    ) throws(VisitRefusal) -> VisitReceipt {
        let place = HomePoint(
            longitude: City.home.longitude + east, latitude: City.home.latitude + north)!
        let words = PersonWords(
            name: "N \(applicant)", address: "A \(applicant)", telephone: "1414", place: place)
        return try does(
            .offer(
                OfferCommand(
                    area: City.id,
                    subject: .new(
                        NewVisit(
                            applicant: .reference("r\(applicant)"), words: words, needs: needs,
                            avoided: avoided, minutes: nil)))), applicant)
    }

    /// The names that may be used in a command.
    var crews: [CrewID] { desk.book.area.crews.map(\.id) }
    var needs: [NeedID] { desk.book.area.needs.map(\.id) }

    /// The crew that has a visit's own place.
    func crew(of number: UInt32) -> CrewID? {
        let stop = Stop.visit(PlanNumbers.visit(number))
        return desk.book.shiftRecords.first { $0.value.stops.contains(stop) }
            .map { desk.book.crews[PlanNumbers.crew(of: $0.key)] }
    }

    /// Replans without a clock: so many steps.
    @discardableResult
    mutating func replans(steps: Int = 300) throws(VisitRefusal) -> ReplanFigures? {
        time()
        guard let search = try desk.replanning(terms, now: now) else { return nil }
        let found = search.run(seed: 1) {
            $0.steps >= steps ? 1 : Double($0.steps) / Double(steps)
        }
        let events = try desk.replanned(found, terms, now: now, wanted: true)
        take(events)
        for case .replanned(let figures) in events { return figures }
        return nil
    }

    private func clock(_ second: Int64) -> String {
        Timestamp(second: second).map { "\(terms.zone.civil(at: $0))" } ?? "?"
    }

    /// Records what is wrong with the plan.
    mutating func isSound(
        lateSaid: Set<UInt32> = [], at place: SourceLocation = #_sourceLocation
    ) throws {
        let faults = try faults(lateSaid: lateSaid) + watching()
        let days = try desk.plan(nil, 1, since: nil, terms, now: now).crewDays.map { day in
            "\(day.crew): "
                + day.stops.map {
                    "\($0.kind) \(clock($0.arrival)) \(clock($0.start)) \(clock($0.end)) \($0.isBegun ? "b" : "")"
                }.joined(separator: ", ")
        }
        let last = faults.isEmpty ? "" : "\(clock(now)) \(days) after \(journal.last!.events)"
        #expect(faults == [], Comment(rawValue: last), sourceLocation: place)
    }

    /// What is wrong with the plan from the present day on; each fault in words.
    ///
    /// It reads what the desk tells and drives every route anew by itself.
    mutating func faults(lateSaid: Set<UInt32> = []) throws(VisitRefusal) -> [String] {
        let plan = try desk.plan(nil, 14, since: nil, terms, now: now)
        var faults: [String] = []
        var paid: [UInt32: Int64] = [:]
        for day in plan.crewDays {
            let crew = desk.book.area.crews.first { $0.id == day.crew }
            let date = day.date
            if !day.stops.isEmpty, !terms.calendarSays(date) { faults.append("works on \(date)") }
            var (place, free) = (City.home, day.hours.start)
            for stop in day.stops {
                switch stop.kind {
                case .lunch:
                    if stop.start < free { faults.append("\(day.crew) \(date): lunch too soon") }
                    free = stop.end
                case .visit(let number), .held(let number):
                    let visit = desk.book[number]!
                    let next = visit.words!.place
                    // A lunch on the way breaks a journey off, which both ends see.
                    let lunch = day.stops.filter { $0.kind == .lunch }.map { $0.end - $0.start }
                    let way = Int64(StraightWays.seconds(place, next))
                    if !stop.isBegun, stop.arrival + (lunch.first ?? 0) < free + way {
                        faults.append("\(day.crew) \(date): drives too fast to \(number)")
                    }
                    if stop.start < stop.arrival || stop.end < stop.start {
                        faults.append("\(day.crew) \(date): time runs back at \(number)")
                    }
                    place = next
                    free = stop.end
                    if visit.avoided.contains(day.crew) { faults.append("\(number) avoids it") }
                    if !Set(visit.needs).isSubset(of: Set(crew?.needs ?? [])), !stop.isBegun {
                        faults.append("\(number) needs what \(day.crew) lacks")
                    }
                    guard case .visit = stop.kind, !(visit.attempts > 0 && stop.isBegun) else {
                        continue
                    }
                    if paid[number] != nil { faults.append("\(number) is paid twice") }
                    paid[number] = stop.start
                }
            }
            if let fault = faultyReturn(day) { faults.append("\(day.crew) \(date): \(fault)") }
            // A crew without visits left takes its lunch when it likes. On the present day a crew that is
            // late may end late, but begins nothing after its hours.
            let last = day.stops.last { $0.kind != .lunch && !$0.isBegun }
            let isToday = date == terms.zone.civil(at: Timestamp(second: now)!).date
            if let last, (isToday ? last.start : last.end) > day.hours.end {
                faults.append("\(day.crew) \(date): works after its hours")
            }
        }
        for visit in desk.book.visits where visit.state == .promised && !visit.isUnkept {
            guard let promise = visit.promise, promise.end > now else { continue }
            guard let start = paid[visit.number] else {
                faults.append("\(visit.number) is promised, and nobody comes")
                continue
            }
            let isKept = start >= promise.start && start <= promise.end
            if !isKept, !lateSaid.contains(visit.number) {
                faults.append("\(visit.number) was promised otherwise, and nothing was said")
            }
        }
        return faults
    }

    struct WatchedDay: Hashable {
        let crew: CrewID
        let date: CivilDate
    }

    /// Takes in what has changed since it was asked last; what is otherwise than in the whole plan.
    private mutating func watching() throws(VisitRefusal) -> [String] {
        let news = try desk.plan(nil, 14, since: seen, terms, now: now)
        if news.isWhole { watched = [:] }
        for day in news.crewDays { watched[WatchedDay(crew: day.crew, date: day.date)] = day }
        seen = news.revision
        // That something has begun comes with time alone.
        func times(_ day: AreaPlan.CrewDay?) -> [[Int64]] {
            (day?.stops ?? []).map { [$0.arrival, $0.start, $0.end] } + [[day?.back ?? 0]]
        }
        return try desk.plan(nil, 14, since: nil, terms, now: now).crewDays.compactMap { day in
            let known = watched[WatchedDay(crew: day.crew, date: day.date)]
            // Of a day that has just come within reach nothing was told, if there is nothing.
            let isSame =
                times(known) == times(day)
                && known?.stops.map(\.kind) ?? [] == day.stops.map(\.kind)
                && known?.isAbsent ?? false == day.isAbsent
                && known?.travel ?? 0 == day.travel && known?.waiting ?? 0 == day.waiting
            return isSame ? nil : "\(day.crew) \(day.date): whoever watches sees another day"
        }
    }

    /// What is wrong with when a crew is told to be back; nil if nothing is.
    ///
    /// It drives home by itself, round each closed road or not.
    private func faultyReturn(_ day: AreaPlan.CrewDay) -> String? {
        let shift = PlanNumbers.shift(day.date, crew: desk.book.crews.firstIndex(of: day.crew)!)
        let told = desk.book[shift].told.count
        var place: HomePoint?
        var (leaves, free) = (day.hours.start, day.hours.start)
        for (index, stop) in day.stops.enumerated() {
            switch stop.kind {
            case .visit(let number), .held(let number):
                place = desk.book[number]!.words!.place
                leaves = stop.end
            // What is told is over; a lunch still to come may be taken on the way.
            case .lunch: leaves = index < told ? stop.end : leaves + stop.end - stop.start
            }
            free = stop.end
            if index == told - 1 { leaves = max(leaves, Int64(desk.book[shift].notBefore ?? 0)) }
        }
        guard let place else { return day.back == nil ? nil : "is back from nowhere" }
        guard let back = day.back else { return "never comes back" }
        let first = max(free, leaves + Int64(StraightWays.seconds(place, City.home)))
        let round = desk.book.closures.reduce(0) { $0 + Int64($1.extra) }
        return first...first + round ~= back ? nil : "is back at \(back), not \(first)"
    }
}

extension AreaTerms {
    /// Whether the office works on a date, asked of the calendar alone.
    func calendarSays(_ date: CivilDate) -> Bool {
        (try? calendar.status(of: date).isWorking) == true && date.weekday != .sunday
    }
}
