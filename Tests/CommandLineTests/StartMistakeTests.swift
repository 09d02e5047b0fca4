// SPDX-License-Identifier: Apache-2.0

import Foundation
import TestKit
import Testing
import Texts

/// What keeps a server from starting, and a file from being read, in the language of whoever asks.
@Suite(.waits) struct StartMistakeTests {
    private let folder: ShellFolder

    init() throws { folder = try ShellFolder() }

    private func expect(
        _ arguments: [String], kk: String, ru: String, en: String
    ) async throws {
        let told = LocalizedText(kk: kk, ru: ru, en: en)
        for (language, locale) in [
            (Language.kk, "kk_KZ.UTF-8"), (.ru, "ru_RU.UTF-8"), (.en, "C.UTF-8"),
        ] {
            let run = try await kezek(arguments, environment: ["LANG": locale])
            #expect(run.status == 1, "\(arguments)")
            #expect(run.errors.contains(told[language]), "\(arguments) \(run.errors)")
        }
    }

    private func serve(_ arguments: String...) -> [String] {
        ["serve", "--listen", "127.0.0.1:0"] + arguments
    }

    @Test func aStoreIsAFileInAFolderThatIsThere() async throws {
        try await expect(
            serve("--store", folder.path("none/k.sqlite"), "--create"), kk: "none қалтасы жоқ",
            ru: "none нет", en: "none does not exist")
        try await expect(
            serve("--store", folder.path("none/k.sqlite")), kk: "none қалтасы жоқ",
            ru: "none нет", en: "none does not exist")
        try await expect(
            serve("--store", folder.url.path), kk: "— қалта", ru: "— папка", en: "is a folder")
        try await expect(
            serve("--store", folder.path("k.sqlite")), kk: "деген журнал жоқ", ru: "журнала",
            en: "there is no journal")
        let part = try folder.file("part.sqlite", "x")
        try await expect(
            serve("--store", part), kk: "жоқ: ", ru: "не хватает: ", en: ".key is missing")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
                == ["part.sqlite"])
    }

    @Test func filesOfAServerAreTold() async throws {
        let none = folder.path("none.pem")
        try await expect(
            serve("--tls-certificate", none, "--tls-key", none), kk: "деген файл жоқ",
            ru: "none.pem нет", en: "is not there")
        let text = try folder.file("text.pem", "x\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: text)
        try await expect(
            serve("--tls-certificate", text, "--tls-key", text), kk: "PEM ретінде",
            ru: "не читается как PEM", en: "cannot be read as PEM")
    }

    @Test func anAddressThatOthersReachIsTold() async throws {
        try await expect(
            ["serve", "--listen", "0.0.0.0:0"], kk: "басқа машиналардан", ru: "с других машин",
            en: "from other machines")
        try await expect(
            serve("--metrics", "0.0.0.0:0"), kk: "метрикаларды", ru: "метрики",
            en: "reads the metrics")
    }

    /// The faults of data files, before an answer is made of them.
    @Test func theFaultsOfDataAreTold() async throws {
        for part in ["Calendars", "Standards"] {
            try FileManager.default.copyItem(
                at: Repository.root.appendingPathComponent(part),
                to: folder.url.appendingPathComponent(part))
        }
        let years = try Repository.text("Calendars/kz.yaml")
            .replacing("years: 2016-2027", with: "yaers: 2016-2027")
        _ = try folder.file("Calendars/kz.yaml", years)
        try await expect(
            ["due", "--channel", "corporation", "--accepted", "2026-03-19T16:05", "--data"]
                + [folder.url.path],
            kk: "«yaers» деген кілт жоқ; жазылуын тексеріңіз: «years» емес пе?",
            ru: "ключа «yaers» нет; проверьте написание: может быть, «years»?",
            en: "unknown key 'yaers'; check its spelling: did you mean 'years'?")
    }
}
