// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Queue
import Texts

extension QueueRefusal {
    /// The words for what cannot be on a waiting list.
    var waitingWording: (Refusal.Reason, LocalizedText, String?) {
        switch self {
        case .noWaitingList:
            told(
                .noWaitingList, at: "office",
                kk: "Бұл кеңседе күту тізімі жоқ; бос уақыттарды анда-санда қарап тұрыңыз.",
                ru: "В этом отделении нет списка ожидания; время от времени смотрите, что "
                    + "свободно.",
                en: "The office keeps no waiting list; look for free slots from time to time.")
        case .waitingListFull(let most, isPerson: true):
            told(
                .waitingListFull, at: "applicant",
                kk: "Бір адам ең көбі \(most) тізімде күте алады; біреуінен шығыңыз.",
                ru: "Один человек может ждать не более чем в \(most) списках; выйдите из одного.",
                en: "One person waits on \(most) lists at most; leave one of them.")
        case .waitingListFull(let most, isPerson: false):
            told(
                .waitingListFull, at: "day",
                kk: "Бұл күннің тізімінде ең көбі \(most) адам күтеді; басқа күнді таңдаңыз.",
                ru: "В списке на этот день ждут уже \(most), больше нельзя; выберите другой день.",
                en: "As many wait for that day as may (\(most)); choose another day.")
        case .alreadyWaiting(let number):
            told(
                .alreadyWaiting, at: "applicant",
                kk: "Өтініш беруші бұл күнге күтіп тұр (№ w\(number)); басқа уақыт керек болса, "
                    + "алдымен тізімнен шығыңыз.",
                ru: "Заявитель уже ждёт место на этот день (№ w\(number)); чтобы указать другое "
                    + "время, сначала выйдите из списка.",
                en: "The applicant waits for that day already (no. w\(number)); to want other "
                    + "times, leave the list first.")
        case .waitingForOneService:
            told(
                .tooManyServices, at: "booking",
                kk: "Күту тізімі бір адамға, бір қызметке арналған; бірнеше қызметке алынған бронь "
                    + "үшін бос уақыттарды қараңыз.",
                ru: "Список ожидания — для одной услуги одному человеку; для брони на несколько "
                    + "услуг смотрите свободное время.",
                en: "A waiting list is for one service and one person; for a booking of several "
                    + "look for free slots.")
        case .unknownWaiting(let number):
            told(
                .unknownWaiting, at: "waiting",
                kk: "Бұл күннің күту тізімінде № w\(number) жоқ.",
                ru: "В списке ожидания на этот день нет № w\(number).",
                en: "Nobody has no. w\(number) on the waiting list of that date.")
        case .noOffer(let number):
            told(
                .noOffer, at: "waiting",
                kk: "№ w\(number) үшін қазір орын ұсталып тұрған жоқ немесе ол тізімде жоқ.",
                ru: "Для № w\(number) сейчас не удерживается место, или его уже нет в списке.",
                en: "No place is kept for no. w\(number) now, or it is on the list no more.")
        case .notEarlier(let number):
            told(
                .notEarlier, at: "start_second",
                kk: "Қалаған уақыт № \(number) броньнан ерте емес; ертерек уақытты таңдаңыз.",
                ru: "Желаемое время не раньше брони № \(number); выберите более раннее.",
                en: "Nothing that is wanted is earlier than booking \(number); want an earlier "
                    + "time.")
        default: unknownWording
        }
    }
}
