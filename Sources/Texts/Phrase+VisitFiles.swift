// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// Of files of visits.
    static let visitFiles: [String: (kk: String, ru: String)] = [
        "line {}: {}": ("{}-жол: {}", "строка {}: {}"),
        "line {}: {}: {}": ("{}-жол: {}: {}", "строка {}: {}: {}"),
        "the file is too large": ("файл тым үлкен", "файл слишком велик"),
        "this is neither VROOM-shaped JSON nor an instance in Solomon's text or VRPLIB's": (
            "бұл VROOM түріндегі JSON да, Соломон не VRPLIB мәтініндегі мысал да емес",
            "это не JSON вида VROOM и не пример в тексте Соломона или VRPLIB"
        ),
        "this is not JSON": ("бұл JSON емес", "это не JSON"),
        "an object is expected": ("нысан күтілді", "ожидается объект"),
        "a list is expected": ("тізім күтілді", "ожидается список"),
        "a number is expected": ("сан күтілді", "ожидается число"),
        "a whole number below 2^50 is expected": (
            "2^50 мәнінен кіші бүтін сан күтілді", "ожидается целое число меньше 2^50"
        ),
        "a text is expected": ("мәтін күтілді", "ожидается текст"),
        "true or false is expected": ("true немесе false күтілді", "ожидается true или false"),
        "has {} places, that of {} {}": (
            "орын саны {}, ал «{}» профилінде {}", "мест {}, а у профиля «{}» их {}"
        ),
        "is missing: a vehicle has this profile, so its travel times are needed": (
            "жоқ: бір көлікте осы профиль бар, сондықтан оның жол уақыттары керек",
            "нет, а у одной из машин такой профиль: нужно её время в пути"
        ),
        "a list of rows is expected": ("жолдар тізімі күтілді", "ожидается список строк"),
        "more than {} places": ("орындар {} санынан көп", "больше {} мест"),
        "{} numbers are expected": ("{} сан күтілді", "ожидается чисел: {}"),
        "seconds are expected, or null where there is no way": (
            "секундтар күтілді, жол болмаса — null", "ожидаются секунды, а где пути нет — null"
        ),
        "places are named by {} above, not by rows": (
            "жоғарыда орындар жол нөмірімен емес, {} арқылы аталған",
            "выше места названы через {}, а не номерами строк"
        ),
        "the matrix has {} places, from 0": (
            "матрицада {} орын бар, 0-ден бастап", "в матрице мест: {}, считая с 0"
        ),
        "{} is missing: the place's row in the matrix": (
            "{} жоқ: бұл — орынның матрицадағы жолы", "нет {}: это строка места в матрице"
        ),
        "place {} lies elsewhere above": (
            "{} орны жоғарыда басқа жерде тұр", "место {} выше находится в другой точке"
        ),
        "a longitude of -180 to 180 and a latitude of -90 to 90 are expected, in this order": (
            "осы ретпен −180…180 бойлық пен −90…90 ендік күтілді",
            "ожидаются долгота от −180 до 180 и широта от −90 до 90, в этом порядке"
        ),
        "'places' and 'seconds' are expected alone": (
            "тек «places» пен «seconds» күтілді", "ожидаются только «places» и «seconds»"
        ),
        "the place is there already": ("бұл орын бар", "такое место уже есть"),
        "{} rows are expected, one for each place; found {}": (
            "{} жол күтілді, әр орынға бір-бірден; табылғаны — {}",
            "ожидается строк: {}, по одной на место; найдено {}"
        ),
        "{} numbers are expected, one for each place; found {}": (
            "{} сан күтілді, әр орынға бір-бірден; табылғаны — {}",
            "ожидается чисел: {}, по одному на место; найдено {}"
        ),
        "0 to 86400 seconds are expected, or null": (
            "0–86400 секунд немесе null күтілді", "ожидаются секунды от 0 до 86400 или null"
        ),
        "must not be negative": ("теріс болмауы керек", "не может быть отрицательным"),
        "there is no such job": ("мұндай тапсырма жоқ", "такого задания нет"),
        "this job is begun twice": (
            "бұл тапсырма екі рет басталған", "это задание начато дважды"
        ),
        "this job is described otherwise above": (
            "жоғарыда бұл тапсырма басқаша сипатталған", "выше это задание описано иначе"
        ),
        "the vehicle has no such break, or has begun it already": (
            "көлікте мұндай үзіліс жоқ немесе ол басталып кеткен",
            "у машины нет такого перерыва, или он уже начат"
        ),
        "begins before the step before it ends": (
            "алдыңғы қадам аяқталмай басталады", "начинается раньше конца предыдущего шага"
        ),
        "{} is not in the model": ("{} үлгіде жоқ", "{} нет в модели"),
        "the route of {} is of another problem": (
            "{} бағыты басқа есептен", "маршрут ({}) — из другой задачи"
        ),
        "shift {}": ("{}-ауысым", "смена {}"),
        "visit {}": ("{}-шақыру", "выезд {}"),
        "place {}": ("{}-орын", "место {}"),
        "customer {}": ("{}-клиент", "клиент {}"),
        "the depot": ("депо", "депо"),
        "a line of 7 numbers is expected, not of {}": (
            "7 саннан тұратын жол күтілді, ал мұнда {} сан",
            "ожидается строка из 7 чисел, а не из {}"
        ),
        "the line with the vehicles and their capacity is missing": (
            "көліктер мен олардың сыйымдылығы жазылған жол жоқ",
            "нет строки с машинами и их вместимостью"
        ),
        "there is not even a depot": ("тіпті депо да жоқ", "нет даже депо"),
        "vehicles and capacity must not be negative": (
            "көліктер саны мен сыйымдылық теріс болмауы керек",
            "число машин и вместимость не могут быть отрицательными"
        ),
        "customer {} is expected here": ("мұнда {}-клиент күтілді", "здесь ожидается клиент {}"),
        "more than {} customers": ("клиенттер {} санынан көп", "больше {} клиентов"),
        "demand and service must not be negative": (
            "сұраныс пен қызмет уақыты теріс болмауы керек",
            "спрос и время обслуживания не могут быть отрицательными"
        ),
        "due before ready": ("аяқталуы басталуынан бұрын", "конец раньше начала"),
        "\"Route #1: 5 3 7\" is expected": (
            "«Route #1: 5 3 7» күтілді", "ожидается «Route #1: 5 3 7»"
        ),
        "\"{}\" is no customer of 1 to {}": (
            "«{}» — 1–{} аралығындағы клиент емес", "«{}» — не клиент от 1 до {}"
        ),
        "more routes than the {} vehicles": (
            "бағыттар көліктерден ({}) көп", "маршрутов больше, чем машин ({})"
        ),
        "there is no route; \"Route #1: 5 3 7\" is expected": (
            "бірде-бір бағыт жоқ; «Route #1: 5 3 7» күтілді",
            "нет ни одного маршрута; ожидается «Route #1: 5 3 7»"
        ),
        "\"{}\" is not a number that can be": (
            "«{}» — жарамды сан емес", "«{}» — не подходящее число"
        ),
        "numbers stand before any section": (
            "сандар кез келген бөлімнен бұрын тұр", "числа стоят до всех разделов"
        ),
        "\"{}\" is no section that is known; there are: {}": (
            "«{}» — белгісіз бөлім; бары: {}", "раздела «{}» нет; есть: {}"
        ),
        "{} is missing; it must stand before the sections": (
            "{} жоқ; ол бөлімдерден бұрын тұруы керек", "нет {}; это должно стоять перед разделами"
        ),
        "{} must be a number from {} to {}": (
            "{} мәні {} пен {} аралығындағы сан болуы керек", "{}: ожидается число от {} до {}"
        ),
        "only node 1 can be the depot": (
            "депо тек 1-түйін бола алады", "депо может быть только узел 1"
        ),
        "the window closes before it opens": (
            "уақыт терезесі ашылмай жатып жабылады",
            "окно времени закрывается раньше, чем открывается"
        ),
        "a line of {} numbers is expected, not of {}": (
            "{} саннан тұратын жол күтілді, ал мұнда {} сан",
            "ожидается строка из {} чисел, а не из {}"
        ),
        "nodes are numbered from 1 to {}": (
            "түйіндер 1-ден {} дейін нөмірленеді", "узлы нумеруются от 1 до {}"
        ),
        "node {} is there twice": ("{}-түйін екі рет бар", "узел {} стоит дважды"),
        "{} {}": ("{} {}", "{} {}"),
        "must be CVRP or VRPTW, not \"{}\"": (
            "CVRP немесе VRPTW болуы керек, «{}» емес", "должно быть CVRP или VRPTW, а не «{}»"
        ),
        "is not part of the model; take the line out to plan without it": (
            "үлгіде жоқ; онсыз жоспарлау үшін бұл жолды алып тастаңыз",
            "этого нет в модели; чтобы планировать без него, уберите строку"
        ),
        "EDGE_WEIGHT_SECTION is missing": ("EDGE_WEIGHT_SECTION жоқ", "нет EDGE_WEIGHT_SECTION"),
        "must be EUC_2D or EXPLICIT, not \"{}\"": (
            "EUC_2D немесе EXPLICIT болуы керек, «{}» емес",
            "должно быть EUC_2D или EXPLICIT, а не «{}»"
        ),
        "{} is missing": ("{} жоқ", "нет {}"),
        "{} lacks node {}": ("{}: {}-түйін жоқ", "{}: нет узла {}"),
        "{} has no location: give it as [longitude, latitude], or a matrix of travel times": (
            "{}: орналасқан жері белгісіз; оны [бойлық, ендік] түрінде не жол уақыттарының матрицасын беріңіз",
            "{}: не сказано, где это; укажите [долгота, широта] или матрицу времени в пути"
        ),
        "is missing, so travel times must be made": (
            "жоқ, сондықтан жол уақыттарын есептеу керек",
            "нет, поэтому время в пути надо рассчитать"
        ),
        "they have several profiles, but there is one table of ways": (
            "оларда бірнеше профиль бар, ал жолдар кестесі біреу",
            "у них несколько профилей, а таблица путей одна"
        ),
        "is longer than {} bytes": ("{} байттан ұзын", "длиннее {} байт"),
        "\"{}\" is no skill's number": ("«{}» — біліктілік нөмірі емес", "«{}» — не номер навыка"),
        "location or location_index is missing: where is the visit?": (
            "location не location_index жоқ: шақыру қайда?",
            "нет ни location, ни location_index: где этот выезд?"
        ),
        "two ends are expected": ("екі шегі күтілді", "ожидаются два края"),
        "ends before it starts": ("басталмай жатып аяқталады", "кончается раньше, чем начинается"),
        "is not part of the home-visit model": (
            "үйге бару үлгісінде жоқ", "этого нет в модели выездов на дом"
        ),
        "{} is no key; is {} meant?": (
            "{} деген кілт жоқ; {} емес пе?", "ключа {} нет; может быть, {}?"
        ),
        "only a job that was tried in vain has a place of its own here": (
            "мұнда тек нәтижесіз барған тапсырманың өз орны болады",
            "своё место здесь бывает только у задания, к которому съездили безрезультатно"
        ),
        "VROOM takes no time before second 0; count times from an earlier moment": (
            "VROOM 0-секундтан бұрынғы уақытты қабылдамайды; уақытты ертерек сәттен санаңыз",
            "VROOM не принимает времени раньше секунды 0; считайте время от более раннего момента"
        ),
        "is no key; is {} meant?": (
            "мұндай кілт жоқ; {} емес пе?", "такого ключа нет; может быть, {}?"
        ),
        "says again what delivery says": (
            "delivery айтқанды қайталайды", "повторяет то, что сказано в delivery"
        ),
        "EDGE_WEIGHT_FORMAT must stand above and be one of {}": (
            "EDGE_WEIGHT_FORMAT жоғарыда тұруы керек, мәні мыналардың бірі: {}",
            "EDGE_WEIGHT_FORMAT должно стоять выше и быть одним из: {}"
        ),
        "more than {} nodes with stated distances": (
            "қашықтықтары берілген түйіндер {} санынан көп",
            "больше {} узлов с указанными расстояниями"
        ),
        "EDGE_WEIGHT_SECTION has more than the {} numbers it needs": (
            "EDGE_WEIGHT_SECTION ішінде керегінен ({}) көп сан бар",
            "в EDGE_WEIGHT_SECTION больше чисел, чем нужно ({})"
        ),
        "a distance must not be negative": (
            "қашықтық теріс болмауы керек", "расстояние не может быть отрицательным"
        ),
        "EDGE_WEIGHT_SECTION has {} numbers, {} are expected": (
            "EDGE_WEIGHT_SECTION ішінде {} сан бар, {} күтілді",
            "в EDGE_WEIGHT_SECTION чисел: {}, ожидается {}"
        ),
        "{} closes before it opens": (
            "{}: уақыт терезесі ашылмай жатып жабылады",
            "{}: окно времени закрывается раньше, чем открывается"
        ),
        "weights of more than three decimals cannot be counted": (
            "үтірден кейін үштен көп цифры бар салмақтарды есептеу мүмкін емес",
            "веса с более чем тремя знаками после точки сосчитать нельзя"
        ),
        "distances and times are too large to be counted in tenths": (
            "қашықтықтар мен уақыттар ондық үлеспен санау үшін тым үлкен",
            "расстояния и времена слишком велики, чтобы считать их в десятых"
        ),
        "the distance from {} to {} is out of range": (
            "{}–{} қашықтығы шектен тыс", "расстояние от {} до {} вне допустимого"
        ),
        "{}: fractions of seconds are rounded up": (
            "{}: секунд үлестері жоғары дөңгелектелді", "{}: доли секунд округлены вверх"
        ),
        "{}: all ways take no time; is that meant?": (
            "{}: барлық жол уақыт алмайды; солай ма еді?",
            "{}: все пути не занимают времени; так и задумано?"
        ),
        "places lie in Kazakhstan if their latitude stands first; longitude first is read": (
            "ендігі бірінші тұрса, орындар Қазақстанда болады; алдымен бойлық оқылады",
            "места были бы в Казахстане, если бы первой стояла широта; первой читается долгота"
        ),
        "an IIN stands in {}; it would be shown on sheets and maps, leave it out": (
            "{} ішінде ЖСН тұр; ол парақтар мен карталарда көрінер еді, алып тастаңыз",
            "в {} стоит ИИН; он был бы виден на листах и картах, уберите его"
        ),
        "an IIN stands in {} and {} more; it would be shown on sheets and maps, leave it out": (
            "{} ішінде және тағы {} жерде ЖСН тұр; ол парақтар мен карталарда көрінер еді, алып тастаңыз",
            "ИИН стоит в {} и ещё в {} местах; он был бы виден на листах и картах, уберите его"
        ),
        "shift {} is there twice": ("{}-ауысым екі рет бар", "смена {} стоит дважды"),
        "visit {} is there twice": ("{}-шақыру екі рет бар", "выезд {} стоит дважды"),
        "more than {} shifts": ("ауысымдар {} санынан көп", "больше {} смен"),
        "more than {} visits": ("шақырулар {} санынан көп", "больше {} выездов"),
        "more than {} capacities of shift {}": (
            "сыйымдылықтар {} санынан көп: {}-ауысым", "больше {} вместимостей у смены {}"
        ),
        "more than {} lunches of shift {}": (
            "түскі үзілістер {} санынан көп: {}-ауысым", "больше {} обедов у смены {}"
        ),
        "more than {} pairs of a visit and a shift": (
            "шақыру мен ауысым жұптары {} санынан көп", "больше {} пар из выезда и смены"
        ),
        "more than {} demands of visit {}": (
            "сұраныстар {} санынан көп: {}-шақыру", "больше {} видов груза у выезда {}"
        ),
        "more than {} windows of visit {}": (
            "уақыт терезелері {} санынан көп: {}-шақыру", "больше {} окон времени у выезда {}"
        ),
        "more than {} windows of the lunch of shift {}": (
            "уақыт терезелері {} санынан көп: {}-ауысымның түскі үзілісі",
            "больше {} окон времени у обеда смены {}"
        ),
        "shift {} has two lunches of the number {}": (
            "{}-ауысымда {} нөмірлі екі түскі үзіліс бар", "у смены {} два обеда с номером {}"
        ),
        "shift {} is at place {}, which is not there": (
            "{}-ауысым {}-орында тұр, ал ондай орын жоқ", "смена {} — в месте {}, которого нет"
        ),
        "visit {} is at place {}, which is not there": (
            "{}-шақыру {}-орында, ал ондай орын жоқ", "выезд {} — в месте {}, которого нет"
        ),
        "visit {} names shift {}, which is not there": (
            "{}-шақыру {}-ауысымды атайды, ал ондай ауысым жоқ",
            "выезд {} называет смену {}, которой нет"
        ),
        "a matrix of {} places cannot have {} numbers": (
            "{} орынның матрицасында {} сан болуы мүмкін емес",
            "в матрице мест ({}) не может быть {} чисел"
        ),
        "the travel time from place {} to {} is {}, which is out of range": (
            "{}-орыннан {}-орынға жол уақыты {} — шектен тыс",
            "время в пути из места {} в {} равно {}: вне допустимого"
        ),
        "the shifts span {} seconds, more than can be counted": (
            "ауысымдар {} секундқа созылған, бұл санауға келмейді",
            "смены растянуты на {} секунд: столько не сосчитать"
        ),
        "the depot is open for {}, more than can be counted": (
            "депо {} уақыт ашық, бұл санауға келмейді",
            "депо открыто {}: столько не сосчитать"
        ),
        "the profile of shift {} is {}, which is out of range": (
            "{}-ауысымның профилі: {} — шектен тыс", "профиль смены {}: {} — вне допустимого"
        ),
        "the hours of shift {} is {}, which is out of range": (
            "{}-ауысымның сағаттары: {} — шектен тыс", "часы смены {}: {} — вне допустимого"
        ),
        "a capacity of shift {} is {}, which is out of range": (
            "{}-ауысымның сыйымдылығы: {} — шектен тыс",
            "вместимость смены {}: {} — вне допустимого"
        ),
        "the visits of shift {} is {}, which is out of range": (
            "{}-ауысымның шақырулары: {} — шектен тыс",
            "число выездов смены {}: {} — вне допустимого"
        ),
        "the lunch of shift {} is {}, which is out of range": (
            "{}-ауысымның түскі үзілісі: {} — шектен тыс", "обед смены {}: {} — вне допустимого"
        ),
        "the service of visit {} is {}, which is out of range": (
            "{}-шақырудың қызмет уақыты: {} — шектен тыс",
            "время обслуживания выезда {}: {} — вне допустимого"
        ),
        "the set-up of visit {} is {}, which is out of range": (
            "{}-шақырудың дайындығы: {} — шектен тыс", "подготовка выезда {}: {} — вне допустимого"
        ),
        "the promise of visit {} is {}, which is out of range": (
            "{}-шақырудың уәдесі: {} — шектен тыс", "обещание выезда {}: {} — вне допустимого"
        ),
        "the due time of visit {} is {}, which is out of range": (
            "{}-шақырудың мерзімі: {} — шектен тыс", "срок выезда {}: {} — вне допустимого"
        ),
        "a demand of visit {} is {}, which is out of range": (
            "{}-шақырудың сұранысы: {} — шектен тыс", "груз выезда {}: {} — вне допустимого"
        ),
        "a window of visit {} is {}, which is out of range": (
            "{}-шақырудың уақыт терезесі: {} — шектен тыс",
            "окно времени выезда {}: {} — вне допустимого"
        ),
    ]
}
