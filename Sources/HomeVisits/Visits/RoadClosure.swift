// SPDX-License-Identifier: Apache-2.0

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
        guard (1...20_000).contains(radius), (1...14_400).contains(extra) else { return nil }
        self.name = name
        self.centre = centre
        self.radius = radius
        self.extra = extra
    }

    /// Whether the straight line between two places comes within the circle.
    func isCrossed(_ from: HomePoint, _ to: HomePoint) -> Bool {
        let (a, b) = (metres(from), metres(to))
        let (dx, dy) = (b.x - a.x, b.y - a.y)
        let length = dx * dx + dy * dy
        let along = length > 0 ? min(1, max(0, -(a.x * dx + a.y * dy) / length)) : 0
        let (x, y) = (a.x + along * dx, a.y + along * dy)
        return x * x + y * y <= Double(radius) * Double(radius)
    }

    /// Metres east and north of the centre, on a plane: good enough for a city.
    private func metres(_ place: HomePoint) -> (x: Double, y: Double) {
        let angle = Double(centre.latitude) * 3.141_592_653_589_793 / 180e6
        let square = angle * angle
        // The series of the cosine, whose next term is less than a hundred-thousandth.
        let shrink =
            1 - square / 2 + square * square / 24 - square * square * square / 720
            + square * square * square * square / 40_320
        return (
            Double(Int64(place.longitude) - Int64(centre.longitude)) * 0.111_195 * shrink,
            Double(Int64(place.latitude) - Int64(centre.latitude)) * 0.111_195
        )
    }
}
