// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Deadlines
import Enquiries

/// Which clock of which standard, and as known when.
struct ClockOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The service standard.", valueName: "name"))
    var standard = "std-7"

    @Option(
        help: ArgumentHelp(
            "The channel or other clock of the standard; see 'kezek standards'.",
            valueName: "name"))
    var channel: String?

    @Option(
        help: ArgumentHelp(
            "The calendar of the office, which extends the standard's; by default the standard's.",
            valueName: "name"))
    var calendar = ""

    @Option(
        help: ArgumentHelp(
            "Answer with what was known on this day; by default today.", valueName: "date"))
    var asKnownOn: CivilDate?

    /// The clock that the command line names.
    ///
    /// - Throws: if it names none.
    func clock() throws -> ClockName {
        guard let channel else { throw Wrong.missing("--channel") }
        return ClockName(standard: standard, channel: channel)
    }
}

/// How the start is taken, and the times over which the term stands still.
struct StartRules: ParsableArguments {
    @Option(
        name: .customLong("suspend"),
        help: ArgumentHelp(
            "The term stood still: FROM/UNTIL, or FROM/ while it still does; may be repeated.",
            valueName: "from/until"))
    var suspensions: [String] = []

    @Flag(
        name: .customLong("count-from-opening"),
        help: "Accepted outside the hours of reception: count from the next opening.")
    var countFromOpening = false

    var outsideReception: TermClock.OutsideReception {
        countFromOpening ? .countFromOpening : .refuse
    }

    func parsed() throws -> Suspensions {
        Suspensions(merging: try suspensions.map(Self.suspension))
    }

    private static func suspension(_ text: String) throws -> Suspension {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let until = parts.last.flatMap { CivilDateTime(String($0)) }
        guard parts.count == 2, let from = CivilDateTime(String(parts[0])),
            until != nil || parts[1].isEmpty,
            let suspension = Suspension(from: from, until: until)
        else {
            throw Wrong.say(
                kk:
                    "--suspend «\(text)»: 2026-03-20T10:00/2026-03-25T09:00 түрі күтілді; соңы басынан кеш "
                    + "болады немесе жазылмайды.",
                ru:
                    "--suspend «\(text)»: ожидается 2026-03-20T10:00/2026-03-25T09:00; конец позже начала "
                    + "или не пишется.",
                en:
                    "--suspend '\(text)': expected FROM/UNTIL as 2026-03-20T10:00/2026-03-25T09:00, "
                    + "UNTIL later than FROM or left out")
        }
        return suspension
    }
}
