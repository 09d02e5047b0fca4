// SPDX-License-Identifier: Apache-2.0

public import CivilTime
public import Parties

/// A move of a booking as one of its two days tells it.
public struct BookingMove: Hashable, Sendable {
    /// The booking that was given up, and the one that it was given up for.
    public let from: Held.MovedFrom
    public let to: Held.MovedFrom
    public let applicant: Applicant
    /// Through which it was booked; nil on the new day if somebody else than the office moved it, as it may be
    /// of another from then on.
    public let channel: BookingChannel?
}

extension DayChecker {
    /// The moves from a day and those to it, to be compared with what the other days tell.
    public func moves(on date: CivilDate) -> (from: [BookingMove], to: [BookingMove]) {
        var (left, come): ([BookingMove], [BookingMove]) = ([], [])
        for (number, booking) in bookings {
            let own = Held.MovedFrom(date: date, number: number)
            if let to = booking.movedTo {
                left.append(
                    BookingMove(
                        from: own, to: to, applicant: booking.applicant, channel: booking.channel))
            }
            if let from = booking.movedFrom {
                come.append(
                    BookingMove(
                        from: from, to: own, applicant: booking.applicant,
                        channel: booking.isMovedByOffice ? booking.channel : nil))
            }
        }
        return (left, come)
    }
}
