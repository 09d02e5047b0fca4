// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Parties

/// How many applications were done in time.
public struct Punctuality: Hashable, Sendable {
    /// What a period is.
    public enum Period: UInt8, CaseIterable, Hashable, Sendable {
        case whole = 1
        case month = 2
        case day = 3
    }

    /// The applications of one office, channel and period.
    public struct Row: Hashable, Sendable {
        public let office: OfficeID
        public let channel: String
        /// The first day of the period, or the first asked for.
        public let from: CivilDate
        public internal(set) var accepted = 0
        public internal(set) var inTime = 0
        /// Done after the end of the term, or taken back after it.
        public internal(set) var late = 0
        /// Due later, or standing still.
        public internal(set) var running = 0
        /// Due, and not done.
        public internal(set) var overdue = 0
        /// Taken back while the term was not over.
        public internal(set) var withdrawn = 0

        public init(office: OfficeID, channel: String, from: CivilDate) {
            self.office = office
            self.channel = channel
            self.from = from
        }

        public init(
            office: OfficeID, channel: String, from: CivilDate, accepted: Int, inTime: Int,
            late: Int, running: Int, overdue: Int, withdrawn: Int
        ) {
            self.init(office: office, channel: channel, from: from)
            self.accepted = accepted
            self.inTime = inTime
            self.late = late
            self.running = running
            self.overdue = overdue
            self.withdrawn = withdrawn
        }

        /// The share done in time of all whose term is over, in thousandths; nil if there is none.
        public var perMille: Int? {
            let over = inTime + late + overdue
            return over == 0 ? nil : inTime * 1_000 / over
        }
    }

    /// By office, then period, then channel.
    public let rows: [Row]

    public init(rows: [Row]) { self.rows = rows }
}

/// Asks how many applications were done in time, by the days on which they were accepted.
public struct PunctualityQuestion: Hashable, Sendable {
    /// The most days of one question.
    public static let dayLimit = CallLimit.punctualityDays

    /// Nil for every office.
    public let office: OfficeID?
    public let from: CivilDate
    /// The last day.
    public let to: CivilDate
    public let period: Punctuality.Period

    public init(
        office: OfficeID?, from: CivilDate, to: CivilDate, period: Punctuality.Period
    ) {
        self.office = office
        self.from = from
        self.to = to
        self.period = period
    }
}

/// Counts registers into a ``Punctuality``.
public struct PunctualityTally {
    private struct Key: Hashable {
        let office: OfficeID
        let from: CivilDate
        let channel: String
    }

    private let question: PunctualityQuestion
    private var rows: [Key: Punctuality.Row] = [:]

    public init(_ question: PunctualityQuestion) { self.question = question }

    /// Adds the register of an office and day, as it stands at a moment on the office's wall clock.
    public mutating func add(
        _ register: ApplicationRegister, _ office: OfficeID, _ date: CivilDate,
        at now: CivilDateTime
    ) {
        let from =
            switch question.period {
            case .whole: question.from
            case .day: date
            case .month: max(question.from, date.adding(days: 1 - date.components.day) ?? date)
            }
        for application in register.applications where application.phase != .declined {
            let channel = register.terms.channels[Int(application.handIn.channel)]
            let key = Key(office: office, from: from, channel: channel)
            rows[key, default: Punctuality.Row(office: office, channel: channel, from: from)]
                .count(application, at: now)
        }
    }

    public var punctuality: Punctuality {
        Punctuality(
            rows: rows.values.sorted {
                ($0.office.description, $0.from, $0.channel)
                    < ($1.office.description, $1.from, $1.channel)
            })
    }
}

extension Punctuality.Row {
    fileprivate mutating func count(_ application: Application, at now: CivilDateTime) {
        accepted += 1
        switch (application.phase, application.isInTime(at: now)) {
        case (_, true?): inTime += 1
        case (.accepted, false?): overdue += 1
        case (_, false?): late += 1
        case (.withdrawn, nil): withdrawn += 1
        case (_, nil): running += 1
        }
    }
}
