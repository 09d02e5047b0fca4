// SPDX-License-Identifier: Apache-2.0

/// What is printed on a ticket: the letter of its series and its number there.
///
///     TicketLabel("A-017")
public struct TicketLabel: Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// The highest number of a series on one day.
    public static let numberLimit = 9_999

    /// An upper-case ASCII letter.
    public let letter: UInt8
    /// 1…9,999.
    public let number: UInt16

    /// Nil unless the letter is A to Z and the number 1 to 9,999.
    public init?(letter: UInt8, number: Int) {
        guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter),
            (1...TicketLabel.numberLimit).contains(number)
        else { return nil }
        self.letter = letter
        self.number = UInt16(number)
    }

    /// The label as it is printed, the hyphen and zeros in front being optional: `A-017` or `a17`.
    public init?(_ text: String) {
        var rest = text.utf8[...]
        guard let first = rest.popFirst() else { return nil }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        guard rest.count <= 4, rest.allSatisfy({ (48...57).contains($0) }),
            let number = Int(Substring(rest))
        else { return nil }
        // ASCII letters differ from their capitals in one bit.
        self.init(letter: (97...122).contains(first) ? first & ~0x20 : first, number: number)
    }

    public var description: String {
        let digits = String(number)
        let zeros = String(repeating: "0", count: max(0, 3 - digits.utf8.count))
        return "\(Character(UnicodeScalar(letter)))-\(zeros)\(digits)"
    }

    public static func < (a: TicketLabel, b: TicketLabel) -> Bool {
        (a.letter, a.number) < (b.letter, b.number)
    }
}

extension Outcome {
    /// What becomes of the ticket's booking.
    var bookingState: Booking.State {
        switch self {
        case .served, .refused: .served
        case .left: .left
        case .noShow: .noShow
        }
    }
}

/// Somebody's place in the line.
public struct Ticket: Hashable, Sendable {
    public let label: TicketLabel
    public internal(set) var state: State = .waiting
    public internal(set) var service: UInt8
    /// The window that called it, or for which alone it waits or will wait; 255 for none.
    public internal(set) var window: UInt8 = Ticket.noWindow
    /// Whether it waits for `window` alone: until it is served, whatever comes between.
    public internal(set) var isDirected = false
    public internal(set) var calls: UInt8 = 0
    public internal(set) var outcome: Outcome?
    /// Its booking's number; 0 for a walk-in.
    public let booking: UInt32
    /// When it was taken.
    public let takenAt: Int32
    /// When it came into the line last: it may have been parked, skipped or transferred since it was
    /// taken.
    var since: Int32
    /// From when on it is due, which is also its place in the line: the time it was taken or, of a
    /// booking, the slot's.
    public internal(set) var key: Int32
    /// Among those that are due alike: who came into the line earlier goes first.
    var order: Int32 = 0
    /// The wait that was foretold when it was taken, in seconds: half wait less, nine in ten.
    public let foretold: WaitQuantiles?
    /// When it was called last, and first: it may have been parked or transferred between.
    public internal(set) var calledAt: Int32 = 0
    public internal(set) var firstCalledAt: Int32 = 0
    public internal(set) var servedAt: Int32 = 0
    public internal(set) var finishedAt: Int32 = 0
    /// The limit that the wait or service which lasts was beyond when the limits changed; 0 for none.
    var exceeded: Int32 = 0
    /// The day's revision when it last changed.
    public internal(set) var changed: UInt32 = 0
    /// For what it was given without a booking, where that takes a reason.
    public internal(set) var reason: ListedCode?
    /// In which way it ended, by the office's list.
    public internal(set) var ending: ListedCode?
    /// How many turns of its visit are over.
    public internal(set) var turn: UInt8 = 0

    static let noWindow: UInt8 = 255

    /// From when the present wait counts: from coming into the line or, of a booking that came early,
    /// from its slot's time.
    public var waitsFrom: Int32 { max(key, since) }
}

/// What a window is doing.
public struct WindowStatus: Hashable, Sendable {
    public internal(set) var state: State = .closed
    /// The place of the ticket at the window among the day's tickets; −1 for none.
    var ticket: Int32 = -1
    /// When the state began.
    public internal(set) var since: Int32 = 0
    /// Seconds open and seconds with an applicant, up to `since` and to the last finished ticket.
    public internal(set) var openSeconds: Int32 = 0
    public internal(set) var busySeconds: Int32 = 0
    /// The day's revision when it last changed.
    public internal(set) var changed: UInt32 = 0
    /// Who sits there, and why it pauses, where somebody said so.
    public internal(set) var who: SeatName?
    public internal(set) var pause: ListedCode?
}
