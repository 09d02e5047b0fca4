// SPDX-License-Identifier: Apache-2.0

import Texts

/// The file of a standard with one office and one channel, of answers to questions.
struct StandardDraft {
    /// How long something may take.
    struct Length {
        let number: Int
        /// As the file has it, such as `calendar-days`.
        let unit: String

        static let units = [
            "working-minutes", "working-hours", "working-days", "calendar-hours", "calendar-days",
            "calendar-weeks", "calendar-months", "calendar-years",
        ]

        /// Nil unless it is a number and a unit.
        init?(_ text: String) {
            let words = text.split(separator: " ")
            guard words.count == 2, let number = Int(words[0]), number > 0,
                Self.units.contains(String(words[1]))
            else { return nil }
            self.number = number
            unit = String(words[1])
        }

        var endsWithADay: Bool { !unit.hasSuffix("-minutes") && !unit.hasSuffix("-hours") }
        var runsOnRestDays: Bool { endsWithADay && unit.hasPrefix("calendar-") }
    }

    let name: String
    let title: LocalizedText
    let provider: LocalizedText
    let act: LocalizedText
    let actShort: LocalizedText
    let actDate: String
    let week: String
    let hours: [String]
    let term: Length
    /// Nil for a term that does not end with a day.
    let firstDay: String?
    /// Nil for a term that cannot end on a rest day.
    let roll: String?
    /// Nil for a channel with hours of reception.
    let aroundTheClock: String?
    let warnings: [Int]

    /// Hours as the file has them; whether they are in order the check tells.
    static func hours(_ text: String) -> [String]? {
        let parts = text.split(separator: ",").map(String.init)
        return parts.isEmpty ? nil : parts
    }

    /// Shares in per cent with commas between; none for an empty text or `0`.
    static func shares(_ text: String) -> [Int]? {
        if text.isEmpty || text == "0" { return [] }
        let parts = text.split(separator: ",").map { Int($0) }
        return parts.contains(nil) ? nil : parts.compactMap { $0 }
    }

    /// The file.
    var text: String {
        let open = "[" + hours.map(Self.quoted).joined(separator: ", ") + "]"
        let policies = self.policies
        var lines = [
            "# The standard of a state service, as data. Standards/README.md explains every field.",
            "# Each rule below has to be given its place in the act: see 'An act' there. What is an",
            "# assumption, and not the act's own word, should be said beside it.",
            "standard: \(name)",
        ]
        lines += localized("title", title)
        lines += ["act:"]
        lines += localized("title", act, 2)
        lines += localized("short", actShort, 2)
        lines += ["  date: \(actDate)", "  rules:"]
        lines += (["R1.1", "R1.2", "R1.3", "R2.1"] + policies.map(\.rule)).map { "    \($0): {}" }
        lines += ["calendar: kz", "zone: Asia/Almaty"]
        lines += localized("provider", provider)
        if !policies.isEmpty {
            lines += [
                "# Each choice is printed with every answer that used it: write its text anew when you",
                "# change its value.", "policies:",
            ]
            for policy in policies {
                lines += [
                    "  \(policy.name):", "    value: \(policy.value)",
                    "    options: [\(policy.options.joined(separator: ", "))]",
                    "    rule: \(policy.rule)",
                ]
                lines += localized("text", policy.text, 4)
            }
        }
        lines += ["offices:", "  provider:"]
        lines += localized("title", Self.office, 4)
        lines += [
            "    rule: R1.1", "    week: \(week)", "    work: {rule: R1.2, open: \(open)}",
            "    reception: {rule: R1.2, open: \(open)}",
            "    queue: {policy: walk-in-only, rule: R1.3}",
            "channels:", aroundTheClock == nil ? "  office:" : "  portal:",
        ]
        lines += localized("title", aroundTheClock == nil ? Self.office : Self.portal, 4)
        lines += ["    office: provider"]
        if aroundTheClock != nil { lines += ["    around-the-clock: {policy: around-the-clock}"] }
        if !warnings.isEmpty {
            lines += ["    warnings: [\(warnings.map(String.init).joined(separator: ", "))]"]
        }
        lines += [
            "    term:", "      length: \(term.number)", "      unit: \(term.unit)",
            "      rule: R2.1",
        ]
        if firstDay != nil { lines += ["      first-day: {policy: first-day}"] }
        if roll != nil { lines += ["      roll: {policy: last-day}"] }
        return lines.joined(separator: "\n") + "\n"
    }

    private func localized(_ key: String, _ text: LocalizedText, _ indent: Int = 0) -> [String] {
        let margin = String(repeating: " ", count: indent)
        return ["\(margin)\(key):"]
            + Language.allCases.map { "\(margin)  \($0.rawValue): \(Self.quoted(text[$0]))" }
    }

    /// A text as YAML has it in double quotes.
    private static func quoted(_ text: String) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\"\(escaped)\""
    }
}

// The choices, with what they mean.
extension StandardDraft {
    private struct DraftPolicy {
        let name: String
        let value: String
        let options: [String]
        let rule: String
        let text: LocalizedText
    }

    private static let office = LocalizedText(
        kk: "Көрсетілетін қызметті берушінің кеңсесі", ru: "Канцелярия услугодателя",
        en: "The provider's office")
    private static let portal = LocalizedText(
        kk: "Портал арқылы", ru: "Через портал", en: "Through the portal")

    private var policies: [DraftPolicy] {
        var found: [DraftPolicy] = []
        if let firstDay {
            found.append(
                DraftPolicy(
                    name: "first-day", value: firstDay, options: ["not-counted", "counted"],
                    rule: "R2.2", text: Self.firstDayText(firstDay)))
        }
        if let roll {
            found.append(
                DraftPolicy(
                    name: "last-day", value: roll, options: ["forward", "none", "back"],
                    rule: "R2.3", text: Self.rollText(roll)))
        }
        if let aroundTheClock {
            found.append(
                DraftPolicy(
                    name: "around-the-clock", value: aroundTheClock,
                    options: ["next-opening", "moment"], rule: "R2.4",
                    text: Self.intakeText(aroundTheClock)))
        }
        return found
    }

    private static func firstDayText(_ value: String) -> LocalizedText {
        value == "counted"
            ? LocalizedText(
                kk: "Қабылдау күні мерзімге кіреді.", ru: "День приёма входит в срок.",
                en: "The day of acceptance counts.")
            : LocalizedText(
                kk: "Қабылдау күні мерзімге кірмейді.", ru: "День приёма не входит в срок.",
                en: "The day of acceptance does not count.")
    }

    private static func rollText(_ value: String) -> LocalizedText {
        switch value {
        case "forward":
            LocalizedText(
                kk: "Жұмыс істемейтін күні аяқталатын мерзім келесі жұмыс күні аяқталады.",
                ru: "Срок, который кончается в нерабочий день, кончается в следующий рабочий день.",
                en: "A term that would end on a day off ends on the next working day.")
        case "back":
            LocalizedText(
                kk: "Жұмыс істемейтін күні аяқталатын мерзім алдыңғы жұмыс күні аяқталады.",
                ru:
                    "Срок, который кончается в нерабочий день, кончается в предыдущий рабочий день.",
                en: "A term that would end on a day off ends on the working day before.")
        default:
            LocalizedText(
                kk: "Мерзім жұмыс істемейтін күні де аяқтала алады.",
                ru: "Срок может кончиться и в нерабочий день.",
                en: "A term may end on a day off.")
        }
    }

    private static func intakeText(_ value: String) -> LocalizedText {
        value == "moment"
            ? LocalizedText(
                kk: "Өтініштер тәулік бойы қабылданады, мерзім сол сәттен есептеледі.",
                ru: "Заявления принимаются круглосуточно, срок считается с момента подачи.",
                en: "Applications are taken around the clock, and the term runs from that moment.")
            : LocalizedText(
                kk: "Жұмыс уақытынан тыс келген өтініш келесі ашылудан бастап есептеледі.",
                ru: "Поданное вне рабочего времени считается со следующего открытия.",
                en: "What comes outside the working hours counts from the next opening.")
    }
}
