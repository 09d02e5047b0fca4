// SPDX-License-Identifier: Apache-2.0

/// What happened in the register of offices: an office was described, or described anew.
///
/// Events are kept for ever.
public struct OfficeEvent: Hashable, Sendable {
    public let office: QueueOffice
    /// What the change did to bookings, so that a repeat of its request gets the same receipt.
    public let effects: OfficeEffects

    public init(office: QueueOffice, effects: OfficeEffects) {
        self.office = office
        self.effects = effects
    }
}

extension OfficeEffects {
    /// The effects of a change that was not made and would affect nobody.
    public static let none = OfficeEffects(isDone: false, dates: [], displaced: [])
}
