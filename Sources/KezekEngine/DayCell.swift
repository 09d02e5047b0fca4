// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Clocks
import Journal
public import Parties
public import Queue

/// Called with what came of a command, on a thread of the engine's or the store's choice.
public typealias ReceiptHandler = @Sendable (Result<Receipt, CommandFault>) -> Void

/// Why a command brought no receipt.
public enum CommandFault: Error, Hashable, Sendable {
    /// `date` is the day that was asked about, if it is one. `alternatives` are the slots that can be had
    /// instead.
    case refused(QueueRefusal, on: CivilDate? = nil, alternatives: [CivilDateTime])
    /// What belongs to the present day, as a ticket does, was asked for when the office does not receive, or on a
    /// day on which it receives nobody; `next` is when it does next, if that is known and not far off.
    case receivesNobody(QueueRefusal, on: CivilDate, next: CivilDateTime?)
    /// The applicant has this live booking for the service, at an office that the caller may ask about; `at`
    /// is its slot's time.
    case bookedAlready(BookingID, ServiceID, at: TimeOfDay? = nil)
    case unknownOffice(OfficeID)
    /// The standard or kind of an office, its zone or its calendar's year is not known.
    case noTerms(OfficeID)
    /// An office names a standard, kind or zone that there is not.
    case unknownName(field: String, String, known: [String])
    /// Nobody has published the calendar of a year yet.
    case yearNotPublished(year: Int, calendar: String)
    /// Something in an office's description cannot be.
    case badOffice(OfficeFault)
    /// The request id belongs to another command.
    case requestMismatch
    /// The clock went back behind what is recorded.
    case clockBehind(recorded: Timestamp)
    /// The clock was set, or is far from what is recorded; nobody has said yet that it is right.
    case clockInDoubt(ClockDoubt)
    /// Nothing was done, as it could not be written.
    case unavailable(String)
    /// The device failed while it was written: nobody knows yet whether it was done.
    case unconfirmed(String)
    /// Too many commands wait for the disk.
    case overloaded
    /// The caller has not shown that it speaks for whom the booking or ticket is.
    case unproven(ProofFault)
    /// The caller holds as many places of the office as it may that are not confirmed.
    case tooManyHolds(limit: Int)
    /// The caller has windows of the area held for as many visits as it may that are not promised.
    case tooManyOffers(limit: Int)
    /// The caller has asked for as many visits of the area as it may that are not promised.
    case tooManyUnpromised(limit: Int)
}

/// One office's day in memory: as it is on disk, and as it will be once what is on its way is there.
///
/// Its office's lock guards it.
final class DayCell {
    let stream: StreamName
    let office: OfficeID
    let date: CivilDate
    /// What is on disk: all that is read.
    private(set) var committed: OfficeDay
    /// What decisions see, with everything on its way; nil while nobody decides.
    ///
    /// It is kept beside `committed` rather than copied anew, as both then change in place.
    private var ahead: Ahead?
    private(set) var inFlight = 0
    /// Counts how often something on its way was lost: decisions made before then are void.
    private(set) var epoch = 0
    var requests = RequestMemory<ReceiptHandler>()
    var savedRevision: UInt32 = 0

    private final class Ahead {
        var day: OfficeDay
        var isIdle = false

        init(_ day: OfficeDay) { self.day = day }
    }

    init(stream: StreamName, office: OfficeID, date: CivilDate, day: OfficeDay) {
        self.stream = stream
        self.office = office
        self.date = date
        committed = day
    }

    /// The day as decisions see it.
    var decided: OfficeDay { ahead?.day ?? committed }

    /// Looks at the day as decisions see it, without copying it out.
    @inline(__always)
    func withDecided<T, E: Error>(_ body: (borrowing OfficeDay) throws(E) -> T) throws(E) -> T {
        if let ahead { return try body(ahead.day) }
        return try body(committed)
    }

    /// No earlier than this does time alone change the day; nil if it does not.
    var nextDue: Int32? { ahead == nil ? committed.nextDueBound : ahead?.day.nextDueBound }

    /// The moment of an event that happens now: never before the last one.
    func moment(_ now: Timestamp) -> DayMoment { withDecided { $0.moment(of: now) } }

    /// Makes decided events part of what the next decision sees.
    func decide(_ events: [DayEvent], at now: Int32) {
        let ahead = ahead ?? Ahead(committed)
        ahead.day.apply(events, revision: ahead.day.revision + 1, at: now)
        ahead.isIdle = false
        self.ahead = ahead
    }

    /// Whether something follows for the waiting list from the day as decisions see it.
    func hasFollowUps(_ now: Timestamp) -> Bool {
        withDecided { day in
            day.hasWaitingList
                && !day.waitingFollowUps(on: date, at: day.moment(of: now)).isEmpty
        }
    }

    /// What follows for the waiting list from the entry that was decided last, and is part of it.
    func followUp(_ now: Timestamp) -> [DayEvent] {
        guard let ahead, ahead.day.hasWaitingList else { return [] }
        let events = ahead.day.waitingFollowUps(on: date, at: ahead.day.moment(of: now))
        ahead.day.applyFollowUps(events)
        return events
    }

    /// What decisions see, to go back to it; in memory of its own, as hardly a command needs it.
    final class Seen {
        fileprivate let day: OfficeDay?

        fileprivate init(_ day: OfficeDay?) { self.day = day }
    }

    var seen: Seen { Seen(ahead?.day) }

    /// Takes back what was decided since and is not sent.
    func goBack(to seen: Seen) { ahead = seen.day.map { Ahead($0) } }

    /// Lets go of what decisions see, if nobody has decided since this was last asked and nothing is
    /// on its way: it is what is on disk.
    func rest() {
        guard inFlight == 0, let ahead else { return }
        if ahead.isIdle { self.ahead = nil } else { ahead.isIdle = true }
    }

    /// What was typed about these people is no longer to be read.
    func forget(_ people: Set<Applicant>) {
        committed.forget(people)
        ahead?.day.forget(people)
    }

    /// Whether nothing is going on.
    var isAtRest: Bool { ahead == nil }

    /// After what time brought about: the bound on when it does again.
    func settleDue() {
        if let ahead { ahead.day.settleDue() } else { committed.settleDue() }
    }

    func sent() { inFlight += 1 }

    /// The entries of one batch are on disk; false, and nothing is applied, if one before them is
    /// on disk too and not here.
    func commit(_ decisions: [Decision]) -> Bool {
        inFlight -= 1
        guard decisions.first?.revision == committed.revision + 1 else { return false }
        for decision in decisions {
            committed.apply(decision.events, revision: decision.revision, at: decision.at)
            if decision.mark == nil { committed.settleDue() }
        }
        for decision in decisions {
            if let mark = decision.mark { requests.record(mark.id, decision.revision) }
        }
        return true
    }

    /// Takes what is on disk from another cell of the same day; what was decided on is void.
    func replace(with fresh: DayCell) {
        committed = fresh.committed
        requests.takeRecorded(from: fresh.requests)
        savedRevision = fresh.savedRevision
        ahead = nil
        epoch += 1
    }

    /// The entries of a batch are lost, and so is all that was decided after them.
    func lose(epoch: Int) {
        inFlight -= 1
        guard epoch == self.epoch else { return }
        self.epoch += 1
        ahead = nil
    }

    /// Takes an entry from the store, in order.
    func replay(_ events: [DayEvent], _ entry: Entry, at: Int32) {
        committed.apply(events, revision: entry.revision, at: at)
        if let request = entry.request { requests.record(request.id, entry.revision) }
    }

}

/// The events of one entry that was decided.
struct Decision: Sendable {
    let events: [DayEvent]
    let revision: UInt32
    let at: Int32
    let mark: RequestMark?
    /// Who has it, without a request.
    let caller: CallerID
}
