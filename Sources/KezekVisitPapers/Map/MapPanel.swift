// SPDX-License-Identifier: Apache-2.0

/// The frame in which routes are drawn, and how points come into it.
struct MapPanel {
    let map: RouteMap
    let width: Double
    /// As the places of the map lie, but neither flat nor high.
    let height: Double
    private let left: Double
    private let top: Double
    private let scale: Double
    private let offset: RouteMap.Point

    init(_ map: RouteMap, width: Double) {
        self.map = map
        self.width = width
        var all = map.depots.map(\.point) + map.unassigned.map(\.point)
        for track in map.tracks { all += track.stops.map(\.point) }
        let (xs, ys) = (all.map(\.x), all.map(\.y))
        left = xs.min() ?? 0
        top = ys.min() ?? 0
        let (across, down) = ((xs.max() ?? 0) - left, (ys.max() ?? 0) - top)
        let margin = 20.0
        let inside = width - 2 * margin
        height = 2 * margin + (across > 0 ? min(max(down / across, 0.4), 1.2) : 1) * inside
        let most = [
            across > 0 ? inside / across : .infinity,
            down > 0 ? (height - 2 * margin) / down : .infinity,
        ].min()!
        scale = most.isFinite ? most : 1
        offset = RouteMap.Point(x: (width - across * scale) / 2, y: (height - down * scale) / 2)
    }

    private func place(_ point: RouteMap.Point) -> (x: Double, y: Double) {
        ((point.x - left) * scale + offset.x, (point.y - top) * scale + offset.y)
    }

    private func path(_ points: [RouteMap.Point]) -> String {
        points.enumerated().map { index, point in
            let (x, y) = place(point)
            return (index == 0 ? "M" : "L") + SVG.number(x) + " " + SVG.number(y)
        }.joined()
    }

    /// A route: its lines, those from and to the depot faint, and its numbered stops.
    func track(_ track: RouteMap.Track) -> String {
        let style = MapStyle(track.crew)
        let points = track.stops.map(\.point)
        var text =
            "<g class=\"c\(track.crew) d\(track.day)\" fill=\"none\" stroke=\"\(style.colour)\">\n"
        text += "<title>\(Markup.escaped(track.title))</title>\n"
        let dashes = style.dashes.isEmpty ? "" : " stroke-dasharray=\"\(style.dashes)\""
        text += "<path class=\"w\" d=\"\(path(points))\"\(dashes)/>\n"
        for end in [track.from.map { [$0, points[0]] }, track.to.map { [points.last!, $0] }] {
            if let end { text += "<path class=\"h\" d=\"\(path(end))\"\(dashes)/>\n" }
        }
        // Whoever lives in one building has one mark, with all of their numbers.
        var places: [RouteMap.Point] = []
        for stop in track.visits where !places.contains(stop.point) { places.append(stop.point) }
        for stop in track.stops where stop.isInVain { text += tried(stop) }
        for place in places {
            text += stops(track.visits.filter { $0.point == place }, style)
        }
        return text + "</g>\n"
    }

    /// A stop at which the crew was in vain.
    private func tried(_ stop: RouteMap.Stop) -> String {
        let (x, y) = place(stop.point)
        return "<g class=\"v\"><title>\(Markup.escapedLines(stop.title))</title>"
            + "<circle cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\" r=\"5\" fill=\"#fff\"/></g>\n"
    }

    /// The stops at one place.
    private func stops(_ stops: [RouteMap.Stop], _ style: MapStyle) -> String {
        let (x, y) = place(stops[0].point)
        let isLate = stops.contains(where: \.isLate)
        let mark = style.mark(x: x, y: y, size: 6.5, ring: isLate ? "#000" : "#fff")
        let title = stops.map(\.title).joined(separator: "\n\n")
        let numbers = Self.numbers(stops.map(\.number))
        // One number stands on the mark, several beside it.
        let text =
            stops.count == 1
            ? "<text x=\"\(SVG.number(x))\" y=\"\(SVG.number(y + 2.6))\" fill=\"\(style.ink)\">"
            : "<text class=\"n\" x=\"\(SVG.number(x + 9))\" y=\"\(SVG.number(y + 2.6))\">"
        return
            "<g class=\"\(isLate ? "s l" : "s")\"><title>\(Markup.escapedLines(title))</title>"
            + mark + text + "\(numbers)</text></g>\n"
    }

    /// Rising numbers, such as `1, 3–5`.
    static func numbers(_ numbers: [Int]) -> String {
        var runs: [ClosedRange<Int>] = []
        for number in numbers {
            if let last = runs.last, last.upperBound + 1 == number {
                runs[runs.count - 1] = last.lowerBound...number
            } else {
                runs.append(number...number)
            }
        }
        return runs.map {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
        }.joined(separator: ", ")
    }

    /// Depots and what nobody visits.
    var marks: String {
        var text = ""
        for mark in map.unassigned {
            let (x, y) = place(mark.point)
            text +=
                "<path class=\"u\" d=\"M\(SVG.number(x - 4)) \(SVG.number(y - 4))l8 8m0-8l-8 8\">"
                + "<title>\(Markup.escaped(mark.title))</title></path>\n"
        }
        for mark in map.depots {
            let (x, y) = place(mark.point)
            text +=
                "<path class=\"p\" d=\"M\(SVG.number(x)) \(SVG.number(y - 8))l8 7h-2.5v7h-11v-7h-2.5z\">"
                + "<title>\(Markup.escaped(mark.title))</title></path>\n"
        }
        return text
    }

    /// How the elements above look.
    static let css = """
        .w { stroke-width: 1.8; stroke-linejoin: round; }
        .h { stroke-width: 1; opacity: .3; }
        .s { stroke-width: 1; }
        .s text { font: bold 7.5px sans-serif; text-anchor: middle; stroke: none; }
        .s text.n { text-anchor: start; fill: #000; stroke: #fff; stroke-width: 2; paint-order: stroke; }
        .l { stroke-width: 3; }
        .v { stroke-width: 1.6; }
        .u { stroke: #000; stroke-width: 2; fill: none; }
        .p { fill: #fff; stroke: #000; stroke-width: 1.6; }
        """
}
