// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// Of calendars, standards and zones.
    static let calendars: [String: (kk: String, ru: String)] = [
        "expected other rest days or hours than those in force the day before, as known on {}": (
            "{} белгілісі бойынша, алдыңғы күннен өзгеше демалыс күндері немесе сағаттар керек",
            "нужны другие выходные дни или часы, чем накануне, как известно на {}"
        ),
        "expected a change from {} in force to take back, known before {}": (
            "қайтарып алынатын, күшіндегі өзгеріс керек: {} бастап, белгілі болғаны {} дейін",
            "нужно действующее изменение с {}, которое отменяется, известное раньше {}"
        ),
        "expected a day of a year in which 'versions' have the holiday observed": (
            "мереке «versions» бойынша тойланатын жылдың күні керек",
            "нужен день года, в котором по «versions» праздник отмечается"
        ),
        "expected none beside 'day'": ("«day» барда болмауы керек", "не нужно рядом с «day»"),
        "expected a day that works in some week, as known on {}": (
            "{} белгілісі бойынша, бір аптада болса да жұмыс күні керек",
            "нужен день, который хотя бы в одной неделе рабочий, как известно на {}"
        ),
        "expected a closed day in force to take back, known before {}": (
            "қайтарып алынатын, күшіндегі жабық күн керек, белгілі болғаны {} дейін",
            "нужен действующий закрытый день, который отменяется, известный раньше {}"
        ),
        "expected none beside 'before-holidays'": (
            "«before-holidays» барда болмауы керек", "не нужно рядом с «before-holidays»"
        ),
        "expected a 'known' day of its own; {} speaks of the same days": (
            "өз «known» күні болуы керек; {} дәл сол күндер туралы",
            "нужен свой день «known»; {} о тех же днях"
        ),
        "another act lists the rule {} already": (
            "{} қағидасы басқа актіде де тізілген", "правило {} уже указано в другом акте"
        ),
        "nothing in this file cites the rule {}; take it out": (
            "бұл файлда {} қағидасына ешкім сілтеме жасамайды; алып тастаңыз",
            "в этом файле никто не ссылается на правило {}; уберите его"
        ),
        "no act lists the rule {}; add its place to the rules of one": (
            "{} қағидасы ешбір актіде тізілмеген; орнын бір актінің rules тізіміне қосыңыз",
            "правила {} нет ни в одном акте; добавьте его место в rules одного из них"
        ),
        "expected a rule as R3.4": ("R3.4 түріндегі қағида күтілді", "ожидается правило вида R3.4"),
        "expected none: only an annex has rows": (
            "болмауы керек: тармақтар тек қосымшада бар",
            "не нужно: строки есть только у приложения"
        ),
        "expected none: an item stands in a row": (
            "болмауы керек: тармақша тармақ ішінде тұрады", "не нужно: пункт стоит в строке"
        ),
        "expected an id of its own; {} has '{}' too": (
            "өз id-і болуы керек; {} ішінде де «{}» бар", "нужен свой id; в {} тоже «{}»"
        ),
        "expected a day that no other transfer moves at the same time; {} moves {} from {} on. To end that one, repeat its two days with 'status: taken-back'":
            (
                "басқа ауыстыру қозғамайтын күн күтілді; {} мына күнді ауыстырады: {}, {} бастап. Соны тоқтату үшін екі күнін «status: taken-back» деп қайталаңыз",
                "нужен день, который другой перенос в то же время не двигает; {} двигает {} начиная с {}. Чтобы завершить тот перенос, повторите оба его дня со «status: taken-back»"
            ),
        "expected a 'known' day of its own; {} is of the same two days and known from {} on too": (
            "өз «known» күні болуы керек; {} дәл сол екі күн туралы және {} бастап белгілі",
            "нужен свой день «known»; {} о тех же двух днях и тоже известен с {}"
        ),
        "expected a transfer in force to take back, with 'working' {} and 'rest' {}, known before {}":
            (
                "қайтарып алынатын, күшіндегі ауыстыру керек: «working» {}, «rest» {}, белгілі болғаны {} дейін",
                "нужен действующий перенос, который отменяется: «working» {} и «rest» {}, известный раньше {}"
            ),
        "expected a day of its own; {}, '{}', lies on it in {} too, as known on {}": (
            "өз күні болуы керек; {} («{}») те сол күнге түседі: {} жылы, белгілі болғаны {}",
            "нужен свой день; {}, «{}», приходится на него же в {} году, как известно на {}"
        ),
        "{} works already in {}": (
            "{} онсыз да жұмыс күні, апта: {}", "{} и так рабочий день, неделя: {}"
        ),
        "{} rests already in {}": (
            "{} онсыз да демалыс күні, апта: {}", "{} и так выходной, неделя: {}"
        ),
        "{} and that {}": ("{}; сондай-ақ {}", "{}; а также {}"),
        "expected, in some week, a 'working' day that rests and a 'rest' day that works, as known on {}; found that {}":
            (
                "бір аптада болса да «working» күні демалыс, «rest» күні жұмыс болуы керек ({} белгілісі бойынша); ал {}",
                "хотя бы в одной неделе день «working» должен быть выходным, а «rest» рабочим, как известно на {}; но {}"
            ),
        "expected 'occurrence' at every date of this holiday or at none": (
            "«occurrence» осы мерекенің не барлық күнінде, не ешбірінде болмауы керек",
            "«occurrence» нужно у каждой даты этого праздника или ни у одной"
        ),
        "expected a date for {}; 'years' promises that year": (
            "{} жылының күні керек; «years» ол жылды уәде етеді",
            "нужна дата на {} год; «years» обещает этот год"
        ),
        "expected another 'occurrence' than that of {}, {} days before": (
            "басқа «occurrence» керек: мынанікі емес — {}, {} күн бұрын",
            "нужно другое «occurrence», не то, что у {}, за {} дней до этого"
        ),
        "expected 'occurrence' at every date of this holiday, a number such as the lunar year: these dates from {} to {} lie too close together to tell which of them are of one occurrence":
            (
                "осы мерекенің әр күнінде «occurrence» керек, мысалы ай жылының нөмірі: {} – {} аралығындағы күндер тым жақын, қайсысы бір мерекенікі екенін айыру мүмкін емес",
                "нужно «occurrence» у каждой даты этого праздника, например номер лунного года: даты от {} до {} слишком близки, чтобы понять, какие из них об одном"
            ),
        "expected a date known before, which this takes back": (
            "бұрын белгілі болған, енді қайтарып алынатын күн керек",
            "нужна известная раньше дата, которую это отменяет"
        ),
        "expected a 'known' day of its own: two dates of one occurrence, {} and {}, known from {} on contradict":
            (
                "өз «known» күні керек: бір мерекенің екі күні — {} және {} — {} бастап бір-біріне қайшы",
                "нужен свой день «known»: две даты одного праздника, {} и {}, известные с {}, противоречат друг другу"
            ),
        "expected a date in force; this one is taken back already": (
            "күшіндегі күн керек; бұл қайтарып алынған", "нужна действующая дата; эта уже отменена"
        ),
        "expected {}, the date in force until then, which this takes back": (
            "{} күтілді — осыған дейін күшінде болған, енді қайтарып алынатын күн",
            "ожидается {}: дата, которая действовала до того и отменяется"
        ),
        "expected a day after those of the occurrence {}, which go to {}": (
            "мына мерекеден кейінгі күн керек: {}, оның соңғы күні — {}",
            "нужен день после дней праздника {}, последний из которых {}"
        ),
        "expected a date about {} too; the others lie lunar years apart, and 'years' promises {}": (
            "шамамен {} күні де керек; қалғандарының арасы ай жылындай, ал «years» мынаны уәде етеді: {}",
            "нужна ещё дата около {}; остальные отстоят на лунный год, а «years» обещает {}"
        ),
        "expected years as 2016-2027, at most 150": (
            "2016-2027 түріндегі жылдар күтілді, ең көбі 150",
            "ожидаются годы вида 2016-2027, не более 150"
        ),
        "years as 2016-2027 or 2022-": (
            "2016-2027 немесе 2022- түріндегі жылдар", "годы вида 2016-2027 или 2022-"
        ),
        "expected {}, the first not after the last": (
            "{} күтілді, біріншісі соңғысынан кейін болмасын",
            "ожидается {}, первый не позже последнего"
        ),
        "weeks: expected at least one week": (
            "weeks: кемінде бір апта керек", "weeks: нужна хотя бы одна неделя"
        ),
        "expected fewer years, weeks, or different 'known' days: their product is {}, and at most {}":
            (
                "жыл, апта немесе әртүрлі «known» күндері азырақ болуы керек: көбейтіндісі {}, шегі {}",
                "нужно меньше лет, недель или разных дней «known»: их произведение {}, а предел {}"
            ),
        "expected each weekday once": (
            "апта күні бір реттен болуы керек", "каждый день недели нужен один раз"
        ),
        "expected at least one weekday that works": (
            "кемінде бір апта күні жұмыс күні болуы керек",
            "хотя бы один день недели должен быть рабочим"
        ),
        "expected the weekdays that work, monday to sunday": (
            "жұмыс істейтін апта күндері керек, monday – sunday",
            "нужны рабочие дни недели, от monday до sunday"
        ),
        "expected the hours of every weekday that is not a rest day": (
            "демалыс емес әр апта күнінің сағаты керек",
            "нужны часы каждого дня недели, который не выходной"
        ),
        "expected a weekday, monday to sunday": (
            "апта күні күтілді, monday – sunday", "ожидается день недели, от monday до sunday"
        ),
        "expected a weekday, monday to sunday, found '{}'": (
            "апта күні күтілді, monday – sunday, ал «{}» тұр",
            "ожидается день недели, от monday до sunday, а стоит «{}»"
        ),
        "expected a day of the year as MM-DD": (
            "АА-КК түріндегі жыл күні күтілді", "ожидается день года вида ММ-ДД"
        ),
        "expected a day of its own: two versions known from {} on contradict": (
            "өз күні керек: {} бастап белгілі екі нұсқа бір-біріне қайшы",
            "нужен свой день: две версии, известные с {}, противоречат друг другу"
        ),
        "expected another day than 'working', with which it changes places": (
            "«working» күнінен басқа күн керек, онымен орын ауыстырады",
            "нужен другой день, чем «working», с которым он меняется местами"
        ),
        "expected a day of {}-{}": ("{}-{} жылдарының күні күтілді", "ожидается день из лет {}-{}"),
        "expected the key of an act in 'acts'": (
            "«acts» ішіндегі актінің кілті күтілді", "ожидается ключ акта из «acts»"
        ),
        "has no folders Calendars and Standards; name the one that has them with --data or KEZEK_DATA":
            (
                "ішінде Calendars және Standards қалталары жоқ; олар бар қалтаны --data не KEZEK_DATA арқылы көрсетіңіз",
                "нет папок Calendars и Standards; укажите ту, где они есть, в --data или KEZEK_DATA"
            ),
        "has no calendar file (*.yaml)": (
            "күнтізбе файлы (*.yaml) жоқ", "нет файла календаря (*.yaml)"
        ),
        "expected a zone of zones.yaml, found '{}'": (
            "zones.yaml ішіндегі белдеу күтілді, ал «{}» тұр",
            "ожидается пояс из zones.yaml, а стоит «{}»"
        ),
        "expected a name of its own; {} has '{}' too": (
            "өз аты болуы керек; {} файлында да «{}»", "нужно своё имя; в {} тоже «{}»"
        ),
        "the standard {} needs at {} {}": (
            "{} стандартына мына жерде керек: {} — {}", "стандарту {} нужно в {} {}"
        ),
        "expected the transitions in rising order of 'at'": (
            "ауысулар «at» бойынша өсу ретімен тұруы керек",
            "переходы должны идти по возрастанию «at»"
        ),
        "expected an offset as \"+05:00\"": (
            "«+05:00» түріндегі ығысу күтілді", "ожидается смещение вида «+05:00»"
        ),
        "expected a name of its own, now and formerly: '{}'": (
            "қазір де, бұрын да өз аты болуы керек: «{}»", "нужно своё имя, сейчас и прежде: «{}»"
        ),
        "expected either 'only' or 'except', not both": (
            "не «only», не «except» керек, екеуі бірге емес",
            "нужно либо «only», либо «except», не оба"
        ),
        "expected a name that no channel has": (
            "ешбір арнада жоқ ат керек", "нужно имя, которого нет ни у одного канала"
        ),
        "expected none: a term in minutes or hours starts at its moment": (
            "болмауы керек: минутпен немесе сағатпен саналатын мерзім өз сәтінен басталады",
            "не нужно: срок в минутах или часах начинается со своего момента"
        ),
        "expected none: minutes and hours run by the office's own week": (
            "болмауы керек: минуттар мен сағаттар кеңсенің өз аптасымен жүреді",
            "не нужно: минуты и часы идут по неделе самого отделения"
        ),
        "expected none: only a term that runs over rest days can end on one": (
            "болмауы керек: тек демалыс күндері де жүретін мерзім ондай күні аяқтала алады",
            "не нужно: в нерабочий день может кончиться только срок, который идёт и по выходным"
        ),
        "expected one of counted, not-counted, found '{}'": (
            "counted, not-counted керек еді, ал «{}» тұр",
            "ожидается counted или not-counted, а стоит «{}»"
        ),
        "expected one of next-opening, moment, found '{}'": (
            "next-opening, moment керек еді, ал «{}» тұр",
            "ожидается next-opening или moment, а стоит «{}»"
        ),
        "expected a share higher than the one before it": (
            "алдыңғысынан үлкен үлес керек", "нужна доля больше предыдущей"
        ),
        "expected two stages or more": (
            "кемінде екі кезең керек", "нужно не меньше двух этапов"
        ),
        "expected two terms or more": (
            "кемінде екі мерзім керек", "нужно не меньше двух сроков"
        ),
        "expected either 'longer-of' or 'shorter-of', not both": (
            "не «longer-of», не «shorter-of» керек, екеуі бірге емес",
            "нужно либо «longer-of», либо «shorter-of», не оба"
        ),
        "expected one of none, forward, back, found '{}'": (
            "none, forward, back керек еді, ал «{}» тұр",
            "ожидается none, forward или back, а стоит «{}»"
        ),
        "expected a policy of this file: {}": (
            "осы файлдағы саясат керек: {}", "ожидается политика этого файла: {}"
        ),
    ]
}
