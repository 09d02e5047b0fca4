// SPDX-License-Identifier: Apache-2.0

public import Access
import CivilTime
import Enquiries
import KezekEngine
import KezekWire
import Parties
import Synchronization
import Texts

/// Says who may do what, by a list that can be replaced while the server runs.
public final class AccessGuard: Sendable {
    private let list: Mutex<AccessList>

    public init(_ list: AccessList) { self.list = Mutex(list) }

    /// Puts another list in the place of this one; connections are held to it from their next call on.
    public func replace(_ new: AccessList) { list.withLock { $0 = new } }

    /// Who calls with a token; nil if it lets nobody in.
    func entry(_ token: String, now: Timestamp) -> AccessEntry? {
        let digest = AccessToken.digest(token)
        return list.withLock { $0.entry(digest: digest, at: now) }
    }

    /// Why a call is refused; nil if it may be made.
    ///
    /// `caller` is the id of the entry that the connection has shown a token of; nil for none.
    func refusal(
        _ call: Call, _ kind: CallKind, by caller: String?, now: Timestamp, _ language: Language
    ) -> Refusal? {
        guard !kind.isOpen else { return nil }
        guard let caller, let entry = list.withLock({ $0.entry(caller) }),
            entry.isValid(at: now)
        else { return AccessWording.notAuthenticated(language) }
        guard kind.roles.contains(entry.role) else {
            return AccessWording.denied(kind, entry.role, language)
        }
        switch call.reach {
        case .nothing: return nil
        case .office(let office):
            return entry.offices.contains(office) ? nil : AccessWording.elsewhere(office, language)
        case .everything:
            return entry.offices == .all ? nil : AccessWording.everywhere(language)
        }
    }
}

/// What somebody is told who may not do something.
enum AccessWording {
    static func notAuthenticated(_ language: Language) -> Refusal {
        let text = LocalizedText(
            kk: "Сервер кімнің сұрап тұрғанын білмейді: алдымен «authenticate» шақыруымен жарамды "
                + "токен жіберіңіз («kezek» бағдарламасы оны KEZEK_TOKEN айнымалысынан алады).",
            ru: "Сервер не знает, кто обращается: сначала передайте действующий токен вызовом "
                + "«authenticate» (программа «kezek» берёт его из KEZEK_TOKEN).",
            en: "The server does not know who is calling: send a valid token with 'authenticate' "
                + "first; the program 'kezek' takes it from KEZEK_TOKEN.")
        return Refusal(.notAuthenticated, text[language])
    }

    static func wrongToken(_ language: Language) -> Refusal {
        let text = LocalizedText(
            kk: "Бұл токен жарамсыз: қате, мерзімі өткен немесе кері қайтарылған.",
            ru: "Токен недействителен: он неверен, истёк или отозван.",
            en: "This token lets nobody in: it is wrong, has expired or was revoked.")
        return Refusal(.notAuthenticated, text[language], field: "token")
    }

    static func denied(_ kind: CallKind, _ role: Role, _ language: Language) -> Refusal {
        let text = LocalizedText(
            kk: "«\(role.name)» рөліне «\(kind.name)» шақыруына рұқсат жоқ.",
            ru: "Роли «\(role.name)» вызов «\(kind.name)» не разрешён.",
            en: "The role '\(role.name)' may not call '\(kind.name)'.")
        return Refusal(.permissionDenied, text[language])
    }

    static func elsewhere(_ office: OfficeID, _ language: Language) -> Refusal {
        let text = LocalizedText(
            kk: "Бұл токен «\(office)» кеңсесіне берілмеген.",
            ru: "Этот токен выдан не для отделения «\(office)».",
            en: "This token is not for the office '\(office)'.")
        return Refusal(.permissionDenied, text[language], field: "office")
    }

    static func everywhere(_ language: Language) -> Refusal {
        let text = LocalizedText(
            kk: "Бұл барлық кеңсеге қатысты, ал токен тек кейбіріне берілген.",
            ru: "Это касается всех отделений, а токен выдан лишь для некоторых.",
            en: "This concerns every office, and the token is for some alone.")
        return Refusal(.permissionDenied, text[language])
    }
}
