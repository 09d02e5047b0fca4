// SPDX-License-Identifier: Apache-2.0

/// A visit that a crew pays to an applicant.
public struct Visit: Hashable, Sendable {
    public let id: VisitID
    public var place: Place
    /// Seconds that the visit itself takes.
    public var service: Int
    /// Seconds before the service, at a place where the crew has not just been.
    public var setup: Int
    /// Where the start may fall; anywhere if there are none.
    public var windows: [TimeWindow]
    /// All of these the crew must have.
    public var skills: [Skill]
    /// How much it takes of each capacity of a shift.
    public var demand: [Int]
    /// The last second at which the service may end.
    public var due: Int?
    /// What the applicant was told.
    public var promise: Promise?
    /// Shifts that must not pay this visit.
    public var avoided: [ShiftID]
    /// The only shifts that may pay it; nil for any.
    public var allowed: [ShiftID]?
    /// Whether a plan without it is broken; a promised visit is required unless told otherwise.
    public var isRequired: Bool
    /// Whether the search leaves it where the plan has it.
    public var isFixed: Bool

    public init(
        id: VisitID, place: Place, service: Int, setup: Int = 0, windows: [TimeWindow] = [],
        skills: [Skill] = [], demand: [Int] = [], due: Int? = nil, promise: Promise? = nil,
        avoided: [ShiftID] = [], allowed: [ShiftID]? = nil, isRequired: Bool? = nil,
        isFixed: Bool = false
    ) {
        self.id = id
        self.place = place
        self.service = service
        self.setup = setup
        self.windows = windows
        self.skills = skills
        self.demand = demand
        self.due = due
        self.promise = promise
        self.avoided = avoided
        self.allowed = allowed
        self.isRequired = isRequired ?? (promise != nil)
        self.isFixed = isFixed
    }

    /// The windows that also keep the promise; empty if no start keeps both.
    public var startWindows: [TimeWindow] {
        guard let promise else { return windows }
        if windows.isEmpty { return [promise.window] }
        return windows.compactMap { $0.intersection(promise.window) }
    }
}

/// What an applicant was told: when the visit starts and, if it was said, by which shifts.
public struct Promise: Hashable, Sendable {
    public let window: TimeWindow
    /// Empty if no crew was named.
    public let shifts: [ShiftID]

    public init(window: TimeWindow, shifts: [ShiftID] = []) {
        self.window = window
        self.shifts = shifts
    }
}
