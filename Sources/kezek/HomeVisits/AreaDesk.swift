// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CallLimits
import CivilTime
import Enquiries
import Foundation
import HomeVisits
import Journal
import KezekClient
import KezekFiles
import KezekJSON
import KezekWire
import Parties
import Queue
import Texts

/// The server that keeps home visits, as long as a command runs.
struct AreaDesk {
    let queue: QueueDesk
    let data: DataOption

    var client: Client { queue.client }
    var language: Language { queue.language }
    var badResponse: ClientError { queue.badResponse }

    func send(
        _ command: VisitCommand, _ id: RequestID, showing proof: BookingProof? = nil
    ) async throws -> VisitReceipt {
        try await client.send(command, request: id, showing: proof, in: language)
    }

    func ask<Answer>(
        _ question: Question<Answer>, showing proof: BookingProof? = nil
    ) async throws -> Answer {
        try await queue.ask(question, showing: proof)
    }

    func watch<Answer>(_ question: Question<Answer>) -> AsyncThrowingStream<Answer, any Error> {
        queue.watch(question)
    }

    /// Today where the area is, which its server knows.
    func today(_ area: OfficeID) async throws -> CivilDate {
        try await ask(.plan(area, from: nil, days: 1)).from
    }

    func clock(of area: OfficeID) async throws -> AreaClock {
        try await clock(of: try await ask(.area(area)).area)
    }

    /// The clocks of an area.
    func clock(of area: VisitArea) async throws -> AreaClock {
        try await queue.clock(zone: area.zone, or: area.standard, data)
    }
}

/// Which server keeps the visits, and in which language and shape its answers are shown.
struct VisitOptions {
    let options: QueueOptions
    let data: DataOption

    var json: Bool { options.json }

    /// Runs a command's work with the server at hand, which may take so many seconds more.
    func run(patience: Int = 0, _ work: (AreaDesk) async throws -> Void) async throws {
        try await options.run(patience: patience) { desk in
            try await work(AreaDesk(queue: desk, data: data))
        }
    }
}

/// A command of the command line that asks about home visits.
protocol VisitAsker {
    var queue: QueueOptions { get }
    var data: DataOption { get }
}

extension VisitAsker {
    var options: VisitOptions { VisitOptions(options: queue, data: data) }
}

/// A command of the command line that changes something of home visits.
protocol VisitSender: VisitAsker {
    var request: RequestOptions { get }
}

extension VisitSender {
    var sending: VisitSending { VisitSending(request: request, options: options) }
}

/// How a command on home visits is sent.
struct VisitSending {
    let request: RequestOptions
    let options: VisitOptions

    /// Sends one command, which may ask the server first, and shows what came of it.
    func send(
        to area: OfficeID, patience: Int = 0,
        showing proof: @autoclosure () throws -> BookingProof? = nil,
        _ command: (AreaDesk, AreaClock) async throws -> VisitCommand
    ) async throws {
        try await options.run(patience: patience) { desk in
            let clock = try await desk.clock(of: area)
            let id = request.id
            let receipt = try await desk.send(
                try await command(desk, clock), id, showing: try proof())
            try show(receipt, id, clock)
        }
    }

    /// Describes an area as a file has it, and shows what came of it.
    func send(describing area: VisitArea, breaking: Bool, from file: URL) async throws {
        try await options.run { desk in
            let terms = OfficeTerms(standard: area.standard, kind: area.kind)
            if let fault = terms.fault(in: file, try await desk.ask(.standards)) {
                throw fault
            }
            let id = request.id
            let receipt = try await desk.send(.describe(area, breaking: breaking), id)
            // A new area has no clock before.
            try show(receipt, id, try await desk.clock(of: area))
        }
    }

    private func show(_ receipt: VisitReceipt, _ id: RequestID, _ clock: AreaClock) throws {
        if options.json {
            return try JSONText.print(
                .visitReceipt(receipt), with: [id.member], clock: clock.stamp)
        }
        let lines = VisitReceiptText(receipt: receipt, clock: clock).lines
        try Terminal.lines(lines)
    }
}

/// Which area a command is about.
struct AreaOption: ParsableArguments {
    static let help = ArgumentHelp("The area of the visits.", valueName: "area")

    @Option(help: help)
    var area: OfficeID
}

/// What somebody asks of a visit, besides where it is.
struct VisitWishes: ParsableArguments {
    @Option(
        name: .customLong("need"),
        help: ArgumentHelp("What the crew must have; may be repeated.", valueName: "name"))
    var needs: [NeedID] = []

    @Option(
        name: .customLong("avoid"),
        help: ArgumentHelp("A crew that must not come; may be repeated.", valueName: "crew"))
    var avoided: [CrewID] = []

    @Option(help: "How long it takes; the area's usual time when it is not given.")
    var minutes: Int?

    var isEmpty: Bool { needs.isEmpty && avoided.isEmpty && minutes == nil }

    func validate() throws {
        try Wrong.unless(minutes, in: CallLimit.visitMinutes, "--minutes")
    }
}
