// SPDX-License-Identifier: Apache-2.0

public import Journal

extension RequestID {
    /// A request id that nobody has used before.
    public static func random() -> RequestID {
        RequestID(high: .random(in: .min ... .max), low: .random(in: .min ... .max))
    }
}
