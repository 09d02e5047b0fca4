// SPDX-License-Identifier: Apache-2.0

import Texts

/// The map as a picture that stands by itself: a panel for each day, and the crews below.
public struct MapPicture: Sendable {
    let map: RouteMap

    public init(_ map: RouteMap) { self.map = map }

    private static let panel = 620.0
    private static let gap = 20.0
    /// Two lines above each panel: the day, and what it adds up to.
    private static let head = 48.0
    private static let entry = (width: 520.0, height: 22.0)
    /// The most letters of a crew's name in the legend, so that its entries have room.
    private static let longestName = 20

    public var svg: String {
        let columns = min(max(1, map.days.count), 3)
        let rows = (max(1, map.days.count) + columns - 1) / columns
        let width = Double(columns) * (Self.panel + Self.gap) + Self.gap
        let panel = MapPanel(map, width: Self.panel)
        let body = Double(rows) * (panel.height + Self.head + Self.gap)
        let legend = legend(width: width - 2 * Self.gap)
        let height = Self.head + body + legend.height + Self.gap
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(SVG.number(width)) \
            \(SVG.number(height))" width="\(SVG.number(width))" height="\(SVG.number(height))">
            <style>
            text { font: 13px sans-serif; }
            .t { font-weight: bold; font-size: 15px; }
            \(MapPanel.css)
            </style>
            <rect width="100%" height="100%" fill="#fff"/>

            """
        // Where nobody goes anywhere there is a panel all the same, for those whom nobody visits.
        for (day, name) in (map.days.isEmpty ? [""] : map.days).enumerated() {
            let x = Self.gap + Double(day % columns) * (Self.panel + Self.gap)
            let y = Self.head + Double(day / columns) * (panel.height + Self.head + Self.gap)
            let tracks = map.tracks.filter { $0.day == day }
            text += "<text class=\"t\" x=\"\(SVG.number(x))\" y=\"\(SVG.number(y - 25))\">"
            text += Markup.escaped(name) + "</text>\n"
            text += "<text x=\"\(SVG.number(x))\" y=\"\(SVG.number(y - 8))\">"
            text += Markup.escaped(Self.totals(tracks, map.units)) + "</text>\n"
            text += "<g transform=\"translate(\(SVG.number(x)) \(SVG.number(y)))\">\n"
            text +=
                "<rect width=\"\(SVG.number(panel.width))\" height=\"\(SVG.number(panel.height))\" "
            text += "fill=\"#fafafa\" stroke=\"#bbb\"/>\n"
            for track in tracks { text += panel.track(track) }
            text += panel.marks + "</g>\n"
        }
        text +=
            "<g transform=\"translate(\(SVG.number(Self.gap)) \(SVG.number(Self.head + body)))\">\n"
        return text + legend.text + "</g>\n</svg>\n"
    }

    static func totals(_ tracks: [RouteMap.Track], _ units: MapUnits) -> String {
        let visits = tracks.reduce(0) { $0 + $1.visits.count }
        let late = tracks.reduce(0) { $0 + $1.stops.count(where: \.isLate) }
        let travel = tracks.reduce(0) { $0 + $1.travel }
        let words = units.words
        return "\(words.language.count(tracks.count, .route)), "
            + "\(words.language.count(visits, .visit)), \(words.onTheWay(units.amount(travel)))"
            + (late > 0 ? ", \(words.late(late))" : "")
    }

    /// The crews that go somewhere, in columns as wide as their longest entry may be.
    private func legend(width: Double) -> (text: String, height: Double) {
        let used = map.usedCrews
        let columns = max(1, Int(width / Self.entry.width))
        let rows = (used.count + columns - 1) / columns
        var text = ""
        for (index, crew) in used.enumerated() {
            let x = Double(index / max(1, rows)) * Self.entry.width
            let y = Double(index % max(1, rows)) * Self.entry.height + 14
            text += "<g transform=\"translate(\(SVG.number(x)) \(SVG.number(y)))\">"
            text += "<title>\(Markup.escaped(map.crews[crew].name))</title>"
            text += Self.swatch(crew)
            text +=
                "<text x=\"44\" y=\"4.5\">\(Markup.escaped(Self.entry(map.crews[crew], map.units)))"
            text += "</text></g>\n"
        }
        var y = Double(rows) * Self.entry.height + 24
        for line in [sum + ".", map.units.words.lines] {
            text += "<text x=\"0\" y=\"\(SVG.number(y))\">\(Markup.escaped(line))</text>\n"
            y += 18
        }
        return (text, y - 12)
    }

    private var sum: String {
        var text = MapPicture.totals(map.tracks, map.units)
        if !map.unassigned.isEmpty {
            text += ", \(map.units.words.unassigned(map.unassigned.count))"
        }
        return text
    }

    var footnote: String { "\(sum). \(map.units.words.lines)" }

    static func entry(_ crew: RouteMap.Crew, _ units: MapUnits) -> String {
        let name =
            crew.name.count > longestName
            ? crew.name.prefix(longestName - 1) + "…" : crew.name[...]
        let words = units.words
        return "\(name): \(words.language.count(crew.visits, .visit)), "
            + units.amount(crew.travel) + (crew.late > 0 ? ", \(words.late(crew.late))" : "")
    }

    /// A piece of a crew's line with a stop on it.
    static func swatch(_ crew: Int) -> String {
        let style = MapStyle(crew)
        let dashes = style.dashes.isEmpty ? "" : " stroke-dasharray=\"\(style.dashes)\""
        return
            "<path d=\"M0 0H36\" stroke=\"\(style.colour)\" stroke-width=\"2\" fill=\"none\"\(dashes)/>"
            + style.mark(x: 18, y: 0, size: 6.5, ring: "#fff")
    }
}
