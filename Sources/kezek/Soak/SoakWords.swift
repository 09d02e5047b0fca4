// SPDX-License-Identifier: Apache-2.0

import KezekSimulator
import Texts

/// What a long trial has found, in the words of whoever had it run.
struct SoakWords: Wording {
    let language: Language

    /// Those of the command that runs.
    static var here: SoakWords { SoakWords(language: Manner.current.language) }

    // MARK: Simulations

    func seeds(_ count: Int, _ sum: QueueSimulation.Summary) -> String {
        held(count)
            + commands(
                sum.commands, acknowledged: sum.acknowledged, refused: sum.refused,
                repeated: sum.repeated, crashes: sum.crashes, lost: sum.lostCommits)
            + ", " + entries(sum.entries)
    }

    func applications(_ count: Int, _ sum: ApplicationSummary) -> String {
        let (decrees, clocks, bookings) = (sum.decrees, sum.movedClocks, sum.movedBookings)
        return held(count)
            + commands(
                sum.commands, acknowledged: sum.acknowledged, refused: sum.refused,
                repeated: sum.repeated, crashes: sum.crashes, lost: sum.lostCommits)
            + pick(
                ", қаулылар \(decrees), олар жылжытқан мерзімдер \(clocks), броньдар \(bookings), ",
                ", постановлений \(decrees), они сдвинули сроков \(clocks), броней \(bookings), ",
                ", \(decrees) decrees that moved \(clocks) clocks and \(bookings) bookings, ")
            + entries(sum.entries)
    }

    private func held(_ seeds: Int) -> String {
        pick(
            "сынақтар \(seeds), бәрі дұрыс: ", "прогонов \(seeds), всё верно: ",
            "\(seeds) seeds held: ")
    }

    private func commands(
        _ commands: Int, acknowledged: Int, refused: Int, repeated: Int, crashes: Int, lost: Int
    ) -> String {
        pick(
            "командалар \(commands), расталғаны \(acknowledged), бас тартылғаны не жоғалғаны "
                + "\(refused), қайталанғаны \(repeated), құлаулар \(crashes), сәтсіз бекітулер \(lost)",
            "команд \(commands), подтверждено \(acknowledged), отказано или потеряно \(refused), "
                + "повторено \(repeated), падений \(crashes), неудачных фиксаций \(lost)",
            "\(commands) commands, \(acknowledged) acknowledged, \(refused) refused or lost, "
                + "\(repeated) repeated, \(crashes) crashes, \(lost) failed commits")
    }

    private func entries(_ count: Int) -> String {
        pick(
            "тексерілген жазбалар \(count)", "проверено записей \(count)",
            "\(count) entries checked")
    }

    /// How a seed that failed is tried again.
    func again(_ command: String) -> String {
        pick("Қайталау: \(command)", "Повторить: \(command)", "Again: \(command)")
    }

    // MARK: Servers

    func kills(
        _ times: Int, sent: Int, acknowledged: Int, checked: Int, people: Int, bytes: Int
    ) -> String {
        pick(
            "сервер \(times) рет өшірілді: жіберілген командалар \(sent), расталғаны \(acknowledged), "
                + "бірде-бірі жоғалған жоқ не қайталанған жоқ; \(entries(checked)); \(people) адам туралы "
                + "терілгеннің ештеңесі жазылған \(bytes) байтта жоқ",
            "сервер остановлен \(language.count(times, .time)): отправлено команд \(sent), подтверждено "
                + "\(acknowledged), ни одна не потеряна и не выполнена дважды; \(entries(checked)); людей "
                + "\(people), и набранного о них нет в записанных байтах (\(bytes))",
            "\(times) kills: \(sent) commands sent, \(acknowledged) acknowledged, none lost, none "
                + "twice; \(entries(checked)); \(people) people and what was typed about them in none "
                + "of \(bytes) bytes written")
    }

    func connections(
        _ count: Int, seconds: Int, responses: Int, bookings: Int, cutOff: Int,
        mebibytes: (middle: Int, last: Int)
    ) -> String {
        let (middle, last) = mebibytes
        return pick(
            "\(seconds) с бойы қосылымдар \(count): жауаптар \(responses), броньдар \(bookings), бәрі бар; "
                + "себебімен ажыратылғаны \(cutOff); жад екінші үштен бірде ең көбі \(middle) МиБ, "
                + "соңғысында \(last) МиБ",
            "соединений \(count) в течение \(seconds) с: ответов \(responses), броней \(bookings), все на "
                + "месте; отключено за дело \(cutOff); памяти не больше \(middle) МиБ во второй трети и "
                + "\(last) МиБ в последней",
            "\(count) connections for \(seconds) s: \(responses) responses, \(bookings) bookings, all "
                + "there; \(cutOff) cut off for cause; resident memory at most \(middle) MiB in the "
                + "second third, \(last) MiB in the last")
    }
}
