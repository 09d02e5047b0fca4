// SPDX-License-Identifier: Apache-2.0

import CivilTime
import Queue
import Texts

/// An office's board as the changes told so far make it.
struct BoardPicture {
    private(set) var board: Board?

    /// The revision to go on from after the connection was lost; 0 before there is a board.
    var revision: UInt32 { board?.revision ?? 0 }

    /// Takes in a whole board, or what has changed on it.
    mutating func apply(_ change: Board) {
        guard let board, !change.isWhole, change.date == board.date else {
            self.board = change
            return
        }
        var windows = board.windows
        for window in change.windows {
            if let index = windows.firstIndex(where: { $0.id == window.id }) {
                windows[index] = window
            } else {
                windows.append(window)
            }
        }
        let changed = Set(change.tickets.map(\.label))
        let tickets =
            board.tickets.filter { !changed.contains($0.label) }
            + change.tickets.filter { $0.state != .finished }
        // The line is in the order of being due, and of coming where two are due alike.
        let line = tickets.filter { $0.state == .waiting }.sorted {
            ($0.dueAt, $0.takenAt, $0.label) < ($1.dueAt, $1.takenAt, $1.label)
        }
        self.board = Board(
            office: board.office, date: board.date, revision: change.revision, isWhole: true,
            windows: windows, tickets: line + tickets.filter { $0.state != .waiting })
    }

    /// The board for a person at a terminal.
    func lines(in language: Language) -> [String] {
        guard let board else { return [] }
        let date = "\(board.date)  \(language.weekdayName(board.date.weekday))"
        var lines = [
            Terminal.styled("\(board.office)  \(date)", .bold)
                + Terminal.styled(
                    language.pick(
                        "   \(board.revision)-нұсқа", "   версия \(board.revision)",
                        "   revision \(board.revision)"), .dim), "",
        ]
        var table = QueueTable(
            language.pick(
                "терезе|талон|күйі|қызметтер", "окно|талон|состояние|услуги",
                "window|ticket|state|services"
            ))
        for window in board.windows {
            let ticket = window.ticket.flatMap { label in
                board.tickets.first { $0.label == label }
            }
            table.add([
                window.id.description, window.ticket?.description ?? "–",
                ticket.map { language.word($0) } ?? language.word(window.state),
                window.services.map(\.description).joined(separator: ", "),
            ])
        }
        lines += table.lines.enumerated().map { index, line in
            let isCalling = index > 0 && board.isCalling(board.windows[index - 1])
            return isCalling ? Terminal.styled(line, .green, .bold) : line
        }
        let waiting = board.tickets.filter { $0.state == .waiting }
        lines += ["", language.pick("күтуде", "ожидают", "waiting") + ": \(waiting.count)"]
        for start in stride(from: 0, to: min(waiting.count, 60), by: 12) {
            let row = waiting[start..<min(start + 12, waiting.count, 60)]
            lines.append("  " + row.map(\.label.description).joined(separator: "  "))
        }
        let aside = board.tickets.filter { $0.state == .parked || $0.state == .skipped }
        if !aside.isEmpty {
            lines.append(
                language.pick("шетте: ", "отложены: ", "aside: ")
                    + aside.map { "\($0.label) \(language.word($0.state))" }
                    .joined(separator: ", "))
        }
        return lines
    }

    /// What a change says, a line for each window and ticket: for a log.
    static func log(_ change: Board, in language: Language) -> [String] {
        let stamp = "\(change.date) \(change.revision)"
        return change.windows.map { window in
            "\(stamp)  \(language.pick("терезе", "окно", "window")) \(window.id)  \(language.word(window.state))"
                + (window.ticket.map { "  \($0)" } ?? "")
        }
            + change.tickets.map {
                "\(stamp)  \(language.pick("талон", "талон", "ticket")) \(TicketLine.text($0, language))"
            }
    }
}

extension Board {
    /// Whether somebody was called to the window and is not there yet.
    fileprivate func isCalling(_ window: WindowView) -> Bool {
        tickets.contains { $0.label == window.ticket && $0.state == .called }
    }
}
