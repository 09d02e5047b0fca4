// SPDX-License-Identifier: Apache-2.0

import Queue
import Texts

extension StatisticsReport {
    /// What was counted by the codes of the office's lists, and by who sat at the windows; none where nobody told
    /// any.
    var listed: [String] {
        withoutBooking + endings + pauses + seats + waiting
    }

    private var withoutBooking: [String] {
        guard !statistics.withoutBooking.isEmpty else { return [] }
        var table = QueueTable(
            language.pick("жазылусыз|талон", "без записи|талонов", "without booking|tickets"),
            figures: [1])
        for row in statistics.withoutBooking {
            table.add([row.reason.description, "\(row.tickets)"])
        }
        return [""] + table.lines
    }

    private var endings: [String] {
        guard !statistics.endings.isEmpty else { return [] }
        var table = QueueTable(
            language.pick(
                "аяқталуы|коды|талон", "завершение|код|талонов", "ending|code|tickets"),
            figures: [2])
        for row in statistics.endings {
            table.add([language.word(row.outcome), row.code.description, "\(row.tickets)"])
        }
        return [""] + table.lines
    }

    private var pauses: [String] {
        guard !statistics.pauses.isEmpty else { return [] }
        var table = QueueTable(
            language.pick(
                "үзіліс себебі|үзіліс|мин", "причина перерыва|перерывов|мин",
                "reason of breaks|breaks|min"), figures: [1, 2])
        for row in statistics.pauses {
            table.add([row.code.description, "\(row.breaks)", "\(row.seconds / 60)"])
        }
        return [""] + table.lines
    }

    private var seats: [String] {
        guard !statistics.seats.isEmpty else { return [] }
        var table = QueueTable(
            language.pick(
                "терезеде|талон|ашық, мин", "за окном|талонов|открыто, мин",
                "at the window|tickets|open min"), figures: [1, 2])
        for row in statistics.seats {
            table.add([row.who.description, "\(row.tickets)", "\(row.openSeconds / 60)"])
        }
        return [""] + table.lines
    }

    private var waiting: [String] {
        guard !statistics.waiting.isEmpty else { return [] }
        var table = QueueTable(
            language.pick(
                "күту тізімі|тұрды|ұсынылды|алынды|бас тартылды|жауапсыз",
                "список ожидания|встали|предложено|принято|отклонено|без ответа",
                "waiting list|joined|offered|accepted|declined|unanswered"),
            figures: [1, 2, 3, 4, 5])
        for row in statistics.waiting {
            table.add([
                row.service.description, "\(row.joined)", "\(row.offered)", "\(row.accepted)",
                "\(row.declined)", "\(row.unanswered)",
            ])
        }
        return [""] + table.lines
    }

    /// What was planned, booked and served in each hour, in minutes of windows.
    var hourLines: [String] {
        var table = QueueTable(
            language.pick(
                "күні|сағат|жоспар, мин|жазылған, мин|қабылданған, мин",
                "дата|час|план, мин|записано, мин|принято, мин",
                "date|hour|planned min|booked min|served min"), figures: [1, 2, 3, 4])
        for row in statistics.hours {
            table.add([
                "\(row.date)", "\(row.hour)", "\(row.plannedSeconds / 60)",
                "\(row.bookedSeconds / 60)", "\(row.servedSeconds / 60)",
            ])
        }
        return table.lines
    }
}
