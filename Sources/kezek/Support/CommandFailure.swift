// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import KezekClient
import KezekFiles
import KezekWire
import Texts

/// A failure with a sentence for the person at the terminal.
struct CommandFailure: Error, CustomStringConvertible {
    let text: LocalizedText

    init(_ text: LocalizedText) { self.text = text }

    /// A sentence for who runs the program rather than who asks it; it is in English alone.
    init(_ sentence: String) {
        text = LocalizedText(kk: sentence, ru: sentence, en: sentence)
    }

    var description: String { text.en }
}

/// Runs the work of a command that asks no server; what goes wrong is told in a sentence, and ends the
/// program with status 1.
func telling(_ work: () throws -> Void) throws {
    do { try work() } catch let error as ExitCode { throw error } catch {
        Terminal.complain("\(error)")
        throw ExitCode.failure
    }
}

extension SourceOptions {
    /// Runs a command's work; a refusal or failure is told on standard error, as JSON if that was
    /// asked for, and ends the program with status 1.
    func run(_ work: () async throws -> Void) async throws {
        try await FailureReport(language: chosenLanguage, json: json).run(work)
    }
}

/// Tells what kept a command from its work.
struct FailureReport {
    let language: Language
    let json: Bool

    /// Runs a command's work; a refusal or failure is told on standard error and ends the program with
    /// status 1.
    func run(_ work: () async throws -> Void) async throws {
        do { try await work() } catch let error as ExitCode { throw error } catch {
            tell(error)
            throw ExitCode.failure
        }
    }

    private func tell(_ error: any Error) {
        let sentence =
            switch error {
            case let failure as CommandFailure: failure.text[language]
            case let error as ClientError: error.text(in: language)
            default: "\(error)"
            }
        let refusal: Refusal? =
            switch error {
            case let refusal as Refusal: refusal
            case ClientError.refused(let refusal): refusal
            default: nil
            }
        guard json else {
            Terminal.complain(refusal?.message ?? sentence)
            if let refusal, !refusal.alternatives.isEmpty {
                Terminal.writeError(
                    AnswerWords(language: language).free(refusal.alternatives) + "\n")
            }
            return
        }
        let shown = ErrorJSON(
            error: ErrorJSON.Body(
                message: refusal?.message ?? sentence, reason: refusal.map { "\($0.reason)" },
                code: refusal.map { "\($0.code)" }, field: refusal?.field,
                nextOpening: refusal?.nextOpening?.description,
                alternatives: refusal.flatMap {
                    $0.alternatives.isEmpty ? nil : $0.alternatives.map(\.description)
                }, booking: refusal?.booking, ticket: refusal?.ticket))
        if let text = try? JSONText.make(shown) { Terminal.writeError(text + "\n") }
    }
}

private struct ErrorJSON: Encodable {
    struct Body: Encodable {
        let message: String
        let reason: String?
        let code: String?
        let field: String?
        let nextOpening: String?
        let alternatives: [String]?
        let booking: String?
        let ticket: String?
    }

    let error: Body
}

extension Refusal {
    fileprivate var booking: String? {
        if case .booking(let name) = subject { return name }
        return nil
    }

    fileprivate var ticket: String? {
        if case .ticket(let label) = subject { return label }
        return nil
    }
}

extension ClientError {
    /// Why a call brought no answer, for the person at the terminal.
    ///
    /// What the system or the TLS library says of it stays as it is.
    fileprivate func text(in language: Language) -> String {
        let text =
            switch self {
            case .refused(let refusal):
                LocalizedText(kk: refusal.message, ru: refusal.message, en: refusal.message)
            case .cannotConnect(let endpoint, let why):
                LocalizedText(
                    kk: "\(endpoint) серверіне қосылу мүмкін емес (\(why)). Сервер сонда іске "
                        + "қосылған ба?",
                    ru: "нет соединения с \(endpoint) (\(why)). Работает ли там сервер?",
                    en: description)
            case .connectionLost(let endpoint):
                LocalizedText(
                    kk: "\(endpoint) серверімен байланыс үзілді, қайта сұрау көмектеспеді",
                    ru: "соединение с \(endpoint) потеряно, повтор не помог", en: description)
            case .notTrusted(let endpoint, let why):
                LocalizedText(
                    kk: "\(endpoint) серверіне сенімді қосылым жоқ (\(why)). Сертификатқа --tls-ca "
                        + "көрсеткен орталық қол қойған ба және ол осы атауға берілген бе?",
                    ru: "нет доверенного соединения с \(endpoint) (\(why)). Подписан ли его "
                        + "сертификат центром из --tls-ca и выдан ли он на это имя?",
                    en: description)
            case .timedOut(let endpoint):
                LocalizedText(
                    kk: "\(endpoint) уақытында жауап бермеді",
                    ru: "\(endpoint) не ответил вовремя", en: description)
            case .badResponse(let endpoint):
                LocalizedText(
                    kk: "\(endpoint) жіберген нәрсе Kezek жауабы емес. Бұл басқа сервер ме?",
                    ru: "ответ \(endpoint) — не ответ Kezek. Это другой сервер?", en: description)
            case .requestTooLarge:
                LocalizedText(
                    kk: "сұрау \(WireLimits.requestFrame) байттан ұзын; аз жол жіберіңіз",
                    ru: "запрос длиннее \(WireLimits.requestFrame) байт; отправьте меньше строк",
                    en: description)
            case .cancelled:
                LocalizedText(kk: "сұрау тоқтатылды", ru: "запрос отменён", en: description)
            }
        return text[language]
    }
}
