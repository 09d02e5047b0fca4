// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import KezekClient
import KezekWire
import Queue
import Texts

struct BoardCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board",
        abstract: "The display board of an office, live.",
        discussion: """
            On a terminal it is drawn anew at each change; otherwise each change is told in
            lines, with --json in one object a line. A lost connection is made again, and
            nothing that changed meanwhile is missed.

            Examples:
              kezek board astana-1
              kezek board astana-1 --once --json
            """)

    @OptionGroup var office: OfficeArgument

    @Flag(help: "Tell the board as it is now, and end.")
    var once = false

    @Option(
        help: ArgumentHelp(
            "Tell only what has changed since this revision of the day.", valueName: "revision"))
    var since: UInt32 = 0

    @OptionGroup var options: QueueOptions

    func run() async throws {
        try await options.run { desk in
            guard once else { return try await watch(desk) }
            let board = try await desk.ask(.board(office.office, BoardSeen(revision: since)))
            if options.json { return try JSONText.print(.queue(.board(board))) }
            var picture = BoardPicture()
            picture.apply(board)
            try Terminal.lines(picture.lines(in: desk.language))
        }
    }

    /// Shows changes until the program is stopped.
    private func watch(_ desk: QueueDesk) async throws {
        var picture = BoardPicture()
        var seen = since
        var date: CivilDate?
        var isLost = false
        while true {
            do {
                let told = BoardSeen(revision: seen, date: date)
                for try await change in desk.watch(.watchBoard(office.office, told)) {
                    date = change.date
                    picture.apply(change)
                    seen = change.revision
                    if isLost {
                        isLost = false
                        Terminal.note("connected again, from revision \(seen)")
                    }
                    try show(change, picture, desk)
                }
            } catch let error as ClientError where error.mayPass(isFirst: picture.board == nil) {}
            // It ended because the server stopped, or the connection was lost.
            if !isLost {
                isLost = true
                Terminal.note("the connection is lost; it is tried again each second")
            }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func show(_ change: Board, _ picture: BoardPicture, _ desk: QueueDesk) throws {
        if options.json {
            try JSONText.line(try JSONText.value(.queue(.board(change))))
        } else if Terminal.isScreen {
            // Clears the screen, and begins at its top left.
            let lines = picture.lines(in: desk.language)
            try Terminal.write("\u{1B}[2J\u{1B}[H" + lines.joined(separator: "\n") + "\n")
        } else {
            let lines = BoardPicture.log(change, in: desk.language)
            try Terminal.write(lines.map { $0 + "\n" }.joined())
        }
    }
}

extension ClientError {
    /// Whether what was watched before may come back; a first call says what is wrong.
    func mayPass(isFirst: Bool) -> Bool {
        switch self {
        case .connectionLost, .cannotConnect, .timedOut, .notTrusted(_, .endedEarly): !isFirst
        case .refused(let refusal): !isFirst && refusal.reason.mayBeRetried
        case .notTrusted, .badResponse, .requestTooLarge, .cancelled, .mayBeDone: false
        }
    }
}
