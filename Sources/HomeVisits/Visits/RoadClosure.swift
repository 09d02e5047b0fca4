// SPDX-License-Identifier: Apache-2.0

import CallLimits

/// A place that ways lead round: each straight line through the circle takes longer.
public struct RoadClosure: Hashable, Sendable {
    /// The most in one area at a time.
    public static let limit = 32

    public let name: NeedID
    public let centre: HomePoint
    /// Metres, 1 to 20,000.
    public let radius: Int
    /// Seconds more for each way through it, 1 to 14,400.
    public let extra: Int

    /// Nil for a radius or seconds out of range.
    public init?(name: NeedID, centre: HomePoint, radius: Int, extra: Int) {
        guard CallLimit.closureMetres.contains(radius), CallLimit.closureSeconds.contains(extra)
        else { return nil }
        self.name = name
        self.centre = centre
        self.radius = radius
        self.extra = extra
    }

    /// Whether the straight line between two places comes within the circle.
    func isCrossed(_ from: HomePoint, _ to: HomePoint) -> Bool {
        let (a, b) = (from.metres(from: centre), to.metres(from: centre))
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = dx * dx + dy * dy
        let along = length > 0 ? min(1, max(0, -(a.x * dx + a.y * dy) / length)) : 0
        let (x, y) = (a.x + along * dx, a.y + along * dy)
        return x * x + y * y <= Double(radius) * Double(radius)
    }
}
