// SPDX-License-Identifier: Apache-2.0

import Texts

/// What was measured, in the words of whoever measures.
struct BenchWords: Wording {
    let language: Language

    /// Those of the command that runs.
    static var here: BenchWords { BenchWords(language: Manner.current.language) }

    // MARK: Loads on a server

    /// The latency of calls, in microseconds.
    struct Latency {
        let p50: Double
        let p99: Double
        let p999: Double
    }

    private func told(_ latency: Latency) -> String {
        let unit = pick("мкс", "мкс", "µs")
        return
            "p50 \(latency.p50) \(unit), p99 \(latency.p99) \(unit), p99.9 \(latency.p999) \(unit)"
    }

    private func aSecond(_ count: Double) -> String {
        pick("\(Int(count))/с", "\(Int(count))/с", "\(Int(count))/s")
    }

    /// Operations of the queue: how many a second, and what became of the others.
    func queue(_ each: Double, refused: Int, overloaded: Int, _ latency: Latency) -> String {
        pick(
            "\(aSecond(each)), бас тартылғаны \(refused), сервер үлгермегені \(overloaded), ",
            "\(aSecond(each)), отказано \(refused), сервер не успел \(overloaded), ",
            "\(aSecond(each)), \(refused) refused, \(overloaded) overloaded, ") + told(latency)
    }

    /// Requests for due dates, and the dates in them.
    func wire(requests: Double, dates: Double, _ latency: Latency) -> String {
        pick(
            "сұраулар \(aSecond(requests)), күндер \(aSecond(dates)), ",
            "запросов \(aSecond(requests)), дат \(aSecond(dates)), ",
            "\(Int(requests)) requests/s, \(Int(dates)) dates/s, ") + told(latency)
    }

    // MARK: Decrees and journals

    var openApplications: String {
        pick("аяқталмаған өтініштер", "незавершённые заявления", "open applications")
    }
    func inOffices(_ applications: Int, _ offices: Int) -> String {
        pick(
            "\(applications), кеңселер \(offices)", "\(applications), отделений \(offices)",
            "\(applications) in \(offices) offices")
    }
    var movedClocks: String {
        pick("жылжыған мерзімдер", "сдвинувшиеся сроки", "clocks that moved")
    }
    var dryRun: String { pick("тек есептеу", "только расчёт", "dry run") }
    var adoption: String {
        pick("қабылдау, дискіге дейін", "введение, до диска", "adoption, on disk")
    }
    var startAfter: String {
        pick("содан кейінгі іске қосу", "запуск после него", "start after it")
    }
    var memory: String { pick("барлығының жады", "память всего этого", "memory of it all") }
    func milliseconds(_ count: String) -> String {
        pick("\(count) мс", "\(count) мс", "\(count) ms")
    }
    func megabytes(_ count: Int) -> String { pick("\(count) МБ", "\(count) МБ", "\(count) MB") }

    func pastEntries(_ count: Int) -> String {
        pick(
            "өткен күндердің жазбалары: \(count)", "записей прошедших дней: \(count)",
            "\(count) entries of past days")
    }

    // MARK: Calendars

    func operation(_ nanoseconds: String) -> String {
        pick(
            "бір амалға \(nanoseconds) нс", "\(nanoseconds) нс на действие",
            "\(nanoseconds) ns an operation")
    }

    // MARK: Visits

    /// The head of a table of times.
    var timesHead: [String] {
        [
            pick("не өлшенді", "что измерено", "what"), pick("рет", "раз", "times"), "p50", "p99",
            pick("ең көбі", "наибольшее", "most"), "",
        ]
    }
    var milli: String { pick("мс", "мс", "ms") }
    var micro: String { pick("мкс", "мкс", "µs") }

    func week(visits: Int, shifts: Int, callers: Int, windows: Int) -> String {
        let (all, used) = (language.count(visits, .visit), language.count(shifts, .shift))
        return pick(
            "\(all), \(used); сұраушылар \(callers), терезелер \(windows)",
            "\(all), \(used); спрашивают \(callers), окон \(windows)",
            "\(all), \(used); \(callers) callers ask for \(windows) windows")
    }
    func differentWays(_ count: Int) -> String {
        pick(
            "файлда есептегеннен басқаша берілген жолдар: \(count)",
            "пути, которые в файле иные, чем оценено: \(count)",
            "ways that the file gives otherwise than estimated: \(count)")
    }
    var problem: String { pick("есеп құру", "составление задачи", "problem") }
    var problemWithOneMore: String {
        pick("тағы бір шақыруы бар есеп", "задача ещё с одним визитом", "problem with a visit more")
    }
    var board: String { pick("жоспарды дайындау", "подготовка плана", "board") }
    var waysFromACaller: String {
        pick("сұраушыдан шығатын жолдар", "пути от звонящего", "ways from a caller")
    }
    var directOffers: String { pick("тікелей ұсыныстар", "прямые предложения", "direct offers") }
    var fullOffers: String { pick("толық ұсыныстар", "полные предложения", "full offers") }
    var windowWithRoom: String {
        pick("  орны бар терезе", "  окно, где нашлось место", "  a window with room")
    }
    var windowWithout: String {
        pick("  орны жоқ терезе", "  окно, где места нет", "  a window without")
    }
    func offers(_ offers: String, _ count: Int, of windows: Int) -> String {
        pick(
            "\(offers): \(windows) ішінен \(count)", "\(offers): \(count) из \(windows)",
            "\(offers): \(count) of \(windows)")
    }
    func unkept(_ count: Int, _ incident: String) -> String {
        pick(
            "\(incident): орындалмайтын шақырулар \(count)",
            "\(incident): визитов, которые не выполнить, \(count)",
            "\(incident): \(count) visits that cannot be kept")
    }
    var windows: String { pick("терезелерді сұрау", "вопрос об окнах", "windows asked for") }
    var offer: String { pick("ұсыныс, дискіге дейін", "предложение, до диска", "offer, on disk") }
    var promise: String { pick("уәде, дискіге дейін", "обещание, до диска", "promise, on disk") }
}
