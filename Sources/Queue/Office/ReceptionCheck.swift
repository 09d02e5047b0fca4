// SPDX-License-Identifier: Apache-2.0

import CallLimits
import Texts

extension OfficeLimits {
    /// The most limits of what one person may book.
    public static let personLimits = CallLimit.personLimits
    /// How much one person may book, and within how many consecutive days.
    public static let personMost = 1...100
    public static let personDays = 1...31
    /// The most codes of each list of an office.
    public static let codes = CallLimit.listedCodes
    /// For how many minutes a place that is offered is kept, how many wait for one date at most, and on how many of an
    /// office's lists one person.
    public static let offerMinutes = 1...1_440
    public static let waitingPerDay = 1...CallLimit.waitingPerDay
    public static let waitingPerPerson = 1...62
}

extension Reception {
    /// Everything in it that cannot be, in the order of its fields.
    public func faults() -> [OfficeFault] {
        var faults: [OfficeFault] = []
        if let only = bookingsOnly {
            faults += Self.missing(only.order, "bookings_only.order", isOrder: true)
            faults += Self.faults(
                only.withoutBooking.map { ($0.code, $0.title) }, "bookings_only.without_booking")
        }
        faults += limitFaults
        faults += Self.faults(endings.map { ($0.code, $0.title) }, "endings")
        faults += Self.faults(pauses.map { ($0.code, $0.title) }, "pauses")
        faults += waitingFaults
        return faults
    }

    private var waitingFaults: [OfficeFault] {
        guard let rules = waitingList else { return [] }
        return Self.outside([
            (rules.offerMinutes, OfficeLimits.offerMinutes, "waiting_list.offer_minutes"),
            (rules.perDay, OfficeLimits.waitingPerDay, "waiting_list.per_day"),
            (rules.perPerson, OfficeLimits.waitingPerPerson, "waiting_list.per_person"),
        ])
    }

    /// The numbers that are not within their ranges.
    private static func outside(
        _ numbers: [(value: Int, range: ClosedRange<Int>, field: String)]
    ) -> [OfficeFault] {
        numbers.filter { !$0.range.contains($0.value) }.map { _, range, field in
            let (low, high) = (range.lowerBound, range.upperBound)
            return OfficeFault(
                field,
                LocalizedText(
                    kk: "\(low)–\(high) аралығындағы сан күтілді.",
                    ru: "ожидалось число от \(low) до \(high).",
                    en: "expected a number from \(low) to \(high)."))
        }
    }

    private var limitFaults: [OfficeFault] {
        var faults: [OfficeFault] = []
        for (index, limit) in limits.enumerated() {
            let field = "limits[\(index)]"
            faults += Self.outside([
                (limit.most, OfficeLimits.personMost, "\(field).most"),
                (limit.days, OfficeLimits.personDays, "\(field).days"),
            ])
        }
        if limits.count > OfficeLimits.personLimits {
            faults.append(Self.tooMany(OfficeLimits.personLimits, "limits"))
        }
        return faults
    }

    private static func faults(
        _ list: [(code: ListedCode, title: LocalizedText)], _ field: String
    ) -> [OfficeFault] {
        var faults = list.enumerated().flatMap { index, reason in
            missing(reason.title, "\(field)[\(index)].title")
        }
        if Set(list.map(\.code)).count < list.count {
            faults.append(
                OfficeFault(
                    field,
                    LocalizedText(
                        kk: "екеуі бірдей болмауы керек.", ru: "два не могут быть одинаковыми.",
                        en: "no two may be alike.")))
        }
        if list.count > OfficeLimits.codes { faults.append(tooMany(OfficeLimits.codes, field)) }
        return faults
    }

    private static func tooMany(_ most: Int, _ field: String) -> OfficeFault {
        OfficeFault(
            field,
            LocalizedText(
                kk: "\(most)-тан аспауы керек.", ru: "должно быть не больше \(most).",
                en: "there must be \(most) at most."))
    }

    /// The languages in which a text is missing or too long.
    private static func missing(
        _ text: LocalizedText, _ field: String, isOrder: Bool = false
    ) -> [OfficeFault] {
        let limit = OfficeLimits.text
        return Language.allCases.filter {
            text[$0].isEmpty || text[$0].utf8.count > limit
        }.map { language in
            let field = "\(field).\(language.rawValue)"
            guard isOrder, text[language].isEmpty else {
                return OfficeFault(
                    field,
                    LocalizedText(
                        kk: "\(limit) байтқа дейінгі мәтін күтілді.",
                        ru: "ожидался текст, байт не больше \(limit).",
                        en: "expected a text of up to \(limit) bytes."))
            }
            return OfficeFault(
                field,
                LocalizedText(
                    kk: "тек жазылу бойынша қабылдауға рұқсат беретін акт немесе бұйрық керек.",
                    ru: "нужен акт или приказ, который разрешает приём только по записи.",
                    en: "the act or order is needed that allows receiving by booking alone."))
        }
    }
}

extension QueueOffice {
    /// What keeps an office of such terms from receiving by booking alone; nil if it does not ask for that, or
    /// its standard has an electronic queue.
    ///
    /// A provider receives in order of arrival, without booking (R7.3).
    public func policyFault(policy: OfficeTerms.Policy, rule: String) -> OfficeFault? {
        guard reception?.bookingsOnly != nil, !policy.takesBookings else { return nil }
        return OfficeFault(
            "reception.bookings_only",
            LocalizedText(
                kk: "«\(kind)» кеңсесі келу кезегімен, алдын ала жазылусыз қабылдайды (\(rule)); "
                    + "мұны алып тастаңыз.",
                ru: "отделение вида «\(kind)» принимает в порядке очереди, без предварительной "
                    + "записи (\(rule)); уберите это.",
                en: "an office of the kind '\(kind)' receives in order of arrival, without booking "
                    + "(\(rule)); leave it out."))
    }
}
