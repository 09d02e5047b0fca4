// SPDX-License-Identifier: Apache-2.0

import CivilTime
import KezekWire
import Parties
import Queue
import Texts

/// What an applicant's ticket says, in the applicant's language.
struct TicketText {
    let ticket: TicketView
    let office: QueueOffice
    let date: CivilDate
    let language: Language

    var text: String {
        var lines = [office.title[language], ""]
        lines += BigLetters.lines(ticket.label.description).map { Terminal.styled($0, .bold) }
        lines += ["", "\(label.service): \(office.title(of: ticket.service, language))"]
        if !ticket.then.isEmpty {
            let titles = ticket.then.map { office.title(of: $0, language) }
            let words = language.pick("Одан кейін", "Затем", "Then")
            lines.append("\(words): \(titles.joined(separator: ", "))")
        }
        if ticket.booking > 0 { lines.append("\(label.booked): \(DaySeconds.clock(ticket.dueAt))") }
        lines.append(
            "\(label.taken): \(language.date(date)), \(DaySeconds.clock(ticket.takenAt))")
        if let reason = ticket.reason {
            let words = language.pick("Жазылусыз", "Без записи", "Without a booking")
            lines.append("\(words): \(office.title(ofReason: reason, language))")
        }
        lines.append("\(label.wait): \(wait)")
        return (lines + ["", advice]).joined(separator: "\n")
    }

    private var label: (service: String, booked: String, taken: String, wait: String) {
        switch language {
        case .kk: ("Қызмет", "Брондалған уақыты", "Талон алынды", "Күту уақыты")
        case .ru: ("Услуга", "По записи на", "Талон выдан", "Время ожидания")
        case .en: ("Service", "Booked for", "Taken", "Expected wait")
        }
    }

    private var wait: String {
        language.wait(ticket.foretold)
    }

    private var advice: String {
        switch language {
        case .kk:
            """
            Таблода нөміріңіз шыққанша күтіп, содан кейін көрсетілген терезеге барыңыз.
            Шақырылғанда келмесеңіз, талон өткізіліп жіберіледі; кезекке қайта тұру үшін
            қызметкерге айтыңыз.
            """
        case .ru:
            """
            Дождитесь, пока ваш номер появится на табло, и подойдите к указанному окну.
            Если вы не подойдёте по вызову, талон будет пропущен; чтобы вернуться в очередь,
            обратитесь к сотруднику.
            """
        case .en:
            """
            Wait until your number is on the board, then go to the window shown there.
            If you do not come when called, your ticket is passed over; ask the staff to put you
            back in line.
            """
        }
    }
}

/// What an applicant is told about a booking that is confirmed, in the applicant's language.
struct ConfirmationText {
    let booking: BookingView
    let office: QueueOffice
    let language: Language

    /// The text, with the office asked for.
    static func make(_ booking: BookingView, _ desk: QueueDesk) async throws -> String {
        let office = try await desk.ask(.office(booking.id.office))
        return ConfirmationText(booking: booking, office: office, language: desk.language).text
    }

    var text: String {
        let place = [office.title[language], office.address[language]].filter { !$0.isEmpty }
        var lines = [
            Terminal.styled("\(label.head): \(booking.id)", .bold), "",
            "\(label.service): \(booking.services(at: office, language))",
            "\(label.time): \(date), \(booking.start)",
            "\(label.place): \(place.joined(separator: ", "))",
        ]
        if let key = booking.key {
            lines.append("\(label.code): \(key.code)")
            lines.append("\(label.link): \(BookingLink(booking.id, key.secret))")
        }
        return (lines + ["", advice]).joined(separator: "\n")
    }

    private var date: String {
        let weekday = language.weekdayName(booking.id.date.weekday)
        return switch language {
        // "2026 жылғы 19 наурыз, бейсенбі"
        case .kk: "\(language.date(booking.id.date)), \(weekday)"
        case .ru, .en: "\(weekday), \(language.date(booking.id.date))"
        }
    }

    private struct Labels {
        let head, service, time, place, code, link: String
    }

    private var label: Labels {
        switch language {
        case .kk:
            Labels(
                head: "Бронь расталды", service: "Қызмет", time: "Күні мен уақыты", place: "Орны",
                code: "Келгенде терілетін код", link: "Өзгерту мен бас тартуға арналған сілтеме")
        case .ru:
            Labels(
                head: "Бронь подтверждена", service: "Услуга", time: "Дата и время",
                place: "Место", code: "Код для отметки о приходе",
                link: "Ссылка для переноса и отмены")
        case .en:
            Labels(
                head: "Booking confirmed", service: "Service", time: "Date and time",
                place: "Place", code: "Code for checking in", link: "Link to move or cancel it")
        }
    }

    /// Until when the booking is kept for somebody who is late.
    private var kept: String {
        DaySeconds.clock(booking.start.second + office.rules.graceSeconds)
    }

    private var advice: String {
        switch language {
        case .kk:
            """
            Жеке басыңызды куәландыратын құжатпен белгіленген уақытқа дейін келіп, талон алыңыз.
            Бронь мына уақытқа дейін сақталады: \(kept).
            Келе алмайтын болсаңыз, броньнан алдын ала бас тартыңыз: орынды басқа адам алады.
            """
        case .ru:
            """
            Придите к назначенному времени с документом, удостоверяющим личность, и возьмите талон.
            Бронь сохраняется до \(kept).
            Если вы не сможете прийти, отмените бронь заранее: место достанется другому.
            """
        case .en:
            """
            Come by that time with an identity document, and take your ticket.
            The booking is kept until \(kept).
            If you cannot come, cancel it in good time: somebody else will have the place.
            """
        }
    }
}

extension Language {
    /// An expected wait in words, in whole minutes.
    func wait(_ quantiles: WaitQuantiles?) -> String {
        guard let quantiles else {
            return switch self {
            case .kk: "әзірге белгісіз"
            case .ru: "пока неизвестно"
            case .en: "not known yet"
            }
        }
        let (half, most) = (DaySeconds.minutes(quantiles.p50), DaySeconds.minutes(quantiles.p90))
        return switch self {
        case .kk: "шамамен \(half) минут; он жағдайдың тоғызында \(most) минуттан аспайды"
        case .ru: "около \(half) мин; в девяти случаях из десяти — не более \(most) мин"
        case .en: "about \(half) min; at most \(most) min in nine of ten cases"
        }
    }
}

extension QueueOffice {
    /// A service's title, or its name if the office renders it no more.
    func title(of service: ServiceID, _ language: Language) -> String {
        services.first { $0.id == service }?.title[language] ?? service.description
    }

    /// The title of a reason for a ticket without a booking, or its code if the list has it no more.
    func title(ofReason code: ListedCode, _ language: Language) -> String {
        reception?.bookingsOnly?.reason(code)?.title[language] ?? code.description
    }
}
