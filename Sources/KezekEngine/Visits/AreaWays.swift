// SPDX-License-Identifier: Apache-2.0

public import HomeVisits

/// Where the ways of an area are from, for each way of travelling.
public struct AreaWays: Sendable {
    /// Where the ways of one way of travelling are from.
    public struct Source: Sendable {
        /// How ways are estimated, of which nothing was asked yet.
        public let estimate: any WaySource
        /// Roads that are known from the start; nil if all ways are estimated.
        public let roads: MeasuredWays?
        /// Asks about further ones; nil if there is nobody to ask.
        public let survey: RoadSurvey?

        public init(
            estimate: any WaySource, roads: MeasuredWays? = nil, survey: RoadSurvey? = nil
        ) {
            self.estimate = estimate
            self.roads = survey == nil ? roads : roads ?? MeasuredWays()
            self.survey = survey
        }
    }

    private let sources: [TravelProfile: Source]

    /// The ways of an area; a way of travelling that is not there counts as by car.
    public init(car: Source, others: [TravelProfile: Source] = [:]) {
        sources = others.merging([.car: car]) { $1 }
    }

    /// The same where all crews go by car.
    public init(
        estimate: any WaySource, roads: MeasuredWays? = nil, survey: RoadSurvey? = nil
    ) {
        self.init(car: Source(estimate: estimate, roads: roads, survey: survey))
    }

    var table: WayTable {
        WayTable(sources.mapValues { ProfileWays($0.estimate, roads: $0.roads) })
    }

    /// Those who are asked about roads.
    var surveys: [TravelProfile: RoadSurvey] { sources.compactMapValues(\.survey) }
}

/// Asks a server of roads, and calls back once, on a thread of its own.
///
/// While somebody waits (`isPatient` is false) it calls back within seconds, whatever becomes of it.
public typealias RoadSurvey =
    @Sendable (
        _ question: RoadQuestion, _ isPatient: Bool,
        _ handler: @escaping @Sendable (Result<RoadAnswer, RoadTrouble>) -> Void
    ) -> Void

/// Why there is no answer on roads.
public enum RoadTrouble: Error, Hashable, Sendable {
    /// The server does not take these places: asking about them again soon is of no use.
    case refused
    /// It gave no answer, or none that is understood.
    case failed
    /// It was not asked, as it is asked so much already.
    case busy
}

/// What is known of the roads of an area for one way of travelling, beside the ways themselves.
struct RoadState {
    /// Whether places of the plan may be there whose ways were not asked for.
    var isBehind = true
    /// Whether such places are being asked about.
    var isCatchingUp = false
    /// Places that the server has refused, and when they are asked about again.
    var refused: [HomePoint: Int64] = [:]
    /// Places of one question: fewer once some were refused, to find out which.
    var batch = RoadState.usualBatch
    /// Whether ways of the plan have changed since it was last put right.
    var hasChanged = false
    /// Places of the plan that were not asked for when they were counted last.
    var waiting = 0
    /// When there are more measured places than these, those that the plan does not need are forgotten.
    var limit = RoadState.spare

    static let usualBatch = 50
    static let spare = 100
}
