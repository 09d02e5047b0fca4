// SPDX-License-Identifier: Apache-2.0

/// How one crew is drawn: a colour, a kind of line and a shape, so that no two of 32 are alike.
///
/// The colours are told apart with every kind of colour vision (six of Okabe and Ito, 2008, without
/// the yellow that is lost on white, and two of Tol, 2021); lines and shapes help where many are close.
struct MapStyle: Hashable, Sendable {
    let colour: String
    /// The colour of a number upon it.
    let ink: String
    /// The dashes of a line; empty for none.
    let dashes: String
    let shape: Shape

    enum Shape: CaseIterable, Hashable, Sendable {
        case circle, square, diamond, triangle
    }

    static let count = colours.count * Shape.allCases.count

    /// The style of the crew with this number, from 0; they begin anew after the last.
    init(_ number: Int) {
        let (colour, ink) = Self.colours[number % Self.colours.count]
        let round = number / Self.colours.count % Shape.allCases.count
        self.colour = colour
        self.ink = ink
        dashes = ["", "7 3", "2 2.5", "9 3 2 3"][round]
        shape = Shape.allCases[round]
    }

    private static let colours = [
        ("#0072b2", "#fff"), ("#d55e00", "#fff"), ("#009e73", "#000"), ("#cc79a7", "#000"),
        ("#56b4e9", "#000"), ("#e69f00", "#000"), ("#882255", "#fff"), ("#332288", "#fff"),
    ]

    /// The shape with its centre at a point, as an element of SVG.
    func mark(x: Double, y: Double, size: Double, ring: String) -> String {
        let (x, y) = (SVG.number(x), SVG.number(y))
        let fill = "fill=\"\(colour)\" stroke=\"\(ring)\""
        let size = SVG.number(size)
        switch shape {
        case .circle: return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"\(size)\" \(fill)/>"
        case .square, .diamond, .triangle:
            return "<path transform=\"translate(\(x) \(y)) scale(\(size))\" "
                + "vector-effect=\"non-scaling-stroke\" d=\"\(Self.outline(shape))\" \(fill)/>"
        }
    }

    private static func outline(_ shape: Shape) -> String {
        switch shape {
        case .circle: ""
        case .square: "M-.9-.9H.9V.9H-.9Z"
        case .diamond: "M0-1.25L1.25 0L0 1.25L-1.25 0Z"
        case .triangle: "M0-1.3L1.3.95H-1.3Z"
        }
    }
}

/// Pieces of SVG.
enum SVG {
    /// A number with one decimal.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let (whole, part) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return (tenths < 0 ? "-" : "") + (part == 0 ? "\(whole)" : "\(whole).\(part)")
    }
}
