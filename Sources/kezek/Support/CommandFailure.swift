// SPDX-License-Identifier: Apache-2.0

import Foundation
import KezekFiles
import Texts

/// A failure with a sentence for the person at the terminal.
struct CommandFailure: Error, CustomStringConvertible {
    let text: LocalizedText
    var status = CommandStatus.refused

    init(_ text: LocalizedText) { self.text = text }

    /// A failure in the three languages.
    init(kk: String, ru: String, en: String, status: CommandStatus = .refused) {
        text = LocalizedText(kk: kk, ru: ru, en: en)
        self.status = status
    }

    /// A failure in English words that `Phrase` has in the other languages.
    init(_ words: Phrase, status: CommandStatus = .refused) {
        text = words.text
        self.status = status
    }

    var description: String { text.en }
}

extension CommandFailure {
    /// Why a file was not written anew.
    init(_ failure: ReplacedFile.Failure, _ path: String) {
        switch failure {
        case .system(let code): self = .cannotWrite(path, code)
        case .owner(let user, let group):
            self.init(
                kk:
                    "\(path): иесі \(user), тобы \(group), жазылса басқанікі болар еді; сол пайдаланушы "
                    + "немесе root ретінде қайталаңыз",
                ru:
                    "\(path): владелец \(user), группа \(group), после записи он стал бы чужим; повторите "
                    + "от имени этого пользователя или root",
                en:
                    "\(path) belongs to the user \(user) and the group \(group), and would be another's: "
                    + "repeat it as that user or as root")
        }
    }

    /// Why a file cannot be read, as far as it can be seen: it is not there, is a folder, or is not for
    /// everybody.
    static func cannotRead(_ path: String) -> CommandFailure {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return CommandFailure(
                kk: "\(path) деген файл жоқ; атын тексеріңіз",
                ru: "файла \(path) нет; проверьте имя",
                en: "\(path) is not there; check its name")
        }
        guard !isFolder.boolValue else {
            return CommandFailure(
                kk: "\(path) — қалта; файлды көрсетіңіз",
                ru: "\(path) — папка; укажите файл", en: "\(path) is a folder; name a file")
        }
        return CommandFailure(
            kk: "\(path) файлын оқу мүмкін емес; кімдікі екенін тексеріңіз",
            ru: "файл \(path) не читается; проверьте, чей он",
            en: "\(path) cannot be read; check who owns it")
    }

    /// - Throws: what is in the way of reading a file, before anything else is tried.
    static func requireFile(_ path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path)
        else { throw cannotRead(path) }
    }

    /// Why a file cannot be written: its folder is not there, it is a folder, or what the system says.
    static func cannotWrite(_ path: String, _ code: Int32 = errno) -> CommandFailure {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else {
            return CommandFailure(
                kk: "\(folder) деген қалта жоқ; алдымен оны жасаңыз: \(path)",
                ru: "папки \(folder) нет; сначала создайте её: \(path)",
                en: "the folder \(folder) does not exist; make it first, for \(path)")
        }
        if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
        {
            return CommandFailure(
                kk: "\(path) — қалта; файлды көрсетіңіз",
                ru: "\(path) — папка; укажите файл", en: "\(path) is a folder; name a file")
        }
        return CommandFailure(
            "cannot write \(path): \(Phrase.system(String(cString: strerror(code))))")
    }
}
