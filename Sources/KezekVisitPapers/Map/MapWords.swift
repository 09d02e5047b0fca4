// SPDX-License-Identifier: Apache-2.0

import Texts
import Visits

/// The words of maps, all of one language.
struct MapWords: Wording {
    let language: Language

    var title: String { pick("Үйге бару", "Выезды", "Visits") }
    var days: String { pick("Күндер", "Дни", "Days") }
    var crews: String { pick("Бригадалар", "Бригады", "Crews") }
    var routes: String { pick("Бағыттар", "Маршруты", "Routes") }
    var all: String { pick("барлығы", "все", "all") }
    var none: String { pick("ешқайсысы", "ни одного", "none") }
    var late: String { pick("КЕШІГУ", "ОПОЗДАНИЕ", "LATE") }
    var lines: String {
        pick(
            "Сызықтар түзу, бұл жолдар емес.", "Линии прямые, это не дороги.",
            "Straight lines, not roads.")
    }
    var help: String {
        pick(
            "Уақытын көру үшін аялдаманы көрсетіңіз; жақындату үшін дөңгелекті бұраңыз, жылжыту үшін "
                + "сүйреңіз.",
            "Наведите на остановку, чтобы увидеть её время; приближайте колесом, двигайте мышью.",
            "Point at a stop for its times; turn the wheel to come nearer, and drag.")
    }

    func day(_ number: Int) -> String { pick("\(number)-күн", "день \(number)", "day \(number)") }

    func visit(_ id: VisitID) -> String {
        pick("үйге бару \(id.number)", "выезд \(id.number)", "visit \(id.number)")
    }

    func shift(_ id: ShiftID) -> String {
        pick("ауысым \(id.number)", "смена \(id.number)", "shift \(id.number)")
    }

    func onTheWay(_ amount: String) -> String {
        pick("жолда \(amount)", "в пути \(amount)", "\(amount) on the way")
    }

    func late(_ count: Int) -> String {
        pick("кешігу: \(count)", "опозданий: \(count)", "\(count) LATE")
    }

    func unassigned(_ count: Int) -> String {
        pick("бригадасыз: \(count) (×)", "без бригады: \(count) (×)", "\(count) unassigned (×)")
    }

    var unassigned: String { pick("бригадасы жоқ", "без бригады", "unassigned") }

    var inVain: String { SheetWords(language).inVain }

    func window(_ text: String) -> String {
        pick("уақыт аралығы \(text)", "окно \(text)", "window \(text)")
    }

    func promised(_ text: String) -> String {
        pick("уәде етілген \(text)", "обещано \(text)", "promised \(text)")
    }

    func waits(_ text: String) -> String {
        pick("күтеді: \(text)", "ждёт \(text)", "waits \(text)")
    }

    func depot(_ crews: String) -> String {
        pick("шығу орны: \(crews)", "место выезда: \(crews)", "depot: \(crews)")
    }
}
