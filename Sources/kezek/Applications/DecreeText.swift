// SPDX-License-Identifier: Apache-2.0

import Applications
import CivilTime
import Enquiries
import KezekWire
import Parties
import Queue
import Texts

/// What a decree moves, for a person at a terminal.
struct DecreeText {
    let effects: DecreeEffects
    /// The one that is told of; nil for all.
    let office: OfficeID?
    let limit: Int
    let language: Language

    var text: String {
        var lines: [String] = []
        for change in effects.changes {
            lines.append(
                "\(day(change.date))  \(change.week)  \(change.before.text) → "
                    + "\(change.after.text)  [\(change.act)]")
        }
        if !lines.isEmpty { lines.append("") }
        lines.append(
            Terminal.styled(
                at + moved(effects.moving, of: language.count(effects.running, .clock)), .bold))
        lines += shown(effects.clocks, line)
        lines += notes
        let displaced = effects.bookings.displaced
        lines.append(
            Terminal.styled(at + moved(language.count(effects.movingBookings, .booking)), .bold))
        lines += shown(displaced) { booking in
            let to =
                booking.replacement.map { "\($0.id)  \($0.moment)" }
                ?? language.pick("орын қалмады", "мест не осталось", "no place is left")
            return "  \(booking.booking.id)  \(booking.booking.moment) → \(to)"
        }
        for (office, here) in effects.bookings.hereByOffice {
            lines.append(
                language.pick(
                    "  \(office): бүгін терезе немесе орын жоспарланбаған: ",
                    "  \(office): сегодня не запланировано окно или место для: ",
                    "  \(office): no window or place planned today for: ")
                    + here.joined(separator: ", "))
        }
        lines += later
        if !effects.version.isEmpty {
            lines.append(Terminal.styled("\(effects.calendar): \(effects.version)", .dim))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func moved(_ count: Int, of all: String) -> String {
        effects.isDone
            ? language.pick(
                "\(all) ішінен \(count) жылжытылды", "сдвинуто \(count), всего \(all)",
                "\(count) of \(all) moved")
            : language.pick(
                "\(all) ішінен \(count) жылжиды", "сдвинулось бы \(count), всего \(all)",
                "\(count) of \(all) would move")
    }

    private func moved(_ what: String) -> String {
        effects.isDone
            ? language.pick("\(what) жылжытылды", "сдвинуто: \(what)", "\(what) moved")
            : language.pick("\(what) жылжиды", "сдвинулось бы: \(what)", "\(what) would move")
    }

    /// What the figures are of, where that is not everything.
    private var at: String { office.map { "\($0): " } ?? "" }

    private func shown<Item>(_ items: [Item], _ line: (Item) -> String) -> [String] {
        let more = items.count - limit
        return items.prefix(limit).map(line)
            + (more > 0
                ? [
                    language.pick(
                        "  … және тағы \(more); --limit оларды көрсетеді",
                        "  … и ещё \(more); их покажет --limit",
                        "  … and \(more) more; --limit shows them")
                ] : [])
    }

    /// What moves by itself when more becomes known: clocks, and bookings that lose their place.
    private var later: [String] {
        guard !effects.knownLater.isEmpty else { return [] }
        let days = effects.knownLater.map { day($0) }.joined(separator: ", ")
        var lines = [
            language.pick(
                "тағы мәлім болатын күндер: \(days); сонда өзі жылжытылады",
                "ещё станет известно \(days); что это сдвинет, сдвинется тогда само",
                "more becomes known on \(days); what it moves is moved then, by itself")
        ]
        let (clocks, bookings) = (
            language.count(effects.movingLater, .clock),
            language.count(effects.later.count, .booking)
        )
        lines.append(
            Terminal.styled(
                at
                    + language.pick(
                        "сонда жылжиды: \(clocks), \(bookings)",
                        "тогда сдвинется: \(clocks), \(bookings)",
                        "moved then: \(clocks), \(bookings)"), .bold))
        lines += shown(effects.laterClocks) { clock in
            move(clock.id, clock.kind, clock.from, clock.to) + "  (\(day(clock.knownOn)))"
        }
        lines += shown(effects.later) { later in
            let (booking, day) = (later.booking, day(later.knownOn))
            return "  \(booking.id)  \(booking.moment) → "
                + language.pick(
                    "орны \(day) жоғалады, жаңасы сонда табылады",
                    "место пропадёт \(day), новое найдётся тогда",
                    "loses its place on \(day), and a new one is found then")
        }
        return lines
    }

    /// What stays as it is, and what is provisional.
    private var notes: [String] {
        var notes: [String] = []
        if effects.unanswered > 0 {
            let text = language.pick(
                "осы күнтізбе бойынша жауабы жоқ, өзгермейтін мерзімдер",
                "сроки без ответа по этому календарю, они остаются как есть",
                "clocks without an answer by this calendar, which stay as they are")
            notes.append(Terminal.styled("\(text): \(effects.unanswered)", .red))
        }
        if effects.awaitingYear > 0 {
            let text = language.pick(
                "жарияланбаған жылда аяқталатын, сол жыл жарияланғанша алдын ала мерзімдер",
                "сроки, которые кончаются в неопубликованном году и до него предварительны",
                "clocks that end in a year that is not published, which are provisional until it is"
            )
            notes.append(Terminal.styled("\(text): \(effects.awaitingYear)", .red))
        }
        return notes
    }

    private func line(_ clock: MovedClock) -> String {
        let dates = effects.changes[clock.changes].map(\.date.description)
        let because = dates.isEmpty ? "" : "  (\(dates.joined(separator: ", ")))"
        return move(clock.id, clock.kind, clock.from, clock.to) + because
    }

    private func move(
        _ id: ApplicationID, _ kind: ClockKind, _ from: CivilDateTime, _ to: CivilDateTime
    ) -> String {
        "  \(id.description.padded(28))  \(kind.title[language].padded(20))  "
            + "\(moment(from)) → \(moment(to))"
    }

    private func day(_ date: CivilDate) -> String {
        "\(date) \(language.weekdayAbbreviation(date.weekday))"
    }

    private func moment(_ moment: CivilDateTime) -> String { "\(day(moment.date)) \(moment.time)" }
}

extension OfficeEffects {
    /// By office, the tickets of those who are here, and the kiosks that have numbers.
    fileprivate var hereByOffice: [(office: String, here: [String])] {
        let tickets = tickets.map { ($0.office, $0.ticket.label.description) }
        let leases = leases.map { ($0.office, "\($0.lease.kiosk) (\($0.lease.id))") }
        let all = Dictionary(grouping: tickets + leases) { $0.0?.description ?? "" }
        return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value.map(\.1)) }
    }
}
