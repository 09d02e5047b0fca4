// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import KezekTables
import Texts

/// An application for a person at a terminal.
struct ApplicationText {
    let view: ApplicationView
    let language: Language

    /// One line: the number, where it stands, and until when.
    var line: String {
        var parts = [
            Terminal.styled(view.id.description, .bold), view.phase.title[language], view.channel,
        ]
        if let end = view.clock?.end {
            parts.append("\(view.clock?.kind.title[language] ?? ""): \(deadline(end))")
        }
        return parts.joined(separator: "  ")
    }

    /// All there is to know.
    var text: String {
        var lines = [line, ""]
        lines.append(
            row("тапсырылды", "подано", "handed in")
                + "\(moment(view.handedInAt))  \(view.standard)  \(view.profile.group)")
        if !view.ticket.isEmpty { lines.append(row("талон", "талон", "ticket") + view.ticket) }
        if let due = view.due { lines.append(row("мерзімі", "срок", "due") + deadline(due)) }
        for time in view.suspended {
            let until = time.until.map(moment) ?? "…"
            lines.append(
                row("тоқтатыла тұрды", "приостановлено", "suspended")
                    + "\(moment(time.from)) – \(until)  \(time.reason)")
            for review in time.reviews {
                let by = language.pick("қайта қарау мерзімі", "пересмотр до", "review by")
                lines.append("  \(moment(review.at))  \(by) \(moment(review.by))  \(review.reason)")
            }
        }
        if !view.withdrawal.isEmpty {
            lines.append(row("кері алынды", "отозвано", "withdrawn") + view.withdrawal)
        }
        if let result = view.result {
            let refused = language.pick("бас тартылды", "отказано", "refused")
            let ground =
                result.ground.map { "\(refused): \($0)" }
                ?? language.pick("қызмет көрсетілді", "услуга оказана", "granted")
            let note = result.note.isEmpty ? "" : "  \(result.note)"
            lines.append(
                row("нәтиже", "результат", "result") + "\(moment(result.at))  \(ground)\(note)")
        }
        if let clock = view.clock {
            let (kind, start) = (clock.kind.title[language], moment(clock.start))
            lines.append(
                row("есеп", "отсчёт", "clock")
                    + language.pick(
                        "\(kind), басталуы \(start)", "\(kind), с \(start)", "\(kind) from \(start)"
                    ))
        }
        if let recipient = view.recipient {
            lines.append(
                row("берілді", "выдано", "given to")
                    + "\(recipient.title(in: language))  \(moment(view.changedAt))")
        }
        let documents = view.documents.map { document in
            let original = language.pick("түпнұсқа", "оригинал", "original")
            let copy = language.pick("көшірме", "копия", "copy")
            let form = document.original ? (document.copy ? "" : " (\(original))") : " (\(copy))"
            let until = document.expires.map {
                language.pick(", мерзімі \($0)", ", до \($0)", " until \($0)")
            }
            return document.id + form + (until ?? "")
        }
        lines.append(
            row("құжаттар", "документы", "documents") + documents.joined(separator: ", "))
        if let due = view.due, !due.calendarVersion.isEmpty {
            let day = due.asKnownOn
            let known = language.pick(
                ", \(day) күнгі мәлімет бойынша", ", по сведениям на \(day)", ", as known on \(day)"
            )
            lines.append(Terminal.styled(due.calendarVersion + known, .dim))
        }
        return lines.joined(separator: "\n")
    }

    private func deadline(_ deadline: Deadline) -> String {
        moment(deadline.at) + (deadline.isProvisional ? " " + language.provisional : "")
    }

    /// The name of a row, as wide as the widest.
    private func row(_ kk: String, _ ru: String, _ en: String) -> String {
        language.pick(kk, ru, en).padded(language == .en ? 11 : 16)
    }

    private func moment(_ moment: CivilDateTime) -> String {
        "\(moment.date) \(language.weekdayAbbreviation(moment.date.weekday)) \(moment.time)"
    }
}

/// A working list for a person at a terminal.
struct WorkingListText {
    let list: WorkingList
    let language: Language

    var text: String {
        guard !list.items.isEmpty else {
            let nothing = language.pick("істейтін іс жоқ", "дел нет", "nothing to do")
            return "\(list.office)  \(list.date)  \(nothing)\n"
        }
        var lines = [Terminal.styled("\(list.office)  \(list.date)", .bold)]
        for urgency in Urgency.allCases {
            let items = list.items.filter { $0.urgency == urgency }
            guard !items.isEmpty else { continue }
            let title = "\(urgency.title[language]) (\(items.count))"
            lines += ["", Terminal.styled(title, .bold, urgency.style)]
            lines += items.map { "  " + self.line($0) }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func line(_ item: WorkingItem) -> String {
        let end =
            item.deadline.map {
                "\($0.date) \(language.weekdayAbbreviation($0.date.weekday)) \($0.time)"
            } ?? "–"
        var parts = [item.id.description.padded(28), end.padded(19)]
        parts.append(
            (item.workingDays.map { language.pick("\($0) к.", "\($0) дн.", "\($0) d") } ?? "")
                .leftPadded(6))
        parts += [item.phase.title[language], item.channel]
        if let warning = item.warningPercent, let used = item.usedPercent {
            parts.append(
                Terminal.styled(language.used(used, warnedAt: warning), .yellow))
        }
        if item.isProvisional { parts.append(language.provisional) }
        return parts.joined(separator: "  ")
    }

    /// The changes in lines, for a stream that is no screen.
    var log: [String] {
        list.items.map { "\($0.urgency.title[language])  \(line($0))" }
            + list.gone.map { language.pick("бітті", "готово", "done") + "  \($0)" }
    }

    private static let csvHead = [
        "application", "urgency", "phase", "channel", "deadline", "workingDays", "provisional",
        "usedPercent", "warningPercent",
    ]

    var csv: String {
        let rows = list.items.map { item in
            [
                item.id.description, item.urgency.word, item.phase.word, item.channel,
                item.deadline?.description ?? "", item.workingDays.map(String.init) ?? "",
                "\(item.isProvisional)", item.usedPercent.map(String.init) ?? "",
                item.warningPercent.map(String.init) ?? "",
            ]
        }
        return ([Self.csvHead] + rows).map(CSVForm.plain.line).joined()
    }
}

extension Recipient {
    fileprivate func title(in language: Language) -> String {
        switch self {
        case .applicant: language.pick("қызмет алушыға", "услугополучателю", "applicant")
        case .representative: language.pick("өкілге", "представителю", "representative")
        }
    }
}

extension Language {
    fileprivate func used(_ percent: Int, warnedAt warning: Int) -> String {
        pick(
            "мерзімнің \(percent) %-ы өтті (ескерту: \(warning) %)",
            "прошло \(percent) % срока (предупреждение: \(warning) %)",
            "\(percent) % of the term used (warning: \(warning) %)")
    }

    fileprivate var provisional: String {
        pick("АЛДЫН АЛА", "ПРЕДВАРИТЕЛЬНО", "PROVISIONAL")
    }
}

extension Urgency {
    fileprivate var style: Terminal.Style {
        switch self {
        case .overdue, .toBeReturned: .red
        case .dueToday: .magenta
        case .dueSoon: .yellow
        case .waiting, .later: .dim
        }
    }

    /// The name in files, such as `due-today`.
    var word: String { "\(self)".hyphenated }
}

extension Phase {
    /// The name in files, such as `handed-over`.
    var word: String { "\(self)".hyphenated }
}

extension String {
    /// `handedOver` as `handed-over`.
    fileprivate var hyphenated: String {
        reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
    }
}
