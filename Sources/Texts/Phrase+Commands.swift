// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// Of commands, their options and what they print.
    static let commands: [String: (kk: String, ru: String)] = [
        "cannot write {}: {}": ("{} файлын жазу мүмкін емес: {}", "файл {} не записать: {}"),
        "the answer cannot be written to standard output: {}": (
            "жауапты стандартты шығысқа жазу мүмкін емес: {}",
            "ответ не записать в стандартный вывод: {}"
        ),
        "is no JSON, or not all of it": (
            "бұл JSON емес немесе толық емес", "это не JSON или не весь JSON"
        ),
        "cannot have this value": ("мұндай мән бола алмайды", "такого значения быть не может"),
        "a number": ("сан", "число"),
        "{} is larger than {} bytes": ("{} файлы {} байттан үлкен", "файл {} больше {} байт"),
        "{} is empty, or no UTF-8 text": (
            "{} бос немесе UTF-8 мәтіні емес", "файл {} пуст или не текст UTF-8"
        ),
        "the year must be 1 to 9999": (
            "жыл 1–9999 аралығында болуы керек", "год должен быть от 1 до 9999"
        ),
        "the server did not say what it holds": (
            "сервер қандай уақытты ұстап тұрғанын айтпады", "сервер не сказал, какое время занял"
        ),
        "the server did not say what the change of the office does": (
            "сервер кеңсе өзгерісінің нәтижесін айтпады",
            "сервер не сказал, к чему приведёт изменение отделения"
        ),
        "the server answered {} of {} rows": (
            "сервер жауап берген жолдар: {}, барлығы {}", "сервер ответил на строк: {}, всего их {}"
        ),
        "the server gave an answer to another question": (
            "сервер басқа сұраққа жауап берді", "сервер ответил на другой вопрос"
        ),
        "tell at most {} tickets at a time, found {}": (
            "бір жолы ең көбі {} талон айтылады, мұнда {}",
            "за один раз сообщайте не больше {} талонов, здесь их {}"
        ),
        "the published plan is of {} to {}, and none of these dates is shown; name them with --from and --days":
            (
                "жарияланған жоспар {} – {} күндеріне арналған, ал бұл күндердің бірі де көрсетілмейді; оларды --from мен --days арқылы көрсетіңіз",
                "опубликованный план — на дни с {} по {}, и ни один из них не показан; укажите их в --from и --days"
            ),
        "--from must be at most {} days back, found {}": (
            "--from {} күннен артық бұрын болмауы керек, ал {} тұр",
            "--from не раньше чем {} дней назад, а стоит {}"
        ),
        "at most {} MiB": ("ең көбі {} МиБ", "не больше {} МиБ"),
        "it is the plan of {}, not of {}": ("бұл {} жоспары, {} емес", "это план {}, а не {}"),
        "only changes are in it; print it without --watch": (
            "ішінде тек өзгерістер бар; --watch дегенсіз шығарыңыз",
            "в нём только изменения; выведите без --watch"
        ),
        "expected 1 to 14": ("1–14 күтілді", "ожидается от 1 до 14"),
        "expected a number from 0 to {}": (
            "0 мен {} аралығындағы сан күтілді", "ожидается число от 0 до {}"
        ),
        "expected a date from {} to {}": (
            "{} – {} аралығындағы күн күтілді", "ожидается дата с {} по {}"
        ),
        "{} is there twice on {}": ("{} екі рет тұр, күні {}", "{} стоит дважды, дата {}"),
        "expected visit, held or lunch": (
            "visit, held не lunch күтілді", "ожидается visit, held или lunch"
        ),
        "expected a visit as {}/17": (
            "{}/17 түріндегі шақыру күтілді", "ожидается выезд вида {}/17"
        ),
        "expected a time as 2026-12-01T11:00:00+05:00": (
            "2026-12-01T11:00:00+05:00 түріндегі уақыт күтілді",
            "ожидается время вида 2026-12-01T11:00:00+05:00"
        ),
        "a date as 2026-12-01": ("2026-12-01 түріндегі күн", "дата вида 2026-12-01"),
        "a crew's name": ("бригаданың аты", "имя бригады"),
        "an area's name": ("ауданның аты", "имя района"),
        "it is not what 'kezek visits plan --json' prints": (
            "бұл «kezek visits plan --json» шығаратын нәрсе емес",
            "это не то, что выводит «kezek visits plan --json»"
        ),
        "the server of the demonstration did not start": (
            "көрсетілім сервері іске қосылмады", "сервер показа не запустился"
        ),
        "{} is no moment of the demonstration": (
            "{} — көрсетілімнің уақыты емес", "{} — не время из показа"
        ),
        "no slot is free": ("бос уақыт жоқ", "свободного времени нет"),
        "nothing was held": ("ештеңе ұсталмады", "ничего не занято"),
        "no ticket was given out": ("талон берілмеді", "талон не выдан"),
        "no calendar '{}'": ("«{}» күнтізбесі жоқ", "нет календаря «{}»"),
        "no calendar 'kz'": ("«kz» күнтізбесі жоқ", "нет календаря «kz»"),
        "{}: expected pairs of 32-bit numbers": (
            "{}: 32 биттік сан жұптары күтілді", "{}: ожидаются пары 32-битных чисел"
        ),
        "{} applications were not accepted": (
            "қабылданбаған өтініштер: {}", "заявлений не принято: {}"
        ),
        "the server did not list its offices": (
            "сервер кеңселерін тізіп бермеді", "сервер не перечислил свои отделения"
        ),
        "the server did not tell the slots": (
            "сервер бос уақыттарды айтпады", "сервер не сказал, какое время свободно"
        ),
        "no working day lies ahead": ("алда жұмыс күні жоқ", "впереди нет рабочего дня"),
        "the request is longer than a frame; use fewer --rows": (
            "сұрау кадрдан ұзын; --rows мәнін азайтыңыз", "запрос длиннее кадра; уменьшите --rows"
        ),
        "the request is longer than a frame": ("сұрау кадрдан ұзын", "запрос длиннее кадра"),
        "measure over TCP: --server 127.0.0.1:PORT": (
            "TCP арқылы өлшеңіз: --server 127.0.0.1:ПОРТ",
            "измеряйте по TCP: --server 127.0.0.1:ПОРТ"
        ),
        "cannot connect to {}:{}: {}": (
            "{}:{} мекенжайына қосылу мүмкін емес: {}", "к {}:{} не подключиться: {}"
        ),
        "the server closed a connection": ("сервер қосылымды жапты", "сервер закрыл соединение"),
        "the server refused the question": (
            "сервер сұраққа жауап беруден бас тартты", "сервер отказался отвечать на вопрос"
        ),
        "the server's answer is not the one computed here": (
            "сервердің жауабы мұнда есептелгеннен басқа",
            "ответ сервера не совпал с посчитанным здесь"
        ),
        "the server sent something that is no response": (
            "сервер жіберген нәрсе жауап емес", "сервер прислал не ответ"
        ),
        "the server answered a request that was not sent": (
            "сервер жіберілмеген сұрауға жауап берді", "сервер ответил на запрос, которого не было"
        ),
        "{}: {} is no window": ("{}: {} — уақыт терезесі емес", "{}: {} — не окно времени"),
        "{}: request {} lies nowhere": (
            "{}: {}-сұраудың орны белгісіз", "{}: не сказано, где запрос {}"
        ),
        "{}: nobody asks, or for no window": (
            "{}: ешкім сұрамайды немесе уақыт терезесі жоқ", "{}: никто не спрашивает, или нет окон"
        ),
        "place {} has no location": ("{}-орынның мекені белгісіз", "не сказано, где место {}"),
        "no port is free": ("бос порт жоқ", "нет свободного порта"),
        "{} open files are needed, and {} are allowed: ulimit -n": (
            "{} ашық файл керек, ал {} рұқсат етілген: ulimit -n",
            "нужно открытых файлов: {}, разрешено {}: ulimit -n"
        ),
        "no answer came within {} seconds": (
            "{} секундта жауап келмеді", "за {} секунд ответа не было"
        ),
        "a peer that behaves ({}) was cut off": (
            "дұрыс жұмыс істеп тұрған клиент ({}) ажыратылды",
            "отключён клиент, который вёл себя верно ({})"
        ),
        "the server is gone": ("сервер жоқ", "сервера больше нет"),
        "the booking {} is lost": ("{} броні жоғалды", "бронь {} потеряна"),
        "memory grew from {} KiB to {} KiB": (
            "жад {} КиБ-тан {} КиБ-қа өсті", "память выросла с {} КиБ до {} КиБ"
        ),
        "an acknowledged command was not told alike after the kill: {}, {}": (
            "расталған команда өшірілгеннен кейін басқаша айтылды: {}, {}",
            "подтверждённая команда после остановки рассказана иначе: {}, {}"
        ),
        "{} commands are lost": ("жоғалған командалар: {}", "потеряно команд: {}"),
        "the journal has commands that nobody sent": (
            "журналда ешкім жібермеген командалар бар",
            "в журнале есть команды, которых никто не отправлял"
        ),
        "cannot write {}": ("{} файлын жазу мүмкін емес", "файл {} не записать"),
        "{} has words about a person that are not sealed": (
            "{} ішінде адам туралы жабылмаған сөздер бар",
            "в {} есть незапечатанные слова о человеке"
        ),
        "{} has an IIN": ("{} ішінде ЖСН бар", "в {} есть ИИН"),
        "--changes must be 0 to {}.": (
            "--changes мәні 0–{} аралығында болуы керек.", "--changes: ожидается число от 0 до {}."
        ),
        "--repeats must be 1 to 1000.": (
            "--repeats мәні 1–1000 аралығында болуы керек.",
            "--repeats: ожидается число от 1 до 1000."
        ),
        "--connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, --rows 1–100000.": (
            "--connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, --rows 1–100000 болуы керек.",
            "Допустимо: --connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, --rows 1–100000."
        ),
        "--visits 0 to 3,000, --crews 1 to 48, --calls 1 to 10,000, --pause 0 to 10,000.": (
            "--visits 0–3000, --crews 1–48, --calls 1–10000, --pause 0–10000 болуы керек.",
            "Допустимо: --visits 0–3000, --crews 1–48, --calls 1–10000, --pause 0–10000."
        ),
        "--applications, --offices and --rounds must be 1 or more.": (
            "--applications, --offices және --rounds кемінде 1 болуы керек.",
            "--applications, --offices и --rounds: не меньше 1."
        ),
        "--connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, --offices 1–10000, --days 1–40, --rate 1–10000000.":
            (
                "--connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, --offices 1–10000, --days 1–40, --rate 1–10000000 болуы керек.",
                "Допустимо: --connections 1–10000, --pipeline 1–1000, --seconds 0.1–3600, --offices 1–10000, --days 1–40, --rate 1–10000000."
            ),
        "--rounds must be 1 to 100000.": (
            "--rounds мәні 1–100000 аралығында болуы керек.",
            "--rounds: ожидается число от 1 до 100000."
        ),
        "--osrm: a caller's ways are estimated here.": (
            "--osrm: мұнда сұраушының жолдары шамамен есептеледі.",
            "--osrm: пути звонящего здесь оцениваются."
        ),
        "--times, --clients and --milliseconds must be positive.": (
            "--times, --clients және --milliseconds оң сан болуы керек.",
            "--times, --clients и --milliseconds: положительные числа."
        ),
        "--count must be 10 to 50,000, --minutes 0.05 to 10,000.": (
            "--count 10–50000, --minutes 0.05–10000 болуы керек.",
            "--count: от 10 до 50000, --minutes: от 0.05 до 10000."
        ),
        "--count and --steps must be 1 or more.": (
            "--count пен --steps кемінде 1 болуы керек.", "--count и --steps: не меньше 1."
        ),
        "server": ("сервер", "сервер"),
        "calendar": ("күнтізбе", "календарь"),
        "standard": ("стандарт", "стандарт"),
        "journal": ("журнал", "журнал"),
        "clock": ("сағат", "часы"),
        "key": ("кілт", "ключ"),
        "access": ("қол жеткізу тізімі", "список доступа"),
        "certificate": ("сертификат", "сертификат"),
        "stopping": ("тоқтап жатыр", "останавливается"),
        "running": ("жұмыс істеп тұр", "работает"),
        "no year is published yet": (
            "әзірге бірде-бір жыл жарияланбаған",
            "ни один год ещё не опубликован"
        ),
        "; ended on {}-{}-{}: adopt the next year, or what is due after it stays provisional": (
            "; {}-{}-{} күні бітті: келесі жылды қабылдаңыз, әйтпесе одан кейінгі мерзімдер алдын ала болып қалады",
            "; кончился {}-{}-{}: введите следующий год, иначе сроки после него останутся предварительными"
        ),
        "; ends on {}-{}-{}: adopt the next year, or what is due after it stays provisional": (
            "; {}-{}-{} күні бітеді: келесі жылды қабылдаңыз, әйтпесе одан кейінгі мерзімдер алдын ала болып қалады",
            "; кончается {}-{}-{}: введите следующий год, иначе сроки после него останутся предварительными"
        ),
        "loaded": ("жүктелген", "загружен"),
        "would not be found at the next start; its operator is told why": (
            "келесі іске қосылғанда табылмас еді; себебі сервер әкімшісіне айтылады",
            "при следующем запуске не нашёлся бы; причину видит администратор сервера"
        ),
        "cannot be written; its operator is told why": (
            "жазылмайды; себебін оператор көреді",
            "не пишется; причину видит оператор"
        ),
        "is written": ("жазылып тұр", "пишется"),
        "{} offices": ("кеңселер: {}", "отделений: {}"),
        "in doubt; its operator is told why": (
            "күмәнді; себебін оператор көреді",
            "вызывают сомнение; причину видит оператор"
        ),
        "believed": ("дұрыс деп саналады", "считаются верными"),
        "{} s behind what is recorded; commands are refused until it is set right, or accepted with 'kezek clock accept'":
            (
                "жазылғаннан {} с артта; түзетілгенше не «kezek clock accept» арқылы қабылданғанша командалар қабылданбайды",
                "отстают от записанного на {} с; команды не принимаются, пока их не поправят или не признают верными: «kezek clock accept»"
            ),
        "the clock was set back by {} s; nothing is written until it is back, or synchronised for a minute, or accepted with 'kezek clock accept'":
            (
                "сағат {} с кері жылжытылған; қайта орнына келгенше, бір минут синхрондалғанша не «kezek clock accept» арқылы қабылданғанша ештеңе жазылмайды",
                "часы переведены назад на {} с; ничего не пишется, пока они не вернутся, не будут минуту синхронизированы или признаны верными: «kezek clock accept»"
            ),
        "the clock was set ahead by {} s; nothing is written until it is back, or synchronised for a minute, or accepted with 'kezek clock accept'":
            (
                "сағат {} с алға жылжытылған; қайта орнына келгенше, бір минут синхрондалғанша не «kezek clock accept» арқылы қабылданғанша ештеңе жазылмайды",
                "часы переведены вперёд на {} с; ничего не пишется, пока они не вернутся, не будут минуту синхронизированы или признаны верными: «kezek clock accept»"
            ),
        "the clock is {} s behind the last entry of the journal; nothing is written until it is back, or synchronised for a minute, or accepted with 'kezek clock accept'":
            (
                "сағат журналдың соңғы жазбасынан {} с артта; қайта орнына келгенше, бір минут синхрондалғанша не «kezek clock accept» арқылы қабылданғанша ештеңе жазылмайды",
                "часы отстают от последней записи журнала на {} с; ничего не пишется, пока они не вернутся, не будут минуту синхронизированы или признаны верными: «kezek clock accept»"
            ),
        "the clock is {} days ahead of the last entry of the journal; nothing is written until it is back, or synchronised for a minute, or accepted with 'kezek clock accept'":
            (
                "сағат журналдың соңғы жазбасынан {} күн алда; қайта орнына келгенше, бір минут синхрондалғанша не «kezek clock accept» арқылы қабылданғанша ештеңе жазылмайды",
                "часы впереди последней записи журнала на {} дней; ничего не пишется, пока они не вернутся, не будут минуту синхронизированы или признаны верными: «kezek clock accept»"
            ),
        "connected again, from revision {}": (
            "байланыс қалпына келді, {}-нұсқадан бастап",
            "соединение восстановлено, с версии {}"
        ),
        "the connection is lost; it is tried again each second": (
            "байланыс үзілді; секунд сайын қайта қосылып көреді",
            "соединение потеряно; попытки повторяются каждую секунду"
        ),
        "The server has all the connections it takes; retry later.": (
            "Сервердегі қосылымдар саны шегіне жетті; кейінірек қайталаңыз.",
            "У сервера столько соединений, сколько он берёт; повторите позже."
        ),
        "This access has {} connections open, as many as it may have; close one, or retry later.": (
            "Бұл рұқсатпен ашық қосылымдар {}, одан артық болмайды; бірін жабыңыз немесе кейінірек қайталаңыз.",
            "По этому доступу открыто соединений: {}, больше нельзя; закройте одно или повторите позже."
        ),
        "This access has {} connection open, as many as it may have; close one, or retry later.": (
            "Бұл рұқсатпен ашық қосылымдар {}, одан артық болмайды; бірін жабыңыз немесе кейінірек қайталаңыз.",
            "По этому доступу открыто соединений: {}, больше нельзя; закройте одно или повторите позже."
        ),
        "The frame is longer than {} bytes; send less at once.": (
            "Кадр {} байттан ұзын; бір жолы аздап жіберіңіз.",
            "Кадр длиннее {} байт; отправляйте меньше за раз."
        ),
        "A frame before 'authenticate' has at most {} bytes; say first who is calling.": (
            "«authenticate» алдындағы кадр {} байттан аспауы керек; алдымен кім екеніңізді айтыңыз.",
            "Кадр до «authenticate» не длиннее {} байт; сначала скажите, кто обращается."
        ),
        "{} of {} visits": ("{} / {} шақыру", "выездов: {} из {}"),
        "{} is a file; name a folder": (
            "{} — файл; қалтаны көрсетіңіз",
            "{} — файл; укажите папку"
        ),
        "the folder {} cannot be made; see who owns the one above it, and whether there is room": (
            "{} қалтасы жасалмайды; жоғарғы қалта кімдікі және орын бар ма — тексеріңіз",
            "папку {} не создать; проверьте, чья папка над ней и есть ли место"
        ),
        "{}: nothing was changed, as it would affect {}; repeat it with --apply": (
            "{}: ештеңе өзгерген жоқ, себебі мыналарға әсер етер еді: {}; --apply арқылы қайталаңыз",
            "{}: ничего не изменено, это задело бы: {}; повторите с --apply"
        ),
    ]
}
