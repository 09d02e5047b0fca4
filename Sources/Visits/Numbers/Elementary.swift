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
}
