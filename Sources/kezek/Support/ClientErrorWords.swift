// SPDX-License-Identifier: Apache-2.0

import CallLimits
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekWire
import Texts

/// Why a call brought no answer, and what to do, for the person at the terminal.
struct ClientErrorWords {
    let error: ClientError

    init(_ error: ClientError) { self.error = error }

    var text: LocalizedText {
        switch error {
        case .refused(let refusal):
            LocalizedText(kk: refusal.message, ru: refusal.message, en: refusal.message)
        case .cannotConnect(let endpoint, let why): notReached(endpoint, why)
        case .connectionLost(let endpoint):
            LocalizedText(
                kk:
                    "\(endpoint) серверімен байланыс үзілді, қайта сұрау көмектеспеді; онда Kezek тыңдап тұр "
                    + "ма (метрикалардың мекенжайы бөлек)? Болса, сәл кейінірек қайталаңыз",
                ru:
                    "соединение с \(endpoint) потеряно, повтор не помог; там ли слушает Kezek (у метрик "
                    + "другой адрес)? Если там, повторите чуть позже",
                en:
                    "the connection to \(endpoint) was lost, and repeating did not help; is it Kezek that "
                    + "listens there (metrics have another address)? If so, try again a little later"
            )
        case .notTrusted(let endpoint, let why): notTrusted(endpoint, why)
        case .timedOut(let endpoint):
            LocalizedText(
                kk: "\(endpoint) уақытында жауап бермеді; қайталаңыз немесе KEZEK_PATIENCE арқылы "
                    + "ұзағырақ күтіңіз",
                ru: "\(endpoint) не ответил вовремя; повторите или ждите дольше, задав "
                    + "KEZEK_PATIENCE",
                en: "\(endpoint) did not answer in time; try again, or wait longer with "
                    + "KEZEK_PATIENCE")
        case .badResponse(let endpoint):
            LocalizedText(
                kk: "\(endpoint) жіберген нәрсе Kezek жауабы емес. Бұл басқа сервер ме?",
                ru: "ответ \(endpoint) — не ответ Kezek. Это другой сервер?",
                en: error.description)
        case .requestTooLarge:
            LocalizedText(
                kk: "сұрау \(CallLimit.requestFrameBytes) байттан ұзын; аз жол жіберіңіз",
                ru: "запрос длиннее \(CallLimit.requestFrameBytes) байт; отправьте меньше строк",
                en: error.description)
        case .cancelled:
            LocalizedText(
                kk: "сұрау тоқтатылды", ru: "запрос отменён", en: error.description)
        case .mayBeDone(let id, let cause): mayBeDone(id, Self.what(cause))
        }
    }

    /// What has happened to a command, without what to do about a question.
    private static func what(_ cause: ClientError) -> LocalizedText {
        switch cause {
        case .connectionLost(let endpoint):
            LocalizedText(
                kk: "\(endpoint) серверімен байланыс үзілді",
                ru: "соединение с \(endpoint) потеряно",
                en: "the connection to \(endpoint) was lost")
        case .timedOut(let endpoint):
            LocalizedText(
                kk: "\(endpoint) уақытында жауап бермеді", ru: "\(endpoint) не ответил вовремя",
                en: "\(endpoint) did not answer in time")
        default: ClientErrorWords(cause).text
        }
    }

    private func mayBeDone(_ id: RequestID, _ what: LocalizedText) -> LocalizedText {
        func sentence(_ text: String) -> String {
            text.hasSuffix("?") || text.hasSuffix(".") ? text : text + "."
        }
        return LocalizedText(
            kk:
                "\(sentence(what.kk)) Команда орындалған болуы мүмкін: сол команданы «--request-id \(id.hex)» қосып "
                + "қайталаңыз; бір рет қана орындалады, не болғанын жауабы айтады",
            ru:
                "\(sentence(what.ru)) Команда могла быть выполнена: повторите её же с «--request-id \(id.hex)»; она "
                + "выполнится один раз, а ответ скажет, что вышло",
            en:
                "\(sentence(what.en)) The command may have been carried out: repeat the same command with "
                + "'--request-id \(id.hex)'; it is carried out once, and its answer says what came of it"
        )
    }

    private func notReached(_ endpoint: Endpoint, _ why: ConnectFailure) -> LocalizedText {
        switch why {
        case .refused, .noSocket:
            LocalizedText(
                kk: "\(endpoint) мекенжайында ешкім тыңдап тұрған жоқ: «kezek serve» іске қосыңыз "
                    + "немесе --server арқылы басқа серверді көрсетіңіз",
                ru: "на \(endpoint) никто не отвечает: запустите «kezek serve» или укажите другой "
                    + "сервер в --server",
                en: "nothing listens on \(endpoint): start 'kezek serve', or name another server "
                    + "with --server")
        case .unknownHost:
            LocalizedText(
                kk: "\(endpoint): мұндай атау белгісіз; жазылуын тексеріңіз",
                ru: "\(endpoint): такое имя неизвестно; проверьте, как оно написано",
                en: "\(endpoint): no such name is known; check its spelling")
        case .unreachable, .silent, .other:
            LocalizedText(
                kk: "\(endpoint) серверіне жету мүмкін емес; мекенжайды, желіні және брандмауэрді "
                    + "тексеріңіз",
                ru: "до \(endpoint) не достучаться; проверьте адрес, сеть и брандмауэр",
                en: "\(endpoint) cannot be reached; check the address, the network and the "
                    + "firewall")
        case .noPermission:
            LocalizedText(
                kk: "\(endpoint): бұл пайдаланушыға қосылуға рұқсат жоқ",
                ru: "\(endpoint): этому пользователю подключаться нельзя",
                en: "\(endpoint): this user may not connect there")
        }
    }

    private static func time(_ second: Int64) -> String {
        Timestamp(second: second)?.description ?? "\(second)"
    }

    private func notTrusted(_ endpoint: Endpoint, _ why: TLSProblem) -> LocalizedText {
        switch why {
        case .notTLS:
            LocalizedText(
                kk: "\(endpoint) TLS арқылы сөйлеспейтін сияқты: --tls-ca (KEZEK_TLS_CA) дегенді "
                    + "алып тастаңыз",
                ru: "похоже, \(endpoint) не говорит по TLS: уберите --tls-ca (KEZEK_TLS_CA)",
                en: "\(endpoint) seems not to speak TLS: leave --tls-ca (KEZEK_TLS_CA) out")
        case .onlyTLS:
            LocalizedText(
                kk:
                    "\(endpoint) TLS арқылы сөйлесетін сияқты: --tls-ca (немесе KEZEK_TLS_CA) көрсетіңіз",
                ru: "похоже, \(endpoint) говорит по TLS: укажите --tls-ca (или KEZEK_TLS_CA)",
                en: "\(endpoint) seems to speak TLS: give --tls-ca (or KEZEK_TLS_CA)")
        case .unknownAuthority:
            LocalizedText(
                kk:
                    "\(endpoint) сертификатына --tls-ca көрсеткен орталық қол қоймаған; дұрыс файлды "
                    + "көрсетіңіз",
                ru: "сертификат \(endpoint) подписан не тем центром, что в --tls-ca; укажите "
                    + "верный файл",
                en: "the certificate of \(endpoint) is not signed by the authority of --tls-ca; "
                    + "name the right file")
        case .ended(let second):
            LocalizedText(
                kk:
                    "\(endpoint) сертификатының мерзімі біткен: \(Self.time(second)); сервер иесі жаңасын "
                    + "қойсын. Осы машинаның сағаты дұрыс па?",
                ru:
                    "срок сертификата \(endpoint) истёк: \(Self.time(second)); пусть владелец сервера "
                    + "заменит его. Верны ли часы этой машины?",
                en:
                    "the certificate of \(endpoint) ended on \(Self.time(second)): whoever runs the server "
                    + "must renew it. Is this machine's clock right?")
        case .notYet(let second):
            LocalizedText(
                kk:
                    "\(endpoint) сертификаты әлі жарамсыз, басталуы: \(Self.time(second)). Осы машинаның "
                    + "сағаты дұрыс па?",
                ru:
                    "сертификат \(endpoint) ещё не действует, начало: \(Self.time(second)). Верны ли часы "
                    + "этой машины?",
                en:
                    "the certificate of \(endpoint) is valid only from \(Self.time(second)) on. Is this "
                    + "machine's clock right?")
        case .otherName:
            LocalizedText(
                kk:
                    "\(endpoint) сертификаты басқа атауға берілген; сервердің сертификаттағы атауын "
                    + "көрсетіңіз",
                ru: "сертификат \(endpoint) выдан на другое имя; укажите имя из сертификата",
                en: "the certificate of \(endpoint) is for another name; ask the server by the "
                    + "name in its certificate")
        case .clientNotLetIn:
            LocalizedText(
                kk: "\(endpoint) клиент сертификатын қабылдамады; --tls-client дегенді тексеріңіз",
                ru: "\(endpoint) не принял сертификат клиента; проверьте --tls-client",
                en: "\(endpoint) did not take the client's certificate; check --tls-client")
        case .endedEarly:
            LocalizedText(
                kk:
                    "\(endpoint) TLS келісілмей тұрып байланысты үзді: сервер қабылдайтын байланыстардың "
                    + "бәрі бос емес шығар, сәл кейінірек қайталаңыз; немесе TLS арқылы сөйлеспейді",
                ru:
                    "\(endpoint) закрыл соединение, не договорившись о TLS: возможно, заняты все соединения, "
                    + "которые он принимает, повторите чуть позже; или он не говорит по TLS",
                en:
                    "\(endpoint) went away before TLS was agreed on: it may have all the connections that it "
                    + "takes, so try again a little later; or it does not speak TLS")
        case .other:
            LocalizedText(
                kk:
                    "\(endpoint) серверімен TLS келісілмеді; «kezek cert show» сертификатты көрсетеді",
                ru: "с \(endpoint) не договориться о TLS; сертификат покажет «kezek cert show»",
                en: "TLS was not agreed on with \(endpoint); 'kezek cert show' shows a "
                    + "certificate")
        }
    }
}
