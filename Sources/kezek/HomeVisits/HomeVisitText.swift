// SPDX-License-Identifier: Apache-2.0

import HomeVisits
import Parties
import Texts

/// A visit for a person at a terminal.
struct HomeVisitText {
    let visit: VisitView
    let clock: AreaClock

    var lines: [String] {
        let unkept =
            visit.isUnkept && !visit.state.isOver
            ? Terminal.styled(
                "  " + clock.pick("орындау мүмкін емес", "выполнить нельзя", "cannot be kept"),
                .red) : ""
        var lines = [
            "\(Terminal.styled("\(visit.id)", .bold))  \(visit.state.words(clock))"
                + (visit.promise.map { "  \(clock.window($0))" } ?? "") + unkept
        ]
        let width = clock.language == .en ? 12 : 22
        func add(_ name: String, _ text: String?) {
            if let text, !text.isEmpty { lines.append("\("\(name):".padded(width))\(text)") }
        }
        add(
            clock.pick("аты-жөні", "имя", "name"),
            visit.words?.name ?? clock.pick("ұмытылған", "забыт", "forgotten"))
        add(clock.pick("мекенжай", "адрес", "address"), visit.words?.address)
        add(clock.pick("телефон", "телефон", "telephone"), visit.words?.telephone)
        add(clock.pick("орны", "место", "place"), visit.words?.place.text)
        add(
            clock.pick("қажет", "нужно", "needs"),
            visit.needs.map(\.description).joined(separator: ", "))
        add(
            clock.pick("келмеуі тиіс", "кроме", "not by"),
            visit.avoided.map(\.description).joined(separator: ", "))
        add(
            clock.pick("ұзақтығы", "длится", "takes"),
            "\(wholeMinutes(visit.service)) " + clock.pick("мин", "мин", "min"))
        add(clock.pick("сұралған уақыты", "запрошен", "asked"), clock.moment(visit.askedAt))
        add(clock.pick("мерзімі", "срок", "due"), clock.moment(visit.due))
        add(
            clock.pick("осы уақытқа ұсталған", "удержано до", "held until"),
            visit.heldUntil.map(clock.moment))
        add(
            clock.pick("себебі", "причина", "reason"), visit.reason.isEmpty ? nil : visit.reason)
        if let secret = visit.secret {
            add(VisitReference.title(clock), VisitReference(visit.id, secret).description)
        }
        return lines
    }
}

extension VisitReference {
    static func title(_ clock: AreaClock) -> String { clock.pick("сілтемесі", "ссылка", "link") }

    /// What the applicant is given, in a line.
    func line(_ clock: AreaClock) -> String { "\(Self.title(clock)) \(self)" }
}

/// Why a visit stands where it stands, for a person at a terminal.
struct ExplainedText {
    let visit: VisitExplained
    let clock: AreaClock

    var lines: [String] {
        let waits = wholeMinutes(visit.start - visit.arrival)
        let saved = wholeMinutes(visit.extraTravel)
        let slack = visit.slack / 60
        let arrival = clock.time(visit.arrival)
        var lines = [
            "\(Terminal.styled("\(visit.id)", .bold))  \(clock.moment(visit.start)) "
                + clock.pick("\(visit.crew)", "\(visit.crew)", "by \(visit.crew)"),
            visit.waitsForWindow
                ? clock.pick(
                    "бригада \(arrival) келіп, уақытын \(waits) мин күтеді",
                    "бригада приезжает в \(arrival) и ждёт времени \(waits) мин",
                    "the crew arrives at \(arrival) and waits \(waits) min for the window")
                : clock.pick(
                    "бригада \(arrival) келіп, бірден бастайды",
                    "бригада приезжает в \(arrival) и сразу начинает",
                    "the crew arrives at \(arrival) and begins as soon as it can"),
            clock.pick(
                "онсыз бригада жолда \(saved) мин үнемдер еді",
                "без него бригада сберегла бы \(saved) мин в пути",
                "without it the crew would save \(saved) min on the way"),
            clock.pick(
                "\(slack) мин кеш басталуы мүмкін; \(bound)",
                "может начаться на \(slack) мин позже; \(bound)",
                "it may begin \(slack) min later; \(bound)"),
        ]
        guard !visit.elsewhere.isEmpty else { return lines }
        var table = QueueTable([
            clock.pick("күні", "дата", "date"), clock.pick("бригада", "бригада", "crew"),
            clock.pick("орнына", "вместо", "instead"),
        ])
        for place in visit.elsewhere {
            let told =
                place.extraTravel.map { "+" + clock.onTheWay($0) }
                ?? place.reason.map(words)
                ?? clock.pick("мүмкін емес", "невозможно", "not possible")
            table.add([clock.day(place.date), place.crew.description, told])
        }
        lines += [""] + table.lines
        return lines
    }

    private var bound: String {
        let other = "\(visit.id.area)/\(visit.boundVisit)"
        return switch visit.bound {
        case .promise:
            clock.pick(
                "одан кейін уәде бұзылады", "дальше нарушится обещание",
                "then its promise would break")
        case .due:
            clock.pick(
                "одан кейін мерзімі өтеді", "дальше пройдёт срок", "then it would be past due")
        case .visit:
            clock.pick(
                "одан кейін \(other) кешігеді", "дальше опоздает \(other)",
                "then \(other) would be late")
        case .lunch:
            clock.pick(
                "одан кейін бригаданың түскі үзілісі кешігеді", "дальше обед бригады будет поздно",
                "then the crew would have its lunch too late")
        case .hours:
            clock.pick(
                "одан кейін бригада кеш оралады", "дальше бригада вернётся поздно",
                "then the crew would be back too late")
        }
    }

    /// Why one crew cannot pay it.
    private func words(_ reason: RefusedWindow.Reason) -> String {
        switch reason {
        case .noShift: clock.pick("ауысымда емес", "не на смене", "is on no shift")
        case .avoided: clock.pick("келмеуі тиіс", "не должна приезжать", "must not come")
        case .need:
            clock.pick("қажеттісі жоқ", "не имеет того, что нужно", "has not what the visit needs")
        case .pastDue:
            clock.pick("тек мерзімінен кейін", "только после срока", "only after it is due")
        case .noSlack: clock.pick("уақыты жоқ", "не имеет времени", "has no time")
        }
    }
}
