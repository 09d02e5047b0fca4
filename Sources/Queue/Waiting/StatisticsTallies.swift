// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// How one day went, with every wait and time of serving on it, so that days can be added up.
public struct DayStatistics: Hashable, Sendable {
    public let office: OfficeID
    public let date: CivilDate
    /// Whether anybody booked or came.
    public let hasHappened: Bool
    var services: [ServiceTally]
    var windows: [WindowTally]
    public internal(set) var breaches: [Breach] = []
    public internal(set) var foretold = 0
    public internal(set) var withinP90 = 0
    var listed = ListedTallies()
    var hours: [QueueStatistics.Hour] = []
}

/// What happened to those who came for one service.
struct ServiceTally: Hashable, Sendable {
    let service: ServiceID
    var tickets = 0
    var booked = 0
    var served = 0
    var refused = 0
    var left = 0
    var noShows = 0
    var cancelled = 0
    /// In seconds.
    var waits: [Int32] = []
    var servings: [Int32] = []

    mutating func add(_ other: ServiceTally) {
        tickets += other.tickets
        booked += other.booked
        served += other.served
        refused += other.refused
        left += other.left
        noShows += other.noShows
        cancelled += other.cancelled
        waits += other.waits
        servings += other.servings
    }
}

/// What a window did.
struct WindowTally: Hashable, Sendable {
    let window: WindowID
    var tickets = 0
    var openSeconds = 0
    var busySeconds = 0

    mutating func add(_ other: WindowTally) {
        tickets += other.tickets
        openSeconds += other.openSeconds
        busySeconds += other.busySeconds
    }
}

/// Adds up the days of a period at one office.
public struct PeriodStatistics: Sendable {
    private let office: OfficeID
    private let from: CivilDate
    private let to: CivilDate
    private var days = 0
    private var services: [ServiceTally] = []
    private var windows: [WindowTally] = []
    private var breaches: [Breach] = []
    private var foretold = 0
    private var withinP90 = 0
    private var callers: [String: Int] = [:]
    private var listed = ListedTallies()
    private var hours: [QueueStatistics.Hour] = []

    /// A period without any days yet.
    public init(office: OfficeID, from: CivilDate, to: CivilDate) {
        (self.office, self.from, self.to) = (office, from, to)
    }

    /// Adds a day, each once; breaches stay in the order in which the days are added.
    public mutating func add(_ day: DayStatistics) {
        if day.hasHappened { days += 1 }
        for tally in day.services {
            if let index = services.firstIndex(where: { $0.service == tally.service }) {
                services[index].add(tally)
            } else {
                services.append(tally)
            }
        }
        for tally in day.windows {
            if let index = windows.firstIndex(where: { $0.window == tally.window }) {
                windows[index].add(tally)
            } else {
                windows.append(tally)
            }
        }
        breaches += day.breaches
        foretold += day.foretold
        withinP90 += day.withinP90
        listed.add(day.listed)
        hours += day.hours
    }

    /// Adds what is planned for a day on which nothing has happened yet.
    public mutating func add(planned plan: DayPlan, date: CivilDate) {
        hours += OfficeDay(plan: plan).hours(date)
    }

    /// Adds an entry that a caller had written; empty for one of whom nobody is named.
    public mutating func add(entryOf caller: String) { callers[caller, default: 0] += 1 }

    /// Adds a day as it stands now.
    public mutating func add(_ day: OfficeDay, date: CivilDate, at now: Int32) {
        add(day.statistics(office: office, date: date, at: now))
    }

    /// The figures of all days added so far.
    public var statistics: QueueStatistics {
        QueueStatistics(
            office: office, from: from, to: to, days: days,
            services: services.map { tally in
                QueueStatistics.Service(
                    service: tally.service, tickets: tally.tickets, booked: tally.booked,
                    served: tally.served, refused: tally.refused, left: tally.left,
                    noShows: tally.noShows, cancelled: tally.cancelled,
                    wait: QueueStatistics.Spread(of: tally.waits),
                    serving: QueueStatistics.Spread(of: tally.servings))
            },
            windows: windows.map { tally in
                QueueStatistics.Window(
                    window: tally.window, tickets: tally.tickets, openSeconds: tally.openSeconds,
                    busySeconds: tally.busySeconds)
            },
            breaches: breaches, foretold: foretold, withinP90: withinP90,
            callers: callers.sorted { $0.key < $1.key }.map {
                QueueStatistics.Caller(caller: $0.key, entries: $0.value)
            }, withoutBooking: listed.withoutBookingFigures, endings: listed.endingFigures,
            pauses: listed.pauseFigures, seats: listed.seatFigures, hours: hours,
            waiting: listed.waitingFigures)
    }
}

extension QueueStatistics.Spread {
    /// The figures of some seconds; a quantile is the least value that so many do not exceed.
    init(of seconds: [Int32]) {
        let rising = seconds.sorted()
        guard let most = rising.last else {
            self.init(count: 0, mean: 0, p50: 0, p90: 0, max: 0)
            return
        }
        func quantile(_ tenths: Int) -> Int32 { rising[(rising.count * tenths + 9) / 10 - 1] }
        let sum = rising.reduce(0) { $0 + Int($1) }
        self.init(
            count: rising.count, mean: Int32((sum + rising.count / 2) / rising.count),
            p50: quantile(5), p90: quantile(9), max: most)
    }
}
