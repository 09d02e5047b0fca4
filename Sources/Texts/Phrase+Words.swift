// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// Every phrase that is translated: Kazakh and Russian by the English words.
    static let words = [
        general, calendars, productionCalendars, offices, visitFiles, plans, stores, system,
        commands, starts,
    ].reduce(into: [:]) { all, table in all.merge(table) { earlier, _ in earlier } }

    /// Of files of any kind.
    static let general: [String: (kk: String, ru: String)] = [
        "expected {}, found {}": ("{} күтілді, ал {} тұр", "ожидается {}, а стоит {}"),
        "expected {}, found '{}'": ("{} күтілді, ал «{}» тұр", "ожидается {}, а стоит «{}»"),
        "expected {}": ("{} күтілді", "ожидается {}"),
        "expected one of {}": ("мыналардың бірі күтілді: {}", "ожидается одно из: {}"),
        "expected one of {}, found '{}'": (
            "мыналардың бірі күтілді: {}; ал «{}» тұр", "ожидается одно из: {}; а стоит «{}»"
        ),
        "expected {} without line breaks or control characters": (
            "{} күтілді, жол ауыстыру мен басқару таңбаларынсыз",
            "ожидается {} без переводов строк и управляющих символов"
        ),
        "expected {} to {} {}, found {}": (
            "{} – {} аралығы күтілді ({}), ал {} бар", "ожидается от {} до {} ({}), а есть {}"
        ),
        "expected at most {}": ("ең көбі {} болуы мүмкін", "допустимо не более {}"),
        "expected 1 to {}, found {}": (
            "1 – {} аралығы күтілді, ал {} тұр", "ожидается от 1 до {}, а стоит {}"
        ),
        "a map": ("кілттері бар жазба", "запись с ключами"),
        "a list": ("тізім", "список"),
        "an alias": ("лақап ат", "псевдоним"),
        "a text": ("мәтін", "текст"),
        "a file": ("файл", "файл"),
        "a date as YYYY-MM-DD": ("ЖЖЖЖ-АА-КК түріндегі күн", "дата вида ГГГГ-ММ-ДД"),
        "a time as YYYY-MM-DDTHH:MM:SSZ": (
            "ЖЖЖЖ-АА-ККTСС:ММ:ССZ түріндегі уақыт", "время вида ГГГГ-ММ-ДДTЧЧ:ММ:ССZ"
        ),
        "true or false": ("true немесе false", "true или false"),
        "a number from {} to {}": ("{} мен {} аралығындағы сан", "число от {} до {}"),
        "one of {}": ("мыналардың бірі: {}", "одно из: {}"),
        "a name of lower-case letters, digits and hyphens": (
            "кіші латын әріптерінен, цифрлардан және дефистерден тұратын ат",
            "имя из строчных латинских букв, цифр и дефисов"
        ),
        "a name of 1 to 32 lower-case letters, digits and hyphens": (
            "1–32 кіші латын әрпінен, цифрдан және дефистен тұратын ат",
            "имя из 1–32 строчных латинских букв, цифр и дефисов"
        ),
        "a plain key": ("жай кілт", "простой ключ"),
        "the name of a time zone as Asia/Almaty": (
            "Asia/Almaty түріндегі уақыт белдеуінің аты", "имя часового пояса вида Asia/Almaty"
        ),
        "a letter from A to Z": ("A–Z аралығындағы әріп", "буква от A до Z"),
        "expected a letter from A to Z": (
            "A–Z аралығындағы әріп күтілді", "ожидается буква от A до Z"
        ),
        "has the key '{}' twice; expected each once": (
            "«{}» кілті екі рет бар; әрқайсысы бір рет болуы керек",
            "ключ «{}» стоит дважды; каждый должен быть один раз"
        ),
        "has the same key twice: {}": ("бір кілт екі рет бар: {}", "один ключ стоит дважды: {}"),
        "the field '{}' is missing": ("«{}» өрісі жоқ", "нет поля «{}»"),
        "the field 'row' is missing": ("«row» өрісі жоқ", "нет поля «row»"),
        "the field 'first-day' is missing": ("«first-day» өрісі жоқ", "нет поля «first-day»"),
        "unknown key '{}'; check its spelling, there are: {}": (
            "«{}» деген кілт жоқ; жазылуын тексеріңіз, бары: {}",
            "ключа «{}» нет; проверьте написание, есть: {}"
        ),
        "unknown key '{}'; check its spelling: did you mean '{}'?": (
            "«{}» деген кілт жоқ; жазылуын тексеріңіз: «{}» емес пе?",
            "ключа «{}» нет; проверьте написание: может быть, «{}»?"
        ),
        "{} (line {})": ("{} ({}-жол)", "{} (строка {})"),
        "is not there; check its name": (
            "мұндай файл жоқ; атын тексеріңіз", "такого файла нет; проверьте имя"
        ),
        "is a folder; a file is expected": ("бұл — қалта; файл керек", "это папка; нужен файл"),
        "cannot be read; check who owns it": (
            "оқу мүмкін емес; кімдікі екенін тексеріңіз", "не читается; проверьте, чей это файл"
        ),
        "cannot be written; see that its folder is there and may be written": (
            "жазу мүмкін емес; қалтасы бар ма, оған жазуға бола ма — тексеріңіз",
            "не записать; проверьте, что папка есть и в неё можно писать"
        ),
        "cannot be written: its disk is full; make room, then repeat it": (
            "жазу мүмкін емес: дискі толған; орын босатып, қайталаңыз",
            "не записать: диск полон; освободите место и повторите"
        ),
        "belongs to the user {} and the group {}, and would be another's: repeat it as that user or as root":
            (
                "иесі {}, тобы {}, жазылса басқанікі болар еді: сол пайдаланушы немесе root ретінде қайталаңыз",
                "владелец {}, группа {}, после записи он стал бы чужим: повторите от имени этого пользователя или root"
            ),
        "{} cannot be read as PEM": ("{} PEM ретінде оқылмайды", "{} не читается как PEM"),
        "{} and {} do not go together": (
            "{} мен {} бір-біріне сәйкес емес", "{} и {} не подходят друг к другу"
        ),
        "is larger than {} bytes": ("{} байттан үлкен", "больше {} байт"),
        "is not UTF-8 text": ("UTF-8 мәтіні емес", "это не текст UTF-8"),
        "nests deeper than {} levels": ("{} деңгейден терең", "вложенность глубже {} уровней"),
        "has '&' or '*' before a word; anchors and aliases are not taken": (
            "сөз алдында «&» немесе «*» тұр; зәкірлер мен лақап аттар қабылданбайды",
            "перед словом стоит «&» или «*»; якоря и псевдонимы не принимаются"
        ),
        "may have an alias ('*' before a word) within a key; put it on a line of its own, without a bracket before it or ':' behind it, in a file without '? '":
            (
                "кілт ішінде лақап ат («*» сөз алдында) болуы мүмкін; оны жеке жолға жазыңыз: алдында жақша, артында «:» болмасын, файлда «? » болмасын",
                "внутри ключа может быть псевдоним («*» перед словом); поставьте его на отдельную строку, без скобки перед ним и «:» за ним, в файле без «? »"
            ),
        "is empty; expected a map": (
            "бос; кілттері бар жазба күтілді", "файл пуст; ожидается запись с ключами"
        ),
        "is not YAML: {}": ("бұл YAML емес: {}", "это не YAML: {}"),
        "is no access list: {}": ("бұл қол жеткізу тізімі емес: {}", "это не список доступа: {}"),
        "is not there; put it back. 'kezek access issue --file {} --role ROLE --office NAME' begins a new one, which lets in nobody of the old one":
            (
                "мұндай файл жоқ; орнына қойыңыз. «kezek access issue --file {} --role РӨЛ --office АТ» жаңасын бастайды, ол ескісіндегі ешкімді кіргізбейді",
                "такого файла нет; верните его. «kezek access issue --file {} --role РОЛЬ --office ИМЯ» начнёт новый, который не пустит никого из прежнего"
            ),
        "a field has a value that it cannot have": (
            "бір өрісте болмайтын мән тұр", "в одном из полей недопустимое значение"
        ),
        "its id or digest is another entry's too": (
            "оның id-і немесе дайджесі басқа жазбада да бар",
            "его id или дайджест есть и у другой записи"
        ),
    ]
}
