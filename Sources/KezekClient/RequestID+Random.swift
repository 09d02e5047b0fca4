// SPDX-License-Identifier: Apache-2.0

public import Journal

extension RequestID {
    /// The id in 32 hexadecimal digits, as `--request-id` takes it.
    public var hex: String {
        [high, low].map { number in
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 16 - digits.utf8.count) + digits
        }.joined()
    }

    /// A request id that nobody has used before.
    public static func random() -> RequestID {
        RequestID(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
    }
}
