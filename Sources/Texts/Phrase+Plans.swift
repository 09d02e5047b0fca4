// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// Of plans of visits, and of the roads between them.
    static let plans: [String: (kk: String, ru: String)] = [
        "visit {} on shift {}": ("{}-шақыру, {}-ауысым", "выезд {}, смена {}"),
        "the problem has no such shift": ("есепте мұндай ауысым жоқ", "такой смены в задаче нет"),
        "the problem has no such visit": ("есепте мұндай келу жоқ", "такого выезда в задаче нет"),
        "the shift has no lunch {}": (
            "ауысымда {} нөмірлі түскі үзіліс жоқ", "у смены нет обеда {}"
        ),
        "has two routes": ("екі бағыты бар", "два маршрута"),
        "is there twice": ("екі рет бар", "стоит дважды"),
        "lunch {} is taken twice": (
            "{} нөмірлі түскі үзіліс екі рет алынған", "обед {} взят дважды"
        ),
        "neither paid nor listed as unassigned": (
            "орындалмайды, тағайындалмағандар тізімінде де жоқ",
            "не выполняется и не числится неназначенным"
        ),
        "paid, and listed as unassigned": (
            "орындалады, сонда да тағайындалмағандар тізімінде тұр",
            "выполняется и при этом числится неназначенным"
        ),
        "must be paid and is not": (
            "орындалуы міндетті, бірақ орындалмайды", "обязателен, но не выполняется"
        ),
        "starts {} s before its window": (
            "уақыт терезесінен {} с бұрын басталады", "начинается за {} с до своего окна"
        ),
        "starts {} s behind its window": (
            "уақыт терезесінен {} с кейін басталады", "начинается на {} с позже своего окна"
        ),
        "starts {} s outside the promised window": (
            "уәде етілген уақыттан {} с тыс басталады", "начинается на {} с вне обещанного окна"
        ),
        "another crew was promised": ("басқа бригада уәде етілген", "обещана другая бригада"),
        "ends {} s after it is due": (
            "мерзімінен {} с кейін аяқталады", "кончается на {} с позже срока"
        ),
        "the crew lacks skill {}": ("бригадада {}-біліктілік жоқ", "у бригады нет навыка {}"),
        "this crew must not pay it": (
            "бұл бригада бармауы керек", "этой бригаде его поручать нельзя"
        ),
        "only other crews may pay it": (
            "тек басқа бригадалар бара алады", "его можно поручить только другим бригадам"
        ),
        "load {} is {} over the capacity": (
            "{}-жүк сыйымдылықтан {} артық", "груз {} больше вместимости на {}"
        ),
        "{} visits too many": ("шақырулар {} артық", "выездов больше допустимого на {}"),
        "sets out {} s before its hours": (
            "жұмыс уақытынан {} с бұрын шығады", "выезжает за {} с до своих часов"
        ),
        "at work {} s after its hours": (
            "жұмыс уақытынан {} с кейін де жұмыста", "работает на {} с дольше своих часов"
        ),
        "lunch {} is not taken": ("{} нөмірлі түскі үзіліс алынбаған", "обед {} не взят"),
        "lunch {} starts {} s outside its windows": (
            "{} нөмірлі түскі үзіліс уақыт терезелерінен {} с тыс басталады",
            "обед {} начинается на {} с вне своих окон"
        ),
        "the crew also works shift {} on that day": (
            "бригада сол күні {}-ауысымда да жұмыс істейді",
            "бригада в тот же день работает и в смене {}"
        ),
        "the crew is on shift {} for {} s of it": (
            "бригада сол уақытта {}-ауысымда: {} с", "бригада в это же время в смене {}: {} с"
        ),
        "stated {} s before the crew can be there": (
            "бригада жете алатын уақыттан {} с бұрын көрсетілген",
            "указано на {} с раньше, чем бригада может приехать"
        ),
        "the stated time on the way is off by {} s": (
            "көрсетілген жол уақыты {} с қате", "указанное время в пути неверно на {} с"
        ),
        "the stated time on the way is off by -{} s": (
            "көрсетілген жол уақыты −{} с қате", "указанное время в пути неверно на −{} с"
        ),
        "is fixed and was published on shift {}": (
            "бекітілген, {}-ауысымда жарияланған", "закреплён и был опубликован в смене {}"
        ),
        "{} visits more than the limit were moved": (
            "шектен {} шақыру артық ауыстырылған", "перенесено на {} больше, чем разрешено"
        ),
        "does not begin with what has begun": (
            "басталып кеткен нәрселерден басталмайды", "начинается не с того, что уже начато"
        ),
        "it cannot be reached: {}": ("оған жету мүмкін емес: {}", "до него не достучаться: {}"),
        "it took longer than {} s": ("ол {} с ішінде жауап бермеді", "он не ответил за {} с"),
        "its answer is longer than {} bytes": (
            "жауабы {} байттан ұзын", "его ответ длиннее {} байт"
        ),
        "it refused with status {}: {}": (
            "ол бас тартты, күйі {}: {}", "он отказал, статус {}: {}"
        ),
        "its answer is not understood: {}": ("жауабы түсініксіз: {}", "его ответ непонятен: {}"),
        "its name is not known": ("оның атауы белгісіз", "такое имя неизвестно"),
        "shift {} has no location, so it cannot be drawn": (
            "{}-ауысымның орны белгісіз, сондықтан оны салу мүмкін емес",
            "не сказано, где смена {}, поэтому её не нарисовать"
        ),
        "visit {} has no location, so it cannot be drawn": (
            "{}-шақырудың орны белгісіз, сондықтан оны салу мүмкін емес",
            "не сказано, где выезд {}, поэтому его не нарисовать"
        ),
        "visit {} is not in the problem": ("{}-шақыру есепте жоқ", "выезда {} нет в задаче"),
        "the route of shift {} is not in the problem": (
            "{}-ауысымның бағыты есепте жоқ", "маршрута смены {} нет в задаче"
        ),
        "note: {}": ("ескерту: {}", "примечание: {}"),
        "{}: not read: {}": ("{}: оқылмады: {}", "{}: не читается: {}"),
        "JSON is expected; only the plan of an instance is .sol": (
            "JSON күтілді; .sol тек мысалдың жоспарында болады",
            "ожидается JSON; .sol бывает только у плана примера"
        ),
        "it is no text": ("бұл мәтін емес", "это не текст"),
        "the file has its own travel times; --speed-kmh, --detour and --extra-minutes are for a file without":
            (
                "файлдың өз жол уақыттары бар; --speed-kmh, --detour және --extra-minutes олар жоқ файлға арналған",
                "в файле есть своё время в пути; --speed-kmh, --detour и --extra-minutes нужны, когда его нет"
            ),
        "the estimate is out of range": ("бағалау шектен тыс", "оценка вне допустимого"),
        "the places are sent to {} without encryption": (
            "орындар {} серверіне шифрсыз жіберіледі", "места передаются на {} без шифрования"
        ),
        "{} knows no way between {} pairs of places; these are estimated": (
            "{} мына жұптардың арасындағы жолды білмейді, саны {}; олар шамамен есептелді",
            "{} не знает пути между парами мест ({}); они оценены"
        ),
        "no travel times from {}: {}": (
            "{} серверінен жол уақыттары алынбады: {}", "время в пути от {} не получено: {}"
        ),
        "travel times are estimated: great circle × {} at {} km/h + {} min": (
            "жол уақыттары шамамен есептелді: түзу қашықтық × {}, {} км/сағ, + {} мин",
            "время в пути оценено: расстояние по прямой × {} при {} км/ч + {} мин"
        ),
        "{}: visits that have begun are left out: {}": (
            "{}: басталып кеткен шақырулар қалдырылды: {}",
            "{}: уже начатые выезды пропущены: {}"
        ),
        "{} cannot stand: {}": ("{} жарамсыз: {}", "{} не годится: {}"),
        "--output: only the plan of an instance is written as .sol": (
            "--output: .sol түрінде тек мысалдың жоспары жазылады",
            "--output: как .sol пишется только план примера"
        ),
        "--fair-seconds: the vehicles of an instance are no crews": (
            "--fair-seconds: мысалдың көліктері бригада емес",
            "--fair-seconds: машины примера — не бригады"
        ),
        "the plan has faults, {} of them; 'kezek visits check' names them": (
            "жоспарда қателер бар, саны {}; оларды «kezek visits check» атайды",
            "в плане ошибки, всего {}; их назовёт «kezek visits check»"
        ),
        "--vehicle {}: the plan has no route of it": (
            "--vehicle {}: жоспарда оның бағыты жоқ", "--vehicle {}: в плане нет её маршрута"
        ),
        "{}: the route of {} is of another problem, or its days are outside the years 1 to 9999": (
            "{}: бағыт ({}) басқа есептен немесе күндері 1–9999 жылдардан тыс",
            "{}: маршрут ({}) из другой задачи, или его дни вне лет с 1 по 9999"
        ),
        "left out, as nobody knows where they are: {}": (
            "қайда екені белгісіз болғандықтан қалдырылды: {}",
            "пропущены, так как неизвестно, где они: {}"
        ),
        "the clocks of {} never show that time": (
            "{} сағаттары бұл уақытты ешқашан көрсетпейді",
            "часы {} никогда не показывают такого времени"
        ),
        "times are in UTC, as '{}' is in no 'Calendars' here; name the folder with --data or KEZEK_DATA":
            (
                "уақыт UTC бойынша, себебі «{}» мұндағы «Calendars» ішінде жоқ; қалтаны --data не KEZEK_DATA арқылы көрсетіңіз",
                "время указано в UTC: «{}» нет ни в одной здешней «Calendars»; укажите папку в --data или KEZEK_DATA"
            ),
    ]
}
