// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
public import CivilTime
public import Journal
public import Parties
public import Queue
public import WorkingDays

// The queue's names as arguments. Each has one spelling, so a typing error is an error.

extension OfficeID: ExpressibleByArgument {}
extension ServiceID: ExpressibleByArgument {}
extension WindowID: ExpressibleByArgument {}
extension ListedCode: ExpressibleByArgument {}
extension SeatName: ExpressibleByArgument {}
extension BookingID: ExpressibleByArgument {}
extension TicketLabel: ExpressibleByArgument {}
extension CheckInCode: ExpressibleByArgument {}
extension BookingSecret: ExpressibleByArgument {}

// The parser shows an enumeration by its raw values, which of these are the wire's numbers.

/// Through which system a booking is made, as an argument.
enum ChannelName: String, CaseIterable, ExpressibleByArgument {
    case portal, kiosk, office

    var channel: BookingChannel {
        switch self {
        case .portal: .portal
        case .kiosk: .kiosk
        case .office: .office
        }
    }
}

/// Who gives a booking up, as an argument.
enum CancellerName: String, CaseIterable, ExpressibleByArgument {
    case applicant, office

    var canceller: Canceller {
        switch self {
        case .applicant: .applicant
        case .office: .office
        }
    }
}

/// How it ended for somebody who had a ticket, as an argument and in JSON.
enum OutcomeName: String, CaseIterable, ExpressibleByArgument {
    case served, refused, left
    case noShow = "no-show"

    init(_ outcome: Outcome) {
        switch outcome {
        case .served: self = .served
        case .refused: self = .refused
        case .left: self = .left
        case .noShow: self = .noShow
        }
    }

    var outcome: Outcome {
        switch self {
        case .served: .served
        case .refused: .refused
        case .left: .left
        case .noShow: .noShow
        }
    }
}

extension TimeOfDay: ExpressibleByArgument {
    /// A time written as `15:00`.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension DayInterval: ExpressibleByArgument {
    /// Hours written as `15:00-17:00`, until 24:00 at the latest.
    public init?(argument: String) {
        self.init(argument)
    }
}

extension RequestID: ExpressibleByArgument {
    /// The 32 hexadecimal digits of an id, and nothing else.
    public init?(argument: String) {
        guard argument.utf8.count == 32, argument.allSatisfy(\.isHexDigit),
            let high = UInt64(argument.prefix(16), radix: 16),
            let low = UInt64(argument.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}

extension DayInterval {
    /// The interval as `09:00-13:00`.
    var text: String { description }
}
