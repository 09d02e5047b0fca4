// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Texts

/// Which weekdays rest in a kind of week, by one act.
public struct WeekRule: Hashable, Sendable {
    public let restDays: Set<Weekday>
    public let act: Act
    /// Minutes of work per working weekday in the balance of working time.
    public let balanceMinutes: [Weekday: Int]

    public init(restDays: Set<Weekday>, act: Act, balanceMinutes: [Weekday: Int]) {
        self.restDays = restDays
        self.act = act
        self.balanceMinutes = balanceMinutes
    }

    /// Whether the two have the same rest days and hours, by whatever act.
    func isAs(_ other: WeekRule) -> Bool {
        restDays == other.restDays && balanceMinutes == other.balanceMinutes
    }
}

/// One kind of working week: which weekdays rest, and the hours of a working day in the published
/// balance of working time.
///
/// Both may change from a date on, such as where Saturday was a working day until a year.
public struct WeekPattern: Hashable, Sendable {
    /// A rule that holds from a date on, or the taking back of one.
    ///
    /// Of several with one `from` the one known last holds.
    public struct Change: Hashable, Sendable {
        public let from: CivilDate
        public let known: CivilDate
        /// Nil if this takes back what was to begin on that date.
        public let rule: WeekRule?
        public let act: Act

        public init(from: CivilDate, known: CivilDate, rule: WeekRule?, act: Act) {
            self.from = from
            self.known = known
            self.rule = rule
            self.act = act
        }
    }

    /// A rule with the first day on which it holds.
    struct Standing: Hashable, Sendable {
        let from: CivilDate
        let rule: WeekRule
    }

    /// The short name by which questions choose the week: `five`, `six`.
    public let id: String
    public let title: LocalizedText
    /// The rule before the first change.
    public let base: WeekRule
    public let changes: [Change]

    public init(
        id: String, title: LocalizedText, restDays: Set<Weekday>, act: Act,
        balanceMinutes: [Weekday: Int], changes: [Change] = []
    ) {
        self.id = id
        self.title = title
        base = WeekRule(restDays: restDays, act: act, balanceMinutes: balanceMinutes)
        self.changes = changes
    }

    /// The weekdays that rest before the first change.
    public var restDays: Set<Weekday> { base.restDays }

    /// The rules that hold as known on a day, in rising order; the first has always held.
    func rules(asKnownOn known: CivilDate) -> [Standing] {
        var last: [CivilDate: Change] = [:]
        for change in changes where change.known <= known {
            if let other = last[change.from], other.known > change.known { continue }
            last[change.from] = change
        }
        let later = last.values.compactMap { change in
            change.rule.map { Standing(from: change.from, rule: $0) }
        }
        return [Standing(from: .earliest, rule: base)] + later.sorted { $0.from < $1.from }
    }

    /// The rule of a date, as known on a day.
    public func rule(on date: CivilDate, asKnownOn known: CivilDate) -> WeekRule {
        rules(asKnownOn: known).last { $0.from <= date }?.rule ?? base
    }
}

extension WorkingCalendar {
    /// The rule of the week that holds on a date.
    public func weekRule(on date: CivilDate) -> WeekRule {
        weekRules.last { $0.from <= date }?.rule ?? week.base
    }

    /// Whether ordinary days rest in both on the same weekdays.
    public func hasRulesOf(_ other: WorkingCalendar) -> Bool {
        weekRules.map(\.from) == other.weekRules.map(\.from)
            && zip(weekRules, other.weekRules).allSatisfy { $0.rule.restDays == $1.rule.restDays }
    }

    /// The rules that follow the first, each with its first day, in rising order.
    public var weekRuleChanges: [(from: CivilDate, rule: WeekRule)] {
        weekRules.dropFirst().map { ($0.from, $0.rule) }
    }
}
