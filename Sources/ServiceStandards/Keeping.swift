// SPDX-License-Identifier: Apache-2.0

/// What becomes of a result that is ready at one kind of office and not collected (R5.3 to R5.5).
public struct Keeping: Hashable, Sendable {
    /// The moment from which the time of storage runs.
    public enum Start: String, CaseIterable, Hashable, Sendable {
        /// The result is ready.
        case ready
        /// The result is ready and the term of the service is over: only then is it late to collect it.
        case dueOrReady = "due-or-ready"
    }

    /// The kind of office.
    public let office: String
    /// The event term for which it is kept there.
    public let storage: String
    public let from: Start
    /// The policy that chose the start; nil where none did.
    public let policy: String?
    /// The event term within which the provider sends it again; nil where it stays in the house and
    /// can be handed over at any time.
    public let redelivery: String?

    public init(
        office: String, storage: String, from: Start, policy: String?, redelivery: String?
    ) {
        self.office = office
        self.storage = storage
        self.from = from
        self.policy = policy
        self.redelivery = redelivery
    }
}
