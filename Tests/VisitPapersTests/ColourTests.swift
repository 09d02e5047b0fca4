// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import KezekVisitPapers

/// The colours of crews as people with every kind of colour vision see them.
@Suite struct ColourTests {
    /// Linear red, green and blue as seen without one kind of cone (Machado and others, 2009).
    private static let visions: [(String, [[Double]])] = [
        ("usual", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ]
        ),
    ]

    /// Red, green and blue from 0 to 1, without the curve of screens.
    private static func linear(_ colour: String) throws -> [Double] {
        let digits = colour.dropFirst()
        let full = digits.count == 3 ? digits.flatMap { [$0, $0] } : Array(digits)
        return try stride(from: 0, to: 6, by: 2).map {
            let byte = try #require(UInt8(String(full[$0...$0 + 1]), radix: 16))
            let value = Double(byte) / 255
            return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
        }
    }

    /// The colour in CIE L*a*b*, in which distances are as far as they look.
    private static func lab(_ colour: String, _ vision: [[Double]]) throws -> [Double] {
        let plain = try linear(colour)
        let seen = vision.map { row in
            min(1, max(0, zip(row, plain).reduce(0) { $0 + $1.0 * $1.1 }))
        }
        func part(_ weights: [Double], _ white: Double) -> Double {
            let value = zip(weights, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
            return value > 0.008856 ? cbrt(value) : 7.787 * value + 16 / 116
        }
        let x = part([0.4124, 0.3576, 0.1805], 0.9505)
        let y = part([0.2126, 0.7152, 0.0722], 1)
        let z = part([0.0193, 0.1192, 0.9505], 1.089)
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
    }

    private static func distance(_ a: String, _ b: String, _ vision: [[Double]]) throws -> Double {
        let (one, other) = (try lab(a, vision), try lab(b, vision))
        return zip(one, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    @Test func everyColourIsToldFromEveryOther() throws {
        let colours = (0..<8).map { MapStyle($0).colour }
        for (name, vision) in Self.visions {
            for (index, colour) in colours.enumerated() {
                for other in colours[..<index] {
                    // 2.3 is what can just be told; this is seven times that.
                    let apart = try Self.distance(colour, other, vision)
                    #expect(apart > 16, "\(colour) and \(other), \(name)")
                }
                #expect(try Self.distance(colour, "#fafafa", vision) > 25, "\(colour), \(name)")
                let ink = MapStyle(index).ink
                #expect(try Self.distance(colour, ink, vision) > 45, "\(colour), \(ink), \(name)")
            }
        }
    }
}
