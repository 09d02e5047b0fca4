// SPDX-License-Identifier: Apache-2.0

import Access
import Enquiries
import KezekWire
import Parties
import Texts

/// What somebody is told who may not do something.
enum AccessWording {
    static func notAuthenticated(_ language: Language) -> Refusal {
        return Refusal(
            .notAuthenticated, in: language,
            kk: "Сервер кімнің сұрап тұрғанын білмейді: алдымен «authenticate» шақыруымен жарамды "
                + "токен жіберіңіз («kezek» бағдарламасы оны KEZEK_TOKEN айнымалысынан немесе "
                + "KEZEK_TOKEN_FILE файлынан алады).",
            ru: "Сервер не знает, кто обращается: сначала передайте действующий токен вызовом "
                + "«authenticate» (программа «kezek» берёт его из KEZEK_TOKEN или из файла "
                + "KEZEK_TOKEN_FILE).",
            en: "The server does not know who is calling: send a valid token with 'authenticate' "
                + "first; the program 'kezek' takes it from KEZEK_TOKEN, or from the file of "
                + "KEZEK_TOKEN_FILE.")
    }

    static func otherUser(_ language: Language) -> Refusal {
        return Refusal(
            .permissionDenied, in: language,
            kk:
                "Бұл сервер кімнің сұрап тұрғанын тексермейді, сондықтан бұйрықтарды және адамдар туралы "
                + "сұрақтарды тек өз пайдаланушысынан және root-тан қабылдайды. Сол пайдаланушы атынан іске "
                + "қосыңыз немесе сервер әкімшісінен --access тізімін немесе --any-local-user баптауын "
                + "сұраңыз.",
            ru:
                "Этот сервер не спрашивает, кто обращается, и потому принимает команды и вопросы о людях "
                + "только от своего пользователя и от root. Выполните это от этого пользователя либо "
                + "попросите администратора сервера о списке --access или о --any-local-user.",
            en:
                "This server asks nobody who they are, and so takes commands, and questions about people, "
                + "from its own user and root alone. Call it as that user, or ask the server's operator for "
                + "a list (--access) or for --any-local-user.")
    }

    /// Of a token that is not in the list, or no longer.
    static func wrongToken(_ language: Language) -> Refusal {
        return Refusal(
            .notAuthenticated, in: language,
            kk: "Бұл токен жарамсыз: қате, мерзімі өткен немесе кері қайтарылған.",
            ru: "Токен недействителен: он неверен, истёк или отозван.",
            en: "This token lets nobody in: it is wrong, has expired or was revoked.",
            field: "token")
    }

    static func tooOften(_ rate: Int, _ milliseconds: Int64, _ language: Language) -> Refusal {
        return Refusal(
            .tooManyCalls, in: language,
            kk: "Бұл рұқсат секундына \(rate) шақыруға берілген; \(milliseconds) мс күтіңіз.",
            ru: "Этот доступ рассчитан на \(Language.ru.count(rate, .call)) в секунду; "
                + "подождите \(milliseconds) мс.",
            en: "This access is for \(Language.en.count(rate, .call)) a second; "
                + "wait \(milliseconds) ms.", retryAfterMilliseconds: UInt32(clamping: milliseconds)
        )
    }

    static func tooManyConnections(_ entry: AccessEntry, _ language: Language) -> Refusal {
        return Refusal(
            .tooManyConnections, in: language,
            kk: "Бұл рұқсатпен бір мезгілде \(entry.connections) қосылымнан артық ашылмайды; "
                + "бірін жабыңыз немесе кейінірек қайталаңыз.",
            ru:
                "С этим доступом открыто уже \(Language.ru.count(entry.connections, .connection)), больше нельзя; "
                + "закройте одно или повторите позже.",
            en:
                "This access has \(Language.en.count(entry.connections, .connection)) open, as many as it may have; "
                + "close one, or retry later.", retryAfterMilliseconds: ServerLimits.fullPause)
    }

    /// Of a connection whose requests have shown many tokens, each of which counts as a connection of its entry.
    static func tooManyTokens(_ language: Language) -> Refusal {
        return Refusal(
            .tooManyConnections, in: language,
            kk: "Бұл қосылымда тым көп түрлі токен көрсетілді; жаңа қосылым ашыңыз.",
            ru: "По этому соединению показано слишком много разных токенов; откройте новое.",
            en: "Too many different tokens were shown over this connection; open another one.",
            field: "token", retryAfterMilliseconds: 0)
    }

    static func denied(_ call: CallName, _ role: Role, _ language: Language) -> Refusal {
        let others = Role.allCases.filter(call.roles.contains).map(\.name)
            .joined(separator: ", ")
        return Refusal(
            .permissionDenied, in: language,
            kk: "«\(role.name)» рөліне «\(call.name)» шақыруына рұқсат жоқ; рұқсаты барлар: "
                + "\(others).",
            ru: "Роли «\(role.name)» вызов «\(call.name)» не разрешён; разрешён он: \(others).",
            en: "The role '\(role.name)' may not call '\(call.name)'; these may: \(others).")
    }

    static func otherChannel(_ role: Role, _ language: Language) -> Refusal {
        let own = role.bookingChannels.map { "\($0)" }.sorted().joined(separator: ", ")
        return Refusal(
            .permissionDenied, in: language,
            kk: "«\(role.name)» рөлі бұл арна арқылы жазбайды; оның арналары: \(own).",
            ru: "Роль «\(role.name)» не записывает по этому каналу; её каналы: \(own).",
            en: "The role '\(role.name)' may not book through this channel; its own: \(own).",
            field: "channel")
    }

    static func otherCanceller(_ role: Role, _ language: Language) -> Refusal {
        return Refusal(
            .permissionDenied, in: language,
            kk: "«\(role.name)» рөлі броньнан тек өтініш беруші үшін бас тартады.",
            ru: "Роль «\(role.name)» отменяет бронь только за заявителя.",
            en: "The role '\(role.name)' may give a booking up for the applicant alone.",
            field: "by")
    }

    static func elsewhere(_ office: OfficeID, _ language: Language) -> Refusal {
        return Refusal(
            .permissionDenied, in: language, kk: "Бұл токен «\(office)» кеңсесіне берілмеген.",
            ru: "Этот токен выдан не для отделения «\(office)».",
            en: "This token is not for the office '\(office)'.", field: "office")
    }

    static func everywhere(_ language: Language) -> Refusal {
        return Refusal(
            .permissionDenied, in: language,
            kk: "Бұл барлық кеңсеге қатысты, ал токен тек кейбіріне берілген.",
            ru: "Это касается всех отделений, а токен выдан лишь для некоторых.",
            en: "This concerns every office, and the token is for some alone.")
    }
}
