// SPDX-License-Identifier: Apache-2.0

import Enquiries
import Texts

extension ProofFault {
    /// The refusal as it travels.
    ///
    /// What is not there and what is another's are told alike, so that nobody
    /// learns by trying.
    func refusal(in language: Language) -> Refusal {
        switch self {
        case .missing:
            Refusal(
                .permissionDenied, in: language,
                kk:
                    "Бронь, талон не үйге бару бойынша әрекет үшін сілтемесіндегі құпия (secret) "
                    + "немесе өтініш берушінің ЖСН-і керек; нөмірі жеткіліксіз.",
                ru:
                    "Чтобы действовать с бронью, талоном или выездом, нужен секрет из ссылки (secret) "
                    + "или ИИН заявителя; одного номера мало.",
                en:
                    "To act on a booking, ticket or home visit give the secret of its link, or the "
                    + "applicant's IIN; its number alone is not enough.", field: "proof")
        case .codeDoesNoMore:
            Refusal(
                .permissionDenied, in: language,
                kk: "Қысқа код тек броньның өз күнінде, кеңсеге келгенде тіркелуге жарайды; "
                    + "басқасы үшін сілтемені немесе ЖСН-ді беріңіз.",
                ru: "Короткий код годится только для отметки о приходе в день брони; для "
                    + "остального дайте ссылку или ИИН.",
                en: "A short code only checks in, on the booking's own day; for anything else "
                    + "give the link or the IIN.", field: "code")
        case .wrong:
            Refusal(
                .unknownBooking, in: language,
                kk: "Мұндай бронь жоқ немесе берілген құпия, код не ЖСН басқа броньдікі.",
                ru: "Такой брони нет, либо секрет, код или ИИН — от другой.",
                en: "There is no such booking, or the secret, code or IIN is another's.",
                field: "proof")
        case .wrongTicket:
            Refusal(
                .unknownTicket, in: language,
                kk: "Бүгін мұндай талон жоқ немесе берілген құпия не ЖСН басқа талондікі.",
                ru: "Такого талона сегодня нет, либо секрет или ИИН — от другого.",
                en: "There is no such ticket today, or the secret or IIN is another's.",
                field: "proof")
        case .wrongWaiting:
            Refusal(
                .unknownWaiting, in: language,
                kk: "Күту тізімінде мұндай нөмір жоқ немесе берілген құпия не ЖСН басқанікі.",
                ru: "В списке ожидания нет такого номера, либо секрет или ИИН — от другого.",
                en: "There is no such number on the waiting list, or the secret or IIN is "
                    + "another's.", field: "proof")
        case .wrongVisit:
            Refusal(
                .unknownVisit, in: language,
                kk: "Мұндай шақыру жоқ немесе берілген құпия не ЖСН басқа шақырудікі.",
                ru: "Такого вызова нет, либо секрет или ИИН — от другого.",
                en: "There is no such visit, or the secret or IIN is another's.", field: "proof")
        case .tooManyTries:
            Refusal(
                .tooManyTries, in: language,
                kk: "Бұл броньға тым көп қате код енгізілді; сілтемені көрсетіңіз немесе "
                    + "қызметкерге айтыңыз.",
                ru: "Для этой брони введено слишком много неверных кодов; покажите ссылку или "
                    + "обратитесь к сотруднику.",
                en: "Too many wrong codes were tried on this booking; show the link, or ask a "
                    + "clerk.", field: "code")
        }
    }
}
