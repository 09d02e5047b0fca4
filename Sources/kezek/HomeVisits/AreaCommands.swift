// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import HomeVisits
import KezekFiles
import KezekWire
import Parties

struct VisitAreaGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "area",
        abstract: "The areas in which a server has visits paid: import, export.",
        discussion: "An area is described by a file; Examples/visits/README.md explains it.",
        subcommands: [ImportArea.self, ExportArea.self])
}

struct ImportArea: AsyncParsableCommand, VisitSender {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Put an area in from its file, a new one or a changed one.",
        discussion: """
            A change by which promises cannot be kept is refused, with their numbers; with
            --break-promises it is made, and their ways out are told.

            Example:
              kezek visits area import Examples/visits/area.yaml
            """)

    @Argument(help: "The file; Examples/visits/README.md explains it.", completion: .file())
    var file: String

    @Flag(help: "Even if what was promised cannot be kept then.")
    var breakPromises = false

    @OptionGroup var request: RequestOptions
    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func run() async throws {
        try CommandFailure.requireFile(file)
        let area = try AreaFile.read(URL(fileURLWithPath: file))
        try await sending.send(
            describing: area, breaking: breakPromises, from: URL(fileURLWithPath: file))
    }
}

struct ExportArea: AsyncParsableCommand, VisitAsker {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write an area's file; importing it changes nothing.",
        discussion: """
            Examples:
              kezek visits area export astana-1
              kezek visits area export astana-1 astana-1.yaml
            """)

    @Argument(help: "The area.")
    var area: OfficeID

    @Argument(help: "The file to write; standard output when it is not given.", completion: .file())
    var file: String?

    @OptionGroup var queue: QueueOptions
    @OptionGroup var data: DataOption

    func validate() throws {
        guard file == nil || !queue.json else { throw Wrong.exclusive("<file>", "--json") }
    }

    func run() async throws {
        try await options.run { desk in
            let (area, revision) = try await desk.ask(.area(area))
            if options.json {
                return try JSONText.print(.visits(.area(area, revision: revision)))
            }
            let text = AreaFile.write(area)
            guard let file, file != "-" else { return try Terminal.write(text) }
            try WholeFile.write(Data(text.utf8), to: file)
        }
    }
}
