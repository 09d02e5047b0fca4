// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// Of production calendars that others have published.
    static let productionCalendars: [String: (kk: String, ru: String)] = [
        "expected at most {} bytes": ("{} байттан аспауы керек", "байт не больше {}"),
        "expected the XML of xmlcalendar.ru, or a digit for each day as isdayoff.ru has it": (
            "xmlcalendar.ru сайтының XML-і немесе isdayoff.ru берген, әр күнге бір цифр күтілді",
            "ожидается XML с xmlcalendar.ru или по цифре на день, как у isdayoff.ru"
        ),
        "expected a digit for each day; {} is an error of isdayoff.ru": (
            "әр күнге бір цифр күтілді; {} — isdayoff.ru қатесі",
            "ожидается по цифре на день; {} — ошибка isdayoff.ru"
        ),
        "expected --year, as a row of digits does not tell its year": (
            "--year керек: цифрлар қатары жылын айтпайды",
            "нужен --year: ряд цифр не называет свой год"
        ),
        "expected the digits 0, 1, 2 and 4, one for each day": (
            "әр күнге бір-бірден 0, 1, 2 және 4 цифрлары күтілді",
            "ожидаются цифры 0, 1, 2 и 4, по одной на день"
        ),
        "expected {} digits for {}, found {}": (
            "{} цифр күтілді ({} жылы), табылғаны {}", "ожидается цифр: {} (год {}), найдено {}"
        ),
        "expected <calendar>": ("<calendar> күтілді", "ожидается <calendar>"),
        "expected the day {} once": ("{} күні бір рет болуы керек", "день {} должен быть один раз"),
        "expected days in <days>": ("<days> ішінде күндер күтілді", "ожидаются дни в <days>"),
        "expected a 'year' of <calendar>, or --year": (
            "<calendar> ішінде «year» немесе --year керек", "нужен «year» у <calendar> или --year"
        ),
        "expected a 'year' as 2026, found '{}'": (
            "2026 түріндегі «year» күтілді, табылғаны «{}»",
            "ожидается «year» вида 2026, найдено «{}»"
        ),
        "expected the year {}, found {}": (
            "{} жылы күтілді, табылғаны {}", "ожидается год {}, найден {}"
        ),
        "expected 'd', a day of {} as MM.DD, found '{}'": (
            "«d» — {} жылының АА.КК түріндегі күні күтілді, табылғаны «{}»",
            "ожидается «d», день {} года вида ММ.ДД, найдено «{}»"
        ),
        "expected 't' of the day {} to be 1, 2 or 3, found '{}'": (
            "{} күнінің «t» мәні 1, 2 немесе 3 болуы керек, табылғаны «{}»",
            "«t» дня {} должно быть 1, 2 или 3, найдено «{}»"
        ),
        "expected the calendar of {}, found {}": (
            "{} елінің күнтізбесі күтілді, табылғаны {}", "ожидается календарь {}, найден {}"
        ),
        "expected </{}>": ("</{}> күтілді", "ожидается </{}>"),
        "expected the end of a comment, -->": (
            "түсініктеменің соңы --> күтілді", "ожидается конец комментария -->"
        ),
        "expected the end of the declaration, ?>": (
            "жарияламаның соңы ?> күтілді", "ожидается конец объявления ?>"
        ),
        "expected elements; a document type, CDATA and instructions are refused": (
            "элементтер күтілді; құжат типі, CDATA және нұсқаулар қабылданбайды",
            "ожидаются элементы; тип документа, CDATA и инструкции не принимаются"
        ),
        "expected elements at most {} deep": (
            "элементтер тереңдігі {} деңгейден аспауы керек", "элементы вложены не глубже {}"
        ),
        "expected one outermost element": (
            "бір сыртқы элемент күтілді", "ожидается один внешний элемент"
        ),
        "expected > or an attribute": ("> немесе атрибут күтілді", "ожидается > или атрибут"),
        "expected = after the attribute '{}'": (
            "«{}» атрибутынан кейін = күтілді", "ожидается = после атрибута «{}»"
        ),
        "expected the attribute '{}' once": (
            "«{}» атрибуты бір рет болуы керек", "атрибут «{}» должен быть один раз"
        ),
        "expected a value in quotes": ("тырнақшадағы мән күтілді", "ожидается значение в кавычках"),
        "expected the end of a value in quotes": (
            "тырнақшадағы мәннің соңы күтілді", "ожидается конец значения в кавычках"
        ),
        "expected UTF-8": ("UTF-8 күтілді", "ожидается UTF-8"),
        "expected an entity as &amp;": (
            "&amp; түріндегі бірлік күтілді", "ожидается сущность вида &amp;"
        ),
        "expected an entity of XML itself, found '&{};'": (
            "XML-дің өз бірлігі күтілді, табылғаны «&{};»",
            "ожидается сущность самого XML, найдено «&{};»"
        ),
        "expected a name": ("атау күтілді", "ожидается имя"),
        "expected an element": ("элемент күтілді", "ожидается элемент"),
    ]
}
