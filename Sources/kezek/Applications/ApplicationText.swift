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
            "handed in  \(moment(view.handedInAt))  \(view.standard)  \(view.profile.group)")
        if !view.ticket.isEmpty { lines.append("ticket     \(view.ticket)") }
        if let due = view.due { lines.append("due        \(deadline(due))") }
        for time in view.suspended {
            let until = time.until.map(moment) ?? "…"
            lines.append("suspended  \(moment(time.from)) – \(until)  \(time.reason)")
            for review in time.reviews {
                lines.append(
                    "  \(moment(review.at))  review by \(moment(review.by))  \(review.reason)")
            }
        }
        if !view.withdrawal.isEmpty { lines.append("withdrawn  \(view.withdrawal)") }
        if let result = view.result {
            let ground = result.ground.map { "refused: \($0)" } ?? "granted"
            let note = result.note.isEmpty ? "" : "  \(result.note)"
            lines.append("result     \(moment(result.at))  \(ground)\(note)")
        }
        if let clock = view.clock {
            lines.append("clock      \(clock.kind.title[language]) from \(moment(clock.start))")
        }
        if let recipient = view.recipient {
            lines.append("given to   \(recipient)  \(moment(view.changedAt))")
        }
        let documents = view.documents.map { document in
            let form =
                document.original ? (document.copy ? "" : " (original)") : " (copy)"
            return document.id + form + (document.expires.map { " until \($0)" } ?? "")
        }
        lines.append("documents  \(documents.joined(separator: ", "))")
        if let due = view.due, !due.calendarVersion.isEmpty {
            lines.append(
                Terminal.styled("\(due.calendarVersion), as known on \(due.asKnownOn)", .dim))
        }
        return lines.joined(separator: "\n")
    }

    private func deadline(_ deadline: Deadline) -> String {
        moment(deadline.at) + (deadline.isProvisional ? " PROVISIONAL" : "")
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
        guard !list.items.isEmpty else { return "\(list.office)  \(list.date)  nothing to do\n" }
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
        parts.append((item.workingDays.map { "\($0) d" } ?? "").leftPadded(6))
        parts += [item.phase.title[language], item.channel]
        if item.isProvisional { parts.append("PROVISIONAL") }
        return parts.joined(separator: "  ")
    }

    /// The changes in lines, for a stream that is no screen.
    var log: [String] {
        list.items.map { "\($0.urgency.title[language])  \(line($0))" }
            + list.gone.map { "done  \($0)" }
    }

    private static let csvHead = [
        "application", "urgency", "phase", "channel", "deadline", "workingDays", "provisional",
    ]

    var csv: String {
        let rows = list.items.map { item in
            [
                item.id.description, item.urgency.word, item.phase.word, item.channel,
                item.deadline?.description ?? "", item.workingDays.map(String.init) ?? "",
                "\(item.isProvisional)",
            ]
        }
        return ([Self.csvHead] + rows).map(CSVForm.plain.line).joined()
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
