// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekDisk

/// The files of a store, by which a new one is told from one that has lost a part.
///
/// A journal that is made anew in the place of one that was moved away, or whose disk is not mounted,
/// would give every place a second time.
struct StoreFiles {
    /// What is to happen where no journal is.
    enum Opening {
        /// It is an error.
        case existing
        /// One is made, if nothing of one is there; where something is, all of it must be.
        case creating
        /// One is made, if nothing of one is there.
        case rehearsing
    }

    let journal: String

    private var key: String { KeyFile.path(beside: journal) }
    private var log: String { journal + "-wal" }
    private var head: String { journal + "-head" }
    private var lock: String { journal + "-lock" }

    /// - Returns: the first start of a journal that is to be made, as nothing of one is there; nil for one that is
    ///   to be opened.
    /// - Throws: what is missing, and what to do.
    func require(_ opening: Opening) throws -> FirstStart? {
        try requirePlace()
        if FirstStart.isBegun(journal) { return try requireAnew(opening) }
        guard try mustBeMade(opening) else { return nil }
        let first = try FirstStart(of: journal)
        // Another one may have come to its end just before.
        do {
            guard try mustBeMade(opening) else {
                first.end()
                return nil
            }
        } catch {
            first.end()
            throw error
        }
        return first
    }

    /// After a first start that was ended before its end.
    private func requireAnew(_ opening: Opening) throws -> FirstStart? {
        let first = try FirstStart(of: journal)
        guard try first.isUntouched() else {
            // It had come to its end, and the removal of its file was lost; so this is a journal like others.
            first.end()
            _ = try mustBeMade(opening == .existing ? .existing : .rehearsing)
            return nil
        }
        guard opening != .existing else {
            throw CommandFailure(
                kk:
                    "\(journal) журналының алғашқы іске қосылуы аяғына жетпеген, ол ештеңе қабылдаған жоқ: "
                    + "--create арқылы қайта бастаңыз",
                ru:
                    "первый запуск журнала \(journal) не дошёл до конца, и ничего в него не принято: "
                    + "начните заново с --create",
                en:
                    "the first start of the journal \(journal) did not come to its end, and nothing was taken "
                    + "by it: start anew with --create")
        }
        first.clear()
        return first
    }

    /// Whether a journal is to be made, as nothing of one is there.
    ///
    /// - Throws: what is missing, and what to do.
    private func mustBeMade(_ opening: Opening) throws -> Bool {
        let there = [journal, log, key, head, lock].filter { FileFacts(ofLink: $0) != nil }
        guard !there.isEmpty else {
            guard opening == .existing else { return true }
            throw CommandFailure(
                kk:
                    "\(journal) деген журнал жоқ: дискі қосулы ма? Көшірмеден қалпына келтіріңіз («kezek "
                    + "journal restore») немесе --create арқылы жаңасын жасаңыз",
                ru:
                    "журнала \(journal) нет: подключён ли его диск? Восстановите из копии («kezek journal "
                    + "restore») или создайте новый с --create",
                en:
                    "there is no journal \(journal): is its disk mounted? Restore it from a copy ('kezek "
                    + "journal restore'), or make a new one with --create")
        }
        // The log is there while a journal is open and after a crash.
        let needed = opening == .creating ? [journal, key, head, lock] : [journal, key]
        let missing = needed.filter { !FileManager.default.fileExists(atPath: $0) }
        guard missing.isEmpty else { throw incomplete(missing, there, opening) }
        // SQLite would throw the log of an empty file away and begin anew.
        guard let size = FileFacts(journal)?.size, size > 0 else {
            throw CommandFailure(
                kk:
                    "\(journal) журналы бос: көшірмеден қалпына келтіріңіз («kezek journal restore»). Ол "
                    + "ешқашан толған болмаса, \(journal)* атты барлық файлды алып тастап, --create арқылы "
                    + "бастаңыз",
                ru:
                    "журнал \(journal) пуст: восстановите из копии («kezek journal restore»). Если в нём "
                    + "никогда ничего не было, уберите все файлы \(journal)* и начните с --create",
                en:
                    "the journal \(journal) is empty: restore it from a copy ('kezek journal restore'). If "
                    + "it never was more, remove all files named \(journal)* and start with --create"
            )
        }
        return false
    }

    /// - Throws: that the folder of the journal is not there, or the journal is a folder itself.
    private func requirePlace() throws {
        let folder = URL(fileURLWithPath: journal).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            throw CommandFailure(
                kk:
                    "\(folder) қалтасы жоқ; журнал сонда болуы керек: алдымен қалтаны жасаңыз немесе "
                    + "дискіні қосыңыз",
                ru:
                    "папки \(folder) нет, а журнал должен быть в ней: создайте её или подключите диск",
                en:
                    "the folder \(folder) does not exist, in which the journal should be: make it, or mount "
                    + "its disk")
        }
        guard FileManager.default.fileExists(atPath: journal, isDirectory: &isFolder),
            isFolder.boolValue
        else { return }
        throw CommandFailure(
            kk: "\(journal) — қалта; журналдың файлын көрсетіңіз, мысалы \(journal)/kezek.sqlite",
            ru: "\(journal) — папка; укажите файл журнала, например \(journal)/kezek.sqlite",
            en: "\(journal) is a folder; name the journal's file, such as \(journal)/kezek.sqlite")
    }

    private func incomplete(
        _ missing: [String], _ there: [String], _ opening: Opening
    ) -> CommandFailure {
        let (gone, left) = (missing.joined(separator: ", "), there.joined(separator: ", "))
        let isCreating = opening == .creating
        return CommandFailure(
            kk:
                "жоқ: \(gone), ал бары: \(left). Жоғын орнына қойыңыз немесе көшірмеден қалпына келтіріңіз "
                + "(«kezek journal restore»)"
                + (isCreating
                    ? "; журнал онсыз да бүтін болса, --create дегенсіз бастаңыз"
                    : "; қойманың қалғанының жанында ештеңе жаңадан жасалмайды"),
            ru:
                "не хватает: \(gone), а есть: \(left). Верните недостающее или восстановите из копии «kezek "
                + "journal restore»"
                + (isCreating
                    ? "; если журнал цел и без этого, запустите без --create"
                    : "; рядом с остатком хранилища ничего не создаётся заново"),
            en:
                "\(Self.list(missing)) missing, but \(Self.list(there)) there. Put back what is missing, "
                + "or restore a copy ('kezek journal restore')"
                + (isCreating
                    ? "; if the journal is whole without it, start without --create"
                    : "; nothing is made anew beside what is left of a store"))
    }

    private static func list(_ paths: [String]) -> String {
        paths.joined(separator: ", ") + (paths.count == 1 ? " is" : " are")
    }
}
