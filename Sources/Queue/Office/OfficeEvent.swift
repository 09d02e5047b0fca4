// SPDX-License-Identifier: Apache-2.0

extension OfficeEffects {
    /// The effects of a change that was not made and would affect nobody.
    public static let none = OfficeEffects(isDone: false, dates: [], displaced: [])
}
