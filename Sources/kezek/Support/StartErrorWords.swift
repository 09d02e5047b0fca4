// SPDX-License-Identifier: Apache-2.0

import KezekServer
import KezekWire
import Texts

/// Why a server does not start, and what to do, for whoever starts it.
struct StartErrorWords {
    let error: Server.StartError
    /// By which option the address was given.
    let option: String

    init(_ error: Server.StartError, _ manner: Manner) {
        self.error = error
        switch error {
        case .plainTCP, .openStore: option = "--listen"
        case .openMetrics: option = "--metrics"
        case .cannotListen(let address, _):
            option = manner.value("--metrics") == "\(address)" ? "--metrics" : "--listen"
        }
    }

    var text: LocalizedText {
        switch error {
        case .plainTCP(let address): plainTCP(address)
        case .openStore(let address): openStore(address)
        case .openMetrics(let address): openMetrics(address)
        case .cannotListen(let address, let why):
            cannotListen(address, why)
        }
    }

    private func cannotListen(_ address: Endpoint, _ why: String) -> LocalizedText {
        let (cause, advice) = (Phrase.system(why).text, advice(why))
        return LocalizedText(
            kk: "\(address) мекенжайын тыңдау мүмкін емес: \(cause.kk). \(advice.kk)",
            ru: "сервер не запущен: слушать \(address) нельзя: \(cause.ru). \(advice.ru)",
            en: "cannot listen on \(address): \(cause.en). \(advice.en)")
    }

    private func advice(_ why: String) -> LocalizedText {
        switch why {
        case "No such file or directory":
            LocalizedText(
                kk: "Алдымен қалтасын жасаңыз немесе \(option) арқылы басқа жол көрсетіңіз.",
                ru: "Сначала создайте папку или укажите другой путь в \(option).",
                en: "Make its folder first, or choose another path with \(option).")
        case "Permission denied":
            LocalizedText(
                kk:
                    "1024-тен кіші порттар мен басқаның қалталарына рұқсат керек; \(option) арқылы басқа "
                    + "мекенжай таңдаңыз.",
                ru:
                    "Для портов ниже 1024 и чужих папок нужны права; укажите другой адрес в \(option).",
                en:
                    "Ports below 1024 and folders of others need rights; choose another address with "
                    + "\(option).")
        case "Address already in use", "it is in use":
            LocalizedText(
                kk: "Онда басқа сервер тұр ма? \(option) арқылы басқа мекенжай таңдаңыз.",
                ru: "Там уже работает другой сервер? Укажите другой адрес в \(option).",
                en: "Is another server running there? Choose another address with \(option).")
        default:
            LocalizedText(
                kk: "\(option) арқылы басқа мекенжай таңдаңыз.",
                ru: "Укажите другой адрес в \(option).",
                en: "Choose another address with \(option).")
        }
    }

    private func plainTCP(_ address: Endpoint) -> LocalizedText {
        LocalizedText(
            kk: "\(address) басқа машиналардан көрінеді, ал TLS болмаса, сондағы кез келген адам "
                + "жіберілгенді оқып, өзгерте алады. --tls-certificate мен --tls-key көрсетіңіз немесе "
                + "127.0.0.1 не unix:ЖОЛ мекенжайын тыңдаңыз.",
            ru:
                "\(address) виден с других машин, и без TLS любой там может читать и менять то, что "
                + "передаётся. Укажите --tls-certificate и --tls-key или слушайте 127.0.0.1 либо "
                + "unix:ПУТЬ.",
            en: error.description)
    }

    private func openStore(_ address: Endpoint) -> LocalizedText {
        LocalizedText(
            kk:
                "\(address) басқа машиналардан көрінеді, ал ешкімнен кім екені сұралмайды: сондағы кез "
                + "келген адам брондай, шақыра, жаба алады. «kezek access issue» берген токендері бар "
                + "--access ФАЙЛ көрсетіңіз немесе 127.0.0.1 не unix:ЖОЛ мекенжайын тыңдаңыз.",
            ru: "\(address) виден с других машин, и никого не спрашивают, кто он: любой там может "
                + "бронировать, вызывать и закрывать. Укажите --access ФАЙЛ с токенами от «kezek access "
                + "issue» или слушайте 127.0.0.1 либо unix:ПУТЬ.",
            en: error.description)
    }

    private func openMetrics(_ address: Endpoint) -> LocalizedText {
        LocalizedText(
            kk: "\(address) басқа машиналардан көрінеді, ал әр кеңседе не болып жатқанын айтатын "
                + "метрикаларды кім оқитыны сұралмайды. --metrics 127.0.0.1:9464 не unix:ЖОЛ көрсетіңіз; "
                + "әрі қарай оларды сұрайтын прокси жеткізсін.",
            ru:
                "\(address) виден с других машин, и никого не спрашивают, кто читает метрики, а по ним "
                + "видно, сколько дел в каждом отделении. Укажите --metrics 127.0.0.1:9464 или "
                + "unix:ПУТЬ, а дальше пусть их передаёт прокси, который спрашивает.",
            en: error.description)
    }
}
