// SPDX-License-Identifier: Apache-2.0

public import CivilTime
import KezekVisitFiles
public import Texts
import Visits

/// The words of day sheets.
public struct SheetWords: Wording, Sendable {
    public let language: Language

    public init(_ language: Language) { self.language = language }

    public var title: String {
        pick("Бригаданың күндік жоспары", "План бригады на день", "The crew's day")
    }
    public var visit: String { pick("үйге бару", "выезд", "visit") }
    var start: String { pick("жолға шығу", "начало пути", "set out") }
    /// Of a visit that could not be paid.
    public var inVain: String { pick("нәтижесіз", "безрезультатно", "in vain") }
    public var lunch: String { pick("түскі үзіліс", "обед", "lunch") }
    var end: String { pick("қайтып келу", "возвращение", "back") }
    public var travel: String { pick("жол", "дорога", "drive") }
    public var waiting: String { pick("күту", "ожидание", "wait") }
    public var promised: String { pick("уәде етілген уақыт", "обещанное время", "promised") }
    public var needs: String { pick("керек", "нужно", "needs") }
    var time: String { pick("Уақыты", "Время", "Time") }
    var what: String { pick("Іс-әрекет", "Что", "What") }
    var place: String { pick("Орны", "Место", "Where") }
    var remarks: String { pick("Ескертпе", "Примечания", "Remarks") }

    /// The weekday and the date.
    public func day(_ date: CivilDate) -> String {
        let name = language.weekdayName(date.weekday)
        return name.prefix(1).uppercased() + name.dropFirst() + ", " + language.date(date)
    }

    /// A stretch of time to the next whole minute.
    public func minutes(_ seconds: Int) -> String {
        language.hoursAndMinutes((seconds + 59) / 60)
    }

    /// `10:00–12:00`; with dates where they are not the sheet's.
    public func range(_ range: ClosedRange<CivilDateTime>, on date: CivilDate) -> String {
        moment(range.lowerBound, on: date) + "–" + moment(range.upperBound, on: date)
    }

    /// `10:00`, with the date where it is not the sheet's.
    public func moment(_ moment: CivilDateTime, on date: CivilDate) -> String {
        let clock = String(moment.time.description.prefix(5))
        return moment.date == date ? clock : "\(moment.date) \(clock)"
    }

    func need(_ need: DaySheet.Need) -> String {
        switch need {
        case .named(let name, let count): count.map { "\(name): \($0)" } ?? name
        case .skill(let number): pick("дағды", "навык", "skill") + " \(number)"
        case .load(let index, let count): pick("жүк", "груз", "load") + " \(index + 1): \(count)"
        }
    }

    func total(_ sheet: DaySheet) -> String {
        let travel = minutes(sheet.travel)
        return pick(
            "Үйге бару саны: \(sheet.visitCount), жолда: \(travel)",
            "Выездов: \(sheet.visitCount), в пути: \(travel)",
            "Visits: \(sheet.visitCount), on the way: \(travel)")
    }
}

extension DaySheet.Line {
    /// What happens, in a word or two.
    public func title(_ words: SheetWords) -> String {
        switch kind {
        case .start: words.start
        case .visit(let id):
            "\(words.visit) \(id.number)" + (isInVain ? ", \(words.inVain)" : "")
        case .lunch: words.lunch
        case .end: words.end
        }
    }

    /// Where it is: what the file calls it, and where it lies, latitude first as people say it.
    public var whereabouts: String {
        var parts = address.map { [$0] } ?? []
        if let coordinate { parts.append(coordinate.text) }
        return parts.joined(separator: " · ")
    }

    /// What else is to be known, each with its name.
    public func remarks(_ words: SheetWords, on date: CivilDate) -> [String] {
        var remarks: [String] = []
        if travel > 0 { remarks.append("\(words.travel): \(words.minutes(travel))") }
        if waiting > 0 {
            remarks.append(
                "\(words.waiting): \(words.minutes(waiting)) "
                    + "(\(words.moment(arrival, on: date)))")
        }
        if let promised {
            remarks.append("\(words.promised): \(words.range(promised, on: date))")
        }
        if !needs.isEmpty {
            remarks.append("\(words.needs): \(needs.map(words.need).joined(separator: ", "))")
        }
        return remarks
    }

    /// From when to when, or when.
    func times(_ words: SheetWords, on date: CivilDate) -> String {
        begins == ends
            ? words.moment(begins, on: date) : words.range(begins...ends, on: date)
    }
}
