// SPDX-License-Identifier: Apache-2.0

import CivilTime
import HomeVisits
import Journal
import Parties
import Synchronization

/// One area in memory: as it is on disk, and as it will be once what is on its way is there.
final class VisitRoom: Sendable {
    let id: OfficeID
    let state: Mutex<VisitRoomState>
    /// Who is asked for its ways by road.
    let surveys: [TravelProfile: RoadSurvey]

    var stream: StreamName { .visits(id.description) }

    init(_ id: OfficeID, _ state: sending VisitRoomState, _ surveys: [TravelProfile: RoadSurvey]) {
        self.id = id
        self.state = Mutex(state)
        self.surveys = surveys
    }
}

/// What an area's lock guards.
struct VisitRoomState {
    /// What is on disk: all that is read.
    var committed: VisitDesk
    /// What decisions see.
    var decided: VisitDesk
    var requests = RequestMemory<VisitHandler>()
    var inFlight = 0
    /// Whether something on its way was lost: what was decided since is void.
    var hasLost = false
    var savedRevision: UInt32 = 0
    var watchers: [UInt64: @Sendable () -> Void] = [:]
    /// When the plan was made anew last, in seconds since the epoch, and at which revision.
    var lastReplan: (at: Int64, revision: UInt32) = (0, 0)
    var isReplanning = false
    /// When routes of crews without a shift were looked for last.
    var lastSweep: Int64 = 0
    /// When something was asked last.
    var lastAsked: Int64 = 0
    var roads: [TravelProfile: RoadState] = [:]
    var offered = UnpromisedOffers()

    init(_ desk: VisitDesk) {
        committed = desk
        decided = desk
    }

    /// Whether nothing is on its way to the disk: all that was decided is there.
    var isSettled: Bool {
        inFlight == 0 && !hasLost && committed.book.revision == decided.book.revision
    }
}
