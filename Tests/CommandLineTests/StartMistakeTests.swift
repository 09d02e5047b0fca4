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
        _ arguments: [String], status: Int32 = 1, kk: String, ru: String, en: String
    ) async throws {
        let told = LocalizedText(kk: kk, ru: ru, en: en)
        for (language, locale) in [
            (Language.kk, "kk_KZ.UTF-8"), (.ru, "ru_RU.UTF-8"), (.en, "C.UTF-8"),
        ] {
            let run = try await kezek(arguments, environment: ["LANG": locale])
            #expect(run.status == status, "\(arguments)")
            MistakeTests.expectPlain(run.errors)
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

    /// What a file of a store has to be, and who may read a secret.
    @Test func aStoreThatCannotBeOpenedIsTold() async throws {
        let store = folder.path("k.sqlite")
        let first = try await StartedServer(
            ["--store", store, "--create"], log: folder.url.appendingPathComponent("log"))
        try await expect(
            serve("--store", store), kk: "басқа серверде ашық", ru: "открыт другим сервером",
            en: "is open in another server")
        try await expect(
            serve("--store", store, "--rehearse", "2026-03-19T05:00:00Z"), status: 64,
            kk: "бөлек журнал керек", ru: "нужен отдельный журнал", en: "a journal of its own")
        _ = await first.stop()
        let key = store + ".key"
        let kept = try Data(contentsOf: URL(fileURLWithPath: key))
        func put(_ bytes: Data, mode: Int = 0o600) throws {
            try bytes.write(to: URL(fileURLWithPath: key))
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: key)
        }
        try put(kept, mode: 0o644)
        try await expect(
            serve("--store", store), kk: "басқалар оқи не өзгерте алады",
            ru: "могут читать или менять другие", en: "may be read or changed by others")
        try put(Data("nothing\n".utf8))
        try await expect(
            serve("--store", store), kk: "кілті бар файл емес", ru: "не файл с 1–8 ключами",
            en: "is not a file of 1 to 8 keys")
        try put(Data("- \(String(repeating: "0f", count: 32))\n".utf8))
        try await expect(
            serve("--store", store), kk: "жазылған кілт емес", ru: "ключ рядом с ним — не тот",
            en: "the key beside it is not the one")
        try put(kept)
        try await expect(
            ["key", "retire", store], kk: "жалғыз кілт", ru: "единственный ключ",
            en: "it is the only key")
        try FileManager.default.linkItem(atPath: store, toPath: folder.path("other.sqlite"))
        try await expect(
            serve("--store", store), kk: "тағы бір аты бар", ru: "есть другое имя",
            en: "has another name")
        try await expect(
            ["journal", "backup", store, folder.path("other.sqlite")], kk: "бар файл",
            ru: "уже есть", en: "is there already")
        let text = try folder.file("text.sqlite", String(repeating: "no journal ", count: 400))
        for command in [["journal", "verify"], ["journal", "stats"], ["audit"]] {
            try await expect(
                command + [text], kk: "журнал емес", ru: "не журнал", en: "is not a journal")
        }
    }

    /// Addresses at which a server cannot listen, and what to do.
    @Test func anAddressThatCannotBeHadIsTold() async throws {
        let long = folder.path(String(repeating: "x", count: 120))
        for option in ["--listen", "--metrics"] {
            func serve(_ address: String) -> [String] {
                ["serve", option, address]
                    + (option == "--metrics" ? ["--listen", "127.0.0.1:0"] : [])
            }
            try await expect(
                serve("unix:\(folder.url.path)"), kk: "сокет емес", ru: "не сокет",
                en: "that is no socket has this name. Choose another address with \(option).")
            try await expect(
                serve("unix:\(long)"), kk: "тым ұзын", ru: "слишком длинный",
                en: "its path is longer than the system takes")
            try await expect(
                serve("unix:\(folder.path("none/k.sock"))"), kk: "қалтасын жасаңыз",
                ru: "создайте папку", en: "Make its folder first")
        }
        try await expect(
            ["serve", "--listen", "192.0.2.1:7447", "--any-local-user"], kk: "басқа машиналардан",
            ru: "с других машин", en: "from other machines")
    }

    @Test func anAccessListThatIsNoneIsTold() async throws {
        for (text, kk, ru, en) in [
            ("{", "бұл JSON емес", "это не JSON", "is no JSON, or not all of it"),
            (
                "{\"version\":2}", "entries: бұл қол жеткізу тізімі емес",
                "entries: это не список доступа: не указано",
                "entries: is no access list: is missing"
            ),
            (
                "{\"version\":\"2\",\"entries\":[]}", "version", "ожидается число",
                "version: is no access list: expected a number"
            ),
            (
                "{\"version\":2,\n\"entries\":[],\"entries\":[]}", "entries: екі рет бар",
                "entries: стоит дважды", "access.json:2: entries: is there twice"
            ),
        ] {
            let file = try folder.file("access.json", text)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file)
            for command in [["access", "list", "--file", file], serve("--access", file)] {
                try await expect(command, kk: kk, ru: ru, en: en)
            }
        }
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
