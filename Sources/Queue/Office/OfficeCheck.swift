// SPDX-License-Identifier: Apache-2.0

import CallLimits
public import CivilTime
public import Texts
import WorkingDays

/// What a description of an office may hold.
///
/// Offices on record are held to it too: a range may become wider, never narrower.
public enum OfficeLimits {
    /// Minutes that one applicant takes.
    public static let serviceMinutes = 1...480
    public static let holdSeconds = 10...86_400
    public static let graceSeconds = 0...14_400
    public static let leadSeconds = 0...604_800
    public static let horizonDays = 1...62
    public static let rereleaseSeconds = 0...86_400
    public static let slotMinutes = 5...240
    public static let percent = 0...100
    public static let calls = 1...20
    /// The most exceptions from the rosters, and the most closures.
    public static let exceptions = CallLimit.officeExceptions
    public static let closures = CallLimit.officeClosures
    /// The most intervals of a window on one day.
    public static let intervals = 16
    /// The longest title, address or reason in one language, in bytes.
    public static let text = CallLimit.officeTextBytes
    /// The longest name of a standard, a kind of office or a zone, in bytes.
    public static let name = CallLimit.nameBytes
}

/// Something in a description of an office that cannot be.
public struct OfficeFault: Error, Hashable, Sendable {
    /// The field, such as `windows[2].services`.
    public let field: String
    /// What is expected of it, as the end of a sentence that begins with the field.
    public let expected: LocalizedText

    public init(_ field: String, _ expected: LocalizedText) {
        self.field = field
        self.expected = expected
    }
}

extension QueueOffice {
    /// Everything in the description that cannot be, in the order of its fields; none if it can be
    /// planned with.
    public func faults() -> [OfficeFault] {
        var check = OfficeCheck()
        check.texts(self)
        check.services(services)
        for (index, window) in windows.enumerated() {
            check.window(window, "windows[\(index)]", services)
        }
        check.count(windows.count, 0...QueueOffice.windowLimit, "windows")
        check.unique(windows.map(\.id), "windows")
        check.exceptions(exceptions, windows)
        check.count(closures.count, 0...OfficeLimits.closures, "closures")
        for (index, closure) in closures.enumerated() {
            check.text(closure.reason, "closures[\(index)].reason", isRequired: false)
        }
        check.add(hours?.faults() ?? [])
        return check.faults
            + rules.faults().map { OfficeFault("rules.\($0.field)", $0.expected) }
            + (reception?.faults() ?? []).map {
                OfficeFault("reception.\($0.field)", $0.expected)
            }
    }
}

extension QueueOffice {
    /// What the office says that nobody can know on a day: hours of which the `known` day is yet to come.
    public func hoursNotKnown(on today: CivilDate) -> OfficeFault? {
        let changes = (hours?.changes ?? []).map(\.known).enumerated().map { ("changes", $0, $1) }
        let dates = (hours?.dates ?? []).map(\.known).enumerated().map { ("dates", $0, $1) }
        return (changes + dates).first { today < $0.2 }.map { list, index, _ in
            OfficeFault(
                "hours.\(list)[\(index)].known",
                LocalizedText(
                    kk: "бүгіннен (\(today)) кеш болмауы керек.",
                    ru: "не может быть позже сегодняшнего дня (\(today)).",
                    en: "must not be later than today, \(today)."))
        }
    }
}

extension QueueRules {
    /// Every rule that is out of its range; none if slots can be cut by them.
    public func faults() -> [OfficeFault] {
        var check = OfficeCheck()
        check.rules(self)
        return check.faults
    }
}

private struct OfficeCheck {
    private(set) var faults: [OfficeFault] = []

    mutating func require(_ holds: Bool, _ field: String, _ expected: LocalizedText) {
        if !holds { faults.append(OfficeFault(field, expected)) }
    }

    mutating func add(_ faults: [HoursFault]) {
        for fault in faults {
            self.faults.append(OfficeFault("hours.\(fault.field)", fault.problem.text))
        }
    }

    mutating func number(_ value: Int, _ range: ClosedRange<Int>, _ field: String) {
        let (low, high) = (range.lowerBound, range.upperBound)
        require(
            range.contains(value), field,
            LocalizedText(
                kk: "\(low)–\(high) аралығындағы сан күтілді.",
                ru: "ожидалось число от \(low) до \(high).",
                en: "expected a number from \(low) to \(high)."))
    }

    mutating func count(_ count: Int, _ range: ClosedRange<Int>, _ field: String) {
        let (low, high) = (range.lowerBound, range.upperBound)
        require(
            range.contains(count), field,
            LocalizedText(
                kk: "\(low)–\(high) болуы керек.", ru: "должно быть от \(low) до \(high).",
                en: "there must be \(low) to \(high)."))
    }

    mutating func unique<Name: Hashable>(_ names: [Name], _ field: String) {
        require(
            Set(names).count == names.count, field,
            LocalizedText(
                kk: "екеуі бірдей болмауы керек.", ru: "два не могут быть одинаковыми.",
                en: "no two may be alike."))
    }

    mutating func name(_ text: String, _ field: String, isRequired: Bool = true) {
        let limit = OfficeLimits.name
        require(
            text.utf8.count <= limit && !(isRequired && text.isEmpty), field,
            LocalizedText(
                kk: "\(limit) байтқа дейінгі атау күтілді.",
                ru: "ожидалось имя, байт не больше \(limit).",
                en: "expected a name of up to \(limit) bytes."))
    }

    mutating func text(_ text: LocalizedText, _ field: String, isRequired: Bool) {
        let limit = OfficeLimits.text
        for language in Language.allCases {
            let text = text[language]
            require(
                text.utf8.count <= limit && !(isRequired && text.isEmpty),
                "\(field).\(language.rawValue)",
                LocalizedText(
                    kk: "\(limit) байтқа дейінгі мәтін күтілді.",
                    ru: "ожидался текст, байт не больше \(limit).",
                    en: "expected a text of up to \(limit) bytes."))
        }
    }

    mutating func texts(_ office: QueueOffice) {
        text(office.title, "title", isRequired: true)
        text(office.address, "address", isRequired: false)
        name(office.standard, "standard")
        name(office.kind, "kind")
        name(office.zone, "zone", isRequired: false)
        name(office.calendar, "calendar", isRequired: false)
    }

    mutating func services(_ services: [QueueService]) {
        count(services.count, 1...QueueOffice.serviceLimit, "services")
        unique(services.map(\.id), "services")
        for (index, service) in services.enumerated() {
            let field = "services[\(index)]"
            require(
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(service.letter),
                "\(field).letter",
                LocalizedText(
                    kk: "A–Z әрпі күтілді.", ru: "ожидалась буква от A до Z.",
                    en: "expected a letter from A to Z."))
            text(service.title, "\(field).title", isRequired: true)
            if let minutes = service.minutes {
                number(minutes, OfficeLimits.serviceMinutes, "\(field).minutes")
            }
        }
    }

    mutating func window(_ window: QueueWindow, _ field: String, _ services: [QueueService]) {
        require(
            window.services.allSatisfy { id in services.contains { $0.id == id } },
            "\(field).services",
            LocalizedText(
                kk: "кеңсенің қызметтері ғана болуы керек.",
                ru: "должны быть только услуги этого офиса.",
                en: "only services of this office may stand here."))
        unique(window.services, "\(field).services")
        for weekday in Weekday.allCases {
            hours(window.roster[weekday] ?? [], "\(field).roster.\(weekday.name)")
        }
        hours(window.breaks, "\(field).breaks")
    }

    mutating func hours(_ hours: [DayInterval], _ field: String) {
        count(hours.count, 0...OfficeLimits.intervals, field)
        require(
            zip(hours, hours.dropFirst()).allSatisfy { $0.end.second < $1.start.second }, field,
            LocalizedText(
                kk: "аралықтар ретімен, араларында үзіліспен тұруы керек.",
                ru: "промежутки должны идти по порядку, с перерывами между ними.",
                en: "intervals must stand in order, with gaps between them."))
    }

    mutating func exceptions(_ exceptions: [RosterException], _ windows: [QueueWindow]) {
        struct Place: Hashable {
            let date: CivilDate
            let window: WindowID
        }
        count(exceptions.count, 0...OfficeLimits.exceptions, "exceptions")
        unique(exceptions.map { Place(date: $0.date, window: $0.window) }, "exceptions")
        let names = Set(windows.map(\.id))
        for (index, exception) in exceptions.enumerated() {
            require(
                names.contains(exception.window), "exceptions[\(index)].window",
                LocalizedText(
                    kk: "кеңседе мұндай терезе жоқ.", ru: "такого окна в офисе нет.",
                    en: "the office has no such window."))
            hours(exception.hours, "exceptions[\(index)].hours")
        }
    }

    mutating func rules(_ rules: QueueRules) {
        let checks: [(Int32, ClosedRange<Int>, String)] = [
            (rules.holdSeconds, OfficeLimits.holdSeconds, "hold_seconds"),
            (rules.graceSeconds, OfficeLimits.graceSeconds, "grace_seconds"),
            (rules.leadSeconds, OfficeLimits.leadSeconds, "lead_seconds"),
            (rules.horizonDays, OfficeLimits.horizonDays, "horizon_days"),
            (rules.rereleaseSeconds, OfficeLimits.rereleaseSeconds, "rerelease_seconds"),
            (rules.slotMinutes, OfficeLimits.slotMinutes, "slot_minutes"),
            (rules.portalPercent, OfficeLimits.percent, "portal_percent"),
            (rules.kioskPercent, OfficeLimits.percent, "kiosk_percent"),
            (rules.callLimit, OfficeLimits.calls, "call_limit"),
            (rules.furtherServices, 0...QueueOffice.furtherLimit, "further_services"),
        ]
        for (value, range, field) in checks { number(Int(value), range, field) }
    }
}
