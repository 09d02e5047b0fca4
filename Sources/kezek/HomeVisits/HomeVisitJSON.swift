// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Parties

/// A stretch of time as JSON, with its offset from UTC.
struct VisitWindowJSON: Encodable {
    let start: String
    let end: String

    init(_ window: VisitWindow, _ clock: AreaClock) {
        start = clock.stamp(window.start)
        end = clock.stamp(window.end)
    }
}

/// A place in degrees, as JSON.
struct HomePointJSON: Encodable {
    let longitude: Double
    let latitude: Double

    init(_ place: HomePoint) {
        longitude = Double(place.longitude) / 1_000_000
        latitude = Double(place.latitude) / 1_000_000
    }
}

/// A visit, as JSON.
struct HomeVisitJSON: Encodable {
    let visit: String
    let state: String
    /// All four are left out if the person is forgotten.
    let name: String?
    let address: String?
    let telephone: String?
    let place: HomePointJSON?
    let needs: [String]
    let avoided: [String]
    let serviceSeconds: Int32
    let askedAt: String
    let due: String
    let promise: VisitWindowJSON?
    let heldUntil: String?
    let unkept: Bool
    /// Why it was called off; left out where nothing was said.
    let reason: String?
    /// The visit with its secret, for its applicant.
    let link: String?

    init(_ visit: VisitView, _ clock: AreaClock) {
        self.visit = visit.id.description
        state = "\(visit.state)"
        name = visit.words?.name
        address = visit.words?.address
        telephone = visit.words?.telephone
        place = visit.words.map { HomePointJSON($0.place) }
        needs = visit.needs.map(\.description)
        avoided = visit.avoided.map(\.description)
        serviceSeconds = visit.service
        askedAt = clock.stamp(visit.askedAt)
        due = clock.stamp(visit.due)
        promise = visit.promise.map { VisitWindowJSON($0, clock) }
        heldUntil = visit.heldUntil.map(clock.stamp)
        unkept = visit.isUnkept
        reason = visit.reason.isEmpty ? nil : visit.reason
        link = visit.secret.map { VisitReference(visit.id, $0).description }
    }
}

/// The plan of an area, as JSON.
struct AreaPlanJSON: Encodable {
    struct Stop: Encodable {
        /// `visit`, `held` or `lunch`.
        let kind: String
        let visit: String?
        let arrival: String
        let start: String
        let end: String
        let begun: Bool
        /// `nobodyHome` or `calledOff` where the crew was in vain; left out elsewhere.
        let outcome: String?
    }

    struct CrewDay: Encodable {
        let crew: String
        let date: String
        let hours: VisitWindowJSON
        let absent: Bool
        let travelSeconds: Int32
        let waitingSeconds: Int32
        /// Left out without visits.
        let back: String?
        /// Until it is back after its hours; left out if it is back within them.
        let overtimeSeconds: Int64?
        let stops: [Stop]
    }

    struct CrewLoad: Encodable {
        let crew: String
        let visits: Int
        let workSeconds: Int64
    }

    struct Totals: Encodable {
        let visits: Int
        let held: Int
        let usedShifts: Int
        let travelSeconds: Int64
        let waitingSeconds: Int64
        let serviceSeconds: Int64
        let overtimeSeconds: Int64
        let spreadSeconds: Int64
        let crews: [CrewLoad]

        init(_ totals: AreaTotals) {
            visits = totals.visits
            held = totals.held
            usedShifts = totals.usedShifts
            travelSeconds = totals.travel
            waitingSeconds = totals.waiting
            serviceSeconds = totals.service
            overtimeSeconds = totals.overtime
            spreadSeconds = totals.spread
            crews = totals.crews.map {
                CrewLoad(
                    crew: $0.crew.description, visits: $0.visits, workSeconds: $0.work)
            }
        }
    }

    let area: String
    let revision: UInt32
    let whole: Bool
    let from: String
    let days: Int32
    let totals: Totals
    let crewDays: [CrewDay]
    let visits: [HomeVisitJSON]
    /// Left out if the plan is compared with none.
    let changes: ChangesJSON?

    /// The plan, or what of it has changed together with the totals of the whole.
    init(
        _ plan: AreaPlan, _ clock: AreaClock, totals: AreaTotals? = nil,
        changes: ChangesSince? = nil
    ) {
        area = plan.area.description
        self.totals = Totals(totals ?? AreaTotals(plan))
        self.changes = changes.map { ChangesJSON($0, clock) }
        revision = plan.revision
        whole = plan.isWhole
        from = plan.from.description
        days = plan.days
        crewDays = plan.crewDays.map { day in
            CrewDay(
                crew: day.crew.description, date: day.date.description,
                hours: VisitWindowJSON(day.hours, clock), absent: day.isAbsent,
                travelSeconds: day.travel, waitingSeconds: day.waiting,
                back: day.back.map(clock.stamp),
                overtimeSeconds: day.overtime > 0 ? day.overtime : nil,
                stops: day.stops.map { stop in
                    let (kind, number): (String, UInt32?) =
                        switch stop.kind {
                        case .visit(let number): ("visit", number)
                        case .held(let number): ("held", number)
                        case .lunch: ("lunch", nil)
                        }
                    return Stop(
                        kind: kind, visit: number.map { "\(plan.area)/\($0)" },
                        arrival: clock.stamp(stop.arrival), start: clock.stamp(stop.start),
                        end: clock.stamp(stop.end), begun: stop.isBegun,
                        outcome: stop.outcome.map { "\($0)" })
                })
        }
        visits = plan.visits.map { HomeVisitJSON($0, clock) }
    }
}

/// Why a visit stands where it stands, as JSON.
struct ExplainedJSON: Encodable {
    struct Elsewhere: Encodable {
        let crew: String
        let date: String
        let extraTravelSeconds: Int32?
        let reason: String?
    }

    let visit: String
    let crew: String
    let date: String
    let arrival: String
    let start: String
    let extraTravelSeconds: Int32
    let waitsForWindow: Bool
    let slackSeconds: Int32
    let bound: String
    /// The visit that would be late.
    let boundVisit: String?
    let elsewhere: [Elsewhere]

    init(_ visit: VisitExplained, _ clock: AreaClock) {
        self.visit = visit.id.description
        crew = visit.crew.description
        date = visit.date.description
        arrival = clock.stamp(visit.arrival)
        start = clock.stamp(visit.start)
        extraTravelSeconds = visit.extraTravel
        waitsForWindow = visit.waitsForWindow
        slackSeconds = visit.slack
        bound = "\(visit.bound)"
        boundVisit = visit.bound == .visit ? "\(visit.id.area)/\(visit.boundVisit)" : nil
        elsewhere = visit.elsewhere.map {
            Elsewhere(
                crew: $0.crew.description, date: $0.date.description,
                extraTravelSeconds: $0.extraTravel, reason: $0.reason.map { "\($0)" })
        }
    }
}
