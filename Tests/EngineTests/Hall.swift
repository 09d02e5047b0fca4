// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Enquiries
import KezekEngine
import KezekSimulator
import Parties
import Queue
import Synchronization
import TestKit
import Testing
import Texts
import WorkingDays

/// One office over a store of its own, at a time that tests set.
struct Hall {
    static let office = OfficeID("o")!

    let store = MemoryStore(commitsByItself: false)
    private(set) var queue: QueueEngine
    private(set) var now: Timestamp
    private var requests: UInt64 = 0
    private var people = 0

    init(at now: String) throws { try self.init(at: Timestamp(now)!) }

    init(at now: Timestamp, _ library: Library? = nil) throws {
        self.now = now
        (queue, _) = try Desk.engines(store, try library ?? Repository.library())
        try queue.start(now: now)
    }

    /// What the wall clock of the office shows.
    var time: CivilDateTime {
        guard case .office(let office) = try? queue.answer(.office(Hall.office), now: now),
            let zone = try? Repository.library().zone(
                office.zone.isEmpty ? "Asia/Almaty" : office.zone)
        else { return moment("1970-01-01T00:00") }
        return zone.civil(at: now)
    }

    mutating func wait(until now: String) { wait(until: Timestamp(now)!) }

    mutating func wait(until now: Timestamp) {
        self.now = now
        queue.tick(now: now)
        store.commit()
    }

    /// The clock was ahead: it is set right, and somebody says so.
    mutating func setBack(to now: String) {
        self.now = Timestamp(now)!
        requests += 1
        queue.acceptClock(request: Desk.id(1_000 + requests), now: self.now) { _ in }
        store.commit()
    }

    /// As after a crash: everything from the store.
    mutating func restart() throws {
        store.crash()
        (queue, _) = try Desk.engines(store, try Repository.library())
        try queue.start(now: now)
    }

    /// Sends a command of which the store has committed nothing yet.
    mutating func begin(_ command: QueueCommand) -> Desk.Box<Result<Receipt, CommandFault>?> {
        requests += 1
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        queue.submit(command, request: Desk.id(1_000 + requests), now: now) { result in
            box.value.withLock { $0 = result }
        }
        return box
    }

    mutating func send(
        _ command: QueueCommand, as standing: Standing = .office, request: UInt64? = nil
    ) throws(CommandFault) -> Receipt {
        requests += 1
        let box = Desk.Box(Mutex<Result<Receipt, CommandFault>?>(nil))
        queue.submit(
            command, request: Desk.id(request ?? 1_000 + requests), as: standing, now: now
        ) { result in
            box.value.withLock { $0 = result }
        }
        store.commit()
        return try (box.value.withLock { $0 } ?? .failure(.overloaded)).get()
    }

    // MARK: Offices

    static let text = LocalizedText(kk: "Кеңсе", ru: "Отделение", en: "Office")

    /// A stretch of a day, such as `09:00-13:00`.
    static func hours(_ text: String) -> DayInterval {
        let ends = text.split(separator: "-").map { TimeOfDay(String($0))! }
        return DayInterval(start: ends[0], end: ends[1])!
    }

    /// When a window is there on a date.
    typealias There = (day: String, window: Int, hours: [String])

    /// An office whose services take twenty minutes each and are named by their letters; `windows` says what each
    /// window renders, and `there` when it is there on which dates.
    static func described(
        _ windows: [String] = ["a"], _ there: [There] = [],
        zone: String = "", horizon: Int32 = 14, lead: Int32 = 0, portal: Int32 = 100
    ) -> QueueOffice {
        var rules = QueueRules()
        (rules.slotMinutes, rules.leadSeconds, rules.graceSeconds) = (20, lead, 900)
        (rules.horizonDays, rules.portalPercent) = (horizon, portal)
        return QueueOffice(
            id: office, title: text, address: text, standard: "std-7", kind: "corporation",
            zone: zone,
            services: Set(windows.joined()).sorted().map {
                QueueService(
                    id: ServiceID(String($0))!, letter: $0.asciiValue! - 32, title: text,
                    minutes: 20)
            },
            windows: windows.enumerated().map { place, services in
                QueueWindow(
                    id: WindowID("\(place + 1)")!,
                    services: services.map { ServiceID(String($0))! },
                    roster: [:], breaks: [])
            },
            exceptions: there.map {
                RosterException(
                    date: date($0.day), window: WindowID("\($0.window)")!,
                    hours: $0.hours.map(hours))
            }, closures: [], rules: rules)
    }

    @discardableResult
    mutating func put(
        _ office: QueueOffice, dryRun: Bool = false
    ) throws(CommandFault) -> OfficeEffects {
        try send(.changeOffice(.init(change: .put(office), dryRun: dryRun))).effects!
    }

    @discardableResult
    mutating func close(
        _ day: String, _ hours: String? = nil, dryRun: Bool = false, request: UInt64? = nil
    ) throws(CommandFault) -> OfficeEffects {
        let closure = Closure(date: date(day), hours: hours.map(Hall.hours), reason: Hall.text)
        return try send(
            .changeOffice(.init(change: .close(Hall.office, closure), dryRun: dryRun)),
            request: request
        ).effects!
    }

    // MARK: Bookings and the line

    mutating func hold(
        _ service: String, _ day: CivilDate, _ start: TimeOfDay,
        _ channel: BookingChannel = .office, as standing: Standing = .office
    ) throws(CommandFault) -> BookingID {
        people += 1
        return try send(
            .hold(
                HoldCommand(
                    office: Hall.office, service: ServiceID(service)!, date: day, start: start,
                    channel: channel, applicant: .reference("p\(people)"))), as: standing
        ).booking!.id
    }

    mutating func book(
        _ service: String, _ day: String, _ start: String, _ channel: BookingChannel = .office
    ) throws(CommandFault) -> BookingID {
        let id = try hold(service, date(day), TimeOfDay(start)!, channel)
        return try send(.booking(id, .confirm)).booking!.id
    }

    @discardableResult
    mutating func arrive(_ booking: BookingID) throws(CommandFault) -> TicketLabel {
        try send(.booking(booking, .arrive)).ticket!.label
    }

    @discardableResult
    mutating func order(_ command: DayCommand) throws(CommandFault) -> Receipt {
        try send(.today(Hall.office, command))
    }

    /// The places left at each start of a date.
    func free(
        _ service: String, _ day: CivilDate, _ channel: BookingChannel = .office
    ) throws -> [TimeOfDay: Int] {
        let question = SlotsQuestion(
            office: Hall.office, service: ServiceID(service)!, channel: channel, from: day, to: day)
        guard case .slots(let days) = try queue.answer(.slots(question), now: now) else {
            throw CancellationError()
        }
        return Dictionary(
            uniqueKeysWithValues: days.flatMap { day in
                zip(day.starts, day.free).map { (TimeOfDay(second: $0)!, Int($1)) }
            })
    }

    func free(_ service: String, _ day: String, _ start: String) throws -> Int? {
        try free(service, date(day))[TimeOfDay(start)!]
    }

    func view(_ booking: BookingID) throws -> BookingView {
        guard case .booking(let view) = try queue.answer(.booking(booking), now: now) else {
            throw CancellationError()
        }
        return view
    }

    /// That the whole journal holds.
    func audit() {
        #expect(throws: Never.self) { _ = try JournalAudit(store) }
    }
}

extension OfficeEffects {
    /// Where each displaced booking goes, such as `2026-11-25 10:00`; nil where it is cancelled.
    var places: [String?] {
        displaced.map { one in one.replacement.map { "\($0.id.date) \($0.start)" } }
    }
}
