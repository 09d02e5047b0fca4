// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Journal
import Parties
import Synchronization

/// One register in memory: as it is on disk, and as it will be once what is on its way is there.
///
/// The engine's lock guards it.
final class RegisterCell {
    let stream: StreamName
    let office: OfficeID
    let date: CivilDate
    /// What is on disk: all that is read.
    private(set) var committed: ApplicationRegister
    /// What decisions see, with everything on its way; nil while nobody decides.
    ///
    /// It is kept beside `committed` rather than copied anew, as both then change in place.
    private var ahead: Ahead?
    /// Whether the store has it hold its claim.
    private var holdsClaim = false
    private(set) var inFlight = 0
    /// Another one, which no cell had before, whenever something on its way was lost: decisions made
    /// before then are void.
    private(set) var epoch = RegisterCell.newEpoch()
    var requests = RequestMemory<ApplicationHandler>()
    var savedRevision: UInt32 = 0
    /// Whether nobody has asked for it since this was last looked at.
    private var isIdle = false

    private static let lastEpoch = Atomic<Int>(0)

    private static func newEpoch() -> Int { lastEpoch.add(1, ordering: .relaxed).newValue }

    private final class Ahead {
        var register: ApplicationRegister
        var holdsClaim: Bool

        init(_ register: ApplicationRegister, holdsClaim: Bool) {
            self.register = register
            self.holdsClaim = holdsClaim
        }
    }

    init(_ office: OfficeID, _ date: CivilDate, _ register: ApplicationRegister) {
        stream = .applications(office.description, date)
        self.office = office
        self.date = date
        committed = register
    }

    /// The register as decisions see it.
    var decided: ApplicationRegister { ahead?.register ?? committed }

    /// Nothing is going on.
    var isAtRest: Bool { inFlight == 0 }

    /// Whether nobody has asked for it since the last time; from now on nobody has.
    ///
    /// Then decisions see what is on disk, as nothing is on its way.
    func rest() -> Bool {
        defer { isIdle = true }
        if isIdle, inFlight == 0 { ahead = nil }
        return isIdle
    }

    func touch() { isIdle = false }

    /// Makes decided events part of what the next decision sees, and sends them on their way.
    ///
    /// - Returns: the events with what a first entry must begin with, their revision, and what the
    ///   entry does to the claim that says whether a decree may change something.
    func decide(_ events: [ApplicationEvent]) -> Decision {
        let ahead = ahead ?? Ahead(committed, holdsClaim: holdsClaim)
        self.ahead = ahead
        isIdle = false
        let last = ahead.register.revision
        let events = last == 0 ? [.opened(ahead.register.terms)] + events : events
        ahead.register.apply(events, revision: last + 1)
        let claim = Claim(openRegister: stream)
        let claims: [ClaimChange] =
            switch (ahead.holdsClaim, ahead.register.isOpen) {
            case (false, true): [.taken(claim)]
            case (true, false): [.given(claim)]
            default: []
            }
        ahead.holdsClaim = ahead.register.isOpen
        inFlight += 1
        return Decision(events: events, revision: last + 1, epoch: epoch, claims: claims)
    }

    struct Decision: Sendable {
        let events: [ApplicationEvent]
        let revision: UInt32
        let epoch: Int
        let claims: [ClaimChange]
    }

    /// Takes the words about people out of memory that nobody can read any more.
    func forget(_ people: Set<Applicant>) {
        committed.forget(people)
        ahead?.register.forget(people)
    }

    /// A decision is on disk; false, and nothing is applied, if one before it is not here.
    func commit(_ decision: Decision, _ request: RequestID?) -> Bool {
        inFlight -= 1
        guard decision.revision == committed.revision + 1 else { return false }
        committed.apply(decision.events, revision: decision.revision)
        note(decision.claims)
        if let request { requests.record(request, decision.revision) }
        return true
    }

    /// A decision is lost, and so is all that was decided after it.
    func lose(_ decision: Decision) {
        inFlight -= 1
        guard decision.epoch == epoch else { return }
        epoch = Self.newEpoch()
        ahead = nil
    }

    /// Takes what is on disk from another cell of the same register.
    func replace(with fresh: RegisterCell) {
        committed = fresh.committed
        holdsClaim = fresh.holdsClaim
        requests.takeRecorded(from: fresh.requests)
        savedRevision = fresh.savedRevision
        ahead = nil
        epoch = Self.newEpoch()
    }

    /// Takes an entry from the store, in order; false if it cannot follow.
    func replay(_ events: [ApplicationEvent], _ entry: Entry) -> Bool {
        guard committed.replay(events, revision: entry.revision) else { return false }
        defer { note(entry) }
        return true
    }

    private func note(_ claims: [ClaimChange]) {
        for change in claims {
            switch change {
            case .taken: holdsClaim = true
            case .given: holdsClaim = false
            }
        }
    }

    private func note(_ entry: Entry) {
        note(entry.claims)
        if let request = entry.request { requests.record(request.id, entry.revision) }
    }
}

extension Claim {
    /// The claim that a register holds as long as a decree may change it, so that a start finds such
    /// registers without reading all.
    init(openRegister stream: StreamName) {
        var mix = Fingerprint()
        mix.add(stream.description)
        var other = Fingerprint()
        other.add("open")
        other.add(stream.description)
        self.init(high: mix.value, low: other.value)
    }
}
