// SPDX-License-Identifier: Apache-2.0

public import Texts

extension Reception {
    /// What an office has that adds nothing to its standard.
    public static let standard = Reception()

    /// The same without what a policy does not know.
    func under(_ policy: OfficeTerms.Policy) -> Reception {
        guard policy != .bookingsOnly, bookingsOnly != nil else { return self }
        return Reception(
            limits: limits, endings: endings, pauses: pauses, waitingList: waitingList)
    }
}

extension BookingsOnly {
    /// The reason of that code; nil if the list has none.
    public func reason(_ code: ListedCode) -> ListedReason? {
        withoutBooking.first { $0.code == code }
    }
}

extension DayPlan {
    /// What is kept of how people are received; nil where the office adds nothing.
    public var keptReception: Reception? { reception == .standard ? nil : reception }

    /// The reasons for which a ticket is given without a booking; nil where it takes none.
    public var reasonsWithoutBooking: [ListedReason]? {
        policy == .bookingsOnly ? reception.bookingsOnly?.withoutBooking ?? [] : nil
    }
}

extension OfficeTerms.Policy {
    /// Whether slots can be booked.
    public var takesBookings: Bool {
        switch self {
        case .walkInOnly: false
        case .electronicQueue, .bookingsOnly: true
        }
    }
}

extension PersonLimit {
    /// What it allows, such as `2 bookings within 10 days in a row`, for the middle of a sentence.
    public var title: LocalizedText {
        let noun: CountedNoun = counts == .bookings ? .booking : .service
        func told(_ language: Language) -> String { language.count(most, noun) }
        guard days > 1 else {
            return LocalizedText(
                kk: "бір күнге \(told(.kk))", ru: "\(told(.ru)) на один день",
                en: "\(told(.en)) a day")
        }
        return LocalizedText(
            kk: "қатарынан \(Language.kk.count(days, .day)) ішінде \(told(.kk))",
            ru: "\(told(.ru)) за \(Language.ru.count(days, .day)) подряд",
            en: "\(told(.en)) within \(Language.en.count(days, .day)) in a row")
    }
}
