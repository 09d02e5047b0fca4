// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits

/// What somebody knows of a visit who has listened to all that was said of it.
struct Entry {
    let number: UInt32
    let place: HomePoint
    let needs: [NeedID]
    let avoided: [CrewID]
    var service: Int64
    let setup: Int64
    var state = HomeVisit.State.requested
    var promise: VisitWindow?
    var heldUntil: Int64?
    var held: [VisitWindow] = []
    /// The latest start that was said of the promise; nil if nothing was.
    var saidStart: Int64?
    /// Whether it was said that the promise has no place.
    var isSaidLost = false
    /// Whether it ever was.
    var wasLost = false
    /// On which days a crew was there in vain.
    var vain: [CivilDate] = []
    /// The crew that told of it, and when.
    var teller: (crew: CrewID, date: CivilDate)?
    /// What that crew told of its way last.
    var told: VisitReport?
    /// How it went, once it is done.
    var times: AreaPlan.Stop?
    /// Whether a crew had set out for it when it was called off.
    var wasUnderWay = false

    var isAhead: Bool { state == .promised || state == .underWay }
}

/// What somebody knows of a crew's present day.
struct CrewNotes {
    /// Before which second it does not go on, as was told.
    var delayedUntil: Int64?
    /// When its route changed last.
    var changed: Int64 = 0
}

/// All visits of a month.
struct Ledger {
    private(set) var entries: [Entry] = []
    var crews: [CrewID: CrewNotes] = [:]
    /// On which dates crews are absent.
    var absences: [CrewID: Set<CivilDate>] = [:]

    subscript(number: UInt32) -> Entry {
        get { entries[Int(number) - 1] }
        set { entries[Int(number) - 1] = newValue }
    }

    mutating func append(_ entry: Entry) { entries.append(entry) }

    /// What is held is held for so long.
    mutating func expire(_ now: Int64) {
        for index in entries.indices where (entries[index].heldUntil ?? .max) <= now {
            entries[index].heldUntil = nil
            entries[index].held = []
            if entries[index].state == .held { entries[index].state = .requested }
        }
    }

    /// A new day begins.
    mutating func beginDay() { crews = [:] }

    mutating func note(_ number: UInt32, _ offer: OfferList) {
        let held = offer.windows.filter(\.isHeld).map(\.window)
        self[number].held = held
        self[number].heldUntil = held.isEmpty ? nil : offer.until
        if self[number].promise == nil { self[number].state = held.isEmpty ? .requested : .held }
    }

    mutating func notePromise(_ number: UInt32, _ window: VisitWindow) {
        self[number].state = .promised
        self[number].promise = window
        self[number].held = []
        self[number].heldUntil = nil
        self[number].saidStart = nil
        self[number].isSaidLost = false
        self[number].wasLost = false
        self[number].teller = nil
    }

    mutating func noteCancelled(_ number: UInt32, wasBegun: Bool) {
        self[number].wasUnderWay = self[number].state == .underWay || wasBegun
        self[number].state = .cancelled
        self[number].held = []
        self[number].heldUntil = nil
        self[number].isSaidLost = false
    }

    mutating func note(
        _ number: UInt32, _ report: VisitReport, _ crew: CrewID, _ date: CivilDate
    ) {
        var entry = self[number]
        if !report.isLonger { entry.teller = (crew, date) }
        switch report {
        case .underWay, .arrived:
            entry.state = .underWay
            entry.told = report
        case .done: entry.state = .done
        case .nobodyHome:
            entry.state = .failed
            entry.promise = nil
            entry.isSaidLost = false
            entry.vain.append(date)
        case .longer(let minutes): entry.service += Int64(minutes) * 60
        }
        if report != .nobodyHome, entry.state == .underWay || entry.state == .done {
            entry.held = []
            entry.heldUntil = nil
            entry.isSaidLost = false
        }
        self[number] = entry
    }

    /// Nobody is on the way any more to whom a crew that is absent was.
    mutating func noteAbsent(_ crew: CrewID, _ date: CivilDate, but ended: Set<UInt32>) {
        for index in entries.indices
        where entries[index].state == .underWay && entries[index].teller?.crew == crew
            && entries[index].teller?.date == date && !ended.contains(entries[index].number)
        {
            entries[index].state = .promised
            entries[index].teller = nil
        }
    }

    /// What was said of promises.
    mutating func note(_ unkept: [UnkeptPromise]) {
        for promise in unkept {
            let said = promise.late?.start
            self[promise.number].saidStart =
                said.map { max($0, self[promise.number].saidStart ?? $0) }
                ?? self[promise.number].saidStart
            self[promise.number].isSaidLost = true
            self[promise.number].wasLost = true
        }
    }
}
