// SPDX-License-Identifier: Apache-2.0

import Deadlines
import ServiceStandards
import Texts

/// The headings and labels of a standard's sheet.
struct StandardWords: Wording {
    let language: Language

    var act: String { pick("Құқықтық акт", "Правовой акт", "Act") }
    var provider: String { pick("Көрсетілетін қызметті беруші", "Услугодатель", "Provider") }
    var calendar: String {
        pick("Күнтізбе және уақыт белдеуі", "Календарь и часовой пояс", "Calendar and time zone")
    }
    var ways: String {
        pick(
            "Қайда өтініш берілетіні және мерзімі", "Куда обращаться и в какой срок",
            "Where to apply, and how long it takes")
    }
    var otherTerms: String { pick("Басқа мерзімдер", "Другие сроки", "Other terms") }
    var offices: String {
        pick("Қабылдау орындары және уақыты", "Места и часы приёма", "Offices and their hours")
    }
    var keeping: String {
        pick("Дайын нәтижені сақтау", "Хранение готового результата", "How a result is kept")
    }
    var applicants: String {
        pick("Өтініш берушілер топтары", "Группы заявителей", "Groups of applicants")
    }
    var documents: String { pick("Құжаттар", "Документы", "Documents") }
    var homeVisit: String {
        pick("Үйге барып қабылдау", "Приём с выездом на дом", "Visits at home")
    }
    var provisions: String { pick("Өзге ережелер", "Прочие правила", "Other rules") }
    var policies: String {
        pick(
            "Ешбір ережеде шешілмеген мәселелер бойынша таңдау",
            "Выбор там, где правила молчат", "Choices that no rule settles")
    }

    var term: String { pick("Мерзімі", "Срок", "Term") }
    /// One of several terms of which one decides.
    func term(_ choice: StagedClock.Choice) -> String {
        switch choice {
        case .only: term
        case .longer:
            pick("Мерзімі (ұзағы)", "Срок (больший из них)", "Term (the longer of them)")
        case .shorter:
            pick("Мерзімі (қысқасы)", "Срок (меньший из них)", "Term (the shorter of them)")
        }
    }

    func stage(_ number: Int) -> String {
        pick("\(number)-кезең", "Этап \(number)", "Stage \(number)")
    }

    var warnings: String {
        pick(
            "Мерзімнің қай үлесінде ескертіледі", "При какой доле срока предупреждают",
            "Warned at these shares of the term")
    }

    var intake: String { pick("Қабылдау", "Приём", "Taken") }

    func intake(_ intake: Channel.Intake) -> String {
        switch intake {
        case .receptionHours:
            pick("қабылдау уақытында", "в часы приёма", "in the hours of reception")
        case .nextOpening:
            pick(
                "тәулік бойы; жұмыс уақытынан тыс келгені келесі ашылудан есептеледі",
                "круглосуточно; поданное вне рабочего времени считается со следующего открытия",
                "around the clock; what comes outside the working hours counts from the next opening"
            )
        case .moment:
            pick(
                "тәулік бойы; мерзім сол сәттен басталады",
                "круглосуточно; срок идёт с этого момента",
                "around the clock; the term runs from that moment")
        }
    }

    var event: String { pick("Неден бастап", "С какого события", "Runs from") }
    var week: String { pick("Жұмыс аптасы", "Рабочая неделя", "Week") }
    var firstDay: String { pick("Бірінші күн", "Первый день", "First day") }
    var roll: String {
        pick(
            "Жұмыс істемейтін күні аяқталса", "Если конец — нерабочий день",
            "If it ends on a day off")
    }
    var office: String { pick("Орны", "Место", "Office") }
    var byPolicy: String { pick("Таңдау бойынша", "По выбору", "By the choice of") }
    var rest: String { pick("демалыс күндері", "выходные дни", "days off") }
    var work: String { pick("Жұмыс уақыты", "Часы работы", "Hours of work") }
    var reception: String { pick("Қабылдау уақыты", "Часы приёма", "Hours of reception") }
    var pause: String { pick("Үзіліс", "Перерыв", "Break") }
    var queue: String { pick("Кезек", "Очередь", "Queue") }
    var booking: String { pick("Алдын ала жазылу", "Предварительная запись", "Booking") }
    var possible: String { pick("бар", "есть", "possible") }
    var longestWait: String { pick("Ең ұзақ күту", "Предельное ожидание", "Longest wait") }
    var longestService: String {
        pick("Ең ұзақ қызмет көрсету", "Предельное обслуживание", "Longest service")
    }
    var storage: String { pick("Сақтау", "Хранение", "Kept for") }
    var storageFrom: String { pick("Неден бастап", "С какого дня", "From") }
    var redelivery: String { pick("Одан кейін", "После этого", "After that") }
    var shown: String { pick("Түрі", "Вид", "Shown as") }
    var givenBack: String { pick("қайтарылады", "возвращается", "given back") }
    var kept: String { pick("қайтарылмайды", "не возвращается", "kept") }
    var asked: String { pick("Қай жағдайда", "В каком случае", "When") }
    var groups: String { pick("Кімдерден", "От кого", "Of whom") }
    var phones: String { pick("Телефондар", "Телефоны", "Telephones") }
    var options: String { pick("нұсқалары", "варианты", "options") }
    var meaning: String { pick("Мағынасы", "Значение", "Meaning") }

    func allBut(_ names: String) -> String {
        pick(
            "мыналардан басқа барлығынан: \(names)", "от всех, кроме: \(names)",
            "everybody but: \(names)")
    }

    func firstDay(_ firstDay: Term.FirstDay) -> String {
        switch firstDay {
        case .counted: pick("есепке алынады", "засчитывается", "counts")
        case .notCounted: pick("есепке алынбайды", "не засчитывается", "does not count")
        }
    }

    func roll(_ roll: Term.Roll) -> String {
        switch roll {
        case .none: pick("сол күні аяқталады", "срок кончается в этот день", "it ends there")
        case .forward:
            pick(
                "келесі жұмыс күніне ауысады", "переносится на следующий рабочий день",
                "it moves to the next working day")
        case .back:
            pick(
                "алдыңғы жұмыс күніне ауысады", "переносится на предыдущий рабочий день",
                "it moves to the working day before")
        }
    }

    func queue(_ policy: Office.QueueTerms.Policy) -> String {
        switch policy {
        case .walkInOnly:
            pick(
                "келу кезегімен, алдын ала жазылусыз", "в порядке очереди, без записи",
                "in order of arrival, without booking")
        case .electronicQueue:
            pick("электрондық кезек", "электронная очередь", "electronic queue")
        }
    }

    func storage(from start: Keeping.Start) -> String {
        switch start {
        case .ready:
            pick(
                "нәтиже дайын болған күннен", "со дня готовности результата",
                "the day on which the result is ready")
        case .dueOrReady:
            pick(
                "нәтиже дайын болған күннен, бірақ қызмет мерзімі аяқталғаннан ерте емес",
                "со дня готовности результата, но не раньше окончания срока услуги",
                "the day on which the result is ready, but not before the term of the service is over"
            )
        }
    }

    func form(_ form: Document.Form) -> String {
        switch form {
        case .original: pick("түпнұсқа", "подлинник", "original")
        case .originalAndCopy:
            pick("түпнұсқа және көшірме", "подлинник и копия", "original and copy")
        }
    }

    /// When a document is asked for; nil for one that always is.
    func condition(_ condition: Document.Condition) -> String? {
        switch condition {
        case .always: nil
        case .ifRetrained:
            pick(
                "қайта даярлау курстарынан өткен болса", "если пройдены курсы переподготовки",
                "if retraining courses were taken")
        case .ifCategoryHeld:
            pick(
                "біліктілік санаты бар болса", "если есть квалификационная категория",
                "if a qualification category is held")
        }
    }

    func refusals(_ stage: RefusalGround.Stage) -> String {
        switch stage {
        case .acceptance:
            pick(
                "Құжаттар қашан қабылданбайды", "Когда документы не принимают",
                "When papers are not accepted")
        case .decision:
            pick(
                "Қызметтен қашан бас тартылады", "Когда отказывают в услуге",
                "When the service is refused")
        }
    }

    /// What a provision is about; the name in the file for a topic of its own.
    func topic(_ name: String) -> String {
        switch name {
        case "form": pick("Нысаны", "Форма", "Form")
        case "result": pick("Нәтижесі", "Результат", "Result")
        case "handover": pick("Нәтижені беру", "Выдача", "Handing over")
        case "storage": pick("Сақтау", "Хранение", "Storage")
        case "return": pick("Қайтару", "Возврат", "Return")
        case "redelivery": pick("Қайта жіберу", "Повторная отправка", "Sending again")
        case "fee": pick("Ақысы", "Оплата", "Fee")
        case "originals": pick("Түпнұсқалар", "Подлинники", "Originals")
        case "consent": pick("Келісім", "Согласие", "Consent")
        case "addresses": pick("Мекенжайлар", "Адреса", "Addresses")
        case "status": pick("Мәртебесі", "Статус", "Status")
        case "effect": pick("Қолданысқа енуі", "Введение в действие", "Taking effect")
        default: name
        }
    }
}
