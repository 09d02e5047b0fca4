// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CivilTime
import Enquiries
import Foundation
import Journal
import KezekClient
import KezekFiles
import KezekServer
import Texts

/// With which status a command ends; `Docs/Commands.md` has the table.
enum CommandStatus: Int32, CaseIterable {
    /// Done, or yes.
    case done = 0
    /// Refused, or no; also a file that cannot be read, or has faults.
    case refused = 1
    /// Done in part, or not yet: some rows were wrong, papers are incomplete, or `--apply` is asked for.
    case inPart = 2
    /// The server was not reached, or cannot answer now.
    case notReached = 3
    /// The server does not let the caller in, or not to this.
    case notLetIn = 4
    /// The command line is wrong.
    case usage = 64

    var exitCode: ExitCode { ExitCode(rawValue) }
}

/// How a command that could not do its work ends: with a status, and with what is told on standard error.
struct CommandEnd: Equatable {
    let status: Int32
    /// What is told, lines with their ends; empty for nothing.
    let text: String

    /// The end that an error is, told as `manner` has it.
    init(_ error: any Error, _ manner: Manner) {
        if let code = error as? ExitCode {
            (status, text) = (code.rawValue, "")
            return
        }
        let told = CommandFault(error, manner)
        status = told.status.rawValue
        text = manner.isJSON ? told.json : told.lines
    }
}

/// What kept a command from its work, in words.
private struct CommandFault {
    let status: CommandStatus
    let message: String
    /// What stands below the message for a person.
    let below: [String]
    let refusal: Refusal?
    /// That under which a command that may have been carried out is repeated.
    var requestID: RequestID?

    init(_ error: any Error, _ manner: Manner) {
        let language = manner.language
        switch error {
        case ClientError.refused(let refusal), let refusal as Refusal:
            self.init(refusal, manner)
        case let error as Server.StartError:
            self.init(
                status: .refused, message: StartErrorWords(error, manner).text[language], below: [],
                refusal: nil)
        case let fault as TLSFiles.Fault:
            self.init(status: .refused, message: fault.words[language], below: [], refusal: nil)
        case let error as ClientError:
            var refusal: Refusal?
            if case .refused(let found) = error.cause { refusal = found }
            self.init(
                status: error.status, message: ClientErrorWords(error).text[language], below: [],
                refusal: refusal)
            requestID = error.requestID
        case let failure as CommandFailure:
            self.init(
                status: failure.status, message: failure.text[language], below: [], refusal: nil)
        case let faults as FileFaults:
            self.init(
                status: .refused, message: faults.text(in: language), below: [], refusal: nil)
        case let fault as FileFault:
            self.init(
                status: .refused, message: fault.text(in: language), below: [], refusal: nil)
        case let error as ValidationError:
            self.init(status: .usage, message: error.message, below: [], refusal: nil)
        case _ where Kezek.exitCode(for: error) == .validationFailure:
            let usage = UsageWords(error, manner)
            self.init(
                status: .usage, message: usage.message, below: usage.below, refusal: nil)
        default:
            self.init(
                status: .refused, message: ErrorWords.words(of: error)[language], below: [],
                refusal: nil)
        }
    }

    private init(_ refusal: Refusal, _ manner: Manner) {
        let free = refusal.alternatives
        var message = Self.notice(refusal.message)?[manner.language] ?? refusal.message
        // The mark of a request, and the name of a field, are the wire's.
        message = message.replacing("request_id", with: "--request-id")
        if let field = refusal.field, message.hasPrefix("\(field): ") {
            message = manner.name(of: field) + message.dropFirst(field.count)
        }
        var below = free.isEmpty ? [] : [AnswerWords(language: manner.language).free(free)]
        // Of a term the message says it.
        if let opening = refusal.nextOpening,
            refusal.field == nil || refusal.reason == .officeClosed
        {
            below.append(AnswerWords(language: manner.language).opens(opening))
        }
        // 'due' and 'time-left' alone have the two options.
        if refusal.reason == .outsideReception, manner.value("--accepted") != nil {
            message = "--accepted: \(message)"
            below.append(Self.countFromOpening[manner.language])
        }
        let isBusy = [.overloaded, .tooManyConnections, .tooManyCalls].contains(refusal.reason)
        self.init(
            status: isBusy ? .notReached : refusal.code.status, message: message, below: below,
            refusal: refusal)
    }

    /// What a notice says: a server sends it before anybody has asked anything, and so in English.
    private static func notice(_ message: String) -> Phrase? {
        let phrase = Phrase(sentence: message)
        return phrase.isTranslated ? phrase : nil
    }

    private static let countFromOpening = LocalizedText(
        kk: "Құжаттар сол уақытта қалдырылса, --count-from-opening мерзімді келесі қабылдаудан "
            + "бастап есептейді.",
        ru: "Если документы оставлены тогда, --count-from-opening отсчитает срок от следующего "
            + "приёма.",
        en: "If the documents were left then, --count-from-opening runs the term from the next "
            + "reception.")

    private init(status: CommandStatus, message: String, below: [String], refusal: Refusal?) {
        self.status = status
        self.message = message
        self.below = below
        self.refusal = refusal
    }

    var lines: String { (["kezek: \(message)"] + below).map { $0 + "\n" }.joined() }

    var json: String {
        // The id is that under which a command is to be repeated, as it may have been carried out.
        let shown: JSONObject = [
            "message": message, "reason": refusal.map { "\($0.reason)" },
            "code": refusal.map { "\($0.code)" }, "field": refusal?.field,
            "nextOpening": refusal?.nextOpening?.description,
            "alternatives": refusal.flatMap {
                $0.alternatives.isEmpty ? nil : $0.alternatives.map(\.description)
            }, "booking": refusal?.booking, "ticket": refusal?.ticket, "requestId": requestID?.hex,
            "status": status.rawValue,
        ]
        return ((try? JSONText.make(["error": shown])) ?? "{}") + "\n"
    }
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

extension Refusal.Code {
    fileprivate var status: CommandStatus {
        switch self {
        case .unauthenticated, .permissionDenied: .notLetIn
        case .unavailable, .deadlineExceeded: .notReached
        case .invalidArgument, .notFound, .alreadyExists, .resourceExhausted,
            .failedPrecondition, .outOfRange, .unimplemented:
            .refused
        }
    }
}

extension ClientError {
    fileprivate var status: CommandStatus {
        switch self {
        case .refused(let refusal): refusal.code.status
        case .cannotConnect, .connectionLost, .notTrusted, .timedOut, .badResponse: .notReached
        case .requestTooLarge, .cancelled: .refused
        case .mayBeDone: .notReached
        }
    }
}
