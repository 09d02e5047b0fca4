// SPDX-License-Identifier: Apache-2.0

public import Applications
import CallLimits
public import CivilTime
public import Enquiries
public import Parties
public import Queue

/// A new decree: a calendar changes, and with it every clock that runs by it, and the queues.
public struct DecreeCommand: Hashable, Sendable {
    /// The longest text of a calendar file, in bytes.
    public static let textLimit = CallLimit.calendarTextBytes

    /// The text of a calendar file; empty to work everything out anew by the calendars in force.
    public let calendar: String
    /// Whether it only tells what would move.
    public let dryRun: Bool
    /// Lists and counts what moves at this office alone, though everything moves; nil for all.
    public let office: OfficeID?

    public init(calendar: String, dryRun: Bool, office: OfficeID? = nil) {
        self.calendar = calendar
        self.dryRun = dryRun
        self.office = office
    }
}

/// What a decree moves.
public struct DecreeEffects: Hashable, Sendable {
    /// The most clocks and bookings that one answer lists.
    public static let clockLimit = CallLimit.decreeClocks
    public static let bookingLimit = CallLimit.decreeBookings

    public let isDone: Bool
    /// The calendar that changed, or of which more became known, and its version by what is known today;
    /// empty if none did.
    public let calendar: String
    public let version: String
    /// All clocks that move, listed or not.
    public let moving: Int
    /// All clocks that run, and all terms that the decree judges.
    public let running: Int
    /// Clocks that have no answer by the new calendar, and stay as they are.
    public let unanswered: Int
    /// All bookings that lose their place, listed or not.
    public let movingBookings: Int
    /// Days that are no longer what they were.
    public let changes: [CalendarChangesAnswer.Change]
    /// In order of office and number.
    public let clocks: [MovedClock]
    public let bookings: OfficeEffects
    /// Clocks whose end lies in a year that nobody has published: provisional until it is.
    public let awaitingYear: Int
    /// The days to come on which more of the calendars becomes known, in rising order.
    ///
    /// On each of them everything is worked out anew by itself.
    public let knownLater: [CivilDate]
    /// The bookings that lose their place on those days, as they stand now.
    ///
    /// Where they go is found then.
    public let later: [Later]
    /// The clocks that move on those days, as they stand now, in order of day, office and number.
    public let laterClocks: [LaterClock]
    /// How many clocks these are, listed or not: one that moves on several of those days counts once.
    public let movingLater: Int

    /// A booking that loses its place when more becomes known.
    public struct Later: Hashable, Sendable {
        public let knownOn: CivilDate
        public let booking: BookingView

        public init(knownOn: CivilDate, booking: BookingView) {
            (self.knownOn, self.booking) = (knownOn, booking)
        }
    }

    /// A clock that moves when more becomes known.
    public struct LaterClock: Hashable, Sendable {
        public let knownOn: CivilDate
        public let id: ApplicationID
        public let kind: ClockKind
        /// Its end by what is known before that day, and from then on.
        public let from: CivilDateTime
        public let to: CivilDateTime

        public init(
            knownOn: CivilDate, id: ApplicationID, kind: ClockKind, from: CivilDateTime,
            to: CivilDateTime
        ) {
            self.knownOn = knownOn
            self.id = id
            self.kind = kind
            self.from = from
            self.to = to
        }
    }

    public init(
        isDone: Bool, calendar: String, version: String, moving: Int, running: Int,
        unanswered: Int, movingBookings: Int, changes: [CalendarChangesAnswer.Change],
        clocks: [MovedClock], bookings: OfficeEffects, awaitingYear: Int = 0,
        knownLater: [CivilDate] = [], later: [Later] = [], laterClocks: [LaterClock] = [],
        movingLater: Int = 0
    ) {
        self.isDone = isDone
        self.calendar = calendar
        self.version = version
        self.moving = moving
        self.running = running
        self.unanswered = unanswered
        self.movingBookings = movingBookings
        self.changes = changes
        self.clocks = clocks
        self.bookings = bookings
        self.awaitingYear = awaitingYear
        self.knownLater = knownLater
        self.later = later
        self.laterClocks = laterClocks
        self.movingLater = movingLater
    }
}
