// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import KezekClient
import KezekWire
import Texts

/// Which server to ask about itself.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The server, by default that of KEZEK_SERVER, else 127.0.0.1:7447.",
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

    /// Asks the server, and closes the connection whatever comes.
    func ask<T>(_ question: (Client) async throws -> T) async throws -> T {
        var options = SourceOptions()
        options.tls = tls
        var answer: T?
        try await options.run {
            let client = try options.client(try Endpoint.chosen(server))
            do { answer = try await question(client) } catch {
                await client.close()
                throw error
            }
            await client.close()
        }
        // What was not answered was thrown.
        return answer!
    }
}

struct HealthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "health",
        abstract: "Is the server able to answer? The status is 0 if it is.",
        discussion: """
            Example:
              kezek health --server 127.0.0.1:7447
            """)

    @OptionGroup var options: ServerOptions

    @Flag(help: "Go on telling each change until the server stops.")
    var watch = false

    func run() async throws {
        if watch {
            try await options.ask { client in
                for try await health in client.watch(.watchHealth, in: Manner.current.language) {
                    try show(health)
                }
            }
            return
        }
        let health = try await options.ask {
            try await $0.ask(.health, in: Manner.current.language)
        }
        try show(health)
        if !health.isServing { throw ExitCode.failure }
    }

    private func show(_ health: Health) throws {
        if options.json {
            return watch
                ? try JSONText.line(try JSONText.value(.health(health)))
                : try JSONText.print(.health(health))
        }
        for part in health.parts {
            let state =
                part.isServing
                ? Terminal.styled(said(kk: "ЖҰМЫС ІСТЕЙДІ", ru: "РАБОТАЕТ", en: "SERVING"), .green)
                : Terminal.styled(
                    said(kk: "ЖҰМЫС ІСТЕМЕЙДІ", ru: "НЕ РАБОТАЕТ", en: "NOT SERVING"), .red)
            let name = Self.name(part.name).padded(20)
            try Terminal.line("\(name) \(state)  \(Self.detail(part.detail))")
        }
    }
}

extension HealthCommand {
    /// A server tells its health to whoever asks, in English; what it says is told in the reader's language.
    static func name(_ name: String) -> String {
        let parts = name.split(separator: " ", maxSplits: 1).map(String.init)
        let kind = Phrase(sentence: parts[0])[Manner.current.language]
        return ([kind] + parts.dropFirst()).joined(separator: " ")
    }

    /// A calendar's version stands before a warning.
    static func detail(_ detail: String) -> String {
        let version = detail.prefixMatch(of: /[a-z]+-[0-9a-f]{16}/)?.0 ?? ""
        let rest = Phrase(recognising: String(detail.dropFirst(version.count)))
        return version + rest[Manner.current.language]
    }
}

struct MetricsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "metrics",
        abstract: "How has the server been doing since it started?",
        discussion: """
            Connections, bytes, and how long each kind of call took. How the queue of an
            office has been doing is told by 'kezek stats'.

            Example:
              kezek metrics --server 127.0.0.1:7447
            """)

    @OptionGroup var options: ServerOptions

    func run() async throws {
        let stats = try await options.ask { try await $0.ask(.stats, in: Manner.current.language) }
        if options.json {
            try JSONText.print(.stats(stats))
            return
        }
        try Terminal.line(Self.summary(stats))
        let head = said(
            kk: "шақыру|жауап|бас тарту|p50 мкс|p99 мкс|p99.9 мкс|max мкс",
            ru: "вызов|ответов|отказов|p50 мкс|p99 мкс|p99.9 мкс|max мкс",
            en: "call|answered|refused|p50 µs|p99 µs|p99.9 µs|max µs"
        )
        var table = QueueTable(head, figures: Set(1...6))
        for call in stats.calls {
            let quantiles = [call.p50, call.p99, call.p999, call.max].map {
                String(format: "%.1f", Double($0) / 1000)
            }
            table.add([call.name, "\(call.answered)", "\(call.refused)"] + quantiles)
        }
        try Terminal.line(table.lines.joined(separator: "\n"))
    }

    private static func summary(_ stats: ServerStatistics) -> String {
        let (up, open) = (stats.uptimeSeconds, stats.openConnections)
        let (accepted, closed) = (stats.acceptedConnections, stats.closedForCause)
        let (failed, bytesIn, bytesOut) = (
            stats.failedAuthentications, stats.bytesIn, stats.bytesOut
        )
        return said(
            kk: "\(up) с жұмыс істейді · қосылымдар: ашық \(open), қабылданған \(accepted), "
                + "себеппен жабылған \(closed) · сәтсіз аутентификация \(failed) · байт: келген "
                + "\(bytesIn), кеткен \(bytesOut)",
            ru: "работает \(up) с · соединений: открыто \(open), принято \(accepted), закрыто по "
                + "причине \(closed) · неудачных входов \(failed) · байт: получено \(bytesIn), "
                + "отправлено \(bytesOut)",
            en: "up \(up) s · \(open) connections open, "
                + "\(accepted) accepted, \(closed) closed for cause"
                + " · \(failed) failed authentications"
                + " · \(bytesIn) bytes in, \(bytesOut) out")
    }
}

struct DescribeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract: "What does the server speak, and what are its limits?",
        discussion: """
            Example:
              kezek describe --descriptors kezek.protoset
            """)

    @OptionGroup var options: ServerOptions

    @Option(
        help: ArgumentHelp(
            "Write the description of every message to this file (a FileDescriptorSet).",
            valueName: "file"), completion: .file())
    var descriptors: String?

    func run() async throws {
        let description = try await options.ask {
            try await $0.ask(.describe, in: Manner.current.language)
        }
        if let descriptors {
            try WholeFile.write(Data(description.fileDescriptorSet), to: descriptors)
        }
        if options.json {
            try JSONText.print(.description(description))
            return
        }
        try Terminal.line("kezek \(description.version)")
        for limit in description.limits {
            try Terminal.line("  \(limit.name.padded(24))\(limit.value)")
        }
    }
}
