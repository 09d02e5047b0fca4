// SPDX-License-Identifier: Apache-2.0

/// The few functions of analysis that this module needs and the standard library lacks.
///
/// Each is good to about 1e-15 of its result, which the tests compare with the system's.
enum Elementary {
    /// The natural logarithm of a positive number.
    static func log(_ x: Double) -> Double {
        guard x > 0 else { return -.infinity }
        var mantissa = x.significand
        var power = Double(x.exponent)
        if mantissa > 1.414_213_562_373_095 {
            mantissa /= 2
            power += 1
        }
        // log m = 2 artanh((m - 1) / (m + 1)), whose series falls by 0.03 a term here.
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var (sum, term) = (0.0, ratio)
        for odd in stride(from: 1.0, through: 23.0, by: 2) {
            sum += term / odd
            term *= square
        }
        return 2 * sum + power * 0.693_147_180_559_945_3
    }

    /// e to the power of `x`.
    static func exp(_ x: Double) -> Double {
        guard x > -700 else { return 0 }
        guard x < 700 else { return .infinity }
        let power = (x * 1.442_695_040_888_963_4).rounded()
        let rest = x - power * 0.693_147_180_559_945_3
        var (sum, term) = (1.0, 1.0)
        for step in 1...18 {
            term *= rest / Double(step)
            sum += term
        }
        return sum * Double(sign: .plus, exponent: Int(power), significand: 1)
    }

    /// Sine and cosine of an angle of at most a turn either way, in radians.
    static func sineAndCosine(_ angle: Double) -> (sine: Double, cosine: Double) {
        // An eighth of the angle is below one; three times doubling it loses next to nothing.
        let part = angle / 8
        var (sine, cosine, term) = (0.0, 0.0, 1.0)
        for step in 0..<11 {
            cosine += term
            term *= part / Double(2 * step + 1)
            sine += term
            term *= -part / Double(2 * step + 2)
        }
        for _ in 0..<3 { (sine, cosine) = (2 * sine * cosine, 1 - 2 * sine * sine) }
        return (sine, cosine)
    }

    /// The angle from 0 to half π whose sine is `x`, which must be from 0 to 1.
    static func arcSine(_ x: Double) -> Double {
        if x > 0.5 {
            let half = ((1 - min(1, x)) / 2).squareRoot()
            return 1.570_796_326_794_896_6 - 2 * arcSine(half)
        }
        let square = x * x
        var (sum, term) = (0.0, x)
        for step in 0..<26 {
            sum += term / Double(2 * step + 1)
            term *= square * Double(2 * step + 1) / Double(2 * step + 2)
        }
        return sum
    }
}
