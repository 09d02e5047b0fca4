// SPDX-License-Identifier: Apache-2.0

public import Texts
public import WorkingDays

/// A kind of office that takes part in a service: its week, its hours and its queue.
public struct Office: Hashable, Sendable {
    /// Hours, and the rule that sets them.
    public struct Hours: Hashable, Sendable {
        public let rule: RuleID
        public let open: HoursBook

        public init(rule: RuleID, open: HoursBook) {
            self.rule = rule
            self.open = open
        }
    }

    /// How applicants are taken.
    public struct QueueTerms: Hashable, Sendable {
        public enum Policy: String, CaseIterable, Hashable, Sendable {
            /// In order of arrival, without booking (R7.3).
            case walkInOnly = "walk-in-only"
            /// By electronic queue, with bookings beside walk-in tickets (R7.5, R7.6).
            case electronicQueue = "electronic-queue"
        }

        public let policy: Policy
        public let rule: RuleID
        /// The rule that allows bookings; nil where there are none.
        public let bookingRule: RuleID?

        public init(policy: Policy, rule: RuleID, bookingRule: RuleID?) {
            self.policy = policy
            self.rule = rule
            self.bookingRule = bookingRule
        }
    }

    /// The longest permitted time of something, in minutes.
    public struct Limit: Hashable, Sendable {
        public let minutes: Int
        public let rule: RuleID

        public init(minutes: Int, rule: RuleID) {
            self.minutes = minutes
            self.rule = rule
        }
    }

    public let id: String
    public let title: LocalizedText
    public let rule: RuleID
    /// The week of the calendar that the office works by.
    public let week: String
    public let work: Hours
    /// When it accepts applications and hands out results.
    public let reception: Hours
    /// What the gap between two openings is called; nil if there is none.
    public let pause: LocalizedText?
    public let queue: QueueTerms
    public let longestWait: Limit?
    public let longestService: Limit?

    public init(
        id: String, title: LocalizedText, rule: RuleID, week: String, work: Hours,
        reception: Hours, pause: LocalizedText?, queue: QueueTerms, longestWait: Limit?,
        longestService: Limit?
    ) {
        self.id = id
        self.title = title
        self.rule = rule
        self.week = week
        self.work = work
        self.reception = reception
        self.pause = pause
        self.queue = queue
        self.longestWait = longestWait
        self.longestService = longestService
    }
}
