// SPDX-License-Identifier: Apache-2.0

import Applications
import ArgumentParser
import CivilTime
import Clocks
import Enquiries
import Foundation
import KezekClient
import KezekEngine
import KezekFiles
import KezekWire
import NIOSSL
import Texts

/// Where answers come from, and in which language and shape they are shown.
struct SourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Ask this server, or that of KEZEK_SERVER, instead of answering here; without either, or "
                + "with --data, the answer is made here.",
            valueName: "host:port"))
    var server: Endpoint?

    @Option(help: TLSOptions.caHelp, completion: .file())
    var tlsCA: String?

    @Option(help: TLSOptions.clientHelp, completion: .file())
    var tlsClient: String?

    @Option(name: .customLong("data"), help: DataOption.help, completion: .directory)
    var folder: String?

    @Option(help: "The language of texts: kk, ru or en; by default that of the terminal.")
    var language: Language?

    @Flag(help: "Print JSON.")
    var json = false

    var tls: TLSOptions {
        get { TLSOptions(tlsCA: tlsCA, tlsClient: tlsClient) }
        set { (tlsCA, tlsClient) = (newValue.tlsCA, newValue.tlsClient) }
    }

    func validate() throws { try tls.validate() }

    /// The folder with Calendars and Standards.
    func dataFolder() throws -> DataFolder { try DataFolder.located(folder) }

    /// The language asked for, or that of the environment, or English.
    var chosenLanguage: Language { .chosen(language) }

    /// Answers a question here or by the server.
    func ask<Answer>(_ question: Question<Answer>) async throws -> Answer {
        let source = try source()
        do {
            let answer = try await source.ask(question, in: chosenLanguage)
            await source.close()
            return answer
        } catch {
            await source.close()
            throw error
        }
    }

    /// What answers questions: kept for asking more than one.
    func source() throws -> AnswerSource {
        let named = try server ?? (folder == nil ? Endpoint.ofEnvironment() : nil)
        if let named { return .server(try client(named)) }
        return .library(try dataFolder().library())
    }

    /// The server there; a call may take so many seconds more than usual.
    func client(_ endpoint: Endpoint, patience: Int = 0) throws -> Client {
        var settings = ClientSettings(endpoint: endpoint)
        if let seconds = try Self.patience() { settings.deadlineMilliseconds = seconds * 1_000 }
        settings.deadlineMilliseconds += patience * 1_000
        // A person waits; a server that is starting is there within a second.
        settings.connectMilliseconds = 1_500
        settings.token = try Self.token()
        settings.tls = try tls.context()
        return Client(settings)
    }
}

extension SourceOptions {
    /// Runs a command's work with a server; where the other end speaks TLS and was asked without, that is
    /// what is told.
    ///
    /// Kezek's own server says so at once. Another may go away without a word, and is asked with TLS. One
    /// that is silent until the deadline is not asked again: a call takes no longer than it may.
    func run(_ work: () async throws -> Void) async throws {
        do { try await work() } catch {
            if let endpoint = try await endpointThatSpeaksTLS(error) {
                throw ClientError.notTrusted(endpoint, .onlyTLS)
            }
            throw try await aboutCertificates(error) ?? error
        }
    }

    /// What the certificates have to do with an error that does not say so; nil for nothing.
    private func aboutCertificates(_ error: any Error) async throws -> ClientError? {
        let endpoint: Endpoint
        guard let error = error as? ClientError else { return nil }
        switch error.cause {
        case .notTrusted(let there, .unknownAuthority): endpoint = there
        // A server that does not take a certificate goes away once it has seen it.
        case .connectionLost(let there) where tls.showsCertificate: endpoint = there
        default: return nil
        }
        guard let shown = await ServerCertificate.shown(at: endpoint, within: Self.secondLook)
        else { return nil }
        let now = Clock.now().second
        if now > shown.until { return .notTrusted(endpoint, .ended(shown.until)) }
        if now < shown.from { return .notTrusted(endpoint, .notYet(shown.from)) }
        guard case .connectionLost = error.cause else { return nil }
        let why = ClientError.notTrusted(endpoint, .clientNotLetIn)
        return error.requestID.map { .mayBeDone($0, why) } ?? why
    }

    private func endpointThatSpeaksTLS(_ error: any Error) async throws -> Endpoint? {
        guard try tls.context() == nil else { return nil }
        let endpoint: Endpoint
        switch (error as? ClientError)?.cause {
        case .connectionLost(let there), .badResponse(let there): endpoint = there
        default: return nil
        }
        // Hands are shaken with whoever speaks TLS; whom it would trust does not matter here.
        let shown = await ServerCertificate.shown(at: endpoint, within: Self.secondLook)
        return shown == nil ? nil : endpoint
    }

    /// The milliseconds for which a server that gave no answer is looked at again.
    private static let secondLook: Int64 = 1_000
}

extension Endpoint {
    /// The server that was named, or that of `KEZEK_SERVER`, or the usual one of this machine.
    static func chosen(_ named: Endpoint?) throws -> Endpoint {
        if let named { return named }
        return try ofEnvironment() ?? Endpoint.tcp(host: "127.0.0.1", port: 7447)
    }

    /// The server of `KEZEK_SERVER`; nil if it is not set.
    static func ofEnvironment() throws -> Endpoint? {
        guard let text = ProcessInfo.processInfo.environment["KEZEK_SERVER"], !text.isEmpty else {
            return nil
        }
        guard let endpoint = Endpoint(text) else {
            throw CommandFailure(
                kk: "KEZEK_SERVER: «\(text)» түсініксіз; 127.0.0.1:7447 түрінде жазыңыз",
                ru: "KEZEK_SERVER: «\(text)» непонятно; напишите как 127.0.0.1:7447",
                en: "KEZEK_SERVER: '\(text)' is not understood; write it as 127.0.0.1:7447",
                status: .usage)
        }
        return endpoint
    }
}

extension SourceOptions {
    /// The seconds of `KEZEK_PATIENCE` for which a command waits for an answer; nil for as many as usual.
    private static func patience() throws -> Int? {
        guard let text = ProcessInfo.processInfo.environment["KEZEK_PATIENCE"], !text.isEmpty
        else { return nil }
        guard let seconds = Int(text), (1...86_400).contains(seconds) else {
            throw CommandFailure(
                kk: "KEZEK_PATIENCE: «\(text)» түсініксіз; 1–86400 секунд күтілді",
                ru: "KEZEK_PATIENCE: «\(text)» непонятно; ожидаются секунды, от 1 до 86400",
                en: "KEZEK_PATIENCE: expected whole seconds from 1 to 86400, found '\(text)'",
                status: .usage)
        }
        return seconds
    }

    /// The token of `KEZEK_TOKEN`, or of the file that `KEZEK_TOKEN_FILE` names; nil if neither is set.
    ///
    /// It is no argument, since others on this machine see those.
    private static func token() throws -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let token = environment["KEZEK_TOKEN"], !token.isEmpty { return token }
        guard let path = environment["KEZEK_TOKEN_FILE"], !path.isEmpty else { return nil }
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            throw CommandFailure(
                LocalizedText(
                    kk: "KEZEK_TOKEN_FILE: \(path) файлын оқу мүмкін емес",
                    ru: "KEZEK_TOKEN_FILE: файл \(path) не читается",
                    en: "KEZEK_TOKEN_FILE: \(path) cannot be read"))
        }
        try SecretFile.checkMode(path)
        let token = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard !token.isEmpty else {
            throw CommandFailure(
                kk:
                    "KEZEK_TOKEN_FILE: \(path) бос; токенді оған «kezek access issue --token \(path)» жазады",
                ru:
                    "KEZEK_TOKEN_FILE: файл \(path) пуст; токен в него пишет «kezek access issue --token "
                    + "\(path)»",
                en:
                    "KEZEK_TOKEN_FILE: \(path) is empty; 'kezek access issue --token \(path)' writes a token "
                    + "into it")
        }
        return token
    }
}

/// What answers questions.
enum AnswerSource {
    case library(Library)
    case server(Client)

    func ask<Answer>(
        _ question: Question<Answer>, in language: Language
    ) async throws -> Answer {
        switch self {
        case .library(let library):
            let reply = try library.reply(to: question.call, in: language, now: Clock.now())
            guard let answer = reply.flatMap({ question.answer(in: $0) }) else {
                preconditionFailure("calendars and standards do not answer that")
            }
            return answer
        case .server(let client): return try await client.ask(question, in: language)
        }
    }

    /// Compares papers with what their standard asks for.
    func intake(
        _ question: IntakeCheckQuestion, in language: Language
    ) async throws -> IntakeAnswer {
        switch self {
        case .library(let library):
            do throws(ApplicationFault) {
                return try library.intake(question, in: language, now: Clock.now())
            } catch { throw error.refusal(in: language) }
        case .server(let client): return try await client.ask(.intakeCheck(question), in: language)
        }
    }

    func close() async {
        if case .server(let client) = self { await client.close() }
    }
}

/// The machine's wall clock, read here and nowhere below.
enum Clock {
    static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        // A clock that far off has no civil date; the epoch is as wrong and harmless.
        return Timestamp(second: Int64(time.tv_sec)) ?? Timestamp(second: 0)!
    }

    /// What the machine's clocks say, the one that is set `ahead` by so many seconds.
    ///
    /// Where the kernel does not let itself be asked, it is not synchronised.
    static func reading(ahead: Int64, asksKernel: Bool) -> ClockReading {
        var (wall, boot) = (timespec(), timespec())
        clock_gettime(CLOCK_REALTIME, &wall)
        clock_gettime(CLOCK_BOOTTIME, &boot)
        return ClockReading(
            wall: milliseconds(wall) + ahead * 1_000, boot: milliseconds(boot),
            isSynchronised: asksKernel ? isSynchronised() : nil)
    }

    private static func milliseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Whether the kernel says that the clock is synchronised.
    ///
    /// `adjtimex` without a mode only tells. Glibc for Swift lacks its header, so it is looked up.
    private static func isSynchronised() -> Bool {
        typealias Ask = @convention(c) (UnsafeMutableRawPointer) -> Int32
        guard let symbol = dlsym(nil, "adjtimex") else { return false }
        let ask = unsafeBitCast(symbol, to: Ask.self)
        return isSynchronised { ask($0) }
    }

    /// Whether what `adjtimex` tells says that the clock is synchronised.
    ///
    /// What it fills is taken as words: the sixth begins with the status, of which 64 (`STA_UNSYNC`) says that
    /// the clock is not; it returns 5 (`TIME_ERROR`) then, too, and less than 0 where it may not be asked.
    static func isSynchronised(_ ask: (UnsafeMutableRawPointer) -> Int32) -> Bool {
        var words = [Int64](repeating: 0, count: 64)
        let told = words.withUnsafeMutableBytes { ask($0.baseAddress!) }
        return (0..<5).contains(told) && Int32(truncatingIfNeeded: words[5]) & 64 == 0
    }

    /// A clock that is so many seconds ahead of the machine's.
    static func ahead(seconds: Int64) -> @Sendable () -> Timestamp {
        { Timestamp(second: now().second + seconds) ?? now() }
    }
}

extension DataFolder {
    /// The data folder: the one named, or `KEZEK_DATA`, or found from the current folder upward, or
    /// from the program's own.
    static func located(_ named: String?) throws -> DataFolder {
        let environment = ProcessInfo.processInfo.environment["KEZEK_DATA"] ?? ""
        if let path = named ?? (environment.isEmpty ? nil : environment) {
            return DataFolder(root: URL(fileURLWithPath: path))
        }
        let here = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
            .deletingLastPathComponent()
        // Installed, the data lies in share/kezek beside bin.
        let share = program?.deletingLastPathComponent().appendingPathComponent("share/kezek")
        for start in [here, share, program].compactMap({ $0 }) {
            if let folder = DataFolder(searchingUpwardFrom: start) { return folder }
        }
        throw CommandFailure(
            LocalizedText(
                kk: "осы қалтадан жоғары қарай ішінде Calendars және Standards бар қалта "
                    + "табылмады; оны --data немесе KEZEK_DATA арқылы көрсетіңіз",
                ru: "от этой папки вверх не найдена папка, где есть Calendars и Standards; "
                    + "укажите её в --data или KEZEK_DATA",
                en: "no folder with Calendars and Standards was found from here upward; "
                    + "name it with --data or KEZEK_DATA"))
    }
}
