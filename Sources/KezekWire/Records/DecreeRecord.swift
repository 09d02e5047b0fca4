// SPDX-License-Identifier: Apache-2.0

extension DecreeRecord {
    /// How many moved at all offices, whatever its caller was told.
    public var movedClocks: Int { max(Int(clocks), effects.moving) }
    public var movedBookings: Int { max(Int(bookings), effects.movingBookings) }

    /// The calendar's version from then on.
    public var version: String { effects.version }
}
