// SPDX-License-Identifier: Apache-2.0

extension Phrase {
    /// What the system says, in the words of the C library.
    static let system: [String: (kk: String, ru: String)] = [
        "Address already in use": ("бұл мекенжай бос емес", "адрес уже занят"),
        "Cannot assign requested address": (
            "бұл мекенжай осы машинада жоқ", "такого адреса у этой машины нет"
        ),
        "Permission denied": ("рұқсат жоқ", "нет прав"),
        "Operation not permitted": ("бұған рұқсат жоқ", "действие не разрешено"),
        "No such file or directory": ("мұндай файл не қалта жоқ", "такого файла или папки нет"),
        "Not a directory": ("жолдағы бір бөлік қалта емес", "часть пути — не папка"),
        "Is a directory": ("бұл — қалта", "это папка"),
        "No space left on device": ("дискіде орын жоқ", "на диске нет места"),
        "Disk quota exceeded": ("дискідегі үлес таусылды", "исчерпана квота на диске"),
        "Read-only file system": (
            "файлдық жүйе тек оқуға ашық", "файловая система доступна только для чтения"
        ),
        "File exists": ("мұндай файл бар", "такой файл уже есть"),
        "File name too long": ("файл аты тым ұзын", "имя файла слишком длинное"),
        "File too large": ("файл тым үлкен болар еді", "файл стал бы слишком велик"),
        "Too many open files": ("ашық файлдар тым көп", "открыто слишком много файлов"),
        "Too many open files in system": (
            "жүйеде ашық файлдар тым көп", "в системе открыто слишком много файлов"
        ),
        "Input/output error": ("құрылғы қатесі", "ошибка устройства"),
        "Broken pipe": ("оқушы кетіп қалды", "читающая сторона закрыта"),
        "Connection refused": ("ешкім тыңдап тұрған жоқ", "там никто не отвечает"),
        "Connection reset by peer": (
            "байланысты екінші жақ үзді", "соединение разорвано другой стороной"
        ),
        "Connection timed out": ("уақытында жауап болмады", "ответа вовремя не было"),
        "No route to host": ("ол машинаға жол жоқ", "до этой машины нет пути"),
        "Network is unreachable": ("желіге жету мүмкін емес", "сеть недоступна"),
        "Address family not supported by protocol": (
            "мұндай мекенжай түріне қолдау жоқ", "такой вид адресов не поддерживается"
        ),
        "Text file busy": ("файл бос емес", "файл занят"),
        "Device or resource busy": ("құрылғы бос емес", "устройство занято"),
        "Invalid argument": ("мұндай мән қабылданбайды", "такое значение не принимается"),
        "Cannot allocate memory": ("жад жетпейді", "не хватает памяти"),
        "Too many levels of symbolic links": (
            "сілтемелер шеңберге тұйықталған", "ссылки замкнуты в круг"
        ),
    ]
}
