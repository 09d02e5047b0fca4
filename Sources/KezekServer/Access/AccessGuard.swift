// SPDX-License-Identifier: Apache-2.0

public import Access
import CivilTime
import Enquiries
import KezekEngine
import KezekWire
import NIOCore
import Parties
import Queue
import Synchronization
import Texts

/// Says who may do what, how often and over how many connections, by a list that can be replaced while the server runs.
public final class AccessGuard: Sendable {
    private struct State: Sendable {
        var list: AccessList
        var meters: [String: RateMeter] = [:]
        /// Open connections by the id of the entry that each has shown a token or certificate of.
        var connections: [String: Int] = [:]
        /// Why the file of the list could not be read; nil if it could.
        var fileTrouble: String?

        mutating func leave(_ id: String) {
            guard let count = connections[id] else { return }
            connections[id] = count > 1 ? count - 1 : nil
        }
    }

    /// What a token or certificate comes to.
    enum Entrance: Hashable {
        /// It lets nobody in.
        case nobody
        /// As many connections as its entry may have are open.
        case full(AccessEntry)
        case entered(AccessEntry)
    }

    private let state: Mutex<State>

    public init(_ list: AccessList) { state = Mutex(State(list: list)) }

    /// Puts another list in the place of this one; connections are held to it from their next call on.
    public func replace(_ new: AccessList) {
        state.withLock { state in
            state.list = new
            state.meters = state.meters.filter { new.entry($0.key) != nil }
        }
    }

    /// Why the next start would not find the list as it is in force; nil if it would.
    public var fileTrouble: String? { state.withLock { $0.fileTrouble } }

    /// Notes what became of the file of the list.
    public func noteFile(_ trouble: String?) { state.withLock { $0.fileTrouble = trouble } }

    /// Lets a connection in with a token or certificate, and counts it until it leaves.
    ///
    /// `earlier` is the entry that it had entered by; whatever comes of this, it has left that.
    func enter(_ credential: Credential, leaving earlier: String?, now: Timestamp) -> Entrance {
        state.withLock { state in
            if let earlier { state.leave(earlier) }
            guard let entry = state.list.entry(credential, at: now) else { return .nobody }
            let open = state.connections[entry.id, default: 0]
            guard open < entry.connections else { return .full(entry) }
            state.connections[entry.id] = open + 1
            return .entered(entry)
        }
    }

    /// The role of whoever has entered by an entry; nil if it lets nobody in, or for none.
    func role(of caller: String?, now: Timestamp) -> Role? {
        guard let caller else { return nil }
        return state.withLock { state in
            state.list.entry(caller).flatMap { $0.isValid(at: now) ? $0.role : nil }
        }
    }

    /// The entry by which somebody has entered; nil for none, or once it is not in the list.
    func entry(_ caller: String?) -> AccessEntry? {
        guard let caller else { return nil }
        return state.withLock { $0.list.entry(caller) }
    }

    /// In whose right a caller acts on bookings, tickets and home visits: portals, kiosks and the contact centre speak
    /// for applicants, and must show it.
    func standing(of caller: String?, showing proof: BookingProof?) -> Standing {
        let entry = state.withLock { state in caller.flatMap { state.list.entry($0) } }
        return Standing(
            actsByNumber: entry?.role.actsByNumber ?? false, proof: proof,
            holdPercent: entry?.holdPercent,
            channels: entry?.role.bookingChannels, offices: entry.flatMap { $0.offices.names })
    }

    /// A connection that had entered is closed.
    func leave(_ id: String) { state.withLock { $0.leave(id) } }

    /// Why a call is refused; nil if it may be made, which then counts.
    ///
    /// `caller` is the id of the entry that the connection has shown a token or certificate of; nil for
    /// none. `now` is the wall clock, by which entries end; `clock` the one that rates are measured by,
    /// nil for what is told without a new call.
    func refusal(
        _ call: Call, _ name: CallName?, by caller: String?, now: Timestamp, clock: NIODeadline?,
        _ language: Language
    ) -> Refusal? {
        guard let name, !name.isOpen else { return nil }
        guard let caller else { return AccessWording.notAuthenticated(language) }
        let (found, wait) = state.withLock { state -> (AccessEntry?, Int64) in
            guard let entry = state.list.entry(caller), entry.isValid(at: now) else {
                return (nil, 0)
            }
            guard let clock else { return (entry, 0) }
            // What is refused counts too, or a caller without rights could ask without end.
            let wait = state.meters[caller, default: RateMeter()]
                .count(perSecond: entry.callsPerSecond, at: clock)
            return (entry, wait)
        }
        guard let entry = found else { return AccessWording.notAuthenticated(language) }
        guard wait == 0 else {
            return AccessWording.tooOften(entry.callsPerSecond, wait, language)
        }
        guard name.roles.contains(entry.role) else {
            return AccessWording.denied(name, entry.role, language)
        }
        if let refusal = call.overreach(entry.role, language) { return refusal }
        guard name.touches != .nothing else { return nil }
        if let several = call.severalOffices {
            let other = several.first { !entry.offices.contains($0) }
            return other.map { AccessWording.elsewhere($0, language) }
        }
        guard let office = call.office else {
            return entry.offices == .all ? nil : AccessWording.everywhere(language)
        }
        return entry.offices.contains(office) ? nil : AccessWording.elsewhere(office, language)
    }
}
