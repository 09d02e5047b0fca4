// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Texts

/// How a map tells times and amounts of travel.
public enum MapUnits: Sendable {
    /// Seconds of days that have dates.
    case dated(Origin, SheetWords)
    /// Seconds of days that are counted from 0.
    case counted(SheetWords)
    /// The unit of an instance, so many parts of which are counted.
    case units(scale: Int)

    /// The words of a map; instances of the literature are told of in English.
    var words: MapWords {
        switch self {
        case .dated(_, let words), .counted(let words): MapWords(language: words.language)
        case .units: MapWords(language: .en)
        }
    }

    func clock(_ seconds: Int) -> String {
        switch self {
        case .dated, .counted: Origin.clock(seconds)
        case .units(let scale): SVG.number(Double(seconds) / Double(scale))
        }
    }

    /// The same with its day where another moment lies on another one.
    func clock(_ seconds: Int, beside other: Int) -> String {
        let day = Origin.day(of: seconds)
        guard day != Origin.day(of: other) else { return clock(seconds) }
        return switch self {
        case .dated(let origin, let words):
            origin.moment(seconds).map { "\($0.date) \(clock(seconds))" }
                ?? "\(MapWords(language: words.language).day(day)) \(clock(seconds))"
        case .counted: "\(words.day(day)) \(clock(seconds))"
        case .units: clock(seconds)
        }
    }

    func amount(_ seconds: Int) -> String {
        switch self {
        case .dated(_, let words), .counted(let words): words.minutes(seconds)
        case .units(let scale): SVG.number(Double(seconds) / Double(scale))
        }
    }

    func day(_ number: Int, at seconds: Int) -> String {
        switch self {
        case .dated(let origin, let words):
            origin.moment(seconds).map { words.day($0.date) } ?? self.words.day(number)
        case .counted: words.day(number)
        case .units: "all routes"
        }
    }

    /// On which day a shift is: its own number, or else by when it begins.
    func dayNumber(_ day: Int?, _ start: Int) -> Int {
        if case .units = self { return 0 }
        return day ?? Origin.day(of: start)
    }
}
