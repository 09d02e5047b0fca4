// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import WorkingDays

/// What a standard fixes for the queue of a kind of office.
public struct OfficeTerms: Hashable, Sendable {
    public let policy: Policy
    /// The clause that sets the policy, such as `R7.3`.
    public let policyRule: String
    /// When applications are accepted, where an office says nothing of its own.
    public let reception: HoursBook
    /// The longest permitted wait in minutes, and its clause (R3.5); nil where there is none.
    public let longestWait: Limit?
    /// The longest permitted time of serving one applicant, and its clause (R3.6).
    public let longestService: Limit?
    public let zone: TimeZoneRules

    public struct Limit: Hashable, Sendable {
        public let minutes: Int
        public let rule: String

        public init(minutes: Int, rule: String) {
            self.minutes = minutes
            self.rule = rule
        }
    }

    public init(
        policy: Policy, policyRule: String, reception: HoursBook, longestWait: Limit?,
        longestService: Limit?, zone: TimeZoneRules
    ) {
        self.policy = policy
        self.policyRule = policyRule
        self.reception = reception
        self.longestWait = longestWait
        self.longestService = longestService
        self.zone = zone
    }

    /// Minutes for one applicant where neither the office nor its standard says how many.
    public static let serviceMinutesByDefault = 20
}
