// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Enquiries
import Journal
import KezekClient
import KezekJSON
import KezekWire
import Parties
import Queue
import Texts

/// Which server keeps the queue, and in which language and shape its answers are shown.
struct QueueOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server that keeps the queue, by default that of KEZEK_SERVER, else 127.0.0.1:7447.",
            valueName: "host:port"))
    var server: Endpoint?

    @Option(help: TLSOptions.caHelp, completion: .file())
    var tlsCA: String?

    @Option(help: TLSOptions.clientHelp, completion: .file())
    var tlsClient: String?

    @Option(help: "The language of texts: kk, ru or en; by default that of the terminal.")
    var language: Language?

    @Flag(help: "Print JSON.")
    var json = false

    private var tls: TLSOptions { TLSOptions(tlsCA: tlsCA, tlsClient: tlsClient) }

    func validate() throws { try tls.validate() }

    /// The options that these share with the commands that ask about deadlines.
    var source: SourceOptions {
        var source = SourceOptions()
        source.tls = tls
        source.language = language
        source.json = json
        return source
    }

    /// Runs a command's work with the server at hand.
    ///
    /// A call may take so many seconds more than usual.
    func run(patience: Int = 0, _ work: (QueueDesk) async throws -> Void) async throws {
        let source = source
        try await source.run {
            let desk = QueueDesk(
                client: try source.client(try Endpoint.chosen(server), patience: patience),
                language: source.chosenLanguage)
            do { try await work(desk) } catch {
                let told = await desk.withChoices(error)
                await desk.client.close()
                throw told
            }
            await desk.client.close()
        }
    }
}

extension QueueDesk {
    /// The error, with the offices that there are where one was named that is not among them.
    fileprivate func withChoices(_ error: any Error) async -> any Error {
        guard case ClientError.refused(let refusal) = error, refusal.reason == .unknownOffice,
            let offices = try? await ask(.offices), !offices.isEmpty
        else { return error }
        let list = language.list(offices.map(\.id).sorted())
        let known = LocalizedText(
            kk: "Барлары: \(list).", ru: "Есть: \(list).", en: "There are: \(list).")
        return Refusal(
            .unknownOffice, "\(refusal.message) \(known[language])", field: refusal.field)
    }
}

/// Under which id a command is sent.
struct RequestOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The command's id, 32 hexadecimal digits, by default random. Repeat a command with its "
                + "id to learn what came of it; it is carried out once.",
            valueName: "hex"))
    var requestID: RequestID?

    /// The id given, or a new one at each call.
    var id: RequestID { requestID ?? .random() }
}

/// A command of the command line that changes something.
///
/// Its groups of options lie side by side: a debug build looks through a group within a group four times
/// for each level.
protocol QueueSender {
    var request: RequestOptions { get }
    var options: QueueOptions { get }
}

extension QueueSender {
    var sending: SendOptions { SendOptions(request: request, options: options) }
}

/// How a command that changes something is sent.
struct SendOptions {
    let request: RequestOptions
    let options: QueueOptions

    /// Sends one command, and shows what came of it.
    func send(
        _ command: @autoclosure () throws -> QueueCommand,
        showing proof: @autoclosure () throws -> BookingProof? = nil,
        _ text: (Receipt, QueueDesk) async throws -> String
    ) async throws {
        try await options.run { desk in
            let id = request.id
            let receipt = try await desk.send(try command(), id, showing: try proof())
            if options.json {
                try await desk.print(receipt, id)
            } else {
                try Terminal.write(try await text(receipt, desk) + "\n")
            }
        }
    }
}

extension QueueDesk {
    /// Prints what came of a command as JSON, with the id under which it may be repeated.
    func print(_ receipt: Receipt, _ id: RequestID) async throws {
        try await print(.receipt(receipt), of: receipt.booking?.id.office, with: [id.member])
    }
}

/// Which office a command is about.
struct OfficeArgument: ParsableArguments {
    static let help: ArgumentHelp = "The office, as 'kezek office list' names it."

    @Argument(help: help)
    var office: OfficeID
}
