// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// Of starting a server, and of its journals, keys and certificates.
    static let starts: [String: (kk: String, ru: String)] = [
        "it is no socket": ("бұл — сокет емес", "это не сокет"),
        "it is in use": ("ол бос емес", "он занят"),
        "{}: this program was built without HTTP; `swift build --traits Web` builds it with it.":
            (
                "{}: бұл бағдарлама HTTP-сіз жиналған; онымен бірге `swift build --traits Web` жинайды.",
                "{}: эта программа собрана без HTTP; с ним её собирает `swift build --traits Web`."
            ),
        "its path is longer than the system takes for a socket": (
            "жолы сокет үшін тым ұзын", "путь слишком длинный для сокета"
        ),
        "something that is no socket has this name": (
            "бұл атпен сокет емес нәрсе бар", "под этим именем лежит не сокет"
        ),
        "{} may be read or changed by others (its mode is {}): see who had it, then 'chmod 600 {}'; 0600, 0640 and 0400 are taken":
            (
                "{} файлын басқалар оқи не өзгерте алады (рұқсаттары {}): оны кім ұстағанын анықтап, «chmod 600 {}» орындаңыз; 0600, 0640 және 0400 қабылданады",
                "{} могут читать или менять другие (его права {}): выясните, у кого он был, затем «chmod 600 {}»; годятся 0600, 0640 и 0400"
            ),
        "{} belongs to the user {}, who could change it: see how it came there, then 'chown {} {}', or start the server as that user":
            (
                "{} файлының иесі — {}, ол оны өзгерте алады: файл қайдан келгенін анықтап, «chown {} {}» орындаңыз немесе серверді сол пайдаланушы атынан іске қосыңыз",
                "{} принадлежит пользователю {}, и он может его изменить: выясните, откуда файл взялся, затем «chown {} {}» или запустите сервер от имени этого пользователя"
            ),
        "whether a key is missing cannot be told: {}": (
            "жоғалған кілт бар-жоғы белгісіз: {}", "пропал ли ключ, узнать нельзя: {}"
        ),
        "no earlier key {} is missing; 'kezek key list' tells those that are": (
            "жоғалған бұрынғы {} кілті жоқ; жоғалғандарын «kezek key list» көрсетеді",
            "прежний ключ {} не пропал; какие пропали, скажет «kezek key list»"
        ),
        "{} has no keys; put it back from a copy": (
            "{} ішінде кілт жоқ; оны көшірмеден қайтарыңыз", "в {} нет ключей; верните его из копии"
        ),
        "a server that runs uses the new key from its next start, and takes and makes links of the earlier ones until then":
            (
                "жұмыс істеп тұрған сервер жаңа кілтті келесі іске қосылғаннан бастап қолданады, оған дейін бұрынғы кілттердің сілтемелерін қабылдап, жасай береді",
                "работающий сервер возьмёт новый ключ при следующем запуске, а до того принимает и создаёт ссылки прежних ключей"
            ),
        "the key {} cannot be read; check who owns it": (
            "{} кілтін оқу мүмкін емес; кімдікі екенін тексеріңіз",
            "ключ {} не читается; проверьте, чей он"
        ),
        "{} has {} keys, which is the most; retire the earliest one first": (
            "{} ішінде {} кілт бар, бұл шегі; алдымен ең ескісін шығарыңыз",
            "в {} ключей: {}, больше нельзя; сначала выведите самый ранний"
        ),
        "cannot write the key {}: {}": (
            "{} кілтін жазу мүмкін емес: {}", "ключ {} не записать: {}"
        ),
        "{} is not a file of 1 to {} keys; restore the one that belongs to the journal": (
            "{} — 1–{} кілті бар файл емес; журналға тиесілі файлды қалпына келтіріңіз",
            "{} — не файл с 1–{} ключами; верните тот, что относится к журналу"
        ),
        "{} is not there: name the file of a journal": (
            "{} жоқ: журналдың файлын көрсетіңіз", "{} нет: укажите файл журнала"
        ),
        "it is the only key; put another before it with 'kezek key add'": (
            "бұл — жалғыз кілт; алдымен «kezek key add» арқылы басқасын қосыңыз",
            "это единственный ключ; сначала добавьте другой командой «kezek key add»"
        ),
        "the key that follows is in use for {} days; what is under way may go back further. Wait until it is {}, or say --early":
            (
                "келесі кілт {} күннен бері қолданылады; аяқталмаған істер одан ескі болуы мүмкін. {} күн болғанша күтіңіз немесе --early деңіз",
                "следующий ключ используется {} дней; незаконченное может быть старше. Подождите, пока станет {}, или укажите --early"
            ),
        "the journal was written or words are still sealed by it; start the server once with the new key":
            (
                "журнал осы кілтпен жазылған не сөздер әлі осымен жабылған; серверді жаңа кілтпен бір рет іске қосыңыз",
                "этим ключом писали журнал или им ещё запечатаны слова; запустите сервер один раз с новым ключом"
            ),
        "{} is there already: stop its server, and move {}, {}-wal, {}-shm and {}-head away": (
            "{} бар: оның серверін тоқтатып, {}, {}-wal, {}-shm және {}-head файлдарын басқа жерге жылжытыңыз",
            "{} уже есть: остановите его сервер и уберите {}, {}-wal, {}-shm и {}-head"
        ),
        "the key is missing: put the one that belongs to the copy at {}": (
            "кілт жоқ: көшірмеге тиесілі кілтті мына жерге қойыңыз: {}",
            "нет ключа: положите тот, что относится к копии, сюда: {}"
        ),
        "{}; its age is not told to whoever watches the server": (
            "{}; серверді бақылаушыларға оның уақыты айтылмайды",
            "{}; тем, кто наблюдает за сервером, его давность не сообщится"
        ),
        "--expect: give POSITION:HASH as an earlier run printed it": (
            "--expect: бұрынғы тексеру шығарған ПОЗИЦИЯ:ХЕШ мәнін беріңіз",
            "--expect: укажите ПОЗИЦИЯ:ХЕШ, как вывела прежняя проверка"
        ),
        "{}: at position {} the hash is not {}: the journal was cut off or written anew": (
            "{}: {}-орындағы хеш {} емес: журнал қысқартылған немесе қайта жазылған",
            "{}: на позиции {} хеш не {}: журнал обрезан или переписан заново"
        ),
        "{}: its events break a rule: {}": (
            "{}: оқиғалары ережені бұзады: {}", "{}: его события нарушают правило: {}"
        ),
        "nothing of '{}' is there": ("«{}» ештеңе жазбаған", "записей «{}» нет"),
        "{} cannot be read: {}": ("{} оқылмайды: {}", "{} не читается: {}"),
        "{} is longer than {} bytes": ("{} {} байттан ұзын", "{} длиннее {} байт"),
        "{} {}, and nothing is overwritten; to have another one made, move it and {}.key away": (
            "{} {}, ал ештеңенің үстінен жазылмайды; жаңасын жасау үшін оны және {}.key файлын басқа жерге жылжытыңыз",
            "{} {}, а поверх ничего не пишется; чтобы сделать новый, уберите его и {}.key"
        ),
        "was not signed by {}": ("— оған {} қол қоймаған", "подписан не {}"),
        "is for {}": ("мынаған берілген: {}", "выдан на {}"),
        "ended at {}": ("мерзімі өткен: {}", "истёк {}"),
        "{} cannot be read as a key in PEM": (
            "{} PEM түріндегі кілт ретінде оқылмайды", "{} не читается как ключ в PEM"
        ),
        "{} cannot be read as a certificate in PEM": (
            "{} PEM түріндегі сертификат ретінде оқылмайды", "{} не читается как сертификат в PEM"
        ),
        "{} is there without its key {}; put the key back, or move the certificate away": (
            "{} бар, ал кілті {} жоқ; кілтті қайтарыңыз немесе сертификатты жылжытыңыз",
            "{} есть, а его ключа {} нет; верните ключ или уберите сертификат"
        ),
        "--rehearse needs a journal of its own, and {} is there already. Name a file that is not there.":
            (
                "--rehearse үшін бөлек журнал керек, ал {} бар. Жоқ файлдың атын беріңіз.",
                "Для --rehearse нужен отдельный журнал, а {} уже есть. Укажите файл, которого нет."
            ),
        "--create needs --store, the journal to make.": (
            "--create үшін --store керек: жасалатын журнал.",
            "Для --create нужно --store: журнал, который создать."
        ),
        "--accept-loss needs --store, the journal that has lost something.": (
            "--accept-loss үшін --store керек: бір нәрсесін жоғалтқан журнал.",
            "Для --accept-loss нужно --store: журнал, который что-то потерял."
        ),
        "A limit must be 1 to 1,000,000; found {}.": (
            "Шек 1–1000000 аралығында болуы керек; ал {} тұр.",
            "Предел — от 1 до 1000000, а стоит {}."
        ),
    ]
}
